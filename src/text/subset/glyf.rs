//! Outlines of TrueType fonts (`glyf`).

use super::Kept;
use super::sfnt::{Tables, get16, get32, put16, put32, words};
use std::collections::BTreeMap;

/// Flags of a part of a composite glyph (OpenType, `glyf`).
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const SCALE_XY: u16 = 0x0040;
const TWO_BY_TWO: u16 = 0x0080;
const INSTRUCTIONS: u16 = 0x0100;

/// Keeps these glyphs, in this order; parts of composite glyphs follow.
pub(super) fn keep(font: &Tables<'_>, glyphs: &[u32]) -> Option<Kept> {
    let old = Outlines::read(font)?;
    let mut list = glyphs.to_vec();
    let mut new: BTreeMap<u32, u16> = list.iter().zip(0..=u16::MAX).map(|(&id, number)| (id, number)).collect();
    let (mut glyf, mut offsets, mut metrics) = (Vec::new(), vec![0u32], Vec::new());
    let mut at = 0;
    while let Some(&glyph) = list.get(at) {
        let mut outline = old.glyph(glyph)?.to_vec();
        renumber_parts(&mut outline, &mut list, &mut new)?;
        glyf.extend(outline);
        glyf.resize(glyf.len().next_multiple_of(2), 0);
        offsets.push(u32::try_from(glyf.len()).ok()?);
        metrics.push(old.metrics(glyph)?);
        at += 1;
    }
    let count = u16::try_from(list.len()).ok()?;
    // Short offsets count in pairs of bytes.
    let short: Option<Vec<u16>> = offsets.iter().map(|o| u16::try_from(o / 2).ok()).collect();
    let long = || offsets.iter().flat_map(|o| o.to_be_bytes()).collect();
    let mut head = font.get(b"head")?.to_vec();
    put16(&mut head, 50, u16::from(short.is_none()))?;
    put32(&mut head, 8, 0)?;
    let mut hhea = font.get(b"hhea")?.to_vec();
    let (wide, hmtx) = pack_metrics(&metrics);
    put16(&mut hhea, 34, wide)?;
    let mut maxp = font.get(b"maxp")?.to_vec();
    put16(&mut maxp, 4, count)?;
    let tables = vec![
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", hmtx),
        (*b"loca", short.map_or_else(long, words)),
        (*b"maxp", maxp),
    ];
    Some(Kept { flavor: [0, 1, 0, 0], tables })
}

/// Advances and bearings; the last glyphs, where they have one advance, share it. How many have their own, and the table.
fn pack_metrics(metrics: &[(u16, u16)]) -> (u16, Vec<u8>) {
    let last = metrics.last().map(|m| m.0);
    let same = metrics.iter().rev().take_while(|m| Some(m.0) == last).count();
    let wide = (metrics.len() + 1).saturating_sub(same.max(1));
    let own = metrics.iter().take(wide).flat_map(|&(advance, bearing)| [advance, bearing]);
    let rest = metrics.iter().skip(wide).map(|m| m.1);
    (wide as u16, words(own.chain(rest)))
}

/// Gives the parts of a composite outline their new numbers, and drops its hints.
fn renumber_parts(outline: &mut [u8], list: &mut Vec<u32>, new: &mut BTreeMap<u32, u16>) -> Option<()> {
    // The number of contours is negative for composites.
    if get16(outline, 0).is_none_or(|contours| contours & 0x8000 == 0) {
        return Some(());
    }
    let mut at = 10;
    loop {
        let flags = get16(outline, at)?;
        let part = u32::from(get16(outline, at + 2)?);
        let number = match new.get(&part) {
            Some(&known) => known,
            None => {
                let number = u16::try_from(list.len()).ok()?;
                list.push(part);
                new.insert(part, number);
                number
            }
        };
        put16(outline, at, flags & !INSTRUCTIONS)?;
        put16(outline, at + 2, number)?;
        at += if flags & WORDS != 0 { 8 } else { 6 };
        at += match flags {
            f if f & SCALE != 0 => 2,
            f if f & SCALE_XY != 0 => 4,
            f if f & TWO_BY_TWO != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            return Some(());
        }
    }
}

/// The tables that outlines and metrics stand in.
struct Outlines<'a> {
    glyf: &'a [u8],
    loca: &'a [u8],
    hmtx: &'a [u8],
    long_offsets: bool,
    wide_metrics: u32,
}

impl<'a> Outlines<'a> {
    fn read(font: &Tables<'a>) -> Option<Self> {
        Some(Self {
            glyf: font.get(b"glyf")?,
            loca: font.get(b"loca")?,
            hmtx: font.get(b"hmtx")?,
            long_offsets: get16(font.get(b"head")?, 50)? == 1,
            wide_metrics: u32::from(get16(font.get(b"hhea")?, 34)?),
        })
    }

    fn glyph(&self, id: u32) -> Option<&'a [u8]> {
        let offset = |k: usize| {
            if self.long_offsets {
                get32(self.loca, 4 * k).map(|o| o as usize)
            } else {
                get16(self.loca, 2 * k).map(|o| 2 * usize::from(o))
            }
        };
        self.glyf.get(offset(id as usize)?..offset(id as usize + 1)?)
    }

    fn metrics(&self, id: u32) -> Option<(u16, u16)> {
        let last = self.wide_metrics.checked_sub(1)?;
        let advance = get16(self.hmtx, 4 * id.min(last) as usize)?;
        let bearing = if id <= last {
            4 * id as usize + 2
        } else {
            4 * self.wide_metrics as usize + 2 * (id - last - 1) as usize
        };
        Some((advance, get16(self.hmtx, bearing)?))
    }
}
