//! `skyplan watch`: draws again whatever changes, until it is stopped.

use super::args::DrawArgs;
use super::changes::{changes, contents};
use super::draw::{Drawn, Job, draw};
use super::fonts::FontShelf;
use super::icons::{self, Locking};
use super::project::{FILE, Project};
use super::render::{is_idle, plan};
use super::report::Voice;
use super::{Outcome, files};
use crate::diagnostic::{Diagnostics, Place};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What is remembered of a picture.
struct Made {
    /// What was to be drawn, with all settings.
    job: String,
    /// The contents that it was made from.
    inputs: BTreeMap<PathBuf, String>,
    /// What was wrong or doubtful about it.
    complaint: String,
    /// Whether it was not written.
    failed: bool,
}

/// Runs the command. It ends when the program is stopped.
pub(super) fn watch(args: &DrawArgs, voice: &Voice) -> Outcome {
    if is_idle(&args.inputs, args.project.as_deref(), voice) {
        return Outcome::Misused;
    }
    let (follower, wakes) = changes();
    let mut made: BTreeMap<String, Made> = BTreeMap::new();
    let mut last_problem = String::new();
    let mut shelf = FontShelf::default();
    let (mut first, mut told) = (true, true);
    loop {
        let start = Instant::now();
        let mut findings = Diagnostics::default();
        let jobs = plan(args, &mut shelf, &mut findings).map(|plan| plan.jobs).unwrap_or_default();
        // What is wrong with the project file or the sources is said once, and again when it is something else.
        let problem = format!("{:?}", findings.0.iter().map(|f| &f.message).collect::<Vec<_>>());
        if problem != last_problem {
            voice.report(&findings);
            last_problem = problem;
        }
        follower.forget_missing();
        follower.follow(&starts(args));
        let work: Vec<(&Job, Option<String>)> =
            jobs.iter().filter_map(|job| said(job, made.get(&job.title()), told).map(|said| (job, said))).collect();
        let drawn: Vec<Fresh> = work.par_iter().map(|(job, _)| Fresh::of(job)).collect();
        for ((job, said), fresh) in work.into_iter().zip(drawn) {
            let after = keep(job, fresh, Locking::of(&args.packs), said.as_deref(), voice);
            follower.follow(after.inputs.keys());
            made.insert(job.title(), after);
        }
        if first {
            voice.tell(&format!("watching {} pictures; Ctrl-C ends", jobs.len()));
            first = false;
        }
        told = wakes.wait(start.elapsed());
    }
}

/// Files whose folders are followed even where no diagram is in them yet.
fn starts(args: &DrawArgs) -> Vec<PathBuf> {
    let project = args.project.clone().or_else(|| if args.inputs.is_empty() { Project::find() } else { None });
    let in_folders = args.inputs.iter().map(|input| if input.is_dir() { input.join(FILE) } else { input.clone() });
    project.into_iter().chain(in_folders).collect()
}

/// Whether a picture must be drawn: if so, what was said of the same contents already. `told` is whether the system told of a change.
fn said(job: &Job, before: Option<&Made>, told: bool) -> Option<Option<String>> {
    let Some(before) = before else { return Some(None) };
    if before.job != format!("{job:?}") || contents(before.inputs.keys()) != before.inputs {
        return Some(None);
    }
    // What is missing from a picture may be a file that nobody has read yet.
    (told && before.failed).then(|| Some(before.complaint.clone()))
}

/// A picture that is drawn, but not written.
struct Fresh {
    /// The diagram's content before it was drawn: what is saved meanwhile is drawn the next time.
    own: BTreeMap<PathBuf, String>,
    drawn: Drawn,
    took: Duration,
}

impl Fresh {
    fn of(job: &Job) -> Self {
        let start = Instant::now();
        let own = contents([&job.input]);
        Self { own, drawn: draw(job), took: start.elapsed() }
    }
}

/// Writes a picture, and says what came of it, but not what was `said` already. A picture with an error stays as it was.
fn keep(job: &Job, fresh: Fresh, locking: Locking, said: Option<&str>, voice: &Voice) -> Made {
    let Fresh { own, mut drawn, took } = fresh;
    let locks = icons::lock([(job.input.as_path(), drawn.packs.as_slice())].into_iter(), locking, &mut drawn.findings);
    let inputs = drawn.inputs.iter().map(|(path, hash)| (path.clone(), hash.clone())).chain(own).collect();
    let found = drawn.findings.0.iter().map(|f| (&f.message, f.place.as_ref().map(Place::line_column)));
    let complaint = format!("{:?}", found.collect::<Vec<_>>());
    let failed =
        if said == Some(complaint.as_str()) { drawn.findings.has_errors() } else { voice.report(&drawn.findings) };
    if !failed {
        match files::write_all(&drawn.files.iter().chain(&locks).collect::<Vec<_>>()) {
            Ok(()) => {
                let ms = took.as_secs_f64() * 1e3;
                let names: Vec<String> = drawn.files.iter().map(|f| f.0.display().to_string()).collect();
                voice.tell(&format!("wrote {} in {ms:.0} ms", names.join(", ")));
            }
            Err(error) => voice.report_one(&error),
        }
    }
    Made { job: format!("{job:?}"), inputs, complaint, failed }
}
