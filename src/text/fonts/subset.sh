#!/usr/bin/env bash
# Makes the embedded fonts from two npm packages of the same makers, both under the SIL Open Font License 1.1 (OFL.txt, OFL-NotoSans.txt):
# @expo-google-fonts/noto-sans-kr 0.4.3, for Hangul, kana, ASCII and signs, and @expo-google-fonts/noto-sans 0.4.2, for Latin with all diacritics, Greek and Cyrillic.
# Needs npm and Python's fonttools. Of the layout tables kerning stays, and in Noto Sans the places of combining marks; hints go.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# subset PACKAGE VERSION FAMILY FEATURES RANGES
subset() {
  (cd "$work" && rm -rf package && npm pack --silent "@expo-google-fonts/$1@$2" && tar xzf ./*"$1-$2.tgz")
  for style in 400Regular 700Bold; do
    pyftsubset "$work/package/$style/$3_$style.ttf" --unicodes="$5" --layout-features="$4" --no-hinting \
      --drop-tables+=GSUB,BASE,VORG,vhea,vmtx,DSIG,STAT,gasp --name-IDs=0,1,2,3,4,5,6,13,14 \
      --output-file="$here/$3-${style#[0-9][0-9][0-9]}.ttf"
  done
}

subset noto-sans-kr 0.4.3 NotoSansKR kern "U+0020-007E,U+00A0-024F,U+0370-03FF,U+0400-045F,U+1100-11FF,U+1E00-1EFF,U+2000-206F,U+20A0-20BF,U+2100-218F,U+2190-21FF,U+2200-22FF,U+2460-24FF,U+2500-25FF,U+2600-266F,U+2700-27BF,U+3000-30FF,U+3130-318F,U+AC00-D7A3,U+FF00-FFEF,U+FFFD"
subset noto-sans 0.4.2 NotoSans kern,mark,mkmk "U+0020-007E,U+00A0-024F,U+0259,U+02B0-02FF,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-218F,U+25CC,U+FFFD"
