//! The steps, joined: TOML text in, picture out.

use crate::catalogue;
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::document::{Document, Label, ParseOptions};
use crate::layout::{self, Layout, layout};
use crate::measure::{Measured, measure};
use crate::render::{FontFace, Ground, SvgOptions, to_svg};
use crate::scene::{Scene, Shape, draw};
use crate::text::{Embedded, FAMILY, Fonts};
use crate::theme::Theme;
use crate::topology::{IconData, IconSource, ResolveOptions, Topology};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How texts stand in an SVG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextMode {
    /// As text, with the glyphs it needs in the file: the same everywhere.
    #[default]
    Embed,
    /// As text that names fonts; the reader's program chooses.
    System,
}

/// What a picture is drawn with.
pub struct PictureOptions<'a> {
    /// Language of the texts; the document's first one by default.
    pub lang: Option<&'a str>,
    /// The theme; the document's by default.
    pub theme: Option<&'a Theme>,
    /// How texts stand in the SVG.
    pub text: TextMode,
    /// Whether the page has a ground.
    pub ground: Ground,
    /// Where icons come from that the catalogue does not bring.
    pub icons: &'a dyn IconSource,
    /// Reads files that the document includes; see [`ParseOptions`].
    pub includes: &'a dyn Fn(&str) -> Result<Arc<Source>, String>,
    /// The view to draw, by name; the whole system by default.
    pub view: Option<&'a str>,
    /// Names of icon packs that replace the catalogue's drawings; the document's by default.
    pub packs: Option<&'a [String]>,
}

impl Default for PictureOptions<'_> {
    fn default() -> Self {
        Self {
            lang: None,
            theme: None,
            text: TextMode::default(),
            ground: Ground::default(),
            icons: &no_folder,
            includes: &|_| Err("no folder to read it from".to_owned()),
            view: None,
            packs: None,
        }
    }
}

fn no_folder(_: &str) -> Result<IconData, String> {
    Err("no folder to read it from".to_owned())
}

/// A finished picture.
#[derive(Debug)]
pub struct Picture {
    /// The SVG document.
    pub svg: String,
    /// The shapes that it is made of.
    pub scene: Scene,
    /// What was placed.
    pub measured: Measured,
    /// Where it was placed.
    pub layout: Layout,
}

/// Draws a diagram. What is wrong or doubtful goes into `findings`; with an error among them there is no picture.
pub fn picture(source: &Arc<Source>, options: &PictureOptions, findings: &mut Diagnostics) -> Option<Picture> {
    let document = Document::parse_with(source, &ParseOptions { includes: options.includes }, findings);
    picture_of(&document, options, findings)
}

/// Draws a document that has been read: the whole of it, or one of its views.
pub fn picture_of(document: &Document, options: &PictureOptions, findings: &mut Diagnostics) -> Option<Picture> {
    let fonts = Fonts::embedded();
    let (measured, theme) = examine(document, options, &fonts, findings)?;
    let layout = placed(&measured, &theme, findings)?;
    let scene = draw(&measured, &layout, &theme, &catalogue::find, findings);
    let svg = written(&scene, &fonts, options.text, options.ground);
    Some(Picture { svg, scene, measured, layout })
}

/// A scene as SVG, with the glyphs that it uses where they go into the file.
pub(crate) fn written(scene: &Scene, fonts: &Fonts, text: TextMode, ground: Ground) -> String {
    let font = match text {
        TextMode::Embed => embedded(scene, fonts),
        TextMode::System => Fonts::named(),
    };
    let font = FontFace { family: font.family, css: font.css };
    to_svg(scene, &SvgOptions { font, ground })
}

/// Finds all that is wrong or doubtful with a document, without drawing it.
pub fn check(document: &Document, options: &PictureOptions, findings: &mut Diagnostics) {
    let _ = examine(document, options, &Fonts::embedded(), findings);
}

