//! The part of a TrueType font that some characters need, as a font file of its own.
//!
//! Written for fonts with `glyf` outlines and no layout tables, as the embedded ones are. Glyphs are renumbered in order of their characters; parts of
//! composite glyphs follow. The same characters give the same bytes.

use super::face::Face;
use std::collections::{BTreeMap, BTreeSet};

/// Flags of a part of a composite glyph (OpenType, `glyf`).
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const SCALE_XY: u16 = 0x0040;
const TWO_BY_TWO: u16 = 0x0080;

/// A font with the glyphs of these characters and the mark for missing ones; `None` if the font cannot be read.
pub(super) fn subset(face: &Face, chars: &BTreeSet<char>) -> Option<Vec<u8>> {
    let tables = Tables::read(face.data)?;
    let mut old = vec![0u32];
    let mut new: BTreeMap<u32, u16> = BTreeMap::from([(0, 0)]);
    let mut map: Vec<(u32, u16)> = Vec::new();
    for &c in chars {
        let glyph = face.glyph(c);
        if glyph != 0 {
            map.push((u32::from(c), number(glyph, &mut old, &mut new)));
        }
    }
    let (mut glyf, mut loca, mut hmtx) = (Vec::new(), vec![0u32], Vec::new());
    let mut at = 0;
    while let Some(&glyph) = old.get(at) {
        let mut outline = tables.glyph(glyph)?.to_vec();
        renumber_parts(&mut outline, &mut old, &mut new)?;
        glyf.extend_from_slice(&outline);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
        loca.push(u32::try_from(glyf.len()).ok()?);
        let (advance, bearing) = tables.metrics(glyph)?;
        hmtx.extend(advance.to_be_bytes());
        hmtx.extend(bearing.to_be_bytes());
        at += 1;
    }
    let count = u16::try_from(old.len()).ok()?;
    let mut head = tables.get(b"head")?.to_vec();
    put16(&mut head, 50, 1)?;
    put32(&mut head, 8, 0)?;
    let mut hhea = tables.get(b"hhea")?.to_vec();
    put16(&mut hhea, 34, count)?;
    let mut maxp = tables.get(b"maxp")?.to_vec();
    put16(&mut maxp, 4, count)?;
    let mut post = vec![0; 32];
    post[..4].copy_from_slice(&0x0003_0000u32.to_be_bytes());
    let loca: Vec<u8> = loca.iter().flat_map(|o| o.to_be_bytes()).collect();
    let os2 = tables.get(b"OS/2")?.to_vec();
    Some(write(vec![
        (b"OS/2", os2),
        (b"cmap", cmap(&map)),
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
        (b"name", name()),
        (b"post", post),
    ]))
}

/// The new number of a glyph; it joins the list if it is not there yet.
fn number(glyph: u32, old: &mut Vec<u32>, new: &mut BTreeMap<u32, u16>) -> u16 {
    *new.entry(glyph).or_insert_with(|| {
        old.push(glyph);
        (old.len() - 1) as u16
    })
}

/// Gives the parts of a composite outline their new numbers.
fn renumber_parts(outline: &mut [u8], old: &mut Vec<u32>, new: &mut BTreeMap<u32, u16>) -> Option<()> {
    // The number of contours is negative for composites.
    if get16(outline, 0).is_none_or(|contours| contours & 0x8000 == 0) {
        return Some(());
    }
    let mut at = 10;
    loop {
        let flags = get16(outline, at)?;
        let part = number(u32::from(get16(outline, at + 2)?), old, new);
        put16(outline, at + 2, part)?;
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

/// The tables of a font file.
struct Tables<'a> {
    list: BTreeMap<[u8; 4], &'a [u8]>,
    long_offsets: bool,
    wide_metrics: u32,
}

impl<'a> Tables<'a> {
    fn read(data: &'a [u8]) -> Option<Self> {
        let mut list = BTreeMap::new();
        for k in 0..usize::from(get16(data, 4)?) {
            let at = 12 + 16 * k;
            let tag = data.get(at..at.checked_add(4)?)?.try_into().ok()?;
            let (start, length) = (get32(data, at + 8)? as usize, get32(data, at + 12)? as usize);
            list.insert(tag, data.get(start..start.checked_add(length)?)?);
        }
        let mut tables = Self { list, long_offsets: false, wide_metrics: 0 };
        tables.long_offsets = get16(tables.get(b"head")?, 50)? == 1;
        tables.wide_metrics = u32::from(get16(tables.get(b"hhea")?, 34)?);
        Some(tables)
    }

    fn get(&self, tag: &[u8; 4]) -> Option<&'a [u8]> {
        self.list.get(tag).copied()
    }

    fn glyph(&self, id: u32) -> Option<&'a [u8]> {
        let loca = self.get(b"loca")?;
        let offset = |k: usize| {
            if self.long_offsets {
                get32(loca, 4 * k).map(|o| o as usize)
            } else {
                get16(loca, 2 * k).map(|o| 2 * usize::from(o))
            }
        };
        self.get(b"glyf")?.get(offset(id as usize)?..offset(id as usize + 1)?)
    }

    fn metrics(&self, id: u32) -> Option<(u16, u16)> {
        let hmtx = self.get(b"hmtx")?;
        let last = self.wide_metrics.checked_sub(1)?;
        let advance = get16(hmtx, 4 * id.min(last) as usize)?;
        let bearing = if id <= last {
            4 * id as usize + 2
        } else {
            4 * self.wide_metrics as usize + 2 * (id - last - 1) as usize
        };
        Some((advance, get16(hmtx, bearing)?))
    }
}

