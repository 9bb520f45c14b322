//! How each line is written into a picture: as letters, or as drawings where letters would not look the same everywhere.

use super::embed::Faces;
use super::itemize::Source;
use super::line::{Line, Run};
use super::outline::Outline;
use super::{Compositor, TextMode, mark};
use crate::render::{LinePiece, LineSetting, Span};
use std::ops::Range;

impl Compositor<'_> {
    /// How a line is written; `None` where it is a plain text in the picture's own font.
    pub(super) fn setting(&self, line: &Line, bold: bool, mode: TextMode, faces: &Faces) -> Option<LineSetting> {
        let letters = |run: &Run| match (run.source, mode) {
            (_, TextMode::Outline) => false,
            (Source::Family(family), TextMode::Embed) => run.plain && faces.has(family, bold),
            // The reader's program chooses the font: what it makes of a run is not known anyway.
            (_, TextMode::System) => true,
            (Source::Emoji(_) | Source::Nowhere, TextMode::Embed) => false,
        };
        let all = line.runs.iter().all(letters);
        let turned = line.rtl || line.runs.iter().any(|run| run.rtl);
        let first = self.order.first().map(|&family| Source::Family(family));
        if all && !line.rtl && (mode == TextMode::System || line.runs.iter().all(|run| Some(run.source) == first)) {
            return None;
        }
        let pieces = if all {
            vec![LinePiece::Letters { at: 0.0, spans: self.spans(line, 0..line.runs.len(), mode, faces) }]
        } else if turned || mode == TextMode::Outline {
            vec![self.drawing(line, &line.order, bold, 0.0)]
        } else {
            self.mixed(line, bold, mode, faces, &letters)
        };
        Some(LineSetting { width: line.width, pieces })
    }

    /// Letters and drawings one after the other, in a line from left to right.
    fn mixed(
        &self,
        line: &Line,
        bold: bool,
        mode: TextMode,
        faces: &Faces,
        letters: &dyn Fn(&Run) -> bool,
    ) -> Vec<LinePiece> {
        let mut pieces = Vec::new();
        let (mut at, mut start) = (0.0, 0);
        while let Some(first) = line.runs.get(start) {
            let same = line.runs.iter().skip(start).take_while(|run| letters(run) == letters(first)).count();
            let runs = start..start + same;
            let width: f64 = line.runs.iter().skip(start).take(same).map(|run| run.width).sum();
            if letters(first) {
                let mut spans = self.spans(line, runs.clone(), mode, faces);
                // Blanks at the start of a text are not drawn: it starts behind them.
                let glyphs = line.runs.iter().skip(start).take(same).flat_map(|run| &run.glyphs);
                let blank = |at: usize| line.text.get(at..).is_some_and(|t| t.starts_with(' '));
                let skipped: f64 = glyphs.take_while(|g| blank(g.at)).map(|g| g.advance).sum();
                if let Some(first) = spans.first_mut() {
                    first.text = first.text.trim_start_matches(' ').to_owned();
                }
                if let Some(last) = spans.last_mut() {
                    last.text = last.text.trim_end_matches(' ').to_owned();
                }
                if spans.iter().any(|span| !span.text.trim().is_empty()) {
                    pieces.push(LinePiece::Letters { at: at + skipped, spans });
                }
            } else {
                pieces.push(self.drawing(line, &runs.clone().collect::<Vec<_>>(), bold, at));
            }
            at += width;
            start = runs.end;
        }
        pieces
    }

    /// Runs as letters, each in its font.
    fn spans(&self, line: &Line, runs: Range<usize>, mode: TextMode, faces: &Faces) -> Vec<Span> {
        let first = self.order.first().copied();
        let mut spans: Vec<Span> = Vec::new();
        for run in line.runs.iter().skip(runs.start).take(runs.len()) {
            let family = match run.source {
                Source::Family(family) if Some(family) != first && mode == TextMode::Embed => Some(faces.name(family)),
                _ => None,
            };
            let text = line.text.get(run.range.clone()).unwrap_or_default();
            match spans.last_mut() {
                Some(span) if span.family == family => span.text.push_str(text),
                _ => spans.push(Span { text: text.to_owned(), family }),
            }
        }
        if line.rtl {
            // Every program takes a picture's texts as running from left to right: the isolate says that this one does not.
            let wrap = |text: &str| Span { text: text.to_owned(), family: None };
            match spans.as_mut_slice() {
                [only] => only.text = format!("\u{2067}{}\u{2069}", only.text),
                _ => {
                    spans.insert(0, wrap("\u{2067}"));
                    spans.push(wrap("\u{2069}"));
                }
            }
        }
        spans
    }

    /// Runs as one path, from left to right in the order given.
    fn drawing(&self, line: &Line, runs: &[usize], bold: bool, at: f64) -> LinePiece {
        let mut outline = Outline::default();
        let mut x = 0.0;
        let mut name = String::new();
        for run in runs.iter().filter_map(|&run| line.runs.get(run)) {
            self.draw_run(line, run, bold, &mut x, &mut outline);
        }
        let mut in_order: Vec<usize> = runs.to_vec();
        in_order.sort_unstable();
        for run in in_order.into_iter().filter_map(|run| line.runs.get(run)) {
            name.push_str(line.text.get(run.range.clone()).unwrap_or_default());
        }
        LinePiece::Drawing { at, path: outline.finish(), name }
    }

    fn draw_run(&self, line: &Line, run: &Run, bold: bool, x: &mut f64, outline: &mut Outline) {
        let base = self.order.first().and_then(|&family| self.face(family, bold));
        let face = match run.source {
            Source::Family(family) | Source::Emoji(family) => self.face(family, bold),
            Source::Nowhere => None,
        };
        let glyphs: Box<dyn Iterator<Item = _>> =
            if run.rtl { Box::new(run.glyphs.iter().rev()) } else { Box::new(run.glyphs.iter()) };
        for glyph in glyphs {
            match face {
                Some(face) => {
                    outline.glyph(face, glyph.id, *x + glyph.offset.0, glyph.offset.1, 1.0);
                }
                None => {
                    let c = line.text.get(glyph.at..).and_then(|t| t.chars().next()).unwrap_or('\u{FFFD}');
                    mark::draw(c, *x, base, outline);
                }
            }
            *x += glyph.advance;
        }
    }
}
