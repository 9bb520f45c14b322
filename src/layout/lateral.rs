//! Lateral links: those between two sibling groups that hang on a common source. They tell a relation, such as peering or replication, not a flow: the
//! groups stand level, whichever way the links between them point.

use super::adjacent::Adjacent;
use super::nest::{NONE, Nest, ROOT};
use super::{Graph, Link, Member};
use std::collections::{BTreeMap, BTreeSet};

/// Links between sibling groups that hang on a common source.
pub(super) struct Laterals {
    /// By link, the two groups whose relation it tells, the one made first before the other.
    pairs: Vec<Option<(u32, u32)>>,
    /// Which of those pairs are level, and how deep they lie.
    level: BTreeMap<(u32, u32), usize>,
}

impl Laterals {
    /// All that may be level. O(links x depth x log links).
    pub(super) fn new(graph: &Graph, nest: &Nest) -> Self {
        let pair = |l: &Link| if l.rank { siblings(nest, l.from, l.to) } else { None };
        let pairs: Vec<_> = graph.links.iter().map(pair).collect();
        let sources = sources(graph, nest);
        let hang_together = |&(a, b): &(u32, u32)| {
            let (a, b) = (sources.of(a), sources.of(b));
            let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
            few.iter().any(|s| many.binary_search(s).is_ok())
        };
        let all: BTreeSet<_> = pairs.iter().flatten().copied().collect();
        let level = all.into_iter().filter(hang_together).map(|p| (p, depth(nest, p.0))).collect();
        Self { pairs, level }
    }

    /// How deep the pairs lie, the deepest first.
    pub(super) fn depths(&self) -> impl Iterator<Item = usize> + use<> {
        self.level.values().copied().collect::<BTreeSet<_>>().into_iter().rev()
    }

    /// Whether a link is lateral.
    pub(super) fn is_lateral(&self, link: usize) -> bool {
        self.pairs[link].is_some_and(|p| self.level.contains_key(&p))
    }

    /// Takes back the pairs of these links that lie so deep, and says whether there were any: a link that tells a flow makes the others between the same
    /// groups tell it too.
    pub(super) fn refuse(&mut self, depth: usize, links: impl Iterator<Item = usize>) -> bool {
        let before = self.level.len();
        for link in links {
            if let Some(pair) = self.pairs[link].filter(|p| self.level.get(p) == Some(&depth)) {
                self.level.remove(&pair);
            }
        }
        self.level.len() < before
    }
}

/// Number of groups around a group.
fn depth(nest: &Nest, g: u32) -> usize {
    std::iter::successors(Some(g), |&g| (g != ROOT).then(|| nest.parent[g as usize])).count()
}

/// The two groups, members of one, that hold an end each; none if an end is no deeper than that.
fn siblings(nest: &Nest, from: Member, to: Member) -> Option<(u32, u32)> {
    let (a, b) = (nest.innermost(from), nest.innermost(to));
    let common = nest.common(a, b);
    let (a, b) = (nest.child(common, a)?, nest.child(common, b)?);
    Some((a.min(b), a.max(b)))
}

/// For each group, the members outside it from which links lead into it, in order.
fn sources(graph: &Graph, nest: &Nest) -> Adjacent<(u32, u32)> {
    let entered = graph.links.iter().filter(|link| link.rank).flat_map(|link| {
        let key = match link.from {
            Member::Box(b) => (b.0, NONE),
            Member::Group(g) => (NONE, g.0),
        };
        let (from, to) = (nest.innermost(link.from), nest.innermost(link.to));
        let around = std::iter::successors(Some(to), |&g| Some(nest.parent[g as usize]));
        around.take_while(move |&g| g != ROOT && !nest.holds(g, from)).map(move |g| (g, key))
    });
    let mut sources = Adjacent::new(nest.len(), entered);
    sources.each_mut(|list| list.sort_unstable());
    sources
}
