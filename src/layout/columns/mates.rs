//! In the end: boxes without links stand in line with others of their group, and copies of one at one place of theirs.

use super::super::nest::{ROOT, class_boxes};
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
        let mut in_line = vec![false; self.graph.boxes.len()];
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
                    in_line[b as usize] = true;
                }
            }
        }
        for class in &self.graph.classes {
            let copies: Vec<u32> = class_boxes(class).collect();
            let is_free = |&b: &u32| {
                let alone = self.nest.border[b as usize].is_none() && near.pulls_of(b).is_empty();
                alone && self.nest.home[b as usize] != ROOT
            };
            if copies.len() > 1 && copies.iter().all(is_free) {
                self.stand_alike(&copies, &in_line, near, x);
            }
        }
    }

    /// Moves copies to the same distance from the left walls of their groups, if these are of one width and leave room: to that of one that is `in_line` if
    /// all have room there, or else to about the mean of what they have.
    fn stand_alike(&self, copies: &[u32], in_line: &[bool], near: &Near, x: &mut [i64]) {
        let home = |b: u32| self.nest.home[b as usize];
        if copies.iter().any(|&b| self.width(home(b), x) != self.width(home(copies[0]), x)) {
            return;
        }
        let lefts: Vec<i64> = copies.iter().map(|&b| x[self.left(home(b)) as usize]).collect();
        let (mut low, mut high) = (i64::MIN, i64::MAX);
        for (&b, left) in copies.iter().zip(&lefts) {
            let bounds = near.bounds(b, x);
            (low, high) = (low.max(bounds.0 - left), high.min(bounds.1 - left));
        }
        if low > high {
            return;
        }
        let places = copies.iter().zip(&lefts).map(|(&b, left)| x[b as usize] - left);
        let lined = copies
            .iter()
            .zip(places.clone())
            .filter(|(b, place)| in_line[**b as usize] && (low..=high).contains(place));
        let mean = places.sum::<i64>() / copies.len() as i64;
        let place = lined.map(|(_, place)| place).next().unwrap_or(mean.clamp(low, high));
        copies.iter().zip(lefts).for_each(|(&b, left)| x[b as usize] = left + place);
    }
}
