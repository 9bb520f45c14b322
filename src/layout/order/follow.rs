//! The order of rows that differ little from others: what stood left stays left.

use super::super::nest::NONE;
use super::super::rows::{ItemId, Kind, Origin, Rows};
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

/// Where each item stood across the flow: a box itself, a link on its way through a row where it passed that row, or the one above it if the row is new, and
/// one that hangs below a row between its ends.
fn stood(rows: &Rows, before: &Before) -> Vec<Option<f64>> {
    let column = |i: ItemId| before.columns.item.get(i as usize).copied();
    let is_box = |i: ItemId| matches!(rows.items[i as usize].kind, Kind::Box(_));
    let mut at: Vec<Option<f64>> =
        (0..rows.items.len() as ItemId).map(|i| if is_box(i) { column(i) } else { None }).collect();
    let was = |origin: &Origin| before.rows.origins.partition_point(|o| o <= origin).saturating_sub(1) as u32;
    let was: Vec<u32> = rows.origins.iter().map(was).collect();
    let row = |i: ItemId| rows.items[i as usize].row;
    let old_row = |i: ItemId| before.rows.items[i as usize].row;
    for (new, old) in rows.chains.iter().zip(&before.rows.chains) {
        let [Some(&a), Some(&b)] = [new.items.first(), new.items.last()] else { continue };
        for &i in new.items.iter().filter(|&&i| !is_box(i)) {
            let there = was[row(i) as usize];
            let passed = |&first: &ItemId| old.items.get(old_row(first).abs_diff(there) as usize).copied();
            at[i as usize] = if row(a) == row(b) {
                at[a as usize].zip(at[b as usize]).map(|(a, b)| f64::midpoint(a, b))
            } else {
                old.items.first().and_then(passed).filter(|&o| old_row(o) == there).and_then(column)
            };
        }
    }
    at
}
