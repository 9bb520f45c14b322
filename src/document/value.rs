//! TOML text -> values in file order, each with its place.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A value and its bytes in the file.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The value.
    pub(super) value: Value,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// A TOML value; tables keep the file's order.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// true or false.
    Bool(bool),
    /// An array.
    List(Vec<Node>),
    /// A table.
    Table(Vec<(Name, Node)>),
    /// A date or time.
    Date,
}

/// A key and its bytes in the file.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// The key.
    pub(super) text: String,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

impl Value {
    /// What it is, for messages.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::List(_) => "an array",
            Self::Table(_) => "a table",
            Self::Date => "a date",
        }
    }
}

/// Reads the text as TOML; what is not TOML is reported, and then nothing is returned.
pub(super) fn read(source: &Arc<Source>, findings: &mut Diagnostics) -> Vec<(Name, Node)> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let whole = errors.is_empty();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let place = Place { source: Arc::clone(source), range: clamp(&source.text, range) };
        let message = error.message().lines().next().unwrap_or("not TOML").trim_end_matches('.').to_owned();
        findings.push(
            Diagnostic::error("not-toml", message, place)
                .help("texts stand in quotes, tables begin with [TYPE.ID]; see toml.io"),
        );
    }
    // What was mended on the way would only raise findings about itself.
    if whole { entries(table.get_ref()) } else { Vec::new() }
}

/// A range on character boundaries of the text.
fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    floor(range.start)..floor(range.end)
}

fn entries(table: &DeTable<'_>) -> Vec<(Name, Node)> {
    let mut entries: Vec<(Name, Node)> = table
        .iter()
        .map(|(key, value)| {
            let name = Name { text: key.get_ref().to_string(), range: key.span() };
            (name, Node { value: convert(value.get_ref()), range: value.span() })
        })
        .collect();
    // The parser's map is sorted by name; the file's order is the order of the places.
    entries.sort_by_key(|(name, _)| name.range.start);
    entries
}

fn convert(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(s) => Value::Text(s.to_string()),
        DeValue::Integer(i) => {
            let digits = i.as_str().replace('_', "");
            let digits = digits.trim_start_matches("0x").trim_start_matches("0o").trim_start_matches("0b");
            i64::from_str_radix(digits, i.radix()).map_or(Value::Float(f64::INFINITY), Value::Integer)
        }
        DeValue::Float(f) => Value::Float(f.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Value::Bool(*b),
        DeValue::Datetime(_) => Value::Date,
        DeValue::Array(list) => {
            Value::List(list.iter().map(|v| Node { value: convert(v.get_ref()), range: v.span() }).collect())
        }
        DeValue::Table(table) => Value::Table(entries(table)),
    }
}
