//! `skyplan render`: diagrams to pictures, several at once.

use super::args::{DrawArgs, Format, Packed, RenderArgs, Text};
use super::draw::{Drawn, Job, Look, draw, read_theme};
use super::fonts::FontShelf;
use super::icons::{self, Locking};
use super::progress::Progress;
use super::project::cache::Cache;
use super::project::{Overrides, Project};
use super::report::{self, Voice};
use super::supplies::Supplies;
use super::views::{self, Views};
use super::{Outcome, files};
use crate::TextMode;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::render::{Ground, Packing, Zoom, same_pixels};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What a run draws.
pub(super) struct Plan {
    /// Its pictures.
    pub(super) jobs: Vec<Job>,
    /// The project that says so, if it is not the command line.
    project: Option<Project>,
}

/// Runs the command.
pub(super) fn render(args: &RenderArgs, voice: &Voice) -> Outcome {
    if is_idle(&args.draw.inputs, args.draw.project.as_deref(), voice) {
        return Outcome::Misused;
    }
    let mut findings = Diagnostics::default();
    let plan = plan(&args.draw, &mut FontShelf::default(), &mut findings).filter(|_| !findings.has_errors());
    let Some(Plan { jobs, project }) = plan else {
        voice.report(&findings);
        return Outcome::Failed;
    };
    let jobs: Vec<Job> = jobs.into_iter().map(|job| Job { report: args.report, ..job }).collect();
    let mut cache = project.as_ref().filter(|_| !args.check).map(Cache::open);
    let current = |job: &Job| !args.force && !args.report && cache.as_ref().is_some_and(|c| c.is_current(job));
    let (skipped, work): (Vec<&Job>, Vec<&Job>) = jobs.iter().partition(|job| current(job));
    let drawn = draw_all(&work, project.is_some(), voice);
    for one in &drawn {
        findings.0.extend(one.findings.0.iter().cloned());
    }
    let locking = Locking::of(&args.draw.packs);
    let used = work.iter().zip(&drawn).map(|(job, one)| (job.input.as_path(), one.packs.as_slice()));
    let locks = icons::lock(used, locking, &mut findings);
    let mut failed = voice.report(&findings);
    let progress = Tally { drawn: &drawn, locks: &locks, skipped: skipped.len(), project: project.is_some() };
    for (job, one) in work.iter().zip(&drawn) {
        one.report.iter().for_each(|report| voice.tell(&format!("{}: {report}", job.title())));
    }
    // Nothing is written while anything is wrong: a run leaves either all new files or all old ones.
    if !failed {
        failed = if args.check { !all_current(&drawn, &work, &locks, voice) } else { !write_all(&progress, voice) };
    }
    if let Some(mut cache) = cache.take().filter(|_| !failed) {
        work.iter().zip(&drawn).for_each(|(job, one)| cache.remember(job, one));
        cache.store(&jobs).iter().for_each(|warning| voice.report_one(warning));
    }
    if failed { Outcome::Failed } else { Outcome::Done }
}

/// What is to be drawn: the files named, or else the project; all of it, or the views that are asked for.
pub(super) fn plan(args: &DrawArgs, shelf: &mut FontShelf, findings: &mut Diagnostics) -> Option<Plan> {
    if !args.inputs.is_empty() {
        let jobs = named_jobs(args, shelf, findings);
        return Some(Plan { jobs: views::of_named(jobs, args, findings), project: None });
    }
    let project = project(args.project.as_deref(), findings)?;
    let supplies = Supplies::of(&args.fonts, args.packs.icons.as_deref(), Some(&project), shelf, findings);
    let look = look(args, project.look(supplies));
    let overrides = Overrides {
        output: args.output.as_deref(),
        formats: &args.format,
        lang: args.lang.as_deref(),
        theme: args.theme.as_deref(),
        views: Views::of(args),
    };
    let jobs = project.jobs(&overrides, &look, findings);
    Some(Plan { jobs, project: Some(project) })
}

/// Whether neither files nor a project are there to work on; said if so.
pub(super) fn is_idle(inputs: &[PathBuf], project: Option<&Path>, voice: &Voice) -> bool {
    let idle = inputs.is_empty() && project.is_none() && Project::find().is_none();
    if idle {
        let message = "no diagram is named, and there is no skyplan.toml here or in a folder around this one";
        let help = "name files or folders, or write a skyplan.toml with sources = [\"diagrams\"]";
        voice.report_one(&Diagnostic::error("nothing-to-do", message, None).help(help));
    }
    idle
}

/// The project that a command without files is about.
pub(super) fn project(named: Option<&Path>, findings: &mut Diagnostics) -> Option<Project> {
    let file = named.map(Path::to_owned).or_else(Project::find)?;
    Project::read(&file, findings)
}

/// The pictures of the files on the command line.
fn named_jobs(args: &DrawArgs, shelf: &mut FontShelf, findings: &mut Diagnostics) -> Vec<Job> {
    let theme = args.theme.as_deref().map(|name| read_theme(name, Path::new(name))).transpose();
    let theme = theme.unwrap_or_else(|found| {
        findings.0.extend(found.0);
        None
    });
    let inputs = files::expand(&args.inputs).unwrap_or_else(|error| {
        findings.push(error);
        Vec::new()
    });
    findings.0.extend(ambiguous(args, &inputs));
    let supplies = Supplies::of(&args.fonts, args.packs.icons.as_deref(), None, shelf, findings);
    let look = look(args, Look::usual(supplies));
    let job = |input: PathBuf| {
        let files = formats(args).into_iter().map(|format| (format, target(&input, args, format))).collect();
        Job { lang: args.lang.clone(), theme: theme.clone(), files, ..Job::of(input, look.clone()) }
    };
    inputs.into_iter().map(job).collect()
}

