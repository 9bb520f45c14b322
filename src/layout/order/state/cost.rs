//! What an order costs: crossings, and what stands between level boxes.

use super::super::super::nest::{NONE, ROOT};
use super::super::super::rows::ItemId;
use super::{Node, State};
use std::ops::RangeInclusive;

/// What is to be avoided beside crossings, in crossings.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout::order) struct Prices {
    /// A link through a wall of a group that holds neither end.
    pub(in crate::layout::order) wall: u64,
    /// A box or label between two items of one row that are linked.
    pub(in crate::layout::order) between: u64,
    /// A link on its way between two such items.
    pub(in crate::layout::order) over: u64,
}

impl Prices {
    /// While everything may still move.
    pub(in crate::layout::order) const SOFT: Self = Self { wall: 2, between: 2, over: 0 };
    /// Once all links have their courses: none may be lost again.
    pub(in crate::layout::order) const FIRM: Self = Self { wall: 1_000_000, between: 1_000_000, over: 1 };
}

/// A link or wall between two rows: its token in the upper and in the lower one, and its weight.
pub(in crate::layout::order) type Edge = (i32, i32, u64);

impl State<'_> {
    /// Crossings between the rows `r - 1` and `r`, walls included.
    pub(in crate::layout::order) fn count(&mut self, r: usize) -> u64 {
        let edges = &mut self.scratch;
        edges.clear();
        let upper = &self.rows[r - 1];
        for (token, &v) in (0..).zip(&upper.tokens) {
            let node = &upper[v as usize];
            if node.group == NONE {
                let first = edges.len();
                edges.extend(self.below.of(node.item).iter().map(|&j| (token, self.at[j as usize], 1)));
                if edges.len() > first + 1 {
                    edges[first..].sort_unstable();
                }
            } else if node.group != ROOT && self.bottom[node.group as usize] as usize >= r {
                let next =
                    self.nodes[self.nodes_from[node.group as usize] + r - self.top[node.group as usize] as usize];
                let next = &self.rows[r][next as usize];
                edges.push((token, if token == node.low { next.low } else { next.high }, self.prices.wall));
            }
        }
        self.work += edges.len() as u64;
        inversions(edges, self.rows[r].tokens.len(), &mut self.tree)
    }

    /// Crossings, and what stands between level boxes. Only rows that have changed, and those below them, are looked at.
    pub(in crate::layout::order) fn cost(&mut self) -> u64 {
        (0..self.rows.len()).map(|r| self.row_cost(r)).sum()
    }

    fn row_cost(&mut self, r: usize) -> u64 {
        let changed = self.changed[r].max(r.checked_sub(1).map_or(0, |above| self.changed[above]));
        let (cost, at) = self.counted[r];
        if at >= changed {
            return cost;
        }
        let cost = self.level_cost(r) + if r > 0 { self.count(r) } else { 0 };
        self.counted[r] = (cost, self.clock);
        cost
    }

    /// The price of what stands between level boxes of a row.
    pub(in crate::layout::order) fn level_cost(&self, r: usize) -> u64 {
        let mut sum = 0;
        for &(a, b) in &self.level[r] {
            let (a, b) = (self.at[a as usize], self.at[b as usize]);
            let (low, high) = (a.min(b), a.max(b));
            let tokens = &self.rows[r].tokens[low as usize + 1..(high as usize).max(low as usize + 1)];
            let items = tokens.iter().map(|&v| self.rows[r][v as usize].item).filter(|&i| i != NONE);
            sum += items.map(|i| self.price_between(i)).sum::<u64>();
        }
        sum
    }

    /// The price of what stands between level boxes among some tokens of a row, of pairs with one box or with both of them there.
    pub(in crate::layout::order) fn level_cost_in(&self, r: usize, range: &RangeInclusive<i32>, both: bool) -> u64 {
        let mut sum = 0;
        for &(a, b) in &self.level[r] {
            let (a, b) = (self.at[a as usize], self.at[b as usize]);
            let ends = usize::from(range.contains(&a)) + usize::from(range.contains(&b));
            if ends < if both { 2 } else { 1 } {
                continue;
            }
            let (low, high) = ((a.min(b) + 1).max(*range.start()), (a.max(b) - 1).min(*range.end()));
            let between = self.rows[r].tokens(low, high).map(|(_, v)| self.rows[r][v as usize].item);
            sum += between.filter(|&i| i != NONE).map(|i| self.price_between(i)).sum::<u64>();
        }
        sum
    }

    /// The price of an item between two linked ones.
    pub(in crate::layout::order) fn price_between(&self, i: ItemId) -> u64 {
        if self.solid[i as usize] {
            self.prices.between
        } else if self.pass[i as usize] {
            self.prices.over
        } else {
            0
        }
    }

    /// Sees anew from where to where level boxes that are linked stand in a row, if it has changed.
    pub(in crate::layout::order) fn see_level(&mut self, r: usize) {
        if self.level[r].is_empty() || self.spans[r].0 >= self.changed[r] {
            return;
        }
        let mut spans = std::mem::take(&mut self.spans[r].1);
        spans.clear();
        let at = |i: ItemId| self.at[i as usize];
        spans.extend(self.level[r].iter().map(|&(a, b)| (at(a).min(at(b)), at(a).max(at(b)))));
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let joined = next.0 <= last.1;
            last.1 = if joined { last.1.max(next.1) } else { last.1 };
            joined
        });
        self.spans[r] = (self.clock, spans);
    }

    /// Whether an item is one of two level boxes that are linked, or stood between such when that was last seen.
    pub(in crate::layout::order) fn is_level_end_or_between(&self, r: usize, node: &Node) -> bool {
        let spans = &self.spans[r].1;
        let after = spans.partition_point(|s| s.0 <= node.low);
        node.group == NONE && after > 0 && node.low <= spans[after - 1].1
    }

    /// Whether a row holds level boxes that are linked.
    pub(in crate::layout::order) fn has_level(&self, r: usize) -> bool {
        !self.level[r].is_empty()
    }
}

/// Sum over all pairs of edges that cross of the product of their weights, of edges in order: O(E log V).
pub(in crate::layout::order) fn inversions(edges: &[Edge], width: usize, tree: &mut Vec<u64>) -> u64 {
    tree.clear();
    tree.resize(width + 2, 0);
    let (mut total, mut all) = (0, 0);
    for &(_, to, weight) in edges {
        let mut passed = 0;
        let mut k = to as usize + 1;
        while k > 0 {
            passed += tree[k];
            k &= k - 1;
        }
        total += (all - passed) * weight;
        all += weight;
        k = to as usize + 1;
        while k < tree.len() {
            tree[k] += weight;
            k += k & k.wrapping_neg();
        }
    }
    total
}
