//! Boxes, whole long links and whole groups taken out of the order and put back at their best places, all else kept as it is.
//!
//! A long link is put back as one: the best place in each of its rows by dynamic programming over the rows, since exchanging its passes one by one never
//! gets it over another long link. So is a group, with all it holds. The same table with one row serves for a box.

use super::super::nest::NONE;
use super::super::rows::ItemId;
use super::state::State;

/// What is put back as one: one node in each of some consecutive rows.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// First row, and its nodes from there on.
    first: usize,
    nodes: Vec<u32>,
    kind: Kind,
    /// When it was last put back.
    seen: u64,
}

impl Block {
    /// Its items; [`NONE`] for each row of a group.
    pub(super) fn items(&self, state: &State) -> impl Iterator<Item = ItemId> {
        (self.first..).zip(&self.nodes).map(|(row, &node)| state.rows[row][node as usize].item)
    }
}

/// What a block is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A box, or the passes of a long link.
    Items,
    /// A group in all its rows.
    Group,
}

/// The blocks of an order: runs of passes of one link, every other linked item by itself, and every group.
pub(super) fn blocks(state: &State) -> Vec<Block> {
    let next = |i: ItemId| match *state.below.of(i) {
        [j] if state.pass[i as usize] && state.pass[j as usize] && state.above.of(j).len() == 1 => Some(j),
        _ => None,
    };
    let follows = |i: ItemId| matches!(*state.above.of(i), [j] if next(j) == Some(i));
    let linked = |i: ItemId| !state.above.of(i).is_empty() || !state.below.of(i).is_empty();
    let mut out = Vec::new();
    for &g in &state.nest.outer_first[1..] {
        let first = state.top[g as usize] as usize;
        out.push(Block { first, nodes: state.node_of[g as usize].clone(), kind: Kind::Group, seen: 0 });
    }
    for i in (0..state.at.len() as ItemId).filter(|&i| linked(i) && !follows(i)) {
        let nodes = std::iter::successors(Some(i), |&i| next(i)).map(|i| state.leaf_of[i as usize]).collect();
        out.push(Block { first: state.row_of[i as usize] as usize, nodes, kind: Kind::Items, seen: 0 });
    }
    out
}

/// Places looked at to either side of where a node stands.
const REACH: usize = 16;

/// Puts a block back where it crosses least. Returns what was saved.
pub(super) fn insert(state: &mut State, block: &mut Block) -> u64 {
    let last = block.first + block.nodes.len() - 1;
    let beside = block.first.saturating_sub(1)..=(last + 1).min(state.rows.len() - 1);
    if beside.clone().map(|r| state.changed[r]).max().is_some_and(|newest| newest <= block.seen) {
        return 0;
    }
    block.seen = state.clock;
    let places = block.places(state, REACH);
    if places.iter().all(|p| p.count() == 1) {
        return 0;
    }
    let mut table = Table::default();
    for (k, place) in places.iter().enumerate() {
        let above = k.checked_sub(1).map(|k| &places[k]);
        let mut cost = place.own_cost(state, above, places.get(k + 1));
        if let Some(above) = above {
            let step = Step::new(state, above, place, block.kind);
            table.extend(&step, &mut cost);
        }
        table.costs.push(cost);
    }
    let now: Vec<usize> = places.iter().map(|p| p.now).collect();
    let (then, saved) = table.best(&now);
    if saved == 0 {
        return 0;
    }
    // Of a group the table does not see what its own links do to each other.
    let count = |state: &mut State| {
        let rows = beside.clone();
        let crossings: u64 = rows.clone().skip(1).map(|r| state.count(r)).sum();
        crossings + rows.map(|r| state.level_cost(r)).sum::<u64>()
    };
    let before = if block.kind == Kind::Group { count(state) } else { 0 };
    let old: Vec<Vec<u32>> = places.iter().map(|p| state.rows[p.row][p.parent as usize].members.clone()).collect();
    for (place, &k) in places.iter().zip(&then) {
        place.put(state, k);
    }
    if block.kind == Kind::Group {
        let after = count(state);
        if after >= before {
            for (place, members) in places.iter().zip(old) {
                state.reorder(place.row, place.parent, members);
            }
            return 0;
        }
        return before - after;
    }
    saved
}

