//! `skyplan.lock` beside diagrams: which icon packs their pictures were drawn with.

use crate::cli::args::PackArgs;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::topology::PackId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the file.
const NAME: &str = "skyplan.lock";

/// What becomes of a pack that is not the one the lock names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Locking {
    /// It is an error.
    Keep,
    /// The lock takes it over.
    Update,
}

impl Locking {
    /// What the arguments ask for.
    pub(in crate::cli) fn of(args: &PackArgs) -> Self {
        if args.update_icons { Self::Update } else { Self::Keep }
    }
}

/// The file's content.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    packs: BTreeMap<String, Locked>,
}

/// A pack.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Locked {
    version: String,
    sha256: String,
}

/// The lock of a diagram's folder.
pub(in crate::cli) fn lock_of(diagram: &Path) -> PathBuf {
    diagram.parent().unwrap_or(Path::new("")).join(NAME)
}

/// Compares the packs that diagrams use with the locks in their folders. The locks that have to be written anew.
pub(in crate::cli) fn lock<'a>(
    used: impl Iterator<Item = (&'a Path, &'a [Arc<PackId>])>,
    locking: Locking,
    findings: &mut Diagnostics,
) -> Vec<(PathBuf, Vec<u8>)> {
    let mut by_folder: BTreeMap<PathBuf, BTreeMap<&str, &PackId>> = BTreeMap::new();
    for (diagram, packs) in used {
        // What comes from standard input has no folder of its own.
        if diagram != Path::new("-") && !packs.is_empty() {
            let packs = packs.iter().map(|p| (p.name.as_str(), p.as_ref()));
            by_folder.entry(lock_of(diagram)).or_default().extend(packs);
        }
    }
    by_folder.into_iter().filter_map(|(path, packs)| update(path, &packs, locking, findings)).collect()
}

fn update(
    path: PathBuf,
    packs: &BTreeMap<&str, &PackId>,
    locking: Locking,
    findings: &mut Diagnostics,
) -> Option<(PathBuf, Vec<u8>)> {
    let text = fs::read_to_string(&path).unwrap_or_default();
    let source = Source::new(path.display().to_string(), text.as_str());
    let place = |word: &str| {
        let start = text.find(word).unwrap_or(0);
        Place { source: Arc::clone(&source), range: start..start + if text.contains(word) { word.len() } else { 0 } }
    };
    let mut lock = if text.is_empty() {
        Lock::default()
    } else {
        match serde_json::from_str(&text) {
            Ok(lock) => lock,
            Err(error) => {
                let message = format!("{} cannot be read: {error}", path.display());
                let finding = Diagnostic::error("bad-lock", message, place(""));
                findings.push(finding.help("remove it; the next `skyplan render` writes it anew"));
                return None;
            }
        }
    };
    for (&name, pack) in packs {
        let now = Locked { version: pack.version.clone(), sha256: pack.hash.clone() };
        if let Some(then) = lock.packs.get(name)
            && *then != now
            && locking == Locking::Keep
        {
            let message = format!("the icon pack `{name}` is {}, but {}", version(&now, then), instead(then, &now));
            let finding = Diagnostic::error("pack-changed", message, place(&format!("\"{name}\"")));
            findings.push(finding.help("add the one that the lock names, or take this one over with --update-icons"));
        }
        lock.packs.insert(name.to_owned(), now);
    }
    // A map of strings always has a JSON form.
    let new = serde_json::to_string_pretty(&lock).unwrap_or_default() + "\n";
    (new != text).then(|| (path, new.into_bytes()))
}

/// What tells a pack from another: its version, or where that is the same its hash.
fn version(one: &Locked, other: &Locked) -> String {
    let hash = one.sha256.get(..12).unwrap_or(&one.sha256);
    match (one.version.as_str(), one.version == other.version) {
        ("", _) => hash.to_owned(),
        (version, true) => format!("{version} ({hash})"),
        (version, false) => version.to_owned(),
    }
}

fn instead(then: &Locked, now: &Locked) -> String {
    format!("the pictures were drawn with {}", version(then, now))
}
