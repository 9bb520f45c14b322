//! What the order in one group costs, whatever stands in the others: crossings among the links that end in it, and what stands between level boxes there.
//!
//! Moves within a group change nothing else: links that end elsewhere keep their sides of all that stands in it. So a search that goes by this cost decides
//! as it would by that of all rows, without looking at them.

use super::super::nest::{NONE, ROOT};
use super::exchange::crossings;
use super::state::State;
use std::ops::RangeInclusive;

/// Counts for one group; rows that have not changed are counted once.
pub(super) struct Gauge {
    pub(super) group: u32,
    /// What each of the group's rows cost, with the crossings above it, and when that was counted; one more for the row below.
    counted: Vec<(u64, u64)>,
}

impl Gauge {
    pub(super) fn new(state: &State, group: u32) -> Self {
        let rows = state.bottom[group as usize] - state.top[group as usize] + 2;
        Self { group, counted: vec![(0, 0); rows as usize] }
    }

    /// What the present order costs.
    pub(super) fn cost(&mut self, state: &mut State) -> u64 {
        if self.group == ROOT {
            return state.cost();
        }
        let (top, bottom) = (state.top[self.group as usize] as usize, state.bottom[self.group as usize] as usize);
        let mut sum = 0;
        for (r, counted) in (top..(bottom + 2).min(state.rows.len())).zip(&mut self.counted) {
            let changed = state.changed[r].max(r.checked_sub(1).map_or(0, |above| state.changed[above]));
            if counted.1 < changed {
                *counted = (row_cost(state, self.group, r, false), state.clock);
            }
            sum += counted.0;
        }
        sum
    }
}

/// What a group costs by links that do not leave it: as long as only other groups change.
pub(super) fn inner_cost(state: &mut State, group: u32) -> u64 {
    let (top, bottom) = (state.top[group as usize] as usize, state.bottom[group as usize] as usize);
    (top..=bottom).map(|r| row_cost(state, group, r, true)).sum()
}

/// The tokens between the walls of a group in a row.
fn inside(state: &State, group: u32, r: usize) -> Option<RangeInclusive<i32>> {
    state.stands(group, r).then(|| {
        let node = &state.rows[r][state.node_at(NONE, group, r) as usize];
        node.low + 1..=node.high - 1
    })
}

/// What a row costs and what lies between it and the row above, of links with an end in the group, or with both.
pub(super) fn row_cost(state: &mut State, group: u32, r: usize, both: bool) -> u64 {
    let lower = inside(state, group, r);
    let upper = r.checked_sub(1).and_then(|above| inside(state, group, above));
    let mut edges = std::mem::take(&mut state.scratch);
    edges.clear();
    let is_in = |range: &Option<RangeInclusive<i32>>, t: i32| range.as_ref().is_some_and(|range| range.contains(&t));
    if let Some(range) = &upper {
        let row = &state.rows[r - 1];
        for (token, v) in row.tokens(*range.start(), *range.end()) {
            let node = &row[v as usize];
            if node.group == NONE {
                let first = edges.len();
                let to = state.below.of(node.item).iter().map(|&j| state.at[j as usize]);
                edges.extend(to.filter(|&t| !both || is_in(&lower, t)).map(|t| (token, t, 1)));
                if edges.len() > first + 1 {
                    edges[first..].sort_unstable();
                }
            } else if state.bottom[node.group as usize] as usize >= r {
                let next = &state.rows[r][state.node_at(v, node.group, r) as usize];
                edges.push((token, if token == node.low { next.low } else { next.high }, state.prices.wall));
            }
        }
    }
    if let Some(range) = lower.as_ref().filter(|_| !both) {
        let row = &state.rows[r];
        for (token, v) in row.tokens(*range.start(), *range.end()) {
            if row[v as usize].group == NONE {
                let from = state.above.of(row[v as usize].item).iter().map(|&j| state.at[j as usize]);
                edges.extend(from.filter(|&t| !is_in(&upper, t)).map(|t| (t, token, 1)));
            }
        }
    }
    state.work += edges.len() as u64;
    let mut tree = std::mem::take(&mut state.tree);
    // Most groups cross nothing: links in order at both ends need no counting.
    let in_order = edges.windows(2).all(|e| e[0].0 <= e[1].0 && e[0].1 <= e[1].1);
    let cost = if in_order { 0 } else { crossings(&mut edges, &mut tree) };
    (state.scratch, state.tree) = (edges, tree);
    cost + lower.map_or(0, |range| state.level_cost_in(r, &range, both))
}
