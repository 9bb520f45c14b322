//! Noticing that files have changed, whatever way an editor saves them.
//!
//! What the system tells only wakes the program; whether anything is different is decided by the files' contents. So nothing is missed when events
//! come late, many at once or not at all, and nothing is drawn twice.

use super::files::folder_or_here;
use super::project::cache::digest;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A save is over when so long nothing more has happened.
const QUIET: Duration = Duration::from_millis(15);
/// Longest wait for quiet: somebody may write all the time.
const LONGEST: Duration = Duration::from_millis(120);
/// How often files are looked at where the system tells nothing, as on some network drives.
const GLANCE: Duration = Duration::from_secs(1);

/// The folders that are followed.
pub(super) struct Follower(Mutex<Followed>);

struct Followed {
    /// `None` where the system has no way to tell: then only glances find changes.
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
}

/// Wakes whoever waits for changes.
pub(super) struct Wakes(Receiver<()>);

/// Starts to notice changes, of nothing so far.
pub(super) fn changes() -> (Follower, Wakes) {
    let (send, receive) = mpsc::channel();
    let tell = move |event: notify::Result<Event>| {
        // Reading a file is no change; an error may hide one.
        if event.map_or(true, |e| !matches!(e.kind, EventKind::Access(_))) {
            let _ = send.send(());
        }
    };
    let watcher = notify::recommended_watcher(tell).ok();
    (Follower(Mutex::new(Followed { watcher, folders: BTreeSet::new() })), Wakes(receive))
}

impl Follower {
    /// Follows the folders of these files too. The folder and not the file: editors replace files, and deleted ones come back.
    pub(super) fn follow<'p>(&self, files: impl IntoIterator<Item = &'p PathBuf>) {
        let mut followed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for file in files {
            let folder = folder_or_here(file.parent().unwrap_or(Path::new(""))).to_owned();
            if followed.folders.contains(&folder) {
                continue;
            }
            // A folder that cannot be watched yet is tried again at the next occasion.
            let watched =
                followed.watcher.as_mut().is_none_or(|w| w.watch(&folder, RecursiveMode::NonRecursive).is_ok());
            if watched {
                followed.folders.insert(folder);
            }
        }
    }

    /// Forgets the folders that are gone: one of the same name that comes later must be followed anew.
    pub(super) fn forget_missing(&self) {
        let mut followed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        followed.folders.retain(|folder| folder.is_dir());
    }
}

impl Wakes {
    /// Waits until something may have changed. Whether the system told so.
    pub(super) fn wait(&self) -> bool {
        match self.0.recv_timeout(GLANCE) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return false,
            // Without a watcher there is nobody to tell.
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(GLANCE);
                return false;
            }
        }
        let start = Instant::now();
        while start.elapsed() < LONGEST && self.0.recv_timeout(QUIET).is_ok() {}
        true
    }
}

/// The contents of files as hashes; empty for those that cannot be read.
pub(super) fn contents<'p>(files: impl IntoIterator<Item = &'p PathBuf>) -> BTreeMap<PathBuf, String> {
    let content = |file: &PathBuf| fs::read(file).map_or_else(|_| String::new(), |bytes| digest(&bytes));
    files.into_iter().map(|file| (file.clone(), content(file))).collect()
}
