//! Findings as text: for people, for programs, for GitHub's workflows.

use super::args::{MessageArgs, MessageFormat};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use std::io::{IsTerminal as _, Write as _};

/// Prints findings to standard error. Whether any of them is one to fail on.
pub(super) fn report(findings: &Diagnostics, args: &MessageArgs) -> bool {
    let mut sorted = findings.clone();
    sorted.sort();
    let mut text = String::new();
    for finding in &sorted.0 {
        text += &match args.message_format {
            MessageFormat::Human => human(finding),
            MessageFormat::Json => json(finding),
            MessageFormat::Github => github(finding),
        };
        text.push('\n');
    }
    say(&text);
    sorted.has_errors() || (args.deny_warnings && !sorted.0.is_empty())
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

/// In the manner of rustc.
pub(super) fn human(finding: &Diagnostic) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.code);
    let mut main =
        match &finding.place {
            Some(place) => {
                let here = snippet(place).annotation(AnnotationKind::Primary.span(place.range.clone()));
                let same = finding.related.iter().filter(|r| r.0.source.name == place.source.name);
                title.element(same.fold(here, |s, r| {
                    s.annotation(AnnotationKind::Context.span(r.0.range.clone()).label(r.1.as_str()))
                }))
            }
            None => Group::with_title(title),
        };
    if let Some(help) = &finding.help {
        main = main.element(Level::HELP.message(help.as_str()));
    }
    let styled = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[main]) + "\n"
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
    .to_string()
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
