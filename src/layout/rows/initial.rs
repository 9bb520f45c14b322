//! The first order of the rows: the graph's own.

use super::super::adjacent::Adjacent;
use super::super::nest::{Nest, ROOT, inner};
use super::super::rank::Ranks;
use super::super::{BoxId, Graph, GroupId, Member};
use super::{Item, ItemId, Kind};

/// Items of each row with groups together, in the order of the graph: a depth-first walk over the nesting. Links pass between their ends. The parts of a group
/// that is cut follow each other, and links lead before the later one of those of their ends.
pub(super) fn initial_order(graph: &Graph, nest: &Nest, items: &[Item], ranks: &Ranks) -> Vec<Vec<ItemId>> {
    // The walk's number of a group is its first box or, without boxes, its own index: members of one parent keep the file's order.
    let mut first = vec![u32::MAX; nest.len()];
    for (i, item) in items.iter().enumerate() {
        let mut g = item.region;
        while g != ROOT && first[g as usize] > i as u32 {
            first[g as usize] = i as u32;
            g = nest.parent[g as usize];
        }
    }
    let number = |m: Member| match m {
        Member::Box(b) => b.0,
        Member::Group(g) => first[inner(g) as usize],
    };
    let own = |i: usize| match items[i].kind {
        Kind::Pass(l) | Kind::Port(l) => {
            let link = &graph.links[l as usize];
            u32::midpoint(number(link.from), number(link.to))
        }
        Kind::Box(_) | Kind::Void => i as u32,
    };
    let parts = ranks.parts.as_ref();
    let part = |m: Member, g: u32| parts.and_then(|parts| parts.of(nest, m, g)).unwrap_or(0);
    let place = |i: usize| match items[i].kind {
        Kind::Pass(l) | Kind::Port(l) if parts.is_some() => {
            let link = &graph.links[l as usize];
            let [from, to] = [link.from, link.to].map(|m| part(m, items[i].region));
            (from.max(to), if from == to { own(i) } else { 0 })
        }
        Kind::Box(b) => (part(Member::Box(BoxId(b)), items[i].region), own(i)),
        _ => (0, own(i)),
    };
    // Members of every group by part and number, groups before items of the same one; then the walk.
    let groups = (1..nest.len()).map(|g| {
        let parent = nest.parent[g];
        let part = part(Member::Group(GroupId(g as u32 - 1)), parent);
        (parent, ((part, first[g]), g as u32, ItemId::MAX))
    });
    let leaves = (0..items.len()).map(|i| (items[i].region, (place(i), u32::MAX, i as ItemId)));
    let mut members = Adjacent::new(nest.len(), groups.chain(leaves));
    members.each_mut(|own| own.sort_unstable());
    let mut rows = vec![Vec::new(); ranks.count as usize];
    let mut stack = vec![members.of(ROOT).iter()];
    while let Some(top) = stack.last_mut() {
        match top.next() {
            Some(&(_, group, ItemId::MAX)) => stack.push(members.of(group).iter()),
            Some(&(_, _, i)) => rows[items[i as usize].row as usize].push(i),
            None => _ = stack.pop(),
        }
    }
    rows
}