/// Puts a block at places that stand at about the given share of each row.
pub(super) fn throw(state: &mut State, block: &Block, share: f64) {
    for place in block.places(state, usize::MAX) {
        let k = (share * place.count() as f64) as usize;
        place.put(state, k.min(place.count() - 1));
    }
}

impl Block {
    fn places(&self, state: &State, reach: usize) -> Vec<Places> {
        (self.first..).zip(&self.nodes).map(|(row, &node)| Places::new(state, row, node, reach)).collect()
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
    /// First token of each sibling between the places.
    starts: Vec<i32>,
    /// What lies between these tokens stands between the places.
    low: i32,
    /// See `low`.
    high: i32,
}

impl Places {
    fn new(state: &State, row: usize, own: u32, reach: usize) -> Self {
        let nodes = &state.rows[row];
        let parent = nodes[own as usize].parent;
        let node = &nodes[parent as usize];
        let now = node.members.iter().position(|&m| m == own).unwrap_or(0);
        let first = now.saturating_sub(reach);
        let window = &node.members[first..now.saturating_add(reach).saturating_add(1).min(node.members.len())];
        let low = if first > 0 { nodes[node.members[first - 1] as usize].high } else { node.low };
        let high = node.members.get(first + window.len()).map_or(node.high, |&m| nodes[m as usize].low);
        let starts = window.iter().filter(|&&m| m != own).map(|&m| nodes[m as usize].low).collect();
        let tokens = (nodes[own as usize].low, nodes[own as usize].high);
        Self { row, node: own, own: tokens, parent, now: now - first, first, starts, low, high }
    }

    fn count(&self) -> usize {
        self.starts.len() + 1
    }

    /// The first place after a token of this row; one past the last if there is none.
    fn after(&self, token: i32) -> usize {
        if token >= self.high { self.count() } else { self.starts.partition_point(|&s| s <= token) }
    }

    fn holds(&self, token: i32) -> bool {
        self.low < token && token < self.high
    }

    /// Whether a token of this row belongs to the node itself.
    fn is_own(&self, token: i32) -> bool {
        (self.own.0..=self.own.1).contains(&token)
    }

    fn put(&self, state: &mut State, k: usize) {
        if k == self.now {
            return;
        }
        let mut members = state.rows[self.row][self.parent as usize].members.clone();
        members.retain(|&m| m != self.node);
        members.insert(self.first + k, self.node);
        state.reorder(self.row, self.parent, members);
    }

    /// What each place costs by the links to items outside the block, and by level boxes.
    fn own_cost(&self, state: &mut State, above: Option<&Self>, below: Option<&Self>) -> Vec<i64> {
        // Differences from each place to the next; summed up at the end.
        let mut steps = vec![0i64; self.count() + 1];
        for (upward, block) in [(true, above), (false, below)] {
            let ends = self.ends(state, upward, block);
            if ends.is_empty() {
                continue;
            }
            for (inside, other, weight) in self.links(state, upward, block) {
                let right = ends.len() - ends.partition_point(|&y| y <= other);
                let left = ends.partition_point(|&y| y < other);
                self.price(&mut steps, inside, (right as i64 * weight, left as i64 * weight));
            }
        }
        self.level_price(state, &mut steps);
        let mut sum = 0;
        steps.truncate(self.count());
        for step in &mut steps {
            sum += *step;
            *step = sum;
        }
        steps
    }

    /// Adds one price for all places left of a token and another for those right of it.
    fn price(&self, steps: &mut [i64], token: i32, (left, right): (i64, i64)) {
        steps[0] += left;
        steps[self.after(token)] += right - left;
    }

