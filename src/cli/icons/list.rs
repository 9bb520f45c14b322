//! `skyplan icons list`, `search` and `remove`.

use super::args::{RemoveArgs, SearchArgs};
use super::store::{self, OpenPack, Owner};
use crate::catalogue::{self, entries};
use crate::cli::Outcome;
use crate::cli::files::reason;
use crate::cli::report::{self, Voice};
use crate::diagnostic::Diagnostic;
use crate::topology::OWN_PACK;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// The packs that diagrams in the current folder find, each name once; in place of one, its name and why it cannot be read.
fn found() -> Vec<Result<Arc<OpenPack>, (String, String)>> {
    let mut seen = BTreeSet::new();
    let mut packs = Vec::new();
    for root in store::roots(Path::new(".")) {
        for name in root.names() {
            if seen.insert(name.clone())
                && let Some(pack) = root.open(&name)
            {
                packs.push(pack.map_err(|why| (name, why)));
            }
        }
    }
    packs
}

/// Runs `list`.
pub(super) fn list(voice: &Voice) -> Outcome {
    let mut out = format!("{OWN_PACK}  {} icons, our own drawings\n", entries().len());
    let mut outcome = Outcome::Done;
    for pack in found() {
        match pack {
            Ok(pack) => {
                let owner = match pack.owner {
                    Owner::Project => "the project's",
                    Owner::User => "yours",
                };
                let m = &pack.manifest;
                let hash = m.hash.get(..12).unwrap_or_default();
                let _ = write!(out, "{}  {} icons, {}, {owner}", pack.id.name, m.icons.len(), m.origin.name());
                for part in [&m.version, &m.license].into_iter().filter(|p| !p.is_empty()) {
                    let _ = write!(out, ", {part}");
                }
                let _ = writeln!(out, ", {hash}");
            }
            Err((name, why)) => {
                voice.report_one(&damaged(&name, &why));
                outcome = Outcome::Failed;
            }
        }
    }
    report::print(out.as_bytes());
    outcome
}

fn damaged(name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("bad-pack", format!("the icon pack `{name}` cannot be read: {why}"), None)
        .help("add it again, or remove it")
}

/// Runs `search`.
pub(super) fn search(args: &SearchArgs, voice: &Voice) -> Outcome {
    let words: Vec<String> = args.words.iter().map(|w| w.to_lowercase()).collect();
    let mut out = String::new();
    for entry in catalogue::search(&words.join(" ")) {
        let _ = writeln!(out, "{OWN_PACK}:{}  {}", entry.id, entry.name);
    }
    let mut near = Vec::new();
    for pack in found() {
        match pack {
            Ok(pack) => {
                let names = pack.manifest.icons.keys();
                for name in names.filter(|n| words.iter().all(|w| n.to_lowercase().contains(w.as_str()))) {
                    let _ = writeln!(out, "{}:{name}", pack.id.name);
                }
                let found = pack.names.nearest(&words.join("-"));
                near.extend(found.into_iter().map(|n| format!("{}:{n}", pack.id.name)));
            }
            Err((name, why)) => voice.report_one(&damaged(&name, &why)),
        }
    }
    report::print(out.as_bytes());
    if !out.is_empty() {
        return Outcome::Done;
    }
    near.extend(catalogue::nearest(&words.join("-")).iter().map(|id| format!("{OWN_PACK}:{id}")));
    let near = if near.is_empty() { String::new() } else { format!("; near are {}", near.join(", ")) };
    voice.tell(&format!("no icon's name holds these words{near}"));
    Outcome::Failed
}

/// Runs `remove`.
pub(super) fn remove(args: &RemoveArgs, voice: &Voice) -> Outcome {
    let root = if args.here { Some(store::project(Path::new("."))) } else { store::user() };
    let gone = root.map_or(Ok(false), |root| root.remove(&args.name));
    let elsewhere = || {
        let there = store::roots(Path::new(".")).into_iter().find(|r| r.names().contains(&args.name));
        there.map_or_else(
            || "`skyplan icons list` shows those that are there".to_owned(),
            |root| {
                format!(
                    "it is in {}{}",
                    root.path.display(),
                    if args.here { "" } else { ": use --here in that project" }
                )
            },
        )
    };
    let error = match gone {
        Ok(true) => {
            voice.tell(&format!("removed `{}`", args.name));
            return Outcome::Done;
        }
        Ok(false) => {
            let whose = if args.here { "this folder has" } else { "you have" };
            let message = format!("{whose} no icon pack `{}`", args.name);
            Diagnostic::error("unknown-pack", message, None).help(elsewhere())
        }
        Err(error) => {
            let message = format!("cannot remove `{}`: {}", args.name, reason(&error));
            Diagnostic::error("unwritable", message, None).help("check who may write there")
        }
    };
    voice.report_one(&error);
    Outcome::Failed
}
