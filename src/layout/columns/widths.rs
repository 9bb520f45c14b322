//! Widths of groups: those of a class have one, and so have the tiers of a zone.

use super::super::Member;
use super::super::nest::{ROOT, inner};
use super::super::simplex::{Edge, Forward};
use super::{EXACT, Effort, SCALE, System};

/// What a wider drawing costs, for each unit of width: most in one of `NARROW` pixels, where it is seen most.
const WIDER: std::ops::RangeInclusive<i64> = 4..=12;
const NARROW: i64 = 400;

/// What it costs in a drawing that is too large to be solved exactly, let alone seen at once.
const WIDER_STILL: i64 = 16;

/// Groups that get one width.
#[derive(Clone)]
struct Class {
    groups: Vec<u32>,
    /// The width so far.
    width: i64,
}

/// A width as a distance.
fn distance(width: i64) -> i32 {
    width.try_into().unwrap_or(i32::MAX)
}

impl System<'_> {
    /// The leftmost solution in which the groups of each class have one width, after an order in which all distances lead forward; then the widths are fixed.
    /// With full effort the tiers of a zone, groups of several classes one below the other, become as wide as the widest of them where that makes no zone
    /// wider. `None` if the distances form a cycle.
    pub(super) fn equal_widths(&mut self, effort: Effort) -> Option<(Vec<u32>, Vec<i64>)> {
        let groups = |c: &Vec<Member>| -> Vec<u32> {
            c.iter().filter_map(|m| if let Member::Group(g) = m { Some(inner(*g)) } else { None }).collect()
        };
        let classes = self.graph.classes.iter().map(groups).filter(|c| c.len() > 1);
        let mut classes: Vec<Class> = classes.map(|groups| Class { groups, width: 0 }).collect();
        let (forward, mut x) = Forward::new(self.n, &self.edges)?;
        self.even_out(&forward, &mut classes, &mut x);
        if effort == Effort::Full && classes.len() > 1 {
            x = self.tiers(&forward, &mut classes, x);
        }
        let sized = || classes.iter().flat_map(|c| c.groups.iter().map(|&g| (g, distance(c.width))));
        let (left, right) = (|g| self.left(g), |g| self.right(g));
        let edges = sized().map(|(g, width)| Edge { from: left(g), to: right(g), len: width, weight: 0 });
        let edges: Vec<Edge> = edges
            .chain(sized().map(|(g, width)| Edge { from: right(g), to: left(g), len: -width, weight: 0 }))
            .collect();
        self.edges.extend(edges);
        Some((forward.order, x))
    }

    /// Gives the groups of each class the width of the widest, and at least the one that the class has.
    fn even_out(&self, forward: &Forward, classes: &mut [Class], x: &mut [i64]) {
        let mut least = vec![0; self.nest.len()];
        let walls = self.left(ROOT);
        for Class { groups, width } in &*classes {
            groups.iter().for_each(|&g| least[g as usize] = distance(*width));
        }
        loop {
            let mut changed = false;
            for Class { groups, width } in &mut *classes {
                *width = groups.iter().map(|&g| self.width(g, x)).max().unwrap_or(0).max(*width);
                for &g in groups.iter().filter(|&&g| self.width(g, x) < *width) {
                    changed = true;
                    least[g as usize] = distance(*width);
                }
            }
            if !changed {
                return;
            }
            forward.raise(x, |v| {
                let wall = v.checked_sub(walls).filter(|wall| wall.is_multiple_of(2))?;
                Some((v + 1, least[wall as usize / 2])).filter(|least| least.1 > 0)
            });
        }
    }

    /// Makes each class as wide as the tiers above and below its groups; less where that makes a zone wider.
    fn tiers(&self, forward: &Forward, classes: &mut Vec<Class>, x: Vec<i64>) -> Vec<i64> {
        /// Tries at most: nearly always two are enough.
        const TRIES: usize = 8;
        let mut goals = self.goals(classes);
        for _ in 0..TRIES {
            if goals.iter().all(Option::is_none) {
                break;
            }
            let (mut wide, mut new) = (classes.clone(), x.clone());
            wide.iter_mut().zip(&goals).for_each(|(class, goal)| class.width = goal.unwrap_or(class.width));
            self.even_out(forward, &mut wide, &mut new);
            let growth = |g: u32| match self.nest.parent[g as usize] {
                ROOT => 0,
                zone => self.width(zone, &new) - self.width(zone, &x),
            };
            let too_much = |c: &Class| c.groups.iter().map(|&g| growth(g)).max().unwrap_or(0).max(0);
            let excess: Vec<i64> = classes.iter().map(too_much).collect();
            if excess.iter().zip(&goals).all(|(&excess, goal)| goal.is_none() || excess == 0) {
                *classes = wide;
                return new;
            }
            for ((class, goal), excess) in classes.iter().zip(&mut goals).zip(excess) {
                *goal = goal.map(|goal| goal - excess).filter(|&goal| goal > class.width);
            }
        }
        x
    }

    /// The width of the widest tier beside the groups of each class, in the zone where that is least; none where they have it already.
    fn goals(&self, classes: &[Class]) -> Vec<Option<i64>> {
        let mut widest = vec![0; self.nest.len()];
        let zone = |g: u32| self.nest.parent[g as usize];
        for Class { groups, width } in classes {
            for &g in groups.iter().filter(|&&g| zone(g) != ROOT) {
                widest[zone(g) as usize] = (*width).max(widest[zone(g) as usize]);
            }
        }
        let goal = |c: &Class| c.groups.iter().map(|&g| widest[zone(g) as usize]).min().filter(|&goal| goal > c.width);
        classes.iter().map(goal).collect()
    }

    /// Width of a group.
    pub(super) fn width(&self, g: u32, x: &[i64]) -> i64 {
        x[self.right(g) as usize] - x[self.left(g) as usize]
    }
}

/// What each unit of width costs in a drawing of so many units: least in one that was too tall for its page.
pub(super) fn wider(system: &System, width: i64) -> i64 {
    let (least, most) = (*WIDER.start(), *WIDER.end());
    match system.rows.between_parts.is_empty() {
        _ if system.n > EXACT => WIDER_STILL,
        true => (most * NARROW * SCALE as i64 / width.max(1)).clamp(least, most),
        false => least,
    }
}
