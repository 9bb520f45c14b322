//! What `skyplan embed` and `skyplan mdbook` share: drawing the diagrams of a Markdown text.

use super::args::{FontArgs, Format};
use super::draw::{Drawn, Job, Look, NamedTheme, draw_source, read_theme};
use super::fonts::FontShelf;
use super::project::Project;
use super::supplies::Supplies;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::markdown::Fence;
use crate::render::Packing;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A language for texts, and who says so.
#[derive(Debug, Clone)]
pub(super) enum Tongue {
    /// Somebody asks for it: a diagram that lacks it is warned of.
    Asked(String),
    /// The book's, or the project's first one: no diagram has to have it.
    Wished(String),
}

/// What the command line or the book says of its diagrams.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// Language.
    pub(super) tongue: Option<Tongue>,
    /// Theme, by its name or as a file.
    pub(super) theme: Option<(&'a str, PathBuf)>,
    /// Icon packs.
    pub(super) icons: Option<&'a [String]>,
    /// Fonts.
    pub(super) fonts: &'a FontArgs,
}

/// How the diagrams of a text are drawn where a fence says nothing else.
#[derive(Debug)]
pub(super) struct Usual {
    tongue: Option<Tongue>,
    theme: Option<Arc<NamedTheme>>,
    look: Look,
}

impl Usual {
    /// As it is asked for, and else as the project says whose file is named, or that is found around the current folder.
    pub(super) fn new(asked: &Asked<'_>, project: Option<&Path>, findings: &mut Diagnostics) -> Self {
        let file = project.map(Path::to_owned).or_else(Project::find);
        let project = file.and_then(|file| Project::read(&file, findings));
        let project = project.as_ref();
        let theme = match asked.theme.as_ref().map(|(name, path)| read_theme(name, path)) {
            Some(read) => read.map_err(|found| findings.0.extend(found.0)).ok(),
            None => project.and_then(|p| p.first_theme(findings)),
        };
        let wished = || project.and_then(Project::first_language).map(|lang| Tongue::Wished(lang.to_owned()));
        let supplies = Supplies::of(asked.fonts, asked.icons, project, &mut FontShelf::default(), findings);
        let look = match project {
            Some(project) => project.look(supplies),
            None => Look::usual(supplies),
        };
        let look = Look { packing: Packing::Small, ..look };
        Self { tongue: asked.tongue.clone().or_else(wished), theme, look }
    }
}

/// Draws the diagram of a fence as the file that `path` makes of its format. Findings point into the Markdown text.
pub(super) fn draw_fence(
    fence: &Fence,
    source: &Arc<Source>,
    usual: &Usual,
    path: impl Fn(Format) -> PathBuf,
) -> (Drawn, Format) {
    let mut findings = Diagnostics::default();
    let here = Place { source: Arc::clone(source), range: fence.info.clone() };
    let format = format(fence, &here, &mut findings);
    let document = PathBuf::from(&source.name);
    let theme = match &fence.theme {
        Some(name) => theme_below(&document, name, &here, &mut findings),
        None => usual.theme.clone(),
    };
    let (lang, wished) = match (&fence.lang, &usual.tongue) {
        (Some(lang), _) | (None, Some(Tongue::Asked(lang))) => (Some(lang), false),
        (None, Some(Tongue::Wished(lang))) => (Some(lang), true),
        (None, None) => (None, false),
    };
    let job = Job {
        view: fence.view.clone(),
        lang: lang.cloned(),
        theme,
        files: vec![(format, path(format))],
        ..Job::of(document, usual.look.clone())
    };
    let inner = Source::new(source.name.clone(), fence.text.clone());
    let mut drawn = draw_source(&job, &inner);
    drawn.findings.0.retain(|f| !(wished && f.code == "missing-language"));
    let moved = fence.moved(std::mem::take(&mut drawn.findings), &inner, source);
    // A finding about the whole diagram is one about its fence.
    let placed = moved.0.into_iter().map(|f| Diagnostic { place: f.place.or(Some(here.clone())), ..f });
    drawn.findings.0 = findings.0.into_iter().chain(placed).collect();
    (drawn, format)
}

fn format(fence: &Fence, here: &Place, findings: &mut Diagnostics) -> Format {
    let Some(name) = &fence.format else { return Format::Svg };
    let shown = Format::named(name).filter(|f| matches!(f, Format::Svg | Format::Png));
    shown.unwrap_or_else(|| {
        let message = format!("`{name}` is no format of pictures in Markdown");
        findings.push(Diagnostic::error("unknown-value", message, here.clone()).help("use svg or png"));
        Format::Svg
    })
}

/// A theme by name, or from a file below the Markdown text's folder.
fn theme_below(document: &Path, name: &str, here: &Place, findings: &mut Diagnostics) -> Option<Arc<NamedTheme>> {
    if !is_below(name) {
        let message = format!("the theme `{name}` leads outside the folder");
        findings.push(Diagnostic::error("outside", message, here.clone()).help("name a file below this one's folder"));
        return None;
    }
    match read_theme(name, &document.parent().unwrap_or(Path::new("")).join(name)) {
        Ok(theme) => Some(theme),
        Err(found) => {
            let placed = found.0.into_iter().map(|f| Diagnostic { place: f.place.or(Some(here.clone())), ..f });
            findings.0.extend(placed);
            None
        }
    }
}

/// Whether a path stays below the folder it starts from.
pub(super) fn is_below(path: &str) -> bool {
    Path::new(path).components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir))
}
