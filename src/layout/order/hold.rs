//! Groups side by side that are tied loosely keep one order, whatever stands in them: VPCs with a peering here and there.
//!
//! The search for few crossings would set them in another order for a single link in one of them, and what is linked to a group that has changed sides
//! follows it: an edit in one group could reshuffle the others. So their order is found before, from the links between them alone. Each of them can be
//! turned round afterwards, so hardly a crossing is lost.

use super::super::Graph;
use super::super::nest::{NONE, Nest, ROOT};
use super::super::rows::Rows;
use std::collections::BTreeMap;

/// Number of links between two groups.
type Ties = BTreeMap<(u32, u32), u64>;

/// By group, the place among its siblings that it keeps; `NONE` for one that may change it. Those on the outermost level with several groups keep theirs if
/// there are links between them, no more than there are groups, and none that leads from one down to another.
pub(super) fn places(graph: &Graph, nest: &Nest, rows: &Rows) -> Vec<u32> {
    let mut places = vec![NONE; nest.len()];
    let mut around = ROOT;
    while let [only] = nest.children(around) {
        around = *only;
    }
    let groups = nest.children(around);
    let ties = ties(graph, nest, around);
    let beside = |&(a, b): &(u32, u32)| {
        let [a, b] = [a, b].map(|g| (rows.top[g as usize], rows.bottom[g as usize]));
        a.0 <= b.1 && b.0 <= a.1
    };
    if (1..=groups.len() as u64).contains(&ties.values().sum()) && ties.keys().all(beside) {
        (0..).zip(arranged(groups, &ties)).for_each(|(k, g)| places[g as usize] = k);
    }
    places
}

/// The links between the member groups of one group.
fn ties(graph: &Graph, nest: &Nest, around: u32) -> Ties {
    let mut ties = Ties::new();
    for link in &graph.links {
        let [a, b] = [link.from, link.to].map(|m| nest.child(around, nest.innermost(m)));
        if let (Some(a), Some(b)) = (a, b)
            && a != b
        {
            *ties.entry((a.min(b), a.max(b))).or_default() += 1;
        }
    }
    ties
}

/// The groups in the order of the file, but those that are tied next to each other where that makes the links shorter in all. O(groups x ties) a round, and
/// less the more of the ties join neighbours.
fn arranged(groups: &[u32], ties: &Ties) -> Vec<u32> {
    /// Times that all ties are looked at.
    const ROUNDS: usize = 8;
    /// More groups than these stay in the order of the file: looking at them all would take too long.
    const MANY: usize = 256;
    let mut order = groups.to_vec();
    if groups.len() > MANY {
        return order;
    }
    let mut place = vec![0; groups.last().map_or(0, |&last| last as usize + 1)];
    let mut least = length(&order, ties, &mut place);
    for _ in 0..ROUNDS {
        let before = least;
        for (&(a, b), after) in ties.keys().flat_map(|tie| [(tie, false), (tie, true)]) {
            for (moved, beside) in [(a, b), (b, a)] {
                let at = |g: u32| order.iter().position(|&h| h == g).unwrap_or(0);
                let (from, to) = (at(moved), at(beside));
                if from.abs_diff(to) < 2 {
                    continue;
                }
                let mut next = order.clone();
                next.remove(from);
                next.insert(to - usize::from(from < to) + usize::from(after), moved);
                let length = length(&next, ties, &mut place);
                if length < least {
                    (order, least) = (next, length);
                }
            }
        }
        if least == before {
            break;
        }
    }
    order
}

/// How far all links reach, in places. `place` is room for these, by group.
fn length(order: &[u32], ties: &Ties, place: &mut [u64]) -> u64 {
    (0..).zip(order).for_each(|(k, &g)| place[g as usize] = k);
    ties.iter().map(|(&(a, b), count)| count * place[a as usize].abs_diff(place[b as usize])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_are_tied_stand_side_by_side_and_the_others_in_the_order_of_the_file() {
        assert_eq!(arranged(&[1, 2, 3, 4], &Ties::from([((1, 4), 1)])), [2, 3, 1, 4]);
        assert_eq!(arranged(&[1, 2, 3, 4], &Ties::from([((1, 2), 1), ((3, 4), 2)])), [1, 2, 3, 4]);
    }
}
