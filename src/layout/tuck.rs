//! Boxes without links go under the title of their group, where the legs of links leave room that would stay blank.
//!
//! A link that enters a group passes beside its title, and so the box that it leads to stands right of that. What has no link needs not keep clear of the
//! title: it goes before such a box. Nothing else changes its place.

use super::nest::Nest;
use super::orient::Strip;
use super::rows::{ItemId, Joint, Kind, Rows};
use super::{Graph, Member, TitlePlace};
use std::collections::{BTreeMap, BTreeSet};

/// Puts boxes that are `free` under titles, and tells which. O(items + links).
pub(super) fn tuck(graph: &Graph, nest: &Nest, rows: &mut Rows, strip: Strip, free: &[bool]) -> BTreeSet<ItemId> {
    if strip.is_left() {
        return BTreeSet::new();
    }
    let up = strip == Strip::Top;
    let (legs, own) = (legs(rows, up), beside_titles(nest, rows, up));
    let mut before: BTreeMap<ItemId, Vec<ItemId>> = BTreeMap::new();
    for (node, own) in graph.groups.iter().zip(&own[1..]) {
        let Some((&first, others)) = own.split_first() else { continue };
        if node.title_place != TitlePlace::Corner || !legs[first as usize] {
            continue;
        }
        // As many as the title covers: the box with the leg stands behind its end.
        let mut room = node.title.w - rows.items[first as usize].left;
        let fits = |i: &ItemId| {
            room -= graph.boxes[*i as usize].size.w;
            room >= 0.0
        };
        before.insert(first, others.iter().copied().filter(|&i| free[i as usize]).take_while(fits).collect());
    }
    let moved: BTreeSet<ItemId> = before.values().flatten().copied().collect();
    let touched: BTreeSet<u32> = moved.iter().map(|&i| rows.items[i as usize].row).collect();
    for row in touched {
        let row = &mut rows.rows[row as usize];
        let old = std::mem::take(row);
        for i in old.into_iter().filter(|i| !moved.contains(i)) {
            row.extend(before.get(&i).into_iter().flatten());
            row.push(i);
        }
    }
    moved
}

/// The boxes directly in each group of the nest, and not on its walls, that stand in the row of its title, in their order.
fn beside_titles(nest: &Nest, rows: &Rows, up: bool) -> Vec<Vec<ItemId>> {
    let mut own = vec![Vec::new(); nest.len()];
    for (r, row) in (0..).zip(&rows.rows) {
        for &i in row {
            let item = &rows.items[i as usize];
            let g = item.region as usize;
            let is_title_row = r == if up { rows.top[g] } else { rows.bottom[g] };
            if is_title_row && matches!(item.kind, Kind::Box(b) if nest.border[b as usize].is_none()) {
                own[g].push(i);
            }
        }
    }
    own
}

/// Whether a link leaves each item towards its group's title.
fn legs(rows: &Rows, up: bool) -> Vec<bool> {
    let mut legs = vec![false; rows.items.len()];
    for chain in &rows.chains {
        for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
            let Joint::Channel(channel) = joint else { continue };
            for &i in pair {
                legs[i as usize] |= (channel.below == rows.items[i as usize].row) == up;
            }
        }
    }
    legs
}

/// Boxes that no link ends at and no wall holds.
pub(super) fn free(graph: &Graph, nest: &Nest) -> Vec<bool> {
    let mut free: Vec<bool> = nest.border.iter().map(Option::is_none).collect();
    for end in graph.links.iter().flat_map(|l| [l.from, l.to]) {
        if let Member::Box(b) = end {
            free[b.at()] = false;
        }
    }
    free
}
