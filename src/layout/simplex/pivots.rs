//! The pivots of the network simplex: a spanning tree of tight edges, one of which is exchanged for another while that makes the whole cheaper.

use super::super::adjacent::Adjacent;
use super::frontier::Frontier;
use super::tree::Tree;
use super::{Edge, NONE, incident};
use std::cmp::Reverse;

/// The spanning tree of tight edges and its cut values.
pub(super) struct Simplex<'a> {
    edges: &'a [Edge],
    at: Adjacent,
    x: &'a mut Vec<i64>,
    in_tree: Vec<bool>,
    tree: Tree,
    /// Tree edge to the parent, and distance from the root.
    up: Vec<u32>,
    depth: Vec<u32>,
    /// Tree edges in a fixed list, searched round robin, with their cut values; and where in it each edge is.
    members: Vec<u32>,
    cut: Vec<i64>,
    slot: Vec<u32>,
    /// Which of them are negative: one bit for each place in that list.
    negative: Vec<u64>,
    scan: usize,
    /// A subtree, outer nodes first, and for each node the last subtree that it was found in.
    reach: Vec<u32>,
    reached: Vec<u32>,
    round: u32,
}

impl<'a> Simplex<'a> {
    /// A tree of tight edges, for positions that keep all distances.
    pub(super) fn new(n: usize, edges: &'a [Edge], x: &'a mut Vec<i64>) -> Self {
        let mut s = Self {
            edges,
            at: incident(n, edges),
            x,
            in_tree: vec![false; edges.len()],
            tree: Tree::new(n, edges.len()),
            up: vec![NONE; n],
            depth: vec![0; n],
            members: Vec::with_capacity(n),
            cut: vec![0; n],
            negative: vec![0; n.div_ceil(64)],
            slot: vec![0; edges.len()],
            scan: 0,
            reach: Vec::with_capacity(n),
            reached: vec![0; n],
            round: 0,
        };
        s.tight_tree(n);
        s.hang(0, NONE, 0);
        s.cut_values();
        s
    }

    fn slack(&self, k: u32) -> i64 {
        let e = self.edges[k as usize];
        self.x[e.to as usize] - self.x[e.from as usize] - e.len()
    }

    /// Grows one tree over tight edges; where none is left, the tree moves as a whole until one is. Positions inside the tree are stored relative to
    /// `offset`, so that a move costs nothing, and the frontier sits in two heaps, one for each direction: O(E log E) in all.
    fn tight_tree(&mut self, n: usize) {
        let mut frontier = Frontier::new(n);
        let mut fresh = vec![0u32];
        loop {
            while let Some(v) = fresh.pop() {
                for j in 0..self.at.of(v).len() {
                    let k = self.at.of(v)[j];
                    let e = self.edges[k as usize];
                    let other = if e.from == v { e.to } else { e.from };
                    if frontier.inside[other as usize] {
                        continue;
                    }
                    let stored = self.slack(k);
                    let slack = if e.from == v { stored - frontier.offset } else { stored + frontier.offset };
                    if slack == 0 {
                        self.join(k, other, &mut frontier, &mut fresh);
                    } else if e.from == v {
                        frontier.outward.push(Reverse((stored, k)));
                    } else {
                        frontier.inward.push(Reverse((stored, k)));
                    }
                }
            }
            let Some((k, step)) = frontier.nearest(self.edges) else { break };
            frontier.offset += step;
            let e = self.edges[k as usize];
            let other = if frontier.inside[e.from as usize] { e.to } else { e.from };
            self.join(k, other, &mut frontier, &mut fresh);
        }
        self.x.iter_mut().for_each(|x| *x += frontier.offset);
    }

    fn join(&mut self, k: u32, v: u32, frontier: &mut Frontier, fresh: &mut Vec<u32>) {
        frontier.inside[v as usize] = true;
        self.x[v as usize] -= frontier.offset;
        self.in_tree[k as usize] = true;
        self.link(k);
        self.slot[k as usize] = self.members.len() as u32;
        self.members.push(k);
        fresh.push(v);
    }

    fn link(&mut self, k: u32) {
        let e = self.edges[k as usize];
        self.tree.add(e.from, 2 * k);
        self.tree.add(e.to, 2 * k + 1);
    }

    fn other(&self, k: u32, v: u32) -> u32 {
        let e = self.edges[k as usize];
        if e.from == v { e.to } else { e.from }
    }

    /// Hangs what is joined to `root` in the tree, but by the edge `up`, below it.
    fn hang(&mut self, root: u32, up: u32, depth: u32) {
        self.up[root as usize] = up;
        self.depth[root as usize] = depth;
        self.reach.clear();
        self.reach.push(root);
        let mut next = 0;
        while next < self.reach.len() {
            let v = self.reach[next];
            next += 1;
            for k in self.tree.of(v) {
                if k != self.up[v as usize] {
                    let child = self.other(k, v);
                    self.up[child as usize] = k;
                    self.depth[child as usize] = self.depth[v as usize] + 1;
                    self.reach.push(child);
                }
            }
        }
    }

    /// Cut values of all tree edges: the weights that lead over each from below, less those that lead over it from above. What leads out of a subtree is what
    /// leads out of its nodes, but for what ends in it again.
    fn cut_values(&mut self) {
        let mut out = vec![0i64; self.up.len()];
        for e in self.edges {
            out[e.from as usize] += e.weight();
            out[e.to as usize] -= e.weight();
        }
        for at in (1..self.reach.len()).rev() {
            let v = self.reach[at];
            let k = self.up[v as usize];
            let value = out[v as usize];
            let cut = if self.edges[k as usize].from == v { value } else { -value };
            self.set_cut(self.slot[k as usize] as usize, cut);
            out[self.other(k, v) as usize] += value;
        }
    }