    /// What stands between level boxes, for each place of an item.
    fn level_price(&self, state: &State, steps: &mut [i64]) {
        let item = state.rows[self.row][self.node as usize].item;
        if item == NONE {
            return;
        }
        let own = state.price_between(item) as i64;
        for &(a, b) in &state.level[self.row] {
            let (x, y) = (state.at[a as usize], state.at[b as usize]);
            if a != item && b != item {
                self.price(steps, x.min(y), (0, own));
                self.price(steps, x.max(y), (0, -own));
                continue;
            }
            let other = if a == item { y } else { x };
            for node in &state.rows[self.row] {
                if node.group == NONE && node.item != item && node.low != other {
                    let price = state.price_between(node.item) as i64;
                    let prices = if node.low < other { (price, 0) } else { (0, price) };
                    self.price(steps, node.low, prices);
                }
            }
        }
    }

    /// Tokens in the row above or below at which links of the node end outside the block, in order.
    fn ends(&self, state: &mut State, upward: bool, block: Option<&Self>) -> Vec<i32> {
        let (mut out, mut stack) = (Vec::new(), vec![self.node]);
        while let Some(v) = stack.pop() {
            let node = &state.rows[self.row][v as usize];
            if node.group == NONE {
                let near = if upward { state.above.of(node.item) } else { state.below.of(node.item) };
                let tokens = near.iter().map(|&j| state.at[j as usize]);
                out.extend(tokens.filter(|&t| block.is_none_or(|b| !b.is_own(t))));
            }
            stack.extend(&node.members);
        }
        state.work += out.len() as u64;
        out.sort_unstable();
        out
    }

    /// Links and walls that end between the places, to the row above or below: token here, token there, weight. Those of the block itself are left out,
    /// and so are those that end beyond the places: they cost the same at all of them.
    fn links(&self, state: &mut State, upward: bool, block: Option<&Self>) -> Vec<(i32, i32, i64)> {
        let other = if upward { self.row.wrapping_sub(1) } else { self.row + 1 };
        if other >= state.rows.len() {
            return Vec::new();
        }
        let siblings = &state.rows[self.row][self.parent as usize].members;
        let mut out = Vec::with_capacity(4 * siblings.len());
        let mut stack = Vec::with_capacity(2 * siblings.len());
        stack.extend_from_slice(&siblings[self.first..self.first + self.starts.len() + 1]);
        while let Some(v) = stack.pop() {
            if v == self.node {
                continue;
            }
            let node = &state.rows[self.row][v as usize];
            if node.group == NONE {
                let near = if upward { state.above.of(node.item) } else { state.below.of(node.item) };
                let tokens = near.iter().map(|&j| state.at[j as usize]);
                out.extend(tokens.filter(|&t| block.is_none_or(|b| !b.is_own(t))).map(|t| (node.low, t, 1)));
                continue;
            }
            stack.extend(&node.members);
            if state.stands(node.group, other) {
                let there = &state.rows[other][state.node_at(v, node.group, other) as usize];
                out.push((node.low, there.low, state.prices.wall as i64));
                out.push((node.high, there.high, state.prices.wall as i64));
            }
        }
        state.work += 1 + out.len() as u64;
        out
    }

