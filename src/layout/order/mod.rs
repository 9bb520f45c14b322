//! The order of items within rows: few crossings, groups together, sibling groups on the same side of each other in all rows that they share.
//!
//! Barycentre sweeps (Sugiyama, Tagawa, Toda 1981) on the tree of groups of each row; a group that reaches on from the row before keeps its side
//! (Forster 2002). Crossings are counted with a Fenwick tree (Barth, Mutzel, Junger 2004); the walls of groups count as heavy links, so a link through a
//! foreign group is dear. Then neighbours are exchanged, and boxes and whole long links taken out and put back at their best places, while that helps.
//! What is left of a fixed budget of work goes into disturbing the order and mending it again (iterated local search); its dice depend on nothing but
//! the graph.

mod exchange;
mod insert;
mod search;
mod state;
mod sweep;

use super::Side;
use super::nest::Nest;
use super::rows::{ItemId, Rows};
use state::State;

/// Work (links looked at) that may be spent on a better order, at most; what small drawings get grows with the power 3/2 of their items.
const WORK: u64 = 3_000_000;

/// Orders all rows. `level` are boxes of one row that are linked: others are kept out from between them.
pub(super) fn order(nest: &Nest, rows: &mut Rows, level: &[(ItemId, ItemId)]) {
    let mut state = State::new(nest, rows, level);
    state.place_all();
    let items = rows.items.len() as f64;
    let budget = WORK.min((5000.0 * items) as u64);
    search::search(&mut state, budget);
    rows.rows = state.leaves();
    sides(nest, rows);
}

/// Boxes astride a side wall stand first or last in their group.
fn sides(nest: &Nest, rows: &mut Rows) {
    for (b, side) in nest.border.iter().enumerate() {
        let Some(side @ (Side::Left | Side::Right)) = side else { continue };
        let row = &mut rows.rows[rows.items[b].row as usize];
        let inside = |i: &ItemId| nest.holds(nest.home[b], rows.items[*i as usize].region);
        let Some(at) = row.iter().position(|&i| i as usize == b) else { continue };
        let (Some(first), Some(last)) = (row.iter().position(inside), row.iter().rposition(inside)) else { continue };
        let item = row.remove(at);
        row.insert(if *side == Side::Left { first } else { last }, item);
    }
}
