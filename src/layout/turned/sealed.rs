//! Sealed groups: nothing that they hold is tied to anything outside, so that their contents can be laid out alone.

use super::super::nest::{Nest, ROOT, inner};
use super::super::{Graph, Member};

/// For each group of the nest whether it is sealed: no link leads from what it holds to the outside, no box stands on its border, it is in no class and
/// holds no member of one, and a span that holds something of what it holds holds nothing else. Links to the group itself, from either side of its walls,
/// are no matter. The drawing itself is not sealed.
///
/// O((boxes + groups + links + members of classes and spans) x depth).
pub(super) fn sealed(graph: &Graph, nest: &Nest) -> Vec<bool> {
    let mut found = Found { nest, sealed: vec![true; nest.len()] };
    found.sealed[ROOT as usize] = false;
    for (b, _) in nest.border.iter().enumerate().filter(|(_, side)| side.is_some()) {
        found.sealed[nest.home[b] as usize] = false;
    }
    for link in &graph.links {
        found.open(link.from, nest.innermost(link.to));
        found.open(link.to, nest.innermost(link.from));
    }
    // A class is level across the flow of the whole drawing.
    for &m in graph.classes.iter().flatten() {
        if let Member::Group(g) = m {
            found.sealed[inner(g) as usize] = false;
        }
        found.open(m, ROOT);
    }
    for span in &graph.spans {
        let around = span.members.iter().map(|&m| around(nest, m));
        let common = around.reduce(|a, b| nest.common(a, b)).unwrap_or(ROOT);
        span.members.iter().for_each(|&m| found.open(m, common));
    }
    found.sealed
}

/// The group that a member lies in: for a box on a border the group whose border it is.
pub(super) fn around(nest: &Nest, m: Member) -> u32 {
    match m {
        Member::Box(b) => nest.home[b.at()],
        Member::Group(g) => nest.parent[inner(g) as usize],
    }
}

struct Found<'a> {
    nest: &'a Nest,
    sealed: Vec<bool>,
}

impl Found<'_> {
    /// Says that a member is tied to something in the group `other`, or to that group.
    fn open(&mut self, m: Member, other: u32) {
        let mut g = around(self.nest, m);
        while g != ROOT && !self.nest.holds(g, other) {
            self.sealed[g as usize] = false;
            g = self.nest.parent[g as usize];
        }
    }
}
