//! A draft: children in rows, links as elbows. Replaced by the engine's phases.

use super::{Graph, Layout, LayoutError, Member, Route, Spacing, SpanPlace};
use crate::geometry::{Point, Rect, Size};

pub(super) fn place(graph: &Graph, spacing: &Spacing) -> Result<Layout, LayoutError> {
    let mut out = Layout {
        boxes: graph.boxes.iter().map(|b| Rect::new(0.0, 0.0, b.size.w, b.size.h)).collect(),
        groups: vec![Rect::default(); graph.groups.len()],
        titles: vec![Rect::default(); graph.groups.len()],
        ..Layout::default()
    };
    let size = pack(graph, spacing, None, &mut out);
    out.size = size;
    let rect = |m: Member, out: &Layout| match m {
        Member::Box(b) => out.boxes[b.at()],
        Member::Group(g) => out.groups[g.at()],
    };
    for link in &graph.links {
        let (a, b) = (rect(link.from, &out).center(), rect(link.to, &out).center());
        let points = vec![a, Point::new(a.x, (a.y + b.y) / 2.0), Point::new(b.x, (a.y + b.y) / 2.0), b];
        let label = link.label.map(|s| Rect::new((a.x + b.x - s.w) / 2.0, (a.y + b.y - s.h) / 2.0, s.w, s.h));
        out.links.push(Route { points, label });
    }
    for span in &graph.spans {
        let all = span.members.iter().map(|&m| rect(m, &out)).reduce(Rect::union).unwrap_or_default().grown(8.0);
        out.spans.push(SpanPlace { parts: vec![all], title: Rect::new(all.x, all.y, span.title.w, span.title.h) });
    }
    Ok(out)
}

fn pack(graph: &Graph, spacing: &Spacing, parent: Option<super::GroupId>, out: &mut Layout) -> Size {
    let (mut x, mut y, mut row, mut size) = (0.0, 0.0, 0.0_f64, Size::default());
    let groups: Vec<_> = (0..graph.groups.len()).filter(|&g| graph.groups[g].parent == parent).collect();
    let boxes: Vec<_> = (0..graph.boxes.len())
        .filter(|&b| {
            let owner = graph.boxes[b].border.map_or(graph.boxes[b].parent, |(g, _)| graph.groups[g.at()].parent);
            owner == parent
        })
        .collect();
    for &b in &boxes {
        if x > 400.0 {
            (x, y, row) = (0.0, y + row + spacing.between, 0.0);
        }
        out.boxes[b].x = x;
        out.boxes[b].y = y;
        x += out.boxes[b].w + spacing.within;
        row = row.max(out.boxes[b].h);
        size = Size::new(size.w.max(x - spacing.within), size.h.max(y + row));
    }
    (x, y) = (0.0, if boxes.is_empty() { 0.0 } else { size.h + spacing.between });
    for g in groups {
        let id = super::GroupId(u32::try_from(g).unwrap_or(0));
        let inner = pack(graph, spacing, Some(id), out);
        let title = graph.groups[g].title;
        let rect = Rect::new(
            x,
            y,
            inner.w.max(title.w) + 2.0 * spacing.padding,
            inner.h + 2.0 * spacing.padding + title.h.max(spacing.title),
        );
        shift(graph, id, x + spacing.padding, y + spacing.padding + title.h.max(spacing.title), out);
        out.groups[g] = rect;
        out.titles[g] = Rect::new(x, y, title.w, title.h);
        x += rect.w + spacing.within;
        size = Size::new(size.w.max(rect.right()), size.h.max(rect.bottom()));
    }
    size
}

fn shift(graph: &Graph, group: super::GroupId, dx: f64, dy: f64, out: &mut Layout) {
    for (b, node) in graph.boxes.iter().enumerate() {
        let owner = node.border.map_or(node.parent, |(g, _)| graph.groups[g.at()].parent);
        if owner == Some(group) {
            out.boxes[b] = out.boxes[b].moved(dx, dy);
        }
    }
    for (g, node) in graph.groups.iter().enumerate() {
        if node.parent == Some(group) {
            out.groups[g] = out.groups[g].moved(dx, dy);
            out.titles[g] = out.titles[g].moved(dx, dy);
            shift(graph, super::GroupId(u32::try_from(g).unwrap_or(0)), dx, dy, out);
        }
    }
}