/// The look that the arguments ask for; where they say nothing, the usual one.
fn look(args: &DrawArgs, usual: Look) -> Look {
    let zoom = match (args.width, args.scale) {
        (Some(width), _) => Zoom::Width(width),
        (None, Some(scale)) => Zoom::Scale(scale),
        (None, None) => usual.zoom,
    };
    let text = match args.text {
        Some(Text::System) => TextMode::System,
        Some(Text::Outline) => TextMode::Outline,
        Some(Text::Embed) => TextMode::Embed,
        None => usual.text,
    };
    let packing = match args.packing {
        Packed::Quick => Packing::Quick,
        Packed::Small => Packing::Small,
    };
    let ground = if args.transparent { Ground::Transparent } else { usual.ground };
    Look { zoom, packing, ground, text, ..usual }
}

fn draw_all(work: &[&Job], project: bool, voice: &Voice) -> Vec<Drawn> {
    let progress = Progress::new(work.len(), project, voice);
    let one = |job: &&Job| {
        let start = Instant::now();
        let drawn = draw(job);
        progress.step(&job.title());
        voice.detail(|| format!("{} drawn in {:.1} ms", job.title(), start.elapsed().as_secs_f64() * 1e3));
        drawn
    };
    let drawn = match work {
        // Threads take longer to start than most pictures to draw.
        [single] => vec![one(single)],
        several => several.par_iter().map(one).collect(),
    };
    progress.finish();
    drawn
}

/// What a run did, for its last lines.
struct Tally<'a> {
    drawn: &'a [Drawn],
    /// Locks of icon packs that are new.
    locks: &'a [(PathBuf, Vec<u8>)],
    skipped: usize,
    project: bool,
}

/// Writes all files, or none. Whether all is well.
fn write_all(tally: &Tally<'_>, voice: &Voice) -> bool {
    let files = || tally.drawn.iter().flat_map(|d| &d.files).chain(tally.locks);
    let (printed, kept): (Vec<_>, Vec<_>) = files().partition(|f| f.0 == Path::new("-"));
    if let Err(error) = files::write_all(&kept) {
        voice.report_one(&error);
        return false;
    }
    printed.iter().for_each(|(_, bytes)| report::print(bytes));
    if !(tally.project && voice.is_live()) {
        for (path, bytes) in &kept {
            voice.tell(&format!("wrote {} ({} KB)", path.display(), bytes.len().div_ceil(1024)));
        }
    }
    if tally.project {
        voice.tell(&format!("{} files written, {} pictures unchanged", kept.len(), tally.skipped));
    }
    true
}

/// Compares all files with what is there, and says which differ. Whether none does.
fn all_current(drawn: &[Drawn], work: &[&Job], locks: &[(PathBuf, Vec<u8>)], voice: &Voice) -> bool {
    // Only locks that differ are there.
    locks.iter().for_each(|(path, _)| voice.report_one(&stale_picture(path)));
    let mut stale = 0;
    let formats = work.iter().flat_map(|job| job.files.iter().map(|f| f.0));
    let files: Vec<(Format, &(PathBuf, Vec<u8>))> = formats.zip(drawn.iter().flat_map(|d| &d.files)).collect();
    for (format, (path, bytes)) in &files {
        let same = fs::read(path).is_ok_and(|old| is_same(*format, &old, bytes));
        if !same {
            voice.report_one(&stale_picture(path));
            stale += 1;
        }
    }
    voice.tell(&format!("{} pictures compared: {stale} stale", files.len()));
    stale == 0 && locks.is_empty()
}

/// Whether two files show the same: bytes, but for PNG pixels, which other programs may have packed anew.
fn is_same(format: Format, old: &[u8], new: &[u8]) -> bool {
    old == new || (format == Format::Png && same_pixels(old, new))
}

/// A picture that its source does not give, as a finding about the picture.
pub(super) fn stale_picture(path: &Path) -> Diagnostic {
    let place = Place { source: Source::new(path.display().to_string(), ""), range: 0..0 };
    let what = if path.exists() { "is not what its source gives now" } else { "is not there" };
    Diagnostic::error("stale", format!("{} {what}", path.display()), place).help("draw it with `skyplan render`")
}

/// Several pictures cannot go into one file.
fn ambiguous(args: &DrawArgs, inputs: &[PathBuf]) -> Option<Diagnostic> {
    let output = args.output.as_ref()?;
    let count = inputs.len() * args.format.len().max(1);
    let single = output == Path::new("-") || !is_folder(output);
    let message = format!("several pictures cannot all be written to {}", output.display());
    ((count > 1 || args.all_views) && single)
        .then(|| Diagnostic::error("one-output", message, None).help("name a folder, ending in `/`"))
}

/// Whether a path names a folder.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

/// The formats asked for, or what the output's name says, or SVG.
fn formats(args: &DrawArgs) -> Vec<Format> {
    if !args.format.is_empty() {
        return args.format.clone();
    }
    let ending = args.output.as_ref().and_then(|o| o.extension()).map(|e| e.to_string_lossy().to_lowercase());
    vec![ending.and_then(|e| Format::named(&e)).unwrap_or(Format::Svg)]
}

/// Where a picture goes.
fn target(input: &Path, args: &DrawArgs, format: Format) -> PathBuf {
    let stdin = input == Path::new("-");
    let own = if stdin { PathBuf::from("diagram") } else { input.to_owned() }.with_extension(format.ending());
    match &args.output {
        None if stdin => PathBuf::from("-"),
        None => own,
        Some(output) if is_folder(output) => output.join(own.file_name().unwrap_or(own.as_os_str())),
        Some(output) => output.clone(),
    }
}
