//! `skyplan check`: everything but the drawing.

use super::args::CheckArgs;
use super::icons::Icons;
use super::limits::limits;
use super::report::Voice;
use super::{Outcome, files, fonts, render};
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
    let (inputs, folders) = inputs(args, &mut findings);
    let fonts = fonts::fonts(&args.fonts, &folders, &mut findings);
    for input in &inputs {
        match files::read(input) {
            Ok(source) => {
                let (icons, includes) = (Icons::of(input), files::includes(input));
                let document = Document::parse_with(
                    &source,
                    &ParseOptions { includes: &includes, reach: limits().reach },
                    &mut findings,
                );
                let lang = args.lang.as_deref();
                let options = PictureOptions {
                    lang,
                    fonts: &fonts,
                    icons: &icons,
                    most: limits().of_diagrams(),
                    ..PictureOptions::default()
                };
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

/// The files named, or else those of the project, and its folders of fonts.
fn inputs(args: &CheckArgs, findings: &mut Diagnostics) -> (Vec<PathBuf>, Vec<PathBuf>) {
    if args.inputs.is_empty() {
        let project = render::project(args.project.as_deref(), findings);
        return project.map(|p| (p.sources(findings), p.fonts)).unwrap_or_default();
    }
    let files = files::expand(&args.inputs).unwrap_or_else(|error| {
        findings.push(error);
        Vec::new()
    });
    (files, Vec::new())
}
