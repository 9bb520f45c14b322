//! What moves as one after the solution, and what has to move with it.

use super::solve::Near;
use super::{EXACT, SCALE, System};
use std::collections::BTreeMap;

/// What a wider drawing costs, for each unit of width: most in one of `NARROW` pixels, where it is seen most, and in one that is too large to be seen at once.
const WIDER: std::ops::RangeInclusive<i64> = 4..=12;
const NARROW: i64 = 400;

/// What it costs, for each of its links, that the hub of a fan stands a unit off the middle.
const OFF_MIDDLE: i64 = 16;

/// How many variables may be looked at for one push; and the least of it where there are many pushes to try.
const PATIENCE: (usize, usize) = (400, 12);

/// So many pushes may look at as many variables as there is patience for; twice as many at a quarter of it.
pub(super) const MANY: usize = 1100;

/// With more pushes than these each may only look at the least.
pub(super) const HURRIED: usize = 6400;

/// No variable.
const NONE: u32 = u32::MAX;

/// Items joined by straight links move as one, every wall alone. A unit is named by one of its variables.
pub(super) struct Units {
    /// The unit of each variable.
    of: Vec<u32>,
    /// The members of each unit, as a list through `next`.
    members: Vec<Members>,
    /// The member of the same unit that comes after each variable.
    next: Vec<u32>,
    /// How far each unit moves in the push that is tried.
    shift: Vec<i64>,
    /// The units that move in it, and those whose neighbours are not looked at yet.
    moved: Vec<u32>,
    todo: Vec<u32>,
    /// How many variables each push may look at.
    patience: usize,
    /// The least and the greatest coordinate of all so far.
    ends: (i64, i64),
    /// What each unit of width costs.
    wider: i64,
    /// The links from one member to several of one class, by that member.
    fans: BTreeMap<u32, Fan>,
}

/// The ends of a list of variables, and their number.
#[derive(Debug, Clone, Copy)]
struct Members {
    first: u32,
    last: u32,
    count: u32,
}

/// The other ends of a fan, and where its hub stands straight with each, less where that stands.
type Fan = Vec<(u32, i64)>;

/// How far a hub at `own` is from the middle of its fan, for coordinates `x` of the ends.
fn off_middle(fan: &Fan, own: i64, x: impl Fn(u32) -> i64) -> i64 {
    let mut at: Vec<i64> = fan.iter().map(|&(v, offset)| x(v) + offset).collect();
    at.sort_unstable();
    own - (at[(at.len() - 1) / 2] + at[at.len() / 2]) / 2
}

/// What each unit of width costs in a drawing of so many variables and so many units.
fn wider(variables: usize, width: i64) -> i64 {
    let (least, most) = (*WIDER.start(), *WIDER.end());
    if variables > EXACT { most } else { (most * NARROW * SCALE as i64 / width.max(1)).clamp(least, most) }
}

/// The fans of a system, by hub.
fn fans(system: &System) -> BTreeMap<u32, Fan> {
    let mut fans: BTreeMap<u32, Fan> = BTreeMap::new();
    for p in &system.pulls {
        if let Some(hub) = p.hub {
            let end = if p.a == hub { (p.b, -p.offset()) } else { (p.a, p.offset()) };
            fans.entry(hub).or_default().push(end);
        }
    }
    fans.retain(|_, fan| fan.len() > 1);
    fans
}

/// What has to move for one unit to move, and what that costs.
pub(super) struct Push {
    pub(super) price: i64,
    /// Units and how far they move.
    moved: Vec<(u32, i64)>,
}

impl Push {
    /// How far a unit moves.
    pub(super) fn shift_of(&self, unit: u32) -> i64 {
        self.moved.iter().find(|m| m.0 == unit).map_or(0, |m| m.1)
    }
}

impl Units {
    /// For so many `pushes`.
    pub(super) fn new(system: &System, x: &[i64], pushes: usize) -> Self {
        let mut of = system.leaders(x);
        (0..).zip(&mut of).filter(|(_, of)| **of == NONE).for_each(|(v, of)| *of = v);
        let mut next = vec![NONE; system.n];
        let mut members = vec![Members { first: NONE, last: NONE, count: 0 }; system.n];
        for (v, &unit) in (0..).zip(&of) {
            let own = &mut members[unit as usize];
            if own.count == 0 {
                own.first = v;
            } else {
                next[own.last as usize] = v;
            }
            own.last = v;
            own.count += 1;
        }
        let ends = (x.iter().copied().min().unwrap_or(0), x.iter().copied().max().unwrap_or(0));
        Self {
            of,
            members,
            next,
            shift: vec![0; system.n],
            moved: Vec::new(),
            todo: Vec::new(),
            patience: (PATIENCE.0 * MANY * MANY / pushes.max(1).pow(2)).clamp(PATIENCE.1, PATIENCE.0),
            ends,
            wider: wider(system.n, ends.1 - ends.0),
            fans: fans(system),
        }
    }

    /// The unit of a variable.
    pub(super) fn of(&self, v: u32) -> u32 {
        self.of[v as usize]
    }

