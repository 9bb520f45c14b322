//! After the solution: groups that links end at stand in line.
//!
//! A straight link may end anywhere along the walls of its two groups, so the price leaves a chain of groups free to lean like a stair. From the first row on,
//! each group comes with its middle under the link that ends at its upper wall, and the link that leaves its lower wall comes to the group's middle.

use super::super::nest::ROOT;
use super::super::rows::{ItemId, Joint, Kind};
use super::System;
use super::solve::Near;
use super::units::Units;

/// The ends of links at the walls of a group.
#[derive(Default, Clone)]
struct Ends {
    upper: Vec<ItemId>,
    lower: Vec<ItemId>,
}

impl System<'_> {
    /// Brings groups and the links that end at them to the middle of each other, where that costs nothing.
    pub(super) fn line_up(&self, near: &Near, x: &mut [i64]) {
        let ends = self.ends();
        let mut groups: Vec<u32> = (0..self.nest.len() as u32).filter(|&g| g != ROOT).collect();
        groups.retain(|&g| !(ends[g as usize].upper.is_empty() && ends[g as usize].lower.is_empty()));
        groups.sort_by_key(|&g| self.rows.top[g as usize]);
        if groups.is_empty() {
            return;
        }
        let mut units = Units::new(self, x, groups.len());
        for g in groups {
            let Ends { upper, lower } = &ends[g as usize];
            let middle = |x: &[i64]| (x[self.left(g) as usize] + x[self.right(g) as usize]) / 2;
            if let &[end] = upper.as_slice() {
                let by = x[end as usize] - middle(x);
                let [first, second] =
                    if by > 0 { [self.left(g), self.right(g)] } else { [self.right(g), self.left(g)] };
                let [first, second] = [first, second].map(|v| units.of(v));
                units.move_freely((self, near), first, by, second, x);
            }
            if let &[end] = lower.as_slice() {
                let (unit, by) = (units.of(end), middle(x) - x[end as usize]);
                units.move_freely((self, near), unit, by, unit, x);
            }
        }
    }

    /// The ends of links at groups' walls from without, by group.
    fn ends(&self) -> Vec<Ends> {
        let mut ends = vec![Ends::default(); self.nest.len()];
        for chain in &self.rows.chains {
            let n = chain.items.len();
            if n < 2 {
                continue;
            }
            for (item, joint) in [(chain.items[0], chain.joints[0]), (chain.items[n - 1], chain.joints[n - 2])] {
                let place = self.item(item);
                if let (Kind::Port(_), Joint::Channel(channel)) = (place.kind, joint) {
                    let of = &mut ends[place.region as usize];
                    let side = if channel.below == place.row { &mut of.upper } else { &mut of.lower };
                    side.push(item);
                }
            }
        }
        ends
    }
}
