//! Boxes, whole long links and whole groups taken out of the order and put back at their best places, all else kept as it is.
//!
//! A long link is put back as one: the best place in each of its rows by dynamic programming over the rows, since exchanging its passes one by one never
//! gets it over another long link. So is a group, with all it holds. The same table with one row serves for a box.

use super::super::nest::{NONE, ROOT};
use super::MANY;
use super::block::Kind;
pub(super) use super::block::{Block, blocks};
use super::gauge::row_cost;
use super::state::State;
use std::ops::Range;

/// Places looked at to either side of where a node stands; half as many in large drawings.
const REACH: usize = 16;

/// Places of a node at most: before and after each that is looked at, and beyond them.
const PLACES: usize = 2 * REACH + 2;

/// Puts a block back where it crosses least. Returns what was saved.
pub(super) fn insert(state: &mut State, block: &mut Block, desk: &mut Desk) -> u64 {
    let last = block.first + block.nodes.len() - 1;
    let beside = block.first.saturating_sub(1)..=(last + 1).min(state.rows.len() - 1);
    if beside.clone().map(|r| state.changed[r]).max().is_some_and(|newest| newest <= block.seen) {
        return 0;
    }
    if block.is_held(state) {
        return 0;
    }
    (block.first..=last).for_each(|r| state.see_level(r));
    if !block.is_crossed(state) {
        return 0;
    }
    block.seen = state.clock;
    desk.lay_out(state, block);
    if desk.places.iter().all(|p| p.count() == 1) {
        return 0;
    }
    let saved = desk.solve(state, block.kind);
    if saved == 0 {
        return 0;
    }
    let around = block.parents(state).next().unwrap_or(ROOT);
    // Of a group the table does not see what its own links do to each other.
    let count = |state: &mut State| {
        let rows = beside.clone();
        rows.map(|r| row_cost(state, around, r, false)).sum::<u64>()
    };
    let before = if block.kind == Kind::Group { count(state) } else { 0 };
    for (place, &k) in desk.places.iter().zip(&desk.then) {
        place.put(state, k);
    }
    if block.kind == Kind::Group {
        let after = count(state);
        if after >= before {
            for (place, &k) in desk.places.iter().zip(&desk.then) {
                state.shift(place.row, place.parent, place.first + k, place.first + place.now);
            }
            return 0;
        }
        return before - after;
    }
    saved
}

/// Puts a block at places that stand at about the given share of each row.
pub(super) fn throw(state: &mut State, block: &Block, share: f64) {
    if block.is_held(state) {
        return;
    }
    for (row, &node) in (block.first..).zip(&*block.nodes) {
        let parent = state.rows[row][node as usize].parent;
        let count = state.rows[row].members(parent).len();
        let (now, then) = (state.index(row, node), ((share * count as f64) as usize).min(count - 1));
        if now != then {
            state.shift(row, parent, now, then);
        }
    }
}

/// The places of a node among its siblings: place `k` lies before sibling `first + k`.
struct Places {
    row: usize,
    node: u32,
    /// Tokens of the node itself.
    own: (i32, i32),
    parent: u32,
    /// Where it stands now.
    now: usize,
    /// The sibling after the first place.
    first: usize,
    /// First token of each sibling between the places, among those of the desk.
    starts: Range<usize>,
    /// What lies between these tokens stands between the places.
    low: i32,
    /// See `low`.
    high: i32,
}

impl Places {
    fn new(state: &State, row: usize, own: u32, starts: &mut Vec<i32>) -> Self {
        let nodes = &state.rows[row];
        let parent = nodes[own as usize].parent;
        let node = &nodes[parent as usize];
        let now = state.index(row, own);
        let reach = if state.at.len() > MANY { REACH / 2 } else { REACH };
        let first = now.saturating_sub(reach);
        let members = nodes.members(parent);
        let window = &members[first..(now + reach + 1).min(members.len())];
        let low = if first > 0 { nodes[members[first - 1] as usize].high } else { node.low };
        let high = members.get(first + window.len()).map_or(node.high, |&m| nodes[m as usize].low);
        let from = starts.len();
        starts.extend(window.iter().filter(|&&m| m != own).map(|&m| nodes[m as usize].low));
        let tokens = (nodes[own as usize].low, nodes[own as usize].high);
        Self { row, node: own, own: tokens, parent, now: now - first, first, starts: from..starts.len(), low, high }
    }

