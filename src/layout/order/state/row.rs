//! One row: the tree of its groups and items.

use super::super::super::rows::ItemId;

/// A group or an item in one row.
#[derive(Debug, Clone)]
pub(in crate::layout::order) struct Node {
    pub(in crate::layout::order) parent: u32,
    /// The group, or `NONE` for an item.
    pub(in crate::layout::order) group: u32,
    /// The item of a leaf.
    pub(in crate::layout::order) item: ItemId,
    /// First and last token of it in its row: items, and the opening and closing of groups, are numbered from left to right.
    pub(in crate::layout::order) low: i32,
    /// See `low`.
    pub(in crate::layout::order) high: i32,
    /// Where its members start among those of the row, and how many they are.
    pub(super) first: u32,
    pub(super) count: u32,
    /// Of a group whether something crosses its walls between this row and the next.
    pub(in crate::layout::order) walls_crossed: bool,
}

/// One row: the tree of its groups and items.
#[derive(Debug, Default)]
pub(in crate::layout::order) struct Row {
    pub(in crate::layout::order) nodes: Vec<Node>,
    /// Members of all nodes, each node's from left to right.
    pub(super) members: Vec<u32>,
    /// The node of each token.
    pub(in crate::layout::order) tokens: Vec<u32>,
}

impl Row {
    /// Members of a node, left to right.
    pub(in crate::layout::order) fn members(&self, v: u32) -> &[u32] {
        let node = &self.nodes[v as usize];
        &self.members[node.first as usize..(node.first + node.count) as usize]
    }

    /// Members of a node, to be put into another order.
    pub(in crate::layout::order) fn members_mut(&mut self, v: u32) -> &mut [u32] {
        let node = &self.nodes[v as usize];
        &mut self.members[node.first as usize..(node.first + node.count) as usize]
    }

    /// The tokens from one to another, and the nodes that they are of: of a group both its first and its last.
    pub(in crate::layout::order) fn tokens(&self, low: i32, high: i32) -> impl Iterator<Item = (i32, u32)> {
        (low..).zip(self.tokens[low as usize..=high as usize].iter().copied())
    }

    /// Number of nodes.
    pub(in crate::layout::order) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes, in no order.
    pub(in crate::layout::order) fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}

impl std::ops::Index<usize> for Row {
    type Output = Node;

    fn index(&self, v: usize) -> &Node {
        &self.nodes[v]
    }
}
