//! Finding fenced diagrams.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// A fenced block that holds a diagram.
#[derive(Debug, Clone)]
pub struct Fence {
    /// Its bytes in the Markdown text, from the opening fence to the end of the closing one.
    pub range: Range<usize>,
    /// What stands before the fence on each of its lines: spaces, and the `>` of quotes.
    pub indent: String,
    /// The bytes behind the opening fence: `skyplan web lang=ko`.
    pub info: Range<usize>,
    /// The name of its picture.
    pub name: Option<String>,
    /// Language of the texts.
    pub lang: Option<String>,
    /// Theme.
    pub theme: Option<String>,
    /// View.
    pub view: Option<String>,
    /// Ending of the picture's file.
    pub format: Option<String>,
    /// The diagram.
    pub text: String,
    /// Where pieces of the diagram begin: in `text`, and in the Markdown text.
    pieces: Vec<(usize, usize)>,
}

/// All diagrams of a Markdown text, in order. What is wrong with their first lines goes into `findings`.
pub fn fences(source: &Arc<Source>, findings: &mut Diagnostics) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    for (event, range) in Parser::new_ext(&source.text, Options::all()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_diagram(&info) => {
                open = Some(opened(source, &info, range, findings));
            }
            Event::Text(text) => {
                if let Some(fence) = &mut open {
                    fence.pieces.push((fence.text.len(), range.start));
                    fence.text.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(fence) = open.take() {
                    closed(&fence, source, findings);
                    found.push(fence);
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether the first word behind the fence is our name. Words end at blanks, and at commas as mdBook has it.
fn is_diagram(info: &str) -> bool {
    words(info).next() == Some("skyplan")
}

/// Reports a fence that nothing closes: what is written behind it would belong to the diagram.
fn closed(fence: &Fence, source: &Arc<Source>, findings: &mut Diagnostics) {
    let block = source.text.get(fence.range.start..fence.range.end).unwrap_or("").trim_end();
    let mark = block.chars().next().unwrap_or('`');
    let length = block.chars().take_while(|&c| c == mark).count();
    let last = block.rsplit_once('\n').map_or("", |lines| lines.1).trim_start_matches([' ', '\t', '>']);
    if last.len() < length || last.chars().any(|c| c != mark) {
        let place = Place { source: Arc::clone(source), range: fence.info.clone() };
        let help = format!("end the diagram with a line {}", mark.to_string().repeat(length));
        findings.push(Diagnostic::error("bad-fence", "this fence is not closed", place).help(help));
    }
}

fn words(info: &str) -> impl Iterator<Item = &str> {
    info.split([' ', '\t', ',']).filter(|word| !word.is_empty())
}

fn opened(source: &Arc<Source>, info: &str, range: Range<usize>, findings: &mut Diagnostics) -> Fence {
    let text = &source.text;
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[range.start..].find(['\r', '\n']).map_or(text.len(), |at| range.start + at);
    let ticks = text[range.start..line_end].chars().take_while(|c| matches!(c, '`' | '~')).count();
    let mut fence = Fence {
        indent: text[line_start..range.start].chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect(),
        info: range.start + ticks..line_end,
        range,
        name: None,
        lang: None,
        theme: None,
        view: None,
        format: None,
        text: String::new(),
        pieces: Vec::new(),
    };
    for word in words(info).skip(1) {
        let slot = match word.split_once('=') {
            None => Some((&mut fence.name, word)),
            Some(("lang", value)) => Some((&mut fence.lang, value)),
            Some(("theme", value)) => Some((&mut fence.theme, value)),
            Some(("view", value)) => Some((&mut fence.view, value)),
            Some(("format", value)) => Some((&mut fence.format, value)),
            Some(_) => None,
        };
        match slot {
            Some((slot @ None, value)) if !value.is_empty() => *slot = Some(value.to_owned()),
            _ => {
                let place = Place { source: Arc::clone(source), range: fence.info.clone() };
                let message = format!("`{word}` means nothing behind a fence");
                let help = "write ```skyplan NAME, and lang=…, theme=…, view=… or format=… behind it, each once";
                findings.push(Diagnostic::error("bad-fence", message, place).help(help));
            }
        }
    }
    fence
}

impl Fence {
    /// A range of the diagram as a range of the Markdown text.
    pub fn outer(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.outer_at(range.start, self.pieces.partition_point(|piece| piece.0 <= range.start));
        // The end belongs to what stands before it, not to the next line.
        let end = self.outer_at(range.end, self.pieces.partition_point(|piece| piece.0 < range.end));
        start..end.max(start)
    }

    /// A byte of the diagram in the Markdown text, in the last of so many pieces.
    fn outer_at(&self, at: usize, after: usize) -> usize {
        let Some(&(inner, outer)) = after.checked_sub(1).and_then(|i| self.pieces.get(i)) else {
            return self.range.start;
        };
        (outer + (at - inner)).min(self.range.end)
    }

    /// Findings about the diagram, as findings about the Markdown text.
    pub fn moved(&self, findings: Diagnostics, inner: &Arc<Source>, source: &Arc<Source>) -> Diagnostics {
        let place = |place: Place| {
            if !Arc::ptr_eq(&place.source, inner) {
                return place;
            }
            let range = self.outer(&place.range);
            // A position between the bytes of a character cannot be shown.
            let good = source.text.is_char_boundary(range.start) && source.text.is_char_boundary(range.end);
            Place { source: Arc::clone(source), range: if good { range } else { self.info.clone() } }
        };
        let moved = findings.0.into_iter().map(|finding| Diagnostic {
            place: finding.place.map(place),
            related: finding.related.into_iter().map(|(at, note)| (place(at), note)).collect(),
            ..finding
        });
        Diagnostics(moved.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Vec<Fence>, Diagnostics) {
        let mut findings = Diagnostics::default();
        (fences(&Source::new("a.md", text), &mut findings), findings)
    }

    #[test]
    fn only_fences_of_our_name_are_diagrams() {
        let text = "```toml\na\n```\n\n~~~skyplan,web lang=ko\nb\n~~~\n\n    ```skyplan\n";
        let (fences, _) = found(text);
        assert_eq!(fences.len(), 1);
        assert_eq!((fences[0].name.as_deref(), fences[0].lang.as_deref()), (Some("web"), Some("ko")));
        assert_eq!(fences[0].text, "b\n");
    }

    #[test]
    fn places_in_quotes_and_lists_are_found_again() {
        let text = "> 1. ```skyplan\r\n>    한글\r\n>    xyz\r\n>    ```\r\n";
        let (fences, _) = found(text);
        let at = fences[0].text.find("xyz").unwrap();
        assert_eq!(&text[fences[0].outer(&(at..at + 3))], "xyz");
        assert_eq!(fences[0].indent, ">    ");
    }

    #[test]
    fn words_that_mean_nothing_are_told() {
        assert_eq!(found("```skyplan a b size=3 lang=\n```\n").1.0.len(), 3);
    }
}
