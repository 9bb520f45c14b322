//! Real graphs, from the benchmark's folder beside the project; skipped with a clear line where it is absent.

use super::lay;
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
        lay(&file.display().to_string(), &graph);
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
