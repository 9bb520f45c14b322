//! The project file `skyplan.toml`: what a whole repository draws, and where to.

pub(super) mod cache;
mod name;
mod read;
mod sources;

use super::args::Format;
use super::draw::{Job, Look, NamedTheme, read_theme};
use super::supplies::Supplies;
use super::views::{self, Views};
use crate::TextMode;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::document::At;
use crate::render::{Ground, Zoom};
use crate::theme::Theme;
use name::{Marks, NamePattern, Parts};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the file is called.
pub(super) const FILE: &str = "skyplan.toml";

/// A project as its file describes it.
#[derive(Debug)]
pub(super) struct Project {
    /// The file's text.
    source: Arc<Source>,
    /// The folder of the file; all paths in it are below this one. Empty for the current folder.
    pub(super) root: PathBuf,
    /// Files, folders or glob patterns of diagrams.
    sources: Vec<At<String>>,
    /// Glob patterns of files that are no diagrams of this project.
    exclude: Vec<At<String>>,
    /// Folder of the pictures; beside their sources by default.
    output: Option<PathBuf>,
    /// How pictures are named, where the file says so.
    name: Option<At<NamePattern>>,
    /// What is written of each picture.
    formats: Vec<Format>,
    /// Languages; the document's own by default.
    languages: Vec<String>,
    /// Themes by name or path; the document's own by default.
    themes: Vec<At<String>>,
    /// Views that are drawn beside the whole systems; `*` for all.
    views: Vec<At<String>>,
    /// Icon packs in place of our own drawings; the documents' own by default.
    pub(super) icons: Option<Vec<String>>,
    /// Pixels of a PNG for each CSS pixel.
    scale: Option<f64>,
    /// Width of a PNG in pixels, in place of `scale`.
    width: Option<u32>,
    /// Whether pictures have no background.
    transparent: bool,
    /// How texts stand in an SVG.
    text: Option<TextMode>,
    /// Folders of fonts.
    pub(super) fonts: Vec<PathBuf>,
}

/// What the command line says in place of the project file.
#[derive(Debug, Default)]
pub(super) struct Overrides<'a> {
    /// Folder of the pictures.
    pub(super) output: Option<&'a Path>,
    /// Formats, if any.
    pub(super) formats: &'a [Format],
    /// A language.
    pub(super) lang: Option<&'a str>,
    /// A theme.
    pub(super) theme: Option<&'a str>,
    /// Views.
    pub(super) views: Views<'a>,
}

impl Project {
    /// The project file of the current folder, or of the nearest folder around it.
    pub(super) fn find() -> Option<PathBuf> {
        let depth = std::env::current_dir().map_or(1, |folder| folder.ancestors().count());
        (0..depth).map(|up| ["../"].repeat(up).concat() + FILE).map(PathBuf::from).find(|path| path.is_file())
    }

    /// The diagrams of the project, in the order of their paths.
    pub(super) fn sources(&self, findings: &mut Diagnostics) -> Vec<PathBuf> {
        sources::find(&self.root, &self.sources, &self.exclude, findings)
    }

    /// How its pictures look, where the command line says nothing else.
    pub(super) fn look(&self, supplies: Supplies) -> Look {
        let usual = Look::usual(supplies);
        let zoom = self.width.map(Zoom::Width).or_else(|| self.scale.map(Zoom::Scale));
        let ground = if self.transparent { Ground::Transparent } else { Ground::Page };
        Look { zoom: zoom.unwrap_or(usual.zoom), ground, text: self.text.unwrap_or(usual.text), ..usual }
    }

    /// The first of its languages: where one picture only is drawn of a diagram, that one.
    pub(super) fn first_language(&self) -> Option<&str> {
        self.languages.first().map(String::as_str)
    }

    /// The first of its themes.
    pub(super) fn first_theme(&self, findings: &mut Diagnostics) -> Option<Arc<NamedTheme>> {
        self.themes.first().and_then(|theme| self.theme(theme, findings))
    }

    /// The theme files that the project names.
    pub(super) fn theme_files(&self) -> Vec<PathBuf> {
        let files = self.themes.iter().filter(|t| Theme::named(&t.value).is_none());
        files.map(|t| self.root.join(&t.value)).collect()
    }

