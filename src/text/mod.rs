//! Fonts: widths of texts, breaking them into lines, and the part of a font that a picture needs.
//!
//! | step | takes | gives |
//! |---|---|---|
//! | `itemize` | a line | pieces of one font, script and direction |
//! | `line` | the pieces | glyphs with their places, by a shaper |
//! | `breaking` | the widths of a paragraph | lines |
//! | `embed` | the glyphs of all lines | fonts with these glyphs and their kerning |
//! | `setting` | a line | letters, or drawings where letters would not look the same everywhere |
//!
//! The embedded families, Noto Sans KR and Noto Sans in two weights, are inside the library; see `fonts/subset.sh` for how their files are made.

mod breaking;
mod characters;
mod embed;
mod face;
mod font;
mod itemize;
mod line;
mod mark;
mod outline;
mod setting;
mod subset;
pub(crate) mod woff;

pub use font::{FAMILY, FontBytes, FontFile, Fonts, SECOND_FAMILY};

use crate::measure::Ruler;
use crate::render::FontFace;
use crate::scene::{Scene, Shape};
use crate::theme::FontSpec;
use embed::Faces;
use line::Line;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

/// How texts stand in an SVG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextMode {
    /// As text, with the glyphs it needs in the file: the same everywhere.
    #[default]
    Embed,
    /// As paths: the same everywhere, even where no font may be loaded; nothing can be selected or searched.
    Outline,
    /// As text that names fonts; the reader's program chooses.
    System,
}

/// Sets the texts of one picture: every line is shaped once.
pub struct Compositor<'f> {
    fonts: &'f Fonts,
    /// Numbers of the families in the order in which they are asked.
    order: Vec<usize>,
    /// By text, of either weight.
    lines: [RefCell<HashMap<String, Rc<Line>>>; 2],
}

impl<'f> Compositor<'f> {
    /// A compositor with these fonts; the family `first`, if there is one of that name, before all others.
    pub fn new(fonts: &'f Fonts, first: Option<&str>) -> Self {
        let first = first.and_then(|name| fonts.find(name));
        let rest = (0..fonts.families.len()).filter(|&family| Some(family) != first);
        let order = first.into_iter().chain(rest).collect();
        Self { fonts, order, lines: Default::default() }
    }

    fn face(&self, family: usize, bold: bool) -> Option<&'f face::Loaded> {
        self.fonts.families.get(family).and_then(|f| f.face(bold))
    }

    fn line(&self, text: &str, bold: bool) -> Rc<Line> {
        let lines = &self.lines[usize::from(bold)];
        if let Some(known) = lines.borrow().get(text) {
            return Rc::clone(known);
        }
        let line = Rc::new(Line::new(text, &self.fonts.families, &self.order, bold));
        lines.borrow_mut().insert(text.to_owned(), Rc::clone(&line));
        line
    }

    /// The text of a part of a line; the part is known from now on if it need not be shaped.
    fn part(&self, line: &Line, range: Range<usize>, bold: bool) -> String {
        let text = line.text.get(range.clone()).unwrap_or_default();
        let lines = &self.lines[usize::from(bold)];
        let known = lines.borrow().contains_key(text);
        if let Some(part) = (!known).then(|| line.part(range)).flatten() {
            lines.borrow_mut().insert(text.to_owned(), Rc::new(part));
        }
        text.to_owned()
    }

    /// Characters of a text for which there is no glyph, each once, in order.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut found = Vec::new();
        for paragraph in breaking::paragraphs(text) {
            let of = |bold| line::missing(&paragraph, &self.fonts.families, &self.order, bold);
            for c in of(false).into_iter().chain(of(true)) {
                if !found.contains(&c) {
                    found.push(c);
                }
            }
        }
        found
    }

    /// The fonts of a scene, and how its lines are written.
    pub fn set(&self, scene: &Scene, mode: TextMode) -> FontFace {
        let texts = scene.parts.iter().flat_map(|part| &part.shapes);
        let keys: BTreeSet<(&str, bool)> = texts
            .filter_map(
                |shape| if let Shape::Text(text) = shape { Some((text.text.as_str(), text.font.bold)) } else { None },
            )
            .collect();
        let lines: Vec<(Rc<Line>, bool)> = keys.into_iter().map(|(text, bold)| (self.line(text, bold), bold)).collect();
        let faces = match mode {
            TextMode::Embed => self.faces(lines.iter().map(|(line, bold)| (&**line, *bold))),
            TextMode::Outline | TextMode::System => Faces::default(),
        };
        let set = |(line, bold): &(Rc<Line>, bool)| {
            Some(((line.text.clone(), *bold), self.setting(line, *bold, mode, &faces)?))
        };
        let first = self.order.first().and_then(|&f| self.fonts.families.get(f)).map_or(FAMILY, |f| f.name.as_str());
        let family = match mode {
            TextMode::Embed => faces.family(first),
            TextMode::System => embed::named(first),
            TextMode::Outline => String::new(),
        };
        FontFace { family, css: faces.css(), lines: lines.iter().filter_map(set).collect() }
    }
}

