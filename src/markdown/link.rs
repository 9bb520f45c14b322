//! Links to pictures, written into Markdown.

use super::Fence;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeSet;

/// Marks a line as ours: such a line is kept up to date, any other one is left alone.
const MARK: &str = "<!-- skyplan -->";

/// A link to a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where the picture is: a relative path, or a `data:` address.
    pub target: String,
    /// What it shows.
    pub alt: String,
}

impl Link {
    /// The link as Markdown, on one line.
    fn markdown(&self) -> String {
        let mut alt = String::new();
        for c in self.alt.chars() {
            match c {
                c if c.is_control() => alt.push(' '),
                '\\' | '[' | ']' | '<' | '>' | '`' | '*' | '_' | '&' | '!' | '~' | '$' | '|' => alt.extend(['\\', c]),
                c => alt.push(c),
            }
        }
        // A path with blanks or parentheses stands in angle brackets.
        if self.target.contains([' ', '(', ')']) {
            format!("![{alt}](<{}>)", self.target)
        } else {
            format!("![{alt}]({})", self.target)
        }
    }
}

/// The text with a link to its picture behind every fence: the line there that is marked as ours is brought up to date; without one, a line is
/// added, unless the text shows that picture somewhere else. Doing it twice changes nothing more.
pub fn with_links(text: &str, pictures: &[(Fence, Link)]) -> String {
    let shown = shown(text);
    let end_of_line = line_ending(text);
    let mut out = String::new();
    let mut done = 0;
    for (fence, link) in pictures {
        let line = format!("{}{}{MARK}", fence.indent, link.markdown());
        let end = line_end(text, fence.range.end);
        if let Some(own) = own_line(text, end, &fence.indent) {
            out.push_str(text.get(done..own.start).unwrap_or(""));
            out.push_str(&line);
            done = own.end;
        } else if !shown.contains(&link.target) {
            out.push_str(text.get(done..end).unwrap_or(""));
            out.extend([end_of_line, fence.indent.trim_end(), end_of_line, &line]);
            out.push_str(&apart(text, end, &fence.indent));
            done = end;
        }
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// The text with a picture in place of every fence.
pub fn with_pictures(text: &str, pictures: &[(Fence, Link)]) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (fence, link) in pictures {
        out.push_str(text.get(done..fence.range.start).unwrap_or(""));
        out.push_str(&link.markdown());
        if text.get(fence.range.clone()).is_some_and(|block| block.ends_with('\n')) {
            out.push('\n');
        } else {
            out.push_str(&apart(text, fence.range.end, &fence.indent));
        }
        done = fence.range.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// What has to stand behind a picture where a fence stood, so that what follows it stays what it is: a fence ends by itself, a paragraph goes on.
fn apart(text: &str, end: usize, indent: &str) -> String {
    let (blank, line) = (indent.trim_end(), line_ending(text));
    let mut lines = text.get(end..).unwrap_or("").lines().skip(1);
    let next = lines.clone().next().filter(|next| !is_blank(next));
    let first = lines.find(|next| !is_blank(next)).unwrap_or("");
    if first.trim_start_matches([' ', '\t', '>']).starts_with(':') {
        // It would define the picture as if that were a term; blank lines do not help.
        format!("{line}{blank}{line}{indent}<!-- -->")
    } else if next.is_some() {
        format!("{line}{blank}")
    } else {
        String::new()
    }
}

/// How the lines of a text end.
fn line_ending(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The targets of all pictures in the text that are not on a line of ours.
fn shown(text: &str) -> BTreeSet<String> {
    let events = Parser::new_ext(text, Options::all()).into_offset_iter();
    let mut shown = BTreeSet::new();
    for (event, range) in events {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let line = text.get(range.start..line_end(text, range.end)).unwrap_or("");
                if !line.ends_with(MARK) {
                    shown.insert(dest_url.trim_start_matches("./").to_owned());
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let sources = html.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
                shown.extend(sources.map(|s| s.trim_start_matches("./").to_owned()));
            }
            _ => {}
        }
    }
    shown
}

/// The first line behind a fence that is not blank, if it is one of ours.
fn own_line(text: &str, end: usize, indent: &str) -> Option<std::ops::Range<usize>> {
    let mut at = end;
    loop {
        at += text.get(at..)?.find('\n')? + 1;
        let line = at..line_end(text, at);
        let content = text.get(line.clone())?;
        if is_blank(content) {
            continue;
        }
        let bare = content.strip_prefix(indent)?;
        return (bare.starts_with("![") && bare.ends_with(MARK)).then_some(line);
    }
}

/// Nothing, or only the marks of quotes.
fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || c == '>')
}

/// The end of the line that holds this byte, without what ends it.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    // The range of a block may reach behind the end of its last line.
    if at > 0 && text.get(..at).is_some_and(|before| before.ends_with('\n')) && rest.is_empty() {
        return text.trim_end_matches(['\r', '\n']).len();
    }
    at + rest.find(['\r', '\n']).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, Source};
    use crate::markdown::fences;

    fn linked(text: &str, target: &str) -> String {
        let link = Link { target: target.to_owned(), alt: "A [b]".to_owned() };
        let fences = fences(&Source::new("a.md", text), &mut Diagnostics::default());
        with_links(text, &fences.into_iter().map(|f| (f, link.clone())).collect::<Vec<_>>())
    }

    #[test]
    fn a_link_is_added_once_and_kept_up_to_date() {
        for text in
            ["```skyplan\n```\n", "```skyplan\n```\nmore\n", "```skyplan\n```", "- a\n\n  ```skyplan\n  ```\n\nb\n"]
        {
            let once = linked(text, "a.svg");
            assert!(once.contains("![A \\[b\\]](a.svg)<!-- skyplan -->"), "{once}");
            assert_eq!(linked(&once, "a.svg"), once);
            assert_eq!(linked(&once, "b.svg"), once.replace("a.svg", "b.svg"));
        }
    }

    #[test]
    fn what_follows_a_diagram_stays_what_it_is() {
        let line = |end: &str| format!("![A \\[b\\]](a.svg)<!-- skyplan -->\n{end}");
        assert!(linked("```skyplan\n```\n: x\n", "a.svg").ends_with(&line("\n<!-- -->\n: x\n")));
        assert!(linked("```skyplan\n```\n\n: x\n", "a.svg").ends_with(&line("\n<!-- -->\n\n: x\n")));
        let source = Source::new("a.md", "```skyplan\n```\nmore\n");
        let fences = fences(&source, &mut Diagnostics::default());
        let link = Link { target: "a.svg".to_owned(), alt: String::new() };
        assert_eq!(with_pictures(&source.text, &[(fences[0].clone(), link)]), "![](a.svg)\n\nmore\n");
    }

    #[test]
    fn quotes_and_line_ends_stay_as_they_are() {
        assert_eq!(
            linked("> ```skyplan\r\n> ```\r\n> x\r\n", "a.svg"),
            "> ```skyplan\r\n> ```\r\n>\r\n> ![A \\[b\\]](a.svg)<!-- skyplan -->\r\n>\r\n> x\r\n"
        );
    }

    #[test]
    fn a_picture_shown_elsewhere_needs_no_link_and_other_pictures_stay() {
        let text = "![mine](./a.svg)\n\n```skyplan\n```\n\n![other](b.png)\n";
        assert_eq!(linked(text, "a.svg"), text);
        assert!(linked(text, "c.svg").contains("(c.svg)<!-- skyplan -->\n\n![other](b.png)"));
    }
}
