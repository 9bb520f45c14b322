//! Reads the document's own keys and its tables; elements and links have files of their own.

use super::elements::{element, style};
use super::fields::{Fields, Reading};
use super::links::link;
use super::value::{self, Name, Node, Value};
use super::{At, Document, ElementDecl, Label, TableKind, keys};
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads the whole document.
pub(super) fn document(source: &Arc<Source>, findings: &mut Diagnostics) -> Document {
    let entries = value::read(source, findings);
    let mut document = Document {
        source: Arc::clone(source),
        title: None,
        subtitle: None,
        description: None,
        flow: None,
        theme: None,
        font: None,
        icons: Vec::new(),
        page: (None, None),
        elements: Vec::new(),
        links: Vec::new(),
        steps: Vec::new(),
        notes: Vec::new(),
        legend: Vec::new(),
        styles: Vec::new(),
    };
    let mut reading = Reading { source, findings };
    let mut fields = Fields::new(&mut reading, &keys::DOCUMENT, "", entries);
    head(&mut fields, &mut document);
    document.elements = elements(&mut fields);
    for (key, node) in fields.table("links").unwrap_or_default() {
        link(fields.reading(), &key, node, &mut document.links);
    }
    document.steps = numbered(&mut fields);
    document.notes = named(&mut fields, "notes").into_iter().map(|n| n.1).collect();
    document.legend = named(&mut fields, "legend");
    for (name, node) in fields.table("style").unwrap_or_default() {
        let reading = fields.reading();
        let Some(entries) = table_of(reading, "style", &name, node) else { continue };
        let place = reading.place(name.range);
        let mut table = Fields::new(reading, &keys::STYLE, format!("[style.{}]", name.text), entries);
        let decl = style(&mut table);
        table.finish();
        document.styles.push((At { value: name.text, place }, decl));
    }
    fields.finish();
    unique_ids(&document.elements, findings);
    document
}

/// The keys above all tables, and `[page]`.
fn head(fields: &mut Fields, document: &mut Document) {
    document.title = fields.label("title");
    document.subtitle = fields.label("subtitle");
    document.description = fields.label("description");
    document.flow = fields.choice("flow");
    document.theme = fields.text("theme");
    document.font = fields.text("font");
    document.icons = fields.texts("icons").unwrap_or_default().0;
    if let Some(entries) = fields.table("page") {
        let mut page = Fields::new(fields.reading(), &keys::PAGE, "[page]", entries);
        document.page = (page.positive("aspect"), page.positive("width"));
        page.finish();
    }
}

/// All services and groups, in file order.
fn elements(fields: &mut Fields) -> Vec<ElementDecl> {
    let mut found: Vec<(usize, ElementDecl)> = Vec::new();
    for (key, kind) in TableKind::ALL {
        let Some(node) = fields.take(key) else { continue };
        let Value::Table(members) = node.value else {
            let message = format!("`{key}` must be a table of tables");
            fields.error("wrong-type", message, node.range, format!("write [{key}.ID]"));
            continue;
        };
        for (id, member) in members {
            let start = id.range.start;
            let reading = fields.reading();
            check_id(reading, &id);
            let Some(entries) = table_of(reading, key, &id, member) else { continue };
            found.push((start, element(reading, kind, id, entries)));
        }
    }
    found.sort_by_key(|f| f.0);
    found.into_iter().map(|f| f.1).collect()
}

/// The entries of `[TABLE.ID]`.
fn table_of(reading: &mut Reading, table: &str, id: &Name, node: Node) -> Option<Vec<(Name, Node)>> {
    if let Value::Table(entries) = node.value {
        return Some(entries);
    }
    let message = format!("`{}` must be a table, not {}", id.text, node.value.what());
    reading.error("wrong-type", message, id.range.clone(), format!("write [{table}.{}]", id.text));
    None
}

fn check_id(reading: &mut Reading, id: &Name) {
    let mut letters = id.text.chars();
    let good = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if !good {
        let message = format!("`{}` is not an id", id.text);
        let help = "ids are Latin letters, digits, `-` and `_`, beginning with a letter; use `label` for other names";
        reading.error("bad-id", message, id.range.clone(), help);
    }
}

/// `[steps]`: number -> text.
fn numbered(fields: &mut Fields) -> Vec<(At<u32>, Label)> {
    let mut steps: Vec<(At<u32>, Label)> = Vec::new();
    for (name, node) in fields.table("steps").unwrap_or_default() {
        match name.text.parse::<u32>() {
            Ok(number @ 1..=999) => {
                let place = fields.place(name.range);
                if let Some(text) = fields.label_of("steps", node) {
                    steps.push((At { value: number, place }, text));
                }
            }
            _ => fields.error(
                "bad-step",
                format!("`{}` is not the number of a step", name.text),
                name.range,
                "number the steps from 1 to 999",
            ),
        }
    }
    steps.sort_by_key(|s| s.0.value);
    steps
}

/// A table of labels by name.
fn named(fields: &mut Fields, key: &'static str) -> Vec<(At<String>, Label)> {
    let mut out = Vec::new();
    for (name, node) in fields.table(key).unwrap_or_default() {
        let place = fields.place(name.range);
        if let Some(text) = fields.label_of(key, node) {
            out.push((At { value: name.text, place }, text));
        }
    }
    out
}

/// Ids are one namespace over all tables.
fn unique_ids(elements: &[ElementDecl], findings: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &ElementDecl> = BTreeMap::new();
    for decl in elements {
        if let Some(first) = seen.get(decl.id.value.as_str()) {
            let message = format!("the id `{}` is used twice", decl.id.value);
            findings.push(
                Diagnostic::error("duplicate-id", message, decl.id.place.clone())
                    .related(first.id.place.clone(), "first used here")
                    .help("give one of them another id; ids are shared by all tables"),
            );
        } else {
            seen.insert(&decl.id.value, decl);
        }
    }
}
