//! The diagrams that a project's patterns name.

use super::FILE;
use crate::cli::files;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::At;
use glob::{MatchOptions, Pattern};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// `*` stays within a folder, and hidden files must be named.
const RULES: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };
/// Folders deeper than this are not searched.
const DEEPEST: usize = 64;

/// All files below `root` that a pattern of `sources` names and none of `exclude`, in the order of their paths.
pub(super) fn find(
    root: &Path,
    sources: &[At<String>],
    exclude: &[At<String>],
    findings: &mut Diagnostics,
) -> Vec<PathBuf> {
    let excluded: Vec<Pattern> = exclude.iter().filter_map(|text| pattern(text, findings)).collect();
    let mut found = BTreeSet::new();
    for source in sources {
        let mut own = Vec::new();
        if source.value.contains(['*', '?', '[']) {
            let Some(pattern) = pattern(source, findings) else { continue };
            search(root, literal(&source.value), 0, &mut |path| {
                if pattern.matches_path_with(path, RULES) {
                    own.push(path.to_owned());
                }
            });
        } else if root.join(&source.value).symlink_metadata().is_err() {
            let message = format!("there is no file or folder `{}`", source.value);
            let help = "paths start at the folder of skyplan.toml";
            findings.push(Diagnostic::error("no-diagrams", message, source.place.clone()).help(help));
        } else {
            match files::expand(&[root.join(&source.value)]) {
                Ok(files) => own.extend(files.iter().map(|f| f.strip_prefix(root).unwrap_or(f).to_owned())),
                Err(error) => findings.push(Diagnostic { place: Some(source.place.clone()), ..error }),
            }
        }
        own.retain(|path| !path.ends_with(FILE) && !excluded.iter().any(|e| e.matches_path_with(path, RULES)));
        if own.is_empty() && !findings.has_errors() {
            let message = format!("`{}` names no diagram", source.value);
            let help = "name files, folders, or patterns such as \"docs/**/*.toml\"";
            findings.push(Diagnostic::error("no-diagrams", message, source.place.clone()).help(help));
        }
        found.extend(own);
    }
    let inside = |path: &PathBuf| is_inside(root, path, findings);
    found.into_iter().filter(inside).map(|path| root.join(path)).collect()
}

/// The folders with which a pattern begins before anything in it stands for something else: nothing outside them has to be looked at.
fn literal(pattern: &str) -> &Path {
    let plain = pattern.find(['*', '?', '[']).map_or(pattern, |at| &pattern[..at]);
    Path::new(plain.rfind('/').map_or("", |at| &plain[..at]))
}

/// A pattern, or an error where it stands.
fn pattern(text: &At<String>, findings: &mut Diagnostics) -> Option<Pattern> {
    Pattern::new(&text.value)
        .map_err(|error| {
            let message = format!("`{}` is no pattern: {}", text.value, error.msg.to_lowercase());
            let help = "`*` stands for a name, `**/` for folders, `[ab]` for one of these letters";
            findings.push(Diagnostic::error("bad-pattern", message, text.place.clone()).help(help));
        })
        .ok()
}

/// Visits every file below a folder, but no hidden folder and none behind a symbolic link: those may lead in circles.
fn search(root: &Path, below: &Path, depth: usize, visit: &mut dyn FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(files::folder_or_here(&root.join(below))) else { return };
    for entry in entries.flatten() {
        let path = below.join(entry.file_name());
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !hidden && depth < DEEPEST => search(root, &path, depth + 1, visit),
            // A link that leads nowhere, or in a circle, is told of when it is read.
            Ok(kind) if !kind.is_dir() && root.join(&path).metadata().map_or(true, |m| m.is_file()) => visit(&path),
            _ => {}
        }
    }
}

/// Whether a diagram lies in the project, also when symbolic links are followed; said if not.
fn is_inside(root: &Path, path: &Path, findings: &mut Diagnostics) -> bool {
    let real = root.join(path).canonicalize();
    let folder = files::folder_or_here(root).canonicalize();
    // A file that cannot be looked at is told of when it is read.
    let inside = real.ok().zip(folder.ok()).is_none_or(|(real, folder)| real.starts_with(folder));
    if !inside {
        let message = format!("{} leads outside the project's folder", path.display());
        findings.push(Diagnostic::error("outside", message, None).help("copy the diagram into the project"));
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_searched_from_their_first_wildcard_on() {
        let cases =
            [("**/*.toml", ""), ("*.toml", ""), ("docs/**/*.toml", "docs"), ("a/b/c*/d.toml", "a/b"), ("a/[b]/c", "a")];
        for (pattern, folder) in cases {
            assert_eq!(literal(pattern), Path::new(folder), "{pattern}");
        }
    }
}
