//! `skyplan check`: everything but the drawing.

use super::args::CheckArgs;
use super::icons::Icons;
use super::report::Voice;
use super::{Outcome, files, render};
use crate::PictureOptions;
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::{Document, ParseOptions};
use std::path::PathBuf;

/// Runs the command.
pub(super) fn check(args: &CheckArgs, voice: &Voice) -> Outcome {
    if render::is_idle(&args.inputs, args.project.as_deref(), voice) {
        return Outcome::Misused;
    }
    let mut findings = Diagnostics::default();
    let inputs = inputs(args, &mut findings);
    for input in &inputs {
        match files::read(input) {
            Ok(source) => {
                let (icons, includes) = (Icons::of(input), files::includes(input));
                let document = Document::parse_with(&source, &ParseOptions { includes: &includes }, &mut findings);
                let lang = args.lang.as_deref();
                let options = PictureOptions { lang, icons: &icons, ..PictureOptions::default() };
                let mut own = Diagnostics::default();
                crate::check(&document, &options, &mut own);
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

/// The files named, or else those of the project.
fn inputs(args: &CheckArgs, findings: &mut Diagnostics) -> Vec<PathBuf> {
    if args.inputs.is_empty() {
        let project = render::project(args.project.as_deref(), findings);
        return project.map(|p| p.sources(findings)).unwrap_or_default();
    }
    files::expand(&args.inputs).unwrap_or_else(|error| {
        findings.push(error);
        Vec::new()
    })
}