/// A character map of format 12, which holds all of Unicode.
fn cmap(map: &[(u32, u16)]) -> Vec<u8> {
    let mut groups: Vec<(u32, u32, u32)> = Vec::new();
    for &(c, glyph) in map {
        match groups.last_mut() {
            Some(g) if g.1 + 1 == c && g.2 + (c - g.0) == u32::from(glyph) => g.1 = c,
            _ => groups.push((c, c, u32::from(glyph))),
        }
    }
    let mut out = Vec::new();
    for word in [0u16, 1, 3, 10] {
        out.extend(word.to_be_bytes());
    }
    out.extend(12u32.to_be_bytes());
    out.extend(12u16.to_be_bytes());
    out.extend(0u16.to_be_bytes());
    for word in [16 + 12 * groups.len() as u32, 0, groups.len() as u32] {
        out.extend(word.to_be_bytes());
    }
    for (first, last, glyph) in groups {
        for word in [first, last, glyph] {
            out.extend(word.to_be_bytes());
        }
    }
    out
}

/// The least names that programs ask for: family, style, full and PostScript name.
fn name() -> Vec<u8> {
    let names = [(1u16, "Noto Sans KR"), (2, "Regular"), (4, "Noto Sans KR"), (6, "NotoSansKR")];
    let (mut records, mut texts) = (Vec::new(), Vec::new());
    for (id, text) in names {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for word in [3, 1, 0x409, id, wide.len() as u16, texts.len() as u16] {
            records.extend(word.to_be_bytes());
        }
        texts.extend(wide);
    }
    let mut out = Vec::new();
    for word in [0u16, names.len() as u16, 6 + records.len() as u16] {
        out.extend(word.to_be_bytes());
    }
    out.extend(records);
    out.extend(texts);
    out
}

/// The file: directory, tables, checksums.
fn write(tables: Vec<(&[u8; 4], Vec<u8>)>) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.ilog2() as u16;
    let mut out = vec![0, 1, 0, 0];
    for word in [count, 16 << power, power, 16 * count - (16 << power)] {
        out.extend(word.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    let mut body = Vec::new();
    let mut head = 0;
    for (tag, data) in tables {
        if tag == b"head" {
            head = at;
        }
        out.extend(tag);
        for word in [checksum(&data), at as u32, data.len() as u32] {
            out.extend(word.to_be_bytes());
        }
        body.extend_from_slice(&data);
        body.resize(body.len().next_multiple_of(4), 0);
        at = 12 + 16 * usize::from(count) + body.len();
    }
    out.extend(body);
    let whole = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&out));
    let _ = put32(&mut out, head + 8, whole);
    out
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0u32, |sum, c| {
        let word = c.iter().chain([0; 3].iter()).take(4).fold(0, |word, byte| word << 8 | u32::from(*byte));
        sum.wrapping_add(word)
    })
}

fn get16(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn get32(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn put16(data: &mut [u8], at: usize, value: u16) -> Option<()> {
    data.get_mut(at..at.checked_add(2)?)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}

fn put32(data: &mut [u8], at: usize, value: u32) -> Option<()> {
    data.get_mut(at..at.checked_add(4)?)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}
