//! Reads each table of the language.

use super::fields::{Fields, nearest};
use super::value::{self, Name, Node, Value};
use super::{Access, At, Copies, Document, ElementDecl, Label, LinkDecl, StyleDecl, TableKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::topology::{Flow, Heads, Line, Side};
use std::sync::Arc;

const FLOWS: [(&str, Flow); 4] = [("down", Flow::Down), ("right", Flow::Right), ("up", Flow::Up), ("left", Flow::Left)];
const SIDES: [(&str, Side); 4] =
    [("top", Side::Top), ("right", Side::Right), ("bottom", Side::Bottom), ("left", Side::Left)];
const LINES: [(&str, Line); 3] = [("solid", Line::Solid), ("dashed", Line::Dashed), ("dotted", Line::Dotted)];

/// Tables whose entries are elements.
const ELEMENT_TABLES: [&str; 9] = ["cloud", "account", "region", "vpc", "az", "subnet", "site", "group", "service"];
/// Other tables and keys of the top level.
const OTHER_KEYS: [&str; 13] = [
    "title",
    "subtitle",
    "description",
    "flow",
    "theme",
    "font",
    "icons",
    "page",
    "links",
    "steps",
    "notes",
    "legend",
    "style",
];

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
    let (tables, rest): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|e| ELEMENT_TABLES.contains(&e.0.text.as_str()));
    head(source, findings, rest, &mut document);
    let mut found: Vec<(usize, ElementDecl)> = Vec::new();
    for (name, node) in tables {
        let Some(&(_, table)) = TableKind::ALL.iter().find(|k| k.0 == name.text) else { continue };
        let Value::Table(members) = node.value else {
            let place = Place { source: Arc::clone(source), range: node.range };
            let message = format!("`{}` must be a table of tables", name.text);
            findings.push(Diagnostic::error("wrong-type", message, place).help(format!("write [{}.ID]", name.text)));
            continue;
        };
        for (id, member) in members {
            let start = id.range.start;
            if let Some(decl) = element(source, findings, table, id, member) {
                found.push((start, decl));
            }
        }
    }
    found.sort_by_key(|f| f.0);
    document.elements = found.into_iter().map(|f| f.1).collect();
    unique_ids(&document.elements, findings);
    document
}

