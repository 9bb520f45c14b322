//! How large things may become and where files may lie, so that a hostile file ends with an error; each limit can be lifted on the command line.

use crate::document::Reach;
use crate::topology::Most;
use std::sync::OnceLock;

/// The limits of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Bytes of a diagram, a project file or a Markdown file; default 4 MiB.
    pub(super) file_bytes: u64,
    /// Services and groups of a diagram, after copying; default 20,000.
    pub(super) elements: u64,
    /// Links of a diagram, after copying; default 50,000.
    pub(super) links: u64,
    /// Groups within each other; default 500.
    pub(super) depth: u64,
    /// Pixels of a PNG; default 100 million, which take 400 MB while they are drawn.
    pub(super) pixels: u64,
    /// Which includes and icons a diagram may name; default those below its folder.
    pub(super) reach: Reach,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 4 << 20,
            elements: 20_000,
            links: 50_000,
            depth: 500,
            pixels: 100_000_000,
            reach: Reach::Below,
        }
    }
}

impl Limits {
    /// The limits of a diagram.
    pub(super) fn of_diagrams(&self) -> Most {
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Most { elements: size(self.elements), links: size(self.links), depth: size(self.depth) }
    }
}

/// A limit that the command line sets: `NAME=NUMBER`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit(Name, u64);

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    FileBytes,
    Elements,
    Links,
    Depth,
    Pixels,
}

const NAMES: [(&str, Name); 5] = [
    ("file-bytes", Name::FileBytes),
    ("elements", Name::Elements),
    ("links", Name::Links),
    ("depth", Name::Depth),
    ("pixels", Name::Pixels),
];

/// The limits of this run; they are the program's, and set before anything is read.
static CHOSEN: OnceLock<Limits> = OnceLock::new();

/// Sets the limits of this run.
pub(super) fn choose(limits: &[Limit], reach: Reach) {
    let mut chosen = Limits { reach, ..Limits::default() };
    for Limit(name, value) in limits {
        match name {
            Name::FileBytes => chosen.file_bytes = *value,
            Name::Elements => chosen.elements = *value,
            Name::Links => chosen.links = *value,
            Name::Depth => chosen.depth = *value,
            Name::Pixels => chosen.pixels = *value,
        }
    }
    // Only the first call counts, and there is no second one.
    let _ = CHOSEN.set(chosen);
}

/// The limits of this run.
pub(super) fn limits() -> Limits {
    *CHOSEN.get_or_init(Limits::default)
}

/// Reads `NAME=NUMBER`.
pub(super) fn parse(text: &str) -> Result<Limit, String> {
    let known = || NAMES.map(|n| n.0).join(", ");
    let (name, value) = text.split_once('=').ok_or_else(|| format!("write NAME=NUMBER; names are {}", known()))?;
    let (_, name) = NAMES.iter().find(|n| n.0 == name).ok_or_else(|| format!("names are {}", known()))?;
    match value.replace('_', "").parse::<u64>() {
        // More would only overflow later sums.
        Ok(value @ 1..=1_000_000_000_000) => Ok(Limit(*name, value)),
        _ => Err("the number must lie between 1 and 1000000000000".to_owned()),
    }
}
