//! In the end: boxes without links stand in line with others of their group.

use super::System;
use super::solve::Near;

/// Larger groups are no place where anyone sees who stands in line.
const MOST: usize = 64;

impl System<'_> {
    /// Moves each box without links over or under the nearest member of its group that it can be in line with. O(boxes x 64).
    pub(super) fn stand_in_line(&self, near: &Near, x: &mut [i64]) {
        let mut members = vec![Vec::new(); self.nest.len()];
        let inside = (0u32..).zip(&self.nest.border).filter(|(_, border)| border.is_none());
        inside.for_each(|(b, _)| members[self.nest.home[b as usize] as usize].push(b));
        for own in members.iter().filter(|own| (2..=MOST).contains(&own.len())) {
            for &b in own.iter().filter(|&&b| near.pulls_of(b).is_empty()) {
                let (low, high) = near.bounds(b, x);
                let row = |b: u32| self.item(b).row;
                let nearest = own
                    .iter()
                    .filter(|&&mate| row(mate) != row(b) && (low..=high).contains(&x[mate as usize]))
                    .min_by_key(|&&mate| (row(mate).abs_diff(row(b)), (x[mate as usize] - x[b as usize]).abs(), mate));
                if let Some(&mate) = nearest {
                    x[b as usize] = x[mate as usize];
                }
            }
        }
    }
}
