//! The part of a font that some characters need, as a font file of its own.
//!
//! The outlines are taken by ourselves from TrueType fonts, and by the `subsetter` crate from others (CFF, variable fonts); character map, names and
//! kerning are written here. Kerning holds the very pairs that follow each other in the texts, so a browser that shapes them anew gets the same widths.
//! The same characters give the same bytes.

mod foreign;
mod glyf;
pub(super) mod sfnt;
mod tables;

use super::face::{Glyph, Loaded};
use sfnt::Tables;
use std::collections::{BTreeMap, BTreeSet};

/// What texts use of a font.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// The glyph of each character.
    chars: BTreeMap<char, u32>,
    /// How the first of two glyphs that follow each other is moved, and what is added to its advance, in font units, where that is not 0.
    pairs: BTreeMap<(u32, u32), (i32, i32)>,
}

impl Used {
    /// Adds a plain run: its text, the byte of its line where it starts, and its glyphs.
    pub(super) fn add(&mut self, text: &str, start: usize, glyphs: &[Glyph]) {
        for glyph in glyphs {
            let c = glyph.at.checked_sub(start).and_then(|at| text.get(at..)).and_then(|t| t.chars().next());
            if let Some(c) = c.filter(|&c| !super::characters::invisible(c)) {
                self.chars.insert(c, glyph.id);
            }
        }
        for (left, right) in glyphs.iter().zip(glyphs.iter().skip(1)) {
            if left.kern != 0 && left.natural != 0 {
                self.pairs.insert((left.id, right.id), (left.shift, left.kern));
            }
        }
    }
}

/// Outlines and metrics of some glyphs, renumbered: the tables of a font without names and maps.
struct Kept {
    flavor: [u8; 4],
    tables: Vec<([u8; 4], Vec<u8>)>,
}

/// A font with what is used of another, and the mark for missing glyphs; `None` if that cannot be made.
pub(super) fn subset(face: &Loaded, used: &Used, family: &str, bold: bool) -> Option<Vec<u8>> {
    let (data, index) = face.data();
    let old = Tables::read(data, index)?;
    // Numbered in the order of their characters; glyphs that several characters share only once.
    let mut glyphs = vec![0];
    let mut seen = BTreeSet::from([0]);
    glyphs.extend(used.chars.values().copied().filter(|&id| seen.insert(id)));
    let new: BTreeMap<u32, u16> = glyphs.iter().zip(0..=u16::MAX).map(|(&id, number)| (id, number)).collect();
    if new.len() != glyphs.len() {
        return None;
    }
    let kept = if face.is_plain_truetype() { glyf::keep(&old, &glyphs)? } else { foreign::keep(face, &glyphs)? };
    let map: Option<Vec<(u32, u16)>> = used.chars.iter().map(|(&c, id)| Some((u32::from(c), *new.get(id)?))).collect();
    let short = |&(shift, kern): &(i32, i32)| Some((i16::try_from(shift).ok()?, i16::try_from(kern).ok()?));
    let pairs: Option<BTreeMap<(u16, u16), (i16, i16)>> =
        used.pairs.iter().map(|((a, b), moved)| Some(((*new.get(a)?, *new.get(b)?), short(moved)?))).collect();
    let mut tables = kept.tables;
    tables.extend([
        (*b"OS/2", old.get(b"OS/2")?.to_vec()),
        (*b"cmap", tables::cmap(&map?)),
        (*b"name", tables::name(family, bold)),
        (*b"post", tables::post()),
    ]);
    if let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) {
        tables.push((*b"GPOS", tables::kerning(&pairs)?));
    } else if !used.pairs.is_empty() {
        return None;
    }
    tables.sort();
    Some(sfnt::write(&kept.flavor, tables))
}

#[cfg(all(test, any(feature = "png", feature = "pdf")))]
mod tests {
    use crate::text::{Compositor, FontBytes, FontFile, Fonts};
    use std::path::Path;
    use std::sync::Arc;

    /// The embedded fonts and one more.
    fn with(family: &str, file: &str) -> Fonts {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text/fonts").join(file);
        let bytes = FontBytes::Later(Arc::new(move || std::fs::read(&path).ok()));
        Fonts::embedded().with([FontFile { family: family.to_owned(), bold: false, bytes, index: 0 }])
    }

    /// A text in a font, and in the part of the font that the text needs, is equally wide.
    fn same_width(text: &str, family: &str, fonts: &Fonts) {
        let set = Compositor::new(fonts, Some(family));
        let line = set.line(text, false);
        assert!(line.runs.iter().all(|run| run.plain), "{:?}", line.runs);
        let faces = set.faces(std::iter::once((&*line, false)));
        let number = fonts.find(family).unwrap_or(0);
        let part = crate::text::woff::unpack(faces.file(number).unwrap_or_default()).unwrap_or_default();
        let bytes = FontBytes::Later(Arc::new(move || Some(part.clone())));
        let part = Fonts::embedded().with([FontFile { family: "Part".to_owned(), bold: false, bytes, index: 0 }]);
        let again = Compositor::new(&part, Some("Part")).line(text, false);
        assert_eq!((again.runs.len(), again.width), (line.runs.len(), line.width), "{text}");
        assert!(again.runs.iter().all(|run| run.plain));
    }

    #[test]
    fn truetype_fonts_keep_widths_and_kerning() {
        same_width("AVATAR To 한국어 Tea, WAVE", "Noto Sans KR", &Fonts::embedded());
        same_width("Łódź AVATAR", "Noto Sans", &Fonts::embedded());
    }

    #[test]
    fn cff_fonts_keep_widths() {
        same_width("日本語注文", "CJK", &with("CJK", "NotoSansCJKjp-Regular.otf"));
    }

    #[test]
    fn variable_fonts_keep_widths_and_kerning() {
        same_width("שלום", "Hebrew", &with("Hebrew", "NotoSansHebrew-Variable.ttf"));
    }
}
