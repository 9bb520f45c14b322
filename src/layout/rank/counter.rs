//! What flows against the drawing: behind a gateway in a group's lower wall traffic rises, before one in its upper wall too.

use super::super::adjacent::Adjacent;
use super::super::nest::{Nest, ROOT};
use super::super::{Graph, Link, Member, Side};

/// For each link whether it leads upwards. What is beyond a group's lower wall stands below it and what is beyond its upper wall above, whichever way a link
/// points; and where all that enters a part of the drawing comes through gateways in lower walls, or all that leaves it goes through gateways in upper
/// ones, the whole part flows upwards: otherwise a link would lead past all of it to where it starts. O(boxes + groups + links x depth).
pub(super) fn upwards(graph: &Graph, nest: &Nest, decides: &[bool]) -> Vec<bool> {
    let mut rises = vec![false; graph.links.len()];
    for wall in [Side::Bottom, Side::Top] {
        Part::new(graph, nest, decides, wall).mark(&mut rises);
    }
    let by_walls = graph.links.iter().map(|link| walls_say(nest, link));
    by_walls.zip(rises).map(|(walls, rises)| walls.unwrap_or(rises)).collect()
}

/// Whether the walls that its ends stand astride lead a link upwards. None if they do not tell.
fn walls_say(nest: &Nest, link: &Link) -> Option<bool> {
    let side = |m: Member, other: Member| match m {
        Member::Box(b) if !nest.is_inside(other, nest.home[b.at()]) => nest.border[b.at()],
        _ => None,
    };
    let [from, to] = [side(link.from, link.to), side(link.to, link.from)];
    let up = from == Some(Side::Top) || to == Some(Side::Bottom);
    let down = from == Some(Side::Bottom) || to == Some(Side::Top);
    (up || down).then_some(!down)
}

/// What is reached from gateways in one kind of wall: from lower ones along the links, from upper ones against them.
struct Part<'a> {
    graph: &'a Graph,
    decides: &'a [bool],
    wall: Side,
    /// By node: the boxes, then the groups of the nest.
    is_gate: Vec<bool>,
    /// For each node reached, and each gate, one that stands for all that it is tied to.
    tied: Vec<Option<u32>>,
}

impl<'a> Part<'a> {
    fn new(graph: &'a Graph, nest: &Nest, decides: &'a [bool], wall: Side) -> Self {
        let boxes = graph.boxes.len();
        let n = boxes + nest.len();
        let is_gate = (0..n).map(|v| v < boxes && nest.border[v] == Some(wall)).collect();
        let mut part = Self { graph, decides, wall, is_gate, tied: vec![None; n] };
        if part.is_gate.contains(&true) {
            part.reach(nest);
        }
        part
    }

    /// The ends of the links that decide, the one that is nearer to the gate first.
    fn links(&self) -> impl Iterator<Item = (usize, [u32; 2])> + Clone + use<'_, 'a> {
        let node = |m: Member| match m {
            Member::Box(b) => b.0,
            Member::Group(g) => (self.graph.boxes.len() + g.at() + 1) as u32,
        };
        let links = self.graph.links.iter().enumerate().filter(|&(i, l)| self.decides[i] && l.from != l.to);
        links.map(move |(i, l)| match self.wall {
            Side::Bottom => (i, [node(l.from), node(l.to)]),
            _ => (i, [node(l.to), node(l.from)]),
        })
    }

    /// Follows the links from the gates, inwards only, and from groups to all that they hold.
    fn reach(&mut self, nest: &Nest) {
        let boxes = self.graph.boxes.len() as u32;
        let home = |v: u32| if v < boxes { nest.home[v as usize] } else { nest.parent[(v - boxes) as usize] };
        let inwards = |gate: u32, v: u32| {
            let gate = nest.home[gate as usize];
            v != boxes + gate && nest.holds(gate, if v < boxes { home(v) } else { v - boxes })
        };
        let held =
            (0..self.tied.len() as u32).filter(|&v| v != boxes + ROOT && home(v) != ROOT).map(|v| (boxes + home(v), v));
        let linked = self.links().map(|(_, [a, b])| (a, b));
        let linked = linked.filter(|&(a, b)| !self.is_gate[b as usize] && (!self.is_gate[a as usize] || inwards(a, b)));
        let arcs: Vec<_> = linked.chain(held.filter(|&(_, v)| !self.is_gate[v as usize])).collect();
        let next = Adjacent::new(self.tied.len(), arcs.into_iter());
        let mut open: Vec<u32> = (0..boxes).filter(|&v| self.is_gate[v as usize]).collect();
        open.iter().for_each(|&gate| self.tied[gate as usize] = Some(gate));
        while let Some(v) = open.pop() {
            for &w in next.of(v) {
                if self.tied[w as usize].is_none() {
                    self.tied[w as usize] = Some(w);
                    open.push(w);
                }
                self.tie(v, w);
            }
        }
        for v in 0..self.tied.len() {
            self.tied[v] = self.tied[v].and_then(|up| self.tied[up as usize]);
        }
    }

    /// The node that stands for all that a reached one is tied to: a tree of nodes, each below one with a lower number, halved on the way up.
    fn root(&mut self, mut v: u32) -> u32 {
        while let Some(up) = self.tied[v as usize].filter(|&up| up != v) {
            self.tied[v as usize] = self.tied[up as usize];
            v = up;
        }
        v
    }

    fn tie(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.tied[a.max(b) as usize] = Some(a.min(b));
    }

    /// Marks the links within what is reached from the gates alone, and that does not lead back to them.
    fn mark(&self, rises: &mut [bool]) {
        let reached = |v: u32| self.tied[v as usize].filter(|_| !self.is_gate[v as usize]);
        let mut mixed = vec![false; self.tied.len()];
        for (_, [a, b]) in self.links() {
            let strange = reached(b).filter(|_| self.tied[a as usize].is_none());
            let back = reached(a).filter(|_| self.is_gate[b as usize]);
            strange.or(back).into_iter().for_each(|part| mixed[part as usize] = true);
        }
        for (i, [_, b]) in self.links() {
            rises[i] |= reached(b).is_some_and(|part| !mixed[part as usize]);
        }
    }
}
