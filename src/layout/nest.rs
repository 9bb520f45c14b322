//! The nesting as arrays: group 0 is the drawing itself, group `g + 1` the graph's group `g`.

use super::adjacent::Adjacent;
use super::{Graph, GroupId, Member, Side};

/// No group.
pub(super) const NONE: u32 = u32::MAX;
/// The drawing itself.
pub(super) const ROOT: u32 = 0;

/// The forest of groups with one root, and what stands in each.
#[derive(Debug)]
pub(super) struct Nest {
    /// Parent of each group; [`NONE`] for the root.
    pub(super) parent: Vec<u32>,
    /// Groups in an order in which parents come first.
    pub(super) outer_first: Vec<u32>,
    /// Group of each box; for a border box the group whose border it stands on.
    pub(super) home: Vec<u32>,
    /// Side of the border that a border box stands on.
    pub(super) border: Vec<Option<Side>>,
    /// Number of boxes and groups directly inside each group.
    pub(super) members: Vec<u32>,
    children: Adjacent,
    enter: Vec<u32>,
    leave: Vec<u32>,
    /// For each group whether boxes stand astride its sides, by [`side_number`].
    astride: Vec<[bool; 4]>,
}

fn side_number(side: Side) -> usize {
    match side {
        Side::Top => 0,
        Side::Right => 1,
        Side::Bottom => 2,
        Side::Left => 3,
    }
}

/// Index of a graph's group in the nest.
pub(super) fn inner(g: GroupId) -> u32 {
    g.0 + 1
}

/// The groups among the members of a class.
pub(super) fn class_groups(class: &[Member]) -> impl Iterator<Item = u32> {
    class.iter().filter_map(|m| if let Member::Group(g) = m { Some(inner(*g)) } else { None })
}

/// The boxes among the members of a class, by number.
pub(super) fn class_boxes(class: &[Member]) -> impl Iterator<Item = u32> {
    class.iter().filter_map(|m| if let Member::Box(b) = m { Some(b.0) } else { None })
}

impl Nest {
    /// Builds the arrays from a checked graph.
    pub(super) fn new(graph: &Graph) -> Self {
        let n = graph.groups.len() + 1;
        let mut parent = vec![NONE; n];
        for (g, node) in graph.groups.iter().enumerate() {
            parent[g + 1] = node.parent.map_or(ROOT, inner);
        }
        let children = Adjacent::new(n, parent[1..].iter().copied().zip(1..));
        let home: Vec<u32> =
            graph.boxes.iter().map(|b| b.border.map(|(g, _)| g).or(b.parent).map_or(ROOT, inner)).collect();
        let mut members: Vec<u32> = (0..n as u32).map(|g| children.of(g).len() as u32).collect();
        for &h in &home {
            members[h as usize] += 1;
        }
        let (mut enter, mut leave) = (vec![0; n], vec![0; n]);
        let mut outer_first = Vec::with_capacity(n);
        let mut stack = vec![(ROOT, 0usize)];
        let mut clock = 0;
        while let Some(top) = stack.last_mut() {
            let g = top.0 as usize;
            if top.1 == 0 {
                outer_first.push(top.0);
                enter[g] = clock;
                clock += 1;
            }
            if let Some(&c) = children.of(top.0).get(top.1) {
                top.1 += 1;
                stack.push((c, 0));
            } else {
                leave[g] = clock;
                stack.pop();
            }
        }
        let border = sides(graph, &home, &enter, &leave);
        let mut astride = vec![[false; 4]; n];
        for (side, &g) in border.iter().zip(&home) {
            if let Some(side) = side {
                astride[g as usize][side_number(*side)] = true;
            }
        }
        Self { parent, outer_first, home, border, members, children, enter, leave, astride }
    }

    /// Number of groups, the root included.
    pub(super) fn len(&self) -> usize {
        self.parent.len()
    }

