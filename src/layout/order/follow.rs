//! The order of rows that differ little from others: what stood left stays left.

use super::super::nest::NONE;
use super::super::rows::{ItemId, Kind, Rows};
use super::Before;
use super::state::State;

/// Sorts the members of every node by where they stood before; what did not stand anywhere stays behind what it follows. O(items x log items).
pub(super) fn follow(state: &mut State, rows: &Rows, before: &Before) {
    let at = stood(rows, before);
    let mut keyed: Vec<(f64, u32)> = Vec::new();
    for r in 0..state.rows.len() {
        for v in 0..state.rows[r].len() {
            if state.rows[r].members(v as u32).len() < 2 {
                continue;
            }
            keyed.clear();
            let mut carried = f64::NEG_INFINITY;
            for &m in state.rows[r].members(v as u32) {
                let node = &state.rows[r][m as usize];
                let own = if node.group == NONE { at[node.item as usize] } else { Some(middle(before, node.group)) };
                carried = own.unwrap_or(carried);
                keyed.push((carried, m));
            }
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            state.rows[r].members_mut(v as u32).iter_mut().zip(&keyed).for_each(|(m, k)| *m = k.1);
        }
        state.touch(r);
    }
    state.place_all();
}

/// The middle of a group across the flow.
fn middle(before: &Before, g: u32) -> f64 {
    f64::midpoint(before.columns.left[g as usize], before.columns.right[g as usize])
}

/// Where each item stood across the flow: a box itself, a link in a row where it was at the same share of its course.
fn stood(rows: &Rows, before: &Before) -> Vec<Option<f64>> {
    let column = |i: ItemId| before.columns.item.get(i as usize).copied();
    let is_box = |i: usize| matches!(rows.items[i].kind, Kind::Box(_));
    let mut at: Vec<Option<f64>> =
        (0..rows.items.len()).map(|i| if is_box(i) { column(i as ItemId) } else { None }).collect();
    for (new, old) in rows.chains.iter().zip(&before.rows.chains) {
        let (Some(last), Some(old_last)) = (new.items.len().checked_sub(1), old.items.len().checked_sub(1)) else {
            continue;
        };
        for (k, &i) in new.items.iter().enumerate() {
            if !is_box(i as usize) {
                // Rounded in whole numbers.
                let there = (2 * k * old_last + last) / (2 * last.max(1));
                at[i as usize] = column(old.items[there.min(old_last)]);
            }
        }
    }
    at
}
