//! The page of dependencies lists exactly those of `Cargo.toml`, each with the features that bring it and with its licence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

/// What `Cargo.toml` says: for each dependency the features that name it; none for those that are always there.
fn declared() -> BTreeMap<String, BTreeSet<String>> {
    let manifest: toml::Table = fs::read_to_string(super::root().join("Cargo.toml")).unwrap().parse().unwrap();
    let mut all = BTreeMap::<String, BTreeSet<String>>::new();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        all.insert(name.clone(), BTreeSet::new());
    }
    for (feature, brings) in manifest["features"].as_table().unwrap() {
        for name in brings.as_array().unwrap().iter().filter_map(|b| b.as_str()?.strip_prefix("dep:")) {
            all.get_mut(name).unwrap().insert(feature.clone());
        }
    }
    // What only tests and benchmarks need is in a table of its own.
    for name in manifest["dev-dependencies"].as_table().unwrap().keys() {
        all.entry(name.clone()).or_insert_with(|| BTreeSet::from(["tests".to_owned()]));
    }
    all
}

/// A row of the page.
struct Row {
    features: BTreeSet<String>,
    licence: String,
}

/// What the page says: rows whose first cell is a crate, and the features in the second cell where the table has such a column.
fn listed() -> BTreeMap<String, Row> {
    let page = fs::read_to_string(super::root().join("docs/src/dependencies.md")).unwrap();
    let (mut all, mut head, mut section) = (BTreeMap::new(), String::new(), String::new());
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.to_owned();
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if line.starts_with("| crate") {
            head = cells[1].to_owned();
        } else if line.starts_with("| feature") {
            head.clear();
        }
        let Some(name) = cells[0].strip_prefix('`').and_then(|n| n.strip_suffix('`')) else { continue };
        if !line.starts_with('|') || head.is_empty() {
            continue;
        }
        assert!(cells.iter().all(|c| !c.is_empty()), "{name} lacks a reason or a licence");
        let features: BTreeSet<String> = match head.as_str() {
            "feature" => cells[1].split(", ").map(str::to_owned).collect(),
            _ if section.contains("tests") => BTreeSet::from(["tests".to_owned()]),
            _ => BTreeSet::new(),
        };
        let row = Row { features, licence: cells[cells.len() - 1].to_owned() };
        assert!(all.insert(name.to_owned(), row).is_none(), "{name} is listed twice");
    }
    all
}

#[test]
fn the_page_lists_every_dependency_and_no_other() {
    let listed: BTreeMap<String, BTreeSet<String>> = listed().into_iter().map(|(n, row)| (n, row.features)).collect();
    assert_eq!(listed, declared());
}

#[test]
fn the_page_says_the_licences_that_the_crates_say() {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap());
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline"]).current_dir(super::root());
    let out = cargo.output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let licence = |p: &serde_json::Value| Some((p["name"].as_str()?.to_owned(), p["license"].as_str()?.to_owned()));
    let known: BTreeMap<String, String> = metadata["packages"].as_array().unwrap().iter().filter_map(licence).collect();
    for (name, row) in listed() {
        assert_eq!(known.get(&name), Some(&row.licence), "{name}");
    }
}
