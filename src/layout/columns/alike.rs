//! After the solution: copies stand at one place of their groups, so that zones side by side look alike.

use super::super::Member;
use super::super::nest::{ROOT, class_boxes};
use super::System;
use super::solve::Near;
use super::straighten::worth;
use super::units::{Field, Push, Units};

/// That copies stand alike is worth as much as so many jogs taken out.
const ALIKE: i64 = 4;

impl System<'_> {
    /// Moves copies, with all that is straight with them, as far from the left walls of their groups as others of their class, if these groups are of one
    /// width, and what has to move for it costs no more than that is worth.
    pub(super) fn look_alike(&self, near: &Near, x: &mut [i64]) {
        let pairs: Vec<[u32; 2]> = self.graph.classes.iter().flat_map(|class| self.copies(class, x)).collect();
        if pairs.is_empty() {
            return;
        }
        let mut units = Units::new(self, x, pairs.len());
        for pair in pairs {
            let walls = pair.map(|b| self.left(self.nest.home[b as usize]));
            let place = |k: usize| x[pair[k] as usize] - x[walls[k] as usize];
            let by = place(1) - place(0);
            let own = pair.map(|b| units.of(b));
            if by == 0 || own[0] == own[1] {
                continue;
            }
            let field = Field { system: self, near, x };
            let pushes = [(0, by), (1, -by)]
                .map(|(k, by)| units.push(&field, own[k], by, Some(own[1 - k]), ALIKE * worth(by.abs())));
            let stay = |push: &Push| walls.iter().all(|&wall| push.shift_of(units.of(wall)) == 0);
            if let Some(push) = pushes.into_iter().flatten().filter(stay).min_by_key(|push| push.price) {
                units.apply(&push, x);
                units.merge(own[0], own[1]);
            }
        }
    }

    /// Boxes of one class, each with the next one, that stand in groups of one width.
    fn copies(&self, class: &[Member], x: &[i64]) -> Vec<[u32; 2]> {
        let home = |b: u32| self.nest.home[b as usize];
        let stands = |&b: &u32| self.nest.border[b as usize].is_none() && home(b) != ROOT;
        let boxes: Vec<u32> = class_boxes(class).filter(stands).collect();
        let alike = |a: u32, b: u32| home(a) != home(b) && self.width(home(a), x) == self.width(home(b), x);
        boxes.windows(2).filter(|pair| alike(pair[0], pair[1])).map(|pair| [pair[0], pair[1]]).collect()
    }
}
