//! Exchanges of neighbours: items within a row, groups in all rows that they share.

use super::super::nest::NONE;
use super::super::rows::ItemId;
use super::state::{Edge, State, inversions};

/// Exchanges neighbours among the members of a group while that saves crossings, once through all its rows. Returns what was saved. `seen` says for each of
/// them when it was last gone through; it starts as zeros.
pub(super) fn exchange(state: &mut State, group: u32, seen: &mut [u64]) -> u64 {
    let mut saved = 0;
    for (r, seen) in (state.top[group as usize] as usize..).zip(seen) {
        // Nothing new can be found where neither the row nor the rows beside it have changed.
        let newest = (r.saturating_sub(1)..=(r + 1).min(state.rows.len() - 1)).map(|q| state.changed[q]).max();
        if newest.is_some_and(|n| n <= *seen) {
            continue;
        }
        *seen = state.clock;
        let v = state.node_at(NONE, group, r);
        for k in 1..state.rows[r].members(v).len() {
            saved += try_exchange(state, r, v, k);
        }
    }
    saved
}

fn try_exchange(state: &mut State, r: usize, v: u32, k: usize) -> u64 {
    let members = state.rows[r].members(v);
    let (a, b) = (members[k - 1], members[k]);
    let (ga, gb) = (state.rows[r][a as usize].group, state.rows[r][b as usize].group);
    // Nothing is saved where the two do not cross each other, but for what stands between level boxes.
    let crossed = [a, b].iter().all(|&v| state.is_node_crossed(&state.rows[r][v as usize]));
    if !crossed && ga == NONE && gb == NONE && !state.has_level(r) {
        return 0;
    }
    if [a, b].iter().any(|&v| state.wall(&state.rows[r][v as usize]).is_some()) {
        return 0;
    }
    if ga == NONE && gb == NONE {
        return exchange_items(state, r, v, k);
    }
    if state.are_held(r, a, b) {
        return 0;
    }
    let pair = Pair::new(state, r, (a, b));
    let weighs = (pair.first..=pair.last).any(|r| state.has_level(r));
    if pair.first != r || !(crossed || weighs) || !pair.neighbours(state) {
        return 0;
    }
    pair.exchange(state, 1).unwrap_or(0)
}

/// Exchanges two items if that saves crossings.
fn exchange_items(state: &mut State, r: usize, v: u32, k: usize) -> u64 {
    let members = state.rows[r].members(v);
    let (a, b) = (members[k - 1], members[k]);
    let (x, y) = (state.rows[r][a as usize].item, state.rows[r][b as usize].item);
    let (above, below) = ((state.above.of(x), state.above.of(y)), (state.below.of(x), state.below.of(y)));
    let gain = pair_gain(&state.at, above.0, above.1) + pair_gain(&state.at, below.0, below.1);
    state.work += 1 + (above.0.len() * above.1.len() + below.0.len() * below.1.len()) as u64;
    let weighs = state.has_level(r);
    if gain < 0 || (gain == 0 && !weighs) {
        return 0;
    }
    let before = if weighs { state.level_cost(r) as i64 } else { 0 };
    swap_at(state, r, v, k);
    let relief = if weighs { before - state.level_cost(r) as i64 } else { 0 };
    if gain + relief > 0 {
        return (gain + relief) as u64;
    }
    swap_at(state, r, v, k);
    0
}

/// Exchanges the members `k - 1` and `k` of a node.
fn swap_at(state: &mut State, r: usize, v: u32, k: usize) {
    state.shift(r, v, k - 1, k);
}

/// Crossings saved between two neighbouring items by exchanging them, from their neighbours in one other row.
fn pair_gain(at: &[i32], left: &[ItemId], right: &[ItemId]) -> i64 {
    let mut gain = 0;
    for &p in left {
        for &q in right {
            gain += i64::from(at[p as usize] > at[q as usize]) - i64::from(at[p as usize] < at[q as usize]);
        }
    }
    gain
}

