//! The entries of one table, taken one by one; what is left over is unknown.

use super::value::{Name, Node, Value};
use super::{At, Label, PerCopy};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use std::ops::Range;
use std::sync::Arc;

/// A table being read.
pub(super) struct Fields<'a> {
    source: &'a Arc<Source>,
    findings: &'a mut Diagnostics,
    /// What the table is called in messages.
    what: String,
    entries: Vec<Option<(Name, Node)>>,
    known: Vec<&'static str>,
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

impl<'a> Fields<'a> {
    /// Starts to read a table.
    pub(super) fn new(
        source: &'a Arc<Source>,
        findings: &'a mut Diagnostics,
        what: impl Into<String>,
        entries: Vec<(Name, Node)>,
    ) -> Self {
        Self {
            source,
            findings,
            what: what.into(),
            entries: entries.into_iter().map(Some).collect(),
            known: Vec::new(),
        }
    }

    /// The place of some bytes.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        Place { source: Arc::clone(self.source), range }
    }

    /// Reports an error.
    pub(super) fn error(&mut self, code: &'static str, message: String, range: Range<usize>, help: impl Into<String>) {
        let place = self.place(range);
        self.findings.push(Diagnostic::error(code, message, place).help(help));
    }

    fn at<T>(&self, value: T, range: Range<usize>) -> At<T> {
        At { value, place: self.place(range) }
    }

    /// Takes an entry out.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
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
            Value::Text(text) => Some(self.at(text, node.range)),
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
            Value::Text(text) => Some((vec![self.at(text, node.range)], false)),
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
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&'static str, T)]) -> Option<At<T>> {
        let text = self.text(key)?;
        if let Some(choice) = choices.iter().find(|c| c.0 == text.value) {
            return Some(At { value: choice.1, place: text.place });
        }
        let words: Vec<String> = choices.iter().map(|c| format!("`{}`", c.0)).collect();
        let near = nearest(&text.value, choices.iter().map(|c| c.0));
        let help = match near {
            Some(n) => format!("did you mean `{n}`? possible are {}", words.join(", ")),
            None => format!("possible are {}", words.join(", ")),
        };
        let message = format!("`{}` is not a value of `{key}`", text.value);
        self.error("unknown-value", message, text.place.range, help);
        None
    }

    /// A label.
    pub(super) fn label(&mut self, key: &'static str) -> Option<Label> {
        let node = self.take(key)?;
        self.label_of(key, node)
    }

    /// A label from a value.
    pub(super) fn label_of(&mut self, key: &str, node: Node) -> Option<Label> {
        match node.value {
            Value::Text(text) => Some(Label::Plain(self.at(text, node.range))),
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
                    let language = self.at(name.text, name.range);
                    if let Some(text) = self.text_of(key, value) {
                        texts.push((language, text));
                    }
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

    /// The findings and the source, for reading a table within.
    pub(super) fn inner(&mut self) -> (&Arc<Source>, &mut Diagnostics) {
        (self.source, self.findings)
    }

    /// Reports what nobody took.
    pub(super) fn finish(mut self) {
        for entry in std::mem::take(&mut self.entries).into_iter().flatten() {
            let (name, _) = entry;
            let help = match nearest(&name.text, self.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("known are {}", self.known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", "))
                }
            };
            let message = format!("unknown key `{}` in {}", name.text, self.what);
            self.error("unknown-key", message, name.range, help);
        }
    }
}
