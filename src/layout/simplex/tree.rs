//! The edges of a tree at each of its nodes, while they are exchanged.

use super::NONE;

/// The edges of a spanning tree at each node, as lists to which an edge is added and from which it is taken in no time. Each edge `k` has two ends, `2 * k` at
/// the node that it leads from and `2 * k + 1` at the one that it leads to.
pub(super) struct Tree {
    /// By node the first and the last end in its list.
    list: Vec<(u32, u32)>,
    /// By end those before and after it.
    beside: Vec<(u32, u32)>,
}

impl Tree {
    /// Without edges.
    pub(super) fn new(nodes: usize, edges: usize) -> Self {
        Self { list: vec![(NONE, NONE); nodes], beside: vec![(NONE, NONE); 2 * edges] }
    }

    /// Adds the end of an edge to the list of a node, as the last one.
    pub(super) fn add(&mut self, v: u32, end: u32) {
        let (first, last) = &mut self.list[v as usize];
        self.beside[end as usize] = (*last, NONE);
        match *last {
            NONE => *first = end,
            last => self.beside[last as usize].1 = end,
        }
        *last = end;
    }

    /// Takes it out.
    pub(super) fn remove(&mut self, v: u32, end: u32) {
        let (before, after) = self.beside[end as usize];
        let (first, last) = &mut self.list[v as usize];
        match before {
            NONE => *first = after,
            before => self.beside[before as usize].1 = after,
        }
        match after {
            NONE => *last = before,
            after => self.beside[after as usize].0 = before,
        }
    }

    /// The edges at a node, in the order in which they came.
    pub(super) fn of(&self, v: u32) -> impl Iterator<Item = u32> + use<'_> {
        let some = |end: u32| Some(end).filter(|&end| end != NONE);
        std::iter::successors(some(self.list[v as usize].0), move |&end| some(self.beside[end as usize].1))
            .map(|end| end / 2)
    }
}
