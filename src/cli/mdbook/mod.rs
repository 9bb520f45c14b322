//! `skyplan mdbook`: a preprocessor of mdBook. It gets a book as JSON, and gives it back with pictures in place of fenced diagrams.

mod settings;

use super::args::{MdbookArgs, MdbookQuestion};
use super::icons::{self, Locking};
use super::markdown::{Asked, Tongue, Usual, draw_fence};
use super::report::{self, Voice};
use super::{Outcome, files};
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::markdown::{Link, fences, with_pictures};
use crate::topology::PackId;
use base64::Engine as _;
use serde_json::Value;
use settings::Settings;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Chapters within chapters deeper than this are not looked at; mdBook itself nests them by indentation.
const DEEPEST: usize = 64;

/// Runs the command.
pub(super) fn mdbook(args: &MdbookArgs, voice: &Voice) -> Outcome {
    // Pictures are plain Markdown: every renderer can show them.
    if let Some(MdbookQuestion::Supports { .. }) = args.question {
        return Outcome::Done;
    }
    if std::io::stdin().is_terminal() {
        let error = Diagnostic::error("no-book", "this command is started by mdBook, not by hand", None);
        voice.report_one(&error.help("write [preprocessor.skyplan] into book.toml, and run `mdbook build`"));
        return Outcome::Misused;
    }
    let mut text = String::new();
    let read = std::io::stdin().lock().read_to_string(&mut text).map_err(|e| e.to_string());
    let parsed = read.and_then(|_| serde_json::from_str::<(Value, Value)>(&text).map_err(|e| e.to_string()));
    let (context, mut book) = match parsed {
        Ok(pair) => pair,
        Err(why) => {
            let error = Diagnostic::error("no-book", format!("this is not a book of mdBook: {why}"), None);
            voice.report_one(&error.help("mdBook 0.4 and later give one"));
            return Outcome::Failed;
        }
    };
    let mut run = Run::new(&context);
    run.visit(&mut book, 0);
    let used = run.packs.iter().map(|(chapter, packs)| (chapter.as_path(), packs.as_slice()));
    let locks = icons::lock(used, run.locking, &mut run.findings);
    if voice.report(&run.findings) {
        return Outcome::Failed;
    }
    if let Err(error) = files::write_all(&locks.iter().collect::<Vec<_>>()) {
        voice.report_one(&error);
        return Outcome::Failed;
    }
    report::print(book.to_string().as_bytes());
    Outcome::Done
}

/// A book on its way through.
struct Run {
    /// Folder of the chapters.
    folder: PathBuf,
    usual: Usual,
    locking: Locking,
    /// The icon packs that each chapter's pictures show icons of.
    packs: Vec<(PathBuf, Vec<Arc<PackId>>)>,
    findings: Diagnostics,
}

impl Run {
    fn new(context: &Value) -> Self {
        let text = |path: &str| context.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let root = text("/root").map(PathBuf::from).unwrap_or_default();
        // mdBook starts preprocessors in the book's folder: shorter names say the same.
        let here = std::env::current_dir().unwrap_or_default();
        let root = root.strip_prefix(&here).map(Path::to_owned).unwrap_or(root);
        let mut findings = Diagnostics::default();
        let own = Settings::read(context, &root, &mut findings);
        let book = || text("/config/book/language").map(Tongue::Wished);
        let asked = Asked {
            tongue: own.lang.map(Tongue::Asked).or_else(book),
            theme: own.theme.as_deref().map(|theme| (theme, root.join(theme))),
            icons: own.packs.icons.as_deref(),
            fonts: &own.fonts,
        };
        let usual = Usual::new(&asked, None, &mut findings);
        Self {
            folder: root.join(text("/config/book/src").unwrap_or_else(|| "src".to_owned())),
            usual,
            locking: Locking::of(&own.packs),
            packs: Vec::new(),
            findings,
        }
    }

    /// Finds all chapters, wherever this version of mdBook keeps them.
    fn visit(&mut self, value: &mut Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Array(list) => list.iter_mut().for_each(|item| self.visit(item, depth + 1)),
            Value::Object(map) => {
                for (key, value) in map {
                    if key == "Chapter" {
                        self.chapter(value);
                    }
                    self.visit(value, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn chapter(&mut self, chapter: &mut Value) {
        let file = ["source_path", "path"].iter().find_map(|key| chapter.get(*key).and_then(Value::as_str));
        let path = self.folder.join(file.unwrap_or("chapter.md"));
        let Some(content) = chapter.get("content").and_then(Value::as_str) else { return };
        let source = Source::new(path.display().to_string(), content);
        let mut pictures = Vec::new();
        for fence in fences(&source, &mut self.findings) {
            let (drawn, format) = draw_fence(&fence, &source, &self.usual, |_| PathBuf::new());
            self.findings.0.extend(drawn.findings.0);
            self.packs.push((path.clone(), drawn.packs));
            let Some((_, bytes)) = drawn.files.first() else { continue };
            let data = base64::engine::general_purpose::STANDARD.encode(bytes);
            let target = format!("data:{};base64,{data}", format.media_type());
            pictures.push((fence, Link { target, alt: drawn.title.unwrap_or_default() }));
        }
        if !pictures.is_empty() {
            let text = with_pictures(&source.text, &pictures);
            if let Some(slot) = chapter.get_mut("content") {
                *slot = Value::String(text);
            }
        }
    }
}
