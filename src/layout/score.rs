//! How good a drawing is, in numbers.

use super::{Graph, Layout};
use crate::geometry::Point;
use std::fmt;

/// Figures of one drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Places at which two links cross.
    pub crossings: usize,
    /// Corners of all links.
    pub bends: usize,
    /// Length of all links in pixels.
    pub length: f64,
    /// Area of the drawing over that of its boxes.
    pub area: f64,
    /// Width over height.
    pub aspect: f64,
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { crossings, bends, length, area, aspect } = self;
        write!(
            f,
            "{crossings} crossings, {bends} bends, length {length:.0} px, area {area:.1} times the boxes, aspect {aspect:.2}"
        )
    }
}

/// Measures a drawing. Links are taken to run along the axes; O(s log s + k) for s segments and k crossings.
pub fn score(graph: &Graph, layout: &Layout) -> Score {
    let boxes: f64 = graph.boxes.iter().map(|b| b.size.w * b.size.h).sum();
    let lines = layout.links.iter().map(|l| l.points.as_slice());
    let length =
        lines.clone().flat_map(|p| p.windows(2)).map(|s| (s[0].x - s[1].x).abs() + (s[0].y - s[1].y).abs()).sum();
    Score {
        crossings: crossings(layout),
        bends: lines.map(|p| p.len().saturating_sub(2)).sum(),
        length,
        area: layout.size.w * layout.size.h / boxes.max(1.0),
        aspect: if layout.size.h > 0.0 { layout.size.w / layout.size.h } else { 0.0 },
    }
}

/// Crossings of upright with level segments of different links, by a sweep from left to right.
fn crossings(layout: &Layout) -> usize {
    let (mut upright, mut level) = (Vec::new(), Vec::new());
    for (l, route) in layout.links.iter().enumerate() {
        for s in route.points.windows(2) {
            let [a, b] = [s[0], s[1]];
            if a.x == b.x {
                upright.push((a.x, a.y.min(b.y), a.y.max(b.y), l));
            } else {
                level.push((a.x.min(b.x), a.x.max(b.x), a.y, l));
            }
        }
    }
    upright.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found: Vec<(usize, usize, i64, i64)> = Vec::new();
    for (left, right, y, l) in level {
        let first = upright.partition_point(|u| u.0 <= left + 1e-6);
        for &(x, top, bottom, k) in upright[first..].iter().take_while(|u| u.0 < right - 1e-6) {
            if k != l && top + 1e-6 < y && y < bottom - 1e-6 && !both_end(layout, k, l, Point::new(x, y)) {
                found.push((k.min(l), k.max(l), x as i64, y as i64));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.len()
}

/// Whether both links end at a point: that is where they meet, not where they cross.
fn both_end(layout: &Layout, a: usize, b: usize, at: Point) -> bool {
    let near = |l: usize| {
        let points = &layout.links[l].points;
        points.first().into_iter().chain(points.last()).any(|p| (p.x - at.x).abs() + (p.y - at.y).abs() < 2.0)
    };
    near(a) && near(b)
}
