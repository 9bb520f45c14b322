//! `skyplan watch`: draws again whatever changes, until it is stopped.

use super::args::DrawArgs;
use super::changes::{changes, contents};
use super::draw::{Job, draw};
use super::icons::{self, Locking};
use super::project::{FILE, Project};
use super::render::{is_idle, plan};
use super::report::Voice;
use super::{Outcome, files};
use crate::diagnostic::{Diagnostics, Place};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

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
    let (mut first, mut told) = (true, true);
    loop {
        let mut findings = Diagnostics::default();
        let jobs = plan(args, &mut findings).map(|plan| plan.jobs).unwrap_or_default();
        // What is wrong with the project file or the sources is said once, and again when it is something else.
        let problem = format!("{:?}", findings.0.iter().map(|f| &f.message).collect::<Vec<_>>());
        if problem != last_problem {
            voice.report(&findings);
            last_problem = problem;
        }
        follower.forget_missing();
        follower.follow(&starts(args));
        for job in &jobs {
            let before = made.get(&job.title());
            let same =
                |before: &Made| before.job == format!("{job:?}") && contents(before.inputs.keys()) == before.inputs;
            let changed = !before.is_some_and(same);
            // What is missing from a picture may be a file that nobody has read yet.
            let hopeful = told && before.is_some_and(|before| before.failed);
            if changed || hopeful {
                let after = draw_once(
                    job,
                    Locking::of(&args.packs),
                    before.filter(|_| !changed).map(|b| b.complaint.as_str()),
                    voice,
                );
                follower.follow(after.inputs.keys());
                made.insert(job.title(), after);
            }
        }
        if first {
            voice.tell(&format!("watching {} pictures; Ctrl-C ends", jobs.len()));
            first = false;
        }
        told = wakes.wait();
    }
}

/// Files whose folders are followed even where no diagram is in them yet.
fn starts(args: &DrawArgs) -> Vec<PathBuf> {
    let project = args.project.clone().or_else(|| if args.inputs.is_empty() { Project::find() } else { None });
    let in_folders = args.inputs.iter().map(|input| if input.is_dir() { input.join(FILE) } else { input.clone() });
    project.into_iter().chain(in_folders).collect()
}

/// Draws and writes one picture, and says what came of it, but not what was `said` already. A picture with an error stays as it was.
fn draw_once(job: &Job, locking: Locking, said: Option<&str>, voice: &Voice) -> Made {
    let start = Instant::now();
    // Taken before drawing: what is saved meanwhile is drawn the next time.
    let own = contents([&job.input]);
    let mut drawn = draw(job);
    let locks = icons::lock([(job.input.as_path(), drawn.packs.as_slice())].into_iter(), locking, &mut drawn.findings);
    let inputs = drawn.inputs.iter().map(|(path, hash)| (path.clone(), hash.clone())).chain(own).collect();
    let found = drawn.findings.0.iter().map(|f| (&f.message, f.place.as_ref().map(Place::line_column)));
    let complaint = format!("{:?}", found.collect::<Vec<_>>());
    let failed =
        if said == Some(complaint.as_str()) { drawn.findings.has_errors() } else { voice.report(&drawn.findings) };
    if !failed {
        match files::write_all(&drawn.files.iter().chain(&locks).collect::<Vec<_>>()) {
            Ok(()) => {
                let ms = start.elapsed().as_secs_f64() * 1e3;
                let names: Vec<String> = drawn.files.iter().map(|f| f.0.display().to_string()).collect();
                voice.tell(&format!("wrote {} in {ms:.0} ms", names.join(", ")));
            }
            Err(error) => voice.report_one(&error),
        }
    }
    Made { job: format!("{job:?}"), inputs, complaint, failed }
}
