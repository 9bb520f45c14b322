//! Reads `[links]`: chains of ids, each with one link or several parallel ones.

use super::elements::href;
use super::fields::{Fields, Reading};
use super::value::{Name, Node, Value};
use super::{At, LinkDecl, keys};
use crate::topology::Heads;

/// Reads one entry of `[links]`, which may hold several parallel links.
pub(super) fn link(reading: &mut Reading, key: &Name, node: Node, out: &mut Vec<LinkDecl>) {
    let Some((ends, heads)) = chain(reading, key) else { return };
    let values = match node.value {
        Value::List(list) => list,
        value => vec![Node { value, range: node.range }],
    };
    for value in values {
        let entries = match value.value {
            Value::Text(text) if text.is_empty() => Vec::new(),
            Value::Text(_) => {
                let name = Name { text: "label".into(), range: value.range.clone() };
                vec![(name, value)]
            }
            Value::Table(entries) if is_by_language(&entries) => {
                let name = Name { text: "label".into(), range: value.range.clone() };
                vec![(name, Node { value: Value::Table(entries), range: value.range })]
            }
            Value::Table(entries) => entries,
            _ => {
                let message = format!("a link must be a label or a table, not {}", value.value.what());
                reading.error("wrong-type", message, value.range, "write \"a -> b\" = \"label\" or = { … }");
                continue;
            }
        };
        let place = reading.place(key.range.clone());
        let mut fields = Fields::new(reading, &keys::LINK, format!("link `{}`", key.text), entries);
        out.push(LinkDecl {
            ends: ends.clone(),
            heads: heads.clone(),
            label: fields.label("label"),
            step: fields.count("step"),
            line: fields.choice("style"),
            color: fields.color("color"),
            weight: fields.positive("weight"),
            rank: fields.flag("rank"),
            copies: fields.choice("copies").map(|c| c.value),
            tooltip: fields.label("tooltip"),
            href: href(&mut fields),
            classes: fields.texts("class").unwrap_or_default().0,
            place,
        });
        fields.finish();
    }
}

/// Whether a table is a label: all its keys are tags of languages, which are shorter than the keys of links.
fn is_by_language(entries: &[(Name, Node)]) -> bool {
    let is_tag = |name: &Name| {
        let main = name.text.split('-').next().unwrap_or("");
        matches!(main.len(), 2 | 3) && main.bytes().all(|b| b.is_ascii_lowercase())
    };
    !entries.is_empty() && entries.iter().all(|e| is_tag(&e.0))
}

/// Splits `a -> b -- c` into ids and what stands between them.
fn chain(reading: &mut Reading, key: &Name) -> Option<(Vec<At<String>>, Vec<Heads>)> {
    const MARKS: [(&str, Heads); 4] =
        [("<->", Heads::Both), ("->", Heads::Target), ("<-", Heads::Source), ("--", Heads::None)];
    // The key stands in quotes: positions within it are positions in the file only while nothing is escaped.
    let quoted = reading.source.text.get(key.range.clone()).unwrap_or("");
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
            let help = "write \"a -> b\", \"a -- b\" or a chain \"a -> b -> c\"";
            reading.error("bad-link", message, key.range.clone(), help);
            return None;
        }
        ends.push(At { value: id.to_owned(), place: reading.place(range) });
        let Some((i, length, mark)) = next else { break };
        heads.push(mark);
        at += i + length;
        rest = &rest[i + length..];
    }
    if heads.is_empty() {
        let message = format!("`{}` is not a link", key.text);
        reading.error("bad-link", message, key.range.clone(), "join two ids by `->`, `<-`, `<->` or `--`");
        return None;
    }
    Some((ends, heads))
}
