//! How the program speaks: findings for people, for programs, for GitHub's workflows; progress; results.

use super::args::{FindingArgs, MessageFormat};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use clap::ColorChoice;
use std::io::{IsTerminal as _, Write as _};

/// The way a run speaks, as its arguments ask.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    format: MessageFormat,
    deny_warnings: bool,
    loudness: Loudness,
    styled: bool,
}

/// How much is said beside findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Loudness {
    /// Nothing.
    Quiet,
    /// What became of each file.
    Normal,
    /// How, and how long it took.
    Verbose,
}

impl Voice {
    /// The voice that the arguments ask for.
    pub(super) fn new(args: &FindingArgs) -> Self {
        let FindingArgs { deny_warnings, messages: args } = args;
        let loudness = match (args.quiet, args.verbose) {
            (true, _) => Loudness::Quiet,
            (false, true) => Loudness::Verbose,
            (false, false) => Loudness::Normal,
        };
        let styled = match args.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        Self { format: args.message_format, deny_warnings: *deny_warnings, loudness, styled }
    }

    /// Prints findings to standard error. Whether any of them is one to fail on.
    pub(super) fn report(&self, findings: &Diagnostics) -> bool {
        let mut sorted = findings.clone();
        sorted.sort();
        let text: String = sorted.0.iter().map(|finding| self.finding(finding) + "\n").collect();
        say(&text);
        sorted.has_errors() || (self.deny_warnings && !sorted.0.is_empty())
    }

    /// Prints one finding.
    pub(super) fn report_one(&self, finding: &Diagnostic) {
        say(&(self.finding(finding) + "\n"));
    }

    /// Says what became of something, unless asked to be quiet.
    pub(super) fn tell(&self, line: &str) {
        if self.loudness >= Loudness::Normal {
            say(&format!("{line}\n"));
        }
    }

    /// Says how something is done, if asked to be verbose.
    pub(super) fn detail(&self, line: impl FnOnce() -> String) {
        if self.loudness >= Loudness::Verbose {
            say(&format!("{}\n", line()));
        }
    }

    /// Whether somebody sits before a terminal and wants to see progress.
    pub(super) fn is_live(&self) -> bool {
        self.loudness == Loudness::Normal && std::io::stderr().is_terminal()
    }

    fn finding(&self, finding: &Diagnostic) -> String {
        match self.format {
            MessageFormat::Human => self.human(finding),
            MessageFormat::Json => json(finding),
            MessageFormat::Github => github(finding),
        }
    }

    /// In the manner of rustc.
    fn human(&self, finding: &Diagnostic) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(finding.message.as_str()).id(finding.code);
        let mut main = match &finding.place {
            // A picture has no lines to show.
            Some(place) if place.source.text.is_empty() => Group::with_title(title),
            Some(place) => {
                let here = snippet(place).annotation(AnnotationKind::Primary.span(place.range.clone()));
                let (same, other): (Vec<_>, Vec<_>) =
                    finding.related.iter().partition(|r| r.0.source.name == place.source.name);
                let context = |r: &'_ (Place, String)| AnnotationKind::Context.span(r.0.range.clone());
                let here = same.iter().fold(here, |s, r| s.annotation(context(r).label(r.1.as_str())));
                other.iter().fold(title.element(here), |title, r| {
                    title.element(snippet(&r.0).annotation(context(r).label(r.1.as_str())))
                })
            }
            None => Group::with_title(title),
        };
        if let Some(help) = &finding.help {
            main = main.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if self.styled { Renderer::styled() } else { Renderer::plain() };
        renderer.decor_style(DecorStyle::Ascii).render(&[main]) + "\n"
    }
}

/// Writes to standard error; nobody listening is no failure of ours.
pub(super) fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Writes to standard output.
pub(super) fn print(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

fn snippet(place: &Place) -> Snippet<'_, Annotation<'_>> {
    Snippet::source(place.source.text.as_str()).path(place.source.name.as_str()).fold(true)
}

fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn json(finding: &Diagnostic) -> String {
    object(finding).to_string()
}

/// A finding as programs read it.
fn object(finding: &Diagnostic) -> serde_json::Value {
    let place = finding.place.as_ref();
    let (line, column) = place.map_or((0, 0), Place::line_column);
    serde_json::json!({
        "severity": severity(finding),
        "code": finding.code,
        "message": finding.message,
        "file": place.map(|p| p.source.name.as_str()),
        "line": place.map(|_| line),
        "column": place.map(|_| column),
        "range": place.map(|p| [p.range.start, p.range.end]),
        "help": finding.help,
    })
}

/// A finding with the line that it is about: its text, and which characters of it are meant.
pub(super) fn placed(finding: &Diagnostic) -> serde_json::Value {
    let mut object = object(finding);
    if let Some(place) = finding.place.as_ref().filter(|p| !p.source.text.is_empty()) {
        let text = &place.source.text;
        let start = text.get(..place.range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let column = |byte: usize| text.get(start..byte).map_or(0, |t| t.chars().count()).min(line.chars().count());
        let (from, to) = (column(place.range.start), column(place.range.end));
        object["excerpt"] = serde_json::json!({"text": line, "from": from, "to": to.max(from)});
    }
    object
}

/// A workflow command; its syntax asks for `%`, line ends, and in properties `:` and `,` to be escaped.
fn github(finding: &Diagnostic) -> String {
    let data = |s: &str| s.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |s: &str| data(s).replace(':', "%3A").replace(',', "%2C");
    let place = finding.place.as_ref().map_or_else(String::new, |p| {
        let (line, column) = p.line_column();
        format!(" file={},line={line},col={column}", property(&p.source.name))
    });
    let help = finding.help.as_ref().map_or_else(String::new, |h| format!(" ({h})"));
    format!("::{}{place}::{}", severity(finding), data(&format!("{}{help}", finding.message)))
}
