//! Reading inputs, and writing outputs whole or not at all.

use super::limits::limits;
use super::project;
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::document::Reach;
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use std::{fs, io};

/// Most diagrams are no longer than this: they are read at once.
const USUAL_BYTES: usize = 8192;

/// The text of a diagram, or why it cannot be had.
pub(super) fn read(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let stdin = path == Path::new("-");
    let name = if stdin { "<stdin>".to_owned() } else { path.display().to_string() };
    let fail = |what: String| Diagnostic::error("unreadable", format!("cannot read {name}: {what}"), None);
    let most = limits().file_bytes;
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    let read = if stdin {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|f| f.take(most + 1).read_to_end(&mut bytes))
    };
    if let Err(error) = read {
        let missing = error.kind() == io::ErrorKind::NotFound;
        let help = if missing { "check the path" } else { "check that it is a file and may be read" };
        return Err(fail(reason(&error)).help(help));
    }
    if bytes.len() as u64 > most {
        return Err(fail(format!("it is larger than {most} bytes"))
            .help(format!("split it, or lift the limit with --limit file-bytes={}", most.saturating_mul(4))));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text.strip_prefix('\u{FEFF}').unwrap_or(&text))),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let end = text[good..].chars().next().map_or(good, |c| good + c.len_utf8());
            let place = Place { source: Source::new(name, text), range: good..end };
            Err(Diagnostic::error("not-utf8", "this is not UTF-8 text", place).help("save the file as UTF-8"))
        }
    }
}

/// Reads the files that a diagram includes: those below its own folder, also when all symbolic links are followed; others where they are allowed.
pub(super) fn includes(diagram: &Path) -> impl Fn(&str) -> Result<Arc<Source>, String> {
    let folder = diagram.parent().unwrap_or(Path::new("")).to_owned();
    move |name| {
        let path = folder.join(name);
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let (real, here) = (path.canonicalize().map_err(|e| reason(&e))?, here.canonicalize().map_err(|e| reason(&e))?);
        if limits().reach == Reach::Below && !real.starts_with(here) {
            return Err("it lies outside the diagram's folder".to_owned());
        }
        if !real.is_file() {
            return Err("it is not a file".to_owned());
        }
        read(&path).map_err(|error| error.message)
    }
}

/// An operating system's reason as a lower-case sentence.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        // The number says nothing to a reader that the words do not.
        _ => error.to_string().to_lowercase().split(" (os error").next().unwrap_or_default().to_owned(),
    }
}

/// Replaces every folder by the diagrams in it, in the order of their names.
pub(super) fn expand(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut out = Vec::new();
    for input in inputs {
        if !input.is_dir() {
            out.push(input.clone());
            continue;
        }
        let fail = |error: io::Error| {
            Diagnostic::error("unreadable", format!("cannot read {}: {}", input.display(), reason(&error)), None)
        };
        let mut found = Vec::new();
        for entry in fs::read_dir(input).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            // A link that leads nowhere, or in a circle, is told of when it is read. The project file stands among diagrams, but is none.
            let file = path.metadata().map_or(true, |m| m.is_file());
            if path.extension().is_some_and(|e| e == "toml") && file && !path.ends_with(project::FILE) {
                found.push(path);
            }
        }
        if found.is_empty() {
            let message = format!("{} holds no .toml file", input.display());
            return Err(Diagnostic::error("no-diagrams", message, None).help("name a folder of diagrams, or files"));
        }
        found.sort();
        out.extend(found);
    }
    Ok(out)
}

/// Writes a file whole: to a temporary file in the same folder, which then takes its place.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    stage(path, bytes)?.put()
}

/// Writes files whole, and none of them before all are on the disk: a full one leaves everything as it was. What is there already is not written again.
pub(super) fn write_all(files: &[&(PathBuf, Vec<u8>)]) -> Result<(), Diagnostic> {
    let changed = files.iter().filter(|(path, bytes)| !renewed(path, bytes));
    let staged: Vec<Staged<'_>> = changed.map(|(path, bytes)| stage(path, bytes)).collect::<Result<_, _>>()?;
    let folders: BTreeSet<&Path> = staged.iter().filter_map(|staged| staged.path.parent()).collect();
    staged.into_iter().try_for_each(Staged::put)?;
    folders.into_iter().for_each(sweep);
    Ok(())
}

/// Whether a file holds these bytes already. Then it is dated as if they had been written, for programs like `make` that go by dates: quicker than a new
/// file that takes its place, for which a disk is given work at once.
fn renewed(path: &Path, bytes: &[u8]) -> bool {
    // A pipe is never opened to be read: that may wait for ever.
    let as_long = fs::metadata(path).is_ok_and(|there| there.is_file() && there.len() == bytes.len() as u64);
    let Some(mut file) = as_long.then(|| fs::File::open(path).ok()).flatten() else { return false };
    let mut part = [0; COMPARED_BYTES];
    let mut same = |bytes: &[u8]| {
        let part = &mut part[..bytes.len()];
        file.read_exact(part).is_ok() && part == bytes
    };
    bytes.chunks(COMPARED_BYTES).all(&mut same) && file.set_modified(SystemTime::now()).is_ok()
}

/// How much of a file is compared at a time.
const COMPARED_BYTES: usize = 8192;

/// A file that is written, but not in its place yet.
struct Staged<'a> {
    path: &'a Path,
    file: tempfile::TempPath,
}

fn stage<'a>(path: &'a Path, bytes: &[u8]) -> Result<Staged<'a>, Diagnostic> {
    let folder = folder_or_here(path.parent().unwrap_or(Path::new("")));
    let all = || -> io::Result<tempfile::TempPath> {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".skyplan-").suffix(".tmp").tempfile_in(folder)?;
        file.write_all(bytes)?;
        keep_permissions(path, file.as_file());
        // Closed, or a run of many files would hold them all open.
        Ok(file.into_temp_path())
    };
    all().map(|file| Staged { path, file }).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            let message = format!("cannot write {}: {} is no folder", path.display(), folder.display());
            Diagnostic::error("unwritable", message, None).help("name another folder, or move away what is there")
        }
        _ => unwritable(path, &error),
    })
}

impl Staged<'_> {
    /// Puts the file in its place, at once.
    fn put(self) -> Result<(), Diagnostic> {
        self.file.persist(self.path).map_err(|error| unwritable(self.path, &error.error))
    }
}

/// How old a temporary file must be to be one of a run that was killed.
const OLD: Duration = Duration::from_secs(3600);

/// Removes the temporary files that killed runs left in a folder. What cannot be removed is left there.
fn sweep(folder: &Path) {
    let ours = |name: &[u8]| name.starts_with(b".skyplan-") && name.ends_with(b".tmp");
    for entry in fs::read_dir(folder_or_here(folder)).into_iter().flatten().flatten() {
        let age = || entry.metadata().and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
        if ours(entry.file_name().as_encoded_bytes()) && age().is_some_and(|age| age > OLD) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("cannot write {}: {}", path.display(), reason(error));
    Diagnostic::error("unwritable", message, None).help("check the folder and the space on the disk")
}

/// Whether two paths lead to one file that is there.
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// The folder, or `.` for the empty path that means the current one.
pub(super) fn folder_or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// A temporary file is private; the finished one gets the permissions of the one it replaces, or those of any new file.
fn keep_permissions(path: &Path, file: &fs::File) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).map_or(0o644, |m| m.permissions().mode() & 0o777);
        let _ = file.set_permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = (path, file);
}