/// The steps before the layout.
fn examine(
    document: &Document,
    options: &PictureOptions,
    fonts: &Fonts,
    findings: &mut Diagnostics,
) -> Option<(Measured, Theme)> {
    let resolve = ResolveOptions {
        lang: options.lang,
        icons: options.icons,
        view: options.view,
        packs: options.packs,
        ..ResolveOptions::default()
    };
    let topology = Topology::resolve(document, &resolve, findings)?;
    let theme = chosen_theme(document, &topology, options, findings)?;
    if let Some(font) = &document.font {
        let message = format!("`{}` is not used: texts are drawn in {FAMILY}", font.value);
        findings.push(Diagnostic::warning("font-not-used", message, font.place.clone()).help("leave `font` out"));
    }
    report_missing_glyphs(document, &topology, fonts, findings);
    Some((measure(topology, fonts, &theme, findings), theme))
}

/// The theme asked for, or the document's.
fn chosen_theme(
    document: &Document,
    topology: &Topology,
    options: &PictureOptions,
    findings: &mut Diagnostics,
) -> Option<Theme> {
    if let Some(theme) = options.theme {
        return Some(theme.clone());
    }
    let Some(name) = &topology.theme else { return Some(Theme::default()) };
    let found = Theme::named(name);
    if found.is_none() {
        let place = document.theme.as_ref().map(|t| t.place.clone());
        let error = Diagnostic::error("unknown-theme", format!("no theme is called `{name}`"), place);
        findings.push(error.help("use `light`, `dark` or `auto`, or give a theme file with --theme FILE"));
    }
    found
}

/// The layout; the topology is sound, so an error here is about constraints that contradict each other.
fn placed(measured: &Measured, theme: &Theme, findings: &mut Diagnostics) -> Option<Layout> {
    match layout(&measured.graph, &measured.spacing(theme)) {
        Ok(layout) => Some(layout),
        Err(error @ (layout::LayoutError::BadSize(_) | layout::LayoutError::BadIndex(_))) => {
            findings.push(Diagnostic::error("layout", error.to_string(), None));
            None
        }
        Err(error) => {
            let error = Diagnostic::error("layout", error.to_string(), None);
            findings.push(
                error.help("copies of one thing must be able to stand level: look at `in` lists and border services"),
            );
            None
        }
    }
}

/// Characters that no font has are drawn as a box, and said.
fn report_missing_glyphs(document: &Document, topology: &Topology, fonts: &Fonts, findings: &mut Diagnostics) {
    let graph = &topology.graph;
    let elements = graph.node_weights().map(|e| (e.label.as_str(), e.place.as_ref()));
    let notes = graph.node_weights().filter_map(|e| e.note.as_deref().map(|n| (n, e.place.as_ref())));
    let links = graph.edge_weights().filter_map(|l| l.label.as_deref().map(|t| (t, l.place.as_ref())));
    let outlines = topology.spans.iter().map(|s| (s.label.as_str(), s.place.as_ref()));
    let heads = [(&topology.title, &document.title), (&topology.subtitle, &document.subtitle)];
    let heads = heads.into_iter().filter_map(|(t, d)| t.as_deref().map(|t| (t, d.as_ref().map(Label::place))));
    let step = |number: u32| document.steps.iter().find(|s| s.0.value == number).map(|s| s.1.place());
    let steps = topology.steps.iter().map(|s| (s.text.as_str(), step(s.number)));
    let below = topology.notes.iter().zip(&document.notes).map(|(n, d)| (n.text.as_str(), Some(d.1.place())));
    let rows = topology.legend.iter().zip(&document.legend).map(|(r, d)| (r.text.as_str(), Some(d.1.place())));
    let all = elements.chain(notes).chain(links).chain(outlines).chain(heads).chain(steps).chain(below).chain(rows);
    for (text, place) in all {
        for c in fonts.missing(text) {
            let message = format!("no font has `{c}` (U+{:04X})", u32::from(c));
            findings.push(
                Diagnostic::warning("missing-glyph", message, place.cloned()).help("write it in other characters"),
            );
        }
    }
}

/// The glyphs that the scene's texts use.
fn embedded(scene: &Scene, fonts: &Fonts) -> Embedded {
    let (mut regular, mut bold) = (BTreeSet::new(), BTreeSet::new());
    for shape in scene.parts.iter().flat_map(|p| &p.shapes) {
        if let Shape::Text(text) = shape {
            let set = if text.font.bold { &mut bold } else { &mut regular };
            set.extend(text.text.chars());
        }
    }
    fonts.embed([&regular, &bold])
}
