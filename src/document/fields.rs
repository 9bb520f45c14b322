//! The entries of one table, taken one by one; what is left over is unknown.

use super::keys::{Shape, Table};
use super::value::{Name, Node, Value};
use super::vars::Vars;
use super::words::{Word, words};
use super::{At, Label, PerCopy};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use std::ops::Range;
use std::sync::Arc;

/// What every part of the reader needs.
pub(super) struct Reading<'r> {
    /// The file.
    pub(super) source: &'r Arc<Source>,
    /// Its folder, as seen from the diagram's own; empty, or ending in `/`.
    pub(super) folder: &'r str,
    /// What `{name}` stands for.
    pub(super) vars: &'r mut Vars,
    /// What is wrong with it.
    pub(super) findings: &'r mut Diagnostics,
}

impl Reading<'_> {
    /// The place of some bytes.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        Place { source: Arc::clone(self.source), range }
    }

    /// Reports an error.
    pub(super) fn error(&mut self, code: &'static str, message: String, range: Range<usize>, help: impl Into<String>) {
        let place = self.place(range);
        self.findings.push(Diagnostic::error(code, message, place).help(help));
    }
}

/// A table being read: its entries are taken one by one, by the keys that such a table has.
pub(super) struct Fields<'c, 'r> {
    reading: &'c mut Reading<'r>,
    table: &'static Table,
    /// What the table is called in messages; empty for the document.
    what: String,
    entries: Vec<Option<(Name, Node)>>,
}

/// The known name that looks most like `name`.
pub(super) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    known
        .into_iter()
        .map(|k| (strsim::jaro_winkler(&k.to_lowercase(), &name.to_lowercase()), k))
        .filter(|k| k.0 > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|k| k.1)
}

impl<'c, 'r> Fields<'c, 'r> {
    /// Starts to read a table.
    pub(super) fn new(
        reading: &'c mut Reading<'r>,
        table: &'static Table,
        what: impl Into<String>,
        entries: Vec<(Name, Node)>,
    ) -> Self {
        Self { reading, table, what: what.into(), entries: entries.into_iter().map(Some).collect() }
    }

