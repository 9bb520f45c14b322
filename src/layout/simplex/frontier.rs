//! The edge of a growing tree.

use super::Edge;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Where a growing tree ends: edges with one end inside, by slack.
pub(super) struct Frontier {
    /// Whether each node is in the tree.
    pub(super) inside: Vec<bool>,
    /// How far the tree has moved.
    pub(super) offset: i64,
    /// Edges that lead out of it, with their slack before it moved.
    pub(super) outward: BinaryHeap<Reverse<(i64, u32)>>,
    /// Edges that lead into it.
    pub(super) inward: BinaryHeap<Reverse<(i64, u32)>>,
}

impl Frontier {
    /// Of a tree of the first one of so many nodes, whose edges are not known yet.
    pub(super) fn new(nodes: usize) -> Self {
        let mut inside = vec![false; nodes];
        inside[0] = true;
        Self { inside, offset: 0, outward: BinaryHeap::new(), inward: BinaryHeap::new() }
    }

    /// The edge that becomes tight first, and by how much the tree must move for it.
    pub(super) fn nearest(&mut self, edges: &[Edge]) -> Option<(u32, i64)> {
        for heap in [&mut self.outward, &mut self.inward] {
            while let Some(&Reverse((_, k))) = heap.peek() {
                let e = edges[k as usize];
                if !(self.inside[e.from as usize] && self.inside[e.to as usize]) {
                    break;
                }
                heap.pop();
            }
        }
        let out = self.outward.peek().map(|&Reverse((slack, k))| (k, slack - self.offset));
        let into = self.inward.peek().map(|&Reverse((slack, k))| (k, -(slack + self.offset)));
        match (out, into) {
            (Some(a), Some(b)) => Some(if a.1 <= -b.1 { a } else { b }),
            (a, b) => a.or(b),
        }
    }
}
