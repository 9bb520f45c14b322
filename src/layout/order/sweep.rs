//! Barycentre sweeps over the trees of the rows.

use super::super::Side;
use super::super::nest::NONE;
use super::gauge::Gauge;
use super::state::State;

/// Sweeps down and up once, over all groups.
pub(super) fn begin(state: &mut State) {
    (1..state.rows.len()).for_each(|r| sort_row(state, r, r - 1));
    (1..state.rows.len()).rev().for_each(|r| sort_row(state, r - 1, r));
}

/// Sweeps down and up over what stands directly in a group until nothing gets better, and leaves the best order seen. No order costs less than the `floor`.
pub(super) fn sweep(state: &mut State, gauge: &mut Gauge, budget: u64, floor: u64) {
    /// Sweeps at most, and sweeps without gain after which to stop.
    const MOST: usize = 24;
    const IDLE: usize = 4;
    let group = gauge.group;
    let mut best = (gauge.cost(state), state.members_of(group));
    let (top, bottom) = (state.top[group as usize] as usize, state.bottom[group as usize] as usize);
    let mut idle = 0;
    for sweep in 0..MOST {
        if best.0 <= floor || idle >= IDLE || (sweep >= 4 && state.work > budget) {
            break;
        }
        let ties_turned = (sweep / 2) % 2 == 1;
        if sweep % 2 == 0 {
            (top.max(1)..=bottom).for_each(|r| sort_members(state, r, r - 1, ties_turned, group));
        } else {
            (top..=bottom.min(state.rows.len().saturating_sub(2)))
                .rev()
                .for_each(|r| sort_members(state, r, r + 1, ties_turned, group));
        }
        let cost = gauge.cost(state);
        idle += 1;
        if cost < best.0 {
            best = (cost, state.members_of(group));
            idle = 0;
        }
    }
    state.put_members(group, &best.1);
}

/// Sorts the members of every group in row `r` by the barycentres of their neighbours in row `other`.
fn sort_row(state: &mut State, r: usize, other: usize) {
    for v in 0..state.rows[r].len() as u32 {
        if state.rows[r].members(v).len() > 1 {
            sort_node(state, r, other, false, v);
        }
    }
}

/// Sorts the members of one group in a row.
fn sort_members(state: &mut State, r: usize, other: usize, ties_turned: bool, group: u32) {
    let v = state.node_at(NONE, group, r);
    if state.rows[r].members(v).len() > 1 {
        sort_node(state, r, other, ties_turned, v);
    }
}

fn sort_node(state: &mut State, r: usize, other: usize, ties_turned: bool, v: u32) {
    let mut work = 0;
    let mut carried = f64::NEG_INFINITY;
    let mut keyed = std::mem::take(&mut state.keyed);
    keyed.clear();
    for &c in state.rows[r].members(v) {
        let key = match state.wall(&state.rows[r][c as usize]) {
            Some(Side::Left) => f64::NEG_INFINITY,
            Some(_) => f64::INFINITY,
            None => {
                carried = value(state, r, other, c, &mut work).unwrap_or(carried);
                carried
            }
        };
        keyed.push((key, c));
    }
    state.work += work;
    // What leads nowhere stays as it is, whether there is a row beside it or not.
    if !keyed.iter().all(|k| k.0.is_infinite()) {
        if ties_turned {
            keyed.reverse();
        }
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        if state.rows[r].members(v).iter().zip(&keyed).any(|(m, k)| *m != k.1) {
            let mut members: Vec<u32> = keyed.iter().map(|k| k.1).collect();
            state.keep_held(r, &mut members);
            state.reorder(r, v, &members);
        }
    }
    state.keyed = keyed;
}

/// Where a member wants to stand: a group that also stands in the other row where it stands there, anything else at the middle of its neighbours.
fn value(state: &State, r: usize, other: usize, c: u32, work: &mut u64) -> Option<f64> {
    let row = &state.rows[r];
    let node = &row[c as usize];
    if node.group != NONE && state.stands(node.group, other) {
        let there = &state.rows[other][state.node_at(c, node.group, other) as usize];
        return Some(f64::from(there.low + there.high) / 2.0);
    }
    // What a held group is linked to outside counts by its side alone.
    let (first, last) = state.held_range(row[node.parent as usize].group, other).unwrap_or((0, i32::MAX));
    let (mut sum, mut count) = (0.0, 0);
    for (_, v) in row.tokens(node.low, node.high) {
        let item = row[v as usize].item;
        if item != NONE {
            let near = if other < r { state.above.of(item) } else { state.below.of(item) };
            sum += near.iter().map(|&j| f64::from(state.at[j as usize].clamp(first, last))).sum::<f64>();
            count += near.len();
        }
    }
    *work += count as u64;
    (count > 0).then(|| sum / count as f64)
}
