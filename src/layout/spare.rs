//! Boxes without links stand where their row has room.
//!
//! Nothing draws such a box to any place of its row, and where the file puts it may be just where a straight link wants to pass: it would push its neighbours
//! aside, and bend their links. So columns are made without these boxes first, and each of them then goes where they leave most room.

use super::columns::{Columns, Effort, columns};
use super::nest::{Nest, ROOT};
use super::orient::Strip;
use super::rows::{ItemId, Kind, Rows};
use super::{Graph, Member, Spacing, places, ports};
use std::ops::Range;

/// Above this number of items the columns of a drawing are not worth a box's place.
const MOST: usize = 500;

/// Gives boxes without links, `free` to stand anywhere in their row, the widest gap there that they fit in, unless they fit in the one in which they stand.
/// `together` are boxes of one row that nothing may stand between. Takes as long as the shortest columns; does nothing in large drawings.
pub(super) fn spare(
    graph: &Graph,
    nest: &Nest,
    rows: &mut Rows,
    spacing: &Spacing,
    strip: Strip,
    free: &[bool],
    together: &[(u32, u32)],
) {
    if rows.items.len() > MOST {
        return;
    }
    let lone = lone(graph, nest, rows, free);
    if lone.is_empty() {
        return;
    }
    let mut bare = rows.clone();
    for row in &mut bare.rows {
        row.retain(|i| lone.binary_search(i).is_err());
    }
    let ends = ports::ports(graph, &bare, &places(&bare), spacing);
    let columns = columns(graph, nest, &bare, &ends, spacing, strip, Effort::Shortest);
    let mut set = Setting { nest, rows: bare, columns, spacing, together };
    for i in lone {
        let before = before(nest, rows, i, &set.rows);
        set.place(i, before);
    }
    rows.rows = set.rows.rows;
}

/// The free boxes of no class and no span that stand beside other members of their group, in order.
fn lone(graph: &Graph, nest: &Nest, rows: &Rows, free: &[bool]) -> Vec<ItemId> {
    let mut free = free.to_vec();
    let tied = graph.classes.iter().flatten().chain(graph.spans.iter().flat_map(|s| &s.members));
    for member in tied {
        if let Member::Box(b) = *member {
            free[b.at()] = false;
        }
    }
    let is_lone = |i: ItemId| free.get(i as usize).copied().unwrap_or(false);
    let has_company = |i: ItemId| {
        let item = &rows.items[i as usize];
        rows.rows[item.row as usize].iter().any(|&other| {
            let place = &rows.items[other as usize];
            !is_lone(other) && place.kind != Kind::Void && nest.holds(item.region, place.region)
        })
    };
    (0..free.len() as ItemId).filter(|&i| is_lone(i) && has_company(i)).collect()
}

/// How many of the items of the `bare` row of a box stand before it.
fn before(nest: &Nest, rows: &Rows, i: ItemId, bare: &Rows) -> usize {
    let item = &rows.items[i as usize];
    let row = &bare.rows[item.row as usize];
    let stands = |wanted: &ItemId| rows.rows[item.row as usize].iter().position(|i| i == wanted);
    let own = stands(&i);
    let inside = |other: &ItemId| nest.holds(item.region, rows.items[*other as usize].region);
    let start = row.iter().position(inside).unwrap_or(0);
    start + row[start..].iter().take_while(|other| inside(other) && stands(other) < own).count()
}

/// Rows without the boxes that are still to be placed, and columns for them.
struct Setting<'a> {
    nest: &'a Nest,
    rows: Rows,
    columns: Columns,
    spacing: &'a Spacing,
    together: &'a [(u32, u32)],
}

/// What stands in a row between two places where a box may: an item, or a group with all that it holds there.
struct Unit {
    /// Its items, as places in the row.
    at: Range<usize>,
    left: f64,
    right: f64,
}

impl Setting<'_> {
    /// Puts a box into the widest gap of its row, or at `before` if that is wide enough or none is.
    fn place(&mut self, i: ItemId, before: usize) {
        let item = self.rows.items[i as usize].clone();
        let units = self.units(item.row, item.region);
        let (low, high) = self.walls(item.region);
        let mut gaps: Vec<(usize, f64, f64)> = Vec::new();
        let mut from = (low + self.spacing.padding, units.first().map_or(0, |unit| unit.at.start));
        for unit in &units {
            gaps.push((from.1, from.0, unit.left - self.spacing.within));
            from = (unit.right + self.spacing.within, unit.at.end);
        }
        gaps.push((from.1, from.0, high - self.spacing.padding));
        let room = |gap: &&(usize, f64, f64)| gap.2 - gap.1 - item.left - item.right;
        let own = gaps.iter().find(|gap| gap.0 == before);
        let open = gaps.iter().filter(|gap| room(gap) >= 0.0 && !self.parts(item.row, gap.0));
        let widest = open.max_by(|a, b| room(a).total_cmp(&room(b)));
        let Some(&(at, from, _)) = own.filter(|own| room(own) >= 0.0).or(widest).or(own) else { return };
        // Close to what is before it, so that what is left of the gap stays in one piece.
        self.columns.item[i as usize] = from + item.left;
        self.rows.rows[item.row as usize].insert(at, i);
    }

    /// What stands in a row of a group, left to right.
    fn units(&self, row: u32, group: u32) -> Vec<Unit> {
        let mut units: Vec<(Option<u32>, Unit)> = Vec::new();
        for (at, &i) in self.rows.rows[row as usize].iter().enumerate() {
            let item = &self.rows.items[i as usize];
            if !self.nest.holds(group, item.region) {
                continue;
            }
            let child = self.nest.child(group, item.region);
            match units.last_mut() {
                Some((before, unit)) if child.is_some() && *before == child => unit.at.end = at + 1,
                _ => {
                    let x = self.columns.item[i as usize];
                    let (left, right) = child.map_or((x - item.left, x + item.right), |g| self.walls(g));
                    units.push((child, Unit { at: at..at + 1, left, right }));
                }
            }
        }
        units.into_iter().map(|(_, unit)| unit).collect()
    }

    /// The walls of a group; of the drawing the outermost things in it.
    fn walls(&self, g: u32) -> (f64, f64) {
        if g != ROOT {
            return (self.columns.left[g as usize], self.columns.right[g as usize]);
        }
        let placed =
            || self.rows.rows.iter().flatten().map(|&i| (&self.rows.items[i as usize], self.columns.item[i as usize]));
        let low = placed().map(|(item, x)| x - item.left).fold(f64::INFINITY, f64::min);
        let high = placed().map(|(item, x)| x + item.right).fold(f64::NEG_INFINITY, f64::max);
        (low - self.spacing.padding, high + self.spacing.padding)
    }

    /// Whether a box at that place of a row would stand between two that belong together.
    fn parts(&self, row: u32, at: usize) -> bool {
        let row = &self.rows.rows[row as usize];
        self.together.iter().any(|&(a, b)| {
            let stands = |wanted: u32| row.iter().position(|&i| i == wanted);
            stands(a).zip(stands(b)).is_some_and(|(a, b)| a.min(b) < at && at <= a.max(b))
        })
    }
}
