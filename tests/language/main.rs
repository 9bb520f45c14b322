//! Each rule of the language as a file, with what it means beside it: the topology of `RULE.toml`, in words, is `RULE.txt`.
//!
//! `SKYPLAN_ACCEPT=1 cargo test --test language` writes the texts anew.

mod dump;
mod files;

use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::document::{Document, ParseOptions};
use skyplan::topology::{ResolveOptions, Topology};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language")
}

/// Reads a document with what it includes, as the program does.
fn parse(text: &str, findings: &mut Diagnostics) -> Document {
    let beside = |name: &str| match fs::read_to_string(folder().join(name)) {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => Err(error.to_string()),
    };
    Document::parse_with(
        &Source::new("x.toml", text),
        &ParseOptions { includes: &beside, ..ParseOptions::default() },
        findings,
    )
}

/// What a document means: as a whole, in Korean if it names a second language, and in each of its views.
fn meaning(text: &str) -> String {
    let mut findings = Diagnostics::default();
    let document = parse(text, &mut findings);
    let mut out = String::new();
    let views = document.views.iter().map(|v| Some(v.name.value.clone()));
    let korean = text.contains("ko = ").then_some("ko");
    let pictures = [(None, None)].into_iter().chain(views.map(|v| (v, None))).chain(korean.map(|k| (None, Some(k))));
    for (view, lang) in pictures {
        if let Some(view) = &view {
            out += &format!("\n== view {view}\n");
        }
        if let Some(lang) = lang {
            out += &format!("\n== language {lang}\n");
        }
        let options = ResolveOptions { view: view.as_deref(), lang, ..ResolveOptions::default() };
        match Topology::resolve(&document, &options, &mut findings) {
            Some(topology) => out += &dump::dump(&topology),
            None => out += "nothing\n",
        }
    }
    findings.sort();
    for finding in &findings.0 {
        let (line, column) = finding.place.as_ref().map_or((0, 0), |p| p.line_column());
        out += &format!("{:?} {line}:{column} {}: {}\n", finding.severity, finding.code, finding.message);
    }
    out
}

#[test]
fn every_rule_means_what_stands_beside_it() {
    let accept = std::env::var_os("SKYPLAN_ACCEPT").is_some();
    let mut files: Vec<_> = fs::read_dir(folder()).unwrap().flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(files.len() >= 30, "only {} rules", files.len());
    for file in files {
        let found = meaning(&fs::read_to_string(&file).unwrap());
        let beside = file.with_extension("txt");
        if accept {
            fs::write(&beside, &found).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(found, expected, "{}; accept it with SKYPLAN_ACCEPT=1", file.display());
        assert!(!found.contains("Error"), "{} is wrong: {found}", file.display());
    }
}
