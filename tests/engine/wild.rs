//! Random graphs with everything at once, sizes and all: titles wider than their groups, labels larger than boxes, boxes on all sides of borders, several
//! classes and outlines that overlap, loops, links between groups and from groups to what lies in them.

use super::support::Random;
use skyplan::geometry::{Rect, Size};
use skyplan::layout::{BoxId, BoxNode, Flow, Graph, GroupId, GroupNode, Link, Member, Side, Span, TitlePlace};

impl Random {
    /// Whether something of that many chances in a hundred happens.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// What a graph has of everything, drawn first: so some graphs have much of one thing and nothing of another.
struct Mix {
    boxes: usize,
    groups: usize,
    /// Whether sizes are those of diagrams, or any.
    usual: bool,
    titled: usize,
    labelled: usize,
    bordered: usize,
    /// How many ends of links of a hundred are at groups.
    at_groups: usize,
}

/// The graph of a seed, of up to `most` boxes.
pub(crate) fn graph(seed: u64, most: usize) -> Graph {
    let mut r = Random(seed ^ 0xAB_CDEF);
    let boxes = 1 + r.below(most);
    of_size(&mut r, boxes)
}

/// A graph of so many boxes.
pub(crate) fn of_size(r: &mut Random, boxes: usize) -> Graph {
    let flow = [Flow::Down, Flow::Right, Flow::Up, Flow::Left][r.below(4)];
    let mix = Mix {
        boxes,
        usual: r.chance(50),
        groups: if r.chance(85) { r.below(boxes / 2 + 2) } else { 0 },
        titled: r.below(101),
        labelled: r.below(60),
        bordered: [0, 0, 4, 15][r.below(4)],
        at_groups: [0, 8, 25][r.below(3)],
    };
    let mut graph = Graph { flow, ..Graph::default() };
    (0..mix.groups).for_each(|g| graph.groups.push(mix.group(r, g)));
    (0..mix.boxes).for_each(|_| graph.boxes.push(mix.node(r)));
    mix.links(r, &mut graph);
    mix.constraints(r, &mut graph);
    graph
}

impl Mix {
    fn any_group(&self, r: &mut Random) -> GroupId {
        GroupId(r.below(self.groups) as u32)
    }

    fn member(&self, r: &mut Random) -> Member {
        if self.groups > 0 && r.chance(self.at_groups) {
            Member::Group(self.any_group(r))
        } else {
            Member::Box(BoxId(r.below(self.boxes) as u32))
        }
    }

    fn group(&self, r: &mut Random, g: usize) -> GroupNode {
        let parent = (g > 0 && r.chance(65)).then(|| GroupId(if r.chance(30) { g - 1 } else { r.below(g) } as u32));
        let size = match self.usual {
            true => Size::new(10.0 + r.below(90) as f64, 18.0),
            false => Size::new(1.0 + r.below(400) as f64, 5.0 + r.below(60) as f64),
        };
        let title = if r.chance(self.titled) { size } else { Size::default() };
        let title_place = if r.chance(30) { TitlePlace::Middle } else { TitlePlace::Corner };
        GroupNode { parent, title, title_place, flow: None }
    }

    fn node(&self, r: &mut Random) -> BoxNode {
        let size = match self.usual {
            true => Size::new(48.0 + r.below(60) as f64, 40.0 + r.below(40) as f64),
            false => Size::new(1.0 + r.below(250) as f64, 1.0 + r.below(150) as f64),
        };
        let whole = Rect::new(0.0, 0.0, size.w, size.h);
        let icon = Rect::new(size.w / 4.0, 0.0, size.w / 2.0, size.h / 2.0);
        let core = if r.chance(40) { icon } else { whole };
        let parent = (self.groups > 0 && r.chance(75)).then(|| self.any_group(r));
        let sides = [None, None, Some(Side::Top), Some(Side::Right), Some(Side::Bottom), Some(Side::Left)];
        let border =
            (self.groups > 0 && r.chance(self.bordered)).then(|| (self.any_group(r), sides[r.below(sides.len())]));
        BoxNode { size, core, parent, border }
    }

    fn links(&self, r: &mut Random, graph: &mut Graph) {
        let dense = 1 + r.below(3);
        for _ in 0..r.below(dense * self.boxes + 1) {
            let (from, to) = (self.member(r), self.member(r));
            let to = if r.chance(3) { from } else { to };
            let size = match self.usual {
                true => Size::new(20.0 + r.below(60) as f64, 14.0),
                false => Size::new(1.0 + r.below(200) as f64, 1.0 + r.below(80) as f64),
            };
            let label = r.chance(self.labelled).then_some(size);
            let link = Link { from, to, label, rank: !r.chance(10), weight: [1.0, 1.0, 2.0, 0.0, 50.0][r.below(5)] };
            let parallel = if r.chance(4) { 2 } else { 1 };
            graph.links.extend(vec![link; parallel]);
        }
    }

    fn constraints(&self, r: &mut Random, graph: &mut Graph) {
        for _ in 0..[0, 0, 1, 2, 4][r.below(5)] {
            let of_groups = self.groups > 0 && r.chance(35);
            let one = |r: &mut Random| match of_groups {
                true => Member::Group(self.any_group(r)),
                false => Member::Box(BoxId(r.below(self.boxes) as u32)),
            };
            graph.classes.push((0..2 + r.below(3)).map(|_| one(r)).collect());
        }
        for _ in 0..[0, 0, 1, 2, 3][r.below(5)] {
            let members = (0..1 + r.below(4)).map(|_| self.member(r)).collect();
            let title = if r.chance(60) { Size::new(20.0 + r.below(90) as f64, 16.0) } else { Size::default() };
            graph.spans.push(Span { members, title });
        }
    }
}