/// Two neighbouring members in the rows that they share.
pub(super) struct Pair {
    nodes: (u32, u32),
    groups: (u32, u32),
    pub(super) first: usize,
    last: usize,
}

impl Pair {
    /// Two nodes of a row. A group moves in all rows that it shares with its neighbour, or not at all.
    pub(super) fn new(state: &State, r: usize, nodes: (u32, u32)) -> Self {
        let groups = (state.rows[r][nodes.0 as usize].group, state.rows[r][nodes.1 as usize].group);
        let (mut first, mut last) = (r, r);
        if groups.0 != NONE && groups.1 != NONE {
            first = state.top[groups.0 as usize].max(state.top[groups.1 as usize]) as usize;
            last = state.bottom[groups.0 as usize].min(state.bottom[groups.1 as usize]) as usize;
        }
        Self { nodes, groups, first, last }
    }

    /// Exchanges the two if that saves at least so much, and says how much it saves.
    pub(super) fn exchange(self, state: &mut State, least: i64) -> Option<u64> {
        let weighs = (self.first..=self.last).any(|r| state.has_level(r));
        let gain = self.gain(state);
        if gain < if weighs { 0 } else { least } {
            return None;
        }
        let levels = |state: &State| (self.first..=self.last).map(|r| state.level_cost(r)).sum::<u64>() as i64;
        let before = if weighs { levels(state) } else { 0 };
        self.swap(state);
        let saved = gain + if weighs { before - levels(state) } else { 0 };
        if saved >= least {
            return Some(saved as u64);
        }
        let (nodes, groups) = ((self.nodes.1, self.nodes.0), (self.groups.1, self.groups.0));
        Self { nodes, groups, ..self }.swap(state);
        None
    }

    /// The two nodes in a row.
    fn nodes(&self, state: &State, r: usize) -> (u32, u32) {
        (state.node_at(self.nodes.0, self.groups.0, r), state.node_at(self.nodes.1, self.groups.1, r))
    }

    /// Whether they stand side by side, in this order, in all their rows.
    pub(super) fn neighbours(&self, state: &State) -> bool {
        (self.first..=self.last).all(|r| {
            let (a, b) = self.nodes(state, r);
            let row = &state.rows[r];
            row[a as usize].high + 1 == row[b as usize].low && row[a as usize].parent == row[b as usize].parent
        })
    }

    fn swap(&self, state: &mut State) {
        for r in self.first..=self.last {
            let (a, b) = self.nodes(state, r);
            let parent = state.rows[r][a as usize].parent;
            let k = state.index(r, b);
            state.shift(r, parent, k - 1, k);
        }
    }

    /// Crossings saved by exchanging the two: only their own links and walls change sides. O(E log E) of their links.
    fn gain(&self, state: &mut State) -> i64 {
        let mut gain = 0;
        let (mut edges, mut tree) = (std::mem::take(&mut state.scratch), std::mem::take(&mut state.tree));
        let mut moved = std::mem::take(&mut state.moved);
        for below in self.first.max(1)..=(self.last + 1).min(state.rows.len() - 1) {
            edges.clear();
            self.edges(state, below, &mut edges);
            state.work += 2 * edges.len() as u64;
            let shift = [below - 1, below].map(|r| self.shift(state, r));
            // Where all that the two have here stays within each of them, nothing crosses from one to the other.
            let within = |e: &Edge| shift[0].zip(shift[1]).is_some_and(|(a, b)| a.side(e.0) == b.side(e.1));
            if edges.len() < 2 || edges.iter().all(within) {
                continue;
            }
            let move_end = |k: usize, token: i32| shift[k].map_or(token, |s: Shift| s.moved(token));
            moved.clear();
            moved.extend(edges.iter().map(|e| (move_end(0, e.0), move_end(1, e.1), e.2)));
            gain += crossings(&mut edges, &mut tree) as i64 - crossings(&mut moved, &mut tree) as i64;
        }
        (state.scratch, state.tree, state.moved) = (edges, tree, moved);
        gain
    }

