//! Outlines of CFF and variable fonts.

use super::Kept;
use super::sfnt::Tables;
use crate::text::face::Loaded;
use subsetter::{GlyphRemapper, Tag};

/// Tables that are taken over.
const TABLES: [&[u8; 4]; 7] = [b"CFF ", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"];

/// Keeps these glyphs, in this order; parts of composite glyphs follow.
pub(super) fn keep(face: &Loaded, glyphs: &[u32]) -> Option<Kept> {
    let (data, index) = face.data();
    let mut numbers = GlyphRemapper::new();
    for (number, &glyph) in glyphs.iter().enumerate() {
        if usize::from(numbers.remap(u16::try_from(glyph).ok()?)) != number {
            return None;
        }
    }
    let file = match face.weight {
        Some(weight) => {
            subsetter::subset_with_variations(data, index, &[(Tag::new(b"wght"), weight)], &numbers).ok()?
        }
        None => subsetter::subset(data, index, &numbers).ok()?,
    };
    let font = Tables::read(&file, 0)?;
    let taken = TABLES.iter().filter_map(|&tag| Some((*tag, font.get(tag)?.to_vec()))).collect();
    let flavor = if font.get(b"CFF ").is_some() { *b"OTTO" } else { [0, 1, 0, 0] };
    Some(Kept { flavor, tables: taken })
}
