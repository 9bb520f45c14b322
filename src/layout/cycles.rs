//! Cycles: which links run against the flow, so that all others can run along it.

use super::adjacent::Adjacent;
use super::simplex::Edge;
use std::collections::{BTreeMap, BTreeSet};

/// An order of the variables that all hard edges follow and most soft ones (each from, to and a number that does not matter here): within each strongly
/// connected component sinks last, sources first, the largest surplus of outgoing links next (Eades, Lin, Smyth 1993), among those that the hard edges allow.
/// Where a cycle is entered from outside it starts, unless more links would run backwards or more layers
/// be needed then. O((n + links) log n).
pub(super) fn linear_order(n: usize, hard: &[Edge], soft: &[(u32, u32, usize)]) -> Vec<u32> {
    let arcs: Vec<(u32, u32, bool)> =
        (hard.iter().map(|e| (e.from, e.to, true))).chain(soft.iter().map(|&(a, b, _)| (a, b, false))).collect();
    let mut cycles = Cycles::new(n, &arcs);
    // Components come numbered against the arcs: the last one found is first in the order.
    let components = cycles.component.iter().max().map_or(0, |&c| c + 1);
    let by_component = Adjacent::new(components as usize, cycles.component.iter().copied().zip(0..));
    let (mut place, mut next) = (vec![0; n], 0);
    let mut put = |v: u32| {
        place[v as usize] = next;
        next += 1;
    };
    for members in (0..components).rev().map(|c| by_component.of(c)) {
        match *members {
            [alone] => put(alone),
            _ => cycles.order(members).into_iter().for_each(&mut put),
        }
    }
    place
}

/// Rank among those that may come next: those that none is waited for first, then by surplus, then those that the cycle is entered at, then by number.
type Key = (bool, i64, bool, u32);

/// What the search for an order knows of each variable; arcs are those within one component.
struct Cycles {
    component: Vec<u32>,
    /// Where arcs lead from each variable, and whether they are hard.
    out: Vec<Vec<(u32, bool)>>,
    /// Hard arcs from variables that are not in the order yet.
    blocked: Vec<u32>,
    /// Soft ones.
    pending: Vec<u32>,
    /// Soft arcs out less those in.
    surplus: Vec<i64>,
    /// Whether no soft arc comes from another component.
    inner: Vec<bool>,
}

impl Cycles {
    fn new(n: usize, arcs: &[(u32, u32, bool)]) -> Self {
        let mut c = Self {
            component: components(n, arcs),
            out: vec![Vec::new(); n],
            blocked: vec![0; n],
            pending: vec![0; n],
            surplus: vec![0; n],
            inner: vec![true; n],
        };
        for &(a, b, is_hard) in arcs {
            if c.component[a as usize] != c.component[b as usize] {
                c.inner[b as usize] &= is_hard;
            } else if a != b {
                c.out[a as usize].push((b, is_hard));
                if is_hard {
                    c.blocked[b as usize] += 1;
                } else {
                    c.pending[b as usize] += 1;
                    c.surplus[a as usize] += 1;
                    c.surplus[b as usize] -= 1;
                }
            }
        }
        c
    }

    fn key(&self, v: u32) -> Key {
        let at = v as usize;
        (self.pending[at] > 0, -self.surplus[at], self.inner[at], v)
    }

    /// An order of the members of a component.
    fn order(&mut self, members: &[u32]) -> Vec<u32> {
        let entry = members.iter().copied().filter(|&v| !self.inner[v as usize] && self.blocked[v as usize] == 0);
        let Some(entry) = entry.min_by_key(|&v| self.key(v)).filter(|_| members.len() > 1) else {
            return self.greedy(members, None).0;
        };
        let counts = members.iter().map(|&v| v as usize).map(|v| (self.blocked[v], self.pending[v], self.surplus[v]));
        let counts: Vec<_> = counts.collect();
        let (free, backwards) = self.greedy(members, None);
        for (&v, count) in members.iter().zip(counts) {
            let v = v as usize;
            (self.blocked[v], self.pending[v], self.surplus[v]) = count;
        }
        let (entered, too) = self.greedy(members, Some(entry));
        if (too, self.layers(&entered)) <= (backwards, self.layers(&free)) { entered } else { free }
    }