    fn count(&self) -> usize {
        self.starts.len() + 1
    }

    /// The first place after a token of this row; one past the last if there is none.
    fn after(&self, starts: &[i32], token: i32) -> usize {
        if token >= self.high { self.count() } else { starts[self.starts.clone()].partition_point(|&s| s <= token) }
    }

    /// As [`Self::after`], from a place near it on, which it sets to this one: tokens that come one after the other mostly stand side by side.
    fn after_near(&self, starts: &[i32], token: i32, near: &mut usize) -> usize {
        if token >= self.high {
            return self.count();
        }
        let starts = &starts[self.starts.clone()];
        let mut at = (*near).min(starts.len());
        while at > 0 && starts[at - 1] > token {
            at -= 1;
        }
        while at < starts.len() && starts[at] <= token {
            at += 1;
        }
        *near = at;
        at
    }

    fn holds(&self, token: i32) -> bool {
        self.low < token && token < self.high
    }

    /// Whether a token of this row belongs to the node itself.
    fn is_own(&self, token: i32) -> bool {
        (self.own.0..=self.own.1).contains(&token)
    }

    fn put(&self, state: &mut State, k: usize) {
        if k != self.now {
            state.shift(self.row, self.parent, self.first + self.now, self.first + k);
        }
    }

    /// What stands between level boxes, for each place of an item.
    fn level_price(&self, state: &State, starts: &[i32], steps: &mut [i64]) {
        let item = state.rows[self.row][self.node as usize].item;
        if item == NONE || state.level[self.row].is_empty() {
            return;
        }
        let mut price = |token: i32, prices: (i64, i64)| price(steps, self.after(starts, token), prices);
        let own = state.price_between(item) as i64;
        for &(a, b) in &state.level[self.row] {
            let (x, y) = (state.at[a as usize], state.at[b as usize]);
            if a != item && b != item {
                price(x.min(y), (0, own));
                price(x.max(y), (0, -own));
                continue;
            }
            let other = if a == item { y } else { x };
            for node in state.rows[self.row].nodes() {
                if node.group == NONE && node.item != item && node.low != other {
                    let weight = state.price_between(node.item) as i64;
                    price(node.low, if node.low < other { (weight, 0) } else { (0, weight) });
                }
            }
        }
    }

    /// Tokens in the row above or below at which links of the node end outside the block, in order.
    fn ends(&self, state: &mut State, upward: bool, block: Option<&Self>, out: &mut Vec<i32>) {
        out.clear();
        let row = &state.rows[self.row];
        let list = if upward { &state.above } else { &state.below };
        for (_, v) in row.tokens(self.own.0, self.own.1) {
            let item = row[v as usize].item;
            if item != NONE {
                let tokens = list.of(item).iter().map(|&j| state.at[j as usize]);
                out.extend(tokens.filter(|&t| block.is_none_or(|b| !b.is_own(t))));
            }
        }
        state.work += out.len() as u64;
        out.sort_unstable();
    }

