//! How icons stand on the page: bare, on a tile, in a badge.

use super::{Art, Shape};
use crate::catalogue::{Entry, Form};
use crate::geometry::Rect;
use crate::theme::{Paint, Theme};
use crate::topology::IconData;

/// Edge of a badge's pictogram, as a part of the badge's.
const GLYPH: f64 = 0.84;

/// The drawing of a user's icon.
pub(super) fn art(data: &IconData) -> Art {
    match data {
        IconData::Svg(text) => Art::Svg(text.clone()),
        IconData::Pictogram(text) => Art::Pictogram(text.clone().into()),
        IconData::Png(bytes) => Art::Png(bytes.clone()),
    }
}

/// The catalogue's drawing of a kind: a white pictogram on a tile, or a coloured one without.
pub(super) fn of_kind(kind: &Entry, symbol: usize, rect: Rect, theme: &Theme) -> Vec<Shape> {
    let paint = theme.colors.category(kind.category);
    match kind.form {
        Form::Resource => vec![Shape::Icon { symbol, rect, paint }],
        Form::Service => {
            let inset = rect.w * (1.0 - theme.sizes.pictogram) / 2.0;
            let white = theme.colors.pictogram;
            vec![tile(rect, paint), Shape::Icon { symbol, rect: rect.grown(-inset), paint: white }]
        }
    }
}

/// A filled square with a pictogram in it: white, unless the badge itself is white (the cloud's on a dark page).
pub(super) fn badge(symbol: usize, square: Rect, paint: Paint, theme: &Theme) -> Vec<Shape> {
    let inset = square.w * (1.0 - GLYPH) / 2.0;
    let white = theme.colors.pictogram;
    let dark = if paint.dark.luminance() > 0.8 { theme.colors.background.dark } else { white.dark };
    let light = if paint.light.luminance() > 0.8 { theme.colors.text.light } else { white.light };
    vec![tile(square, paint), Shape::Icon { symbol, rect: square.grown(-inset), paint: Paint { light, dark } }]
}

/// A filled square.
pub(super) fn tile(rect: Rect, paint: Paint) -> Shape {
    Shape::Rect { rect, radius: 0.0, fill: Some(paint), stroke: None }
}
