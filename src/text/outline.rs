//! Glyphs as paths.

use super::face::Loaded;
use skrifa::GlyphId;
use skrifa::MetadataProvider as _;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::Size;
use std::fmt::Write as _;

/// A path in thousandths of an em, y down, as the `d` attribute of SVG writes it: in steps from point to point, which are short.
#[derive(Debug, Default)]
pub(super) struct Outline {
    path: String,
    at: (i32, i32),
}

impl Outline {
    /// The path.
    pub(super) fn finish(self) -> String {
        self.path
    }

    /// Adds a glyph whose origin is at `x`, `y` (em, y up) and whose em is `size` large. Whether it has an outline.
    pub(super) fn glyph(&mut self, face: &Loaded, id: u32, x: f64, y: f64, size: f64) -> bool {
        let Some(glyph) = face.font().and_then(|f| f.outline_glyphs().get(GlyphId::new(id))) else { return false };
        let settings = DrawSettings::unhinted(Size::unscaled(), face.location());
        let mut pen = Pen { out: self, x, y, scale: size / face.units, start: (0, 0) };
        glyph.draw(settings, &mut pen).is_ok()
    }

    /// Adds a rectangle, y up.
    pub(super) fn rect(&mut self, x: f64, y: f64, w: f64, h: f64) {
        self.corners([(x, y), (x + w, y), (x + w, y + h), (x, y + h)]);
    }

    /// Adds a rectangle that cuts a hole: its corners follow each other the other way.
    pub(super) fn hole(&mut self, x: f64, y: f64, w: f64, h: f64) {
        self.corners([(x, y), (x, y + h), (x + w, y + h), (x + w, y)]);
    }

    fn corners(&mut self, corners: [(f64, f64); 4]) {
        let [first, rest @ ..] = corners.map(|(x, y)| (thousandths(x), -thousandths(y)));
        self.step('m', &[first]);
        rest.into_iter().for_each(|corner| self.step('l', &[corner]));
        self.close(first);
    }

    /// Appends one step: a letter, and points relative to where the path is.
    fn step(&mut self, letter: char, points: &[(i32, i32)]) {
        self.path.push(letter);
        for (i, point) in points.iter().enumerate() {
            for (k, number) in [point.0 - self.at.0, point.1 - self.at.1].into_iter().enumerate() {
                // A minus parts two numbers as well as a blank does.
                if i + k > 0 && number >= 0 {
                    self.path.push(' ');
                }
                // Writing to a string cannot fail.
                let _ = write!(self.path, "{number}");
            }
        }
        self.at = points.last().copied().unwrap_or(self.at);
    }

    fn close(&mut self, start: (i32, i32)) {
        self.path.push('z');
        self.at = start;
    }
}

fn thousandths(em: f64) -> i32 {
    (em * 1000.0).round() as i32
}

/// Takes a glyph's outline in font units.
struct Pen<'a> {
    out: &'a mut Outline,
    x: f64,
    y: f64,
    scale: f64,
    start: (i32, i32),
}

impl Pen<'_> {
    fn place(&self, x: f32, y: f32) -> (i32, i32) {
        let at = |origin: f64, units: f32| thousandths(origin + f64::from(units) * self.scale);
        (at(self.x, x), -at(self.y, y))
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.place(x, y);
        self.out.step('m', &[self.start]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.out.step('l', &[to]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let points = [self.place(cx, cy), self.place(x, y)];
        self.out.step('q', &points);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let points = [self.place(ax, ay), self.place(bx, by), self.place(x, y)];
        self.out.step('c', &points);
    }

    fn close(&mut self) {
        let start = self.start;
        self.out.close(start);
    }
}
