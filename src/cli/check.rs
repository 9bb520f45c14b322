//! `skyplan check`: everything but the drawing.

use super::args::CheckArgs;
use super::icons::Icons;
use super::report::Voice;
use super::{Outcome, files};
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::Document;
use crate::topology::{ResolveOptions, Topology};

/// Runs the command.
pub(super) fn check(args: &CheckArgs, voice: &Voice) -> Outcome {
    let mut findings = Diagnostics::default();
    let inputs = files::expand(&args.inputs).unwrap_or_else(|error| {
        findings.push(error);
        Vec::new()
    });
    for input in &inputs {
        match files::read(input) {
            Ok(source) => {
                let document = Document::parse(&source, &mut findings);
                let icons = Icons::of(input);
                let options = ResolveOptions { lang: args.lang.as_deref(), icons: &icons, ..ResolveOptions::default() };
                let mut own = Diagnostics::default();
                Topology::resolve(&document, &options, &mut own);
                findings.0.extend(own.0);
            }
            Err(error) => findings.push(error),
        }
    }
    let failed = voice.report(&findings);
    let errors = findings.0.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = findings.0.len() - errors;
    voice.tell(&format!("{} checked: {errors} errors, {warnings} warnings", inputs.len()));
    if failed { Outcome::Failed } else { Outcome::Done }
}
