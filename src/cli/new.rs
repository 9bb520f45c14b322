//! `skyplan new`: a diagram to start from.

use super::args::NewArgs;
use super::report::Voice;
use super::{Outcome, files};
use crate::diagnostic::Diagnostic;
use std::path::PathBuf;

/// The file that is written.
const START: &str = include_str!("new.toml");

/// Runs the command.
pub(super) fn new(args: &NewArgs, voice: &Voice) -> Outcome {
    let path = PathBuf::from(format!("{}.toml", args.name.trim_end_matches(".toml")));
    if path.exists() {
        let error = Diagnostic::error("exists", format!("{} is there already", path.display()), None);
        voice.report_one(&error.help("give another name"));
        return Outcome::Failed;
    }
    match files::write(&path, START.as_bytes()) {
        Ok(()) => {
            voice.tell(&format!("wrote {0}; draw it with: skyplan render {0}", path.display()));
            Outcome::Done
        }
        Err(error) => {
            voice.report_one(&error);
            Outcome::Failed
        }
    }
}
