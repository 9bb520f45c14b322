//! Breaking a text into lines by Unicode's rules, Korean between words first.

use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use icu_segmenter::{GraphemeClusterSegmenter, LineSegmenter};

/// Characters that take no room and need no glyph.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Lines no wider than `width` wherever that is possible, as even as the number of lines allows. `\n` breaks always.
pub(super) fn break_lines(text: &str, width: f64, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let paragraph = one_blank(paragraph);
        if measure(&paragraph) <= width {
            lines.push(paragraph);
            continue;
        }
        let pieces = pieces(&paragraph, width, measure);
        let count = fill(&pieces, width, measure).len();
        // The narrowest width that still gives as few lines spreads the words evenly.
        let (mut low, mut high) = (width / 2.0, width);
        for _ in 0..6 {
            let middle = (low + high) / 2.0;
            if fill(&pieces, middle, measure).len() <= count { high = middle } else { low = middle }
        }
        lines.extend(fill(&pieces, high, measure));
    }
    lines
}

/// A line without blanks at its ends, and with one where several follow each other: SVG draws no more.
fn one_blank(text: &str) -> String {
    let words = text.split([' ', '\t', '\r']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The smallest parts between which a line may break, each no wider than `width` if its letters allow.
fn pieces<'t>(text: &'t str, width: f64, measure: &dyn Fn(&str) -> f64) -> Vec<&'t str> {
    let mut keep = LineBreakOptions::default();
    keep.word_option = Some(LineBreakWordOption::KeepAll);
    let mut out = Vec::new();
    for word in segments(text, &LineSegmenter::new_for_non_complex_scripts(keep).segment_str(text).collect::<Vec<_>>())
    {
        if measure(word.trim_end()) <= width {
            out.push(word);
            continue;
        }
        let normal = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        for part in segments(word, &normal.segment_str(word).collect::<Vec<_>>()) {
            if measure(part.trim_end()) <= width {
                out.push(part);
                continue;
            }
            for letter in segments(part, &GraphemeClusterSegmenter::new().segment_str(part).collect::<Vec<_>>()) {
                if measure(letter) <= width {
                    out.push(letter);
                } else {
                    // A letter under a heap of marks: cut between the marks.
                    out.extend(letter.split_inclusive(|_| true));
                }
            }
        }
    }
    out
}

fn segments<'t>(text: &'t str, cuts: &[usize]) -> Vec<&'t str> {
    let between = |pair: &[usize]| text.get(*pair.first()?..*pair.last()?);
    cuts.windows(2).filter_map(between).filter(|s| !s.is_empty()).collect()
}

/// Puts as many pieces on each line as fit.
fn fill(pieces: &[&str], width: f64, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if measure(format!("{line}{piece}").trim_end()) <= width => line.push_str(piece),
            _ => lines.push((*piece).to_owned()),
        }
    }
    lines.iter_mut().for_each(|l| *l = l.trim().to_owned());
    lines
}
