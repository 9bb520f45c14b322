//! Links between copies: they tell a relation, not a flow.

use super::super::nest::{NONE, Nest, inner};
use super::super::{Graph, Member};

/// Which links join two copies of one class, directly or from inside them: they tell a relation, not a flow.
pub(super) struct ClassPairs<'a> {
    nest: &'a Nest,
    box_class: Vec<u32>,
    group_class: Vec<u32>,
}

impl<'a> ClassPairs<'a> {
    /// The class of every box and every group.
    pub(super) fn new(graph: &Graph, nest: &'a Nest) -> Self {
        let mut pairs = Self { nest, box_class: vec![NONE; graph.boxes.len()], group_class: vec![NONE; nest.len()] };
        for (c, class) in graph.classes.iter().enumerate() {
            for m in class {
                match *m {
                    Member::Box(b) => pairs.box_class[b.at()] = c as u32,
                    Member::Group(g) => pairs.group_class[inner(g) as usize] = c as u32,
                }
            }
        }
        pairs
    }

    /// Whether a link between these two is one of them.
    pub(super) fn level(&self, a: Member, b: Member) -> bool {
        if let (Member::Box(x), Member::Box(y)) = (a, b)
            && self.box_class[x.at()] != NONE
            && self.box_class[x.at()] == self.box_class[y.at()]
        {
            return true;
        }
        let (x, y) = (self.nest.innermost(a), self.nest.innermost(b));
        let top = self.nest.common(x, y);
        // Only groups below the common one count: copies have copies around them.
        let classes = |g: u32| {
            let below = std::iter::successors(Some(g), |&g| Some(self.nest.parent[g as usize]));
            below.take_while(|&g| g != top).map(|g| self.group_class[g as usize]).filter(|&c| c != NONE)
        };
        classes(x).any(|c| classes(y).any(|d| c == d))
    }
}
