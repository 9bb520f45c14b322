//! The language as a JSON Schema, for editors that complete and explain TOML by one.

use super::TableKind;
use super::keys::{self, Key, Shape, Table};
use super::project::PROJECT;
use super::value::{self, Value};
use crate::catalogue::{self, Category};
use crate::diagnostic::{Diagnostics, Source};
use crate::topology::{GroupKind, Line};
use serde_json::{Map, Value as Json, json};

/// What an id looks like.
const ID: &str = "^[A-Za-z][A-Za-z0-9_-]*$";

/// What a string with a variable holds.
const VAR: &str = "\\{[A-Za-z][A-Za-z0-9_-]*\\}";

/// The JSON Schema of a diagram, as text that ends with a line end.
///
/// It keeps to what the drafts 4 and 7 have in common: the servers of TOML in editors read no later one.
pub fn schema() -> String {
    written(table(&keys::DOCUMENT), [("title", json!("Skyplan diagram")), ("definitions", Json::Object(definitions()))])
}

/// The JSON Schema of a project file, `skyplan.toml`, in the same form.
pub fn project_schema() -> String {
    written(table(&PROJECT), [("title", json!("Skyplan project")), ("required", json!(["sources"]))])
}

/// A schema as text.
fn written(mut schema: Json, more: [(&str, Json); 2]) -> String {
    if let Some(map) = schema.as_object_mut() {
        map.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
        map.extend(more.map(|(key, value)| (key.to_owned(), value)));
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// The keys of each table, by its name in the schema, in the order in which they are best explained.
pub fn keys() -> Vec<(&'static str, Vec<&'static str>)> {
    tables().chain([&keys::DOCUMENT]).map(|t| (t.name, t.all().map(|k| k.name).collect())).collect()
}

/// All tables but the document itself.
fn tables() -> impl Iterator<Item = &'static Table> {
    let elements = TableKind::ALL.into_iter().map(|k| keys::element(k.1));
    elements.chain([&keys::PAGE, &keys::LINK, &keys::STYLE, &keys::VIEW])
}

/// What several keys share, by name.
fn definitions() -> Map<String, Json> {
    let text = json!({ "type": "string" });
    let by_language = json!({
        "description": "A text for each language, such as { en = \"Users\", ko = \"사용자\" }. The first is the default.",
        "type": "object",
        "patternProperties": { "^[A-Za-z0-9-]+$": text },
        "additionalProperties": false,
        "minProperties": 1,
    });
    let ids = || catalogue::entries().iter().filter(|e| e.category != Category::Group).map(|e| e.id);
    let own = || GroupKind::NAMES.iter().map(|k| k.0);
    let groups = own().chain(ids().filter(|id| own().all(|o| o != *id)));
    let mut all = Map::new();
    all.insert("label".into(), json!({ "anyOf": [text, by_language] }));
    all.insert("service-kind".into(), json!({ "anyOf": [{ "enum": ids().collect::<Vec<_>>() }, text] }));
    all.insert("group-kind".into(), json!({ "anyOf": [{ "enum": groups.collect::<Vec<_>>() }, text] }));
    for each in tables() {
        all.insert(each.name.into(), table(each));
    }
    all
}

/// An object with the keys of a table.
fn table(table: &Table) -> Json {
    let properties: Map<String, Json> = table.all().map(|k| (k.name.to_owned(), property(k))).collect();
    json!({
        "description": table.doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// What stands under one key, with its description, default and example.
fn property(key: &Key) -> Json {
    let mut out = Map::new();
    let prose = key.default.strip_prefix('(').and_then(|d| d.strip_suffix(')'));
    let description = match prose {
        Some(default) => format!("{} Default: {default}.", key.doc),
        None => key.doc.to_owned(),
    };
    out.insert("description".into(), json!(description));
    if let Json::Object(shape) = shape(&key.shape) {
        out.extend(shape);
    }
    if let (None, Some(default)) = (prose, parsed(key.default)) {
        out.insert("default".into(), default);
    }
    if let Some(example) = parsed(key.example) {
        out.insert("examples".into(), json!([example]));
    }
    Json::Object(out)
}

/// What may stand under a key of this shape. A reference stands within `allOf`: beside `$ref`, nothing else counts.
fn shape(shape: &Shape) -> Json {
    let string = json!({ "type": "string" });
    let list = |item: &Json| json!({ "type": "array", "items": item, "minItems": 1 });
    let named = |name: &str| json!({ "$ref": format!("#/definitions/{name}") });
    let label = named("label");
    match shape {
        Shape::Text => string,
        Shape::Texts | Shape::TextPerCopy => json!({ "anyOf": [string, list(&string)] }),
        Shape::Label => json!({ "allOf": [label] }),
        Shape::LabelPerCopy => json!({ "anyOf": [label, list(&label)] }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Positive => json!({ "type": "number", "minimum": 0 }),
        Shape::Count => json!({ "type": "integer", "minimum": 1, "maximum": 999 }),
        Shape::Words(words) => json!({ "anyOf": [{ "enum": words() }, { "type": "string", "pattern": VAR }] }),
        Shape::ListOf(words) => {
            let word = json!({ "enum": words() });
            json!({ "anyOf": [word, list(&word)] })
        }
        Shape::Color => json!({ "type": "string", "pattern": format!("^#([0-9A-Fa-f]{{3}}|[0-9A-Fa-f]{{6}})$|{VAR}") }),
        Shape::ServiceKind => json!({ "allOf": [named("service-kind")] }),
        Shape::GroupKind => json!({ "allOf": [named("group-kind")] }),
        Shape::One(table) => json!({ "allOf": [named(table.name)] }),
        Shape::Many(table) => by_pattern(ID, named(table.name)),
        Shape::Named => json!({ "type": "object", "additionalProperties": label }),
        Shape::Vars => by_pattern(ID, json!({ "anyOf": [label, { "type": ["number", "boolean"] }] })),
        Shape::Numbered => by_pattern("^0*[1-9][0-9]{0,2}$", label),
        Shape::Legend => {
            let lines = <Line as super::words::Word>::WORDS.iter().map(|w| w.0);
            let rows = lines.chain(["step"]).chain(GroupKind::NAMES.iter().map(|k| k.0));
            let properties: Map<String, Json> = rows.map(|r| (r.to_owned(), label.clone())).collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": false })
        }
        Shape::Links(table) => {
            // A table is a label if its keys are languages: all keys of links are longer than those.
            let by_language = json!({
                "type": "object",
                "patternProperties": { "^[a-z]{2,3}(-[A-Za-z0-9-]+)?$": string },
                "additionalProperties": false,
                "minProperties": 1,
            });
            let one = [named(table.name), string, by_language];
            let list = json!({ "type": "array", "items": { "anyOf": one } });
            let links = json!({ "anyOf": one.iter().chain([&list]).collect::<Vec<_>>() });
            by_pattern("[^ ] *(->|<-|--)>? *[^ ]", links)
        }
    }
}

/// An object whose keys all look like this.
fn by_pattern(pattern: &str, value: Json) -> Json {
    json!({ "type": "object", "patternProperties": { pattern: value }, "additionalProperties": false })
}

/// A TOML value as JSON.
fn parsed(toml: &str) -> Option<Json> {
    let source = Source::new("", format!("value = {toml}"));
    let entries = value::read(&source, &mut Diagnostics::default());
    entries.into_iter().next().map(|e| json_of(e.1.value))
}

fn json_of(value: Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::Bool(flag) => json!(flag),
        Value::List(list) => list.into_iter().map(|n| json_of(n.value)).collect(),
        Value::Table(entries) => entries.into_iter().map(|e| (e.0.text, json_of(e.1.value))).collect(),
        Value::Date => Json::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, ParseOptions};
    use super::*;

    /// The head of the table that a key of the document makes, or nothing for one that stands by itself.
    fn head(outer: &Key) -> Option<(String, &'static Table)> {
        match outer.shape {
            Shape::One(table) => Some((format!("[{}]\n", outer.name), table)),
            Shape::Many(table) => Some((format!("[{}.x]\n", outer.name), table)),
            Shape::Links(table) => Some((format!("[{}.\"a -> b\"]\n", outer.name), table)),
            _ => None,
        }
    }

    fn codes(text: String) -> Vec<&'static str> {
        let mut findings = Diagnostics::default();
        let options = ParseOptions { includes: &|name| Ok(Source::new(name, "")), ..ParseOptions::default() };
        Document::parse_with(&Source::new("x.toml", text), &options, &mut findings);
        findings.0.iter().map(|f| f.code).collect()
    }

    #[test]
    fn every_key_of_the_lists_is_read_and_its_type_checked() {
        for outer in keys::DOCUMENT.all() {
            let (start, keys) = match head(outer) {
                Some((start, table)) => (start, table.all().collect()),
                None => (String::new(), vec![outer]),
            };
            for key in keys.into_iter().filter(|k| !k.example.is_empty()) {
                let (name, example) = (key.name, key.example);
                assert_eq!(codes(format!("{start}{name} = {example}")), [""; 0], "{start}{name}");
                assert_eq!(codes(format!("{start}{name} = 2026-11-21")), ["wrong-type"], "{start}{name}");
            }
        }
    }

    #[test]
    fn every_default_and_example_is_toml() {
        let tables = keys::DOCUMENT.all().filter_map(head).map(|h| h.1).chain([&keys::DOCUMENT]);
        for key in tables.flat_map(Table::all) {
            let told = key.default.is_empty() || key.default.starts_with('(') || parsed(key.default).is_some();
            assert!(told && (key.example.is_empty() || parsed(key.example).is_some()), "{}", key.name);
        }
    }
}
