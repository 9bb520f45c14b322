//! Layers: which row every box stands in and which rows every group spans.
//!
//! One network simplex over the whole drawing (Gansner et al. 1993), with a first and a last layer for every group (Sander 1996) and one
//! variable for all members of a class, so that zones side by side share their rows.

mod copies;
mod counter;
mod flow;
mod free;
mod nesting;
mod sites;
mod variables;
mod wrap;

pub(super) use free::grids;

use super::nest::{Nest, ROOT};
use super::shelves::{Pair, shelves};
use super::simplex::{self, Edge};
use super::{Graph, LayoutError, Spacing};
use flow::{near, with_links};
use free::spread_free;
use nesting::{astride, nesting};
use variables::Variables;
pub(super) use wrap::Parts;
use wrap::{Wrapped, wrap};

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
    /// Where groups are cut: the parts stand beside each other, the first one first.
    pub(super) parts: Option<Parts>,
}

/// Assigns rows: as all links ask for, and then, if the drawing is far too tall for its page, with parts of it beside each other.
///
/// # Errors
/// [`LayoutError::Contradiction`] where classes and borders cannot be met together.
pub(super) fn rank(graph: &Graph, nest: &Nest, spacing: &Spacing) -> Result<Vec<Ranks>, LayoutError> {
    let vars = Variables::new(graph, nest);
    let n = vars.leader.len();
    let (above, below) = astride(graph, nest);
    let mut hard = nesting(graph, nest, &vars, &above, &below);
    let leader = |v: u32| vars.leader[v as usize];
    hard.extend(grids(graph, nest).iter().map(|&(a, b)| Edge { from: leader(a), to: leader(b), len: 1, weight: 1 }));
    if simplex::is_cyclic(n, &hard) {
        return Err(LayoutError::Contradiction("classes, borders and nesting cannot be met together".into()));
    }
    let layers = Layers { graph, nest, vars, hard, astride: (above, below) };
    let decides: Vec<bool> = graph.links.iter().map(|l| l.rank).collect();
    let asked = layers.asked(&decides);
    let ranks = layers.solve(&asked, &[]).unwrap_or_else(|| layers.read(&vec![0; n]));
    let wrapped = wrap((graph, nest, spacing), &ranks, &decides, |decides| layers.solve(&layers.asked(decides), &[]));
    let tall = layers.finish(ranks, &asked, spacing);
    let wrapped = wrapped.map(|Wrapped { decides, ranks }| layers.finish(ranks, &layers.asked(&decides), spacing));
    Ok(std::iter::once(tall).chain(wrapped).collect())
}

/// What the layers have to keep to, whichever links decide.
struct Layers<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    vars: Variables,
    hard: Vec<Edge>,
    /// Groups with boxes astride their upper and lower walls.
    astride: (Vec<bool>, Vec<bool>),
}

/// What links ask of the layers.
struct Asked {
    /// The distances that must hold anyway, and those of the links.
    edges: Vec<Edge>,
    /// Number of their variables.
    variables: usize,
}

impl Layers<'_> {
    /// What the links in `decides` ask for.
    fn asked(&self, decides: &[bool]) -> Asked {
        let Self { graph, nest, vars, hard, .. } = self;
        let mut edges = with_links(graph, nest, vars, decides, hard);
        let variables = vars.leader.len() + near(graph, vars, decides, &mut edges);
        Asked { edges, variables }
    }

    /// The layers that links ask for, with what stands on one of the shelves above what stands on the next: rows not yet compressed. None if that is a
    /// contradiction.
    fn solve(&self, asked: &Asked, shelves: &[Pair]) -> Option<Ranks> {
        let vars = &self.vars;
        let leader = |v: u32| vars.leader[v as usize];
        let mut edges = asked.edges.clone();
        // One more variable for every two shelves: what stands above it ends there, what stands below starts after it.
        for (wall, [upper, lower]) in (asked.variables as u32..).zip(shelves) {
            edges.extend(upper.iter().map(|&g| Edge { from: leader(vars.bottom(g)), to: wall, len: 0, weight: 0 }));
            edges.extend(lower.iter().map(|&g| Edge { from: wall, to: leader(vars.top(g)), len: 1, weight: 0 }));
        }
        let n = vars.leader.len();
        let budget = if n < 4000 { 20_000 } else { 40_000_000 / n };
        simplex::solve(asked.variables + shelves.len(), edges, budget).map(|x| self.read(&x))
    }

    /// Sets what is too wide on shelves, and what nothing ties where there is room.
    fn finish(&self, mut ranks: Ranks, asked: &Asked, spacing: &Spacing) -> Ranks {
        let shelves = shelves(self.graph, self.nest, &ranks, spacing);
        // Where links lead from a lower shelf to an upper one there are none.
        let shelved = (!shelves.is_empty()).then(|| self.solve(asked, &shelves)).flatten();
        if let Some(shelved) = shelved {
            ranks = Ranks { parts: ranks.parts, ..shelved };
        }
        spread_free(self.graph, self.nest, &mut ranks);
        compress(self.nest, &mut ranks);
        ranks
    }

    /// What a solution says.
    fn read(&self, x: &[i64]) -> Ranks {
        self.vars.ranks(self.graph, self.nest, x, self.astride.clone())
    }
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