    /// The groups directly in a group.
    pub(super) fn children(&self, g: u32) -> &[u32] {
        self.children.of(g)
    }

    /// Whether `g` is `outer` or lies inside it.
    pub(super) fn holds(&self, outer: u32, g: u32) -> bool {
        self.enter[outer as usize] <= self.enter[g as usize] && self.enter[g as usize] < self.leave[outer as usize]
    }

    /// A group and all those in it, in an order in which parents come first.
    pub(super) fn within(&self, g: u32) -> &[u32] {
        &self.outer_first[self.enter[g as usize] as usize..self.leave[g as usize] as usize]
    }

    /// The innermost group that holds both.
    pub(super) fn common(&self, mut a: u32, b: u32) -> u32 {
        while !self.holds(a, b) {
            a = self.parent[a as usize];
        }
        a
    }

    /// The group around a box, or the group itself.
    pub(super) fn innermost(&self, m: Member) -> u32 {
        match m {
            Member::Box(b) => self.home[b.at()],
            Member::Group(g) => inner(g),
        }
    }

    /// The member group of `outer` that is `g` or holds it; none if `g` lies outside, or is `outer` itself.
    pub(super) fn child(&self, outer: u32, mut g: u32) -> Option<u32> {
        if g == outer || !self.holds(outer, g) {
            return None;
        }
        while self.parent[g as usize] != outer {
            g = self.parent[g as usize];
        }
        Some(g)
    }

    /// The region from which a link with the ends `end` and `other` leaves `end`: the group around a box, the outside or inside of a group.
    pub(super) fn region(&self, end: Member, other: Member) -> u32 {
        match end {
            Member::Box(b) => {
                let home = self.home[b.at()];
                let inside = self.holds(home, self.innermost(other)) && self.border_of(other) != Some(home);
                if self.border[b.at()].is_some() && !inside { self.parent[home as usize] } else { home }
            }
            Member::Group(g) => {
                if self.is_inside(other, inner(g)) {
                    inner(g)
                } else {
                    self.parent[inner(g) as usize]
                }
            }
        }
    }

    /// Whether a box stands astride that side of `g`.
    pub(super) fn has_astride(&self, g: u32, side: Side) -> bool {
        self.astride[g as usize][side_number(side)]
    }

    /// Whether a member lies inside `g` (a box on its border does, the group itself does not).
    pub(super) fn is_inside(&self, member: Member, g: u32) -> bool {
        match member {
            Member::Box(b) => self.holds(g, self.home[b.at()]),
            Member::Group(m) => inner(m) != g && self.holds(g, inner(m)),
        }
    }

    fn border_of(&self, m: Member) -> Option<u32> {
        match m {
            Member::Box(b) if self.border[b.at()].is_some() => Some(self.home[b.at()]),
            _ => None,
        }
    }
}

/// The side of every border box: as given, else by its links: what flows in stands on top, what flows out at the bottom.
fn sides(graph: &Graph, home: &[u32], enter: &[u32], leave: &[u32]) -> Vec<Option<Side>> {
    let holds =
        |outer: u32, g: u32| enter[outer as usize] <= enter[g as usize] && enter[g as usize] < leave[outer as usize];
    let mut inflow = vec![0i64; graph.boxes.len()];
    for link in &graph.links {
        for (end, other, sign) in [(link.from, link.to, 1), (link.to, link.from, -1)] {
            let Member::Box(b) = end else { continue };
            let Some((g, None)) = graph.boxes[b.at()].border else { continue };
            let place = match other {
                Member::Box(o) => home[o.at()],
                Member::Group(o) => inner(o),
            };
            inflow[b.at()] += if holds(inner(g), place) { sign } else { -sign };
        }
    }
    graph
        .boxes
        .iter()
        .zip(inflow)
        .map(|(b, inflow)| b.border.map(|(_, side)| side.unwrap_or(if inflow >= 0 { Side::Top } else { Side::Bottom })))
        .collect()
}
