//! What is crossed: only that is worth moving.

use super::super::nest::{NONE, ROOT};
use super::super::rows::ItemId;
use super::state::{Node, State};

impl State<'_> {
    /// Sees anew what is crossed among the links that end in a group, where rows have changed.
    pub(super) fn see_crossed(&mut self, group: u32) {
        let (top, bottom) = (self.top[group as usize] as usize, self.bottom[group as usize] as usize);
        let mut any = false;
        for r in top.max(1)..(bottom + 2).min(self.rows.len()) {
            let (seen, at) = self.crossed_at[r];
            if seen != group || at < self.changed[r].max(self.changed[r - 1]) {
                self.see_crossed_above(r, group);
                self.crossed_at[r] = (group, self.clock);
                any = true;
            }
        }
        if !any {
            return;
        }
        let nest = self.nest;
        nest.within(group).iter().for_each(|&g| self.group_crossed[g as usize] = false);
        for r in top..=bottom {
            let row = &self.rows[r];
            let own = &row[self.node_at(NONE, group, r) as usize];
            for &v in &row.tokens[own.low as usize..=own.high as usize] {
                let node = &row[v as usize];
                let crossed = if node.group == NONE { self.is_crossed(node.item) } else { node.walls_crossed };
                let mut up = if node.group == NONE { row[node.parent as usize].group } else { node.group };
                while crossed && !std::mem::replace(&mut self.group_crossed[up as usize], true) && up != group {
                    up = nest.parent[up as usize];
                }
            }
        }
    }

    /// Whether a group surely costs nothing: nothing crossed its walls or what is in it when that was last seen, its rows have not changed since, and no
    /// level boxes stand in them.
    pub(super) fn is_quiet(&self, group: u32) -> bool {
        if self.group_crossed[group as usize] {
            return false;
        }
        let (top, bottom) = (self.top[group as usize] as usize, self.bottom[group as usize] as usize);
        (top..(bottom + 2).min(self.rows.len())).all(|r| {
            let (seen, at) = self.crossed_at[r];
            let changed = self.changed[r].max(r.checked_sub(1).map_or(0, |above| self.changed[above]));
            !self.has_level(r) && (r == 0 || (at >= changed && self.nest.holds(seen, group)))
        })
    }

    /// The tokens of a group in a row; none where it does not stand there.
    fn tokens_of(&self, group: u32, r: usize) -> std::ops::Range<i32> {
        if !self.stands(group, r) {
            return 0..0;
        }
        let node = &self.rows[r][self.node_at(NONE, group, r) as usize];
        node.low..node.high + 1
    }

    /// Sees what is crossed between the rows `r - 1` and `r`, among the links that end in a group.
    fn see_crossed_above(&mut self, r: usize, group: u32) {
        let (inside, beneath) = (self.tokens_of(group, r - 1), self.tokens_of(group, r));
        let (upper, lower) = self.rows.split_at_mut(r);
        let (upper, lower) = (&mut upper[r - 1], &lower[0]);
        let edges = &mut self.ends;
        edges.clear();
        for (token, &v) in inside.clone().zip(&upper.tokens[inside.start as usize..inside.end as usize]) {
            let node = &mut upper.nodes[v as usize];
            if node.group == NONE {
                self.crossed[node.item as usize][1] = false;
                let first = edges.len();
                edges.extend(self.below.of(node.item).iter().map(|&j| (token, self.at[j as usize], node.item, j)));
                if edges.len() > first + 1 {
                    edges[first..].sort_unstable();
                }
            } else if node.group != ROOT && self.bottom[node.group as usize] as usize >= r {
                node.walls_crossed = false;
                let slot = self.nodes_from[node.group as usize] + r - self.top[node.group as usize] as usize;
                let next = self.nodes[slot];
                let next = &lower.nodes[next as usize];
                edges.push((token, if token == node.low { next.low } else { next.high }, v, NONE));
            }
        }
        let sorted = edges.len();
        for (token, &v) in beneath.clone().zip(&lower.tokens[beneath.start as usize..beneath.end as usize]) {
            let item = lower.nodes[v as usize].item;
            if item != NONE {
                self.crossed[item as usize][0] = false;
                let from = self.above.of(item).iter().map(|&j| (self.at[j as usize], token, j, item));
                edges.extend(from.filter(|e| !inside.contains(&e.0)));
            }
        }
        if edges.len() > sorted {
            edges.sort_unstable();
        }
        self.work += edges.len() as u64;
        // An edge is crossed if one before it ends right of it, or one after it left of it.
        let mut mark = |edge: &(i32, i32, u32, u32)| {
            if edge.3 == NONE {
                upper.nodes[edge.2 as usize].walls_crossed = true;
            } else {
                self.crossed[edge.2 as usize][1] = true;
                self.crossed[edge.3 as usize][0] = true;
            }
        };
        // Edges with one start do not cross each other: what they reach counts from the next start on.
        let (mut start, mut furthest, mut own) = (i32::MIN, i32::MIN, i32::MIN);
        for edge in &*edges {
            if edge.0 != start {
                (start, furthest) = (edge.0, own);
            }
            if edge.1 < furthest {
                mark(edge);
            }
            own = own.max(edge.1);
        }
        let (mut start, mut furthest, mut own) = (i32::MAX, i32::MAX, i32::MAX);
        for edge in edges.iter().rev() {
            if edge.0 != start {
                (start, furthest) = (edge.0, own);
            }
            if edge.1 > furthest {
                mark(edge);
            }
            own = own.min(edge.1);
        }
    }

    /// Whether something crossed an item's links when that was last seen.
    pub(super) fn is_crossed(&self, item: ItemId) -> bool {
        self.crossed[item as usize] != [false; 2]
    }

    /// Whether something crossed a node's walls or links, or those of what is in it, in any of its rows.
    pub(super) fn is_node_crossed(&self, node: &Node) -> bool {
        if node.group == NONE { self.is_crossed(node.item) } else { self.group_crossed[node.group as usize] }
    }
}
