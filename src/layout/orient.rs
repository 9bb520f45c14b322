//! The flow's direction: the phases know only "down"; other directions are laid out as its mirror images.

use super::{Flow, Graph, Layout, Side, Spacing, classes};
use crate::geometry::{Point, Rect, Size};

/// Where titles, which are always at the top of the finished drawing, lie while it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strip {
    /// Along the upper wall: the flow is down.
    Top,
    /// Along the lower wall: up.
    Bottom,
    /// Along the left wall, from its upper end: right.
    LeftStart,
    /// Along the left wall, from its lower end: left.
    LeftEnd,
}

impl Strip {
    /// Whether the strip lies along the left wall.
    pub(super) fn is_left(self) -> bool {
        matches!(self, Self::LeftStart | Self::LeftEnd)
    }
}

impl Strip {
    /// The wall along which titles lie.
    pub(super) fn side(self) -> Side {
        match self {
            Self::Top => Side::Top,
            Self::Bottom => Side::Bottom,
            Self::LeftStart | Self::LeftEnd => Side::Left,
        }
    }
}

/// The strip that belongs to a flow.
pub(super) fn strip(flow: Flow) -> Strip {
    match flow {
        Flow::Down => Strip::Top,
        Flow::Up => Strip::Bottom,
        Flow::Right => Strip::LeftStart,
        Flow::Left => Strip::LeftEnd,
    }
}

/// Whether a flow runs from one side to the other.
pub(super) fn across(flow: Flow) -> bool {
    matches!(flow, Flow::Right | Flow::Left)
}

fn turned(size: Size) -> Size {
    Size::new(size.h, size.w)
}

/// The same graph as if it flowed down, its classes without members in common.
pub(super) fn downward(graph: &Graph, spacing: &Spacing) -> (Graph, Spacing) {
    let (mut graph, mut spacing) = (graph.clone(), spacing.clone());
    graph.classes = classes::joined(&graph.classes);
    let flow = graph.flow;
    if across(flow) {
        spacing.empty = turned(spacing.empty);
        spacing.aspect = spacing.aspect.recip();
        for b in &mut graph.boxes {
            b.size = turned(b.size);
            b.core = Rect::new(b.core.y, b.core.x, b.core.h, b.core.w);
        }
        graph.groups.iter_mut().for_each(|g| g.title = turned(g.title));
        graph.spans.iter_mut().for_each(|s| s.title = turned(s.title));
        graph.links.iter_mut().for_each(|l| l.label = l.label.map(turned));
    }
    for b in &mut graph.boxes {
        if matches!(flow, Flow::Up | Flow::Left) {
            b.core.y = b.size.h - b.core.bottom();
        }
        b.border = b.border.map(|(g, side)| (g, side.map(|s| side_down(flow, s))));
    }
    graph.flow = Flow::Down;
    (graph, spacing)
}

fn side_down(flow: Flow, side: Side) -> Side {
    use Side::{Bottom, Left, Right, Top};
    match (flow, side) {
        (Flow::Down, s) => s,
        (Flow::Up, Top) => Bottom,
        (Flow::Up, Bottom) => Top,
        (Flow::Up, s) => s,
        (Flow::Right, Left) | (Flow::Left, Right) => Top,
        (Flow::Right, Right) | (Flow::Left, Left) => Bottom,
        (Flow::Right | Flow::Left, Top) => Left,
        (Flow::Right | Flow::Left, Bottom) => Right,
    }
}

/// Turns a drawing that flows down into one that flows as asked.
pub(super) fn upright(layout: Layout, flow: Flow) -> Layout {
    let height = layout.size.h;
    let flip = matches!(flow, Flow::Up | Flow::Left);
    let point = |p: Point| {
        let y = if flip { height - p.y } else { p.y };
        if across(flow) { Point::new(y, p.x) } else { Point::new(p.x, y) }
    };
    let rect = |r: Rect| {
        let y = if flip { height - r.bottom() } else { r.y };
        if across(flow) { Rect::new(y, r.x, r.h, r.w) } else { Rect::new(r.x, y, r.w, r.h) }
    };
    let mut out = layout;
    for r in out.boxes.iter_mut().chain(&mut out.groups).chain(&mut out.titles) {
        *r = rect(*r);
    }
    for s in &mut out.spans {
        s.parts.iter_mut().for_each(|r| *r = rect(*r));
        s.title = rect(s.title);
    }
    for l in &mut out.links {
        l.points.iter_mut().for_each(|p| *p = point(*p));
        l.label = l.label.map(rect);
    }
    if across(flow) {
        out.size = turned(out.size);
    }
    out
}
