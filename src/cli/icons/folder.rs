//! A folder as a bundle of files.

use crate::packs::{Bundle, MOST_FILES, PackError};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Deepest folder that is looked into.
const MOST_DEPTH: usize = 16;

/// The regular files below a folder; symbolic links are not followed.
pub(super) struct Folder {
    root: PathBuf,
    paths: Vec<String>,
}

impl Folder {
    /// Lists a folder.
    pub(super) fn open(root: &Path) -> Result<Self, PackError> {
        let mut paths = Vec::new();
        let mut open = vec![(root.to_owned(), String::new(), 0)];
        while let Some((folder, prefix, depth)) = open.pop() {
            let unreadable = |e: std::io::Error| PackError::Unreadable(format!("{}: {e}", folder.display()));
            for entry in fs::read_dir(&folder).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                let kind = entry.file_type().map_err(unreadable)?;
                // A name that is not Unicode could not be written in a diagram.
                let Ok(name) = entry.file_name().into_string() else { continue };
                let hidden = name.starts_with('.') || name == "node_modules";
                if kind.is_dir() && !hidden && depth < MOST_DEPTH {
                    open.push((entry.path(), format!("{prefix}{name}/"), depth + 1));
                } else if kind.is_file() {
                    paths.push(format!("{prefix}{name}"));
                }
            }
            if paths.len() > MOST_FILES {
                return Err(PackError::TooLarge(format!("more than {MOST_FILES} files")));
            }
        }
        // The system lists folders in any order.
        paths.sort();
        Ok(Self { root: root.to_owned(), paths })
    }
}

impl Bundle for Folder {
    fn paths(&self) -> Vec<String> {
        self.paths.clone()
    }

    fn read(&mut self, index: usize, most: u64) -> Result<Vec<u8>, PackError> {
        let Some(path) = self.paths.get(index) else { return Err(PackError::Empty) };
        let mut bytes = Vec::new();
        let read = fs::File::open(self.root.join(path)).and_then(|f| f.take(most + 1).read_to_end(&mut bytes));
        read.map_err(|e| PackError::Unreadable(e.to_string()))?;
        if bytes.len() as u64 > most {
            return Err(PackError::LargeFile(format!("`{path}` has more than {most} bytes")));
        }
        Ok(bytes)
    }
}
