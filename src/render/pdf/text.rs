//! Text of an SVG as runs of glyphs that know their letters.

use super::convert;
use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::tiny_skia::Transform;
use resvg::usvg::layout::{PositionedGlyph, Span};
use resvg::usvg::{PaintOrder, Text, fontdb};
use std::collections::BTreeMap;

/// Fonts, read once.
pub(super) struct Fonts<'a> {
    database: &'a fontdb::Database,
    fonts: BTreeMap<String, Option<Font>>,
}

impl<'a> Fonts<'a> {
    /// The fonts of a database.
    pub(super) fn new(database: &'a fontdb::Database) -> Self {
        Self { database, fonts: BTreeMap::new() }
    }

    /// Draws a text in runs: glyphs of one font that stand in one line.
    pub(super) fn draw(&mut self, text: &Text, surface: &mut Surface<'_>) {
        for span in text.layouted().iter().filter(|span| span.visible) {
            let mut rest = span.positioned_glyphs.as_slice();
            while let Some(first) = rest.first() {
                let same = |g: &&PositionedGlyph| g.font == first.font && same_line(first, g);
                let count = rest.iter().take_while(same).count().max(1);
                let (run, tail) = rest.split_at(count.min(rest.len()));
                if let Some(font) = self.font(first.font) {
                    draw_run(run, span, &font, surface);
                }
                rest = tail;
            }
        }
    }

    fn font(&mut self, id: fontdb::ID) -> Option<Font> {
        let database = self.database;
        let read = || database.with_face_data(id, |data, index| Font::new(data.to_vec().into(), index)).flatten();
        self.fonts.entry(id.to_string()).or_insert_with(read).clone()
    }
}

/// Whether two glyphs have one scale and one baseline.
fn same_line(a: &PositionedGlyph, b: &PositionedGlyph) -> bool {
    let (a, b) = (a.transform(), b.transform());
    let near = |a: f32, b: f32| (a - b).abs() < 1e-4;
    near(a.sx, b.sx) && near(a.sy, b.sy) && near(a.kx, b.kx) && near(a.ky, b.ky)
}

fn draw_run(run: &[PositionedGlyph], span: &Span, font: &Font, surface: &mut Surface<'_>) {
    let Some(first) = run.first() else { return };
    let (em, size) = (font.units_per_em(), span.font_size.get());
    let base = first.transform();
    let Some(inverse) = base.invert() else { return };
    let places: Vec<Transform> = run.iter().map(|g| inverse.pre_concat(g.transform())).collect();
    let mut letters = String::new();
    let mut glyphs = Vec::with_capacity(run.len());
    for (i, (glyph, place)) in run.iter().zip(&places).enumerate() {
        let start = letters.len();
        letters.push_str(&glyph.text);
        let advance = places.get(i + 1).map_or(0.0, |next| next.tx - place.tx) / em;
        let id = GlyphId::new(glyph.id.0);
        glyphs.push(KrillaGlyph::new(id, advance, 0.0, -place.ty / em, 0.0, start..letters.len(), None));
    }
    surface.push_transform(&convert::transform(base.pre_concat(Transform::from_scale(em / size, em / size))));
    let (fill, stroke) = (span.fill.as_ref().and_then(convert::fill), span.stroke.as_ref().and_then(convert::stroke));
    let mut draw = |outlined: bool, fill, stroke| {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_glyphs(Point::from_xy(0.0, 0.0), &glyphs, font.clone(), &letters, size, outlined);
    };
    match (fill, stroke) {
        (None, None) => {}
        // A halo goes under the letters, as outlines: the text must not be found twice.
        (Some(fill), Some(stroke)) if span.paint_order == PaintOrder::StrokeAndFill => {
            draw(true, None, Some(stroke));
            draw(false, Some(fill), None);
        }
        (fill, stroke) => draw(false, fill, stroke),
    }
    surface.pop();
}
