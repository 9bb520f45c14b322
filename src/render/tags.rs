//! Shapes as XML text: the bulk of a picture, written straight into one string.

use super::number::push;

/// A growing piece of XML.
#[derive(Debug, Default)]
pub(super) struct Tags {
    out: String,
}

impl Tags {
    /// No XML yet, and room for some: a text that grows into its room piece by piece is copied over and over.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    /// The XML so far.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Opens a tag, on a line of its own.
    pub(super) fn open(&mut self, name: &str) -> &mut Self {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push('<');
        self.out.push_str(name);
        self
    }

    /// Adds an attribute that is a number.
    pub(super) fn number(&mut self, name: &str, value: f64) -> &mut Self {
        self.name(name);
        push(&mut self.out, value);
        self.out.push('"');
        self
    }

    /// Adds an attribute.
    pub(super) fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.name(name);
        escape(&mut self.out, value);
        self.out.push('"');
        self
    }

    /// Adds an attribute that `write` writes; it must need no escaping.
    pub(super) fn raw(&mut self, name: &str, write: impl FnOnce(&mut String)) -> &mut Self {
        self.name(name);
        write(&mut self.out);
        self.out.push('"');
        self
    }

    /// Ends a tag without content.
    pub(super) fn end(&mut self) {
        self.out.push_str("/>");
    }

    /// Ends a tag of that name with text in it.
    pub(super) fn end_with(&mut self, name: &str, text: &str) {
        self.out.push('>');
        escape(&mut self.out, text);
        self.close(name);
    }

    /// Ends a tag whose content follows.
    pub(super) fn start_content(&mut self) {
        self.out.push('>');
    }

    /// Adds XML on lines of its own.
    pub(super) fn block(&mut self, xml: &str) {
        self.out.push('\n');
        self.out.push_str(xml);
    }

    /// Closes a tag whose content stands on lines of its own.
    pub(super) fn close_block(&mut self, name: &str) {
        self.out.push('\n');
        self.close(name);
    }

    /// Adds text to a tag's content.
    pub(super) fn content(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// Adds text in which quotes stay quotes, such as a style sheet, to a tag's content.
    pub(super) fn content_with_quotes(&mut self, text: &str) {
        push_escaped(&mut self.out, text, is_special);
    }

    /// Adds text in another font to a text, without blanks or line ends around it.
    pub(super) fn span(&mut self, family: &str, text: &str) {
        self.out.push_str("<tspan");
        self.text("font-family", family);
        self.end_with("tspan", text);
    }

    /// Closes a tag that has content.
    pub(super) fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn name(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
    }
}

/// Appends text so that it stays text, in content and in attributes.
pub(super) fn escape(out: &mut String, text: &str) {
    push_escaped(out, text, |b| b == b'"' || is_special(b));
}

/// Appends text with others in place of the characters that begin with a special byte, where they have another.
fn push_escaped(out: &mut String, text: &str, special: impl Fn(u8) -> bool) {
    // Most of a picture's text is a font in letters and digits. To look at all bytes, without an end at the first that is found, takes a fraction of a
    // step for each.
    if !text.bytes().fold(false, |any, b| any | special(b)) {
        return out.push_str(text);
    }
    for c in text.chars() {
        match escaped(c).filter(|_| !c.is_ascii() || special(c as u8)) {
            Some(other) => out.push_str(other),
            None => out.push(c),
        }
    }
}

/// Whether a character that has another in its place may begin with this byte, in content.
const fn is_special(byte: u8) -> bool {
    matches!(byte, ..b' ' | b'&' | b'<' | b'>' | 0xEF)
}

/// What stands for a character that would not be text, or that XML cannot hold.
const fn escaped(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        _ if is_allowed(c) => None,
        _ => Some("\u{FFFD}"),
    }
}

/// Whether XML can hold a character.
const fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}

/// The same text without characters that XML cannot hold.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if is_allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_ends_its_attribute_or_element() {
        let mut tags = Tags::default();
        tags.open("a").text("b", "\"><&\u{0}").end_with("a", "</a>]]>");
        assert_eq!(tags.finish(), "<a b=\"&quot;&gt;&lt;&amp;\u{FFFD}\">&lt;/a&gt;]]&gt;</a>");
    }
}
