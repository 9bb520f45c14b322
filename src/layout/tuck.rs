//! Boxes without links go under the title of their group, where the legs of links leave room that would stay blank.
//!
//! A link that enters a group passes beside its title, and so the box that it leads to stands right of that. What has no link needs not keep clear of the
//! title: it goes before such a box. Nothing else changes its place.

use super::nest::Nest;
use super::orient::Strip;
use super::rows::{ItemId, Joint, Kind, Rows};
use super::{Graph, Member, TitlePlace};

/// Puts unlinked boxes under titles. O(items + links).
pub(super) fn tuck(graph: &Graph, nest: &Nest, rows: &mut Rows, strip: Strip) {
    if strip.is_left() {
        return;
    }
    let under = strip == Strip::Top;
    let legs = legs(rows, under);
    let free = free(graph, nest);
    for (g, node) in (1..).zip(&graph.groups) {
        if node.title.w <= 0.0 || node.title_place != TitlePlace::Corner {
            continue;
        }
        let row = if under { rows.top[g as usize] } else { rows.bottom[g as usize] } as usize;
        let own = |i: ItemId| rows.items[i as usize].region == g && matches!(rows.items[i as usize].kind, Kind::Box(_));
        let Some(first) = rows.rows[row].iter().position(|&i| own(i)) else { continue };
        let leads = rows.rows[row][first];
        // As many as the title covers: the box with the leg stands behind its end.
        let mut room = node.title.w - rows.items[leads as usize].left;
        let mut tucked = Vec::new();
        if legs[leads as usize] {
            for &i in rows.rows[row][first + 1..].iter().filter(|&&i| own(i) && free[i as usize]) {
                room -= graph.boxes[i as usize].size.w;
                if room < 0.0 {
                    break;
                }
                tucked.push(i);
            }
        }
        if !tucked.is_empty() {
            rows.rows[row].retain(|i| !tucked.contains(i));
            rows.rows[row].splice(first..first, tucked);
        }
    }
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
fn free(graph: &Graph, nest: &Nest) -> Vec<bool> {
    let mut free: Vec<bool> = nest.border.iter().map(Option::is_none).collect();
    for end in graph.links.iter().flat_map(|l| [l.from, l.to]) {
        if let Member::Box(b) = end {
            free[b.at()] = false;
        }
    }
    free
}
