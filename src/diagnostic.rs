//! What is wrong or doubtful in the user's input: a message, its place, and a way out.

use std::ops::Range;
use std::sync::Arc;

/// A text that diagnostics can point into: a file's name, as the user gave it, and its content.
#[derive(Debug)]
pub struct Source {
    /// The path as given by the user, or `<stdin>`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A text under a name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), text: text.into() })
    }
}

impl Place {
    /// Line and column of its start, both from 1; the column counts characters.
    pub fn line_column(&self) -> (usize, usize) {
        let before = self.source.text.get(..self.range.start).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

/// A byte range of a [`Source`].
#[derive(Debug, Clone)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// Bytes of it, on character boundaries.
    pub range: Range<usize>,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is drawn.
    Error,
    /// Drawn, but doubtful.
    Warning,
}

/// One finding about the input.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable, kebab-case name of the rule, such as `unknown-kind`.
    pub code: &'static str,
    /// A lower-case sentence without a full stop.
    pub message: String,
    /// Where; `None` only where no text exists (a file that is not there).
    pub place: Option<Place>,
    /// Further places with a note each ("first defined here").
    pub related: Vec<(Place, String)>,
    /// A way out, in the same form as the message.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, message: impl Into<String>, place: impl Into<Option<Place>>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            place: place.into(),
            related: Vec::new(),
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, message: impl Into<String>, place: impl Into<Option<Place>>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, place) }
    }

    /// The same with a way out.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same with a further place.
    #[must_use]
    pub fn related(mut self, place: Place, note: impl Into<String>) -> Self {
        self.related.push((place, note.into()));
        self
    }
}

/// All findings of one run, in the order of their places.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Puts the findings in the order of their places, each once.
    pub fn sort(&mut self) {
        let key = |d: &Diagnostic| d.place.as_ref().map(|p| (p.source.name.clone(), p.range.start));
        self.0.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| (a.code, &a.message).cmp(&(b.code, &b.message))));
        self.0.dedup_by(|a, b| a.code == b.code && a.message == b.message && key(a) == key(b));
    }

    /// Whether anything forbids drawing.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }
}
