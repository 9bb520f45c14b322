//! What is taken out of the order and put back as one.

use super::super::rows::ItemId;
use super::state::State;

/// What is put back as one: one node in each of some consecutive rows.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// First row, and its nodes from there on.
    pub(super) first: usize,
    pub(super) nodes: Nodes,
    pub(super) kind: Kind,
    /// When it was last put back.
    pub(super) seen: u64,
}

/// The nodes of a block: nearly always one.
#[derive(Debug, Clone)]
pub(super) enum Nodes {
    /// In one row.
    One([u32; 1]),
    /// In several.
    Many(Vec<u32>),
}

impl Nodes {
    /// From the first row on.
    fn new(mut nodes: impl Iterator<Item = u32>) -> Self {
        match (nodes.next(), nodes.next()) {
            (Some(node), None) => Self::One([node]),
            (first, second) => Self::Many(first.into_iter().chain(second).chain(nodes).collect()),
        }
    }
}

impl std::ops::Deref for Nodes {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        match self {
            Self::One(node) => node,
            Self::Many(nodes) => nodes,
        }
    }
}

impl Block {
    /// Its items; no item for each row of a group.
    pub(super) fn items(&self, state: &State) -> impl Iterator<Item = ItemId> {
        (self.first..).zip(&*self.nodes).map(|(row, &node)| state.rows[row][node as usize].item)
    }

    /// The group that its node stands in, row by row.
    pub(super) fn parents(&self, state: &State) -> impl Iterator<Item = u32> {
        (self.first..).zip(&*self.nodes).map(|(row, &node)| {
            let row = &state.rows[row];
            row[row[node as usize].parent as usize].group
        })
    }

    /// Whether it is a group that keeps its place among its siblings.
    pub(super) fn is_held(&self, state: &State) -> bool {
        self.kind == Kind::Group && state.is_held(state.rows[self.first][self.nodes[0] as usize].group)
    }

    /// Whether anything crosses it, or stands between level boxes: if not, nothing is saved by putting it elsewhere.
    pub(super) fn is_crossed(&self, state: &State) -> bool {
        (self.first..).zip(&*self.nodes).any(|(row, &node)| {
            let node = &state.rows[row][node as usize];
            state.is_node_crossed(node) || state.is_level_end_or_between(row, node)
        })
    }
}

/// What a block is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A box, or the passes of a long link.
    Items,
    /// A group in all its rows.
    Group,
}

/// The blocks of an order: runs of passes of one link, every other linked item by itself, and every group.
pub(super) fn blocks(state: &State) -> Vec<Block> {
    let next = |i: ItemId| match *state.below.of(i) {
        [j] if state.pass[i as usize] && state.pass[j as usize] && state.above.of(j).len() == 1 => Some(j),
        _ => None,
    };
    let follows = |i: ItemId| matches!(*state.above.of(i), [j] if next(j) == Some(i));
    let linked = |i: ItemId| !state.above.of(i).is_empty() || !state.below.of(i).is_empty();
    let mut out = Vec::new();
    for &g in &state.nest.outer_first[1..] {
        let first = state.top[g as usize] as usize;
        out.push(Block { first, nodes: Nodes::new(state.nodes_of(g).iter().copied()), kind: Kind::Group, seen: 0 });
    }
    for i in (0..state.at.len() as ItemId).filter(|&i| linked(i) && !follows(i)) {
        let nodes = Nodes::new(std::iter::successors(Some(i), |&i| next(i)).map(|i| state.leaf_of[i as usize]));
        out.push(Block { first: state.row_of[i as usize] as usize, nodes, kind: Kind::Items, seen: 0 });
    }
    out
}
