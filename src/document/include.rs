//! `include`: a document and all files that it names, each read once, what is included before what includes it.

use super::fields::{Fields, Reading};
use super::value::{self, Name, Node};
use super::vars::Vars;
use super::{At, ParseOptions, Reach, keys};
use crate::diagnostic::{Diagnostics, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How deep files may include files.
const DEEPEST: usize = 16;

/// One file of a document, its tables not yet read.
pub(super) struct File {
    /// Its text.
    pub(super) source: Arc<Source>,
    /// The folder in which it lies, as seen from the diagram's own; empty, or ending in `/`.
    pub(super) folder: String,
    /// Its tables and keys, without `include` and `var`.
    pub(super) entries: Vec<(Name, Node)>,
}

/// All files, and the variables of all of them. A file's own variables override those of the files that it includes.
pub(super) fn files(root: &Arc<Source>, options: &ParseOptions, findings: &mut Diagnostics) -> (Vec<File>, Vars) {
    let name = root.name.rsplit(['/', '\\']).next().unwrap_or("").to_owned();
    let mut loader =
        Loader { options, findings, files: Vec::new(), vars: Vars::default(), open: Vec::new(), seen: BTreeSet::new() };
    loader.file(Arc::clone(root), name);
    loader.vars.check(loader.findings);
    (loader.files, loader.vars)
}

struct Loader<'a, 'f> {
    options: &'a ParseOptions<'a>,
    findings: &'f mut Diagnostics,
    files: Vec<File>,
    vars: Vars,
    /// Paths of the files that are being read, each included by the one before.
    open: Vec<String>,
    /// Paths of all files so far.
    seen: BTreeSet<String>,
}

impl Loader<'_, '_> {
    /// Reads a file and before it what it includes.
    fn file(&mut self, source: Arc<Source>, path: String) {
        let folder = path.rfind('/').map_or(String::new(), |at| path[..=at].to_owned());
        self.seen.insert(path.clone());
        self.open.push(path);
        let all = value::read(&source, self.findings);
        let (early, entries) = all.into_iter().partition(|e| matches!(e.0.text.as_str(), "include" | "var"));
        // Variables are not known before all files are read: paths and variables are taken as they stand.
        let mut none = Vars::default();
        let mut reading = Reading { source: &source, folder: &folder, vars: &mut none, findings: self.findings };
        let mut fields = Fields::new(&mut reading, &keys::DOCUMENT, "", early);
        let includes = fields.texts("include").unwrap_or_default().0;
        let own = fields.vars("var");
        fields.finish();
        for include in &includes {
            self.include(include, &folder);
        }
        self.vars.add(own);
        self.open.pop();
        self.files.push(File { source, folder, entries });
    }

    /// Reads an included file, unless it is wrong to or it has been read.
    fn include(&mut self, include: &At<String>, folder: &str) {
        let (written, place) = (&include.value, &include.place);
        let mut error = |code, message: String, help: &str| {
            self.findings.push(crate::diagnostic::Diagnostic::error(code, message, place.clone()).help(help));
        };
        let path = match self.options.reach {
            Reach::Below => below(written).map(|path| format!("{folder}{path}")),
            Reach::Anywhere => anywhere(folder, written),
        };
        let Some(path) = path else {
            let message = format!("`{written}` does not lie below the folder of this file");
            let help = "write a relative path such as \"shared/network.toml\", or allow others with --allow-outside";
            error("bad-include", message, help);
            return;
        };
        if let Some(at) = self.open.iter().position(|p| *p == path) {
            let ring: Vec<String> = self.open[at..].iter().chain([&path]).map(|p| format!("`{p}`")).collect();
            let message = format!("{}: a file cannot include itself", ring.join(" includes "));
            error("include-cycle", message, "remove one of these `include` entries");
            return;
        }
        if self.seen.contains(&path) {
            return;
        }
        if self.open.len() > DEEPEST {
            let message = format!("files include each other more than {DEEPEST} deep");
            error("too-large", message, "include the files side by side");
            return;
        }
        match (self.options.includes)(&path) {
            Ok(source) => self.file(source, path),
            Err(why) => error("bad-include", format!("cannot read `{written}`: {why}"), "check the path"),
        }
    }
}

/// A relative path without steps upwards, in one spelling; `None` for all others.
fn below(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "." => {}
            "" | ".." => return None,
            part if part.contains([':', '\0']) => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Any path, as seen from the folder, in one spelling: a file that is named in two ways is read once. `None` for no path.
fn anywhere(folder: &str, path: &str) -> Option<String> {
    let whole = beside(folder, path);
    let root = if whole.starts_with(['/', '\\']) { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")) {
        match (part, parts.last()) {
            ("..", Some(&last)) if last != ".." => drop(parts.pop()),
            ("..", None) if !root.is_empty() => {}
            _ => parts.push(part),
        }
    }
    (!path.is_empty() && !parts.is_empty() && !path.contains('\0')).then(|| format!("{root}{}", parts.join("/")))
}

/// A path that a file in this folder names, as seen from where the folder is seen.
pub(super) fn beside(folder: &str, path: &str) -> String {
    let absolute = path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':');
    if absolute { path.to_owned() } else { format!("{folder}{path}") }
}

#[cfg(test)]
mod tests {
    use super::{anywhere, below};

    #[test]
    fn paths_to_anywhere_have_one_spelling() {
        assert_eq!(anywhere("a/", "../../b/./c.toml").as_deref(), Some("../b/c.toml"));
        assert_eq!(anywhere("../a/", "..\\b.toml").as_deref(), Some("../b.toml"));
        assert_eq!(anywhere("a/", "/../b//c.toml").as_deref(), Some("/b/c.toml"));
        assert_eq!(anywhere("a/", "C:\\c.toml").as_deref(), Some("C:/c.toml"));
        assert!(["", "..", "/"].iter().all(|path| anywhere("a/", path).is_none()));
    }

    #[test]
    fn only_paths_below_the_folder_are_taken() {
        assert_eq!(below("./a//b.toml"), None);
        assert_eq!(below("./a/./b.toml").as_deref(), Some("a/b.toml"));
        assert_eq!(below("a\\b.toml").as_deref(), Some("a/b.toml"));
        for outside in ["", "/a.toml", "../a.toml", "a/../../b.toml", "C:\\a.toml", "\\\\host\\a.toml"] {
            assert_eq!(below(outside), None, "{outside}");
        }
    }
}
