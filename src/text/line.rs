//! A line of text as shaped runs.

use super::characters::invisible;
use super::face::{Glyph, Loaded};
use super::font::Family;
use super::itemize::{Asked, Source, itemize};
use super::mark;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::char::is_combining_mark;

/// A line whose glyphs are known; lengths in em.
#[derive(Debug)]
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
#[derive(Debug)]
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
    let Some(map) = face.characters() else { return false };
    let shown = |at: usize| text.get(at..).and_then(|t| t.chars().next()).filter(|&c| !invisible(c));
    let mut seen = glyphs.iter().filter_map(|g| Some((g, shown(g.at)?)));
    let own = |c: char| {
        let (glyph, of) = seen.next()?;
        let at_home = of == c && map.glyph(c).map(|id| id.to_u32()) == Some(glyph.id) && glyph.is_on_its_line();
        (at_home && !is_combining_mark(c)).then_some(())
    };
    let all = text.chars().filter(|&c| !invisible(c)).map(own).all(|own| own.is_some());
    all && glyphs.iter().filter(|g| shown(g.at).is_none()).all(|g| g.advance == 0.0)
}
