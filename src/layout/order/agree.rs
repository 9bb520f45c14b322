//! One order of sibling groups for all rows: without it, no two straight walls could keep them apart.

use super::super::adjacent::Adjacent;
use super::super::nest::NONE;
use super::state::State;
use std::collections::BTreeSet;

/// Puts sibling groups into the same order in every row. Where rows contradict each other, the group with the fewest others before it comes first; where
/// they do not, nothing moves. O(members x log groups).
pub(super) fn agree(state: &mut State) {
    let Some(place) = common_order(state) else { return };
    let mut groups = Vec::new();
    for r in 0..state.rows.len() {
        for v in 0..state.rows[r].len() {
            groups_of(state, r, v, &mut groups);
            if groups.windows(2).all(|w| place[w[0].1 as usize] < place[w[1].1 as usize]) {
                continue;
            }
            let mut sorted = groups.clone();
            sorted.sort_by_key(|g| place[g.1 as usize]);
            let mut sorted = sorted.into_iter();
            let row = &state.rows[r];
            let groups_only =
                |&m: &u32| if row[m as usize].group == NONE { Some(m) } else { sorted.next().map(|g| g.0) };
            let members: Vec<u32> = row.members(v as u32).iter().filter_map(groups_only).collect();
            state.reorder(r, v as u32, &members);
        }
    }
}

/// The groups among the members of a node, left to right: node and group.
fn groups_of(state: &State, r: usize, v: usize, out: &mut Vec<(u32, u32)>) {
    let row = &state.rows[r];
    let group = |&m: &u32| (m, row[m as usize].group);
    out.clear();
    out.extend(row.members(v as u32).iter().map(group).filter(|g| g.1 != NONE));
}

/// The place of each group in an order that all rows follow as far as they agree; `None` if they all agree already.
fn common_order(state: &State) -> Option<Vec<u32>> {
    let n = state.nest.len();
    let (mut pairs, mut before, mut seen) = (Vec::new(), vec![0u32; n], vec![u32::MAX; n]);
    let (mut clock, mut groups) = (0, Vec::new());
    for r in 0..state.rows.len() {
        for v in 0..state.rows[r].len() {
            groups_of(state, r, v, &mut groups);
            for pair in groups.windows(2) {
                pairs.push((pair[0].1, pair[1].1));
                before[pair[1].1 as usize] += 1;
            }
            for &(_, g) in &groups {
                clock += 1;
                seen[g as usize] = seen[g as usize].min(clock);
            }
        }
    }
    let after = Adjacent::new(n, pairs.into_iter());
    if is_free_of_cycles(&after, before.clone()) {
        return None;
    }
    let mut open: BTreeSet<(u32, u32, u32)> =
        (0..n as u32).map(|g| (before[g as usize], seen[g as usize], g)).collect();
    let (mut place, mut next) = (vec![u32::MAX; n], 0);
    while let Some((_, _, g)) = open.pop_first() {
        place[g as usize] = next;
        next += 1;
        for &h in after.of(g) {
            let at = h as usize;
            if place[at] == u32::MAX && open.remove(&(before[at], seen[at], h)) {
                before[at] -= 1;
                open.insert((before[at], seen[at], h));
            }
        }
    }
    Some(place)
}

/// Whether no group comes after itself, for the groups after each and the number of those before it.
fn is_free_of_cycles(after: &Adjacent, mut before: Vec<u32>) -> bool {
    let mut open: Vec<u32> = (0..before.len() as u32).filter(|&g| before[g as usize] == 0).collect();
    let mut placed = 0;
    while let Some(g) = open.pop() {
        placed += 1;
        for &h in after.of(g) {
            before[h as usize] -= 1;
            if before[h as usize] == 0 {
                open.push(h);
            }
        }
    }
    placed == before.len()
}
