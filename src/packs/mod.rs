//! Icon packs: sets of icons that users bring, read from archives, files and folders, and kept in one form.
//!
//! A [`Bundle`] is what a pack is read from: the official AWS asset package, an Iconify JSON file, an npm tarball that holds one, or a folder of SVG and PNG files.
//! [`gather`] makes a [`Pack`] of it: a [`Manifest`] that says what there is, and the icons' files as they were published. Nothing in a pack is trusted: every file
//! is cleaned when it is gathered, to tell what is no icon, and again whenever it is drawn.

mod archive;
mod aws;
mod gather;
mod iconify;
mod manifest;
mod names;

pub use archive::{Bundle, Loaded, open};
pub use gather::{Pack, gather};
pub use manifest::{Files, Manifest, Origin, digest};
pub use names::Names;

use std::fmt;

/// Greatest size of one icon's file, in bytes; the cleaner allows no more either.
pub const MOST_ICON_BYTES: u64 = 1 << 20;
/// Greatest size of a JSON file with icons, in bytes.
pub const MOST_JSON_BYTES: u64 = 64 << 20;
/// Greatest size of all files that are read from one bundle, in bytes.
pub const MOST_BYTES: u64 = 256 << 20;
/// Greatest number of icons in a pack.
pub const MOST_ICONS: usize = 20_000;
/// Greatest number of files in a bundle.
pub const MOST_FILES: usize = 200_000;

/// Why there is no pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackError {
    /// It cannot be read.
    Unreadable(String),
    /// It is neither a zip nor a tar archive, nor JSON.
    UnknownFormat,
    /// A file in it would be written outside of it: its path.
    Escapes(String),
    /// It is larger than allowed: what there is too much of.
    TooLarge(String),
    /// One file in it is larger than allowed.
    LargeFile(String),
    /// It holds no icon.
    Empty,
    /// Its JSON is no set of icons.
    BadSet(String),
    /// Its manifest does not fit its files.
    Damaged(String),
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "it cannot be read: {why}"),
            Self::UnknownFormat => write!(f, "it is neither a zip or tar archive nor a JSON file"),
            Self::Escapes(path) => write!(f, "the path `{path}` in it leads outside"),
            Self::TooLarge(what) => write!(f, "it is too large: {what}"),
            Self::LargeFile(what) => write!(f, "{what}"),
            Self::Empty => write!(f, "it holds no icon"),
            Self::BadSet(why) => write!(f, "its JSON is not an Iconify set: {why}"),
            Self::Damaged(why) => write!(f, "the pack is damaged: {why}"),
        }
    }
}

impl std::error::Error for PackError {}
