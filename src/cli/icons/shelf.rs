//! The icons of one diagram, read from the disk.

use super::store::{self, OpenPack, fonts};
use crate::catalogue::{self, Entry};
use crate::cli::files;
use crate::cli::limits::limits;
use crate::cli::project::cache::digest;
use crate::document::Reach;
use crate::packs::MOST_ICON_BYTES;
use crate::render::clean_icon;
use crate::topology::{CustomIcon, IconProblem, IconSource};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Files below a diagram's own folder, and the packs that it finds.
pub(in crate::cli) struct Icons {
    folder: PathBuf,
    /// What was read, with a hash of its content.
    read: RefCell<BTreeMap<PathBuf, String>>,
    /// What came of looking for each pack.
    packs: RefCell<BTreeMap<String, Result<Arc<OpenPack>, IconProblem>>>,
}

impl Icons {
    /// Those of this diagram; `-` stands in the current folder.
    pub(in crate::cli) fn of(diagram: &Path) -> Self {
        let folder = diagram.parent().filter(|p| !p.as_os_str().is_empty());
        Self {
            folder: folder.unwrap_or(Path::new(".")).to_owned(),
            read: RefCell::default(),
            packs: RefCell::default(),
        }
    }

    /// The files beside the diagram that were read, each with a hash of its content.
    pub(in crate::cli) fn read(&self) -> BTreeMap<PathBuf, String> {
        self.read.borrow().clone()
    }

    /// The bytes of a file that lies below the folder, also when all symbolic links are followed; of any, where that is allowed.
    fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        let outside = || "icons must lie below the diagram's folder".to_owned();
        let relative = Path::new(name);
        let anywhere = limits().reach == Reach::Anywhere;
        if !anywhere && !relative.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
            return Err(outside());
        }
        let path = self.folder.join(relative);
        let reason = |e: std::io::Error| files::reason(&e);
        let (real, folder) = (path.canonicalize().map_err(reason)?, self.folder.canonicalize().map_err(reason)?);
        if !anywhere && !real.starts_with(folder) {
            return Err(outside());
        }
        // A pipe or a device would keep the program waiting for ever.
        if !real.is_file() {
            return Err("it is not a file".to_owned());
        }
        let mut bytes = Vec::new();
        let read = fs::File::open(real).and_then(|f| f.take(MOST_ICON_BYTES + 1).read_to_end(&mut bytes));
        read.map_err(reason)?;
        self.read.borrow_mut().insert(path, digest(&bytes));
        Ok(bytes)
    }

    /// The pack of this name.
    fn open(&self, name: &str) -> Result<Arc<OpenPack>, IconProblem> {
        let mut packs = self.packs.borrow_mut();
        packs.entry(name.to_owned()).or_insert_with(|| find(&self.folder, name)).clone()
    }
}

/// The pack of this name that diagrams in a folder find.
pub(super) fn find(folder: &Path, name: &str) -> Result<Arc<OpenPack>, IconProblem> {
    let roots = store::roots(folder);
    match roots.iter().find_map(|root| root.open(name)) {
        Some(pack) => pack.map_err(|why| IconProblem {
            why: format!("the icon pack `{name}` cannot be read: {why}"),
            help: "add it again with `skyplan icons add PATH`".to_owned(),
        }),
        None => {
            let known: Vec<String> = roots.iter().flat_map(store::Root::names).map(|n| format!("`{n}`")).collect();
            let there = if known.is_empty() {
                "none is there yet".to_owned()
            } else {
                format!("there are {}", known.join(", "))
            };
            let how = if name == "aws" {
                "download AWS's asset package and add it with `skyplan icons add FILE.zip`".to_owned()
            } else {
                format!("add it with `skyplan icons add PATH --as {name}`")
            };
            Err(IconProblem { why: format!("no icon pack is called `{name}`"), help: format!("{how}; {there}") })
        }
    }
}

impl IconSource for Icons {
    fn file(&self, path: &str) -> Result<CustomIcon, IconProblem> {
        let help =
            || "name an SVG or PNG file below the diagram's folder, or allow others with --allow-outside".to_owned();
        let clean = self.bytes(path).and_then(|bytes| clean_icon(&bytes, fonts()).map_err(|e| e.to_string()));
        let clean = clean.map_err(|why| IconProblem { why, help: help() })?;
        Ok(CustomIcon { name: path.to_owned(), data: clean.data, dark: None, pack: None, dropped: clean.dropped })
    }

    fn pack(&self, pack: &str) -> Result<(), IconProblem> {
        self.open(pack).map(|_| ())
    }

    fn packed(&self, pack: &str, name: &str) -> Result<CustomIcon, IconProblem> {
        let open = self.open(pack)?;
        let by_kind = || catalogue::find(name).and_then(|kind| open.names.drawing(kind));
        let Some(exact) = open.names.find(name).or_else(by_kind) else {
            let near: Vec<String> = open.names.nearest(name).iter().map(|n| format!("`{pack}:{n}`")).collect();
            let help = if near.is_empty() {
                "`skyplan icons search WORD` lists what there is".to_owned()
            } else {
                format!("near are {}", near.join(", "))
            };
            return Err(IconProblem { why: format!("the icon pack `{pack}` has no icon `{name}`"), help });
        };
        open.icon(exact).map_err(|why| IconProblem { why, help: again(pack) })
    }

    fn drawing(&self, pack: &str, kind: &'static Entry) -> Result<Option<CustomIcon>, IconProblem> {
        let open = self.open(pack)?;
        let drawing = open.names.drawing(kind).map(|name| open.icon(name)).transpose();
        drawing.map_err(|why| IconProblem {
            why: format!("the icon of `{}` in the pack `{pack}` cannot be used: {why}", kind.id),
            help: again(pack),
        })
    }
}

fn again(pack: &str) -> String {
    format!("add the pack again with `skyplan icons add PATH --as {pack}`")
}
