//! What a book's `[preprocessor.skyplan]` says, checked.

use crate::cli::args::{FontArgs, PackArgs};
use crate::cli::markdown::is_below;
use crate::diagnostic::{Diagnostic, Diagnostics};
use serde_json::Value;
use std::path::Path;

/// Keys of the table that mdBook itself reads.
const OF_MDBOOK: [&str; 6] = ["command", "before", "after", "renderer", "renderers", "optional"];
/// Keys of the table that we read.
const OURS: [&str; 6] = ["lang", "theme", "icons", "update-icons", "fonts", "system-fonts"];

/// The table's content.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Language of the texts, where a fence says no other.
    pub(super) lang: Option<String>,
    /// Theme, where a fence says no other.
    pub(super) theme: Option<String>,
    /// Icon packs, and what becomes of the lock.
    pub(super) packs: PackArgs,
    /// Fonts.
    pub(super) fonts: FontArgs,
}

impl Settings {
    /// Reads the table of a book in the folder `root`.
    pub(super) fn read(context: &Value, root: &Path, findings: &mut Diagnostics) -> Self {
        let empty = Value::Null;
        let value = context.pointer("/config/preprocessor/skyplan").unwrap_or(&empty);
        let mut table = Table { value, findings };
        table.tell_unknown();
        let folders = table.texts("fonts").unwrap_or_default();
        Self {
            lang: table.text("lang"),
            theme: table.below("theme"),
            packs: PackArgs { icons: table.texts("icons"), update_icons: table.flag("update-icons") },
            fonts: FontArgs {
                font_dir: folders.into_iter().map(|folder| root.join(folder)).collect(),
                system_fonts: table.flag("system-fonts"),
            },
        }
    }
}

/// The table as mdBook gives it: JSON, so that places in `book.toml` are not known.
struct Table<'a> {
    value: &'a Value,
    findings: &'a mut Diagnostics,
}

impl Table<'_> {
    fn tell_unknown(&mut self) {
        for key in self.value.as_object().into_iter().flat_map(|table| table.keys()) {
            if !OURS.contains(&key.as_str()) && !OF_MDBOOK.contains(&key.as_str()) {
                let message = format!("`{key}` means nothing in [preprocessor.skyplan]");
                let known = OURS.map(|key| format!("`{key}`")).join(", ");
                let help = format!("there are {known}, and mdBook's own keys");
                self.findings.push(Diagnostic::warning("unknown-key", message, None).help(help));
            }
        }
    }

    fn wrong(&mut self, key: &str, what: &str, example: &str) {
        let message = format!("`{key}` in [preprocessor.skyplan] must be {what}");
        self.findings.push(Diagnostic::error("wrong-type", message, None).help(format!("write {key} = {example}")));
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let value = self.value.get(key)?;
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(key, "a text", if key == "lang" { "\"ko\"" } else { "\"dark\"" });
        }
        text
    }

    /// A name, or a path below the book's folder: the book may come from strangers.
    fn below(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        if !is_below(&text) {
            let message = format!("`{key}` in [preprocessor.skyplan] leads outside the book's folder");
            self.findings.push(Diagnostic::error("outside", message, None).help("name a file below that folder"));
            return None;
        }
        Some(text)
    }

    /// One text, or a list of them.
    fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.value.get(key)?;
        let texts = match value {
            Value::String(one) => Some(vec![one.clone()]),
            Value::Array(list) => list.iter().map(|v| v.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        if texts.is_none() {
            self.wrong(key, "a text or a list of texts", if key == "icons" { "\"aws\"" } else { "[\"fonts\"]" });
        }
        texts
    }

    fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.value.get(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.wrong(key, "`true` or `false`", "true");
            false
        })
    }
}
