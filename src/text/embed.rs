//! The fonts that go into a picture: of each only what its texts use.

use super::itemize::Source;
use super::line::Line;
use super::subset::{self, Used};
use super::{Compositor, woff};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Families that stand in for an embedded one where a reader's program does not take fonts from the file.
const STAND_INS: &str = "\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif";

/// More than a `@font-face` rule takes beside its font.
const RULE_BYTES: usize = 192;

/// The fonts of one picture.
#[derive(Debug, Default)]
pub(super) struct Faces {
    /// Made from all their bytes: pictures in one page never take each other's fonts.
    hash: u64,
    /// By number of the family and weight: the file, packed.
    files: BTreeMap<(usize, bool), Vec<u8>>,
    /// The family of most texts.
    first: usize,
}

impl Faces {
    /// Whether a font is in the picture.
    pub(super) fn has(&self, family: usize, bold: bool) -> bool {
        self.files.contains_key(&(family, bold))
    }

    /// The packed file of a family for texts that are not bold.
    #[cfg(all(test, any(feature = "png", feature = "pdf")))]
    pub(super) fn file(&self, family: usize) -> Option<&[u8]> {
        self.files.get(&(family, false)).map(Vec::as_slice)
    }

    /// The name that a font has in the picture.
    pub(super) fn name(&self, family: usize) -> String {
        let own = if family == self.first { String::new() } else { format!("-{family}") };
        format!("Skyplan-{:016x}{own}", self.hash)
    }

    /// The value of `font-family` for all texts that name no other font.
    pub(super) fn family(&self, name: &str) -> String {
        let own = if name == super::FAMILY { String::new() } else { format!("{},", quoted(name)) };
        format!("\"{}\",{own}{STAND_INS}", self.name(self.first))
    }

    /// `@font-face` rules.
    pub(super) fn css(&self) -> String {
        let bytes: usize = self.files.values().map(|file| RULE_BYTES + file.len().div_ceil(3) * 4).sum();
        let mut css = String::with_capacity(bytes);
        for (&(family, bold), file) in &self.files {
            let (name, weight) = (self.name(family), if bold { 700 } else { 400 });
            // Writing to a string cannot fail.
            let _ =
                write!(css, "@font-face{{font-family:\"{name}\";font-weight:{weight};src:url(data:font/woff;base64,");
            STANDARD.encode_string(file, &mut css);
            css.push_str(") format(\"woff\")}");
        }
        css
    }
}

/// What stands in for fonts that are not embedded.
pub(super) fn named(name: &str) -> String {
    let own = if name == super::FAMILY { String::new() } else { format!("{},", quoted(name)) };
    format!("{own}{STAND_INS}")
}

/// A family's name as CSS writes it.
fn quoted(name: &str) -> String {
    let safe: String = name
        .chars()
        .filter(|c| !matches!(c, '"' | '\\' | '<' | '>' | '&' | ';' | '{' | '}') && !c.is_control())
        .collect();
    format!("\"{safe}\"")
}

impl Compositor<'_> {
    /// The parts of fonts that some lines need. A font of which no part can be taken is not among them.
    pub(super) fn faces<'l>(&self, lines: impl Iterator<Item = (&'l Line, bool)>) -> Faces {
        let mut used: BTreeMap<(usize, bool), Used> = BTreeMap::new();
        for (line, bold) in lines {
            for run in line.runs.iter().filter(|run| run.plain) {
                let Source::Family(family) = run.source else { continue };
                let used = used.entry((family, bold)).or_default();
                used.add(line.text.get(run.range.clone()).unwrap_or_default(), run.range.start, &run.glyphs);
            }
        }
        let mut faces = Faces { first: self.order.first().copied().unwrap_or(0), ..Faces::default() };
        let mut packer = woff::Packer::default();
        let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
        for ((family, bold), used) in used {
            let name = self.fonts.families.get(family).map_or("", |f| f.name.as_str());
            let Some(face) = self.face(family, bold) else { continue };
            let part = subset::subset(face, &used, name, bold);
            let Some(file) = part.and_then(|part| woff::pack(&part, &mut packer)) else { continue };
            for byte in [family.to_be_bytes().as_slice(), &[u8::from(bold)], &file].concat() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
            faces.files.insert((family, bold), file);
        }
        faces.hash = hash;
        faces
    }
}
