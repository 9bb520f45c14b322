//! Font files as lists of tables.

use std::collections::BTreeMap;

/// The tables of a font file.
pub(in crate::text) struct Tables<'a> {
    /// By tag.
    pub(in crate::text) list: BTreeMap<[u8; 4], &'a [u8]>,
}

impl<'a> Tables<'a> {
    /// Reads the directory of a file, or of one font of a collection.
    pub(in crate::text) fn read(data: &'a [u8], index: u32) -> Option<Self> {
        let collection = data.starts_with(b"ttcf");
        let start = if collection { get32(data, 12 + 4 * index as usize)? as usize } else { 0 };
        let mut list = BTreeMap::new();
        for k in 0..usize::from(get16(data, start.checked_add(4)?)?) {
            let at = start + 12 + 16 * k;
            let tag = data.get(at..at + 4)?.try_into().ok()?;
            let (start, length) = (get32(data, at + 8)? as usize, get32(data, at + 12)? as usize);
            list.insert(tag, data.get(start..start.checked_add(length)?)?);
        }
        Some(Self { list })
    }

    /// A table.
    pub(super) fn get(&self, tag: &[u8; 4]) -> Option<&'a [u8]> {
        self.list.get(tag).copied()
    }
}

/// The file: directory, tables, checksums. The tables must be in the order of their tags.
pub(in crate::text) fn write(flavor: &[u8], tables: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.max(1).ilog2() as u16;
    let mut out = flavor.to_vec();
    for word in [count, 16 << power, power, (16 * count).wrapping_sub(16 << power)] {
        out.extend(word.to_be_bytes());
    }
    let start = 12 + 16 * tables.len();
    let mut body: Vec<u8> = Vec::with_capacity(tables.iter().map(|(_, data)| data.len().next_multiple_of(4)).sum());
    let mut head = None;
    for (tag, mut data) in tables {
        let at = start + body.len();
        if &tag == b"head" {
            head = Some(at);
            let _ = put32(&mut data, 8, 0);
        }
        out.extend(tag);
        for word in [checksum(&data), at as u32, data.len() as u32] {
            out.extend(word.to_be_bytes());
        }
        body.extend(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    out.extend(body);
    if let Some(head) = head {
        let whole = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&out));
        let _ = put32(&mut out, head + 8, whole);
    }
    out
}

/// The sum of a table's words.
pub(in crate::text) fn checksum(data: &[u8]) -> u32 {
    let (words, rest) = data.as_chunks();
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    words.iter().chain([&last]).fold(0, |sum: u32, &word| sum.wrapping_add(u32::from_be_bytes(word)))
}

/// Two bytes.
pub(in crate::text) fn get16(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes.
pub(in crate::text) fn get32(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Replaces two bytes.
pub(super) fn put16(data: &mut [u8], at: usize, value: u16) -> Option<()> {
    data.get_mut(at..at.checked_add(2)?)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}

/// Replaces four bytes.
pub(super) fn put32(data: &mut [u8], at: usize, value: u32) -> Option<()> {
    data.get_mut(at..at.checked_add(4)?)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}

/// Words one after the other.
pub(super) fn words(words: impl IntoIterator<Item = u16>) -> Vec<u8> {
    words.into_iter().flat_map(u16::to_be_bytes).collect()
}
