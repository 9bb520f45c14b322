//! Where heading, drawing and prose stand on the page.

use crate::geometry::{Point, Rect, Size};
use crate::layout::Layout;
use crate::measure::{Measured, TextBlock};
use crate::theme::{Sizes, Theme};

/// The plan of a page.
#[derive(Debug)]
pub(super) struct Page {
    /// Size of everything.
    pub(super) size: Size,
    /// Where the heading starts.
    pub(super) heading: Point,
    /// Where the layout's origin comes to stand.
    pub(super) drawing: Point,
    /// Where each entry of prose stands: steps, then legend, then notes.
    pub(super) entries: Vec<Rect>,
}

/// Columns of prose: where each entry stands relative to their corner, and their size.
struct Columns {
    entries: Vec<Rect>,
    size: Size,
}

/// Where the prose goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Right of whatever stands at the top of the drawing.
    Top,
    /// Right of whatever stands at the bottom of the drawing.
    Bottom,
    /// Under the drawing.
    Under,
}

impl Page {
    /// Puts the prose beside or under the drawing, wherever all of it is seen largest on a page of the wished proportions.
    /// A corner that the drawing leaves free is room too.
    pub(super) fn plan(measured: &Measured, layout: &Layout, theme: &Theme) -> Self {
        let sizes = &theme.sizes;
        let placed = placed(layout);
        let bounds = placed.iter().fold(Rect::new(0.0, 0.0, layout.size.w, layout.size.h), |all, r| all.union(*r));
        let heading = heading_size(&measured.heading, sizes);
        let heights = entries(measured, sizes);
        let aspect = measured.topology.page.aspect;
        let fits = ((bounds.w.max(heading.w) + sizes.panel_gap) / (sizes.prose_width + sizes.panel_gap)).floor();
        let under = (columns(&heights, (fits as usize).clamp(1, heights.len().max(1)), sizes), Side::Under);
        let beside = (1..=3).flat_map(|n| [Side::Top, Side::Bottom].map(|side| (columns(&heights, n, sizes), side)));
        let mut best: Option<(f64, Self)> = None;
        for (columns, side) in std::iter::once(under).chain(beside) {
            let corner = corner(&placed, bounds, columns.size, side, sizes);
            let page = Self::arrange(bounds, heading, columns, corner, sizes);
            let score = (page.size.w / aspect.max(0.1)).max(page.size.h);
            if best.as_ref().is_none_or(|(least, _)| score < *least - 0.5) {
                best = Some((score, page));
            }
        }
        best.map_or_else(
            || Self {
                size: Size::new(bounds.w, bounds.h),
                heading: Point::default(),
                drawing: Point::default(),
                entries: Vec::new(),
            },
            |(_, page)| page,
        )
    }

    /// The page with the prose's top left corner at `corner`, in the drawing's coordinates.
    fn arrange(bounds: Rect, heading: Size, columns: Columns, corner: Point, sizes: &Sizes) -> Self {
        let prose = Rect::new(corner.x, corner.y, columns.size.w, columns.size.h);
        let content = if columns.entries.is_empty() { bounds } else { bounds.union(prose) };
        let room = if heading.h > 0.0 { heading.h + sizes.heading_gap } else { 0.0 };
        let origin = Point::new(sizes.margin - content.x, sizes.margin + room - content.y);
        let size = Size::new(content.w.max(heading.w) + 2.0 * sizes.margin, content.h + room + 2.0 * sizes.margin);
        Self {
            size: Size::new(size.w.ceil(), size.h.ceil()),
            heading: Point::new(sizes.margin, sizes.margin),
            drawing: origin,
            entries: columns.entries.into_iter().map(|r| r.moved(corner.x + origin.x, corner.y + origin.y)).collect(),
        }
    }
}

