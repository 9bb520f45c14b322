//! Bytes -> a graph: any bytes make one, and small changes of bytes make small changes of the graph.

use skyplan::geometry::{Rect, Size};
use skyplan::layout::{BoxId, BoxNode, Flow, Graph, GroupId, GroupNode, Link, Member, Side, Span, TitlePlace};

/// Bytes, one after the other; zeros behind the last.
struct Bytes<'a>(std::slice::Iter<'a, u8>);

impl Bytes<'_> {
    fn next(&mut self) -> usize {
        self.0.next().map_or(0, |b| usize::from(*b))
    }

    fn below(&mut self, n: usize) -> usize {
        self.next() % n.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.next() % n == n - 1
    }

    fn size(&mut self) -> Size {
        Size::new(5.0 + self.next() as f64, 5.0 + self.next() as f64 / 2.0)
    }
}

/// Which sizes a graph has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sizes {
    /// Those of diagrams: boxes with whole cores, titles and labels of one line, no sides that are asked for.
    Usual,
    /// Any, with titles wider than their groups, icons over captions, and boxes on sides that are asked for.
    Any,
}

/// Up to 28 boxes in up to 12 groups, up to 60 links, some labels, borders, a class of boxes and an outline, some flows of groups.
pub(super) fn of(bytes: &[u8], sizes: Sizes) -> Graph {
    let mut r = Bytes(bytes.iter());
    let flow = [Flow::Down, Flow::Right, Flow::Up, Flow::Left][r.below(4)];
    let (boxes, groups, links) = (1 + r.below(28), r.below(13), r.below(61));
    let mut graph = Graph { flow, ..Graph::default() };
    let line = |r: &mut Bytes| match sizes {
        Sizes::Usual => Size::new(10.0 + r.below(90) as f64, 14.0),
        Sizes::Any => r.size(),
    };
    for g in 0..groups {
        let parent = (g > 0 && !r.one_in(3)).then(|| GroupId(r.below(g) as u32));
        let title = if r.one_in(2) { line(&mut r) } else { Size::default() };
        let title_place = if r.one_in(4) { TitlePlace::Middle } else { TitlePlace::Corner };
        graph.groups.push(GroupNode { parent, title, title_place, flow: None });
    }
    for _ in 0..boxes {
        let size = r.size();
        let core = if r.one_in(3) && sizes == Sizes::Any {
            Rect::new(size.w / 4.0, 0.0, size.w / 2.0, size.h / 2.0)
        } else {
            Rect::new(0.0, 0.0, size.w, size.h)
        };
        let parent = (groups > 0 && !r.one_in(4)).then(|| GroupId(r.below(groups) as u32));
        let border = (groups > 0 && r.one_in(16)).then(|| {
            let side = if sizes == Sizes::Usual { 0 } else { r.below(5) };
            let side = [None, Some(Side::Top), Some(Side::Right), Some(Side::Bottom), Some(Side::Left)][side];
            (GroupId(r.below(groups) as u32), side)
        });
        graph.boxes.push(BoxNode { size, core, parent, border });
    }
    let member = |r: &mut Bytes| {
        if groups > 0 && r.one_in(8) {
            Member::Group(GroupId(r.below(groups) as u32))
        } else {
            Member::Box(BoxId(r.below(boxes) as u32))
        }
    };
    for _ in 0..links {
        let (from, to) = (member(&mut r), member(&mut r));
        let label = r.one_in(4).then(|| line(&mut r));
        graph.links.push(Link { from, to, label, rank: !r.one_in(8), weight: [1.0, 1.0, 2.0, 0.0][r.below(4)] });
    }
    if r.one_in(4) {
        graph.classes.push((0..2 + r.below(3)).map(|_| Member::Box(BoxId(r.below(boxes) as u32))).collect());
    }
    if r.one_in(3) {
        let members = (0..1 + r.below(3)).map(|_| member(&mut r)).collect();
        graph.spans.push(Span { members, title: line(&mut r) });
    }
    // Last, so that bytes from before groups had flows still make the graphs that they made.
    for group in &mut graph.groups {
        group.flow = r.one_in(4).then(|| [Flow::Down, Flow::Right, Flow::Up, Flow::Left][r.below(4)]);
    }
    graph
}
