//! A graph cut at the walls of sealed groups: each part is a graph of its own, in which the parts inside it are boxes.

use super::super::nest::{Nest, ROOT, inner};
use super::super::{
    BoxId, BoxNode, Flow, Graph, GroupId, GroupNode, Layout, LayoutError, Link, Member, Route, Span, SpanPlace,
};
use super::sealed::around;
use crate::geometry::{Point, Rect, Size};

/// Stands for what is in no part yet.
const NOWHERE: u32 = u32::MAX;

/// The parts, outer ones before those inside them; the first is what is left of the whole graph.
pub(super) struct Parts {
    pub(super) parts: Vec<Part>,
}

/// A sealed group and what it holds, or the drawing itself.
pub(super) struct Part {
    /// The group of the nest that it is cut out at; in its graph, that is the first group.
    pub(super) root: u32,
    /// What is laid out. The sizes of boxes that stand for parts are set by [`Parts::sized`].
    pub(super) graph: Graph,
    /// What each box is.
    boxes: Vec<Item>,
    /// The groups, links and spans of the whole graph that its own ones are.
    groups: Vec<u32>,
    links: Vec<u32>,
    spans: Vec<u32>,
    /// The part around it, and the box that stands for it there.
    outside: (u32, u32),
}

/// What a box of a part is.
#[derive(Clone, Copy)]
enum Item {
    /// A box of the whole graph.
    Box(u32),
    /// A part.
    Part(u32),
}

/// Cuts a graph.
struct Cut<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    parts: Vec<Part>,
    /// The part that each group of the nest stands in, where it is not cut out itself; and else the one that it is.
    part: Vec<u32>,
    /// Number of each group of the nest in the graph of its part.
    group: Vec<u32>,
    /// Number of each box in the graph of its part.
    boxed: Vec<u32>,
}

impl Parts {
    /// Cuts out the groups of the nest, sealed ones, for which there is a flow. Everything keeps its order; a part stands where its first box stood.
    ///
    /// O(boxes + groups + links + members of classes and spans).
    pub(super) fn new(graph: &Graph, nest: &Nest, flows: &[Option<Flow>]) -> Self {
        let mut cut = Cut {
            graph,
            nest,
            parts: vec![Part::new(ROOT, graph.flow, (NOWHERE, NOWHERE))],
            part: vec![0; nest.len()],
            group: vec![NOWHERE; nest.len()],
            boxed: vec![NOWHERE; graph.boxes.len()],
        };
        cut.roots(flows);
        cut.groups();
        cut.boxes();
        cut.links();
        cut.constraints();
        Self { parts: cut.parts }
    }

    /// Draws all parts, those inside others first, and joins the drawings. `draw` draws one graph.
    ///
    /// # Errors
    /// As for `draw`.
    pub(super) fn drawn(
        mut self,
        graph: &Graph,
        mut draw: impl FnMut(&Graph) -> Result<Layout, LayoutError>,
    ) -> Result<Layout, LayoutError> {
        let mut drawn: Vec<Layout> = Vec::with_capacity(self.parts.len());
        for k in (0..self.parts.len()).rev() {
            let layout = draw(&self.parts[k].graph)?;
            if let Some(wall) = layout.groups.first().filter(|_| k > 0) {
                self.sized(k, Size::new(wall.w, wall.h));
            }
            drawn.push(layout);
        }
        drawn.reverse();
        Ok(self.joined(graph, drawn))
    }

    /// Gives the box that stands for a part its size.
    pub(super) fn sized(&mut self, part: usize, size: Size) {
        let (outside, number) = self.parts[part].outside;
        let node = &mut self.parts[outside as usize].graph.boxes[number as usize];
        (node.size, node.core) = (size, Rect::new(0.0, 0.0, size.w, size.h));
    }

    /// One drawing of all those of the parts, each in its box.
    fn joined(&self, graph: &Graph, drawn: Vec<Layout>) -> Layout {
        let mut out = Layout {
            size: drawn[0].size,
            boxes: vec![Rect::default(); graph.boxes.len()],
            groups: vec![Rect::default(); graph.groups.len()],
            titles: vec![Rect::default(); graph.groups.len()],
            spans: vec![SpanPlace::default(); graph.spans.len()],
            links: vec![Route::default(); graph.links.len()],
            form: drawn.iter().map(|d| d.form).max().unwrap_or_default(),
        };
        let walls: Vec<Point> =
            drawn.iter().map(|d| d.groups.first().map_or(Point::new(0.0, 0.0), |r| Point::new(r.x, r.y))).collect();
        let mut moved = vec![Point::new(0.0, 0.0); drawn.len()];
        for (k, layout) in drawn.into_iter().enumerate() {
            let (part, by) = (&self.parts[k], moved[k]);
            let rect = |r: Rect| r.moved(by.x, by.y);
            for (item, r) in part.boxes.iter().zip(layout.boxes) {
                match *item {
                    Item::Box(b) => out.boxes[b as usize] = rect(r),
                    Item::Part(p) => {
                        let (to, from) = (rect(r), walls[p as usize]);
                        moved[p as usize] = Point::new(to.x - from.x, to.y - from.y);
                    }
                }
            }
            for (&g, (r, title)) in part.groups.iter().zip(layout.groups.into_iter().zip(layout.titles)) {
                (out.groups[g as usize], out.titles[g as usize]) = (rect(r), rect(title));
            }
            for (&l, mut route) in part.links.iter().zip(layout.links) {
                route.points.iter_mut().for_each(|p| *p = Point::new(p.x + by.x, p.y + by.y));
                route.label = route.label.map(rect);
                out.links[l as usize] = route;
            }
            for (&s, mut place) in part.spans.iter().zip(layout.spans) {
                place.parts.iter_mut().for_each(|r| *r = rect(*r));
                place.title = rect(place.title);
                out.spans[s as usize] = place;
            }
        }
        out
    }
}

