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

impl Page {
    /// Puts the prose beside or under the drawing, whichever is seen larger on a page of the wished proportions.
    pub(super) fn plan(measured: &Measured, layout: &Layout, theme: &Theme) -> Self {
        let sizes = &theme.sizes;
        let bounds = bounds(layout);
        let heading = heading_size(&measured.heading, sizes);
        let heading_room = if heading.h > 0.0 { heading.h + sizes.heading_gap } else { 0.0 };
        let heights = entries(measured, sizes);
        let aspect = measured.topology.page.aspect;
        let beside = (1..=3).map(|n| (columns(&heights, n, sizes), true));
        let fits = ((bounds.w.max(heading.w) + sizes.panel_gap) / (sizes.prose_width + sizes.panel_gap)).floor();
        let under = (columns(&heights, (fits as usize).clamp(1, heights.len().max(1)), sizes), false);
        let mut best: Option<(f64, Self)> = None;
        for (columns, is_beside) in [under].into_iter().chain(beside) {
            let page = Self::arrange(bounds, heading, heading_room, columns, is_beside, sizes);
            let score = (page.size.w / aspect.max(0.1)).max(page.size.h);
            if best.as_ref().is_none_or(|(least, _)| score < *least - 0.5) {
                best = Some((score, page));
            }
        }
        best.map_or_else(
            || Self {
                size: bounds_size(bounds),
                heading: Point::default(),
                drawing: Point::default(),
                entries: Vec::new(),
            },
            |(_, page)| page,
        )
    }

    fn arrange(bounds: Rect, heading: Size, room: f64, columns: Columns, beside: bool, sizes: &Sizes) -> Self {
        let gap = if columns.entries.is_empty() { 0.0 } else { sizes.panel_gap };
        let content = if beside {
            Size::new(bounds.w + gap + columns.size.w, bounds.h.max(columns.size.h))
        } else {
            Size::new(bounds.w.max(columns.size.w), bounds.h + gap + columns.size.h)
        };
        let w = content.w.max(heading.w);
        let left = sizes.margin;
        let top = sizes.margin + room;
        let width = if beside { bounds.w } else { content.w };
        let drawing = Point::new(left + (width - bounds.w) / 2.0, top);
        let panel = if beside {
            Point::new(left + bounds.w + gap, top)
        } else {
            Point::new(left + (content.w - columns.size.w) / 2.0, top + bounds.h + gap)
        };
        Self {
            size: Size::new((w + 2.0 * sizes.margin).ceil(), (content.h + room + 2.0 * sizes.margin).ceil()),
            heading: Point::new(sizes.margin, sizes.margin),
            drawing: Point::new(drawing.x - bounds.x, drawing.y - bounds.y),
            entries: columns.entries.into_iter().map(|r| r.moved(panel.x, panel.y)).collect(),
        }
    }
}

/// Title over subtitle.
fn heading_size([title, subtitle]: &[TextBlock; 2], sizes: &Sizes) -> Size {
    let gap = if title.is_empty() || subtitle.is_empty() { 0.0 } else { sizes.subtitle_gap };
    Size::new(title.size.w.max(subtitle.size.w), title.size.h + gap + subtitle.size.h)
}

fn bounds_size(bounds: Rect) -> Size {
    Size::new(bounds.w, bounds.h)
}

/// Everything that the layout placed.
fn bounds(layout: &Layout) -> Rect {
    let mut all = Rect::new(0.0, 0.0, layout.size.w, layout.size.h);
    let spans = layout.spans.iter().flat_map(|s| s.parts.iter().copied());
    let labels = layout.links.iter().filter_map(|l| l.label);
    let corners = layout.links.iter().flat_map(|l| l.points.iter().map(|p| Rect::new(p.x, p.y, 0.0, 0.0)));
    for rect in layout.boxes.iter().chain(&layout.groups).copied().chain(spans).chain(labels).chain(corners) {
        all = all.union(rect);
    }
    all
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
        if deal(heights, middle, sizes).0 <= count {
            high = middle;
        } else {
            low = middle;
        }
    }
    let (used, entries) = deal(heights, high, sizes);
    let w = used as f64 * (sizes.prose_width + sizes.panel_gap) - if used > 0 { sizes.panel_gap } else { 0.0 };
    let h = entries.iter().map(|r| r.bottom()).fold(0.0, f64::max);
    Columns { entries, size: Size::new(w, h) }
}

/// Fills columns of at most `limit` pixels one after the other: how many, and where each entry stands.
fn deal(entries: &[Entry], limit: f64, sizes: &Sizes) -> (usize, Vec<Rect>) {
    let (mut column, mut bottom, mut out) = (0_usize, 0.0, Vec::new());
    for &Entry { height, above } in entries {
        let mut y = if bottom > 0.0 { bottom + above } else { 0.0 };
        if y > 0.0 && y + height > limit {
            column += 1;
            y = 0.0;
        }
        out.push(Rect::new(column as f64 * (sizes.prose_width + sizes.panel_gap), y, sizes.prose_width, height));
        bottom = y + height;
    }
    (if entries.is_empty() { 0 } else { column + 1 }, out)
}
