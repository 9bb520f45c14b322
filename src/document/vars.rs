//! `[var]`: names that stand for texts, written as `{name}` in strings.

use super::{At, Label};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// Most bytes that all filled texts of a document may have.
const MOST_BYTES: usize = 16 << 20;

/// The variables of a document.
#[derive(Debug)]
pub(super) struct Vars {
    /// Names and values, in file order.
    all: Vec<(At<String>, Label)>,
    /// Bytes that may still be made.
    left: usize,
}

impl Default for Vars {
    fn default() -> Self {
        Self { all: Vec::new(), left: MOST_BYTES }
    }
}

/// A piece of a string.
enum Piece<'t> {
    /// As it stands.
    Plain(&'t str),
    /// `{{name}}`, which stands for `{name}`.
    Braces(&'t str),
    /// `{name}`.
    Name(&'t str),
}

/// Splits a string at its placeholders; braces around anything but a name are plain.
fn pieces(mut text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{').map(|at| from + at) {
        let doubled = text[at..].starts_with("{{");
        let open = if doubled { "{{" } else { "{" };
        let close = if doubled { "}}" } else { "}" };
        let inside = &text[at + open.len()..];
        let length =
            inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(inside.len());
        let (name, rest) = inside.split_at(length);
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.starts_with(close) {
            out.push(Piece::Plain(&text[..at]));
            out.push(if doubled { Piece::Braces(name) } else { Piece::Name(name) });
            (text, from) = (&rest[close.len()..], 0);
        } else {
            from = at + open.len();
        }
    }
    out.push(Piece::Plain(text));
    out
}

impl Vars {
    /// Adds the variables of a file; they override those that are there.
    pub(super) fn add(&mut self, own: Vec<(At<String>, Label)>) {
        for (name, value) in own {
            self.all.retain(|v| v.0.value != name.value);
            self.all.push((name, value));
        }
    }

    /// Variables stand for texts, not for other variables.
    pub(super) fn check(&self, findings: &mut Diagnostics) {
        for (name, value) in &self.all {
            let texts = match value {
                Label::Plain(text) => vec![text],
                Label::ByLanguage(texts) => texts.iter().map(|t| &t.1).collect(),
            };
            for text in texts {
                let used = pieces(&text.value).into_iter().find_map(|p| match p {
                    Piece::Name(inner) if self.get(inner).is_some() => Some(inner),
                    _ => None,
                });
                if let Some(inner) = used {
                    let message = format!("the variable `{}` uses the variable `{inner}`", name.value);
                    let error = Diagnostic::error("nested-variable", message, text.place.clone());
                    findings.push(error.help("write its text out, or use both where the text is needed"));
                }
            }
        }
    }

    fn get(&self, name: &str) -> Option<&Label> {
        self.all.iter().find(|v| v.0.value == name).map(|v| &v.1)
    }

    /// The languages in which a text has to be filled: those of the first variable that has several.
    pub(super) fn languages(&self, text: &str) -> Vec<At<String>> {
        let by_language = |p: Piece| match p {
            Piece::Name(name) => match self.get(name) {
                Some(Label::ByLanguage(texts)) => Some(texts.iter().map(|t| t.0.clone()).collect()),
                _ => None,
            },
            _ => None,
        };
        pieces(text).into_iter().find_map(by_language).unwrap_or_default()
    }

    /// The text with the values of its variables, in one language. Without any `[var]`, braces are braces.
    pub(super) fn fill(
        &mut self,
        text: &str,
        language: Option<&str>,
        place: &Place,
        findings: &mut Diagnostics,
    ) -> String {
        if self.all.is_empty() || !text.contains('{') {
            return text.to_owned();
        }
        let mut out = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Plain(plain) => out.push_str(plain),
                Piece::Braces(name) => out.extend(["{", name, "}"]),
                Piece::Name(name) => match self.value(name, language) {
                    Ok(value) => out.push_str(value),
                    Err((code, message, help)) => {
                        let place = place_of(name, place);
                        findings.push(Diagnostic::error(code, message, place).help(help));
                    }
                },
            }
            if out.len() > self.left {
                let message = format!("variables make the texts longer than {} MiB", MOST_BYTES >> 20);
                let error = Diagnostic::error("too-large", message, place.clone());
                findings.push(error.help("use shorter values"));
                return String::new();
            }
        }
        self.left -= out.len();
        out
    }

    /// The text of a variable, or what is wrong with it here.
    fn value(&self, name: &str, language: Option<&str>) -> Result<&str, (&'static str, String, String)> {
        match (self.get(name), language) {
            (Some(Label::Plain(text)), _) => Ok(&text.value),
            (Some(Label::ByLanguage(texts)), Some(language)) => {
                Ok(texts.iter().find(|t| t.0.value == language).or(texts.first()).map_or("", |t| &t.1.value))
            }
            (Some(Label::ByLanguage(_)), None) => {
                let message = format!("the variable `{name}` has a text for each language, and this string has none");
                Err(("text-by-language", message, "use it in labels only, or give it one text".to_owned()))
            }
            (None, _) => {
                let near = super::fields::nearest(name, self.all.iter().map(|v| v.0.value.as_str()));
                let help = match near {
                    Some(near) => format!("did you mean `{{{near}}}`? `{{{{{name}}}}}` stands for braces"),
                    None => format!("add it to [var]; `{{{{{name}}}}}` stands for braces"),
                };
                Err(("unknown-variable", format!("no variable is called `{name}`"), help))
            }
        }
    }
}

/// Where `{name}` stands within a string, if it is written there letter by letter.
fn place_of(name: &str, whole: &Place) -> Place {
    let written = whole.source.text.get(whole.range.clone()).unwrap_or("");
    let found = written.find(&format!("{{{name}}}")).map(|at| whole.range.start + at);
    let range = found.map_or(whole.range.clone(), |start| start..start + name.len() + 2);
    Place { range, ..whole.clone() }
}
