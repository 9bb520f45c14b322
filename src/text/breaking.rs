//! Breaking a text into lines by Unicode's rules, Korean between words first.

use super::characters::{blank, ends_line};
use super::line::Line;
use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use icu_segmenter::{GraphemeClusterSegmenter, LineSegmenter};
use std::ops::Range;

/// How often the lines of a paragraph are made narrower: each time one word more moves down, so that this is enough for a few lines.
const MOST_NARROWER: usize = 16;

/// The paragraphs of a text: what stands between its hard breaks, without blanks at its ends, and with one where several follow each other, for SVG draws no more.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let one_blank = |line: &str| {
        let mut out = String::with_capacity(line.len());
        for word in line.trim().split(blank).filter(|word| !word.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    };
    text.split(ends_line).map(one_blank).filter(|line| !line.is_empty())
}

/// Lines of a shaped paragraph no wider than `width` em wherever that is possible, as even as their number allows: the bytes of each, without blanks at
/// its ends.
pub(super) fn lines(paragraph: &Line, width: f64) -> Vec<Range<usize>> {
    // Widths are sums of fractions: a text that fits exactly must not be broken for the last bit of one.
    let width = width + 1e-9;
    let whole = 0..paragraph.text.len();
    if paragraph.width <= width { vec![whole] } else { Paragraph::new(paragraph).lines(width) }
}

/// A paragraph that does not fit on one line, cut where lines may end.
struct Paragraph<'l> {
    text: &'l str,
    /// Width of all that stands before each byte, in em.
    widths: Vec<f64>,
    /// Where a line may end without cutting a word.
    words: Vec<usize>,
}

impl<'l> Paragraph<'l> {
    fn new(line: &'l Line) -> Self {
        let mut keep = LineBreakOptions::default();
        keep.word_option = Some(LineBreakWordOption::KeepAll);
        let words = LineSegmenter::new_for_non_complex_scripts(keep).segment_str(&line.text).collect();
        Self { text: &line.text, widths: line.widths(), words }
    }

    fn lines(&self, width: f64) -> Vec<Range<usize>> {
        let cuts = self.cuts(width);
        let mut lines = self.fill(&cuts, width);
        // The narrowest width that still gives as few lines spreads the words evenly.
        for _ in 0..MOST_NARROWER {
            let widest = self.widest(&lines);
            let narrower = self.fill(&cuts, widest - 1e-9);
            if narrower.len() > lines.len() || self.widest(&narrower) >= widest {
                break;
            }
            lines = narrower;
        }
        lines.into_iter().map(|line| self.trimmed(line)).filter(|line| !line.is_empty()).collect()
    }

    /// Width of the widest line.
    fn widest(&self, lines: &[Range<usize>]) -> f64 {
        lines.iter().map(|line| self.width(line.clone())).fold(0.0, f64::max)
    }

    fn slice(&self, range: Range<usize>) -> &'l str {
        self.text.get(range).unwrap_or_default()
    }

    /// A piece without the blanks at its ends.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.slice(range.clone());
        let start = range.start + text.len() - text.trim_start().len();
        start..start + text.trim().len()
    }

    /// Width of a piece without the blanks at its end.
    fn width(&self, range: Range<usize>) -> f64 {
        let end = range.start + self.slice(range.clone()).trim_end().len();
        let before = |at: usize| self.widths.get(at).copied().unwrap_or(0.0);
        before(end) - before(range.start)
    }

    /// Where lines may end, so that every piece between is no wider than `width` if its letters allow: between words; in words that are too long for a
    /// line where Unicode allows it; else between letters; and in a letter under a heap of marks between these.
    fn cuts(&self, width: f64) -> Vec<usize> {
        let mut cuts = vec![0];
        for word in pieces(&self.words, 0) {
            if self.width(word.clone()) <= width {
                cuts.push(word.end);
                continue;
            }
            let text = self.slice(word.clone());
            let parts: Vec<usize> =
                LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()).segment_str(text).collect();
            for part in pieces(&parts, word.start) {
                if self.width(part.clone()) <= width {
                    cuts.push(part.end);
                    continue;
                }
                let text = self.slice(part.clone());
                let letters: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(text).collect();
                for letter in pieces(&letters, part.start) {
                    let heap = self.width(letter.clone()) > width;
                    let marks = self.slice(letter.clone()).char_indices().skip(1).filter(|_| heap);
                    cuts.extend(marks.map(|(i, _)| letter.start + i));
                    cuts.push(letter.end);
                }
            }
        }
        cuts
    }

    /// Puts as many pieces on each line as fit.
    fn fill(&self, cuts: &[usize], width: f64) -> Vec<Range<usize>> {
        let mut lines: Vec<Range<usize>> = Vec::new();
        for piece in pieces(cuts, 0) {
            match lines.last_mut() {
                Some(line) if self.width(line.start..piece.end) <= width => line.end = piece.end,
                _ => lines.push(piece),
            }
        }
        lines
    }
}

/// What stands between cuts, `shift` bytes further on.
fn pieces(cuts: &[usize], shift: usize) -> impl Iterator<Item = Range<usize>> {
    cuts.iter().zip(cuts.iter().skip(1)).filter(|(a, b)| a < b).map(move |(a, b)| a + shift..b + shift)
}
