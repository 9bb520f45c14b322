//! Who may use whom: one door for each package, and steps that know only the steps before them. Read from the sources, comments left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Packages that must stay behind one door: files and folders of `src` that may name them, each with the reason if it is not the door itself.
const DOORS: &[(&str, &[(&str, &str)])] = &[
    ("toml", &[("document", ""), ("theme/file.rs", "a theme is a TOML file of its own, read before any diagram")]),
    (
        "petgraph",
        &[
            ("topology", ""),
            ("measure", "the graph again, with sizes as its weights, and the engine's plain arrays made from it"),
            ("scene/describe.rs", "texts for readers that cannot see name what each service is linked to"),
        ],
    ),
    ("svg", &[("render", "")]),
    (
        "resvg",
        &[
            ("render", ""),
            ("text/font.rs", "the font database in which PNG and PDF look up what was measured"),
            ("packs/gather.rs", "the fonts that icons with text are cleaned with"),
            ("cli/icons/store.rs", "the same, where icons are added"),
        ],
    ),
    (
        "usvg",
        &[
            ("render", ""),
            ("text/font.rs", "see resvg"),
            ("packs/gather.rs", "see resvg"),
            ("cli/icons/store.rs", "see resvg"),
        ],
    ),
    ("krilla", &[("render", "")]),
    ("clap", &[("cli", ""), ("main.rs", "")]),
    ("clap_complete", &[("cli", "")]),
    ("clap_mangen", &[("cli", "")]),
    ("annotate_snippets", &[("cli", "")]),
    ("indicatif", &[("cli", "")]),
    ("notify", &[("cli", "")]),
    ("httparse", &[("cli", "")]),
    ("rayon", &[("cli", "")]),
    ("harfrust", &[("text", "")]),
    ("skrifa", &[("text", "")]),
    ("pulldown_cmark", &[("markdown", "")]),
    ("zip", &[("packs", "")]),
    ("tar", &[("packs", "")]),
];

/// Ways to print, for the program alone; build scripts and tests are not looked at.
const PRINTING: &[&str] = &["println!", "print!", "eprintln!", "eprint!", "io::stdout", "io::stderr"];

/// The steps, and which other modules of the crate each may use. `document` and `topology` name each other's types: what a key means is said where it is
/// resolved.
const STEPS: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("diagnostic", &[]),
    ("catalogue", &[]),
    ("document", &["catalogue", "diagnostic", "topology"]),
    ("topology", &["catalogue", "diagnostic", "document"]),
    ("markdown", &["diagnostic"]),
    // Implements what others ask for: the measuring of lines, their faces and settings, and reads off a scene which characters it needs.
    ("text", &["measure", "render", "scene", "theme"]),
    // Each role of a text that is measured has its size.
    ("theme", &["catalogue", "diagnostic", "measure", "topology"]),
    ("measure", &["diagnostic", "geometry", "layout", "text", "theme", "topology"]),
    ("layout", &["geometry", "topology"]),
    ("scene", &["catalogue", "diagnostic", "geometry", "layout", "measure", "text", "theme", "topology"]),
    ("render", &["geometry", "scene", "text", "theme", "topology"]),
];

/// The source files, by their paths in `src`, without comments.
fn sources() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut open, mut files) = (vec![root.clone()], BTreeMap::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.lines().map(|l| if l.trim_start().starts_with("//") { "" } else { l });
                files.insert(path.strip_prefix(&root).unwrap().to_owned(), code.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    files
}

/// Whether a path of the crate `name` is written in some code.
fn names(code: &str, name: &str) -> bool {
    let before = |at: usize| code[..at].chars().next_back();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(&format!("{name}::")).any(|(at, _)| !before(at).is_some_and(|c| word(c) || c == ':'))
        || code.contains(&format!("use {name};"))
}

#[test]
fn each_package_has_one_door() {
    let mut strangers = Vec::new();
    let mut used = BTreeSet::new();
    for (path, code) in sources() {
        for (package, doors) in DOORS.iter().filter(|(package, _)| names(&code, package)) {
            match doors.iter().find(|(door, _)| path.starts_with(door)) {
                Some((door, _)) => drop(used.insert((package, door))),
                None => strangers.push(format!("{} uses {package}", path.display())),
            }
        }
    }
    assert!(strangers.is_empty(), "{strangers:#?}");
    let unused: Vec<_> = (DOORS.iter().flat_map(|(p, doors)| doors.iter().map(move |(door, _)| (p, door))))
        .filter(|(p, door)| !used.contains(&(p, door)) && **p != "usvg" && **door != "main.rs")
        .collect();
    assert!(unused.is_empty(), "doors that nothing uses: {unused:?}");
}

#[test]
fn only_the_program_prints() {
    let inside = |path: &Path| path.starts_with("cli") || path.starts_with("main.rs");
    for (path, code) in sources().iter().filter(|(path, _)| !inside(path)) {
        for way in PRINTING {
            assert!(!code.contains(way), "{} prints by {way}", path.display());
        }
    }
}

#[test]
fn steps_know_only_the_steps_before_them() {
    let modules: Vec<&str> = STEPS.iter().map(|s| s.0).chain(["cli", "picture", "packs"]).collect();
    let mut strangers = Vec::new();
    for (path, code) in sources() {
        let first = path.iter().next().unwrap().to_string_lossy();
        let own = first.trim_end_matches(".rs");
        let Some((_, allowed)) = STEPS.iter().find(|s| s.0 == own) else { continue };
        for other in modules.iter().filter(|m| **m != own && !allowed.contains(m)) {
            // `use crate::{a, b}` would hide a name: the sources write one path a line.
            if code.contains(&format!("crate::{other}")) {
                strangers.push(format!("{} uses {other}", path.display()));
            }
        }
        assert!(!code.contains("crate::{"), "{} hides what it uses", path.display());
    }
    assert!(strangers.is_empty(), "{strangers:#?}");
}

/// The engine takes no more from the language than the directions of flow and the sides of boxes.
#[test]
fn the_engine_knows_no_services() {
    for (path, code) in sources().iter().filter(|(path, _)| path.starts_with("layout")) {
        let rest = code.replace("crate::topology::{Flow, Side}", "");
        assert!(!rest.contains("crate::topology"), "{} knows the language", path.display());
    }
}
