//! Room beside the boxes that are joined from one part of a group to another: such a link turns at the side of its box, so its way up or down stands
//! between the box and what is next to it.

use super::super::rows::{Foot, ItemId, Joint, Kind};
use super::super::simplex;
use super::System;

impl System<'_> {
    /// Keeps the ways from one part to another clear of what stands beside the boxes at their ends, where nothing else stands against that.
    pub(super) fn ways(&mut self) {
        if self.rows.between_parts.is_empty() {
            return;
        }
        let place = self.places();
        let onward = self.onward();
        for &link in &self.rows.between_parts {
            let chain = &self.rows.chains[link as usize];
            let (Some(feet), [first, second, .., last_but_one, last]) = (chain.feet, chain.items.as_slice()) else {
                continue;
            };
            let ends = [(*first, *second, chain.joints.first()), (*last, *last_but_one, chain.joints.last())];
            for ((own, way, joint), foot) in ends.into_iter().zip(feet) {
                if foot == Foot::Box && matches!(joint, Some(Joint::Channel(_))) {
                    self.way(own, way, &onward[own as usize], &place);
                }
            }
        }
    }

    /// The items that each item is joined to in other rows, by links within one part.
    fn onward(&self) -> Vec<Vec<ItemId>> {
        let mut onward = vec![Vec::new(); self.rows.items.len()];
        for (l, chain) in (0..).zip(&self.rows.chains) {
            if self.rows.between_parts.binary_search(&l).is_err() {
                for pair in chain.items.windows(2) {
                    onward[pair[0] as usize].push(pair[1]);
                    onward[pair[1] as usize].push(pair[0]);
                }
            }
        }
        onward
    }

    /// The way that starts from the box `own` with the pass `way`: it stands on the side where it does not cross what else leads from the box to its row.
    fn way(&mut self, own: ItemId, way: ItemId, onward: &[ItemId], place: &[u32]) {
        let (item, pass) = (self.item(own), self.item(way));
        if !matches!(pass.kind, Kind::Pass(_)) || pass.label || pass.row == item.row {
            return;
        }
        let beside = || onward.iter().filter(|&&i| self.item(i).row == pass.row).map(|&i| place[i as usize]);
        let at = place[way as usize];
        let (is_first, is_last) = (beside().all(|k| at < k), beside().all(|k| k < at));
        if is_first == is_last {
            return;
        }
        let row = &self.rows.rows[item.row as usize];
        let next = if is_first { place[own as usize].checked_sub(1) } else { Some(place[own as usize] + 1) };
        let next = next.and_then(|k| row.get(k as usize).copied()).filter(|&i| self.item(i).region == item.region);
        let track = self.spacing.track;
        let kept = self.edges.len();
        let (own, way) = (self.var[own as usize], self.var[way as usize]);
        if is_first {
            self.apart(way, own, track + item.left);
            next.inspect(|&i| self.apart(self.var[i as usize], way, self.item(i).right + 2.0 * track));
        } else {
            self.apart(own, way, item.right + track);
            next.inspect(|&i| self.apart(way, self.var[i as usize], 2.0 * track + self.item(i).left));
        }
        // Elsewhere something may have to stand on the other side.
        if simplex::is_cyclic(self.n, &self.edges) {
            self.edges.truncate(kept);
        }
    }
}