    /// Every picture that the project draws, each with its own files.
    pub(super) fn jobs(&self, overrides: &Overrides<'_>, look: &Look, findings: &mut Diagnostics) -> Vec<Job> {
        let languages: Vec<Option<String>> = match overrides.lang {
            Some(lang) => vec![Some(lang.to_owned())],
            None => some_or_none(self.languages.iter().cloned()),
        };
        let themes = some_or_none(self.themes(overrides.theme, findings));
        let formats = if overrides.formats.is_empty() { &self.formats } else { overrides.formats };
        let pattern = match &self.name {
            Some(name) => name.value.clone(),
            None => NamePattern::usual(languages.len() > 1, themes.len() > 1),
        };
        let folder = overrides.output.map(Path::to_owned).or_else(|| self.output.as_ref().map(|o| self.root.join(o)));
        let mut jobs = Vec::new();
        for (input, views) in views::of_project(self.sources(findings), &overrides.views, &self.views, findings) {
            let beside = input.parent().unwrap_or(Path::new(""));
            let folder = folder.as_deref().unwrap_or(beside);
            for (lang, theme, view) in combinations(&languages, &themes, &views) {
                let marks = Marks {
                    lang: lang.as_deref(),
                    theme: theme.as_ref().map(|t| t.name.as_str()),
                    view: view.as_deref(),
                };
                let stem = folder.join(pattern.fill(&Parts::of(&input, &self.root, marks)));
                let files = formats.iter().map(|f| (*f, with_ending(&stem, f.ending()))).collect();
                let (lang, theme, view) = (lang.clone(), theme.clone(), view.clone());
                jobs.push(Job { view, lang, theme, files, ..Job::of(input.clone(), look.clone()) });
            }
        }
        self.report_shared_files(&jobs, findings);
        jobs
    }

    fn themes(&self, only: Option<&str>, findings: &mut Diagnostics) -> Vec<Arc<NamedTheme>> {
        match only.map(|name| read_theme(name, Path::new(name))) {
            Some(Ok(theme)) => vec![theme],
            Some(Err(found)) => {
                findings.0.extend(found.0);
                Vec::new()
            }
            None => self.themes.iter().filter_map(|theme| self.theme(theme, findings)).collect(),
        }
    }

    /// A theme that the file names. What is wrong without a place of its own is told where it is named.
    fn theme(&self, named: &At<String>, findings: &mut Diagnostics) -> Option<Arc<NamedTheme>> {
        let placed = |f: Diagnostic| Diagnostic { place: f.place.or_else(|| Some(named.place.clone())), ..f };
        let read = read_theme(&named.value, &self.root.join(&named.value));
        read.map_err(|found| findings.0.extend(found.0.into_iter().map(placed))).ok()
    }

    /// Two pictures in one file: the second would replace the first.
    fn report_shared_files(&self, jobs: &[Job], findings: &mut Diagnostics) {
        let mut owners: BTreeMap<&Path, &Job> = BTreeMap::new();
        for job in jobs {
            for (_, file) in &job.files {
                let Some(other) = owners.insert(file, job) else { continue };
                let place = self.name.as_ref().map(|n| n.place.clone());
                let place = place.unwrap_or_else(|| Place { source: Arc::clone(&self.source), range: 0..0 });
                let message =
                    format!("{} and {} would both be written to {}", other.title(), job.title(), file.display());
                let help = "give each its own: `name` may hold {folder}, {name}, {lang}, {theme} and {view}";
                findings.push(Diagnostic::error("one-output", message, place).help(help));
                return;
            }
        }
    }
}

/// Nothing named means the document's own.
fn some_or_none<T>(values: impl IntoIterator<Item = T>) -> Vec<Option<T>> {
    let values: Vec<Option<T>> = values.into_iter().map(Some).collect();
    if values.is_empty() { vec![None] } else { values }
}

/// Each of the first with each of the second and each of the third.
fn combinations<'a, A, B, C>(a: &'a [A], b: &'a [B], c: &'a [C]) -> impl Iterator<Item = (&'a A, &'a B, &'a C)> {
    a.iter().flat_map(move |a| b.iter().flat_map(move |b| c.iter().map(move |c| (a, b, c))))
}

/// The path with an ending behind whatever stands there; a name may hold dots of its own.
fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
