//! The steps, joined: TOML text in, picture out.

mod missing;

use crate::catalogue;
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::document::{Document, ParseOptions, Reach};
use crate::layout::{self, Layout, layout};
use crate::measure::{Measured, measure};
use crate::render::{Ground, SvgOptions, to_svg};
use crate::scene::{Scene, draw};
use crate::text::{Compositor, FAMILY, Fonts, TextMode};
use crate::theme::Theme;
use crate::topology::{IconData, IconSource, Most, ResolveOptions, Topology};
use std::sync::Arc;

/// What a picture is drawn with.
pub struct PictureOptions<'a> {
    /// Language of the texts; the document's first one by default.
    pub lang: Option<&'a str>,
    /// The theme; the document's by default.
    pub theme: Option<&'a Theme>,
    /// The fonts; by default the embedded ones.
    pub fonts: &'a Fonts,
    /// How texts stand in the SVG.
    pub text: TextMode,
    /// Whether the page has a ground.
    pub ground: Ground,
    /// Where icons come from that the catalogue does not bring.
    pub icons: &'a dyn IconSource,
    /// Reads files that the document includes; see [`ParseOptions`].
    pub includes: &'a dyn Fn(&str) -> Result<Arc<Source>, String>,
    /// Which files it may include; see [`ParseOptions`].
    pub reach: Reach,
    /// The view to draw, by name; the whole system by default.
    pub view: Option<&'a str>,
    /// How large the topology may become.
    pub most: Most,
    /// Names of icon packs that replace the catalogue's drawings; the document's by default.
    pub packs: Option<&'a [String]>,
}

impl Default for PictureOptions<'_> {
    fn default() -> Self {
        Self {
            lang: None,
            theme: None,
            fonts: Fonts::shared(),
            text: TextMode::default(),
            ground: Ground::default(),
            icons: &no_folder,
            includes: &|_| Err("no folder to read it from".to_owned()),
            reach: Reach::Below,
            view: None,
            packs: None,
            most: Most::default(),
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
    let document =
        Document::parse_with(source, &ParseOptions { includes: options.includes, reach: options.reach }, findings);
    picture_of(&document, options, findings)
}

/// Draws a document that has been read: the whole of it, or one of its views.
pub fn picture_of(document: &Document, options: &PictureOptions, findings: &mut Diagnostics) -> Option<Picture> {
    let set = compositor(document, options.fonts, findings);
    let (measured, theme) = examine(document, options, &set, findings)?;
    let layout = placed(&measured, &theme, findings)?;
    let scene = draw(&measured, &layout, &theme, &catalogue::find, findings);
    let svg = written(&scene, &set, options.text, options.ground);
    Some(Picture { svg, scene, measured, layout })
}

/// A scene as SVG, with the glyphs that it uses where they go into the file.
pub(crate) fn written(scene: &Scene, set: &Compositor<'_>, text: TextMode, ground: Ground) -> String {
    let font = set.set(scene, text);
    to_svg(scene, &SvgOptions { font, ground })
}

/// Finds all that is wrong or doubtful with a document, without drawing it.
pub fn check(document: &Document, options: &PictureOptions, findings: &mut Diagnostics) {
    let set = compositor(document, options.fonts, findings);
    let _ = examine(document, options, &set, findings);
}

/// The steps before the layout.
fn examine(
    document: &Document,
    options: &PictureOptions,
    set: &Compositor<'_>,
    findings: &mut Diagnostics,
) -> Option<(Measured, Theme)> {
    let resolve = ResolveOptions {
        lang: options.lang,
        icons: options.icons,
        view: options.view,
        packs: options.packs,
        most: options.most,
    };
    let topology = Topology::resolve(document, &resolve, findings)?;
    let theme = chosen_theme(document, &topology, options, findings)?;
    let measured = measure(topology, set, &theme, findings);
    missing::report(document, &measured, set, findings);
    Some((measured, theme))
}

/// Sets texts in the document's font if there is one of that name, else in the usual ones.
fn compositor<'f>(document: &Document, fonts: &'f Fonts, findings: &mut Diagnostics) -> Compositor<'f> {
    let wanted = document.font.as_ref();
    if let Some(font) = wanted.filter(|font| !fonts.has(&font.value)) {
        let message = format!("no font is called `{}`; {FAMILY} stands in", font.value);
        let help = "give the folder of its file with --font-dir DIR, or use --system-fonts";
        findings.push(Diagnostic::warning("unknown-font", message, font.place.clone()).help(help));
    }
    Compositor::new(fonts, wanted.map(|font| font.value.as_str()))
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
