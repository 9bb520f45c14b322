//! Real graphs, from the benchmark's folder beside the project; skipped with a clear line where it is absent.

use super::lay;
use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::layout::Form;
use std::fs;
use std::path::Path;

#[expect(clippy::print_stderr, reason = "a contributor should see that these were skipped")]
fn folder(set: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/graphs").join(set);
    let Ok(entries) = fs::read_dir(&path) else {
        eprintln!("skipped: the benchmark's graphs are not beside the project");
        return;
    };
    let mut files: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let (graph, _) = skyplan::layout::json::read(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let drawn = lay(&file.display().to_string(), &graph);
        assert_eq!(drawn.form, Form::Finished, "{}", file.display());
    }
}

#[test]
fn the_diagrams_here_need_no_other_form_than_the_finished_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("diagrams");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.display().to_string();
        let source = Source::new(&name, fs::read_to_string(&file).unwrap());
        let mut findings = Diagnostics::default();
        let drawn = skyplan::picture(&source, &skyplan::PictureOptions::default(), &mut findings);
        let Some(drawn) = drawn else { panic!("{name}: {findings:?}") };
        assert_eq!(drawn.layout.form, Form::Finished, "{name}");
    }
}

#[test]
fn cloud_graphs_keep_the_rules() {
    folder("cloud");
}

#[test]
fn d2_boards_keep_the_rules() {
    folder("d2");
}

#[test]
fn graphviz_test_graphs_keep_the_rules() {
    folder("graphviz");
}

#[test]
fn ptolemy_models_keep_the_rules() {
    folder("ptolemy");
}

#[test]
fn north_graphs_keep_the_rules() {
    folder("north");
}

#[test]
fn rome_graphs_keep_the_rules() {
    folder("rome");
}