    fn shift(&self, state: &State, r: usize) -> Option<Shift> {
        (self.first..=self.last).contains(&r).then(|| {
            let (a, b) = self.nodes(state, r);
            let (a, b) = (&state.rows[r][a as usize], &state.rows[r][b as usize]);
            Shift { low: a.low, middle: b.low, high: b.high }
        })
    }

    /// Links and walls with an end in one of the two, between a row and the one above: places in both, and weight.
    fn edges(&self, state: &State, below: usize, out: &mut Vec<Edge>) {
        let above = below - 1;
        let upper = self.shift(state, above);
        if let Some(s) = upper {
            let row = &state.rows[above];
            for (token, v) in row.tokens(s.low, s.high) {
                let node = &row[v as usize];
                if node.group == NONE {
                    out.extend(state.below.of(node.item).iter().map(|&j| (token, state.at[j as usize], 1)));
                } else if state.bottom[node.group as usize] as usize > above {
                    let next = &state.rows[below][state.node_at(v, node.group, below) as usize];
                    out.push((token, if token == node.low { next.low } else { next.high }, state.prices.wall));
                }
            }
        }
        let Some(s) = self.shift(state, below) else { return };
        let row = &state.rows[below];
        let outside = |token: i32| upper.is_none_or(|s| !(s.low..=s.high).contains(&token));
        for (token, v) in row.tokens(s.low, s.high) {
            let node = &row[v as usize];
            if node.group == NONE {
                let from = state.above.of(node.item).iter().map(|&j| state.at[j as usize]);
                out.extend(from.filter(|&t| outside(t)).map(|t| (t, token, 1)));
            } else if upper.is_none() && state.stands(node.group, above) {
                let there = &state.rows[above][state.node_at(v, node.group, above) as usize];
                out.push((if token == node.low { there.low } else { there.high }, token, state.prices.wall));
            }
        }
    }
}

/// Where the two members of a pair stand in a row, side by side.
#[derive(Clone, Copy)]
struct Shift {
    low: i32,
    /// First token of the right one.
    middle: i32,
    high: i32,
}

impl Shift {
    /// Whether a token stands in the left one, in the right one, or outside.
    fn side(&self, token: i32) -> (bool, bool) {
        ((self.low..self.middle).contains(&token), (self.middle..=self.high).contains(&token))
    }

    /// Where a token is once they are exchanged.
    fn moved(&self, token: i32) -> i32 {
        if token < self.low || token > self.high {
            token
        } else if token < self.middle {
            token + self.high + 1 - self.middle
        } else {
            token - (self.middle - self.low)
        }
    }
}

/// Crossings among a few links, whatever their tokens: pair by pair, or with a Fenwick tree over the tokens in use.
pub(super) fn crossings(edges: &mut [Edge], tree: &mut Vec<u64>) -> u64 {
    /// Up to so many links all pairs are faster.
    const FEW: usize = 12;
    /// Tokens for each link up to which they are not numbered anew.
    const DENSE: usize = 8;
    if edges.len() <= FEW {
        let mut total = 0;
        for (k, &(u, v, w)) in edges.iter().enumerate() {
            for &(x, y, z) in &edges[..k] {
                total += u64::from((u < x && v > y) || (u > x && v < y)) * w * z;
            }
        }
        return total;
    }
    let (first, last) = edges.iter().fold((i32::MAX, i32::MIN), |(first, last), e| (first.min(e.1), last.max(e.1)));
    let mut width = (last - first) as usize + 1;
    if width <= DENSE * edges.len() {
        edges.iter_mut().for_each(|e| e.1 -= first);
    } else {
        let mut ends: Vec<i32> = edges.iter().map(|e| e.1).collect();
        ends.sort_unstable();
        ends.dedup();
        for e in edges.iter_mut() {
            e.1 = ends.partition_point(|&t| t < e.1) as i32;
        }
        width = ends.len();
    }
    // Nearly always a few runs in order: a stable sort joins them.
    edges.sort();
    inversions(edges, width, tree)
}