    /// Exchanges edges until no other tree costs less, or so many times.
    pub(super) fn run(&mut self, budget: usize) {
        for _ in 0..budget {
            let Some(leaving) = self.leaving() else { return };
            let Some(entering) = self.entering(leaving) else { return };
            self.pivot(leaving, entering);
        }
    }

    /// Notes the cut value at a place in the list of tree edges.
    fn set_cut(&mut self, slot: usize, cut: i64) {
        self.cut[slot] = cut;
        let (word, bit) = (&mut self.negative[slot / 64], 1 << (slot % 64));
        *word = if cut < 0 { *word | bit } else { *word & !bit };
    }

    /// The first place in that list with a negative cut value from one place on and before another.
    fn negative(&self, from: usize, to: usize) -> Option<usize> {
        let mut word = from / 64;
        let mut bits = self.negative.get(word)? & (u64::MAX << (from % 64));
        while bits == 0 {
            word += 1;
            bits = *self.negative.get(word).filter(|_| 64 * word < to)?;
        }
        Some(64 * word + bits.trailing_zeros() as usize).filter(|&slot| slot < to)
    }

    /// The worst of the next few tree edges with a negative cut value.
    fn leaving(&mut self) -> Option<u32> {
        const LOOK: usize = 30;
        let (mut best, mut least, mut found) = (None, 0, 0);
        for (mut from, to) in [(self.scan, self.members.len()), (0, self.scan)] {
            while let Some(at) = self.negative(from, to) {
                if self.cut[at] < least {
                    (best, least) = (Some(self.members[at]), self.cut[at]);
                }
                found += 1;
                from = at + 1;
                if found == LOOK {
                    self.scan = if from < self.members.len() { from } else { 0 };
                    return best;
                }
            }
        }
        best
    }

    /// The tightest edge that leads back over the cut of `leaving`.
    fn entering(&mut self, leaving: u32) -> Option<u32> {
        let e = self.edges[leaving as usize];
        let tail_is_below = self.up[e.from as usize] == leaving;
        self.collect(if tail_is_below { e.from } else { e.to });
        let (mut best, mut least) = (None, i64::MAX);
        for &v in &self.reach {
            for &k in self.at.of(v) {
                let c = self.edges[k as usize];
                if self.in_tree[k as usize]
                    || (if tail_is_below { c.to } else { c.from }) != v
                    || self.reached[self.other(k, v) as usize] == self.round
                {
                    continue;
                }
                let slack = self.slack(k);
                if slack < least {
                    (best, least) = (Some(k), slack);
                }
            }
            if least == 0 {
                break;
            }
        }
        best
    }

    /// Gathers the nodes of the subtree below `root`.
    fn collect(&mut self, root: u32) {
        self.round += 1;
        self.reach.clear();
        self.reach.push(root);
        let mut next = 0;
        while next < self.reach.len() {
            let v = self.reach[next];
            next += 1;
            self.reached[v as usize] = self.round;
            for k in self.tree.of(v) {
                if k != self.up[v as usize] {
                    self.reach.push(self.other(k, v));
                }
            }
        }
    }

    /// Puts `entering` into the tree for `leaving`, whose subtree is the one collected last.
    fn pivot(&mut self, leaving: u32, entering: u32) {
        let f = self.edges[entering as usize];
        let tail_is_below = self.up[self.edges[leaving as usize].from as usize] == leaving;
        let delta = self.slack(entering);
        if delta > 0 {
            let step = if tail_is_below { -delta } else { delta };
            for &v in &self.reach {
                self.x[v as usize] += step;
            }
        }
        let slot = self.slot[leaving as usize] as usize;
        let value = self.cut[slot];
        self.update_paths(f, value);
        self.exchange(leaving, entering);
        self.set_cut(slot, -value);
        let (inside, outside) = if tail_is_below { (f.to, f.from) } else { (f.from, f.to) };
        self.hang(inside, entering, self.depth[outside as usize] + 1);
    }

    /// Adds `value` to the cut values on the way through the tree from one end of an edge to the other.
    fn update_paths(&mut self, f: Edge, value: i64) {
        let (mut v, mut w) = (f.from, f.to);
        while v != w {
            let forward = self.depth[v as usize] >= self.depth[w as usize];
            let end = if forward { &mut v } else { &mut w };
            let k = self.up[*end as usize];
            let e = self.edges[k as usize];
            let along = (e.from == *end) == forward;
            let slot = self.slot[k as usize] as usize;
            self.set_cut(slot, self.cut[slot] + if along { value } else { -value });
            *end = if e.from == *end { e.to } else { e.from };
        }
    }

    fn exchange(&mut self, leaving: u32, entering: u32) {
        let e = self.edges[leaving as usize];
        self.tree.remove(e.from, 2 * leaving);
        self.tree.remove(e.to, 2 * leaving + 1);
        self.link(entering);
        self.in_tree[leaving as usize] = false;
        self.in_tree[entering as usize] = true;
        let slot = self.slot[leaving as usize];
        self.members[slot as usize] = entering;
        self.slot[entering as usize] = slot;
    }
}