/// Where the prose's top left corner comes to stand, in the drawing's coordinates: in a corner that is free, or else outside.
fn corner(placed: &[Rect], bounds: Rect, prose: Size, side: Side, sizes: &Sizes) -> Point {
    let gap = sizes.panel_gap;
    let y = match side {
        Side::Top => bounds.y,
        Side::Bottom => (bounds.bottom() - prose.h).max(bounds.y),
        Side::Under => return Point::new(bounds.x + ((bounds.w - prose.w) / 2.0).max(0.0), bounds.bottom() + gap),
    };
    let level = placed.iter().filter(|r| r.y < y + prose.h + gap && r.bottom() > y - gap);
    let x = level.map(|r| r.right() + gap).fold(bounds.x, f64::max);
    Point::new(x.max(bounds.right() - prose.w), y)
}

/// Title over subtitle.
fn heading_size([title, subtitle]: &[TextBlock; 2], sizes: &Sizes) -> Size {
    let gap = if title.is_empty() || subtitle.is_empty() { 0.0 } else { sizes.subtitle_gap };
    Size::new(title.size.w.max(subtitle.size.w), title.size.h + gap + subtitle.size.h)
}

/// Everything that the layout placed.
fn placed(layout: &Layout) -> Vec<Rect> {
    let spans = layout.spans.iter().flat_map(|s| s.parts.iter().copied());
    let labels = layout.links.iter().filter_map(|l| l.label);
    let runs = layout.links.iter().flat_map(|l| l.points.windows(2)).filter_map(|ends| match ends {
        [a, b] => Some(Rect::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())),
        _ => None,
    });
    layout.boxes.iter().chain(&layout.groups).copied().chain(spans).chain(labels).chain(runs).collect()
}

/// An entry of prose.
struct Entry {
    /// Its height.
    height: f64,
    /// Room to keep above it, unless it stands at the top of a column.
    above: f64,
}

/// All entries of prose: steps, legend, notes.
fn entries(measured: &Measured, sizes: &Sizes) -> Vec<Entry> {
    let disc = 2.0 * sizes.step_radius;
    let sections: [(&[TextBlock], f64); 3] =
        [(&measured.steps, disc), (&measured.legend, disc), (&measured.notes, 0.0)];
    let mut entries = Vec::new();
    for (blocks, least) in sections {
        for (i, block) in blocks.iter().enumerate() {
            let above = if i == 0 { sizes.section_gap } else { sizes.prose_gap };
            entries.push(Entry { height: block.size.h.max(least), above });
        }
    }
    entries
}

/// Deals the entries, in order, into at most `count` columns of nearly equal height.
fn columns(heights: &[Entry], count: usize, sizes: &Sizes) -> Columns {
    let tallest = heights.iter().map(|e| e.height).fold(0.0, f64::max);
    let total: f64 = heights.iter().map(|e| e.height + e.above).sum();
    let (mut low, mut high) = (tallest, total.max(tallest));
    for _ in 0..24 {
        let middle = f64::midpoint(low, high);
        if used(deal(heights, middle)) <= count {
            high = middle;
        } else {
            low = middle;
        }
    }
    let left = |column: usize| column as f64 * (sizes.prose_width + sizes.panel_gap);
    let rect = |place: Dealt| Rect::new(left(place.column), place.y, sizes.prose_width, place.height);
    let entries: Vec<Rect> = deal(heights, high).map(rect).collect();
    let w = left(used(deal(heights, high))) - if entries.is_empty() { 0.0 } else { sizes.panel_gap };
    let h = entries.iter().map(|r| r.bottom()).fold(0.0, f64::max);
    Columns { entries, size: Size::new(w, h) }
}

/// Where an entry stands.
struct Dealt {
    /// Number of its column.
    column: usize,
    /// From the column's top to its own.
    y: f64,
    /// Its height.
    height: f64,
}

/// How many columns are filled.
fn used(dealt: impl Iterator<Item = Dealt>) -> usize {
    dealt.last().map_or(0, |last| last.column + 1)
}

/// Fills columns of at most `limit` pixels one after the other.
fn deal(entries: &[Entry], limit: f64) -> impl Iterator<Item = Dealt> {
    let (mut column, mut bottom) = (0, 0.0);
    entries.iter().map(move |&Entry { height, above }| {
        let mut y = if bottom > 0.0 { bottom + above } else { 0.0 };
        if y > 0.0 && y + height > limit {
            column += 1;
            y = 0.0;
        }
        bottom = y + height;
        Dealt { column, y, height }
    })
}
