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
    /// What stands between two glyphs that follow each other, in font units, where it is not 0.
    pairs: BTreeMap<(u32, u32), i32>,
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
                self.pairs.insert((left.id, right.id), left.kern);
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
    let pairs: Option<BTreeMap<(u16, u16), i16>> = (used.pairs.iter())
        .map(|((a, b), kern)| Some(((*new.get(a)?, *new.get(b)?), i16::try_from(*kern).ok()?)))
        .collect();
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