    /// The place of some bytes.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        self.reading.place(range)
    }

    /// Reports an error.
    pub(super) fn error(&mut self, code: &'static str, message: String, range: Range<usize>, help: impl Into<String>) {
        self.reading.error(code, message, range, help);
    }

    fn at<T>(&self, value: T, range: Range<usize>) -> At<T> {
        At { value, place: self.place(range) }
    }

    /// A text with its variables filled in.
    fn filled(&mut self, text: &str, language: Option<&str>, range: Range<usize>) -> At<String> {
        let place = self.place(range);
        let Reading { vars, findings, .. } = &mut *self.reading;
        At { value: vars.fill(text, language, &place, findings), place }
    }

    /// One text for all languages, unless a variable in it has one for each.
    fn plain_label(&mut self, text: &str, range: Range<usize>) -> Label {
        let languages = self.reading.vars.languages(text);
        if languages.is_empty() {
            return Label::Plain(self.filled(text, None, range));
        }
        let fill = |language: At<String>| {
            let text = self.filled(text, Some(&language.value), range.clone());
            (language, text)
        };
        Label::ByLanguage(languages.into_iter().map(fill).collect())
    }

    /// Takes an entry out. A key that such a table does not have is left, to be reported as unknown.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        self.table.key(key)?;
        let slot = self.entries.iter_mut().find(|e| e.as_ref().is_some_and(|e| e.0.text == key))?;
        slot.take().map(|e| e.1)
    }

    fn wrong(&mut self, key: &str, node: &Node, wanted: &str) {
        let message = format!("`{key}` must be {wanted}, not {}", node.value.what());
        self.error("wrong-type", message, node.range.clone(), format!("write `{key}` as {wanted}"));
    }

    /// A string.
    pub(super) fn text(&mut self, key: &'static str) -> Option<At<String>> {
        let node = self.take(key)?;
        self.text_of(key, node)
    }

    fn text_of(&mut self, key: &str, node: Node) -> Option<At<String>> {
        match node.value {
            Value::Text(text) => Some(self.filled(&text, None, node.range)),
            _ => {
                self.wrong(key, &node, "a string");
                None
            }
        }
    }

    /// A string or an array of strings; whether it was an array.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<(Vec<At<String>>, bool)> {
        let node = self.take(key)?;
        match node.value {
            Value::List(list) => {
                if list.is_empty() {
                    let message = format!("`{key}` is empty");
                    self.error("empty-list", message, node.range, format!("name at least one, or leave `{key}` out"));
                }
                Some((list.into_iter().filter_map(|n| self.text_of(key, n)).collect(), true))
            }
            Value::Text(text) => Some((vec![self.filled(&text, None, node.range)], false)),
            _ => {
                self.wrong(key, &node, "a string or an array of strings");
                None
            }
        }
    }

    /// true or false.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        match node.value {
            Value::Bool(b) => Some(b),
            _ => {
                self.wrong(key, &node, "true or false");
                None
            }
        }
    }

    /// A number above 0.
    pub(super) fn positive(&mut self, key: &'static str) -> Option<At<f64>> {
        let node = self.take(key)?;
        let value = match node.value {
            Value::Integer(i) => i as f64,
            Value::Float(f) => f,
            _ => {
                self.wrong(key, &node, "a number");
                return None;
            }
        };
        if value > 0.0 && value.is_finite() && value < 1e6 {
            return Some(self.at(value, node.range));
        }
        self.error(
            "bad-number",
            format!("`{key}` must lie between 0 and 1000000"),
            node.range,
            "write a number such as 1.5",
        );
        None
    }

    /// A whole number from 1 to 999.
    pub(super) fn count(&mut self, key: &'static str) -> Option<At<u32>> {
        let node = self.take(key)?;
        match node.value {
            Value::Integer(i @ 1..=999) => Some(self.at(i as u32, node.range)),
            Value::Integer(_) => {
                self.error(
                    "bad-number",
                    format!("`{key}` must lie between 1 and 999"),
                    node.range,
                    "number the steps from 1",
                );
                None
            }
            _ => {
                self.wrong(key, &node, "a whole number");
                None
            }
        }
    }

    /// One of some words.
    pub(super) fn choice<T: Word>(&mut self, key: &'static str) -> Option<At<T>> {
        let text = self.text(key)?;
        if let Some(choice) = T::WORDS.iter().find(|c| c.0 == text.value) {
            return Some(At { value: choice.1, place: text.place });
        }
        let known: Vec<String> = words::<T>().into_iter().map(|w| format!("`{w}`")).collect();
        let help = match nearest(&text.value, words::<T>()) {
            Some(n) => format!("did you mean `{n}`? possible are {}", known.join(", ")),
            None => format!("possible are {}", known.join(", ")),
        };
        let message = format!("`{}` is not a value of `{key}`", text.value);
        self.error("unknown-value", message, text.place.range, help);
        None
    }

    /// A colour.
    pub(super) fn color(&mut self, key: &'static str) -> Option<At<String>> {
        let color = self.text(key)?;
        let hex = color.value.strip_prefix('#').unwrap_or("");
        if !(matches!(hex.len(), 3 | 6) && hex.chars().all(|c| c.is_ascii_hexdigit())) {
            let message = format!("`{}` is not a colour", color.value);
            self.error("bad-color", message, color.place.range.clone(), "write it as `#rrggbb`");
        }
        Some(color)
    }

    /// A label.
    pub(super) fn label(&mut self, key: &'static str) -> Option<Label> {
        let node = self.take(key)?;
        self.label_of(key, node)
    }

    /// A label from a value.
    pub(super) fn label_of(&mut self, key: &str, node: Node) -> Option<Label> {
        match node.value {
            Value::Text(text) => Some(self.plain_label(&text, node.range)),
            Value::Table(entries) if entries.is_empty() => {
                self.error(
                    "empty-label",
                    format!("`{key}` names no language"),
                    node.range,
                    "write { en = \"…\", ko = \"…\" }",
                );
                None
            }
            Value::Table(entries) => {
                let mut texts = Vec::new();
                for (name, value) in entries {
                    let good =
                        !name.text.is_empty() && name.text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
                    if !good {
                        let message = format!("`{}` is not a language", name.text);
                        self.error(
                            "bad-language",
                            message,
                            name.range.clone(),
                            "use tags such as `en`, `ko`, `zh-Hans`",
                        );
                        continue;
                    }
                    let Value::Text(text) = &value.value else {
                        self.wrong(key, &value, "a string");
                        continue;
                    };
                    let text = self.filled(text, Some(&name.text), value.range.clone());
                    texts.push((self.at(name.text, name.range), text));
                }
                (!texts.is_empty()).then_some(Label::ByLanguage(texts))
            }
            _ => {
                self.wrong(key, &node, "a string or a table by language");
                None
            }
        }
    }

    /// A label, or one for each copy.
    pub(super) fn labels(&mut self, key: &'static str) -> Option<PerCopy<Label>> {
        let node = self.take(key)?;
        if let Value::List(list) = node.value {
            let place = self.place(node.range);
            return Some(PerCopy::Each(list.into_iter().filter_map(|n| self.label_of(key, n)).collect(), place));
        }
        self.label_of(key, node).map(PerCopy::One)
    }

    /// A string, or one for each copy.
    pub(super) fn texts_per_copy(&mut self, key: &'static str) -> Option<PerCopy<At<String>>> {
        let node = self.take(key)?;
        if let Value::List(list) = node.value {
            let place = self.place(node.range);
            return Some(PerCopy::Each(list.into_iter().filter_map(|n| self.text_of(key, n)).collect(), place));
        }
        self.text_of(key, node).map(PerCopy::One)
    }

    /// A table.
    pub(super) fn table(&mut self, key: &'static str) -> Option<Vec<(Name, Node)>> {
        let node = self.take(key)?;
        match node.value {
            Value::Table(entries) => Some(entries),
            _ => {
                self.wrong(key, &node, "a table");
                None
            }
        }
    }

    /// Texts by name, in which numbers may stand as they are written.
    pub(super) fn vars(&mut self, key: &'static str) -> Vec<(At<String>, Label)> {
        let mut out = Vec::new();
        for (name, node) in self.table(key).unwrap_or_default() {
            if !is_id(&name.text) {
                let message = format!("`{}` is not the name of a variable", name.text);
                let help = "names are Latin letters, digits, `-` and `_`, beginning with a letter";
                self.error("bad-id", message, name.range.clone(), help);
            }
            let number = matches!(node.value, Value::Integer(_) | Value::Float(_) | Value::Bool(_) | Value::Date);
            let label = if number {
                let written = self.reading.source.text.get(node.range.clone()).unwrap_or("").to_owned();
                Some(Label::Plain(self.at(written, node.range)))
            } else {
                self.label_of(&name.text, node)
            };
            out.extend(label.map(|l| (self.at(name.text, name.range), l)));
        }
        out
    }

    /// What reading a table within needs.
    pub(super) fn reading(&mut self) -> &mut Reading<'r> {
        self.reading
    }

    /// Reports what nobody took.
    pub(super) fn finish(mut self) {
        for (name, _) in std::mem::take(&mut self.entries).into_iter().flatten() {
            let known = self.table.all();
            let near = nearest(&name.text, known.map(|k| k.name)).and_then(|n| self.table.key(n));
            let help = match near {
                Some(near) if matches!(near.shape, Shape::Many(_)) => format!("did you mean [{}.ID]?", near.name),
                Some(near) => format!("did you mean `{}`?", near.name),
                None => format!("known are {}", names(self.table)),
            };
            let what = if self.what.is_empty() { String::new() } else { format!(" in {}", self.what) };
            self.error("unknown-key", format!("unknown key `{}`{what}", name.text), name.range, help);
        }
    }
}

/// Latin letters, digits, `-` and `_`, beginning with a letter.
pub(super) fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// The keys of a table as a list for a message.
fn names(table: &Table) -> String {
    table.all().map(|k| format!("`{}`", k.name)).collect::<Vec<_>>().join(", ")
}
