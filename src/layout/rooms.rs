//! About the room that groups take, from the rows and the sizes of their boxes alone: before any column is known.

use super::nest::{Nest, ROOT};
use super::rank::Ranks;
use super::{Graph, Spacing};

/// Estimated sizes of all groups.
pub(super) struct Rooms<'a> {
    nest: &'a Nest,
    ranks: &'a Ranks,
    spacing: &'a Spacing,
    /// Last row of the drawing.
    last: u32,
    /// Where the rows of each group start in `own`.
    offset: Vec<usize>,
    /// By group and row, what the boxes directly in it take.
    own: Vec<f64>,
    /// Where each row starts, along the flow.
    start: Vec<f64>,
    /// Width of each group.
    pub(super) width: Vec<f64>,
}

impl<'a> Rooms<'a> {
    /// O(boxes + rows of all groups).
    pub(super) fn new(graph: &Graph, nest: &'a Nest, ranks: &'a Ranks, spacing: &'a Spacing) -> Self {
        let last = ranks.bottom.iter().chain(&ranks.of_box).copied().max().unwrap_or(0);
        let mut rooms =
            Self { nest, ranks, spacing, last, offset: vec![0], own: Vec::new(), start: vec![0.0], width: Vec::new() };
        for g in 0..nest.len() as u32 {
            rooms.offset.push(rooms.offset[g as usize] + rooms.rows(g).count());
        }
        rooms.own = vec![0.0; rooms.offset[nest.len()]];
        let mut highest = vec![0.0f64; last as usize + 1];
        for (b, node) in graph.boxes.iter().enumerate() {
            let row = ranks.of_box[b];
            highest[row as usize] = highest[row as usize].max(node.size.h + spacing.between);
            if let Some(at) = rooms.at(nest.home[b], row) {
                rooms.own[at] += node.size.w + spacing.within;
            }
        }
        for (strip, high) in strips(nest, ranks, spacing, last).into_iter().zip(highest) {
            rooms.start.push(rooms.start[rooms.start.len() - 1] + strip + high);
        }
        rooms.width = rooms.widths();
        rooms
    }

    /// Room between neighbouring groups.
    pub(super) fn gap(&self) -> f64 {
        self.spacing.within / 2.0
    }

    /// Rows of a group.
    fn rows(&self, g: u32) -> std::ops::RangeInclusive<u32> {
        if g == ROOT { 0..=self.last } else { self.ranks.top[g as usize]..=self.ranks.bottom[g as usize] }
    }

    /// Where a row of a group has its sum; none if the row is not one of the group's.
    fn at(&self, g: u32, row: u32) -> Option<usize> {
        self.rows(g).contains(&row).then(|| self.offset[g as usize] + (row - self.rows(g).start()) as usize)
    }

    /// Widths of all groups.
    fn widths(&self) -> Vec<f64> {
        let mut sums = self.own.clone();
        let mut width = vec![0.0f64; self.nest.len()];
        for &g in self.nest.outer_first.iter().rev() {
            let own = &sums[self.offset[g as usize]..self.offset[g as usize + 1]];
            width[g as usize] = self.widest(own) + 2.0 * self.spacing.padding;
            if g != ROOT {
                let parent = self.nest.parent[g as usize];
                for at in self.rows(g).filter_map(|row| self.at(parent, row)) {
                    sums[at] += width[g as usize] + self.gap();
                }
            }
        }
        width
    }

    /// The widest of some rows.
    fn widest(&self, rows: &[f64]) -> f64 {
        rows.iter().map(|sum| sum - self.gap()).fold(self.spacing.empty.w, f64::max)
    }

    /// Width of the drawing, where some groups hold their member groups in another width than that of their rows. O(groups + rows of those around them).
    pub(super) fn width_with(&self, held: &[Option<f64>]) -> f64 {
        let mut width = self.width.clone();
        let mut changed: Vec<bool> = held.iter().map(Option::is_some).collect();
        for &g in self.nest.outer_first.iter().rev().filter(|&&g| g != ROOT) {
            if changed[g as usize] {
                width[g as usize] = self.width_of(g, held, &width);
                changed[self.nest.parent[g as usize] as usize] = true;
            }
        }
        self.width_of(ROOT, held, &width)
    }

    /// Width of a group, from those of its member groups.
    fn width_of(&self, g: u32, held: &[Option<f64>], width: &[f64]) -> f64 {
        let first = self.offset[g as usize];
        let own = &self.own[first..self.offset[g as usize + 1]];
        // Boxes beside shelves stand beside some of them.
        let inside = held[g as usize].map(|held| held + self.widest(own) / 2.0).unwrap_or_else(|| {
            let mut sums = own.to_vec();
            for &c in self.nest.children(g).iter().rev() {
                for at in self.rows(c).filter_map(|row| self.at(g, row)) {
                    sums[at - first] += width[c as usize] + self.gap();
                }
            }
            self.widest(&sums)
        });
        inside + 2.0 * self.spacing.padding
    }

    /// The last row of the drawing.
    pub(super) fn last(&self) -> u32 {
        self.last
    }

    /// Height of some rows, from the first to the last.
    pub(super) fn between(&self, first: u32, last: u32) -> f64 {
        self.start[last as usize + 1] - self.start[first as usize]
    }

    /// Height of a group.
    pub(super) fn height(&self, g: u32) -> f64 {
        let rows = self.rows(g);
        self.between(*rows.start(), *rows.end())
    }

    /// Height of a group from one of its rows on.
    pub(super) fn below(&self, g: u32, row: u32) -> f64 {
        self.between(row, *self.rows(g).end())
    }

    /// By how much the drawing grows, if some groups do: those one below the other add up, those side by side do not.
    pub(super) fn growth(&self, grown: &[(u32, f64)]) -> f64 {
        let mut by_end = grown.to_vec();
        by_end.sort_by_key(|&(g, _)| *self.rows(g).end());
        let (mut until, mut next) = (vec![0.0f64; self.last as usize + 2], 0);
        for row in 0..=self.last as usize {
            let mut most = until[row];
            while let Some(&(g, by)) = by_end.get(next).filter(|g| *self.rows(g.0).end() as usize == row) {
                most = most.max(until[*self.rows(g).start() as usize] + by);
                next += 1;
            }
            until[row + 1] = most;
        }
        until[self.last as usize + 1]
    }
}

/// For each row, the height of the titles and paddings of the groups that start or end there.
fn strips(nest: &Nest, ranks: &Ranks, spacing: &Spacing, last: u32) -> Vec<f64> {
    let mut strips = [vec![0.0f64; last as usize + 1], vec![0.0f64; last as usize + 1]];
    for ((rows, strip), one) in
        [&ranks.top, &ranks.bottom].into_iter().zip(&mut strips).zip([spacing.title + spacing.padding, spacing.padding])
    {
        let mut nested = vec![0.0; nest.len()];
        for &g in nest.outer_first.iter().filter(|&&g| g != ROOT) {
            let (row, p) = (rows[g as usize], nest.parent[g as usize]);
            let around = if p != ROOT && rows[p as usize] == row { nested[p as usize] } else { 0.0 };
            nested[g as usize] = around + one;
            strip[row as usize] = strip[row as usize].max(nested[g as usize]);
        }
    }
    let [above, below] = strips;
    above.into_iter().zip(below).map(|(a, b)| a + b).collect()
}
