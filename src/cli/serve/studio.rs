//! The diagrams of a preview: which there are, what they look like now, and that something has changed.

use super::super::args::{FontArgs, PackArgs};
use super::super::changes::{Follower, Wakes, contents};
use super::super::draw::{Drawn, Job, Look, NamedTheme, picture_of, read_theme};
use super::super::files;
use super::super::fonts::fonts;
use super::super::icons::{self, Locking};
use super::super::limits::limits;
use super::super::project::{FILE, Project};
use super::super::report::placed;
use super::super::supplies::{Supplies, packs_of};
use crate::TextMode;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, ParseOptions};
use crate::render::{Ground, Packing, Zoom, flow_data};
use crate::text::Fonts;
use crate::theme::Theme;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is shown.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// One diagram.
    File(PathBuf),
    /// All diagrams of a folder.
    Folder(PathBuf),
    /// All diagrams of a project.
    Project(PathBuf),
}

/// The preview's state; many requests look at it at once.
pub(super) struct Studio {
    scope: Scope,
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
    /// The fonts, with the folders of the project that they are from: to read all fonts of a machine takes longer than to draw.
    read_fonts: Mutex<Option<(Vec<PathBuf>, Arc<Fonts>)>>,
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
            scope,
            follower,
            version: Mutex::new(0),
            changed: Condvar::new(),
            broken: AtomicBool::new(false),
            inputs: Mutex::default(),
            fonts,
            packs,
            read_fonts: Mutex::default(),
        };
        studio.follow();
        studio
    }

    /// The diagrams that are there now.
    pub(super) fn sources(&self) -> Vec<PathBuf> {
        let quiet = &mut Diagnostics::default();
        match &self.scope {
            Scope::File(file) => vec![file.clone()],
            Scope::Folder(folder) => files::expand(std::slice::from_ref(folder)).unwrap_or_default(),
            Scope::Project(file) => Project::read(file, quiet).map(|p| p.sources(quiet)).unwrap_or_default(),
        }
    }

    /// The project as its file says now.
    fn project(&self) -> Option<Project> {
        let Scope::Project(file) = &self.scope else { return None };
        Project::read(file, &mut Diagnostics::default())
    }

    /// Theme files that the project names.
    fn theme_files(&self) -> Vec<PathBuf> {
        self.project().map(|p| p.theme_files()).unwrap_or_default()
    }

    /// Fonts and icon packs, as the arguments and the project say.
    fn supplies(&self, findings: &mut Diagnostics) -> Supplies {
        let project = self.project();
        let folders = project.as_ref().map(|p| p.fonts.clone()).unwrap_or_default();
        let mut read = self.read_fonts.lock().unwrap_or_else(PoisonError::into_inner);
        let fonts = match read.take().filter(|r| r.0 == folders) {
            Some((_, fonts)) => fonts,
            None => fonts(&self.fonts, &folders, findings),
        };
        // What cannot be read is tried again, and told again, with the next picture.
        *read = (!findings.has_errors()).then(|| (folders, Arc::clone(&fonts)));
        Supplies { fonts, packs: packs_of(&self.packs, project.as_ref()) }
    }

    /// The diagrams with their languages and views, and the themes.
    pub(super) fn list(&self) -> Value {
        let diagrams: Vec<Value> = self.sources().iter().map(|file| entry(file)).collect();
        let own = self.theme_files();
        let themes = Theme::NAMES.map(str::to_owned).into_iter().chain(own.iter().map(|f| f.display().to_string()));
        json!({"diagrams": diagrams, "themes": themes.collect::<Vec<_>>()})
    }

    /// A picture with all findings; without one where there is an error, or no such diagram.
    pub(super) fn picture(&self, wish: &Wish<'_>) -> Option<Value> {
        let start = Instant::now();
        // Only what is in the list can be asked for: no path from a request reaches the disk.
        let input = self.sources().into_iter().find(|file| file.display().to_string() == wish.diagram)?;
        let mut drawn = Drawn::default();
        let theme = self.theme(wish.theme, &mut drawn.findings);
        let supplies = self.supplies(&mut drawn.findings);
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let look = Look {
            zoom: Zoom::Scale(1.0),
            packing: Packing::Quick,
            ground: Ground::Page,
            text: TextMode::Embed,
            fonts: supplies.fonts,
            packs: supplies.packs,
        };
        let (lang, view) = (some(wish.lang), some(wish.view));
        let job = Job { input, view, lang, theme, files: Vec::new(), look };
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

    fn theme(&self, name: &str, findings: &mut Diagnostics) -> Option<Arc<NamedTheme>> {
        let known = Theme::NAMES.contains(&name) || self.theme_files().iter().any(|f| f.display().to_string() == name);
        if !known {
            return None;
        }
        self.remember([&PathBuf::from(name)]);
        read_theme(name, Path::new(name)).map_err(|found| findings.0.extend(found.0)).ok()
    }

    fn remember<'p>(&self, files: impl IntoIterator<Item = &'p PathBuf>) {
        let mut inputs = self.inputs.lock().unwrap_or_else(PoisonError::into_inner);
        inputs.extend(files.into_iter().cloned());
        self.follower.follow(inputs.iter());
    }

    /// Follows all that the pictures are made from.
    fn follow(&self) {
        let start = match &self.scope {
            Scope::File(file) | Scope::Project(file) => file.clone(),
            Scope::Folder(folder) => folder.join(FILE),
        };
        self.follower.forget_missing();
        self.follower.follow([&start]);
        let sources = self.sources();
        self.remember(sources.iter().chain([&start]));
    }

    /// Notices changes for ever.
    pub(super) fn keep_watch(&self, wakes: &Wakes) {
        let now = || {
            self.follow();
            let inputs = self.inputs.lock().unwrap_or_else(PoisonError::into_inner).clone();
            (self.sources(), contents(&inputs))
        };
        let mut before = now();
        loop {
            let told = wakes.wait();
            let after = now();
            // A file that was looked at for the first time has not changed.
            let known = |path: &PathBuf| before.1.contains_key(path);
            let same =
                after.1.iter().filter(|(path, _)| known(path)).all(|(path, hash)| before.1.get(path) == Some(hash));
            if !same || before.0 != after.0 || (told && self.broken.load(Ordering::SeqCst)) {
                *self.version.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                self.changed.notify_all();
            }
            before = after;
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
    let sound = document.is_some() && !findings.has_errors();
    json!({"name": file.display().to_string(), "languages": languages, "views": views, "sound": sound})
}
