//! Noticing that files have changed, whatever way an editor saves them.
//!
//! What the system tells only wakes the program; whether anything is different is decided by the files' contents. So nothing is missed when events
//! come late, many at once or not at all, and nothing is drawn twice.

use super::files::folder_or_here;
use super::project::cache::digest;
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Where nobody tells that a file is whole, a save is over when so long nothing more has happened.
const QUIET: Duration = Duration::from_millis(15);
/// Longest wait for the end of a save: somebody may write all the time.
const LONGEST: Duration = Duration::from_millis(120);
/// How long somebody who has begun to write is waited for. Linux tells when a file is closed: until then it may be half a file.
const WRITING: Duration = if cfg!(target_os = "linux") { LONGEST } else { QUIET };
/// How often files are looked at where the system tells nothing, as on some network drives.
const GLANCE: Duration = Duration::from_secs(1);
/// Of the time, at most one part in so many goes into such looks, however many files there are.
const SHARE: u32 = 20;

/// What the system tells of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    /// It is whole: closed after writing, or moved to its place.
    Whole,
    /// Somebody writes into it.
    Writing,
    /// Something else: it was made, removed, moved away.
    Other,
}

/// Reading a file is no news; an error may hide some.
fn news(event: notify::Result<Event>) -> Option<News> {
    match event.map_or(EventKind::Any, |event| event.kind) {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(News::Whole),
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => Some(News::Whole),
        EventKind::Access(_) => None,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)) => Some(News::Writing),
        _ => Some(News::Other),
    }
}

/// The folders that are followed.
pub(super) struct Follower(Mutex<Followed>);

struct Followed {
    /// `None` where the system has no way to tell: then only glances find changes.
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
}

/// Wakes whoever waits for changes.
pub(super) struct Wakes(Receiver<News>);

/// Starts to notice changes, of nothing so far.
pub(super) fn changes() -> (Follower, Wakes) {
    let (send, receive) = mpsc::channel();
    let tell = move |event: notify::Result<Event>| {
        // Nobody listens any more where the program ends.
        let _ = news(event).map(|news| send.send(news));
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
    /// Waits until something may have changed. Whether the system told so. `look` is how long it took to find out the last time.
    pub(super) fn wait(&self, look: Duration) -> bool {
        let glance = GLANCE.max(look * SHARE);
        let mut news = match self.0.recv_timeout(glance) {
            Ok(news) => news,
            Err(RecvTimeoutError::Timeout) => return false,
            // Without a watcher there is nobody to tell.
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(glance);
                return false;
            }
        };
        let start = Instant::now();
        while news != News::Whole && start.elapsed() < LONGEST {
            let patience = if news == News::Writing { WRITING } else { QUIET };
            match self.0.recv_timeout(patience) {
                Ok(next) => news = next,
                Err(_) => break,
            }
        }
        // What was told until now is seen with one look; what comes later wakes again.
        while self.0.try_recv().is_ok() {}
        true
    }
}

/// The contents of files as hashes; empty for those that cannot be read.
pub(super) fn contents<'p>(files: impl IntoIterator<Item = &'p PathBuf>) -> BTreeMap<PathBuf, String> {
    let content = |file: &PathBuf| fs::read(file).map_or_else(|_| String::new(), |bytes| digest(&bytes));
    files.into_iter().map(|file| (file.clone(), content(file))).collect()
}
