//! `skyplan kinds`: the catalogue as a list.

use super::Outcome;
use super::args::KindsArgs;
use super::report::{self, Voice};
use crate::catalogue;
use std::fmt::Write as _;

/// Runs the command.
pub(super) fn kinds(args: &KindsArgs, voice: &Voice) -> Outcome {
    let found = catalogue::search(&args.words.join(" "));
    let width = found.iter().map(|e| e.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for entry in &found {
        let aliases = entry.aliases().collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "{:width$}  {}  [{:?}]  {aliases}", entry.id, entry.name, entry.category);
    }
    report::print(out.as_bytes());
    if found.is_empty() {
        let near = catalogue::nearest(&args.words.join("-")).join(", ");
        let near = if near.is_empty() { String::new() } else { format!("; near are {near}") };
        voice.tell(&format!("no kind holds these words{near}"));
        return Outcome::Failed;
    }
    Outcome::Done
}
