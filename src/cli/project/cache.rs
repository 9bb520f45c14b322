//! What was drawn from what: pictures whose inputs and outputs are as they were need not be drawn again.
//!
//! The file holds hashes only. It can be deleted at any time, and nothing in it is trusted that does not match what is on the disk.

use super::Project;
use crate::cli::draw::{Drawn, Job};
use crate::cli::files;
use crate::diagnostic::{Diagnostic, Severity};
use serde::{Deserialize, Serialize};
use siphasher::sip128::{Hasher128 as _, SipHasher24};
use std::collections::BTreeMap;
use std::fs;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

/// What the file is called; it stands beside the project file.
const FILE: &str = ".skyplan-cache";
/// Changes whenever the form of the file does.
const FORMAT: u32 = 1;

/// The pictures of earlier runs.
#[derive(Debug)]
pub(in crate::cli) struct Cache {
    root: PathBuf,
    stored: Stored,
    changed: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    format: u32,
    /// The program that drew: another one may draw differently.
    program: String,
    pictures: BTreeMap<String, Entry>,
}

/// One picture: its settings, and the hashes of all that it was made from and that was made of it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    settings: String,
    inputs: BTreeMap<String, String>,
    outputs: BTreeMap<String, String>,
}

impl Cache {
    /// The cache of a project; empty where there is none, or one that another program wrote.
    pub(in crate::cli) fn open(project: &Project) -> Self {
        let stored = fs::read(project.root.join(FILE)).ok();
        let stored = stored.and_then(|bytes| serde_json::from_slice::<Stored>(&bytes).ok());
        let program = program();
        let stored = stored.filter(|s| s.format == FORMAT && s.program == program);
        let stored = stored.unwrap_or(Stored { format: FORMAT, program, pictures: BTreeMap::new() });
        Self { root: project.root.clone(), stored, changed: false }
    }

    /// Whether a picture's files are just what drawing it would give.
    pub(in crate::cli) fn is_current(&self, job: &Job) -> bool {
        let Some(entry) = self.stored.pictures.get(&self.title(job)) else { return false };
        let same = |(path, hash): (&String, &String)| {
            fs::read(self.root.join(path)).is_ok_and(|bytes| digest(&bytes) == *hash)
        };
        entry.settings == settings(job)
            && job.files.iter().all(|(_, file)| entry.outputs.contains_key(&self.name(file)))
            && entry.inputs.iter().all(same)
            && entry.outputs.iter().all(same)
    }

    /// Remembers what was drawn. A picture with findings is not, so that the next run finds them again.
    pub(in crate::cli) fn remember(&mut self, job: &Job, drawn: &Drawn) {
        let foreign = !drawn.packs.is_empty() || job.look.fonts.has_more_than_embedded();
        if !drawn.findings.0.is_empty() || foreign {
            self.changed |= self.stored.pictures.remove(&self.title(job)).is_some();
            return;
        }
        let inputs = drawn.inputs.iter().map(|(path, hash)| (self.name(path), hash.clone())).collect();
        let outputs = drawn.files.iter().map(|(path, bytes)| (self.name(path), digest(bytes))).collect();
        let entry = Entry { settings: settings(job), inputs, outputs };
        if self.stored.pictures.get(&self.title(job)) != Some(&entry) {
            self.stored.pictures.insert(self.title(job), entry);
            self.changed = true;
        }
    }

    /// Writes the cache if anything is new. Without it the next run is slower, and nothing else.
    pub(in crate::cli) fn store(mut self, jobs: &[Job]) -> Option<Diagnostic> {
        let count = self.stored.pictures.len();
        let titles: Vec<String> = jobs.iter().map(|job| self.title(job)).collect();
        self.stored.pictures.retain(|title, _| titles.contains(title));
        if !self.changed && count == self.stored.pictures.len() {
            return None;
        }
        let text = serde_json::to_string_pretty(&self.stored).ok()? + "\n";
        let error = files::write(&self.root.join(FILE), text.as_bytes()).err()?;
        Some(Diagnostic { severity: Severity::Warning, ..error })
    }

    /// A picture as the cache names it.
    fn title(&self, job: &Job) -> String {
        let input = job.input.strip_prefix(&self.root).unwrap_or(&job.input).to_owned();
        Job { input, ..job.clone() }.title()
    }

    /// A path as the cache names it: from the project's folder, the same wherever the program is started.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

/// Everything of a job that changes its picture, beside its inputs.
fn settings(job: &Job) -> String {
    digest(format!("{:?} {:?} {:?} {:?}", job.view, job.lang, job.theme, job.look).as_bytes())
}

/// The version, and what tells two builds of one version apart.
fn program() -> String {
    let file = std::env::current_exe().and_then(fs::metadata);
    let modified = file.as_ref().ok().and_then(|f| f.modified().ok());
    let modified = modified.and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos());
    let length = file.map_or(0, |f| f.len());
    format!("{} {}", env!("CARGO_PKG_VERSION"), digest(format!("{length} {modified}").as_bytes()))
}

/// A 128-bit hash of some bytes, in hexadecimal.
pub(in crate::cli) fn digest(bytes: &[u8]) -> String {
    let mut hasher = SipHasher24::new();
    hasher.write(bytes);
    format!("{:032x}", hasher.finish128().as_u128())
}
