//! Reads the document's own keys and its tables; elements and links have files of their own.

use super::elements::{element, style};
use super::fields::{Fields, Reading, is_id};
use super::keys::{self, Table};
use super::links::link;
use super::value::{Name, Node, Value};
use super::{At, Document, ElementDecl, Label, ParseOptions, TableKind, ViewDecl, include};
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads the whole document: its files one after the other, what is included first.
pub(super) fn document(source: &Arc<Source>, options: &ParseOptions, findings: &mut Diagnostics) -> Document {
    let (files, mut vars) = include::files(source, options, findings);
    let mut document = Document::empty(source);
    for file in files {
        document.files.push(Arc::clone(&file.source));
        let mut reading = Reading { source: &file.source, folder: &file.folder, vars: &mut vars, findings };
        tables(Fields::new(&mut reading, &keys::DOCUMENT, "", file.entries), &mut document);
    }
    document.steps.sort_by_key(|s| s.0.value);
    unique(document.elements.iter().map(|e| &e.id), "duplicate-id", "id", findings);
    unique(document.notes.iter().map(|n| &n.0), "duplicate-name", "note", findings);
    unique(document.legend.iter().map(|n| &n.0), "duplicate-name", "legend row", findings);
    unique(document.styles.iter().map(|n| &n.0), "duplicate-name", "style", findings);
    unique(document.views.iter().map(|v| &v.name), "duplicate-name", "view", findings);
    document
}

/// Reads the tables of one file into the document.
fn tables(mut fields: Fields, document: &mut Document) {
    head(&mut fields, document);
    document.elements.extend(elements(&mut fields));
    for (key, node) in fields.table("links").unwrap_or_default() {
        link(fields.reading(), &key, node, &mut document.links);
    }
    document.steps.extend(numbered(&mut fields));
    document.notes.extend(named(&mut fields, "notes"));
    document.legend.extend(named(&mut fields, "legend"));
    each_table(&mut fields, "style", &keys::STYLE, |name, table| document.styles.push((name, style(table))));
    each_table(&mut fields, "view", &keys::VIEW, |name, table| {
        let mut names = |key| table.texts(key).map(|t| t.0);
        let (only, without, collapse) = (names("only"), names("without"), names("collapse"));
        document.views.push(ViewDecl {
            name,
            only,
            without: without.unwrap_or_default(),
            collapse: collapse.unwrap_or_default(),
            flow: table.choice("flow"),
            title: table.label("title"),
        });
    });
    fields.finish();
}

/// Reads `[KEY.NAME]` by name.
fn each_table(
    fields: &mut Fields,
    key: &'static str,
    keys: &'static Table,
    mut read: impl FnMut(At<String>, &mut Fields),
) {
    for (name, node) in fields.table(key).unwrap_or_default() {
        let reading = fields.reading();
        check_id(reading, &name);
        let Some(entries) = table_of(reading, key, &name, node) else { continue };
        let place = reading.place(name.range);
        let mut table = Fields::new(reading, keys, format!("[{key}.{}]", name.text), entries);
        read(At { value: name.text, place }, &mut table);
        table.finish();
    }
}

/// The keys above all tables, and `[page]`. Those of a file override those of the files that it includes.
fn head(fields: &mut Fields, document: &mut Document) {
    fn set<T>(slot: &mut Option<T>, own: Option<T>) {
        if own.is_some() {
            *slot = own;
        }
    }
    set(&mut document.title, fields.label("title"));
    set(&mut document.subtitle, fields.label("subtitle"));
    set(&mut document.description, fields.label("description"));
    set(&mut document.flow, fields.choice("flow"));
    set(&mut document.theme, fields.text("theme"));
    set(&mut document.font, fields.text("font"));
    if let Some((packs, _)) = fields.texts("icons") {
        document.icons = packs;
    }
    if let Some(entries) = fields.table("page") {
        let mut page = Fields::new(fields.reading(), &keys::PAGE, "[page]", entries);
        set(&mut document.page.0, page.positive("aspect"));
        set(&mut document.page.1, page.positive("width"));
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
        found.reserve(members.len());
        for (id, member) in members {
            let start = id.range.start;
            let reading = fields.reading();
            check_id(reading, &id);
            let Some(entries) = table_of(reading, key, &id, member) else { continue };
            found.push((start, element(reading, kind, id, entries)));
        }
    }
    // By numbers: an element is large to move about.
    found.sort_by_cached_key(|f| f.0);
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
    if !is_id(&id.text) {
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

/// Names of one kind are different: ids over all tables, the others over all files.
fn unique<'d>(names: impl Iterator<Item = &'d At<String>>, code: &'static str, what: &str, findings: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &At<String>> = BTreeMap::new();
    for name in names {
        let Some(first) = seen.insert(&name.value, name) else { continue };
        let help = if code == "duplicate-id" {
            "give one of them another id; ids are shared by all tables"
        } else {
            "give one of them another name; names are shared by all files"
        };
        let message = format!("the {what} `{}` is used twice", name.value);
        let error = Diagnostic::error(code, message, name.place.clone());
        findings.push(error.related(first.place.clone(), "first used here").help(help));
        seen.insert(&name.value, first);
    }
}
