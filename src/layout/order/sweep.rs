//! Barycentre sweeps over the trees of the rows.

use super::super::Side;
use super::super::nest::{NONE, ROOT};
use super::state::State;

/// Sweeps down and up once, over all groups: the same for each of them, whatever stands in the others.
pub(super) fn begin(state: &mut State) {
    (1..state.rows.len()).for_each(|r| sort_row(state, r, r - 1, false, None));
    (1..state.rows.len()).rev().for_each(|r| sort_row(state, r - 1, r, false, None));
}

/// Sweeps down and up over what stands directly in a group until nothing gets better, and leaves the best order seen.
pub(super) fn sweep(state: &mut State, budget: u64, group: u32) {
    /// Sweeps at most, and sweeps without gain after which to stop.
    const MOST: usize = 24;
    const IDLE: usize = 4;
    let mut best = (state.cost(), state.snapshot());
    let (top, bottom) = (state.top[group as usize] as usize, state.bottom[group as usize] as usize);
    let mut idle = 0;
    for sweep in 0..MOST {
        if best.0 <= state.floor || idle >= IDLE || (sweep >= 4 && state.work > budget) {
            break;
        }
        let ties_turned = (sweep / 2) % 2 == 1;
        if sweep % 2 == 0 {
            (top.max(1)..=bottom).for_each(|r| sort_row(state, r, r - 1, ties_turned, Some(group)));
        } else {
            (top..=bottom.min(state.rows.len().saturating_sub(2)))
                .rev()
                .for_each(|r| sort_row(state, r, r + 1, ties_turned, Some(group)));
        }
        let cost = state.cost();
        idle += 1;
        if cost < best.0 {
            best = (cost, state.snapshot());
            idle = 0;
        }
    }
    state.adopt(&best.1);
}

/// Sorts the members of every group, or of `only` one, in row `r` by the barycentres of their neighbours in row `other`.
fn sort_row(state: &mut State, r: usize, other: usize, ties_turned: bool, only: Option<u32>) {
    let mut sums = vec![(0.0f64, 0u32); state.rows[r].len()];
    let mut work = 0;
    let root = state.node_at(0, only.unwrap_or(ROOT), r);
    let (low, high) = (state.rows[r][root as usize].low, state.rows[r][root as usize].high);
    for (_, v) in state.rows[r].tokens(low, high) {
        let v = v as usize;
        if state.rows[r][v].group != NONE {
            continue;
        }
        let item = state.rows[r][v].item;
        let near = if other < r { state.above.of(item) } else { state.below.of(item) };
        if near.is_empty() {
            continue;
        }
        work += near.len() as u64;
        let sum: f64 = near.iter().map(|&j| f64::from(state.at[j as usize])).sum();
        let mut up = v as u32;
        while up != state.rows[r][root as usize].parent {
            sums[up as usize].0 += sum;
            sums[up as usize].1 += near.len() as u32;
            up = state.rows[r][up as usize].parent;
        }
    }
    state.work += work;
    let mut changed = false;
    let mut keyed: Vec<(f64, u32)> = Vec::new();
    for v in 0..state.rows[r].len() {
        if state.rows[r].members(v as u32).len() < 2 || only.is_some_and(|g| g != state.rows[r][v].group) {
            continue;
        }
        keyed.clear();
        let mut carried = f64::NEG_INFINITY;
        for &c in state.rows[r].members(v as u32) {
            keyed.push((
                match state.wall(&state.rows[r][c as usize]) {
                    Some(Side::Left) => f64::NEG_INFINITY,
                    Some(_) => f64::INFINITY,
                    None => {
                        carried = value(state, r, other, c, sums[c as usize]).unwrap_or(carried);
                        carried
                    }
                },
                c,
            ));
        }
        if ties_turned {
            keyed.reverse();
        }
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (m, k) in state.rows[r].members_mut(v as u32).iter_mut().zip(&keyed) {
            changed |= *m != k.1;
            *m = k.1;
        }
    }
    if changed {
        state.touch(r);
        state.place(r, root);
    }
}

/// Where a member wants to stand: a group that also stands in the other row where it stands there, anything else at the middle of its neighbours.
fn value(state: &State, r: usize, other: usize, c: u32, sum: (f64, u32)) -> Option<f64> {
    let g = state.rows[r][c as usize].group;
    if g != NONE && state.stands(g, other) {
        let there = &state.rows[other][state.node_at(c, g, other) as usize];
        return Some(f64::from(there.low + there.high) / 2.0);
    }
    (sum.1 > 0).then(|| sum.0 / f64::from(sum.1))
}
