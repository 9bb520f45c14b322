//! `skyplan embed`: the fenced diagrams of Markdown files as pictures beside them, and links to those.

use super::args::EmbedArgs;
use super::icons::{self, Locking};
use super::markdown::{Asked, Tongue, Usual, draw_fence, is_below};
use super::render::stale_picture;
use super::report::Voice;
use super::{Outcome, files};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::markdown::{Fence, Link, fences, with_links};
use crate::topology::PackId;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file as it should be.
type Output = (PathBuf, Vec<u8>);

/// What became of a Markdown file.
#[derive(Debug, Default)]
struct Embedded {
    /// Its pictures, and the file itself with links to them.
    outputs: Vec<Output>,
    /// The icon packs of which the pictures show icons.
    packs: Vec<Arc<PackId>>,
    /// What is wrong or doubtful.
    findings: Diagnostics,
}

/// Runs the command.
pub(super) fn embed(args: &EmbedArgs, voice: &Voice) -> Outcome {
    let mut findings = Diagnostics::default();
    let asked = Asked {
        tongue: args.lang.clone().map(Tongue::Asked),
        theme: args.theme.as_deref().map(|theme| (theme, PathBuf::from(theme))),
        icons: args.packs.icons.as_deref(),
        fonts: &args.fonts,
    };
    let usual = Usual::new(&asked, args.project.as_deref(), &mut findings);
    let done: Vec<Embedded> = args.inputs.par_iter().map(|input| one_file(input, &usual)).collect();
    let used = args.inputs.iter().zip(&done).map(|(input, one)| (input.as_path(), one.packs.as_slice()));
    let locks = icons::lock(used, Locking::of(&args.packs), &mut findings);
    let mut outputs: BTreeMap<PathBuf, Vec<u8>> = locks.into_iter().collect();
    for one in done {
        findings.0.extend(one.findings.0);
        for (path, bytes) in one.outputs {
            if outputs.get(&path).is_some_and(|other| *other != bytes) {
                let message = format!("two diagrams would both be written to {}", path.display());
                findings.push(Diagnostic::error("one-output", message, None).help("give them other names"));
            }
            outputs.insert(path, bytes);
        }
    }
    if voice.report(&findings) {
        return Outcome::Failed;
    }
    // What is as it should be is not touched: an editor that shows it need not load it again.
    let total = outputs.len();
    let changed: Vec<Output> = outputs.into_iter().filter(|(p, b)| fs::read(p).ok().as_ref() != Some(b)).collect();
    if args.check {
        changed.iter().for_each(|(path, _)| voice.report_one(&stale(path)));
        voice.tell(&format!("{total} files compared: {} stale", changed.len()));
        return if changed.is_empty() { Outcome::Done } else { Outcome::Failed };
    }
    if let Err(error) = files::write_all(&changed.iter().collect::<Vec<_>>()) {
        voice.report_one(&error);
        return Outcome::Failed;
    }
    changed.iter().for_each(|(path, _)| voice.tell(&format!("wrote {}", path.display())));
    voice.tell(&format!("{} files written, {} unchanged", changed.len(), total - changed.len()));
    Outcome::Done
}

/// A file that `embed` would change.
fn stale(path: &Path) -> Diagnostic {
    Diagnostic { help: Some("bring it up to date with `skyplan embed`".to_owned()), ..stale_picture(path) }
}

/// The pictures of one Markdown file, and the file itself with links to them.
fn one_file(input: &Path, usual: &Usual) -> Embedded {
    let source = match files::read(input) {
        Ok(source) => source,
        Err(error) => return Embedded { findings: Diagnostics(vec![error]), ..Embedded::default() },
    };
    let mut findings = Diagnostics::default();
    let fences = fences(&source, &mut findings);
    let names = names(input, &source, &fences, &mut findings);
    let folder = input.parent().unwrap_or(Path::new(""));
    let (mut outputs, mut packs, mut links) = (Vec::new(), Vec::new(), Vec::new());
    for (fence, name) in fences.into_iter().zip(names) {
        let (drawn, format) = draw_fence(&fence, &source, usual, |f| folder.join(format!("{name}.{}", f.ending())));
        findings.0.extend(drawn.findings.0);
        outputs.extend(drawn.files);
        packs.extend(drawn.packs);
        let alt = drawn.title.filter(|title| !title.is_empty()).unwrap_or_else(|| name.clone());
        links.push((fence, Link { target: format!("{name}.{}", format.ending()), alt }));
    }
    if !links.is_empty() && !findings.has_errors() {
        // A byte order mark is not part of the text, but stays.
        let mark = fs::read(input).is_ok_and(|bytes| bytes.starts_with("\u{FEFF}".as_bytes()));
        let text = if mark { "\u{FEFF}" } else { "" }.to_owned() + &with_links(&source.text, &links);
        outputs.push((input.to_owned(), text.into_bytes()));
    }
    Embedded { outputs, packs, findings }
}

/// The names of the pictures: as the fences say, else the file's own name and the place among its fences.
fn names(input: &Path, source: &Arc<Source>, fences: &[Fence], findings: &mut Diagnostics) -> Vec<String> {
    let stem = input.file_stem().unwrap_or(input.as_os_str()).to_string_lossy();
    let mut names: Vec<String> = Vec::new();
    for (i, fence) in fences.iter().enumerate() {
        let name = fence.name.clone().unwrap_or_else(|| format!("{stem}-{}", i + 1));
        let place = || Place { source: Arc::clone(source), range: fence.info.clone() };
        if !is_below(&name) || name.contains(['<', '>', '\\', '"', '&', '%', '#', '?']) {
            let message = format!("`{name}` is no name of a picture");
            let help = "use letters, digits, `-`, `_`, `.`, and `/` for folders below this one";
            findings.push(Diagnostic::error("bad-name", message, place()).help(help));
        } else if names.contains(&name) {
            let message = format!("two diagrams are called `{name}`");
            findings.push(Diagnostic::error("one-output", message, place()).help("give this one another name"));
        }
        names.push(name);
    }
    names
}
