//! The diagrams of a preview: which there are, what they look like now, and that something has changed.

use super::shelf::{Scope, Shelf};
use crate::cli::args::{FontArgs, PackArgs};
use crate::cli::changes::{Follower, Wakes, contents};
use crate::cli::draw::{Drawn, Job, Look, NamedTheme, picture_of, read_theme};
use crate::cli::files;
use crate::cli::fonts::FontShelf;
use crate::cli::icons::{self, Locking};
use crate::cli::limits::limits;
use crate::cli::project::Project;
use crate::cli::report::placed;
use crate::cli::supplies::Supplies;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Label, ParseOptions};
use crate::render::flow_data;
use crate::theme::Theme;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The preview's state; many requests look at it at once.
pub(super) struct Studio {
    scope: Scope,
    /// The diagrams that there were when somebody last looked.
    shelf: Mutex<Arc<Shelf>>,
    follower: Follower,
    /// Counts the changes.
    version: Mutex<u64>,
    changed: Condvar,
    /// Whether the picture that was asked for last has an error: what is missing may be a file that nobody has read yet.
    broken: AtomicBool,
    /// Every file that a picture was made from since the start.
    inputs: Mutex<BTreeSet<PathBuf>>,
    fonts: FontArgs,
    packs: PackArgs,
    font_shelf: Mutex<FontShelf>,
}

/// What a page wants to see.
#[derive(Debug, Default)]
pub(super) struct Wish<'a> {
    /// A diagram's name in the list.
    pub(super) diagram: &'a str,
    /// A language; empty for the diagram's own.
    pub(super) lang: &'a str,
    /// A theme; empty for the diagram's own.
    pub(super) theme: &'a str,
    /// A view; empty for the whole system.
    pub(super) view: &'a str,
}

impl Studio {
    /// A preview of these diagrams.
    pub(super) fn new(scope: Scope, fonts: FontArgs, packs: PackArgs, follower: Follower) -> Self {
        let studio = Self {
            shelf: Mutex::new(Arc::new(Shelf::look(&scope, None))),
            scope,
            follower,
            version: Mutex::new(0),
            changed: Condvar::new(),
            broken: AtomicBool::new(false),
            inputs: Mutex::default(),
            fonts,
            packs,
            font_shelf: Mutex::default(),
        };
        studio.follow();
        studio
    }

    /// What there is to show.
    fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.shelf.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The diagrams that are there.
    pub(super) fn sources(&self) -> Vec<PathBuf> {
        self.shelf().sources.clone()
    }

    /// What is wrong with the project, or with the folder.
    pub(super) fn problems(&self) -> Diagnostics {
        Diagnostics(self.shelf().findings.clone())
    }

    /// Fonts and icon packs, as the arguments and the project say.
    fn supplies(&self, project: Option<&Project>, findings: &mut Diagnostics) -> Supplies {
        let mut fonts = self.font_shelf.lock().unwrap_or_else(PoisonError::into_inner);
        Supplies::of(&self.fonts, self.packs.icons.as_deref(), project, &mut fonts, findings)
    }

    /// The diagrams with their titles, languages and views, the themes, and what is wrong with the project.
    pub(super) fn list(&self) -> Value {
        let shelf = self.shelf();
        let diagrams: Vec<Value> = shelf.sources.iter().map(|file| entry(file)).collect();
        let own = shelf.theme_files();
        let themes = Theme::NAMES.map(str::to_owned).into_iter().chain(own.iter().map(|f| f.display().to_string()));
        let findings: Vec<Value> = shelf.findings.iter().map(placed).collect();
        json!({"diagrams": diagrams, "themes": themes.collect::<Vec<_>>(), "findings": findings})
    }

    /// A picture with all findings; without one where there is an error, or no such diagram.
    pub(super) fn picture(&self, wish: &Wish<'_>) -> Option<Value> {
        let start = Instant::now();
        let shelf = self.shelf();
        let project = shelf.project.as_deref();
        // Only what is in the list can be asked for: no path from a request reaches the disk.
        let input = shelf.sources.iter().find(|file| file.display().to_string() == wish.diagram)?;
        let mut drawn = Drawn::default();
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let lang = some(wish.lang).or_else(|| project.and_then(Project::first_language).map(str::to_owned));
        let theme = match wish.theme {
            "" => project.and_then(|p| p.first_theme(&mut drawn.findings)),
            name => self.theme(name, &shelf, &mut drawn.findings),
        };
        let look = Look::usual(self.supplies(project, &mut drawn.findings));
        let job = Job { view: some(wish.view), lang, theme, ..Job::of(input.clone(), look) };
        drawn.inputs.insert(job.input.clone(), String::new());
        let picture = match files::read(&job.input) {
            Ok(source) => picture_of(&job, &source, &mut drawn),
            Err(error) => {
                drawn.findings.push(error);
                None
            }
        };
        if !drawn.packs.is_empty() {
            // A preview leaves no picture behind, and so no lock either; but it shows what `render` would draw.
            let used = [(job.input.as_path(), drawn.packs.as_slice())].into_iter();
            icons::lock(used, Locking::of(&self.packs), &mut drawn.findings);
            drawn.inputs.insert(icons::lock_of(&job.input), String::new());
        }
        self.remember(drawn.inputs.keys());
        drawn.findings.sort();
        self.broken.store(drawn.findings.has_errors(), Ordering::SeqCst);
        let shown = picture.as_ref().filter(|_| !drawn.findings.has_errors());
        Some(json!({
            "svg": shown.map(|p| &p.svg),
            "flow": shown.map(|p| flow_data(&p.scene)),
            "findings": drawn.findings.0.iter().map(placed).collect::<Vec<_>>(),
            "ms": start.elapsed().as_secs_f64() * 1e3,
        }))
    }

