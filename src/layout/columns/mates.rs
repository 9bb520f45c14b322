//! In the end: boxes without links stand in line with others of their group, and copies of one that nothing is in line with at one place in theirs.

use super::super::Member;
use super::super::nest::ROOT;
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
        let mut stays = vec![false; self.graph.boxes.len()];
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
                    stays[b as usize] = true;
                }
            }
        }
        for class in &self.graph.classes {
            let copies = class.iter().filter_map(|m| if let Member::Box(b) = m { Some(b.0) } else { None });
            let copies: Vec<u32> = copies.collect();
            let is_free = |&b: &u32| {
                let alone = self.nest.border[b as usize].is_none() && near.pulls_of(b).is_empty();
                alone && !stays[b as usize] && self.nest.home[b as usize] != ROOT
            };
            if copies.len() > 1 && copies.iter().all(is_free) {
                self.stand_alike(&copies, near, x);
            }
        }
    }

    /// Moves copies to the same distance from the left walls of their groups, about the mean of what they have, if these are of one width and leave room.
    fn stand_alike(&self, copies: &[u32], near: &Near, x: &mut [i64]) {
        let walls = |b: u32| {
            let g = self.nest.home[b as usize];
            [self.left(g), self.right(g)].map(|wall| x[wall as usize])
        };
        let width = |b: u32| walls(b)[1] - walls(b)[0];
        if copies.iter().any(|&b| width(b) != width(copies[0])) {
            return;
        }
        let (mut low, mut high, mut sum) = (i64::MIN, i64::MAX, 0);
        for &b in copies {
            let (left, bounds) = (walls(b)[0], near.bounds(b, x));
            (low, high) = (low.max(bounds.0 - left), high.min(bounds.1 - left));
            sum += x[b as usize] - left;
        }
        if low <= high {
            let place = (sum / copies.len() as i64).clamp(low, high);
            let lefts: Vec<i64> = copies.iter().map(|&b| walls(b)[0]).collect();
            copies.iter().zip(lefts).for_each(|(&b, left)| x[b as usize] = left + place);
        }
    }
}
