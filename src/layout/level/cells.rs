//! The cells of a channel: its stretches between walls.

use super::super::columns::Columns;
use super::super::nest::{Nest, ROOT};
use super::super::rows::{Lane, Rows};

/// One stretch of a channel that a link can run along without crossing a wall.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) left: f64,
    pub(super) right: f64,
    /// The group it lies in: one that reaches on over the channel.
    pub(super) region: u32,
    pub(super) lane: Lane,
}

impl Cell {
    /// Whether a link can leave it downwards, or upwards.
    pub(super) fn opens(&self, down: bool) -> bool {
        match self.lane {
            Lane::Middle => true,
            Lane::Opening(_) => down,
            Lane::Closing(_) => !down,
        }
    }
}

/// The cells of every channel, each left to right without gaps.
pub(super) fn all_cells(nest: &Nest, rows: &Rows, columns: &Columns) -> Vec<Vec<Cell>> {
    (0..=rows.rows.len() as u32).map(|c| cells(nest, rows, columns, c)).collect()
}

/// The cells of one channel.
fn cells(nest: &Nest, rows: &Rows, columns: &Columns, channel: u32) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut open: Vec<u32> = vec![ROOT];
    let mut at = f64::MIN;
    let list = if channel == 0 { &[][..] } else { rows.rows.get(channel as usize - 1).map_or(&[][..], Vec::as_slice) };
    let mut push = |left: f64, right: f64, region: u32| cells.push(Cell { left, right, region, lane: Lane::Middle });
    for &i in list {
        let region = reaching(nest, rows, channel, rows.items[i as usize].region);
        while let Some(&g) = open.last()
            && !nest.holds(g, region)
        {
            push(at, columns.right[g as usize], g);
            at = columns.right[g as usize];
            open.pop();
        }
        let (around, opened) = (open.last().copied().unwrap_or(ROOT), open.len());
        open.extend(
            std::iter::successors(Some(region), |&g| Some(nest.parent[g as usize])).take_while(|&g| g != around),
        );
        open[opened..].reverse();
        for k in opened..open.len() {
            push(at, columns.left[open[k] as usize], open[k - 1]);
            at = columns.left[open[k] as usize];
        }
    }
    while let Some(g) = open.pop() {
        let right = if g == ROOT { f64::MAX } else { columns.right[g as usize] };
        push(at, right, g);
        at = right;
    }
    cells
}

/// The innermost group around `region` that stands above and below a channel.
pub(super) fn reaching(nest: &Nest, rows: &Rows, channel: u32, mut region: u32) -> u32 {
    while region != ROOT && !(rows.top[region as usize] < channel && rows.bottom[region as usize] >= channel) {
        region = nest.parent[region as usize];
    }
    region
}

/// Where the cells of a channel end, to find them by.
pub(super) fn ends(cells: &[Cell]) -> Vec<f64> {
    cells.iter().map(|c| c.right).collect()
}

/// The cells at a place, by where they end: one, or the neighbours of a wall that stands there.
pub(super) fn cells_at(cells: &[Cell], ends: &[f64], x: f64) -> std::ops::Range<u32> {
    let first = ends.partition_point(|right| *right < x);
    let more = cells[first..].iter().take_while(|c| c.left <= x).count();
    first as u32..(first + more) as u32
}