    /// How many layers the members of a component have, if they stand in this order.
    fn layers(&self, order: &[u32]) -> u32 {
        let place: BTreeMap<u32, usize> = order.iter().enumerate().map(|(k, &v)| (v, k)).collect();
        let mut layer = vec![0; order.len()];
        for (k, &v) in order.iter().enumerate() {
            for (w, is_hard) in &self.out[v as usize] {
                if let Some(&to) = place.get(w).filter(|&&to| to > k) {
                    layer[to] = layer[to].max(layer[k] + u32::from(!is_hard));
                }
            }
        }
        layer.into_iter().max().unwrap_or(0)
    }

    /// The members one after the other, the best one next, and how many soft arcs run backwards then.
    fn greedy(&mut self, members: &[u32], first: Option<u32>) -> (Vec<u32>, u32) {
        let (mut order, mut backwards) = (Vec::with_capacity(members.len()), 0);
        let mut ready: BTreeSet<Key> =
            members.iter().filter(|&&v| self.blocked[v as usize] == 0).map(|&v| self.key(v)).collect();
        let mut forced = first.map(|v| self.key(v));
        while let Some(key) = forced.take().or_else(|| ready.first().copied()) {
            ready.remove(&key);
            let v = key.3;
            order.push(v);
            backwards += self.pending[v as usize];
            self.blocked[v as usize] = u32::MAX;
            for k in 0..self.out[v as usize].len() {
                let (w, is_hard) = self.out[v as usize][k];
                let at = w as usize;
                if self.blocked[at] == u32::MAX {
                    continue;
                }
                let listed = self.blocked[at] == 0 && ready.remove(&self.key(w));
                if is_hard {
                    self.blocked[at] -= 1;
                } else {
                    self.pending[at] -= 1;
                    self.surplus[at] += 1;
                }
                if listed || self.blocked[at] == 0 {
                    ready.insert(self.key(w));
                }
            }
        }
        (order, backwards)
    }
}

/// Strongly connected components (Tarjan 1972, with its own stack): the number of each node's component; arcs lead from higher to lower numbers.
fn components(n: usize, arcs: &[(u32, u32, bool)]) -> Vec<u32> {
    const UNSEEN: u32 = u32::MAX;
    let out = Adjacent::new(n, arcs.iter().map(|a| (a.0, a.1)));
    let (mut index, mut low, mut component) = (vec![UNSEEN; n], vec![0; n], vec![UNSEEN; n]);
    let (mut open, mut stack) = (Vec::new(), Vec::new());
    let (mut clock, mut found) = (0, 0);
    for root in 0..n as u32 {
        if index[root as usize] != UNSEEN {
            continue;
        }
        stack.push((root, 0));
        while let Some(top) = stack.last_mut() {
            let v = top.0 as usize;
            if index[v] == UNSEEN {
                index[v] = clock;
                low[v] = clock;
                clock += 1;
                open.push(top.0);
            }
            if let Some(&w) = out.of(top.0).get(top.1) {
                let w = w as usize;
                top.1 += 1;
                if index[w] == UNSEEN {
                    stack.push((w as u32, 0));
                } else if component[w] == UNSEEN {
                    low[v] = low[v].min(index[w]);
                }
                continue;
            }
            stack.pop();
            if let Some(up) = stack.last() {
                low[up.0 as usize] = low[up.0 as usize].min(low[v]);
            }
            if low[v] == index[v] {
                while let Some(w) = open.pop() {
                    component[w as usize] = found;
                    if w as usize == v {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}