    /// Links and walls that end between the places, to the row above or below: token here, token there, weight. Those of the block itself are left out,
    /// and so are those that end beyond the places: they cost the same at all of them.
    fn links(&self, state: &mut State, upward: bool, block: Option<&Self>, out: &mut Vec<Ends>) {
        out.clear();
        let other = if upward { self.row.wrapping_sub(1) } else { self.row + 1 };
        if other >= state.rows.len() {
            return;
        }
        let row = &state.rows[self.row];
        let list = if upward { &state.above } else { &state.below };
        let (from, to) = block.map_or((i32::MAX, i32::MIN), |b| b.own);
        let wall = state.prices.wall as i64;
        let between = [(self.low + 1, self.own.0 - 1), (self.own.1 + 1, self.high - 1)];
        for (token, v) in between.into_iter().flat_map(|(low, high)| row.tokens(low, high)) {
            let node = &row[v as usize];
            if node.group == NONE {
                let tokens = list.of(node.item).iter().map(|&j| state.at[j as usize]);
                out.extend(tokens.filter(|&t| t < from || t > to).map(|t| (token, t, 1)));
            } else if state.stands(node.group, other) {
                let there = &state.rows[other][state.node_at(v, node.group, other) as usize];
                out.push((token, if token == node.low { there.low } else { there.high }, wall));
            }
        }
        state.work += 1 + out.len() as u64;
    }

    /// What joins the node to the block's node in the row below: its links, and its walls if it is a group.
    fn bundle(&self, state: &State, below: &Self, kind: Kind) -> i64 {
        let row = &state.rows[self.row];
        let walls = if kind == Kind::Group { 2 * state.prices.wall as i64 } else { 0 };
        let items = row.tokens(self.own.0, self.own.1).map(|(_, v)| row[v as usize].item).filter(|&i| i != NONE);
        let ends = items.flat_map(|i| state.below.of(i)).filter(|&&j| below.is_own(state.at[j as usize]));
        walls + ends.count() as i64
    }
}

/// The ends of a link or wall, by token in its own row and in the other one, and its weight.
type Ends = (i32, i32, i64);

/// Adds one price to all places left of where `at` is the first one to the right, and another to those from there on. Prices are kept as the differences
/// from each place to the next.
fn price(steps: &mut [i64], at: usize, (left, right): (i64, i64)) {
    steps[0] += left;
    steps[at] += right - left;
}

/// What is known while a block is looked at; kept from one block to the next for the sake of its memory.
#[derive(Default)]
pub(super) struct Desk {
    places: Vec<Places>,
    /// First tokens of the siblings between the places of each node.
    starts: Vec<i32>,
    /// Cost of each place of a node on its own.
    own: Vec<i64>,
    /// Least cost of ending at each place of the node before, and of this one.
    before: Vec<i64>,
    /// See `before`.
    costs: Vec<i64>,
    /// The place before on the cheapest way to each place of each node from the second on.
    from: Vec<u8>,
    /// The cheapest places.
    then: Vec<usize>,
    /// Weights that cross what joins two nodes: for each place of the lower one and each of the upper one, those that end before both. Zero when a
    /// block has been looked at.
    weights: Vec<i64>,
    /// Cost of each place of the upper node, for one of the lower.
    step: Vec<i64>,
    links: Vec<Ends>,
    ends: Vec<i32>,
}

impl Desk {
    /// Looks up where the nodes of a block can stand.
    fn lay_out(&mut self, state: &State, block: &Block) {
        self.places.clear();
        self.starts.clear();
        let starts = &mut self.starts;
        self.places
            .extend((block.first..).zip(&*block.nodes).map(|(row, &node)| Places::new(state, row, node, starts)));
    }

    /// Finds the cheapest places, and what they save against the present ones: least costs from the first node to each place of each further one.
    fn solve(&mut self, state: &mut State, kind: Kind) -> u64 {
        self.from.clear();
        let mut present = 0;
        for k in 0..self.places.len() {
            self.own_cost(state, k);
            let now = self.places[k].now;
            present += self.own[now];
            std::mem::swap(&mut self.before, &mut self.costs);
            self.costs.clone_from(&self.own);
            if k > 0 {
                present += self.follow(state, k, kind);
            }
        }
        let Some(last) = self.places.last() else { return 0 };
        let least = (0..last.count()).map(|q| (self.costs[q], q.abs_diff(last.now), q)).min();
        let (cost, _, mut place) = least.unwrap_or((present, 0, last.now));
        self.then.clear();
        self.then.push(place);
        let mut end = self.from.len();
        for places in self.places[1..].iter().rev() {
            end -= places.count();
            place = usize::from(self.from[end + place]);
            self.then.push(place);
        }
        self.then.reverse();
        (present - cost).max(0) as u64
    }