impl Ruler for Compositor<'_> {
    fn width(&self, text: &str, font: FontSpec) -> f64 {
        self.line(text, font.bold).width * font.size
    }

    fn break_lines(&self, text: &str, font: FontSpec, width: f64) -> Vec<String> {
        // A size of 0 asks for no room at all.
        let limit = if font.size > 0.0 { width / font.size } else { f64::INFINITY };
        let lines = |paragraph: String| {
            let line = self.line(&paragraph, font.bold);
            let ranges = breaking::lines(&line, limit);
            ranges.into_iter().map(|range| self.part(&line, range, font.bold)).collect::<Vec<_>>()
        };
        breaking::paragraphs(text).flat_map(lines).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font(bold: bool) -> FontSpec {
        FontSpec { size: 12.0, bold }
    }

    fn compositor() -> Compositor<'static> {
        Compositor::new(Fonts::shared(), None)
    }

    #[test]
    fn every_hangul_syllable_has_a_glyph() {
        let all: String = ('\u{AC00}'..='\u{D7A3}').collect();
        assert_eq!(compositor().missing(&all), Vec::<char>::new());
    }

    #[test]
    fn every_letter_of_europe_has_a_glyph() {
        let all: String = ('\u{A1}'..='\u{24F}').chain('\u{400}'..='\u{52F}').chain('\u{1E00}'..='\u{1EFF}').collect();
        assert_eq!(compositor().missing(&all), Vec::<char>::new());
    }

    #[test]
    fn emoji_are_missing_and_named() {
        assert_eq!(compositor().missing("a🚀b"), vec!['🚀']);
    }

    #[test]
    fn korean_breaks_between_words_first() {
        let lines = compositor().break_lines("Django 웹 애플리케이션을 배포합니다", font(false), 110.0);
        assert_eq!(lines, ["Django 웹", "애플리케이션을", "배포합니다"].map(str::to_owned)[..].to_vec());
    }

    #[test]
    fn words_too_long_for_a_line_are_cut() {
        let set = compositor();
        let lines = set.break_lines(&"x".repeat(60), font(false), 100.0);
        assert!(lines.len() > 2 && lines.iter().all(|l| set.width(l, font(false)) <= 100.0));
    }

    #[test]
    fn letters_are_kerned() {
        let set = compositor();
        let apart = set.width("A", font(false)) + set.width("V", font(false));
        assert!(set.width("AV", font(false)) < apart);
    }

    #[test]
    fn parts_of_a_line_are_what_their_texts_would_be_alone() {
        let set = compositor();
        for text in
            ["To AVATAR: Wave, To. Fly (Tea) 12 Ty", "가나다 라마바 12개", "a 한 b", "Ty \u{301}e-To", "AV\u{AD}AT To"]
        {
            let line = set.line(text, true);
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let ranges = ends.iter().flat_map(|&a| ends.iter().filter(move |&&b| a < b).map(move |&b| a..b));
            for range in ranges.filter(|range| text[range.clone()].trim() == &text[range.clone()]) {
                let Some(part) = line.part(range.clone()) else { continue };
                let mut alone = Line::new(&text[range], &set.fonts.families, &set.order, true);
                // What follows differs: a line's own first glyph can always be parted from what is not there.
                let glyphs =
                    alone.runs.iter_mut().zip(&part.runs).flat_map(|(a, b)| a.glyphs.iter_mut().zip(&b.glyphs));
                glyphs.for_each(|(a, b)| a.parted = b.parted);
                assert_eq!(part, alone);
            }
        }
        assert!(set.line("one two", false).part(4..7).is_some() && set.line("one two", false).part(4..6).is_none());
    }

    #[test]
    fn a_word_comes_from_one_font() {
        let line = compositor().line("Łódź 한국", false);
        assert_eq!(line.runs.len(), 2, "{:?}", line.runs);
    }

    #[test]
    fn hebrew_stands_from_right_to_left() {
        let line = compositor().line("a \u{5E9}\u{5DC} b", false);
        let from_right = line.runs.iter().filter(|run| run.rtl).count();
        assert!(from_right > 0 && !line.rtl && line.width > 0.0);
    }
}
