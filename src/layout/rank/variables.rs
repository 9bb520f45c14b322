//! The variables of the layers: one a box, two a group, merged by classes and borders.

use super::super::nest::{Nest, inner};
use super::super::{Graph, Member, Side};
use super::Ranks;

/// The variables: those of the boxes, then the first and the last layer of each group.
pub(super) struct Variables {
    boxes: usize,
    /// For each variable the one that stands for all those that it is merged with.
    pub(super) leader: Vec<u32>,
}

impl Variables {
    /// The variables of a graph: members of a class share theirs, boxes astride upper and lower walls have those of the walls.
    pub(super) fn new(graph: &Graph, nest: &Nest) -> Self {
        let n = graph.boxes.len() + 2 * nest.len();
        let mut v = Self { boxes: graph.boxes.len(), leader: (0..n as u32).collect() };
        for class in &graph.classes {
            for pair in class.windows(2) {
                v.merge(v.first(pair[0]), v.first(pair[1]));
                v.merge(v.last(pair[0]), v.last(pair[1]));
            }
        }
        for (b, side) in nest.border.iter().enumerate() {
            match side {
                Some(Side::Top) => v.merge(b as u32, v.top(nest.home[b])),
                Some(Side::Bottom) => v.merge(b as u32, v.bottom(nest.home[b])),
                _ => {}
            }
        }
        for i in 0..n as u32 {
            v.leader[i as usize] = v.find(i);
        }
        v
    }

    /// The first layer of a group of the nest.
    pub(super) fn top(&self, g: u32) -> u32 {
        self.boxes as u32 + 2 * g
    }

    /// Its last layer.
    pub(super) fn bottom(&self, g: u32) -> u32 {
        self.top(g) + 1
    }

    /// The first layer of a member.
    pub(super) fn first(&self, m: Member) -> u32 {
        match m {
            Member::Box(b) => b.0,
            Member::Group(g) => self.top(inner(g)),
        }
    }

    /// Its last layer: for a box, its only one.
    pub(super) fn last(&self, m: Member) -> u32 {
        match m {
            Member::Box(b) => b.0,
            Member::Group(g) => self.bottom(inner(g)),
        }
    }

    fn find(&self, mut v: u32) -> u32 {
        while self.leader[v as usize] != v {
            v = self.leader[v as usize];
        }
        v
    }

    fn merge(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.leader[a.max(b) as usize] = a.min(b);
    }

    /// What a solution says: rows not yet compressed.
    pub(super) fn ranks(&self, graph: &Graph, nest: &Nest, x: &[i64], (above, below): (Vec<bool>, Vec<bool>)) -> Ranks {
        let at = |v: u32| x[self.leader[v as usize] as usize] as u32;
        Ranks {
            of_box: (0..graph.boxes.len() as u32).map(at).collect(),
            top: (0..nest.len() as u32).map(|g| at(self.top(g))).collect(),
            bottom: (0..nest.len() as u32).map(|g| at(self.bottom(g))).collect(),
            astride_top: above,
            astride_bottom: below,
            count: 0,
            parts: None,
        }
    }
}
