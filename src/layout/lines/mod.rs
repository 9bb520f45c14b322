//! Lines: the coordinate along the flow of every row, track and wall, by stacking from the first row to the last.

mod channel;
mod extents;
mod heights;
mod needs;

pub(super) use heights::heights;

use super::columns::Columns;
use super::nest::Nest;
use super::orient::Strip;
use super::rows::Rows;
use super::tracks::{Heights, Slot, Tracks};
use super::{Graph, Spacing};
use needs::Needs;
use std::collections::BTreeMap;

/// Positions along the flow, in pixels.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// Line of each row.
    pub(super) row: Vec<f64>,
    /// Upper wall of each group.
    pub(super) top: Vec<f64>,
    /// Lower wall of each group.
    pub(super) bottom: Vec<f64>,
    /// Tracks of each slot.
    pub(super) tracks: BTreeMap<Slot, Vec<f64>>,
}

/// How much room groups keep above and below for the outlines around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutlineRoom {
    /// As much as keeps the boxes of other rows out of them.
    FromBoxes,
    /// As much as they take, so that they meet nothing at all.
    OfTheirOwn,
}

/// What is stacked, and how far that has come.
struct Stack<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    rows: &'a Rows,
    tracks: &'a Tracks,
    spacing: &'a Spacing,
    heights: &'a Heights,
    strip: Strip,
    needs: Needs,
    out: Lines,
    /// Room above and below each group for the outlines around it.
    outlines: Vec<(f64, f64)>,
    outline_room: OutlineRoom,
    /// How far each row reaches up from its line.
    up: Vec<f64>,
    /// How far each row reaches down from its line.
    down: Vec<f64>,
    /// Which rows hold boxes.
    boxes: Vec<bool>,
}

/// Stacks everything.
#[expect(clippy::too_many_arguments, reason = "stacking reads all that was found before it")]
pub(super) fn lines(
    graph: &Graph,
    nest: &Nest,
    rows: &Rows,
    columns: &Columns,
    tracks: &Tracks,
    heights: &Heights,
    spacing: &Spacing,
    strip: Strip,
    outline_room: OutlineRoom,
) -> Lines {
    let needs = if strip.is_left() { Needs::new(nest, rows, columns) } else { Needs::default() };
    let n = rows.rows.len();
    let out = Lines {
        row: vec![0.0; n],
        top: vec![0.0; nest.len()],
        bottom: vec![0.0; nest.len()],
        tracks: tracks.slots.keys().map(|s| (*s, Vec::new())).collect(),
    };
    let mut stack = Stack {
        graph,
        nest,
        rows,
        tracks,
        spacing,
        heights,
        strip,
        needs,
        out,
        outlines: vec![(0.0, 0.0); nest.len()],
        outline_room,
        up: vec![0.0; n],
        down: vec![0.0; n],
        boxes: vec![false; n],
    };
    stack.extents();
    let mut y = 0.0;
    for channel in 0..=n {
        y = stack.channel(channel, y);
    }
    stack.out
}
