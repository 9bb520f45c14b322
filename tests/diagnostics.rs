//! Wrong files, each with its findings as comments: `#! line:column code: message`. Exactly these must be reported.
//!
//! `SKYPLAN_ACCEPT=1 cargo test --test diagnostics` writes the comments anew.

use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::document::{Document, ParseOptions};
use skyplan::topology::{ResolveOptions, Topology};
use std::fs;
use std::path::Path;

#[test]
fn every_wrong_file_gets_its_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut files: Vec<_> =
        fs::read_dir(&folder).unwrap().flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
    files.sort();
    assert!(files.len() >= 40, "only {} files", files.len());
    let accept = std::env::var_os("SKYPLAN_ACCEPT").is_some();
    for file in files {
        let written = fs::read_to_string(&file).unwrap();
        let (body, expected): (Vec<&str>, Vec<&str>) = written.lines().partition(|l| !l.starts_with("#! "));
        let text = body.join("\n") + "\n";
        let source = Source::new("x.toml", text.clone());
        let mut findings = Diagnostics::default();
        let beside = |name: &str| match fs::read_to_string(folder.join(name)) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(_) => Err("there is no such file".to_owned()),
        };
        let document = Document::parse_with(
            &source,
            &ParseOptions { includes: &beside, ..ParseOptions::default() },
            &mut findings,
        );
        let _ = Topology::resolve(&document, &ResolveOptions::default(), &mut findings);
        findings.sort();
        let found: Vec<String> = findings
            .0
            .iter()
            .map(|f| {
                let (line, column) = f.place.as_ref().map_or((0, 0), |p| p.line_column());
                assert!(f.help.is_some(), "{}: `{}` shows no way out", file.display(), f.message);
                let file = f.place.as_ref().map(|p| p.source.name.as_str()).filter(|name| *name != "x.toml");
                let file = file.map_or_else(String::new, |name| format!("{name}:"));
                format!("#! {file}{line}:{column} {}: {}", f.code, f.message)
            })
            .collect();
        if accept {
            fs::write(&file, text + &found.join("\n") + "\n").unwrap();
            continue;
        }
        assert_eq!(found, expected, "{}", file.display());
        assert!(!found.is_empty(), "{} is not wrong", file.display());
    }
}

#[test]
fn no_text_makes_the_program_stumble() {
    let good = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("diagrams/django-on-aws.toml")).unwrap();
    let mut seed = 1u64;
    let mut random = move |n: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % n.max(1)
    };
    let letters: Vec<char> = good.chars().collect();
    for _ in 0..300 {
        let mut text = letters.clone();
        for _ in 0..1 + random(8) {
            if text.is_empty() {
                break;
            }
            let at = random(text.len());
            match random(4) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, letters[random(letters.len())]),
                2 => text[at] = ['"', '[', ']', '.', '\u{0}', '한', '{', '=', '\n'][random(9)],
                _ => text.truncate(at.max(1)),
            }
        }
        let text: String = text.into_iter().collect();
        let mut findings = Diagnostics::default();
        let document = Document::parse(&Source::new("x.toml", text), &mut findings);
        let topology = Topology::resolve(&document, &ResolveOptions::default(), &mut findings);
        assert!(topology.is_none() || !findings.has_errors());
    }
}
