//! Where a row can be passed.

use super::super::nest::ROOT;
use super::cells::Cell;
use super::known::Slot;
use super::search::Search;

/// Free places of a row that are looked at on either side of where a link is and of where it wants to go.
pub(super) const NEAREST: usize = 4;

/// Places of a row looked at to find free ones, at most.
const LOOK: usize = 64;

impl Search<'_> {
    /// Free places of a row within a cell, as place in the row, group and place across the flow: the nearest to where the link is and wants to go, and
    /// the outermost ones, so that a way around everything exists.
    pub(super) fn find_slots(&mut self, row: u32, cell: Cell, x: f64, keep: &mut Vec<Slot>) {
        let goal = self.goals.first().map_or(x, |g| g.1);
        let mut found = std::mem::take(&mut self.known.found);
        keep.clear();
        let mut all = false;
        for centre in [x, goal] {
            all = all || self.slots_from(row, cell, x, centre, NEAREST, &mut found);
            sort_from(centre, &mut found);
            found.iter().take(NEAREST).for_each(|slot| keep_once(keep, slot));
        }
        for side in [cell.left, cell.right] {
            all = all || self.slots_from(row, cell, x, side, 1, &mut found);
            let outermost = |a: &&Slot, b: &&Slot| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0));
            let ends = found.iter();
            let end = if side == cell.left { ends.min_by(outermost) } else { ends.max_by(outermost) };
            end.into_iter().for_each(|slot| keep_once(keep, slot));
        }
        self.known.found = found;
    }

    /// Free places of a row within a cell, at least `most` to either side of a place across the flow where there are as many, the nearest first.
    pub(super) fn nearest_slots(&self, row: u32, cell: Cell, x: f64, most: usize, keep: &mut Vec<Slot>) {
        self.slots_from(row, cell, x, x, most, keep);
        sort_from(x, keep);
    }

    /// Free places near `centre`, at least `most` to either side where there are as many; and whether these are all of the cell.
    fn slots_from(&self, row: u32, cell: Cell, x: f64, centre: f64, most: usize, found: &mut Vec<Slot>) -> bool {
        let marks = &self.courses.marks[row as usize];
        let centre = centre.clamp(cell.left, cell.right);
        let mark = marks.partition_point(|m| m.0 < centre);
        let length = self.courses.rows.rows[row as usize].len();
        let middle = marks.get(mark).map_or(length, |&(_, i)| self.courses.index.at(self.courses.rows, i));
        // Boxes and passes stand in order across the flow: past one beyond the cell's wall there is nothing in it.
        let list = &self.courses.rows.rows[row as usize];
        let column = |k: usize| {
            let stand = &self.courses.stands[*list.get(k)? as usize];
            stand.in_order.then_some(stand.x)
        };
        let mut all = true;
        found.clear();
        let leftward = std::iter::successors(Some(middle), |&k| Some(self.past(row, k.checked_sub(1)?).0));
        for (looked, k) in (1..).zip(leftward) {
            self.slots_at(row, cell, x, k, found);
            if column(k).is_some_and(|x| x < cell.left) {
                break;
            }
            if found.len() >= most || looked == LOOK {
                all = false;
                break;
            }
        }
        let so_far = found.len();
        let next = |k: usize| (k < length).then(|| self.past(row, k).1);
        for (looked, k) in (1..).zip(std::iter::successors(next(middle), |&k| next(k))) {
            self.slots_at(row, cell, x, k, found);
            if column(k - 1).is_some_and(|x| x > cell.right) {
                break;
            }
            if found.len() >= so_far + most || looked == LOOK {
                all = false;
                break;
            }
        }
        all
    }

    /// The places before and after an item of a row, or after the whole group around it that is none of the way's. O(log items).
    fn past(&self, row: u32, k: usize) -> (usize, usize) {
        let (nest, rows) = (self.courses.nest, &*self.courses.rows);
        let foreign = |g: u32| g != ROOT && self.step(g).is_none() && !nest.holds(g, self.common);
        let Some(&i) = rows.rows[row as usize].get(k) else { return (k, k + 1) };
        let mut g = self.courses.stands[i as usize].region;
        if !foreign(g) {
            return (k, k + 1);
        }
        while foreign(nest.parent[g as usize]) {
            g = nest.parent[g as usize];
        }
        let (first, last) = self.courses.index.extent(rows, row, g);
        (first.min(k), last.max(k + 1))
    }

    /// Free places between the items before and at place `k` of a row: in every group on the way from one to the other.
    fn slots_at(&self, row: u32, cell: Cell, x: f64, k: usize, found: &mut Vec<Slot>) {
        let (courses, nest, columns) = (self.courses, self.courses.nest, self.courses.columns);
        let list = &courses.rows.rows[row as usize];
        let stand = |k: usize| list.get(k).map(|&i| &courses.stands[i as usize]);
        let (left, right) = (k.checked_sub(1).and_then(stand), stand(k));
        let [a, b] = [left, right].map(|stand| stand.map_or(ROOT, |stand| stand.region));
        let mut add = |g: u32, low: f64, high: f64| {
            if self.step(g).is_some() {
                found.extend(self.slot(cell, x, (low, high)).map(|at| (k as u32, g, at)));
            }
        };
        // From what stands left of the room in a group outwards, up to the group that both stand in.
        let (mut g, mut low) = (a, left.map(|left| left.end));
        while !nest.holds(g, b) {
            let wall = columns.right[g as usize];
            add(g, low.unwrap_or(wall), wall);
            (g, low) = (nest.parent[g as usize], Some(wall));
        }
        let (mut inner, mut high) = (b, right.map(|right| right.start));
        while inner != g {
            high = Some(columns.left[inner as usize]);
            inner = nest.parent[inner as usize];
        }
        add(g, low.unwrap_or(f64::MIN / 4.0), high.unwrap_or(f64::MAX / 4.0));
        // And inwards to what stands right of it.
        let (mut inner, mut high) = (b, right.map(|right| right.start));
        while inner != g {
            let wall = columns.left[inner as usize];
            add(inner, wall, high.unwrap_or(wall));
            (inner, high) = (nest.parent[inner as usize], Some(wall));
        }
    }

    /// Where between two neighbours a link passes that comes from `x`, if that is within its cell.
    fn slot(&self, cell: Cell, x: f64, (low, high): (f64, f64)) -> Option<f64> {
        let (low, high) = (low.max(-1e6), high.min(1e6 + low.abs()));
        let margin = ((high - low) / 2.0).clamp(0.0, self.courses.spacing.track);
        let at = x.clamp((low + margin).min(high), (high - margin).max(low + margin).max(low));
        let at = if high < low { (low + high) / 2.0 } else { at };
        (cell.left <= at && at <= cell.right).then_some(at)
    }
}

/// Adds a place that is not yet there.
fn keep_once(keep: &mut Vec<Slot>, slot: &Slot) {
    if !keep.iter().any(|k| (k.0, k.1) == (slot.0, slot.1)) {
        keep.push(*slot);
    }
}

/// The nearest to a place across the flow first.
fn sort_from(x: f64, slots: &mut [Slot]) {
    let off = |s: &Slot| (s.2 - x).abs();
    slots.sort_by(|a, b| off(a).total_cmp(&off(b)).then(a.0.cmp(&b.0)).then(a.1.cmp(&b.1)));
}
