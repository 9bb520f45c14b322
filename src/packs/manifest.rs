//! What a pack says about itself: `pack.json` beside its files.

use super::{MOST_ICONS, PackError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Version of the manifest's form.
const FORM: u32 = 1;

/// What a pack was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The official AWS asset package.
    Aws,
    /// A set in Iconify's JSON.
    Iconify,
    /// SVG and PNG files.
    #[default]
    Folder,
}

impl Origin {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS asset package",
            Self::Iconify => "Iconify set",
            Self::Folder => "folder",
        }
    }
}

/// The files of one icon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// For light pages, or for all.
    pub light: String,
    /// For dark pages, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dark: Option<String>,
}

/// The contents of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this form.
    pub(super) form: u32,
    /// What it was made from.
    pub origin: Origin,
    /// Its publisher's version or date; empty where nothing says one.
    pub version: String,
    /// The licence that its publisher names; empty where nothing says one.
    pub license: String,
    /// SHA-256 over everything below.
    pub hash: String,
    /// Files of each icon, by its name.
    pub icons: BTreeMap<String, Files>,
    /// SHA-256 of each file, by its name.
    pub files: BTreeMap<String, String>,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            form: FORM,
            origin: Origin::default(),
            version: String::new(),
            license: String::new(),
            hash: String::new(),
            icons: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }
}

impl Manifest {
    /// Reads a manifest, which may have been written by anybody.
    ///
    /// # Errors
    /// When it does not fit itself, or names files outside its folder.
    pub fn parse(json: &[u8]) -> Result<Self, PackError> {
        let manifest: Self = serde_json::from_slice(json).map_err(|e| PackError::Damaged(e.to_string()))?;
        let damaged = |why: &str| Err(PackError::Damaged(why.to_owned()));
        if manifest.form != FORM {
            return damaged("its form is of another version; add it again");
        }
        if manifest.icons.len() > MOST_ICONS {
            return damaged("it has too many icons");
        }
        let plain = |name: &str| {
            let (stem, ending) = name.rsplit_once('.').unwrap_or_default();
            !stem.is_empty()
                && matches!(ending, "svg" | "png")
                && stem.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        let named = manifest.icons.values().flat_map(|f| std::iter::once(&f.light).chain(&f.dark));
        for file in named {
            if !plain(file) || !manifest.files.contains_key(file) {
                return damaged("it names files that it does not hold");
            }
        }
        if manifest.hash != manifest.whole_hash() {
            return damaged("its hash is not that of its list of files");
        }
        Ok(manifest)
    }

    /// The manifest as text.
    pub fn to_json(&self) -> String {
        // A map of strings always has a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// SHA-256 over the names of all icons and the contents of their files.
    pub fn whole_hash(&self) -> String {
        let mut whole = Sha256::new();
        let mut add = |text: &str| {
            whole.update((text.len() as u64).to_be_bytes());
            whole.update(text.as_bytes());
        };
        for (name, files) in &self.icons {
            let hash = |file: &str| self.files.get(file).map_or("", String::as_str);
            add(name);
            add(hash(&files.light));
            add(files.dark.as_deref().map_or("", hash));
        }
        hexadecimal(&whole.finalize())
    }
}

/// SHA-256 in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(file: &str) -> Manifest {
        let icons = BTreeMap::from([("a".to_owned(), Files { light: file.to_owned(), dark: None })]);
        let files = BTreeMap::from([(file.to_owned(), digest(b"x"))]);
        let mut manifest = Manifest { icons, files, ..Manifest::default() };
        manifest.hash = manifest.whole_hash();
        manifest
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let written = manifest("a.svg");
        assert_eq!(Manifest::parse(written.to_json().as_bytes()), Ok(written));
    }

    #[test]
    fn a_manifest_that_lies_is_refused() {
        for file in ["../a.svg", "/etc/passwd", "a/b.svg", ".svg", "a.html", "a\\b.svg"] {
            assert!(Manifest::parse(manifest(file).to_json().as_bytes()).is_err(), "{file}");
        }
        let other = manifest("a.svg").to_json().replace(&digest(b"x"), &digest(b"y"));
        assert!(Manifest::parse(other.as_bytes()).is_err());
    }
}
