//! `skyplan check`: everything but the drawing.

use super::args::CheckArgs;
use super::draw::{self, Job, Look};
use super::fonts::FontShelf;
use super::project::{Overrides, Project};
use super::report::Voice;
use super::supplies::Supplies;
use super::{Outcome, files, render};
use crate::diagnostic::{Diagnostics, Severity};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Runs the command.
pub(super) fn check(args: &CheckArgs, voice: &Voice) -> Outcome {
    if render::is_idle(&args.inputs, args.project.as_deref(), voice) {
        return Outcome::Misused;
    }
    let mut findings = Diagnostics::default();
    let jobs = jobs(args, &mut findings);
    let found: Vec<Diagnostics> = jobs.par_iter().map(draw::check).collect();
    findings.0.extend(found.into_iter().flat_map(|f| f.0));
    // What is wrong in all languages of a diagram is said and counted once.
    findings.sort();
    let failed = voice.report(&findings);
    let errors = findings.0.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = findings.0.len() - errors;
    let inputs: BTreeSet<&PathBuf> = jobs.iter().map(|job| &job.input).collect();
    voice.tell(&format!("{} checked: {errors} errors, {warnings} warnings", inputs.len()));
    if failed { Outcome::Failed } else { Outcome::Done }
}

/// The pictures of the files named, or else those of the project: in each of its languages and themes, with its icons and fonts.
fn jobs(args: &CheckArgs, findings: &mut Diagnostics) -> Vec<Job> {
    let supplies = |project: Option<&Project>, findings: &mut Diagnostics| {
        Supplies::of(&args.fonts, args.icons.as_deref(), project, &mut FontShelf::default(), findings)
    };
    if args.inputs.is_empty() {
        let Some(project) = render::project(args.project.as_deref(), findings) else { return Vec::new() };
        let look = project.look(supplies(Some(&project), findings));
        return project.jobs(&Overrides { lang: args.lang.as_deref(), ..Overrides::default() }, &look, findings);
    }
    let inputs = files::expand(&args.inputs).unwrap_or_else(|error| {
        findings.push(error);
        Vec::new()
    });
    let look = Look::usual(supplies(None, findings));
    let job = |input| Job { lang: args.lang.clone(), ..Job::of(input, look.clone()) };
    inputs.into_iter().map(job).collect()
}
