//! Fillers: they keep a group open in the rows in which it would hold nothing.

use super::super::nest::ROOT;
use super::{Builder, Kind};
use crate::geometry::Size;

impl Builder<'_> {
    /// Fills the rows in which a group would hold nothing.
    pub(super) fn voids(&mut self) {
        let nest = self.nest;
        let rows = |g: usize| (self.ranks.bottom[g] - self.ranks.top[g]) as usize + 1;
        let mut held: Vec<Vec<bool>> =
            (0..nest.len()).map(|g| if g == 0 { Vec::new() } else { vec![false; rows(g)] }).collect();
        for item in &self.items {
            let mut g = item.region;
            while g != ROOT {
                let slot = &mut held[g as usize][(item.row - self.ranks.top[g as usize]) as usize];
                if std::mem::replace(slot, true) {
                    break;
                }
                g = nest.parent[g as usize];
            }
        }
        let empty = self.spacing.empty;
        for &g in nest.outer_first.iter().rev() {
            if g == ROOT {
                continue;
            }
            for k in 0..held[g as usize].len() {
                if held[g as usize][k] {
                    continue;
                }
                let row = self.ranks.top[g as usize] + k as u32;
                let room = Size::new((empty.w - 2.0 * self.spacing.padding).max(0.0), 0.0);
                let filler = self.add(row, g, Kind::Void, (nest.members[g as usize] == 0).then_some(room));
                self.items[filler as usize].label = false;
                let mut up = nest.parent[g as usize];
                while up != ROOT
                    && !std::mem::replace(&mut held[up as usize][(row - self.ranks.top[up as usize]) as usize], true)
                {
                    up = nest.parent[up as usize];
                }
            }
        }
    }
}
