//! Files in archives, read without ever unpacking them.

use super::{MOST_BYTES, MOST_FILES, MOST_ICON_BYTES, MOST_JSON_BYTES, PackError};
use flate2::read::GzDecoder;
use std::io::{Read, Seek, SeekFrom};
use tar::EntryType;
use zip::ZipArchive;

/// Files that may hold icons.
pub trait Bundle {
    /// Their paths, with `/`; only regular files.
    fn paths(&self) -> Vec<String>;

    /// The content of the file at this place of [`Bundle::paths`], if it has at most `most` bytes.
    ///
    /// # Errors
    /// When it is larger or cannot be read.
    fn read(&mut self, index: usize, most: u64) -> Result<Vec<u8>, PackError>;
}

/// Files in memory.
#[derive(Debug, Default)]
pub struct Loaded(pub Vec<(String, Vec<u8>)>);

impl Bundle for Loaded {
    fn paths(&self) -> Vec<String> {
        self.0.iter().map(|f| f.0.clone()).collect()
    }

    fn read(&mut self, index: usize, most: u64) -> Result<Vec<u8>, PackError> {
        let Some((path, bytes)) = self.0.get(index) else { return Err(PackError::Empty) };
        if bytes.len() as u64 > most { Err(too_large(path, most)) } else { Ok(bytes.clone()) }
    }
}

/// Recognises a file by its first bytes: a zip archive, a tar archive (packed or not), or JSON of this name.
///
/// # Errors
/// When it is none of these, cannot be read, or is larger than allowed.
pub fn open<R: Read + Seek + 'static>(mut file: R, name: &str) -> Result<Box<dyn Bundle>, PackError> {
    let mut head = Vec::new();
    file.by_ref().take(512).read_to_end(&mut head).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    if head.starts_with(b"PK\x03\x04") {
        return Ok(Box::new(Zip::open(file)?));
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        return Ok(Box::new(read_tar(GzDecoder::new(file))?));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Ok(Box::new(read_tar(file)?));
    }
    if head.trim_ascii_start().starts_with(b"{") {
        let bytes = read_most(file, MOST_JSON_BYTES, name)?;
        return Ok(Box::new(Loaded(vec![(format!("{}.json", name.trim_end_matches(".json")), bytes)])));
    }
    Err(PackError::UnknownFormat)
}

/// A zip archive: its list of files is read, and of the files only those that are asked for.
struct Zip<R> {
    archive: ZipArchive<R>,
    /// Number in the archive, and path.
    files: Vec<(usize, String)>,
    /// Bytes that may still be read.
    left: u64,
}

impl<R: Read + Seek> Zip<R> {
    fn open(file: R) -> Result<Self, PackError> {
        let mut archive = ZipArchive::new(file).map_err(|e| PackError::Unreadable(e.to_string()))?;
        if archive.len() > MOST_FILES {
            return Err(PackError::TooLarge(format!("{} files; {MOST_FILES} are allowed", archive.len())));
        }
        let mut files = Vec::new();
        for number in 0..archive.len() {
            let entry = archive.by_index_raw(number).map_err(|e| PackError::Unreadable(e.to_string()))?;
            let name = entry.name().map_err(|e| PackError::Unreadable(e.to_string()))?;
            let path = inner_path(name.as_bytes())?;
            if entry.is_file() && !entry.is_symlink() {
                files.push((number, path));
            }
        }
        Ok(Self { archive, files, left: MOST_BYTES })
    }
}

impl<R: Read + Seek> Bundle for Zip<R> {
    fn paths(&self) -> Vec<String> {
        self.files.iter().map(|f| f.1.clone()).collect()
    }

    fn read(&mut self, index: usize, most: u64) -> Result<Vec<u8>, PackError> {
        let Some((number, path)) = self.files.get(index) else { return Err(PackError::Empty) };
        let entry = self.archive.by_index(*number).map_err(|e| PackError::Unreadable(e.to_string()))?;
        // What the archive says about sizes is not believed: bytes are counted as they come.
        let bytes = read_most(entry, most, path)?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(all_too_large)?;
        Ok(bytes)
    }
}

/// Reads the icons and JSON files of a tar archive, which can only be read from end to end.
fn read_tar(file: impl Read) -> Result<Loaded, PackError> {
    let mut archive = tar::Archive::new(file.take(MOST_BYTES));
    let files = read_entries(&mut archive);
    // Where the last allowed byte was read, what looks like a broken archive is one that is too large.
    if archive.into_inner().limit() == 0 { Err(all_too_large()) } else { files }
}

fn read_entries(archive: &mut tar::Archive<impl Read>) -> Result<Loaded, PackError> {
    let mut files = Vec::new();
    let (mut count, mut sum) = (0usize, 0u64);
    for entry in archive.entries().map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = inner_path(&entry.path_bytes())?;
        count += 1;
        if count > MOST_FILES {
            return Err(PackError::TooLarge(format!("more than {MOST_FILES} files")));
        }
        let most = match ending(&path) {
            "svg" | "png" => MOST_ICON_BYTES,
            "json" => MOST_JSON_BYTES,
            _ => continue,
        };
        if entry.header().entry_type() == EntryType::Regular {
            // A file that is too large to be an icon is kept with one byte too many, so that its reader can say so.
            let mut bytes = Vec::new();
            entry.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
            sum += bytes.len() as u64;
            files.push((path, bytes));
        }
        if sum > MOST_BYTES {
            return Err(all_too_large());
        }
    }
    Ok(Loaded(files))
}

/// The ending of a path's file name, in lower case where it is one of an icon.
pub(super) fn ending(path: &str) -> &'static str {
    let ending = path.rsplit('/').next().and_then(|n| n.rsplit_once('.')).map(|n| n.1.to_ascii_lowercase());
    match ending.as_deref() {
        Some("svg") => "svg",
        Some("png") => "png",
        Some("json") => "json",
        _ => "",
    }
}

/// A path inside an archive; nothing is ever written there, but an archive that tries to leave its folder is up to no good.
fn inner_path(bytes: &[u8]) -> Result<String, PackError> {
    let path = String::from_utf8_lossy(bytes).replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || drive || path.contains('\0') || path.split('/').any(|part| part == "..") {
        return Err(PackError::Escapes(path.chars().filter(|c| !c.is_control()).take(80).collect()));
    }
    Ok(path)
}

fn read_most(file: impl Read, most: u64, name: &str) -> Result<Vec<u8>, PackError> {
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most { Err(too_large(name, most)) } else { Ok(bytes) }
}

fn unreadable(error: std::io::Error) -> PackError {
    PackError::Unreadable(error.to_string())
}

fn too_large(name: &str, most: u64) -> PackError {
    PackError::LargeFile(format!("`{name}` has more than {most} bytes"))
}

fn all_too_large() -> PackError {
    PackError::TooLarge(format!("its icons have more than {MOST_BYTES} bytes"))
}
