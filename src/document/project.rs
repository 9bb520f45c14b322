//! The project file, as written.

use super::fields::{Fields, Reading};
use super::keys::{Key, Shape, Table};
use super::vars::Vars;
use super::words::{Word, words};
use super::{At, value};
use crate::TextMode;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use std::sync::Arc;

/// What a repository draws, and where to: the file `skyplan.toml`.
#[derive(Debug, Clone, Default)]
pub struct ProjectDecl {
    /// Files, folders or glob patterns of diagrams; at least one in a sound file.
    pub sources: Vec<At<String>>,
    /// Glob patterns of files that are no diagrams of this project.
    pub exclude: Vec<At<String>>,
    /// Folder of the pictures.
    pub output: Option<At<String>>,
    /// How pictures are named.
    pub name: Option<At<String>>,
    /// Endings of what is written of each picture.
    pub formats: Vec<At<String>>,
    /// Languages.
    pub languages: Vec<At<String>>,
    /// Themes by name or path.
    pub themes: Vec<At<String>>,
    /// Views that are drawn beside the whole systems; `*` for all.
    pub views: Vec<At<String>>,
    /// Icon packs in place of our own drawings.
    pub icons: Vec<At<String>>,
    /// Pixels of a PNG for each CSS pixel.
    pub scale: Option<At<f64>>,
    /// Width of a PNG in pixels.
    pub width: Option<At<f64>>,
    /// Whether pictures have no background.
    pub transparent: bool,
    /// How texts stand in an SVG.
    pub text: Option<TextMode>,
    /// Folders of fonts.
    pub fonts: Vec<At<String>>,
}

impl Word for TextMode {
    const WORDS: &'static [(&'static str, Self)] =
        &[("embed", Self::Embed), ("outline", Self::Outline), ("system", Self::System)];
}

const fn key(name: &'static str, shape: Shape, default: &'static str, example: &'static str, doc: &'static str) -> Key {
    Key { name, shape, default, example, doc }
}

/// Formats of pictures, as their files end.
pub const FORMATS: [&str; 4] = ["svg", "png", "pdf", "html"];

pub(super) static PROJECT: Table = Table {
    name: "project",
    doc: "What a repository draws.",
    keys: &[&[
        key("sources", Shape::Texts, "(required)", "[\"diagrams\"]", "Diagrams: files, folders, or patterns."),
        key("exclude", Shape::Texts, "(none)", "[\"**/draft-*\"]", "Patterns of files that are no diagrams."),
        key("output", Shape::Text, "(beside the source)", "\"docs/pictures\"", "Folder of the pictures."),
        key("name", Shape::Text, "\"{name}\"", "\"{lang}/{name}\"", "Name of a picture, without its ending."),
        key(
            "formats",
            Shape::ListOf(|| FORMATS.to_vec()),
            "\"svg\"",
            "[\"svg\", \"png\"]",
            "What is written of each picture.",
        ),
        key("languages", Shape::Texts, "(the document's own)", "[\"en\", \"ko\"]", "One picture for each language."),
        key("themes", Shape::Texts, "(the document's own)", "[\"light\", \"dark\"]", "One picture for each theme."),
        key("views", Shape::Texts, "(none)", "[\"overview\"]", "Views drawn too: by name, or `*` for all."),
        key("icons", Shape::Texts, "(the document's own)", "[\"aws\"]", "Icon packs in place of our own drawings."),
        key("scale", Shape::Positive, "2", "1.5", "Pixels of a PNG for each CSS pixel."),
        key("width", Shape::Positive, "(by the scale)", "1600", "Width of a PNG in pixels."),
        key("transparent", Shape::Flag, "false", "true", "Whether pictures have no background."),
        key("text", Shape::Words(words::<TextMode>), "\"embed\"", "\"system\"", "How texts stand in an SVG."),
        key(
            "fonts",
            Shape::Texts,
            "(none)",
            "[\"fonts\"]",
            "Folders of fonts for characters that the embedded ones lack.",
        ),
    ]],
};

impl ProjectDecl {
    /// Reads a project file. What is wrong goes into `findings`; what could be read is returned all the same.
    pub fn parse(source: &Arc<Source>, findings: &mut Diagnostics) -> Self {
        let before = findings.0.len();
        let entries = value::read(source, findings);
        if findings.0.len() > before {
            return Self::default();
        }
        let named = entries.iter().any(|(name, _)| name.text == "sources");
        let mut vars = Vars::default();
        let mut reading = Reading { source, folder: "", vars: &mut vars, findings };
        let mut fields = Fields::new(&mut reading, &PROJECT, "the project file", entries);
        let mut texts = |key| fields.texts(key).map(|t| t.0).unwrap_or_default();
        let (sources, exclude) = (texts("sources"), texts("exclude"));
        let (formats, languages, themes) = (texts("formats"), texts("languages"), texts("themes"));
        let (views, icons, fonts) = (texts("views"), texts("icons"), texts("fonts"));
        let project = Self {
            sources,
            exclude,
            output: fields.text("output"),
            name: fields.text("name"),
            formats,
            languages,
            themes,
            views,
            icons,
            scale: fields.positive("scale"),
            width: fields.positive("width"),
            transparent: fields.flag("transparent").unwrap_or(false),
            text: fields.choice("text").map(|t| t.value),
            fonts,
        };
        fields.finish();
        if !named {
            let place = Place { source: Arc::clone(source), range: 0..0 };
            let error = Diagnostic::error("no-sources", "the project names no sources", place);
            findings.push(error.help("add sources = [\"diagrams\"]"));
        }
        project
    }
}