impl Part {
    fn new(root: u32, flow: Flow, outside: (u32, u32)) -> Self {
        let graph = Graph { flow, ..Graph::default() };
        let (boxes, groups, links, spans) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { root, graph, boxes, groups, links, spans, outside }
    }
}

impl Cut<'_> {
    /// Makes the parts.
    fn roots(&mut self, flows: &[Option<Flow>]) {
        for &g in self.nest.outer_first.iter().filter(|&&g| g != ROOT) {
            let outside = self.part[self.nest.parent[g as usize] as usize];
            self.part[g as usize] = flows[g as usize].map_or(outside, |flow| {
                self.parts.push(Part::new(g, flow, (outside, NOWHERE)));
                self.parts.len() as u32 - 1
            });
        }
    }

    /// Gives each part its groups. The one that a part is cut out at comes first.
    fn groups(&mut self) {
        for k in 1..self.parts.len() {
            self.group(self.parts[k].root);
        }
        for g in 1..self.nest.len() as u32 {
            if self.group[g as usize] == NOWHERE {
                self.group(g);
            }
        }
        for part in &mut self.parts {
            for (&g, node) in part.groups.iter().zip(&mut part.graph.groups) {
                let parent = (g + 1 != part.root).then(|| self.nest.parent[g as usize + 1]).filter(|&p| p != ROOT);
                node.parent = parent.map(|p| GroupId(self.group[p as usize]));
            }
        }
    }

    fn group(&mut self, g: u32) {
        let part = &mut self.parts[self.part[g as usize] as usize];
        self.group[g as usize] = part.groups.len() as u32;
        part.groups.push(g - 1);
        part.graph.groups.push(GroupNode { flow: None, ..self.graph.groups[g as usize - 1].clone() });
    }

    /// Gives each part its boxes.
    fn boxes(&mut self) {
        for (b, node) in self.graph.boxes.iter().enumerate() {
            let home = self.nest.home[b];
            let part = self.part[home as usize];
            self.stand(part);
            let own = (home != ROOT).then(|| GroupId(self.group[home as usize]));
            let border = node.border.and_then(|(_, side)| own.map(|g| (g, side)));
            let parent = own.filter(|_| border.is_none());
            self.boxed[b] = self.add(part, BoxNode { parent, border, ..node.clone() }, Item::Box(b as u32));
        }
        (1..self.parts.len() as u32).for_each(|part| self.stand(part));
    }

    fn add(&mut self, part: u32, node: BoxNode, item: Item) -> u32 {
        let part = &mut self.parts[part as usize];
        part.graph.boxes.push(node);
        part.boxes.push(item);
        part.boxes.len() as u32 - 1
    }

    /// Sees to it that boxes stand for a part and for those around it.
    fn stand(&mut self, mut part: u32) {
        while part != 0 && self.parts[part as usize].outside.1 == NOWHERE {
            let outside = self.parts[part as usize].outside.0;
            let around = self.nest.parent[self.parts[part as usize].root as usize];
            let parent = (around != ROOT).then(|| GroupId(self.group[around as usize]));
            let node = BoxNode { size: Size::default(), core: Rect::default(), parent, border: None };
            self.parts[part as usize].outside.1 = self.add(outside, node, Item::Part(part));
            part = outside;
        }
    }

    /// The part whose contents a member is one of.
    fn part_around(&self, m: Member) -> u32 {
        self.part[around(self.nest, m) as usize]
    }

    /// What a member is in the graph of a part.
    fn member(&self, m: Member, part: u32) -> Member {
        match m {
            Member::Box(b) => Member::Box(BoxId(self.boxed[b.at()])),
            Member::Group(g) => {
                let own = self.part[inner(g) as usize];
                // From outside, a group that is cut out is the box that stands for it.
                if own == part {
                    Member::Group(GroupId(self.group[inner(g) as usize]))
                } else {
                    Member::Box(BoxId(self.parts[own as usize].outside.1))
                }
            }
        }
    }

    /// Gives each part its links: that of a group that is cut out to something in it is one of its own.
    fn links(&mut self) {
        for (l, link) in self.graph.links.iter().enumerate() {
            let (from, to) = (self.part_around(link.from), self.part_around(link.to));
            let deeper = |a: u32, m: Member, b: u32| {
                a != b && matches!(m, Member::Group(g) if self.part[inner(g) as usize] == b)
            };
            let part = if deeper(from, link.from, to) { to } else { from };
            let [from, to] = [link.from, link.to].map(|m| self.member(m, part));
            let part = &mut self.parts[part as usize];
            part.graph.links.push(Link { from, to, ..link.clone() });
            part.links.push(l as u32);
        }
    }

    /// Gives each part its spans. What is in a class stands in the first part.
    fn constraints(&mut self) {
        for (s, span) in self.graph.spans.iter().enumerate() {
            let part = span.members.first().map_or(0, |&m| self.part_around(m));
            let members = span.members.iter().map(|&m| self.member(m, part)).collect();
            let part = &mut self.parts[part as usize];
            part.graph.spans.push(Span { members, title: span.title });
            part.spans.push(s as u32);
        }
        let classes = self.graph.classes.iter().map(|class| class.iter().map(|&m| self.member(m, 0)).collect());
        self.parts[0].graph.classes = classes.collect();
    }
}
