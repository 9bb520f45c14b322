//! The pictures of views: `DIAGRAM.VIEW.svg` beside `DIAGRAM.svg`.

use super::args::DrawArgs;
use super::draw::Job;
use super::{files, render};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, ParseOptions};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The same pictures of the view that is asked for, or with those of all views.
pub(super) fn of(jobs: Vec<Job>, args: &DrawArgs, findings: &mut Diagnostics) -> Vec<Job> {
    if let Some(view) = &args.view {
        // A file that is named on the command line keeps its name.
        let named = args.output.as_ref().is_some_and(|o| !render::is_folder(o));
        return jobs
            .into_iter()
            .map(|job| if named { Job { view: Some(view.clone()), ..job } } else { of_view(&job, view) })
            .collect();
    }
    if !args.all_views {
        return jobs;
    }
    let mut all = Vec::new();
    for job in jobs {
        let names = names(&job.input, findings);
        let views: Vec<Job> = names.iter().map(|view| of_view(&job, view)).collect();
        all.push(job);
        all.extend(views);
    }
    report_shared_files(&all, findings);
    all
}

/// The picture of a view, in files of its own.
fn of_view(job: &Job, view: &str) -> Job {
    let files = job.files.iter().map(|(format, path)| (*format, file_of(path, view))).collect();
    Job { view: Some(view.to_owned()), files, ..job.clone() }
}

/// `web.svg` -> `web.VIEW.svg`.
fn file_of(path: &Path, view: &str) -> PathBuf {
    if path == Path::new("-") {
        return path.to_owned();
    }
    let ending = path.extension().map_or_else(String::new, |e| e.to_string_lossy().into_owned());
    path.with_extension(format!("{view}.{ending}"))
}

/// The names of a diagram's views. What is wrong with the diagram is found again when it is drawn.
fn names(input: &Path, findings: &mut Diagnostics) -> Vec<String> {
    if input == Path::new("-") {
        let error = Diagnostic::error("one-output", "standard input can be drawn in one view only", None);
        findings.push(error.help("name the view with `--view`, or give a file"));
        return Vec::new();
    }
    let Ok(source) = files::read(input) else { return Vec::new() };
    let includes = files::includes(input);
    let document = Document::parse_with(&source, &ParseOptions { includes: &includes }, &mut Diagnostics::default());
    document.views.into_iter().map(|view| view.name.value).collect()
}

/// `web.toml` with the view `en` and `web.en.toml` would both give `web.en.svg`.
fn report_shared_files(jobs: &[Job], findings: &mut Diagnostics) {
    let mut owners: BTreeMap<&Path, &Job> = BTreeMap::new();
    for job in jobs {
        for (_, file) in &job.files {
            let Some(other) = owners.insert(file, job) else { continue };
            let (one, two) = (other.title(), job.title());
            let message = format!("{one} and {two} would both be written to {}", file.display());
            findings.push(Diagnostic::error("one-output", message, None).help("rename the view or the diagram"));
        }
    }
}
