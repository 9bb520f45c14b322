//! Which views are drawn: of the files named, as `DIAGRAM.VIEW.svg` beside `DIAGRAM.svg`, and of a project.

use super::args::DrawArgs;
use super::draw::Job;
use super::limits::limits;
use super::{files, render};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{At, Document, ParseOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What stands for all views in a project file; no view can be called so.
const ALL: &str = "*";

/// The views that the command line asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Views<'a> {
    /// None: those of the project, if it names any, beside the whole.
    #[default]
    Usual,
    /// This one only.
    Only(&'a str),
    /// All, beside the whole.
    All,
}

impl<'a> Views<'a> {
    /// What the arguments say.
    pub(super) fn of(args: &'a DrawArgs) -> Self {
        match (&args.view, args.all_views) {
            (Some(view), _) => Self::Only(view),
            (None, true) => Self::All,
            (None, false) => Self::Usual,
        }
    }
}

/// Each diagram of a project with the views to draw, `None` for the whole system: as asked for, else those that the project names.
pub(super) fn of_project(
    sources: Vec<PathBuf>,
    asked: &Views<'_>,
    named: &[At<String>],
    findings: &mut Diagnostics,
) -> Vec<(PathBuf, Vec<Option<String>>)> {
    let all = *asked == Views::All || named.iter().any(|name| name.value == ALL);
    match asked {
        Views::Only(view) => sources.into_iter().map(|input| (input, vec![Some((*view).to_owned())])).collect(),
        Views::Usual if named.is_empty() => sources.into_iter().map(|input| (input, vec![None])).collect(),
        Views::Usual | Views::All => {
            let known: Vec<Option<Vec<String>>> = sources.iter().map(|input| names(input)).collect();
            if *asked == Views::Usual {
                findings.0.extend(named.iter().filter_map(|name| unknown(name, &known)));
            }
            let wanted = |view: &String| all || named.iter().any(|name| name.value == *view);
            let views = known.into_iter().map(|known| {
                let views = known.into_iter().flatten().filter(wanted);
                std::iter::once(None).chain(views.map(Some)).collect()
            });
            sources.into_iter().zip(views).collect()
        }
    }
}

/// A name that is no view of any diagram, as a finding in the project file.
fn unknown(name: &At<String>, known: &[Option<Vec<String>>]) -> Option<Diagnostic> {
    // A diagram with an error may have had it: that error comes first.
    let sound: Vec<&Vec<String>> = known.iter().map(Option::as_ref).collect::<Option<_>>()?;
    let all: BTreeSet<&String> = sound.into_iter().flatten().collect();
    if name.value == ALL || all.contains(&name.value) {
        return None;
    }
    let there: Vec<String> = all.iter().map(|view| format!("`{view}`")).collect();
    let help = match there.is_empty() {
        true => "no diagram has any; `[view.NAME]` in a diagram makes one".to_owned(),
        false => format!("there are {}, and \"*\" for all", there.join(", ")),
    };
    let message = format!("no diagram of the project has a view `{}`", name.value);
    Some(Diagnostic::error("unknown-view", message, name.place.clone()).help(help))
}

/// The same pictures of the view that is asked for, or with those of all views.
pub(super) fn of_named(jobs: Vec<Job>, args: &DrawArgs, findings: &mut Diagnostics) -> Vec<Job> {
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
        if job.input == Path::new("-") {
            let error = Diagnostic::error("one-output", "standard input can be drawn in one view only", None);
            findings.push(error.help("name the view with `--view`, or give a file"));
        }
        let names = names(&job.input).unwrap_or_default();
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

/// The names of a diagram's views, if it can be read. What is wrong with the diagram is found again when it is drawn.
fn names(input: &Path) -> Option<Vec<String>> {
    // Standard input can be read only once.
    let source = (input != Path::new("-")).then(|| files::read(input).ok()).flatten()?;
    let includes = files::includes(input);
    let mut findings = Diagnostics::default();
    let document =
        Document::parse_with(&source, &ParseOptions { includes: &includes, reach: limits().reach }, &mut findings);
    (!findings.has_errors()).then(|| document.views.into_iter().map(|view| view.name.value).collect())
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
