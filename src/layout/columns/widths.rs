//! Widths of groups: those of a class have one, and so have the tiers of a zone.

use super::super::Member;
use super::super::nest::{ROOT, inner};
use super::super::simplex::{self, Edge};
use super::{Effort, System};

/// Groups that get one width.
#[derive(Clone)]
struct Class {
    groups: Vec<u32>,
    /// The width so far.
    width: i64,
}

impl System<'_> {
    /// The leftmost solution in which the groups of each class have one width; then the widths are fixed. With full effort the tiers of a zone, groups of
    /// several classes one below the other, become as wide as the widest of them where that makes no zone wider. `None` if the distances form a cycle.
    pub(super) fn equal_widths(&mut self, effort: Effort) -> Option<Vec<i64>> {
        let groups = |c: &Vec<Member>| -> Vec<u32> {
            c.iter().filter_map(|m| if let Member::Group(g) = m { Some(inner(*g)) } else { None }).collect()
        };
        let classes = self.graph.classes.iter().map(groups).filter(|c| c.len() > 1);
        let mut classes: Vec<Class> = classes.map(|groups| Class { groups, width: 0 }).collect();
        let mut x = self.even_out(&mut classes)?;
        if effort == Effort::Full && classes.len() > 1 {
            x = self.tiers(&mut classes, x)?;
        }
        for class in &classes {
            for &g in &class.groups {
                self.edges.push(Edge { from: self.right(g), to: self.left(g), len: -class.width, weight: 0 });
            }
        }
        Some(x)
    }

    /// Gives the groups of each class the width of the widest.
    fn even_out(&mut self, classes: &mut [Class]) -> Option<Vec<i64>> {
        loop {
            let x = simplex::longest_path(self.n, &self.edges)?;
            let mut changed = false;
            for Class { groups, width } in &mut *classes {
                let widest = groups.iter().map(|&g| self.width(g, &x)).max().unwrap_or(0);
                let uneven = groups.iter().any(|&g| self.width(g, &x) < widest);
                changed |= uneven;
                if uneven || widest > *width {
                    *width = widest;
                    self.at_least(groups, widest);
                }
            }
            if !changed {
                return Some(x);
            }
        }
    }

    /// Makes groups at least so wide.
    fn at_least(&mut self, groups: &[u32], width: i64) {
        for &g in groups {
            self.edges.push(Edge { from: self.left(g), to: self.right(g), len: width, weight: 0 });
        }
    }

    /// Makes each class as wide as the tiers above and below its groups; less where that makes a zone wider.
    fn tiers(&mut self, classes: &mut Vec<Class>, x: Vec<i64>) -> Option<Vec<i64>> {
        /// Tries at most: nearly always two are enough.
        const TRIES: usize = 8;
        let mut goals = self.goals(classes);
        let edges = self.edges.len();
        for _ in 0..TRIES {
            if goals.iter().all(Option::is_none) {
                break;
            }
            for (class, goal) in classes.iter().zip(&goals) {
                goal.iter().for_each(|&goal| self.at_least(&class.groups, goal));
            }
            let mut wide = classes.clone();
            let new = self.even_out(&mut wide)?;
            let growth = |g: u32| match self.nest.parent[g as usize] {
                ROOT => 0,
                zone => self.width(zone, &new) - self.width(zone, &x),
            };
            let too_much = |c: &Class| c.groups.iter().map(|&g| growth(g)).max().unwrap_or(0).max(0);
            let excess: Vec<i64> = classes.iter().map(too_much).collect();
            if excess.iter().zip(&goals).all(|(&excess, goal)| goal.is_none() || excess == 0) {
                *classes = wide;
                return Some(new);
            }
            for ((class, goal), excess) in classes.iter().zip(&mut goals).zip(excess) {
                *goal = goal.map(|goal| goal - excess).filter(|&goal| goal > class.width);
            }
            self.edges.truncate(edges);
        }
        Some(x)
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
    fn width(&self, g: u32, x: &[i64]) -> i64 {
        x[self.right(g) as usize] - x[self.left(g) as usize]
    }
}
