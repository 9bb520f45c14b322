//! Which way a link leads through the layers, by the rows of its ends.

use super::super::nest::{Nest, ROOT, inner};
use super::super::rank::Ranks;
use super::super::{Graph, Member};

/// How a link lies in the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// The source stands above the target, or (`true`) below it.
    Vertical(bool),
    /// Between a group and something inside it.
    Inner,
    /// Side by side.
    Level,
}

/// The inner member of a link between a group and something inside it, and the group.
pub(super) fn inner_ends(nest: &Nest, from: Member, to: Member) -> (Member, u32) {
    match (from, to) {
        (_, Member::Group(g)) if nest.is_inside(from, inner(g)) => (from, inner(g)),
        (Member::Group(g), _) => (to, inner(g)),
        _ => (from, ROOT),
    }
}

/// First and last row of a member.
pub(super) fn range(m: Member, ranks: &Ranks) -> (u32, u32) {
    match m {
        Member::Box(b) => (ranks.of_box[b.at()], ranks.of_box[b.at()]),
        Member::Group(g) => (ranks.top[inner(g) as usize], ranks.bottom[inner(g) as usize]),
    }
}

pub(super) fn course(graph: &Graph, nest: &Nest, ranks: &Ranks, link: usize) -> Course {
    let (a, b) = (graph.links[link].from, graph.links[link].to);
    for (g, m) in [(a, b), (b, a)] {
        if let Member::Group(g) = g
            && nest.is_inside(m, inner(g))
        {
            return Course::Inner;
        }
    }
    let ((a0, a1), (b0, b1)) = (range(a, ranks), range(b, ranks));
    if a1 < b0 {
        Course::Vertical(false)
    } else if b1 < a0 {
        Course::Vertical(true)
    } else {
        Course::Level
    }
}
