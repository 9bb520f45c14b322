//! The order in the making: how it is kept.

mod build;
mod cost;
mod held;
mod moves;
mod row;

pub(super) use cost::{Edge, Prices, inversions};
pub(super) use row::{Node, Row};

use super::super::Side;
use super::super::adjacent::Adjacent;
use super::super::nest::{NONE, Nest};
use super::super::rows::ItemId;
use moves::Change;
use std::ops::Range;

/// An order of all rows.
pub(super) struct State<'a> {
    pub(super) nest: &'a Nest,
    pub(super) top: &'a [u32],
    pub(super) bottom: &'a [u32],
    /// Per row, its nodes; node 0 is the root.
    pub(super) rows: Vec<Row>,
    /// Nodes of the groups in each of their rows, and by group where its own start.
    pub(super) nodes: Vec<u32>,
    /// See `nodes`.
    pub(super) nodes_from: Vec<usize>,
    /// Node of each item in its row.
    pub(super) leaf_of: Vec<u32>,
    pub(super) row_of: Vec<u32>,
    /// Token of each item.
    pub(super) at: Vec<i32>,
    /// Neighbours in the row above.
    pub(super) above: Adjacent,
    /// Neighbours in the row below.
    pub(super) below: Adjacent,
    /// Whether an item is a box or a label, by item.
    solid: Vec<bool>,
    /// Whether an item is a link on its way through a row.
    pub(super) pass: Vec<bool>,
    /// Pairs of linked boxes that stand in one row, by row.
    pub(super) level: Vec<Vec<(ItemId, ItemId)>>,
    /// By row, from which token to which linked pairs reach, and when that was seen.
    spans: Vec<(u64, Vec<(i32, i32)>)>,
    /// What is avoided beside crossings.
    pub(super) prices: Prices,
    /// What every order costs at least.
    pub(super) least: u64,
    /// By group, what every order costs at least by the walls that links cross which do not stay within one of its members.
    pub(super) floor: Vec<u64>,
    /// When each row was last changed.
    pub(super) changed: Vec<u64>,
    /// Counts changes.
    pub(super) clock: u64,
    /// What each row cost, with the crossings above it, and when that was counted.
    counted: Vec<(u64, u64)>,
    /// By group, its place among those of its siblings that keep their order; `NONE` for one that may change it.
    held: Vec<u32>,
    /// By group, the one of those that is or holds it; `NONE` if there is none.
    held_around: Vec<u32>,
    /// By item, whether something crosses its links to the row above, and to the row below; for which group that was seen, and when, by row.
    pub(super) crossed: Vec<[bool; 2]>,
    pub(super) crossed_at: Vec<(u32, u64)>,
    /// By group, whether something crosses its walls, or links of what is in it.
    pub(super) group_crossed: Vec<bool>,
    /// Links looked at so far.
    pub(super) work: u64,
    /// Changes, to be taken back; only while `recording`.
    log: Vec<Change>,
    recording: bool,
    /// Room to count in: links and walls, the same after a move, and a tree over their ends.
    pub(super) scratch: Vec<Edge>,
    /// See `scratch`.
    pub(super) moved: Vec<Edge>,
    /// See `scratch`.
    pub(super) tree: Vec<u64>,
    pub(super) ends: Vec<(i32, i32, u32, u32)>,
    /// Room to sort members in.
    pub(super) keyed: Vec<(f64, u32)>,
    stack: Vec<(u32, u32)>,
}

impl State<'_> {
    /// The place of a node among the members of its parent.
    pub(super) fn index(&self, r: usize, node: u32) -> usize {
        let row = &self.rows[r];
        let own = &row[node as usize];
        row.members(own.parent).partition_point(|&m| row[m as usize].low < own.low)
    }

    /// Whether neither the rows of a group nor those beside them have changed since then.
    pub(super) fn is_still(&self, group: u32, since: u64) -> bool {
        let (top, bottom) = (self.top[group as usize] as usize, self.bottom[group as usize] as usize);
        self.changed[top.saturating_sub(1)..(bottom + 2).min(self.rows.len())].iter().all(|&at| at <= since)
    }

    fn leaves_of(&self, r: usize) -> Vec<ItemId> {
        let row = &self.rows[r];
        row.tokens.iter().map(|&v| row[v as usize].item).filter(|&i| i != NONE).collect()
    }

    /// The items of every row, left to right.
    pub(super) fn leaves(&self) -> Vec<Vec<ItemId>> {
        (0..self.rows.len()).map(|r| self.leaves_of(r)).collect()
    }

    /// Where what is kept of a group for each of its rows stands among that of all.
    pub(super) fn own_nodes(&self, group: u32) -> Range<usize> {
        self.nodes_from[group as usize]..self.nodes_from[group as usize + 1]
    }

    /// The node of a group in each of its rows.
    pub(super) fn nodes_of(&self, group: u32) -> &[u32] {
        &self.nodes[self.own_nodes(group)]
    }

    /// The members of a group, row by row.
    pub(super) fn members_of(&self, group: u32) -> Vec<u32> {
        let rows = &self.rows[self.top[group as usize] as usize..];
        let members = rows.iter().zip(self.nodes_of(group)).map(|(row, &v)| row.members(v));
        let mut out = Vec::with_capacity(members.clone().map(<[u32]>::len).sum());
        members.for_each(|members| out.extend_from_slice(members));
        out
    }

    /// Whether the members of a group stand in this order.
    pub(super) fn stand_like(&self, group: u32, mut members: &[u32]) -> bool {
        let rows = &self.rows[self.top[group as usize] as usize..];
        rows.iter().zip(self.nodes_of(group)).all(|(row, &v)| {
            let own;
            (own, members) = members.split_at(row.members(v).len());
            row.members(v) == own
        })
    }

    /// The node of a member in a row: of a group its own there, of an item the item.
    pub(super) fn node_at(&self, node: u32, group: u32, r: usize) -> u32 {
        if group == NONE {
            node
        } else {
            self.nodes[self.nodes_from[group as usize] + r - self.top[group as usize] as usize]
        }
    }

    /// Which end of its group a node has to stand at: boxes astride a side wall do.
    pub(super) fn wall(&self, node: &Node) -> Option<Side> {
        let side = *self.nest.border.get(node.item as usize)?;
        side.filter(|side| matches!(side, Side::Left | Side::Right))
    }

    /// Whether a group stands in a row.
    pub(super) fn stands(&self, group: u32, r: usize) -> bool {
        (self.top[group as usize] as usize..=self.bottom[group as usize] as usize).contains(&r)
    }
}
