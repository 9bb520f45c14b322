//! Tables that are written anew: characters, names, kerning.

use super::sfnt::words;
use std::collections::BTreeMap;

/// A character map: of format 4 for characters of the first plane, else of format 12, which holds all of Unicode.
pub(super) fn cmap(map: &[(u32, u16)]) -> Vec<u8> {
    let mut groups: Vec<(u32, u32, u16)> = Vec::new();
    for &(c, glyph) in map {
        match groups.last_mut() {
            Some(g) if g.1 + 1 == c && u32::from(g.2) + (c - g.0) == u32::from(glyph) => g.1 = c,
            _ => groups.push((c, c, glyph)),
        }
    }
    let (encoding, table) = match short_map(&groups) {
        Some(table) => (1, table),
        None => (10, long_map(&groups)),
    };
    let mut out = words([0, 1, 3, encoding]);
    out.extend(12u32.to_be_bytes());
    out.extend(table);
    out
}

/// Format 4: segments of characters whose glyphs follow each other.
fn short_map(groups: &[(u32, u32, u16)]) -> Option<Vec<u8>> {
    let mut segments: Vec<(u16, u16, u16)> = Vec::new();
    for &(first, last, glyph) in groups {
        let (first, last) = (u16::try_from(first).ok()?, u16::try_from(last).ok().filter(|&c| c < 0xFFFF)?);
        segments.push((first, last, glyph.wrapping_sub(first)));
    }
    // The last segment is always this one, and leads to no glyph.
    segments.push((0xFFFF, 0xFFFF, 1));
    let count = u16::try_from(segments.len()).ok()?;
    let length = 16 + 8 * u32::from(count);
    let power = count.ilog2() as u16;
    let range = 2 << power;
    let mut out = vec![4, u16::try_from(length).ok()?, 0, 2 * count, range, power, 2 * count - range];
    out.extend(segments.iter().map(|s| s.1));
    out.push(0);
    out.extend(segments.iter().map(|s| s.0));
    out.extend(segments.iter().map(|s| s.2));
    out.extend(segments.iter().map(|_| 0));
    Some(words(out))
}

/// Format 12: groups of characters whose glyphs follow each other.
fn long_map(groups: &[(u32, u32, u16)]) -> Vec<u8> {
    let mut out = words([12, 0]);
    let head = [16 + 12 * groups.len() as u32, 0, groups.len() as u32];
    let groups = groups.iter().flat_map(|&(first, last, glyph)| [first, last, u32::from(glyph)]);
    out.extend(head.into_iter().chain(groups).flat_map(u32::to_be_bytes));
    out
}

/// The least names that programs ask for: family, style, full and PostScript name.
pub(super) fn name(family: &str, bold: bool) -> Vec<u8> {
    let style = if bold { "Bold" } else { "Regular" };
    let full = if bold { format!("{family} Bold") } else { family.to_owned() };
    let letters: String = family.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let postscript = format!("{}-{style}", if letters.is_empty() { "Font" } else { &letters });
    let (mut records, mut texts): (Vec<u16>, Vec<u8>) = (Vec::new(), Vec::new());
    let names = [(1, family), (2, style), (4, &full), (6, &postscript)];
    for (id, text) in names {
        let wide = words(text.chars().take(60).collect::<String>().encode_utf16());
        records.extend([3, 1, 0x409, id, wide.len() as u16, texts.len() as u16]);
        texts.extend(wide);
    }
    let mut out = words([0, names.len() as u16, 6 + 2 * records.len() as u16]);
    out.extend(words(records));
    out.extend(texts);
    out
}

/// Of format 3: glyphs have no names.
pub(super) fn post() -> Vec<u8> {
    let mut post = words([3, 0]);
    post.resize(32, 0);
    post
}

/// How far a glyph is moved, and what is added to its advance.
type Moved = (i16, i16);

/// Kerning as a `GPOS` table: one lookup of pairs, for all scripts; `None` if there are more pairs than it can hold.
///
/// Each pair tells how its first glyph is moved, and what is added to its advance.
pub(super) fn kerning(pairs: &BTreeMap<(u16, u16), Moved>) -> Option<Vec<u8>> {
    let mut sets: BTreeMap<u16, Vec<(u16, Moved)>> = BTreeMap::new();
    for (&(left, right), &moved) in pairs {
        sets.entry(left).or_default().push((right, moved));
    }
    // The format of the values says which there are: advances only, or places too.
    let (format, size) = if pairs.values().all(|moved| moved.0 == 0) { (4, 4) } else { (5, 6) };
    let count = u16::try_from(sets.len()).ok()?;
    // Format 1 of a pair adjustment: header, offsets of the sets, coverage, the sets.
    let coverage = 10 + 2 * sets.len();
    let mut at = coverage + 4 + 2 * sets.len();
    let mut table = vec![1, u16::try_from(coverage).ok()?, format, 0, count];
    for set in sets.values() {
        table.push(u16::try_from(at).ok()?);
        at += 2 + size * set.len();
    }
    table.extend([1, count]);
    table.extend(sets.keys());
    for set in sets.values() {
        table.push(set.len() as u16);
        for &(right, (shift, kern)) in set {
            table.push(right);
            table.extend((format == 5).then_some(shift.cast_unsigned()));
            table.push(kern.cast_unsigned());
        }
    }
    // Header; two scripts with one language and one feature; the feature `kern` with one lookup; the lookup with one table.
    let tag = |tag: &[u8; 4]| [u16::from_be_bytes([tag[0], tag[1]]), u16::from_be_bytes([tag[2], tag[3]])];
    let mut out = vec![1, 0, 10, 36, 50];
    // Shapers take Hebrew's kerning only from a script of its own.
    out.push(2);
    for script in [b"DFLT", b"hebr"] {
        out.extend(tag(script));
        out.push(14);
    }
    out.extend([4, 0, 0, 0xFFFF, 1, 0]);
    out.push(1);
    out.extend(tag(b"kern"));
    out.extend([8, 0, 1, 0]);
    out.extend([1, 4, 2, 0, 1, 8]);
    out.extend(table);
    Some(words(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_kerning_table_stand_where_it_says() {
        let table =
            kerning(&BTreeMap::from([((3, 4), (0, -20)), ((3, 5), (0, 7)), ((9, 4), (0, 1))])).unwrap_or_default();
        let at = |k: usize| crate::text::subset::sfnt::get16(&table, k).unwrap_or(0);
        assert_eq!(
            [at(10), at(36), at(50), at(50 + 4)],
            [2, 1, 1, 2],
            "script, feature, lookup lists; a lookup of pairs"
        );
        assert_eq!([at(62), at(66), at(70)], [1, 4, 2], "the pairs: format, value, sets");
    }
}
