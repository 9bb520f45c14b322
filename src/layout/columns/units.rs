//! What moves as one after the solution, and what has to move with it.

use super::super::adjacent::Adjacent;
use super::System;
use super::solve::Near;
use std::collections::BTreeMap;

/// What a wider drawing costs, for each unit of width.
const WIDER: i64 = 12;

/// What it costs, for each of its links, that the hub of a fan stands a unit off the middle.
const OFF_MIDDLE: i64 = 16;

/// How many variables may be pushed at once.
const MOST: usize = 400;

/// Items joined by straight links move as one, every wall alone. A unit is named by one of its variables.
pub(super) struct Units {
    /// The unit of each variable.
    of: Vec<u32>,
    first: Adjacent,
    /// Units that have been joined to others, or others to them.
    joined: BTreeMap<u32, Vec<u32>>,
    /// How far each unit moves in the push that is tried.
    shift: Vec<i64>,
    /// The least and the greatest coordinate of all so far.
    ends: (i64, i64),
    /// The links from one member to several of one class, by that member.
    fans: BTreeMap<u32, Fan>,
}

/// The other ends of a fan, and where its hub stands straight with each, less where that stands.
type Fan = Vec<(u32, i64)>;

/// How far a hub at `own` is from the middle of its fan, for coordinates `x` of the ends.
fn off_middle(fan: &Fan, own: i64, x: impl Fn(u32) -> i64) -> i64 {
    let mut at: Vec<i64> = fan.iter().map(|&(v, offset)| x(v) + offset).collect();
    at.sort_unstable();
    own - (at[(at.len() - 1) / 2] + at[at.len() / 2]) / 2
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
    pub(super) fn new(system: &System, x: &[i64]) -> Self {
        let mut of = system.leaders(x);
        (0..).zip(&mut of).filter(|(_, of)| **of == u32::MAX).for_each(|(v, of)| *of = v);
        let first = Adjacent::new(system.n, (0..).zip(&of).map(|(v, &unit)| (unit, v)));
        let ends = (x.iter().copied().min().unwrap_or(0), x.iter().copied().max().unwrap_or(0));
        Self { of, first, joined: BTreeMap::new(), shift: vec![0; system.n], ends, fans: fans(system) }
    }

    /// The unit of a variable.
    pub(super) fn of(&self, v: u32) -> u32 {
        self.of[v as usize]
    }

    /// The variables of a unit.
    fn members(&self, unit: u32) -> &[u32] {
        self.joined.get(&unit).map_or(self.first.of(unit), Vec::as_slice)
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
            for &v in self.joined.get(&unit).map_or(self.first.of(unit), Vec::as_slice) {
                let at = &mut x[v as usize];
                *at += shift;
                self.ends = (self.ends.0.min(*at), self.ends.1.max(*at));
            }
        }
    }

    /// Makes `a` a part of `b`.
    pub(super) fn merge(&mut self, a: u32, b: u32) {
        let both = [self.members(b), self.members(a)].concat();
        for &v in &both[self.members(b).len()..] {
            self.of[v as usize] = b;
        }
        self.joined.insert(a, Vec::new());
        self.joined.insert(b, both);
    }

    /// What has to move for `unit` to move: all that is in its way, as far as it has to. `None` if that is too much.
    pub(super) fn push(&mut self, system: &System, near: &Near, unit: u32, by: i64, x: &[i64]) -> Option<Push> {
        let mut moved = vec![unit];
        self.shift[unit as usize] = by;
        let mut todo = vec![unit];
        let mut looked_at = 0;
        while let Some(unit) = todo.pop()
            && looked_at <= MOST
        {
            let shift = self.shift[unit as usize];
            let members = self.joined.get(&unit).map_or(self.first.of(unit), Vec::as_slice);
            looked_at += members.len();
            for &v in members {
                for bound in near.bounds_of(v).iter().filter(|b| b.after == (by > 0)) {
                    let (own, other) = (x[v as usize] + shift, x[bound.other as usize]);
                    let lack = if by > 0 { own + bound.len - other } else { own - bound.len - other };
                    let other = self.of[bound.other as usize];
                    let before = &mut self.shift[other as usize];
                    if lack.signum() == by.signum() && lack.abs() > before.abs() {
                        if *before == 0 {
                            moved.push(other);
                        }
                        *before = lack;
                        todo.push(other);
                    }
                }
            }
        }
        let price = (looked_at <= MOST).then(|| self.price(system, near, &moved, x));
        let shifts = moved.into_iter().map(|u| (u, std::mem::take(&mut self.shift[u as usize])));
        let moved: Vec<(u32, i64)> = shifts.collect();
        price.map(|price| Push { price, moved })
    }

    /// What the shifts of some units cost: longer links, wider groups, a wider drawing, hubs off the middle of their fans.
    fn price(&self, system: &System, near: &Near, moved: &[u32], x: &[i64]) -> i64 {
        let shift = |v: u32| self.shift[self.of[v as usize] as usize];
        let walls = system.left(0);
        let (mut low, mut high) = self.ends;
        let mut price = 0;
        for &v in moved.iter().flat_map(|&unit| self.members(unit)) {
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
        price + WIDER * (self.ends.0 - low + high - self.ends.1)
    }
}
