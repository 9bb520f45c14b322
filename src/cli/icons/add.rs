//! `skyplan icons add`.

use super::args::{AddArgs, pack_name};
use super::folder::Folder;
use super::store::{self, Owner};
use crate::catalogue::entries;
use crate::cli::Outcome;
use crate::cli::files::reason;
use crate::cli::report::Voice;
use crate::diagnostic::Diagnostic;
use crate::packs::{Bundle, Names, Pack, PackError, gather, open};
use std::fs;
use std::path::Path;

/// Files left out that are named one by one.
const MOST_NAMED: usize = 10;

/// Runs the command.
pub(super) fn add(args: &AddArgs, voice: &Voice) -> Outcome {
    match install(args, voice) {
        Ok(()) => Outcome::Done,
        Err(error) => {
            voice.report_one(&error);
            Outcome::Failed
        }
    }
}

fn install(args: &AddArgs, voice: &Voice) -> Result<(), Diagnostic> {
    let shown = args.path.display();
    let pack = read(&args.path).map_err(|why| {
        let help = match why {
            PackError::TooLarge(_) => "add a smaller set",
            _ => "give AWS's asset package, an Iconify JSON file or npm tarball, or a folder of SVG and PNG files",
        };
        Diagnostic::error("bad-pack", format!("cannot add {shown}: {why}"), None).help(help)
    })?;
    let name = args.name.clone().map_or_else(|| pack_name(&pack.name), Ok).map_err(|why| {
        let message = format!("`{}` cannot be the name of a pack: {why}", pack.name);
        Diagnostic::error("bad-pack", message, None).help("give it a name: --as NAME")
    })?;
    let root = if args.here { Some(store::project(Path::new("."))) } else { store::user() };
    let root = root.ok_or_else(|| {
        Diagnostic::error("unwritable", "nothing says where your data lie", None)
            .help("set SKYPLAN_ICONS to a folder, or keep the pack with the project: --here")
    })?;
    let old = root.open(&name).and_then(Result::ok);
    root.install(&name, &pack).map_err(|e| {
        let message = format!("cannot write {}: {}", root.path.display(), reason(&e));
        Diagnostic::error("unwritable", message, None).help("check the folder and the space on the disk")
    })?;
    told(&name, &pack, old.map(|o| o.manifest.version.clone()), root.owner, voice);
    Ok(())
}

fn read(path: &Path) -> Result<Pack, PackError> {
    let unreadable = |e: std::io::Error| PackError::Unreadable(reason(&e));
    let name = path.canonicalize().map_err(unreadable)?;
    let name = name.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut bundle: Box<dyn Bundle> = if path.is_dir() {
        Box::new(Folder::open(path)?)
    } else {
        open(fs::File::open(path).map_err(unreadable)?, &name)?
    };
    gather(bundle.as_mut(), &name, store::fonts())
}

/// Says what was added, and what was not.
fn told(name: &str, pack: &Pack, old: Option<String>, owner: Owner, voice: &Voice) {
    for (path, why) in pack.left_out.iter().take(MOST_NAMED) {
        voice.tell(&format!("left out {path}: {why}"));
    }
    if pack.left_out.len() > MOST_NAMED {
        voice.tell(&format!("left out {} more files", pack.left_out.len() - MOST_NAMED));
    }
    let said = |version: &str| if version.is_empty() { "no version".to_owned() } else { version.to_owned() };
    let manifest = &pack.manifest;
    let what = format!("{}, {}, {} icons", manifest.origin.name(), said(&manifest.version), manifest.icons.len());
    let replaced = old.map(|old| format!(", in place of {}", said(&old))).unwrap_or_default();
    let place = match owner {
        Owner::Project => "to .skyplan/icons",
        Owner::User => "for all your diagrams",
    };
    voice.tell(&format!("added `{name}` {place} ({what}{replaced})"));
    if !manifest.license.is_empty() {
        voice.tell(&format!("its publisher names the licence {}", manifest.license));
    }
    let names = Names::of(manifest);
    let kinds = entries().iter().filter(|e| names.drawing(e).is_some()).count();
    if kinds > 0 {
        voice.tell(&format!("icons = \"{name}\" draws {kinds} of the {} kinds with it", entries().len()));
    }
}
