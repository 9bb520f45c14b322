//! The order of items within rows: few crossings, groups together, sibling groups on the same side of each other in all rows that they share.
//!
//! Barycentre sweeps (Sugiyama, Tagawa, Toda 1981) on the tree of groups of each row; a group that reaches on from the row before keeps its side
//! (Forster 2002). Crossings are counted with a Fenwick tree (Barth, Mutzel, Junger 2004); the walls of groups count as heavy links, so a link through a
//! foreign group is dear. Then neighbours are exchanged, and boxes, whole long links and whole groups taken out and put back at their best places, while
//! that helps. What is left of a budget of work goes into starting anew, and into disturbing the order and mending it again (iterated local search).
//!
//! An edit in one group should change no order in another. So rows that only labels of others have made are left out while the order is sought; each group is
//! searched by itself, with dice that depend on nothing but its place among the groups and with its own budget, by what its own order costs: crossings of
//! links that end in it, which moves elsewhere do not change as long as its links keep their sides; and where one order is as good as another, the file's
//! stays. Groups that few links tie keep an order that is found from these links alone, see [`hold`]: what is linked to one of them would follow it if it changed
//! sides. In the end sibling groups are brought into one order in all rows.

mod agree;
mod block;
mod contract;
mod crossed;
mod exchange;
mod follow;
mod gauge;
mod hold;
mod insert;
mod restore;
mod scope;
mod search;
mod state;
mod sweep;

use super::columns::Columns;
use super::nest::Nest;
use super::rows::{Chain, Item, ItemId, Joint, Lane, Rows};
use super::{Graph, Side};
pub(super) use follow::columns_like;
use state::{Prices, State};

/// Work (links looked at) that may be spent on a better order, at most.
const WORK: u64 = 1_500_000;

/// Drawings of fewer items than this are small.
const SMALL: usize = 400;

/// In drawings of more items than this a local optimum is good enough, and rows that differ little from others are like those wherever they can.
const MANY: usize = 2_500;

/// Rows of the same graph that have their order already, and where their items stood; some came later and have no column.
pub(super) struct Before<'a> {
    pub(super) rows: &'a Rows,
    pub(super) columns: &'a Columns,
}

/// Orders all rows. `level` are boxes of one row that are linked: others are kept out from between them. Rows that differ little from others `before` them
/// start from the order of those and take a quarter of the work, or none in large drawings.
pub(super) fn order(
    (graph, nest): (&Graph, &Nest),
    rows: &mut Rows,
    level: &[(ItemId, ItemId)],
    before: Option<&Before>,
) {
    // In large drawings only crossings count: what stands between level boxes takes too long to see.
    let level = if rows.items.len() < SMALL { level } else { &[] };
    sides(nest, rows);
    let contracted = contract::contract(rows);
    let mut state = State::new(nest, &contracted.rows, &contracted.joined, level, Prices::SOFT);
    state.place_all();
    if let Some(before) = before {
        follow::follow(&mut state, rows, before);
    }
    state.hold(hold::places(graph, nest, rows));
    match before {
        None => search::search(&mut state),
        Some(_) => search::refine(&mut state),
    }
    agree::agree(&mut state);
    rows.rows = contracted.expand(nest, rows, state.leaves());
    sides(nest, rows);
}

/// Puts links on their way through rows where they cross least, after all have their courses: nothing else moves, and no course comes to run through a
/// wall, a box or a label.
pub(super) fn polish(nest: &Nest, rows: &mut Rows) {
    let joined: Vec<(ItemId, ItemId)> = rows.chains.iter().flat_map(|chain| joined(chain, &rows.items)).collect();
    let runs: Vec<(ItemId, ItemId)> = rows.chains.iter().flat_map(straight_runs).collect();
    let mut state = State::new(nest, rows, &joined, &runs, Prices::FIRM);
    state.place_all();
    search::put_back(&mut state, &turning(rows), WORK / 4);
    rows.rows = state.leaves();
    sides(nest, rows);
}

/// Whether an item's course turns back at it or runs inside a wall there, by item: such runs are not counted, so the item has to stay.
fn turning(rows: &Rows) -> Vec<bool> {
    let mut out = vec![false; rows.items.len()];
    for chain in &rows.chains {
        for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
            let [a, b] = [pair[0], pair[1]].map(|i| rows.items[i as usize].row);
            let counted = is_middle(joint) && a != b;
            if !counted {
                pair.iter().for_each(|&i| out[i as usize] = true);
            }
        }
    }
    out
}

/// Items of a course that are joined from one row to the next, between all walls: the upper one first.
fn joined(chain: &Chain, items: &[Item]) -> impl Iterator<Item = (ItemId, ItemId)> {
    let row = |i: ItemId| items[i as usize].row;
    let joints = chain.items.windows(2).zip(&chain.joints).map(|(pair, joint)| (pair[0], pair[1], joint));
    let joined = joints.filter(move |&(a, b, joint)| is_middle(joint) && row(a) != row(b));
    joined.map(move |(a, b, _)| if row(a) < row(b) { (a, b) } else { (b, a) })
}

/// Whether a joint runs between all walls of its channel.
fn is_middle(joint: &Joint) -> bool {
    matches!(joint, Joint::Channel(c) if c.lane == Lane::Middle)
}

/// Items of a course that are joined along their row.
fn straight_runs(chain: &Chain) -> impl Iterator<Item = (ItemId, ItemId)> {
    let joined = chain.items.windows(2).zip(&chain.joints).filter(|(_, joint)| matches!(joint, Joint::Row));
    joined.map(|(pair, _)| (pair[0], pair[1]))
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
