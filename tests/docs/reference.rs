//! The pages of the language: their lists of keys come from the JSON Schema, and every key is used in an example with a picture.

use super::{files, included, root};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const TABLES: [&str; 9] = ["cloud", "account", "region", "vpc", "az", "subnet", "site", "group", "service"];

fn schema() -> Json {
    serde_json::from_str(&skyplan::document::schema()).unwrap()
}

/// The keys of a table, in the order in which they are explained; of the document those that are no tables.
fn keys(schema: &Json, table: &str) -> Vec<(&'static str, Json)> {
    let all = skyplan::document::table_keys();
    let (_, names) = all.into_iter().find(|t| t.0 == table).unwrap_or_else(|| panic!("there is no table {table}"));
    let shapes = if table == "document" { schema } else { &schema["definitions"][table] };
    let is_table = |shape: &Json| shape["type"] == "object" || shape["allOf"][0]["$ref"] == "#/definitions/page";
    let shapes = names.into_iter().map(|key| (key, shapes["properties"][key].clone()));
    shapes.filter(|(_, shape)| !is_table(shape)).collect()
}

/// A type in a few words.
fn type_of(shape: &Json) -> String {
    let reference = shape["$ref"].as_str().or(shape["allOf"][0]["$ref"].as_str());
    if let Some(name) = reference.and_then(|r| r.strip_prefix("#/definitions/")) {
        return if name == "label" { "text".to_owned() } else { "string".to_owned() };
    }
    if let Some(words) = shape["anyOf"][0]["enum"].as_array() {
        return words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ");
    }
    if let Some(one) = shape["anyOf"][0].as_object() {
        return format!("{}, or a list", type_of(&Json::Object(one.clone())));
    }
    let named = |name: &str| match name {
        "string" if shape["pattern"].is_string() => "colour, `#rrggbb`".to_owned(),
        "number" => "number above 0".to_owned(),
        "integer" => format!("{} to {}", shape["minimum"], shape["maximum"]),
        other => other.to_owned(),
    };
    named(shape["type"].as_str().unwrap_or("?"))
}

/// A JSON value as TOML.
fn toml(value: &Json) -> String {
    match value {
        Json::Array(list) => format!("[{}]", list.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Json::Object(map) => {
            format!("{{ {} }}", map.iter().map(|(k, v)| format!("{k} = {}", toml(v))).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// The list of a table's keys as Markdown.
fn list(schema: &Json, table: &str) -> String {
    let mut out = "| key | type | default | example | meaning |\n|---|---|---|---|---|\n".to_owned();
    for (key, shape) in keys(schema, table) {
        let told = shape["description"].as_str().unwrap_or("");
        let (meaning, prose) = told.split_once(" Default: ").map_or((told, None), |(m, d)| (m, Some(d)));
        let default = match shape.get("default") {
            Some(value) => format!("`{}`", toml(value)),
            None => prose.unwrap_or("none.").trim_end_matches('.').to_owned(),
        };
        let example = format!("`{}`", toml(&shape["examples"][0]));
        out += &format!("| `{key}` | {} | {default} | {example} | {meaning} |\n", type_of(&shape));
    }
    out
}

fn pages() -> Vec<PathBuf> {
    files("docs/src/language", "md")
}

/// The page with all its lists of keys made anew, and the tables that it lists.
fn renewed(text: &str, schema: &Json) -> (String, Vec<String>) {
    let (mut out, mut tables) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!-- keys of ") {
        let (table, after) = after.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("<!-- end of keys -->").unwrap();
        let list = list(schema, table);
        out += &format!("{before}<!-- keys of {table} -->\n\n{list}\n<!-- end of keys -->");
        tables.push(table.to_owned());
        rest = after;
    }
    (out + rest, tables)
}

#[test]
fn the_lists_of_keys_are_those_of_the_schema() {
    let schema = schema();
    let mut listed = BTreeSet::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let (now, tables) = renewed(&text, &schema);
        if std::env::var_os("SKYPLAN_ACCEPT").is_some() {
            fs::write(&page, &now).unwrap();
        } else {
            assert!(now == text, "{} is stale; accept it with SKYPLAN_ACCEPT=1 cargo test --test docs", page.display());
        }
        listed.extend(tables);
    }
    let all: BTreeSet<String> =
        TABLES.iter().chain(&["document", "page", "link", "style", "view"]).map(|&t| t.to_owned()).collect();
    assert_eq!(listed, all);
}

#[test]
fn every_key_is_used_in_an_example_on_its_page() {
    let schema = schema();
    let common: BTreeSet<&str> = (keys(&schema, "cloud").into_iter().map(|k| k.0))
        .filter(|k| TABLES.iter().all(|t| keys(&schema, t).iter().any(|key| key.0 == *k)))
        .collect();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let examples: String = text.lines().map(|line| included(&page, line) + "\n").collect();
        for table in renewed(&text, &schema).1 {
            for (key, _) in keys(&schema, &table) {
                // What all services and groups share is explained with services and with groups.
                let shared = common.contains(&key) && !["service", "group"].contains(&table.as_str());
                if shared || page.with_file_name(format!("{key}.md")).exists() {
                    continue;
                }
                let used = examples.lines().any(|l| {
                    let words: Vec<&str> =
                        l.split(|c: char| !(c.is_alphanumeric() || c == '=')).filter(|w| !w.is_empty()).collect();
                    !l.starts_with('|') && words.windows(2).any(|w| w == [key, "="])
                });
                assert!(used, "{}: no example uses `{key}` of {table}", page.display());
            }
        }
    }
}

#[test]
fn every_page_of_the_language_is_in_the_summary_and_has_a_picture() {
    let summary = fs::read_to_string(root().join("docs/src/SUMMARY.md")).unwrap();
    for page in pages() {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(summary.contains(&format!("(language/{name}.md)")), "{name} is not in the summary");
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.contains(&format!("]({name}.svg)")) && Path::new(&page.with_extension("toml")).exists(), "{name}");
    }
}
