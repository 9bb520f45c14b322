//! Reading `skyplan.toml`: what it says, checked.

use super::Project;
use super::name::NamePattern;
use crate::cli::args::Format;
use crate::cli::files;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{At, ProjectDecl};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Greatest scale and width of a PNG, as on the command line.
const MOST: (f64, f64) = (20.0, 20_000.0);

impl Project {
    /// Reads a project file. What is wrong goes into `findings`, and then there is no project.
    pub(in crate::cli) fn read(file: &Path, findings: &mut Diagnostics) -> Option<Self> {
        let source = match files::read(file) {
            Ok(source) => source,
            Err(error) => {
                findings.push(error);
                return None;
            }
        };
        let mut own = Diagnostics::default();
        let written = ProjectDecl::parse(&source, &mut own);
        let mut checks = Checks(&mut own);
        let root = file.parent().unwrap_or(Path::new(""));
        let project = Self {
            source: Arc::clone(&source),
            root: root.to_owned(),
            sources: checks.paths(written.sources),
            exclude: checks.paths(written.exclude),
            output: checks.paths(written.output).pop().map(|o| PathBuf::from(o.value)),
            name: written.name.and_then(|name| checks.name(name)),
            formats: checks.formats(&written.formats),
            languages: checks.languages(written.languages),
            themes: checks.paths(written.themes),
            views: written.views,
            icons: Some(written.icons.into_iter().map(|i| i.value).collect::<Vec<_>>()).filter(|i| !i.is_empty()),
            scale: written.scale.and_then(|scale| checks.scale(&scale)),
            width: written.width.and_then(|width| checks.width(&width)),
            transparent: written.transparent,
            text: written.text,
            fonts: checks.paths(written.fonts).into_iter().map(|folder| root.join(folder.value)).collect(),
        };
        let sound = !own.has_errors();
        findings.0.extend(own.0);
        sound.then_some(project)
    }
}

/// Collects what is wrong.
struct Checks<'a>(&'a mut Diagnostics);

impl Checks<'_> {
    fn error(&mut self, code: &'static str, place: &Place, message: String, help: impl Into<String>) {
        self.0.push(Diagnostic::error(code, message, place.clone()).help(help));
    }

    /// Paths below the project's folder: the file may come from strangers.
    fn paths(&mut self, texts: impl IntoIterator<Item = At<String>>) -> Vec<At<String>> {
        let mut paths: Vec<At<String>> = texts.into_iter().collect();
        paths.retain(|text| {
            let path = Path::new(&text.value);
            let inside = path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
            if !inside {
                let message = format!("`{}` leads outside the project's folder", text.value);
                self.error("outside", &text.place, message, "paths start at the folder of skyplan.toml");
            }
            inside
        });
        paths
    }

    fn name(&mut self, text: At<String>) -> Option<At<NamePattern>> {
        match NamePattern::parse(&text.value) {
            Ok(value) => Some(At { value, place: text.place }),
            Err((message, help)) => {
                self.error("bad-name", &text.place, message, help);
                None
            }
        }
    }

    fn formats(&mut self, texts: &[At<String>]) -> Vec<Format> {
        let mut formats = Vec::new();
        for text in texts {
            match Format::named(&text.value) {
                Some(format) => formats.push(format),
                None => {
                    let message = format!("there is no format `{}`", text.value);
                    let known: Vec<&str> = Format::ALL.iter().map(|f| f.ending()).collect();
                    self.error("unknown-value", &text.place, message, format!("known are {}", known.join(", ")));
                }
            }
        }
        if formats.is_empty() { vec![Format::Svg] } else { formats }
    }

    /// Tags only: they become parts of files' names.
    fn languages(&mut self, texts: Vec<At<String>>) -> Vec<String> {
        for text in &texts {
            let good = |c: char| c.is_ascii_alphanumeric() || c == '-';
            if text.value.is_empty() || !text.value.chars().all(good) {
                let message = format!("`{}` is not a language", text.value);
                self.error("bad-language", &text.place, message, "use tags such as `en`, `ko`, `zh-Hans`");
            }
        }
        texts.into_iter().map(|text| text.value).collect()
    }

    fn scale(&mut self, scale: &At<f64>) -> Option<f64> {
        let good = scale.value <= MOST.0;
        if !good {
            let message = format!("`scale` must be at most {}", MOST.0);
            self.error("bad-number", &scale.place, message, "2 is fine for most screens");
        }
        good.then_some(scale.value)
    }

    fn width(&mut self, width: &At<f64>) -> Option<u32> {
        let good = width.value <= MOST.1 && width.value.fract() == 0.0;
        if !good {
            let message = format!("`width` must be a whole number of at most {} pixels", MOST.1);
            self.error("bad-number", &width.place, message, "write a number such as 1600");
        }
        good.then_some(width.value as u32)
    }
}
