//! What `skyplan embed` and `skyplan mdbook` share: drawing the diagrams of a Markdown text.

use super::args::Format;
use super::draw::{Drawn, Job, Look, NamedTheme, draw_source, read_theme};
use super::supplies::Supplies;
use crate::TextMode;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::markdown::Fence;
use crate::render::{Ground, Packing, Zoom};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// How the diagrams of a text are drawn where a fence says nothing else.
#[derive(Debug, Clone, Default)]
pub(super) struct Usual {
    /// Language.
    pub(super) lang: Option<String>,
    /// Theme.
    pub(super) theme: Option<String>,
    /// Fonts and icons; no fence says others.
    pub(super) supplies: Supplies,
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
    let theme = fence.theme.as_deref().or(usual.theme.as_deref());
    let theme = theme.and_then(|name| theme_below(&document, name, &here, &mut findings));
    let job = Job {
        view: fence.view.clone(),
        input: document,
        lang: fence.lang.clone().or_else(|| usual.lang.clone()),
        theme,
        files: vec![(format, path(format))],
        look: Look {
            zoom: Zoom::Scale(2.0),
            packing: Packing::Small,
            ground: Ground::Page,
            text: TextMode::Embed,
            fonts: Arc::clone(&usual.supplies.fonts),
            packs: usual.supplies.packs.clone(),
        },
    };
    let inner = Source::new(source.name.clone(), fence.text.clone());
    let mut drawn = draw_source(&job, &inner);
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