    /// A theme that is in the list.
    fn theme(&self, name: &str, shelf: &Shelf, findings: &mut Diagnostics) -> Option<Arc<NamedTheme>> {
        let known = Theme::NAMES.contains(&name) || shelf.theme_files().iter().any(|f| f.display().to_string() == name);
        if !known {
            return None;
        }
        read_theme(name, Path::new(name)).map_err(|found| findings.0.extend(found.0)).ok()
    }

    fn remember<'p>(&self, files: impl IntoIterator<Item = &'p PathBuf>) {
        let mut inputs = self.inputs.lock().unwrap_or_else(PoisonError::into_inner);
        inputs.extend(files.into_iter().cloned());
        self.follower.follow(inputs.iter());
    }

    /// Follows all that the pictures are made from.
    fn follow(&self) {
        let (start, shelf) = (self.scope.start(), self.shelf());
        self.follower.forget_missing();
        self.follower.follow([&start]);
        self.remember(shelf.sources.iter().chain(&shelf.theme_files()).chain([&start]));
    }

    /// Looks anew what there is to show. Whether it is something else than before.
    fn restock(&self) -> bool {
        let before = self.shelf();
        let now = Shelf::look(&self.scope, Some(&before));
        let same = now.sources == before.sources && now.complaint() == before.complaint();
        *self.shelf.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(now);
        !same
    }

    /// What all files hold now that pictures are made from; they are followed from here on.
    pub(super) fn contents(&self) -> BTreeMap<PathBuf, String> {
        self.follow();
        contents(&self.inputs.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Notices changes for ever, beginning with those since files held what was there `before`.
    pub(super) fn keep_watch(&self, wakes: &Wakes, mut before: BTreeMap<PathBuf, String>) {
        let mut took = Duration::ZERO;
        loop {
            let told = wakes.wait(took);
            let start = Instant::now();
            let other = self.restock();
            let after = self.contents();
            // A file that was looked at for the first time has not changed.
            let changed = after.iter().any(|(path, hash)| before.get(path).is_some_and(|old| old != hash));
            if changed || other || (told && self.broken.load(Ordering::SeqCst)) {
                *self.version.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                self.changed.notify_all();
            }
            before = after;
            took = start.elapsed();
        }
    }

    /// Waits until the version is another than `seen`, but not for ever; the version.
    pub(super) fn await_change(&self, seen: u64, longest: Duration) -> u64 {
        let version = self.version.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(version, longest, |version| *version == seen);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// The version now.
    pub(super) fn version(&self) -> u64 {
        *self.version.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A diagram in the list.
fn entry(file: &Path) -> Value {
    let mut findings = Diagnostics::default();
    let document = files::read(file).ok().map(|source| {
        let includes = files::includes(file);
        Document::parse_with(&source, &ParseOptions { includes: &includes, reach: limits().reach }, &mut findings)
    });
    let languages = document.as_ref().map(Document::languages).unwrap_or_default();
    let views: Vec<String> = document.iter().flat_map(|d| d.views.iter().map(|v| v.name.value.clone())).collect();
    let title = document.as_ref().and_then(|d| d.title.as_ref()).map(titles).unwrap_or_default();
    let sound = document.is_some() && !findings.has_errors();
    json!({"name": file.display().to_string(), "title": title, "languages": languages, "views": views, "sound": sound})
}

/// A title in each of its languages; under the empty name the one for all.
fn titles(title: &Label) -> BTreeMap<&str, &str> {
    match title {
        Label::Plain(text) => [("", text.value.as_str())].into(),
        Label::ByLanguage(texts) => {
            let first = texts.first().map(|(_, text)| ("", text.value.as_str()));
            first.into_iter().chain(texts.iter().map(|(tag, text)| (tag.value.as_str(), text.value.as_str()))).collect()
        }
    }
}
