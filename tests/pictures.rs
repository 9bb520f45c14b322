//! Every diagram in `diagrams/` draws without a finding, keeps the engine's hard rules in all its languages, and gives the SVG that stands beside it.
//!
//! `SKYPLAN_ACCEPT=1 cargo test --test pictures` accepts a change.

use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::layout::verify;
use skyplan::{Picture, PictureOptions, picture};
use std::fs;
use std::path::PathBuf;

fn diagrams() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("diagrams");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are no diagrams");
    files
}

fn draw(file: &PathBuf, name: &str, lang: Option<&str>) -> Picture {
    let text = fs::read_to_string(file).unwrap_or_default();
    let mut findings = Diagnostics::default();
    let options = PictureOptions { lang, ..PictureOptions::default() };
    let drawn = picture(&Source::new(name, text), &options, &mut findings);
    assert!(findings.0.is_empty(), "{}: {:?}", file.display(), findings.0);
    drawn.unwrap_or_else(|| panic!("{} gives no picture", file.display()))
}

#[test]
fn diagrams_give_the_pictures_beside_them() {
    let accept = std::env::var_os("SKYPLAN_ACCEPT").is_some();
    for file in diagrams() {
        let svg = draw(&file, "x.toml", None).svg;
        let beside = file.with_extension("svg");
        if accept {
            fs::write(&beside, &svg).unwrap_or_else(|e| panic!("{}: {e}", beside.display()));
        }
        let old = fs::read_to_string(&beside).unwrap_or_default();
        assert!(old == svg, "{} is not what its source gives now; accept it with SKYPLAN_ACCEPT=1", beside.display());
    }
}

#[test]
fn diagrams_keep_the_hard_rules_in_every_language() {
    for file in diagrams() {
        for lang in [None, Some("ko")] {
            let drawn = draw(&file, "x.toml", lang);
            let breaches = verify::breaches(&drawn.measured.graph, &drawn.layout);
            assert!(breaches.is_empty(), "{} ({lang:?}): {breaches:?}", file.display());
        }
    }
}

#[test]
fn the_name_of_the_file_changes_nothing() {
    for file in diagrams() {
        assert_eq!(draw(&file, "a.toml", None).svg, draw(&file, "/b/c.toml", None).svg);
    }
}

#[test]
fn pictures_refer_to_nothing_outside_themselves() {
    for file in diagrams() {
        let svg = draw(&file, "x.toml", None).svg;
        for (at, _) in svg.match_indices("url(") {
            assert!(svg[at..].starts_with("url(data:") || svg[at..].starts_with("url(#"), "{}", file.display());
        }
        let outside =
            svg.matches("href=\"").count() - svg.matches("href=\"#").count() - svg.matches("href=\"data:").count();
        assert_eq!(outside, 0, "{}", file.display());
    }
}
