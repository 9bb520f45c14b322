//! Fillers: they keep a group open in the rows in which it would hold nothing.

use super::super::nest::ROOT;
use super::{Builder, Kind};
use crate::geometry::Size;

impl Builder<'_> {
    /// Fills the rows in which a group would hold nothing.
    pub(super) fn voids(&mut self) {
        let nest = self.nest;
        // By group where its rows start, and whether each holds something.
        let mut start = vec![0, 0];
        start.extend((1..nest.len()).scan(0, |sum, g| {
            *sum += (self.ranks.bottom[g] - self.ranks.top[g]) as usize + 1;
            Some(*sum)
        }));
        let mut held = vec![false; start[nest.len()]];
        let slot = |top: &[u32], g: u32, row: u32| start[g as usize] + (row - top[g as usize]) as usize;
        for item in &self.items {
            let mut g = item.region;
            while g != ROOT && !std::mem::replace(&mut held[slot(&self.ranks.top, g, item.row)], true) {
                g = nest.parent[g as usize];
            }
        }
        let empty = self.spacing.empty;
        for &g in nest.outer_first.iter().rev() {
            if g == ROOT {
                continue;
            }
            for row in self.ranks.top[g as usize]..=self.ranks.bottom[g as usize] {
                if held[slot(&self.ranks.top, g, row)] {
                    continue;
                }
                let room = Size::new((empty.w - 2.0 * self.spacing.padding).max(0.0), 0.0);
                let filler = self.add(row, g, Kind::Void, (nest.members[g as usize] == 0).then_some(room));
                self.items[filler as usize].label = false;
                let mut up = nest.parent[g as usize];
                while up != ROOT && !std::mem::replace(&mut held[slot(&self.ranks.top, up, row)], true) {
                    up = nest.parent[up as usize];
                }
            }
        }
    }
}
