//! Texts into lines: where each kind of text breaks.

use super::{Ruler, TextBlock, TextLine, TextRole};
use crate::geometry::Size;
use crate::theme::Theme;
use crate::topology::{Element, Link, Topology, What};

/// Lines that a caption or label has at most, where its words allow.
pub(super) const USUAL_LINES: usize = 2;

/// Breaks texts by the theme's widths.
pub(super) struct Typesetter<'a> {
    /// The font.
    pub(super) ruler: &'a dyn Ruler,
    /// Sizes.
    pub(super) theme: &'a Theme,
}

impl Typesetter<'_> {
    /// A service's name and note, one under the other.
    pub(super) fn caption(&self, element: &Element) -> TextBlock {
        let name = self.balanced(&element.label, TextRole::Caption, self.theme.sizes.caption_width);
        let note = element.note.as_deref().unwrap_or_default();
        self.stacked([name, self.balanced(note, TextRole::Note, self.theme.sizes.caption_width)])
    }

    /// A group's name and its detail in one line where they fit.
    pub(super) fn group_title(&self, element: &Element) -> TextBlock {
        match &element.what {
            What::Group { detail: Some(detail), .. } if !element.label.is_empty() => {
                self.name(&format!("{} {detail}", element.label))
            }
            What::Group { detail: Some(detail), .. } => self.name(detail),
            _ => self.name(&element.label),
        }
    }

    /// The name of a group or a span.
    pub(super) fn name(&self, text: &str) -> TextBlock {
        self.balanced(text, TextRole::GroupTitle, self.theme.sizes.group_title_width)
    }

    /// The text on a link.
    pub(super) fn label(&self, link: &Link) -> TextBlock {
        let text = link.label.as_deref().unwrap_or_default();
        self.balanced(text, TextRole::LinkLabel, self.theme.sizes.label_width)
    }

    /// Heading, steps, notes and legend.
    pub(super) fn prose(
        &self,
        topology: &Topology,
    ) -> ([TextBlock; 2], Vec<TextBlock>, Vec<TextBlock>, Vec<TextBlock>) {
        let sizes = &self.theme.sizes;
        let title = topology.title.as_deref().unwrap_or_default();
        let subtitle = topology.subtitle.as_deref().unwrap_or_default();
        let heading = [
            self.block(title, TextRole::Title, sizes.heading_width),
            self.block(subtitle, TextRole::Subtitle, sizes.heading_width),
        ];
        let beside = |indent: f64| (sizes.prose_width - indent).max(40.0);
        let text = |text: &str, indent: f64| self.block(text, TextRole::Prose, beside(indent));
        let steps = topology.steps.iter().map(|s| text(&s.text, sizes.step_indent())).collect();
        let notes = topology.notes.iter().map(|n| text(&n.text, sizes.note_indent())).collect();
        let legend = topology.legend.iter().map(|r| text(&r.text, sizes.legend_indent())).collect();
        (heading, steps, notes, legend)
    }

    /// Lines of at most `width`, or a little more where a long word or a third line asks for it.
    fn balanced(&self, text: &str, role: TextRole, width: f64) -> TextBlock {
        let usual = self.block(text, role, width);
        if usual.lines.len() < 2 {
            return usual;
        }
        let font = self.theme.font(role);
        let limit = width.max(self.theme.sizes.word_width);
        let longest = text.split_whitespace().map(|word| self.ruler.width(word, font)).fold(0.0, f64::max);
        let for_word = longest.min(limit);
        let mut best = if for_word > width { self.block(text, role, for_word) } else { usual };
        if best.lines.len() > USUAL_LINES {
            let wider = self.block(text, role, limit);
            if wider.lines.len() <= USUAL_LINES {
                best = wider;
            }
        }
        best
    }

    /// Lines of at most `width`.
    fn block(&self, text: &str, role: TextRole, width: f64) -> TextBlock {
        let font = self.theme.font(role);
        let paragraphs = text.lines().filter(|line| !line.trim().is_empty());
        let lines: Vec<_> = paragraphs
            .flat_map(|paragraph| self.ruler.break_lines(paragraph.trim(), font, width))
            .map(|text| TextLine { width: self.ruler.width(&text, font), text, role })
            .collect();
        self.sized(lines)
    }

    /// Two blocks, one under the other.
    fn stacked(&self, blocks: [TextBlock; 2]) -> TextBlock {
        self.sized(blocks.into_iter().flat_map(|b| b.lines).collect())
    }

    fn sized(&self, lines: Vec<TextLine>) -> TextBlock {
        let w = lines.iter().map(|l| l.width).fold(0.0, f64::max);
        let h = lines.iter().map(|l| self.theme.line_height(l.role)).sum();
        TextBlock { lines, size: Size::new(w, h) }
    }
}
