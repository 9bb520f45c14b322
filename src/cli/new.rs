//! `skyplan new`: a diagram to start from.

use super::args::NewArgs;
use super::{Outcome, files, report};
use std::path::PathBuf;

/// The file that is written.
const START: &str = include_str!("new.toml");

/// Runs the command.
pub(super) fn new(args: &NewArgs) -> Outcome {
    let path = PathBuf::from(format!("{}.toml", args.name.trim_end_matches(".toml")));
    if path.exists() {
        report::say(&format!("{} is there already; give another name\n", path.display()));
        return Outcome::Failed;
    }
    match files::write(&path, START.as_bytes()) {
        Ok(()) => {
            report::say(&format!("wrote {0}; draw it with: skyplan render {0}\n", path.display()));
            Outcome::Done
        }
        Err(error) => {
            report::say(&report::human(&error));
            Outcome::Failed
        }
    }
}