    /// The variables of a unit.
    fn members(&self, unit: u32) -> impl Iterator<Item = u32> + use<'_> {
        let first = Some(self.members[unit as usize].first).filter(|&v| v != NONE);
        std::iter::successors(first, |&v| Some(self.next[v as usize]).filter(|&v| v != NONE))
    }

    /// The hubs of fans.
    pub(super) fn hubs(&self) -> Vec<u32> {
        self.fans.keys().copied().collect()
    }

    /// How far a hub is from the middle of its fan.
    pub(super) fn off_middle(&self, hub: u32, x: &[i64]) -> i64 {
        self.fans.get(&hub).map_or(0, |fan| off_middle(fan, x[hub as usize], |v| x[v as usize]))
    }

    /// Moves what has to move.
    pub(super) fn apply(&mut self, push: &Push, x: &mut [i64]) {
        for &(unit, shift) in &push.moved {
            let mut v = self.members[unit as usize].first;
            while v != NONE {
                let at = &mut x[v as usize];
                *at += shift;
                self.ends = (self.ends.0.min(*at), self.ends.1.max(*at));
                v = self.next[v as usize];
            }
        }
    }

    /// Makes two units one.
    pub(super) fn merge(&mut self, a: u32, b: u32) {
        let [of_a, of_b] = [a, b].map(|unit| self.members[unit as usize]);
        let (small, large) = if of_a.count > of_b.count { (b, a) } else { (a, b) };
        let mut v = self.members[small as usize].first;
        while v != NONE {
            self.of[v as usize] = large;
            v = self.next[v as usize];
        }
        self.next[of_b.last as usize] = of_a.first;
        self.members[large as usize] = Members { first: of_b.first, last: of_a.last, count: of_a.count + of_b.count };
    }

    /// What has to move for `unit` to move: all that is in its way, as far as it has to. `None` if that is too much, or if `still` is among it.
    pub(super) fn push(
        &mut self,
        system: &System,
        near: &Near,
        unit: u32,
        by: i64,
        still: Option<u32>,
        x: &[i64],
    ) -> Option<Push> {
        self.moved.clear();
        self.moved.push(unit);
        self.shift[unit as usize] = by;
        let price = self.clear_way(near, unit, by, still, x).then(|| self.price(system, near, x));
        let push = price.map(|price| {
            let moved = self.moved.iter().map(|&unit| (unit, self.shift[unit as usize])).collect();
            Push { price, moved }
        });
        for &unit in &self.moved {
            self.shift[unit as usize] = 0;
        }
        push
    }

    /// Shifts what is in the way of `unit`, and whether it all may move.
    fn clear_way(&mut self, near: &Near, unit: u32, by: i64, still: Option<u32>, x: &[i64]) -> bool {
        self.todo.clear();
        self.todo.push(unit);
        let mut looked_at = 0;
        while let Some(unit) = self.todo.pop() {
            let shift = self.shift[unit as usize];
            let Members { first: mut v, count, .. } = self.members[unit as usize];
            looked_at += count as usize;
            if looked_at > self.patience {
                return false;
            }
            while v != NONE {
                let own = x[v as usize] + shift;
                for bound in if by > 0 { near.after(v) } else { near.before(v) } {
                    let lack = own + by.signum() * bound.len() - x[bound.other as usize];
                    if lack * by.signum() <= 0 {
                        continue;
                    }
                    let other = self.of[bound.other as usize];
                    let before = &mut self.shift[other as usize];
                    if lack.abs() > before.abs() {
                        if Some(other) == still {
                            return false;
                        }
                        if *before == 0 {
                            self.moved.push(other);
                        }
                        *before = lack;
                        self.todo.push(other);
                    }
                }
                v = self.next[v as usize];
            }
        }
        true
    }

    /// What the shifts of some units cost: longer links, wider groups, a wider drawing, hubs off the middle of their fans.
    fn price(&self, system: &System, near: &Near, x: &[i64]) -> i64 {
        let shift = |v: u32| self.shift[self.of[v as usize] as usize];
        let walls = system.left(0);
        let (mut low, mut high) = self.ends;
        let mut price = 0;
        for v in self.moved.iter().flat_map(|&unit| self.members(unit)) {
            let at = x[v as usize] + shift(v);
            (low, high) = (low.min(at), high.max(at));
            // A pull counts once: where it starts, or where it ends if that alone moves.
            for p in near.pulls_of(v).iter().filter(|p| p.a == v || shift(p.a) == 0) {
                let (jog, aside) = (system.jog(p, x), shift(p.a) - shift(p.b));
                price += p.weight() * ((jog + aside).abs() - jog.abs());
            }
            if v >= walls {
                price += if (v - walls).is_multiple_of(2) { -shift(v) } else { shift(v) };
            }
            // The ends of a fan are free: they may be no more than passes of its links on their way.
            if let Some(fan) = self.fans.get(&v) {
                let before = off_middle(fan, x[v as usize], |v| x[v as usize]).abs();
                let after = off_middle(fan, at, |v| x[v as usize] + shift(v)).abs();
                price += OFF_MIDDLE * fan.len() as i64 * (after - before).max(0);
            }
        }
        price + self.wider * (self.ends.0 - low + high - self.ends.1)
    }
}
