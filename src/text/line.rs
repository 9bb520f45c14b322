//! A line of text as shaped runs.

use super::characters::{invisible, script};
use super::face::{Glyph, Loaded};
use super::font::Family;
use super::itemize::{Asked, Source, itemize};
use super::mark;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::char::is_combining_mark;

/// A line whose glyphs are known; lengths in em.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    /// The text in logical order.
    pub(super) text: String,
    /// Its runs in the order of the text.
    pub(super) runs: Vec<Run>,
    /// Numbers of the runs from left to right.
    pub(super) order: Vec<usize>,
    /// Whether the line as a whole runs from right to left.
    pub(super) rtl: bool,
    /// Width of all.
    pub(super) width: f64,
}

/// A piece of one font, script and direction.
#[derive(Debug, PartialEq)]
pub(super) struct Run {
    /// Bytes of the line.
    pub(super) range: Range<usize>,
    /// The font.
    pub(super) source: Source,
    /// Whether it runs from right to left.
    pub(super) rtl: bool,
    /// Its glyphs in the order of the text.
    pub(super) glyphs: Vec<Glyph>,
    /// Whether a font with these characters, their glyphs and kerning gives these very glyphs.
    pub(super) plain: bool,
    /// Width of all.
    pub(super) width: f64,
}

impl Line {
    /// Shapes a line.
    pub(super) fn new(text: &str, families: &[Family], order: &[usize], bold: bool) -> Self {
        let (items, base) = itemize(text, &Asked::new(families, order, bold));
        let levels: Vec<Level> = items.iter().map(|item| item.level).collect();
        let runs: Vec<Run> = items
            .into_iter()
            .map(|item| {
                let piece = text.get(item.range.clone()).unwrap_or_default();
                let rtl = item.level.is_rtl();
                let face = match item.source {
                    Source::Family(number) | Source::Emoji(number) => families.get(number).and_then(|f| f.face(bold)),
                    Source::Nowhere => None,
                };
                let mut glyphs = match face {
                    Some(face) => face.shape(piece, item.script, rtl),
                    None => piece.char_indices().map(|(at, c)| mark::glyph(at, c)).collect(),
                };
                let plain =
                    matches!(item.source, Source::Family(_)) && face.is_some_and(|face| is_plain(face, piece, &glyphs));
                glyphs.iter_mut().for_each(|g| g.at += item.range.start);
                let width = glyphs.iter().map(|g| g.advance).sum();
                Run { range: item.range, source: item.source, rtl, glyphs, plain, width }
            })
            .collect();
        let width = runs.iter().map(|run| run.width).sum();
        Self { text: text.to_owned(), order: BidiInfo::reorder_visual(&levels), runs, rtl: base.is_rtl(), width }
    }

    /// A piece of the line as a line of its own. `None` where that is to be shaped anew: the piece must consist of whole words of one script and font,
    /// and the shaper must have said that its ends can be parted from the rest.
    pub(super) fn part(&self, range: Range<usize>) -> Option<Self> {
        let [run] = self.runs.as_slice() else { return None };
        let text = self.text.get(range.clone())?;
        let before = self.text.get(..range.start)?.chars().next_back();
        let after = self.text.get(range.end..)?.chars().next();
        let words = [before, after].into_iter().flatten().all(char::is_whitespace);
        // What has no letter takes its script from what is around it.
        if run.rtl || !run.plain || !words || !text.chars().any(|c| script(c).is_some()) {
            return None;
        }
        let start = run.glyphs.partition_point(|g| g.at < range.start);
        let end = run.glyphs.partition_point(|g| g.at < range.end);
        if [start, end].iter().filter_map(|&at| run.glyphs.get(at)).any(|g| !g.parted) {
            return None;
        }
        let moved = |g: &Glyph| Glyph { at: g.at - range.start, ..*g };
        let glyphs: Vec<Glyph> = run.glyphs.get(start..end)?.iter().map(moved).collect();
        let width = glyphs.iter().map(|g| g.advance).sum();
        let run = Run { range: 0..text.len(), source: run.source, rtl: false, glyphs, plain: true, width };
        Some(Self { text: text.to_owned(), runs: vec![run], order: vec![0], rtl: false, width })
    }

    /// Width of everything before each byte of the text, and of all, in the order of the text.
    pub(super) fn widths(&self) -> Vec<f64> {
        let mut widths = vec![0.0; self.text.len() + 1];
        for glyph in self.runs.iter().flat_map(|run| &run.glyphs) {
            if let Some(width) = widths.get_mut(glyph.at + 1) {
                *width += glyph.advance;
            }
        }
        let mut sum = 0.0;
        for width in &mut widths {
            sum += *width;
            *width = sum;
        }
        widths
    }
}

/// Characters of a text for which there is no glyph, in order. Nothing is shaped for that: each stands for itself where no font has it.
pub(super) fn missing(text: &str, families: &[Family], order: &[usize], bold: bool) -> Vec<char> {
    let asked = Asked::new(families, order, bold);
    text.chars().filter(|c| asked.family(c.encode_utf8(&mut [0; 4])).is_none()).collect()
}

/// Whether each visible character has its own glyph at its own place, moved by nothing but kerning.
fn is_plain(face: &Loaded, text: &str, glyphs: &[Glyph]) -> bool {
    let map = face.characters();
    let mut visible = text.chars().filter(|&c| !invisible(c));
    let own = |glyph: &Glyph| match text.get(glyph.at..).and_then(|t| t.chars().next()) {
        Some(c) if !invisible(c) => {
            let at_home = visible.next() == Some(c) && map.glyph(c).map(|id| id.to_u32()) == Some(glyph.id);
            at_home && glyph.is_on_its_line() && (c.is_ascii() || !is_combining_mark(c))
        }
        _ => glyph.advance == 0.0,
    };
    glyphs.iter().all(own) && visible.next().is_none()
}
