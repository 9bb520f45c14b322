//! The icons of one diagram, read from the disk.

use super::files;
use super::project::cache::digest;
use crate::render::clean_icon;
use crate::text::Fonts;
use crate::topology::{CustomIcon, IconProblem, IconSource};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

/// Largest file that is read as an icon: more than any that is accepted.
const MOST_BYTES: u64 = (1 << 20) + 1;

/// Files below a diagram's own folder.
pub(super) struct Icons {
    folder: PathBuf,
    /// What was read, with a hash of its content.
    read: RefCell<BTreeMap<PathBuf, String>>,
}

impl Icons {
    /// Those of this diagram; `-` stands in the current folder.
    pub(super) fn of(diagram: &Path) -> Self {
        let folder = diagram.parent().filter(|p| !p.as_os_str().is_empty());
        Self { folder: folder.unwrap_or(Path::new(".")).to_owned(), read: RefCell::default() }
    }

    /// The files that were read, each with a hash of its content.
    pub(super) fn read(&self) -> BTreeMap<PathBuf, String> {
        self.read.borrow().clone()
    }

    /// The bytes of a file that lies below the folder, also when all symbolic links are followed.
    fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        let outside = || "icons must lie below the diagram's folder".to_owned();
        let relative = Path::new(name);
        if !relative.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
            return Err(outside());
        }
        let path = self.folder.join(relative);
        let reason = |e: std::io::Error| files::reason(&e);
        let (real, folder) = (path.canonicalize().map_err(reason)?, self.folder.canonicalize().map_err(reason)?);
        if !real.starts_with(folder) {
            return Err(outside());
        }
        // A pipe or a device would keep the program waiting for ever.
        if !real.is_file() {
            return Err("it is not a file".to_owned());
        }
        let mut bytes = Vec::new();
        let read = fs::File::open(real).and_then(|f| f.take(MOST_BYTES).read_to_end(&mut bytes));
        read.map_err(reason)?;
        self.read.borrow_mut().insert(path, digest(&bytes));
        Ok(bytes)
    }
}

impl IconSource for Icons {
    fn file(&self, path: &str) -> Result<CustomIcon, IconProblem> {
        let help = || "name an SVG or PNG file below the diagram's folder".to_owned();
        let clean = self
            .bytes(path)
            .and_then(|bytes| clean_icon(&bytes, &Fonts::embedded().database()).map_err(|e| e.to_string()));
        let clean = clean.map_err(|why| IconProblem { why, help: help() })?;
        Ok(CustomIcon { name: path.to_owned(), data: clean.data, dark: None, pack: None, dropped: clean.dropped })
    }
}