    /// What joins the node to the block's node in the row below: its links, and its walls if it is a group.
    fn bundle(&self, state: &State, below: &Self, kind: Kind) -> i64 {
        let mut weight = if kind == Kind::Group { 2 * state.prices.wall as i64 } else { 0 };
        let mut stack = vec![self.node];
        while let Some(v) = stack.pop() {
            let node = &state.rows[self.row][v as usize];
            if node.group == NONE {
                let near = state.below.of(node.item).iter();
                weight += near.filter(|&&j| below.is_own(state.at[j as usize])).count() as i64;
            }
            stack.extend(&node.members);
        }
        weight
    }
}

/// What crosses the links between two nodes of a block, for every place of the one and of the other.
struct Step {
    below: usize,
    cost: Vec<i64>,
}

impl Step {
    fn new(state: &mut State, upper: &Places, lower: &Places, kind: Kind) -> Self {
        let (above, below) = (upper.count(), lower.count());
        let width = below + 1;
        let mut cost = vec![0i64; (above + 1) * width];
        let bundle = upper.bundle(state, lower, kind);
        let mut add = |u: usize, v: usize, weight: i64| {
            // Crossed by all that run from right of it to left of it, or from left of it to right of it.
            for (rows, columns) in [((u, above), (0, v)), ((0, u), (v, below))] {
                for (r, c, sign) in [
                    (rows.0, columns.0, weight),
                    (rows.1, columns.0, -weight),
                    (rows.0, columns.1, -weight),
                    (rows.1, columns.1, weight),
                ] {
                    cost[r * width + c] += sign;
                }
            }
        };
        for (u, v, weight) in upper.links(state, false, Some(lower)) {
            add(upper.after(u), lower.after(v), weight * bundle);
        }
        for (v, u, weight) in lower.links(state, true, Some(upper)) {
            if !upper.holds(u) {
                add(upper.after(u), lower.after(v), weight * bundle);
            }
        }
        state.work += (above * below / 8) as u64;
        for r in 0..above {
            for c in 0..width {
                let up = if r > 0 { cost[(r - 1) * width + c] } else { 0 };
                let left = if c > 0 { cost[r * width + c - 1] } else { 0 };
                let both = if r > 0 && c > 0 { cost[(r - 1) * width + c - 1] } else { 0 };
                cost[r * width + c] += up + left - both;
            }
        }
        Self { below, cost }
    }

    fn at(&self, p: usize, q: usize) -> i64 {
        self.cost[p * (self.below + 1) + q]
    }
}

/// Least costs from the first item of a block to each place of each further one.
#[derive(Default)]
struct Table {
    /// Least cost of ending at each place, by item.
    costs: Vec<Vec<i64>>,
    /// The place before, by item from the second on.
    from: Vec<Vec<usize>>,
    /// The steps between them.
    steps: Vec<Vec<i64>>,
    widths: Vec<usize>,
    own: Vec<Vec<i64>>,
}

impl Table {
    /// Adds to the own costs of the next item's places what it takes to get there.
    fn extend(&mut self, step: &Step, cost: &mut [i64]) {
        self.own.push(cost.to_vec());
        let Some(before) = self.costs.last() else { return };
        let mut from = Vec::with_capacity(cost.len());
        for (q, cost) in cost.iter_mut().enumerate() {
            let best = (0..before.len()).map(|p| (before[p] + step.at(p, q), p)).min().unwrap_or((0, 0));
            *cost += best.0;
            from.push(best.1);
        }
        self.from.push(from);
        self.steps.push(step.cost.clone());
        self.widths.push(step.below + 1);
    }

    /// The cheapest places, and what they save against the present ones.
    fn best(&self, now: &[usize]) -> (Vec<usize>, u64) {
        let Some(last) = self.costs.last() else { return (now.to_vec(), 0) };
        let mut present = self.costs[0][now[0]];
        for k in 1..now.len() {
            present += self.own[k - 1][now[k]] + self.steps[k - 1][now[k - 1] * self.widths[k - 1] + now[k]];
        }
        let at = now[now.len() - 1];
        let Some((cost, _, mut place)) = (0..last.len()).map(|q| (last[q], q.abs_diff(at), q)).min() else {
            return (now.to_vec(), 0);
        };
        let mut then = vec![place];
        for from in self.from.iter().rev() {
            place = from[place];
            then.push(place);
        }
        then.reverse();
        (then, (present - cost).max(0) as u64)
    }
}
