#!/usr/bin/env bash
# Makes the two embedded fonts from Noto Sans KR (npm package @expo-google-fonts/noto-sans-kr 0.4.3, SIL Open Font License 1.1).
# The licence of the font stands beside it in OFL.txt. Needs npm and Python's fonttools. Kerning and other layout tables are left out: widths are then the sum of advances in every renderer.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent @expo-google-fonts/noto-sans-kr@0.4.3 && tar xzf ./*.tgz)
ranges="U+0020-007E,U+00A0-024F,U+0370-03FF,U+0400-045F,U+1100-11FF,U+2000-206F,U+20A0-20BF,U+2100-218F,U+2190-21FF,U+2200-22FF,U+2460-24FF,U+25A0-25FF,U+2600-266F,U+3000-30FF,U+3130-318F,U+AC00-D7A3,U+FF00-FFEF,U+FFFD"
for style in 400Regular 700Bold; do
  pyftsubset "$work/package/$style/NotoSansKR_$style.ttf" --unicodes="$ranges" --layout-features= --no-hinting  \
    --drop-tables+=GSUB,GPOS,GDEF,BASE,VORG,vhea,vmtx,DSIG,STAT --name-IDs=0,1,2,3,4,5,6,13,14 \
    --output-file="$here/NotoSansKR-${style#[0-9][0-9][0-9]}.ttf"
done
