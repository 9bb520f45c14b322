//! Layers: which row every box stands in and which rows every group spans.
//!
//! One network simplex over the whole drawing (Gansner et al. 1993), with a first and a last layer for every group (Sander 1996) and one
//! variable for all members of a class, so that zones side by side share their rows.

mod copies;
mod flow;
mod free;
mod nesting;
mod variables;

pub(super) use free::grids;

use super::nest::{Nest, ROOT};
use super::shelves::shelves;
use super::simplex::{self, Edge};
use super::{Graph, LayoutError, Spacing};
use flow::{near, with_links};
use free::spread_free;
use nesting::{astride, nesting};
use variables::Variables;

/// Rows of everything: 0 is the first along the flow.
#[derive(Debug, Clone)]
pub(super) struct Ranks {
    /// Row of each box.
    pub(super) of_box: Vec<u32>,
    /// First row of each group of the nest.
    pub(super) top: Vec<u32>,
    /// Last row of each group of the nest; at least the first.
    pub(super) bottom: Vec<u32>,
    /// Groups whose upper wall lies on the line of their first row, because a box stands astride it.
    pub(super) astride_top: Vec<bool>,
    /// The same for the lower wall and the last row.
    pub(super) astride_bottom: Vec<bool>,
    /// Number of rows.
    pub(super) count: u32,
}

/// Assigns rows.
///
/// # Errors
/// [`LayoutError::Contradiction`] where classes and borders cannot be met together.
pub(super) fn rank(graph: &Graph, nest: &Nest, spacing: &Spacing) -> Result<Ranks, LayoutError> {
    let vars = Variables::new(graph, nest);
    let n = vars.leader.len();
    let (above, below) = astride(graph, nest);
    let mut hard = nesting(graph, nest, &vars, &above, &below);
    let leader = |v: u32| vars.leader[v as usize];
    hard.extend(grids(graph, nest).iter().map(|&(a, b)| Edge { from: leader(a), to: leader(b), len: 1, weight: 1 }));
    if simplex::is_cyclic(n, &hard) {
        return Err(LayoutError::Contradiction("classes, borders and nesting cannot be met together".into()));
    }
    let mut edges = with_links(graph, nest, &vars, hard);
    let all = n + near(graph, &vars, &mut edges);
    let budget = if n < 4000 { 20_000 } else { 40_000_000 / n };
    let x = simplex::solve(all, &edges, budget).unwrap_or_else(|| vec![0; all]);
    let mut ranks = vars.ranks(graph, nest, &x, (above, below));
    let shelves = shelves(graph, nest, &ranks, spacing);
    if !shelves.is_empty() {
        // One more variable for every two shelves: what stands above it ends there, what stands below starts after it.
        let walls = all as u32..;
        for (wall, [upper, lower]) in walls.zip(&shelves) {
            edges.extend(upper.iter().map(|&g| Edge { from: leader(vars.bottom(g)), to: wall, len: 0, weight: 0 }));
            edges.extend(lower.iter().map(|&g| Edge { from: wall, to: leader(vars.top(g)), len: 1, weight: 0 }));
        }
        // Where links lead from a lower shelf to an upper one there are none.
        if let Some(x) = simplex::solve(all + shelves.len(), &edges, budget) {
            ranks = vars.ranks(graph, nest, &x, (ranks.astride_top, ranks.astride_bottom));
        }
    }
    spread_free(graph, nest, &mut ranks);
    compress(nest, &mut ranks);
    Ok(ranks)
}

/// Drops empty rows and sets the root's range.
fn compress(nest: &Nest, ranks: &mut Ranks) {
    let highest = ranks.of_box.iter().chain(&ranks.bottom[1..]).copied().max().unwrap_or(0) as usize;
    let mut used = vec![false; highest + 1];
    ranks.of_box.iter().chain(&ranks.top[1..]).chain(&ranks.bottom[1..]).for_each(|&r| used[r as usize] = true);
    let mut map = vec![0u32; highest + 1];
    let mut next = 0;
    for (r, used) in used.iter().enumerate() {
        map[r] = next;
        next += u32::from(*used);
    }
    for r in ranks.of_box.iter_mut().chain(&mut ranks.top).chain(&mut ranks.bottom) {
        *r = map[(*r as usize).min(highest)];
    }
    ranks.count = next;
    ranks.top[ROOT as usize] = 0;
    ranks.bottom[ROOT as usize] = next.saturating_sub(1);
    debug_assert!((0..nest.len()).all(|g| ranks.top[g] <= ranks.bottom[g]));
}
