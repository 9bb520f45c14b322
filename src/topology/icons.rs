//! Icons that the catalogue does not bring: where they come from, and what a topology keeps of them.

use super::{Topology, What};
use crate::catalogue::Entry;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// An icon that the user brought.
#[derive(Debug, Clone)]
pub struct CustomIcon {
    /// A path, or `pack:name`: icons of one name are one drawing.
    pub name: String,
    /// Its content, read and checked.
    pub data: IconData,
    /// Its content for dark pages, where that is another.
    pub dark: Option<IconData>,
    /// The pack that it is from.
    pub pack: Option<Arc<PackId>>,
    /// What its file held and the picture does not, such as `<script>`.
    pub dropped: Vec<String>,
}

/// The content of a user's icon.
#[derive(Debug, Clone)]
pub enum IconData {
    /// An SVG document, already cleaned: no script, no reference to the outside.
    Svg(String),
    /// A cleaned SVG document of shapes only, in `currentColor`: it takes the colour of its service's category.
    Pictogram(String),
    /// A PNG file.
    Png(Vec<u8>),
}

/// Which icon pack it was, to the byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackId {
    /// Its name in diagrams.
    pub name: String,
    /// Its version as its publisher says it; empty where nothing says one.
    pub version: String,
    /// SHA-256 over the names and contents of all its icons, in hexadecimal digits.
    pub hash: String,
}

/// Why an icon cannot be had, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IconProblem {
    /// A lower-case sentence.
    pub why: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for IconProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for IconProblem {}

/// Where icons come from that are not the catalogue's own drawings. A closure that reads files is one without packs.
pub trait IconSource {
    /// The file that a document names.
    ///
    /// # Errors
    /// When it is not there, or is no icon.
    fn file(&self, path: &str) -> Result<CustomIcon, IconProblem>;

    /// An icon of a pack.
    ///
    /// # Errors
    /// When there is no such pack, or no such icon in it.
    fn packed(&self, pack: &str, name: &str) -> Result<CustomIcon, IconProblem> {
        let _ = name;
        self.pack(pack).and_then(|()| Err(no_pack(pack)))
    }

    /// Whether there is a pack of this name.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    fn pack(&self, pack: &str) -> Result<(), IconProblem> {
        Err(no_pack(pack))
    }

    /// A pack's drawing of a kind; `None` where it has none.
    ///
    /// # Errors
    /// When the pack is not there or cannot be read.
    fn drawing(&self, pack: &str, kind: &'static Entry) -> Result<Option<CustomIcon>, IconProblem> {
        let _ = kind;
        self.pack(pack).map(|()| None)
    }
}

impl<F: Fn(&str) -> Result<IconData, String>> IconSource for F {
    fn file(&self, path: &str) -> Result<CustomIcon, IconProblem> {
        let help = || "name an SVG or PNG file below the diagram's folder".to_owned();
        let data = self(path).map_err(|why| IconProblem { why, help: help() })?;
        Ok(CustomIcon { name: path.to_owned(), data, dark: None, pack: None, dropped: Vec::new() })
    }
}

fn no_pack(name: &str) -> IconProblem {
    IconProblem {
        why: format!("no icon pack is called `{name}`"),
        help: "add it with `skyplan icons add PATH`; `skyplan icons list` shows those that are there".to_owned(),
    }
}

/// The pack and the icon's name in `pack:name`; `None` for a path. One letter before the colon is a drive of Windows.
pub(crate) fn pack_and_name(icon: &str) -> Option<(&str, &str)> {
    let (pack, name) = icon.split_once(':')?;
    let good = pack.len() > 1 && pack.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    good.then_some((pack, name))
}

/// The packs of which a topology shows an icon, by name.
pub(super) fn packs_used(topology: &Topology) -> Vec<Arc<PackId>> {
    let own = topology.graph.node_weights().filter_map(|e| match &e.what {
        What::Service { icon, .. } => icon.as_ref(),
        What::Group { .. } => None,
    });
    let used: BTreeSet<_> = own.chain(topology.drawings.values()).filter_map(|i| i.pack.clone()).collect();
    used.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::pack_and_name;

    #[test]
    fn a_colon_tells_a_pack_from_a_path() {
        assert_eq!(pack_and_name("logos:aws-s3"), Some(("logos", "aws-s3")));
        assert_eq!(pack_and_name("C:\\logo.svg"), None);
        assert_eq!(pack_and_name("./a:b.svg"), None);
        assert_eq!(pack_and_name("logo.svg"), None);
    }
}
