//! `skyplan.schema.json` and `skyplan-project.schema.json` are the schemas that the program prints; they take everything that the program takes, and refuse
//! what they can see to be wrong.
//!
//! `SKYPLAN_ACCEPT=1 cargo test --test schema` writes them anew.

use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A TOML file as the JSON that editors check: dates aside, the two have the same values.
fn json(text: &str) -> Json {
    fn convert(value: toml::Value) -> Json {
        match value {
            toml::Value::String(s) => Json::from(s),
            toml::Value::Integer(i) => Json::from(i),
            toml::Value::Float(f) => Json::from(f),
            toml::Value::Boolean(b) => Json::from(b),
            toml::Value::Datetime(d) => Json::from(d.to_string()),
            toml::Value::Array(list) => list.into_iter().map(convert).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(k, v)| (k, convert(v))).collect(),
        }
    }
    convert(toml::Value::Table(toml::from_str(text).unwrap()))
}

struct Schema(boon::Schemas, boon::SchemaIndex);

/// The files that are checked in, with what they must hold.
fn schemas() -> [(&'static str, String); 2] {
    [
        ("skyplan.schema.json", skyplan::document::schema()),
        ("skyplan-project.schema.json", skyplan::document::project_schema()),
    ]
}

impl Schema {
    fn new() -> Self {
        Self::of(&skyplan::document::schema())
    }

    fn of(schema: &str) -> Self {
        let schema: Json = serde_json::from_str(schema).unwrap();
        let (mut compiler, mut schemas) = (boon::Compiler::new(), boon::Schemas::new());
        compiler.add_resource("skyplan.schema.json", schema).unwrap();
        let index = compiler.compile("skyplan.schema.json", &mut schemas).unwrap();
        Self(schemas, index)
    }

    fn refusal(&self, text: &str) -> Option<String> {
        self.0.validate(&json(text), self.1).err().map(|e| format!("{e:#}"))
    }
}

fn toml_files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|e| panic!("{folder}: {e}"));
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(!files.is_empty(), "{folder} holds no diagram");
    files
}

#[test]
fn the_schemas_that_are_checked_in_are_current() {
    for (name, now) in schemas() {
        let file = root().join(name);
        if std::env::var_os("SKYPLAN_ACCEPT").is_some() {
            fs::write(&file, &now).unwrap();
        }
        let same = fs::read_to_string(&file).is_ok_and(|old| old == now);
        assert!(same, "{name} is stale; accept it with SKYPLAN_ACCEPT=1 cargo test --test schema");
    }
}

/// The `skyplan.toml` files in a page of the book.
fn projects_of(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let blocks = text.split("```toml skyplan.toml\n").skip(1);
    blocks.filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect()
}

#[test]
fn the_schema_of_projects_takes_those_that_the_program_takes_and_refuses_others() {
    let schema = Schema::of(&skyplan::document::project_schema());
    let mut sound = projects_of("docs/src/project.md");
    assert!(sound.len() >= 2);
    sound.push(fs::read_to_string(root().join("tests/repository/skyplan.toml")).unwrap());
    for text in sound {
        assert_eq!(schema.refusal(&text), None, "{text}");
    }
    // What a schema cannot see: other files, patterns, and sizes.
    let unseen =
        ["outside", "no-such-source", "nothing-there", "no-such-theme", "one-name-for-two", "bad-pattern", "not-toml"];
    for file in toml_files("tests/cli/projects") {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        if !unseen.contains(&name.as_str()) {
            assert!(schema.refusal(&fs::read_to_string(&file).unwrap()).is_some(), "the schema takes {name}");
        }
    }
}

#[test]
fn what_the_program_draws_the_schema_takes() {
    let schema = Schema::new();
    for folder in ["diagrams", "docs/src/tutorial", "docs/src/recipes", "docs/src/language", "tests/language"] {
        for file in toml_files(folder) {
            let refusal = schema.refusal(&fs::read_to_string(&file).unwrap());
            assert_eq!(refusal, None, "{}", file.display());
        }
    }
}

#[test]
fn what_has_a_wrong_key_type_or_word_the_schema_refuses() {
    const SEEN: [&str; 9] = [
        "unknown-key",
        "wrong-type",
        "unknown-value",
        "bad-id",
        "bad-color",
        "bad-step",
        "empty-label",
        "empty-list",
        "bad-language",
    ];
    let schema = Schema::new();
    let mut count = 0;
    for file in toml_files("tests/diagnostics") {
        let text = fs::read_to_string(&file).unwrap();
        let found: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix("#! ")?.split([' ', ':']).nth(2)).collect();
        if found.contains(&"not-toml") {
            continue;
        }
        let seen = found.iter().any(|code| SEEN.contains(code));
        assert!(!seen || schema.refusal(&text).is_some(), "the schema takes {}", file.display());
        count += usize::from(seen);
    }
    assert!(count >= 15, "only {count} files");
}

#[test]
fn diagrams_name_the_schema_that_is_there() {
    for file in toml_files("diagrams") {
        let text = fs::read_to_string(&file).unwrap();
        let named = text.lines().find_map(|l| l.strip_prefix("#:schema "));
        let there =
            named.is_some_and(|n| Path::new("diagrams").join(n) == Path::new("diagrams/../skyplan.schema.json"));
        assert!(there, "{} names {named:?}", file.display());
    }
    let project = fs::read_to_string(root().join("tests/repository/skyplan.toml")).unwrap();
    assert!(project.starts_with("#:schema ../../skyplan-project.schema.json\n"), "{project}");
}
