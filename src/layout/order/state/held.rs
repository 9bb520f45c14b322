//! Groups that keep their order among their siblings.

use super::super::super::nest::NONE;
use super::State;

impl State<'_> {
    /// Puts groups into the order of their places among their siblings, and keeps them in it from now on. `NONE` is the place of one that may change it.
    pub(in crate::layout::order) fn hold(&mut self, places: Vec<u32>) {
        self.held = places;
        let parent = |&g: &u32| self.nest.parent[g as usize];
        let mut around: Vec<u32> =
            self.nest.outer_first[1..].iter().filter(|&&g| self.is_held(g)).map(parent).collect();
        around.dedup();
        if around.is_empty() {
            return;
        }
        for &g in &self.nest.outer_first[1..] {
            let outer = self.held_around[self.nest.parent[g as usize] as usize];
            self.held_around[g as usize] = if self.is_held(g) { g } else { outer };
        }
        for g in around {
            for r in self.top[g as usize] as usize..=self.bottom[g as usize] as usize {
                let v = self.node_at(NONE, g, r);
                let mut members = self.rows[r].members(v).to_vec();
                self.keep_held(r, &mut members);
                if members != self.rows[r].members(v) {
                    self.reorder(r, v, &members);
                }
            }
        }
    }

    /// Whether a group keeps its order among its siblings.
    pub(in crate::layout::order) fn is_held(&self, group: u32) -> bool {
        group != NONE && self.held[group as usize] != NONE
    }

    /// The first and the last token in a row of the group that keeps its order and is, or holds, this one.
    pub(in crate::layout::order) fn held_range(&self, group: u32, r: usize) -> Option<(i32, i32)> {
        let held = self.held_around[group as usize];
        (held != NONE && self.stands(held, r)).then(|| {
            let node = &self.rows[r][self.node_at(NONE, held, r) as usize];
            (node.low, node.high)
        })
    }

    /// Whether two members of a node keep their order.
    pub(in crate::layout::order) fn are_held(&self, r: usize, a: u32, b: u32) -> bool {
        [a, b].iter().all(|&m| self.is_held(self.rows[r][m as usize].group))
    }

    /// Puts those of some members of a node that keep their order into it, all of them together where they are.
    pub(in crate::layout::order) fn keep_held(&self, r: usize, members: &mut [u32]) {
        let group = |m: &u32| self.rows[r][*m as usize].group;
        let mut held: Vec<u32> = members.iter().copied().filter(|m| self.is_held(group(m))).collect();
        held.sort_by_key(|m| self.held[group(m) as usize]);
        for (m, h) in members.iter_mut().filter(|m| self.is_held(group(m))).zip(held) {
            *m = h;
        }
    }
}
