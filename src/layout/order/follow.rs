//! The order of rows that differ little from others: what stood left stays left.

use super::super::columns::Columns;
use super::super::nest::{NONE, Nest, ROOT};
use super::super::rows::{Item, ItemId, Kind, Origin, Rows};
use super::state::State;
use super::{Before, MANY};

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

/// Rough columns of rows in their order, from those of the rows before them: everything where it stood, or as near to that as what stands beside it lets it.
/// `None` if groups have changed sides, and in small drawings, which are worth a closer look. O(items x depth).
pub(in crate::layout) fn columns_like(nest: &Nest, rows: &Rows, before: &Before) -> Option<Columns> {
    if rows.items.len() <= MANY {
        return None;
    }
    let at = stood(rows, before);
    let place = |i: ItemId| at[i as usize].unwrap_or_else(|| middle(before, rows.items[i as usize].region));
    let mut item: Vec<f64> = (0..rows.items.len() as ItemId).map(place).collect();
    let mut stops = Vec::new();
    for row in &rows.rows {
        stops_of(nest, rows, before, row, &mut stops);
        let walls = || stops.iter().filter_map(|stop| if let Stop::Wall(x) = stop { Some(*x) } else { None });
        if !walls().is_sorted() {
            return None;
        }
        let mut limit = f64::INFINITY;
        for stop in stops.iter().rev() {
            limit = stop.within(&mut item, |x| x.min(limit));
        }
        let mut limit = f64::NEG_INFINITY;
        for stop in &stops {
            limit = stop.within(&mut item, |x| x.max(limit));
        }
    }
    Some(Columns { item, left: before.columns.left.clone(), right: before.columns.right.clone() })
}

/// What stands in a row from left to right.
enum Stop {
    /// A wall of a group, which stays where it is.
    Wall(f64),
    /// An item that stands between its neighbours.
    Item(ItemId),
}

impl Stop {
    /// Where it stands; an item is brought within a limit first.
    fn within(&self, item: &mut [f64], limited: impl Fn(f64) -> f64) -> f64 {
        match *self {
            Self::Wall(x) => x,
            Self::Item(i) => {
                item[i as usize] = limited(item[i as usize]);
                item[i as usize]
            }
        }
    }
}

/// The items of a row but for ports and fillers, which stand anywhere in their group, and the walls between them.
fn stops_of(nest: &Nest, rows: &Rows, before: &Before, row: &[ItemId], stops: &mut Vec<Stop>) {
    let (left, right) = (&before.columns.left, &before.columns.right);
    let mut open = vec![ROOT];
    stops.clear();
    for &i in row {
        let Item { region, kind, .. } = rows.items[i as usize];
        while let Some(&g) = open.last()
            && !nest.holds(g, region)
        {
            stops.push(Stop::Wall(right[g as usize]));
            open.pop();
        }
        let (outer, opened) = (open.last().copied(), open.len());
        open.extend(
            std::iter::successors(Some(region), |&g| (g != ROOT).then(|| nest.parent[g as usize]))
                .take_while(|&g| Some(g) != outer),
        );
        open[opened..].reverse();
        stops.extend(open[opened..].iter().map(|&g| Stop::Wall(left[g as usize])));
        if matches!(kind, Kind::Box(_) | Kind::Pass(_)) {
            stops.push(Stop::Item(i));
        }
    }
    stops.extend(open.iter().skip(1).rev().map(|&g| Stop::Wall(right[g as usize])));
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
