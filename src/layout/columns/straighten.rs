//! After the solution: jogs are taken out, where what has to move for it costs less than their corners.

use super::solve::Near;
use super::{SCALE, System};
use std::collections::{BTreeMap, BTreeSet};

/// What it may cost to take a jog out: the smaller it is, the more it looks like a mistake; a long one has no more corners than a short one.
fn worth(jog: i64) -> i64 {
    const SMALL: i64 = 8 * SCALE as i64;
    const LONG: i64 = 96 * SCALE as i64;
    (24 * jog.min(SMALL)).max(6 * jog.min(LONG))
}

/// What a wider drawing costs, for each unit of width.
const WIDER: i64 = 12;

/// How many units may be pushed aside for one jog.
const MOST: usize = 64;

/// What it costs, for each of its links, that the hub of a fan stands a unit off the middle.
const OFF_MIDDLE: i64 = 16;

impl System<'_> {
    /// Takes jogs out, the smallest first, those of labels last: what is on either side of a link's bend moves, and pushes aside what is in its way, if that costs less elsewhere
    /// than two corners are worth.
    pub(super) fn straighten(&self, near: &Near, x: &mut [i64]) {
        let mut jogs: Vec<(bool, i64, u32)> = (0..self.pulls.len() as u32)
            .filter(|&k| self.pulls[k as usize].hub.is_none())
            .map(|k| (self.at_label(k), self.jog(k, x).abs(), k))
            .filter(|j| j.1 > 0)
            .collect();
        jogs.sort_unstable();
        let mut units = Units::new(self, x);
        for (.., k) in jogs {
            let p = self.pulls[k as usize];
            let jog = self.jog(k, x);
            let (a, b) = (units.of[p.a as usize], units.of[p.b as usize]);
            if jog == 0 || a == b {
                continue;
            }
            // What pushes the other end before it leaves the jog as it is.
            let pushes = [(b, a, jog), (a, b, -jog)].map(|(unit, other, shift)| {
                units.push(self, near, unit, shift, x).filter(|p| p.moved.iter().all(|m| m.0 != other))
            });
            let Some(push) = pushes.into_iter().flatten().min_by_key(|p| p.price) else { continue };
            if push.price <= worth(jog.abs()) {
                units.apply(&push, x);
                units.merge(a, b);
            }
        }
        for fan in 0..units.fans.len() {
            let (hub, off) = (units.of[units.fans[fan].hub as usize], units.fans[fan].off_middle(|v| x[v as usize]));
            if off != 0
                && let Some(push) = units.push(self, near, hub, -off, x)
                && push.price <= 0
            {
                units.apply(&push, x);
            }
        }
    }

    /// Whether a pull ends at a label, which may as well stand beside its link.
    fn at_label(&self, pull: u32) -> bool {
        let p = self.pulls[pull as usize];
        [p.a, p.b].into_iter().any(|v| self.rows.items.get(v as usize).is_some_and(|i| i.label))
    }

    /// How far the ends of a pull are from being straight.
    fn jog(&self, pull: u32, x: &[i64]) -> i64 {
        let p = self.pulls[pull as usize];
        x[p.a as usize] + p.offset - x[p.b as usize]
    }

    /// Items joined by straight links.
    pub(super) fn blocks(&self, x: &[i64]) -> Vec<Vec<u32>> {
        let mut leader: Vec<u32> = (0..self.n as u32).collect();
        fn find(leader: &mut [u32], mut v: u32) -> u32 {
            while leader[v as usize] != v {
                leader[v as usize] = leader[leader[v as usize] as usize];
                v = leader[v as usize];
            }
            v
        }
        for p in &self.pulls {
            if p.hub.is_none() && x[p.a as usize] + p.offset == x[p.b as usize] {
                let (a, b) = (find(&mut leader, p.a), find(&mut leader, p.b));
                leader[a.max(b) as usize] = a.min(b);
            }
        }
        let mut blocks = vec![Vec::new(); self.n];
        for v in 0..self.rows.items.len() as u32 {
            if self.var[v as usize] == v {
                blocks[find(&mut leader, v) as usize].push(v);
            }
        }
        blocks.retain(|b| !b.is_empty());
        blocks
    }
}

/// What moves as one: items joined by straight links, and each wall alone.
pub(super) struct Units {
    members: Vec<Vec<u32>>,
    /// The unit of each variable.
    pub(super) of: Vec<u32>,
    /// How far each unit moves in the push that is tried.
    shift: Vec<i64>,
    /// The least and the greatest coordinate of all so far.
    ends: (i64, i64),
    fans: Vec<Fan>,
    /// Places of the fans that a variable is a part of.
    fans_of: BTreeMap<u32, Vec<u32>>,
}

/// The links from one member to several of one class.
struct Fan {
    hub: u32,
    /// The other ends, and where the hub stands straight with each, less where that stands.
    ends: Vec<(u32, i64)>,
}

impl Fan {
    /// How far the hub is from the middle, for coordinates `x`.
    fn off_middle(&self, x: impl Fn(u32) -> i64) -> i64 {
        let mut at: Vec<i64> = self.ends.iter().map(|&(v, offset)| x(v) + offset).collect();
        at.sort_unstable();
        let (low, high) = (at[(at.len() - 1) / 2], at[at.len() / 2]);
        x(self.hub) - (low + high) / 2
    }
}

