//! A line into runs: pieces of one font, one script and one direction.
//!
//! A word takes the first font that has all of it, so that no word changes its looks in the middle; where none has, each letter takes the first that has it.

use super::characters::{go_together, invisible, is_emoji, mixes_directions, script, unprintable};
use super::face::{Characters, Loaded};
use super::font::Family;
use harfrust::Script;
use icu_segmenter::GraphemeClusterSegmenter;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Bytes of the line.
    pub(super) range: Range<usize>,
    /// What it is drawn with.
    pub(super) source: Source,
    /// Its script.
    pub(super) script: Script,
    /// Depth of its direction; odd numbers run from right to left.
    pub(super) level: Level,
}

/// What a piece of text is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The family of this number.
    Family(usize),
    /// A picture character of the family of this number.
    Emoji(usize),
    /// No font has it: a mark stands for each character.
    Nowhere,
}

/// The families to ask for a character, in order.
pub(super) struct Asked<'f> {
    families: &'f [Family],
    order: &'f [usize],
    bold: bool,
    /// The one that has nearly everything.
    first: Option<(usize, &'f Loaded, Characters<'f>)>,
}

impl<'f> Asked<'f> {
    /// The families for a weight. One is read when those before it do not have a text.
    pub(super) fn new(families: &'f [Family], order: &'f [usize], bold: bool) -> Self {
        let mut asked = Self { families, order, bold, first: None };
        let first = asked.all().next();
        asked.first = first;
        asked
    }

    fn all(&self) -> impl Iterator<Item = (usize, &'f Loaded, Characters<'f>)> {
        let (families, bold) = (self.families, self.bold);
        self.order.iter().filter_map(move |&number| {
            let face = families.get(number)?.face(bold)?;
            Some((number, face, face.characters()))
        })
    }

    /// Whether the family of that number has a text.
    fn one_has(&self, number: usize, text: &str) -> bool {
        if let Some((_, face, map)) = self.first.as_ref().filter(|first| first.0 == number) {
            return has(face, map, text);
        }
        let face = self.families.get(number).and_then(|f| f.face(self.bold));
        face.is_some_and(|face| has(face, &face.characters(), text))
    }

    /// The first family that has a whole text.
    pub(super) fn family(&self, text: &str) -> Option<usize> {
        match &self.first {
            Some((number, face, map)) if has(face, map, text) => Some(*number),
            _ => self.all().skip(1).find(|(_, face, map)| has(face, map, text)).map(|found| found.0),
        }
    }
}

fn has(face: &Loaded, map: &Characters<'_>, text: &str) -> bool {
    let drawn = |c| map.glyph(c).is_some_and(|glyph| glyph.to_u32() != 0 && face.draws(glyph, c));
    text.chars().all(|c| !unprintable(c) && (invisible(c) || drawn(c)))
}

/// The pieces of a line in the order of the text, and the direction of the whole.
pub(super) fn itemize(text: &str, asked: &Asked<'_>) -> (Vec<Item>, Level) {
    let (levels, base) = levels(text);
    let mut items = Items { text, levels, list: Vec::new() };
    for (range, blank) in parts(text) {
        let part = text.get(range.clone()).unwrap_or_default();
        if blank {
            items.blank(range, asked);
        } else if let Some(family) = asked.family(part).filter(|_| !part.chars().any(may_be_emoji)) {
            items.push(range, Source::Family(family));
        } else {
            for (letter, source) in letters(part, asked) {
                items.push(range.start + letter.start..range.start + letter.end, source);
            }
        }
    }
    (items.list, base)
}

/// Words, each of letters that belong together, and the blanks between them.
fn parts(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut parts: Vec<(Range<usize>, bool)> = Vec::new();
    let mut current = None;
    for (at, c) in text.char_indices() {
        let (blank, own) = (c.is_whitespace(), script(c));
        let end = at + c.len_utf8();
        let parted = matches!((current, own), (Some(a), Some(b)) if !go_together(a, b));
        match parts.last_mut() {
            Some(last) if last.1 == blank && !parted => last.0.end = end,
            _ => {
                parts.push((at..end, blank));
                current = None;
            }
        }
        current = own.or(current);
    }
    parts
}

/// Whether a character may begin, or change a letter into, a picture character.
fn may_be_emoji(c: char) -> bool {
    matches!(c, '\u{20E3}' | '\u{2300}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// The letters of a word with the font of each.
fn letters(word: &str, asked: &Asked<'_>) -> Vec<(Range<usize>, Source)> {
    let cuts: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(word).collect();
    let mut out = Vec::new();
    for (start, end) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        let Some(letter) = word.get(start..end) else { continue };
        match asked.family(letter) {
            Some(family) if is_emoji(letter) => out.push((start..end, Source::Emoji(family))),
            Some(family) => out.push((start..end, Source::Family(family))),
            // A letter under marks of which some are nowhere: each stands for itself.
            None => out.extend(letter.char_indices().map(|(i, c)| {
                let own = letter.get(i..i + c.len_utf8()).and_then(|own| asked.family(own));
                let at = start + i;
                (at..at + c.len_utf8(), own.map_or(Source::Nowhere, Source::Family))
            })),
        }
    }
    out
}

/// The list as it grows.
struct Items<'t> {
    text: &'t str,
    levels: Vec<Level>,
    list: Vec<Item>,
}

impl Items<'_> {
    /// Blanks stay with what is before them if that font has them.
    fn blank(&mut self, range: Range<usize>, asked: &Asked<'_>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let near = self.list.last().and_then(|item| match item.source {
            Source::Family(family) => Some(family),
            Source::Emoji(_) | Source::Nowhere => None,
        });
        let whole = near.filter(|&family| asked.one_has(family, text)).or_else(|| asked.family(text));
        if let Some(family) = whole {
            return self.push(range, Source::Family(family));
        }
        for (i, c) in text.char_indices() {
            let at = range.start + i..range.start + i + c.len_utf8();
            let own = self.text.get(at.clone()).and_then(|own| asked.family(own));
            self.push(at, own.map_or(Source::Nowhere, Source::Family));
        }
    }

    /// Adds a piece of one source, cut where script or direction change.
    fn push(&mut self, range: Range<usize>, source: Source) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let before = self.list.last().map(|item| item.script);
        let mut last = text.chars().find_map(script).or(before).unwrap_or(harfrust::script::LATIN);
        for (i, c) in text.char_indices() {
            let at = range.start + i;
            let level = self.levels.get(at).copied().unwrap_or(Level::ltr());
            last = script(c).unwrap_or(last);
            let whole = i > 0 || matches!(source, Source::Family(_));
            match self.list.last_mut() {
                Some(item) if whole && item.source == source && item.script == last && item.level == level => {
                    item.range.end = at + c.len_utf8();
                }
                _ => self.list.push(Item { range: at..at + c.len_utf8(), source, script: last, level }),
            }
        }
    }
}

/// The level of each byte, and of the line.
fn levels(text: &str) -> (Vec<Level>, Level) {
    if !mixes_directions(text) {
        return (Vec::new(), Level::ltr());
    }
    let info = BidiInfo::new(text, None);
    let base = info.paragraphs.first().map_or(Level::ltr(), |p| p.level);
    let reordered = info.paragraphs.iter().flat_map(|p| {
        let mut levels = info.reordered_levels(p, p.range.clone());
        levels.drain(p.range.clone()).collect::<Vec<_>>()
    });
    (reordered.collect(), base)
}