    /// What each place of a node costs by the links to items outside the block, and by level boxes.
    fn own_cost(&mut self, state: &mut State, k: usize) {
        let Self { places, starts, own, links, ends, .. } = self;
        let place = &places[k];
        // Differences from each place to the next; summed up at the end.
        own.clear();
        own.resize(place.count() + 1, 0);
        for (upward, block) in [(true, k.checked_sub(1)), (false, Some(k + 1))] {
            let block = block.and_then(|b| places.get(b));
            place.ends(state, upward, block, ends);
            if ends.is_empty() {
                continue;
            }
            place.links(state, upward, block, links);
            for &(inside, other, weight) in &*links {
                let right = ends.len() - ends.partition_point(|&y| y <= other);
                let left = ends.partition_point(|&y| y < other);
                price(own, place.after(starts, inside), (right as i64 * weight, left as i64 * weight));
            }
        }
        place.level_price(state, starts, own);
        own.truncate(place.count());
        let mut sum = 0;
        for step in own {
            sum += *step;
            *step = sum;
        }
    }

    /// Adds to the costs of a node's places what it takes to get there from the node before: what crosses the links between the two. Returns what that is at
    /// present.
    fn follow(&mut self, state: &mut State, k: usize, kind: Kind) -> i64 {
        let Self { places, starts, before, costs, from, weights, step, links, .. } = self;
        let (upper, lower) = (&places[k - 1], &places[k]);
        let (above, below) = (upper.count(), lower.count());
        let bundle = upper.bundle(state, lower, kind);
        let width = above + 1;
        // All are zero from the last time.
        weights.resize(weights.len().max(width * (below + 1)), 0);
        // A link is crossed where one end of it lies before the place in its row and the other does not. Left of all that end in the lower row those are
        // the ones that end before the place in the upper one; past each end they are the others. As differences from each place to the next.
        step.clear();
        step.resize(width, 0);
        // For each place of the lower one, what ends right before it.
        let mut turned = [0; PLACES];
        let mut near = (0, 0);
        let mut add = |u: i32, v: i32, weight: i64| {
            let (p, q) = (upper.after_near(starts, u, &mut near.0), lower.after_near(starts, v, &mut near.1));
            let weight = weight * bundle;
            turned[q] += weight;
            if q == 0 {
                (step[0], step[p]) = (step[0] + weight, step[p] - weight);
            } else {
                weights[q * width + p] += weight;
                step[p] += weight;
            }
        };
        upper.links(state, false, Some(lower), links);
        links.iter().for_each(|&(u, v, weight)| add(u, v, weight));
        lower.links(state, true, Some(upper), links);
        links.iter().filter(|l| !upper.holds(l.1)).for_each(|&(v, u, weight)| add(u, v, weight));
        state.work += (above * below / 8) as u64;
        let (mut best, mut present) = ((0, 0), 0);
        for (q, (row, &turned)) in weights.chunks_exact_mut(width).zip(&turned).take(below).enumerate() {
            if q == 0 || turned > 0 {
                if q > 0 {
                    step[0] += turned;
                    row.iter_mut().zip(&mut *step).for_each(|(w, step)| *step -= 2 * std::mem::take(w));
                }
                best = (i64::MAX, 0);
                let mut sum = 0;
                for (p, (step, before)) in step.iter().zip(&*before).enumerate() {
                    sum += step;
                    if before + sum < best.0 {
                        best = (before + sum, p);
                    }
                }
            }
            costs[q] += best.0;
            from.push(best.1 as u8);
            if q == lower.now {
                present = step[..=upper.now].iter().sum();
            }
        }
        weights[width * below..width * (below + 1)].fill(0);
        present
    }
}
