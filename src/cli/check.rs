//! `skyplan check`: everything but the drawing.

use super::args::CheckArgs;
use super::{Outcome, files, render, report};
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::Document;
use crate::topology::{ResolveOptions, Topology};

/// Runs the command.
pub(super) fn check(args: &CheckArgs) -> Outcome {
    let mut findings = Diagnostics::default();
    let inputs = files::expand(&args.inputs).unwrap_or_else(|error| {
        findings.push(error);
        Vec::new()
    });
    for input in &inputs {
        match files::read(input) {
            Ok(source) => {
                let document = Document::parse(&source, &mut findings);
                let icons = |name: &str| render::read_icon(input, name);
                let options = ResolveOptions { lang: args.lang.as_deref(), icons: &icons, ..ResolveOptions::default() };
                let mut own = Diagnostics::default();
                Topology::resolve(&document, &options, &mut own);
                findings.0.extend(own.0);
            }
            Err(error) => findings.push(error),
        }
    }
    let failed = report::report(&findings, &args.messages);
    if !args.messages.quiet {
        let errors = findings.0.iter().filter(|d| d.severity == Severity::Error).count();
        let warnings = findings.0.len() - errors;
        report::say(&format!("{} checked: {errors} errors, {warnings} warnings\n", inputs.len()));
    }
    if failed { Outcome::Failed } else { Outcome::Done }
}