/// Everything of the top level that is no element.
fn head(source: &Arc<Source>, findings: &mut Diagnostics, rest: Vec<(Name, Node)>, document: &mut Document) {
    let (rest, unknown): (Vec<_>, Vec<_>) = rest.into_iter().partition(|e| OTHER_KEYS.contains(&e.0.text.as_str()));
    for (name, _) in unknown {
        let place = Place { source: Arc::clone(source), range: name.range.clone() };
        let near = nearest(&name.text, ELEMENT_TABLES.into_iter().chain(OTHER_KEYS));
        let help = match near {
            Some(near) if ELEMENT_TABLES.contains(&near) => format!("did you mean [{near}.ID]?"),
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("tables are {}; see the reference for the other keys", ELEMENT_TABLES.join(", ")),
        };
        findings.push(Diagnostic::error("unknown-key", format!("unknown key `{}`", name.text), place).help(help));
    }
    let mut fields = Fields::new(source, findings, "the document", rest);
    document.title = fields.label("title");
    document.subtitle = fields.label("subtitle");
    document.description = fields.label("description");
    document.flow = fields.choice("flow", &FLOWS);
    document.theme = fields.text("theme");
    document.font = fields.text("font");
    document.icons = fields.texts("icons").unwrap_or_default().0;
    if let Some(page) = fields.table("page") {
        let (source, findings) = fields.inner();
        let mut page = Fields::new(source, findings, "[page]", page);
        document.page = (page.positive("aspect"), page.positive("width"));
        page.finish();
    }
    if let Some(links) = fields.table("links") {
        let (source, findings) = fields.inner();
        for (key, node) in links {
            link(source, findings, &key, node, &mut document.links);
        }
    }
    document.steps = numbered(&mut fields);
    document.notes = named(&mut fields, "notes").into_iter().map(|n| n.1).collect();
    document.legend = named(&mut fields, "legend");
    if let Some(styles) = fields.table("style") {
        let (source, findings) = fields.inner();
        for (name, node) in styles {
            let place = Place { source: Arc::clone(source), range: name.range.clone() };
            let Value::Table(entries) = node.value else {
                findings.push(Diagnostic::error("wrong-type", format!("style `{}` must be a table", name.text), place));
                continue;
            };
            let mut style = Fields::new(source, findings, format!("[style.{}]", name.text), entries);
            let decl = style_of(&mut style);
            style.finish();
            document.styles.push((At { value: name.text, place }, decl));
        }
    }
    fields.finish();
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

fn style_of(fields: &mut Fields) -> StyleDecl {
    let style = StyleDecl {
        stroke: fields.text("stroke"),
        fill: fields.text("fill"),
        color: fields.text("color"),
        line: fields.choice("line", &LINES),
    };
    for color in [&style.stroke, &style.fill, &style.color].into_iter().flatten() {
        check_color(fields, color);
    }
    style
}

fn check_color(fields: &mut Fields, color: &At<String>) {
    let hex = color.value.strip_prefix('#').unwrap_or("");
    if !(matches!(hex.len(), 3 | 6) && hex.chars().all(|c| c.is_ascii_hexdigit())) {
        let message = format!("`{}` is not a colour", color.value);
        fields.error("bad-color", message, color.place.range.clone(), "write it as `#rrggbb`");
    }
}

/// Reads `[TYPE.ID]`.
fn element(
    source: &Arc<Source>,
    findings: &mut Diagnostics,
    table: TableKind,
    id: Name,
    node: Node,
) -> Option<ElementDecl> {
    let place = Place { source: Arc::clone(source), range: id.range.clone() };
    let mut letters = id.text.chars();
    let good = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if !good {
        let message = format!("`{}` is not an id", id.text);
        let help = "ids are Latin letters, digits, `-` and `_`, beginning with a letter; use `label` for other names";
        findings.push(Diagnostic::error("bad-id", message, place.clone()).help(help));
    }
    let Value::Table(entries) = node.value else {
        let message = format!("`{}` must be a table, not {}", id.text, node.value.what());
        findings.push(Diagnostic::error("wrong-type", message, place).help(format!(
            "write [{}.{}]",
            table.name(),
            id.text
        )));
        return None;
    };
    let mut fields = Fields::new(source, findings, format!("[{}.{}]", table.name(), id.text), entries);
    let (parents, listed) = fields.texts("in").unwrap_or_default();
    let is_service = table == TableKind::Service;
    let decl = ElementDecl {
        table,
        id: At { value: id.text, place },
        parents,
        listed,
        on: if is_service { fields.text("on") } else { None },
        side: if is_service { fields.choice("side", &SIDES) } else { None },
        around: if table == TableKind::Group { fields.texts("around").map(|t| t.0) } else { None },
        kind: if matches!(table, TableKind::Service | TableKind::Group | TableKind::Site) {
            fields.text("kind")
        } else {
            None
        },
        icon: if is_service { fields.text("icon") } else { None },
        label: fields.labels("label"),
        note: if is_service { fields.labels("note") } else { None },
        name: if is_service { None } else { fields.texts_per_copy("name") },
        cidr: if matches!(table, TableKind::Vpc | TableKind::Subnet | TableKind::Site) {
            fields.texts_per_copy("cidr")
        } else {
            None
        },
        access: if table == TableKind::Subnet {
            fields.choice("access", &[("public", Access::Public), ("private", Access::Private)])
        } else {
            None
        },
        href: href(&mut fields),
        tooltip: fields.label("tooltip"),
        classes: fields.texts("class").unwrap_or_default().0,
        style: style_of(&mut fields),
    };
    fields.finish();
    Some(decl)
}

/// A hyperlink of a harmless scheme.
fn href(fields: &mut Fields) -> Option<At<String>> {
    let href = fields.text("href")?;
    let scheme = href.value.split_once(':').map(|s| s.0.to_ascii_lowercase());
    let relative = scheme.as_ref().is_none_or(|s| s.contains(['/', '?', '#']));
    if relative || matches!(scheme.as_deref(), Some("http" | "https" | "mailto")) {
        return Some(href);
    }
    let message = format!("`href` may not lead to `{}:`", scheme.unwrap_or_default());
    fields.error("bad-href", message, href.place.range, "use http, https, mailto or a relative address");
    None
}

/// Reads one entry of `[links]`, which may hold several parallel links.
fn link(source: &Arc<Source>, findings: &mut Diagnostics, key: &Name, node: Node, out: &mut Vec<LinkDecl>) {
    let Some((ends, heads)) = chain(source, findings, key) else { return };
    let values = match node.value {
        Value::List(list) => list,
        value => vec![Node { value, range: node.range }],
    };
    for value in values {
        let place = Place { source: Arc::clone(source), range: key.range.clone() };
        let mut decl = LinkDecl {
            ends: ends.clone(),
            heads: heads.clone(),
            label: None,
            step: None,
            line: None,
            color: None,
            weight: None,
            rank: None,
            copies: None,
            tooltip: None,
            href: None,
            classes: Vec::new(),
            place,
        };
        let entries = match value.value {
            Value::Text(text) if text.is_empty() => Vec::new(),
            Value::Text(_) => {
                let name = Name { text: "label".into(), range: value.range.clone() };
                vec![(name, value)]
            }
            Value::Table(entries) => entries,
            _ => {
                let place = Place { source: Arc::clone(source), range: value.range };
                let message = format!("a link must be a label or a table, not {}", value.value.what());
                findings.push(
                    Diagnostic::error("wrong-type", message, place).help("write \"a -> b\" = \"label\" or = { … }"),
                );
                continue;
            }
        };
        let mut fields = Fields::new(source, findings, format!("link `{}`", key.text), entries);
        decl.label = fields.label("label");
        decl.step = fields.count("step");
        decl.line = fields.choice("style", &LINES);
        decl.color = fields.text("color");
        if let Some(color) = decl.color.clone() {
            check_color(&mut fields, &color);
        }
        decl.weight = fields.positive("weight");
        decl.rank = fields.flag("rank");
        decl.copies = fields.choice("copies", &[("paired", Copies::Paired), ("all", Copies::All)]).map(|c| c.value);
        decl.tooltip = fields.label("tooltip");
        decl.href = href(&mut fields);
        decl.classes = fields.texts("class").unwrap_or_default().0;
        fields.finish();
        out.push(decl);
    }
}

/// Splits `a -> b -- c` into ids and what stands between them.
fn chain(source: &Arc<Source>, findings: &mut Diagnostics, key: &Name) -> Option<(Vec<At<String>>, Vec<Heads>)> {
    const MARKS: [(&str, Heads); 4] =
        [("<->", Heads::Both), ("->", Heads::Target), ("<-", Heads::Source), ("--", Heads::None)];
    let whole = Place { source: Arc::clone(source), range: key.range.clone() };
    // The key stands in quotes: positions within it are positions in the file only while nothing is escaped.
    let quoted = source.text.get(key.range.clone()).unwrap_or("");
    let shift = if quoted.len() == key.text.len() + 2 { 1 } else { 0 };
    let exact = quoted.get(shift..shift + key.text.len()) == Some(key.text.as_str());
    let (mut ends, mut heads) = (Vec::new(), Vec::new());
    let mut rest = key.text.as_str();
    let mut at = 0;
    loop {
        let next = rest
            .char_indices()
            .find_map(|(i, _)| MARKS.iter().find(|m| rest[i..].starts_with(m.0)).map(|m| (i, m.0.len(), m.1)));
        let word = &rest[..next.map_or(rest.len(), |n| n.0)];
        let id = word.trim();
        let start = key.range.start + shift + at + (word.len() - word.trim_start().len());
        let range = if exact && !id.is_empty() { start..start + id.len() } else { key.range.clone() };
        if id.is_empty() {
            let message = format!("`{}` has an end without a name", key.text);
            findings.push(
                Diagnostic::error("bad-link", message, whole)
                    .help("write \"a -> b\", \"a -- b\" or a chain \"a -> b -> c\""),
            );
            return None;
        }
        ends.push(At { value: id.to_owned(), place: Place { source: Arc::clone(source), range } });
        let Some((i, length, mark)) = next else { break };
        heads.push(mark);
        at += i + length;
        rest = &rest[i + length..];
    }
    if heads.is_empty() {
        let message = format!("`{}` is not a link", key.text);
        let help = "join two ids by `->`, `<-`, `<->` or `--`";
        findings.push(Diagnostic::error("bad-link", message, whole).help(help));
        return None;
    }
    Some((ends, heads))
}

/// Ids are one namespace over all tables.
fn unique_ids(elements: &[ElementDecl], findings: &mut Diagnostics) {
    let mut seen: std::collections::BTreeMap<&str, &ElementDecl> = std::collections::BTreeMap::new();
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
