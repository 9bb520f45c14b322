//! Texts: as letters, or as drawings where letters would not look the same everywhere.

use super::css::{Palette, Property};
use super::number::push;
use super::tags::Tags;
use crate::geometry::Point;
use crate::scene::{Anchor, Text};
use std::collections::BTreeMap;

/// The fonts of all texts: their names, their data where it goes into the file, and the lines that need more than one font, or drawings.
#[derive(Debug, Clone, Default)]
pub struct FontFace {
    /// Value of `font-family`: the family, then what stands in for it.
    pub family: String,
    /// `@font-face` rules; empty where the reader's own fonts are used.
    pub css: String,
    /// By text, and whether it is bold: how lines are written that are not simply letters of `family`.
    pub lines: BTreeMap<(String, bool), LineSetting>,
}

/// How one line is written; lengths in em.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSetting {
    /// Width of the line.
    pub width: f64,
    /// Its pieces.
    pub pieces: Vec<LinePiece>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum LinePiece {
    /// Letters.
    Letters {
        /// From the line's left end to their own.
        at: f64,
        /// Pieces of one font each.
        spans: Vec<Span>,
    },
    /// A drawing of letters.
    Drawing {
        /// From the line's left end to the path's origin.
        at: f64,
        /// The path as the `d` attribute writes it, in thousandths of an em, y down from the baseline.
        path: String,
        /// The letters, for those who do not see them.
        name: String,
    },
}

/// Letters of one font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The letters.
    pub text: String,
    /// Their `font-family`; `None` for the picture's own.
    pub family: Option<String>,
}

/// Writes a line of text.
pub(super) fn text(tags: &mut Tags, palette: &mut Palette, font: &FontFace, text: &Text) {
    // Most pictures have no such line: then none need be looked up.
    let own = (!font.lines.is_empty()).then(|| font.lines.get(&(text.text.clone(), text.font.bold)));
    let Some(setting) = own.flatten() else {
        open(tags, palette, text, text.at, text.anchor);
        return tags.end_with("text", &text.text);
    };
    if let [LinePiece::Letters { spans, .. }] = setting.pieces.as_slice() {
        return letters(tags, palette, text, text.at, text.anchor, spans);
    }
    let size = text.font.size;
    let left = match text.anchor {
        Anchor::Start => text.at.x,
        Anchor::Middle => text.at.x - setting.width * size / 2.0,
    };
    for piece in &setting.pieces {
        match piece {
            LinePiece::Letters { at, spans } => {
                letters(tags, palette, text, Point::new(left + at * size, text.at.y), Anchor::Start, spans);
            }
            LinePiece::Drawing { at, path, name } if !path.is_empty() => {
                drawing(tags, palette, text, Point::new(left + at * size, text.at.y), path, name);
            }
            LinePiece::Drawing { .. } => {}
        }
    }
}

/// Letters of one or several fonts.
fn letters(tags: &mut Tags, palette: &mut Palette, text: &Text, at: Point, anchor: Anchor, spans: &[Span]) {
    open(tags, palette, text, at, anchor);
    match spans {
        [Span { text, family: None }] => tags.end_with("text", text),
        [Span { text, family: Some(family) }] => {
            tags.text("font-family", family);
            tags.end_with("text", text);
        }
        _ => {
            tags.start_content();
            for span in spans {
                match &span.family {
                    None => tags.content(&span.text),
                    Some(family) => tags.span(family, &span.text),
                }
            }
            tags.close("text");
        }
    }
}

/// The start of a text.
fn open(tags: &mut Tags, palette: &mut Palette, text: &Text, at: Point, anchor: Anchor) {
    tags.open("text").number("x", at.x).number("y", at.y).number("font-size", text.font.size);
    if anchor == Anchor::Middle {
        tags.text("text-anchor", "middle");
    }
    if text.font.bold {
        tags.text("font-weight", "700");
    }
    paint(tags, palette, text, 1.0);
}

/// Letters as a path.
fn drawing(tags: &mut Tags, palette: &mut Palette, text: &Text, at: Point, path: &str, name: &str) {
    let scale = text.font.size / 1000.0;
    tags.open("path").text("role", "img").text("aria-label", name);
    tags.raw("transform", |out| {
        out.push_str("translate(");
        push(out, at.x);
        out.push(' ');
        push(out, at.y);
        out.push_str(")scale(");
        push_exact(out, scale);
        out.push(')');
    });
    tags.raw("d", |out| out.push_str(path));
    paint(tags, palette, text, scale);
    tags.end();
}

/// A scale needs more digits than a length: thousandths of an em come out of it.
fn push_exact(out: &mut String, scale: f64) {
    let digits = format!("{scale:.6}");
    out.push_str(digits.trim_end_matches('0').trim_end_matches('.'));
}

/// Colours, and the ground kept free around the letters, in a place where one pixel is `scale` long.
fn paint(tags: &mut Tags, palette: &mut Palette, text: &Text, scale: f64) {
    let Some((ground, width)) = text.halo else {
        return palette.paint(tags, &[(Property::Fill, text.paint)]);
    };
    let width = if scale > 0.0 { 2.0 * width / scale } else { 0.0 };
    tags.text("paint-order", "stroke").number("stroke-width", width).text("stroke-linejoin", "round");
    palette.paint(tags, &[(Property::Fill, text.paint), (Property::Stroke, ground)]);
}