/// The fans of a system, and the places in their list of those that a variable is a part of.
fn fans(system: &System) -> (Vec<Fan>, BTreeMap<u32, Vec<u32>>) {
    let mut ends: BTreeMap<u32, Vec<(u32, i64)>> = BTreeMap::new();
    for p in &system.pulls {
        if let Some(hub) = p.hub {
            let end = if p.a == hub { (p.b, -p.offset) } else { (p.a, p.offset) };
            ends.entry(hub).or_default().push(end);
        }
    }
    let fans: Vec<Fan> = ends.into_iter().filter(|e| e.1.len() > 1).map(|(hub, ends)| Fan { hub, ends }).collect();
    let mut of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (k, fan) in (0..).zip(&fans) {
        for v in fan.ends.iter().map(|e| e.0).chain([fan.hub]) {
            of.entry(v).or_default().push(k);
        }
    }
    (fans, of)
}

/// What has to move for one unit to move, and what that costs.
pub(super) struct Push {
    pub(super) price: i64,
    /// Units and how far they move.
    pub(super) moved: Vec<(u32, i64)>,
}

impl Units {
    pub(super) fn new(system: &System, x: &[i64]) -> Self {
        let mut members = system.blocks(x);
        let mut of = vec![u32::MAX; system.n];
        for (k, block) in members.iter().enumerate() {
            block.iter().for_each(|&v| of[v as usize] = k as u32);
        }
        for v in 0..system.n as u32 {
            if of[v as usize] == u32::MAX {
                of[v as usize] = members.len() as u32;
                members.push(vec![v]);
            }
        }
        let shift = vec![0; members.len()];
        let ends = (x.iter().copied().min().unwrap_or(0), x.iter().copied().max().unwrap_or(0));
        let (fans, fans_of) = fans(system);
        Self { members, of, shift, ends, fans, fans_of }
    }

    pub(super) fn apply(&mut self, push: &Push, x: &mut [i64]) {
        for &(unit, shift) in &push.moved {
            for &v in &self.members[unit as usize] {
                let at = &mut x[v as usize];
                *at += shift;
                self.ends = (self.ends.0.min(*at), self.ends.1.max(*at));
            }
        }
    }

    /// Makes `a` a part of `b`.
    fn merge(&mut self, a: u32, b: u32) {
        let moved = std::mem::take(&mut self.members[a as usize]);
        moved.iter().for_each(|&v| self.of[v as usize] = b);
        self.members[b as usize].extend(moved);
    }

    /// Moves `unit`, and all that is in its way as far as it has to. `None` if that is too much.
    pub(super) fn push(&mut self, system: &System, near: &Near, unit: u32, by: i64, x: &[i64]) -> Option<Push> {
        let mut moved = vec![unit];
        self.shift[unit as usize] = by;
        let mut todo = vec![unit];
        while let Some(unit) = todo.pop()
            && moved.len() <= MOST
        {
            let shift = self.shift[unit as usize];
            for &v in &self.members[unit as usize] {
                for &k in near.edges_of(v) {
                    let e = near.edges[k as usize];
                    let (other, lack) = match (e.from == v, by > 0) {
                        (true, true) => (e.to, e.len - (x[e.to as usize] - x[v as usize] - shift)),
                        (false, false) => (e.from, (x[v as usize] + shift - x[e.from as usize]) - e.len),
                        _ => continue,
                    };
                    let other = self.of[other as usize];
                    let own = self.shift[other as usize];
                    if (by > 0 && lack > own.max(0)) || (by < 0 && lack < own.min(0)) {
                        if own == 0 {
                            moved.push(other);
                        }
                        self.shift[other as usize] = lack;
                        todo.push(other);
                    }
                }
            }
        }
        let price = (moved.len() <= MOST).then(|| self.price(system, near, &moved, x));
        let moved: Vec<(u32, i64)> =
            moved.into_iter().map(|u| (u, std::mem::take(&mut self.shift[u as usize]))).collect();
        price.map(|price| Push { price, moved })
    }

    /// What the shifts of some units cost: longer links, wider groups, a wider drawing, hubs off the middle of their fans.
    fn price(&self, system: &System, near: &Near, moved: &[u32], x: &[i64]) -> i64 {
        let shift = |v: u32| self.shift[self.of[v as usize] as usize];
        let (mut pulls, mut edges, mut fans) = (BTreeSet::<u32>::new(), BTreeSet::<u32>::new(), BTreeSet::<u32>::new());
        for &v in moved.iter().flat_map(|&u| &self.members[u as usize]) {
            pulls.extend(near.pulls_of(v));
            edges.extend(near.edges_of(v));
            fans.extend(self.fans_of.get(&v).into_iter().flatten());
        }
        let (low, high) = self.ends;
        let at = moved.iter().flat_map(|&u| &self.members[u as usize]).map(|&v| x[v as usize] + shift(v));
        let (least, most) = at.fold((low, high), |(a, b), v| (a.min(v), b.max(v)));
        let grown = WIDER * (low - least + most - high);
        let longer = pulls.into_iter().map(|k| {
            let p = system.pulls[k as usize];
            let (jog, aside) = (system.jog(k, x), shift(p.a) - shift(p.b));
            p.weight * ((jog + aside).abs() - jog.abs())
        });
        let wider = edges.into_iter().map(|k| {
            let e = near.edges[k as usize];
            e.weight * (shift(e.to) - shift(e.from))
        });
        // The ends of a fan are free: they may be no more than passes of its links on their way.
        let fans = fans.into_iter().map(|k| &self.fans[k as usize]).filter(|fan| shift(fan.hub) != 0);
        let off_middle = fans.map(|fan| {
            let off = |x: &dyn Fn(u32) -> i64| fan.off_middle(x).abs();
            let before = off(&|v| x[v as usize]);
            OFF_MIDDLE * fan.ends.len() as i64 * (off(&|v| x[v as usize] + shift(v)) - before).max(0)
        });
        grown + longer.sum::<i64>() + wider.sum::<i64>() + off_middle.sum::<i64>()
    }
}
