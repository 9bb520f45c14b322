//! Fonts packed as WOFF, version 1: large tables deflated. All browsers read it, and it is up to a third smaller than the font itself.

use super::subset::sfnt::{Tables, checksum, get32};
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};

/// Largest table that is unpacked, in bytes.
#[cfg(any(feature = "png", feature = "pdf"))]
const MOST_BYTES: usize = 64 << 20;

/// Tables of fewer bytes are left as they are: those of a small picture would shrink it by a fifteenth, and to pack them takes a fifteenth of its time.
const LEAST_BYTES: usize = 8 << 10;

/// What packs tables one after the other: its 300 KB of memory are made once for all fonts of a picture, when the first table needs them.
#[derive(Default)]
pub(crate) struct Packer(Option<Box<CompressorOxide>>);

impl Packer {
    /// The data in fewer bytes; `None` where that cannot be, or is not worth the time.
    fn packed(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        if data.len() < LEAST_BYTES {
            return None;
        }
        let compressor = match &mut self.0 {
            Some(used) => {
                used.reset();
                used
            }
            none => none.insert(compressor()),
        };
        let mut out = vec![0; data.len()];
        let (status, _, count) = compress(compressor, data, &mut out, TDEFLFlush::Finish);
        out.truncate(count);
        (status == TDEFLStatus::Done && count < data.len()).then_some(out)
    }
}

/// Deflate at its best level, with zlib's frame. Never a part of its caller: that would keep room for it on the stack, and touch all of it, each time.
#[inline(never)]
fn compressor() -> Box<CompressorOxide> {
    Box::new(CompressorOxide::new(create_comp_flags_from_zip_params(9, 15, 0)))
}

/// Packs a font file; `None` if it is none.
pub(crate) fn pack(font: &[u8], packer: &mut Packer) -> Option<Vec<u8>> {
    let tables = Tables::read(font, 0)?;
    let count = tables.list.len();
    let mut directory = Vec::new();
    let mut body = Vec::with_capacity(font.len());
    let start = 44 + 20 * count;
    for (tag, data) in &tables.list {
        let packed = packer.packed(data);
        let stored = packed.as_deref().unwrap_or(data);
        directory.extend(tag);
        for word in [start + body.len(), stored.len(), data.len()] {
            directory.extend(u32::try_from(word).ok()?.to_be_bytes());
        }
        directory.extend(table_checksum(tag, data).to_be_bytes());
        body.extend(stored);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let mut out = b"wOFF".to_vec();
    out.extend(font.get(..4)?);
    out.extend(u32::try_from(start + body.len()).ok()?.to_be_bytes());
    out.extend(u16::try_from(count).ok()?.to_be_bytes());
    out.extend([0; 2]);
    out.extend(u32::try_from(font.len()).ok()?.to_be_bytes());
    // Version 1.0; no metadata, no private data.
    out.extend([0, 1, 0, 0]);
    out.extend([0; 20]);
    out.extend(directory);
    out.extend(body);
    Some(out)
}

/// The checksum of a table as the font's directory has it: that of `head` leaves out the sum of the whole file.
fn table_checksum(tag: &[u8; 4], data: &[u8]) -> u32 {
    let whole = if tag == b"head" { get32(data, 8).unwrap_or(0) } else { 0 };
    checksum(data).wrapping_sub(whole)
}

/// The font file in a packed one; `None` if it is not one, or too large.
#[cfg(any(feature = "png", feature = "pdf"))]
pub(crate) fn unpack(woff: &[u8]) -> Option<Vec<u8>> {
    use super::subset::sfnt::{get16, write};
    use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
    let flavor = woff.strip_prefix(b"wOFF")?.get(..4)?;
    let mut tables = Vec::new();
    for k in 0..usize::from(get16(woff, 12)?) {
        let at = 44 + 20 * k;
        let tag: [u8; 4] = woff.get(at..at + 4)?.try_into().ok()?;
        let word = |k: usize| get32(woff, at + 4 + 4 * k).map(|w| w as usize);
        let (start, packed, length) = (word(0)?, word(1)?, word(2)?);
        let data = woff.get(start..start.checked_add(packed)?)?;
        let data = if packed < length {
            decompress_to_vec_zlib_with_limit(data, length.min(MOST_BYTES)).ok()?
        } else {
            data.to_vec()
        };
        tables.push((tag, data));
    }
    Some(write(flavor, tables))
}

#[cfg(all(test, feature = "png"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let font =
            crate::text::subset::sfnt::write(&[0, 1, 0, 0], vec![(*b"aaaa", vec![7; 9999]), (*b"bbbb", vec![1, 2])]);
        let packed = pack(&font, &mut Packer::default()).unwrap_or_default();
        assert!(packed.len() < 300);
        assert_eq!(unpack(&packed), Some(font));
        assert_eq!(unpack(&packed[..packed.len() - 3]), None);
    }
}
