//! The two ways to a solution: exactly, by network simplex, or by passes over all variables where there are too many.

use super::super::adjacent::Adjacent;
use super::super::simplex::{self, Edge};
use super::{Pull, System};

impl System<'_> {
    /// Solves with one helper variable for each pull.
    pub(super) fn exact(&self, x: Vec<i64>) -> Vec<i64> {
        let mut edges = Vec::with_capacity(self.edges.len() + 2 * self.pulls.len());
        edges.extend_from_slice(&self.edges);
        let mut start = x;
        start.reserve_exact(self.pulls.len() + 1);
        for p in &self.pulls {
            // helper <= a + offset and helper <= b: the price of both gaps is the offset between the ends.
            let helper = start.len() as u32;
            start.push((start[p.a as usize] + p.offset()).min(start[p.b as usize]));
            edges.push(Edge { from: helper, to: p.a, len: -p.offset, weight: p.weight });
            edges.push(Edge { from: helper, to: p.b, len: 0, weight: p.weight });
        }
        let budget = 40 * start.len() + 1000;
        let mut x = simplex::improve(edges, start, budget);
        x.truncate(self.n);
        x
    }

    /// Moves variables one by one to the weighted median of what pulls at them, in an `order` along the distances, from the far side first, so many `times`.
    /// Where one goes depends on its neighbours alone: after the first time only those are visited of which one has moved since.
    pub(super) fn passes(&self, near: &Near, order: &[u32], mut x: Vec<i64>, times: usize) -> Vec<i64> {
        let (mut at, mut due) = (Vec::new(), vec![true; self.n]);
        for pass in 0..times {
            let mut visit = |v: u32, x: &mut Vec<i64>| {
                if !std::mem::take(&mut due[v as usize]) {
                    return;
                }
                let Some(goal) = near.goal(v, x, self, &mut at) else { return };
                let (low, high) = near.bounds(v, x);
                let place = goal.clamp(low, high.max(low));
                if std::mem::replace(&mut x[v as usize], place) != place && times > 1 {
                    near.around(v).for_each(|other| due[other as usize] = true);
                }
            };
            if pass % 2 == 0 {
                order.iter().rev().for_each(|&v| visit(v, &mut x));
            } else {
                order.iter().for_each(|&v| visit(v, &mut x));
            }
        }
        x
    }
}

/// With more pulls than these a variable is no place to be in line with: of two that pull alike, the other one wins.
const CROWD: usize = 4;

/// A distance as one of its two variables sees it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bound {
    /// The other variable.
    pub(super) other: u32,
    /// The least distance: no drawing is as wide as 2^29 pixels.
    len: i32,
}

impl Bound {
    /// The least distance.
    pub(super) fn len(self) -> i64 {
        i64::from(self.len)
    }
}

/// Distances and pulls by variable: copies, one after the other as they are looked at.
pub(super) struct Near {
    before: Adjacent<Bound>,
    after: Adjacent<Bound>,
    pulls: Adjacent<Pull>,
}

impl Near {
    pub(super) fn new(system: &System) -> Self {
        let edges = &system.edges;
        let bound = |other, e: &Edge| Bound { other, len: e.len };
        Self {
            before: Adjacent::new(system.n, edges.iter().map(|e| (e.to, bound(e.from, e)))),
            after: Adjacent::new(system.n, edges.iter().map(|e| (e.from, bound(e.to, e)))),
            pulls: Adjacent::new(system.n, system.pulls.iter().flat_map(|p| [(p.a, *p), (p.b, *p)])),
        }
    }

    /// The distances to what is on the near side of a variable.
    pub(super) fn before(&self, v: u32) -> &[Bound] {
        self.before.of(v)
    }

    /// The distances to what is on the far side of a variable.
    pub(super) fn after(&self, v: u32) -> &[Bound] {
        self.after.of(v)
    }

    pub(super) fn pulls_of(&self, v: u32) -> &[Pull] {
        self.pulls.of(v)
    }

    /// The variables that a distance or a pull joins to this one.
    fn around(&self, v: u32) -> impl Iterator<Item = u32> + use<'_> {
        let bound = self.before(v).iter().chain(self.after(v)).map(|b| b.other);
        bound.chain(self.pulls_of(v).iter().map(move |p| if p.a == v { p.b } else { p.a }))
    }

    /// The least and the greatest coordinate that the distances of a variable allow.
    pub(super) fn bounds(&self, v: u32, x: &[i64]) -> (i64, i64) {
        let low = self.before(v).iter().map(|b| x[b.other as usize] + b.len()).fold(i64::MIN / 2, i64::max);
        let high = self.after(v).iter().map(|b| x[b.other as usize] - b.len()).fold(i64::MAX / 2, i64::min);
        (low, high)
    }

    /// The weighted median of what pulls at `v`; a left wall wants to go right, a right wall left.
    fn goal(&self, v: u32, x: &[i64], system: &System, at: &mut Vec<(i64, i64)>) -> Option<i64> {
        let items = system.rows.items.len() as u32;
        if v >= items {
            return Some(if (v - items).is_multiple_of(2) { i64::MAX / 2 } else { i64::MIN / 2 });
        }
        // Where a pull wants it, and the other variable of the pull.
        let wanted = |p: &Pull| {
            if p.a == v { (x[p.b as usize] - p.offset(), p.b) } else { (x[p.a as usize] + p.offset(), p.a) }
        };
        let pulls = self.pulls_of(v);
        if let [only] = pulls {
            return Some(wanted(only).0);
        }
        at.clear();
        at.extend(pulls.iter().map(|p| {
            let (place, other) = wanted(p);
            (place, 2 * p.weight() - i64::from(self.pulls_of(other).len() > CROWD))
        }));
        at.sort_unstable();
        let total: i64 = at.iter().map(|a| a.1).sum();
        let mut sum = 0;
        at.iter()
            .find(|a| {
                sum += a.1;
                2 * sum >= total
            })
            .map(|a| a.0)
    }
}
