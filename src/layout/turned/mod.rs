//! Groups whose contents flow across the flow of the drawing, where that shows the drawing larger on its page, or where it is asked for.
//!
//! A group can be turned if it is sealed: if nothing ties what it holds to anything outside, see [`sealed`]. Its contents are laid out alone, and in the graph
//! around it a box of that size stands for it: so all hard rules hold in each of the two drawings, and with the one set into the other they hold in the whole.
//! It is checked all the same. Which groups are to be turned is found by estimates of the rooms that their contents take either way, up the tree: a small
//! dynamic program over width and height, as for floor plans (Stockmeyer 1983: Optimal orientations of cells in slicing floorplan designs).

mod choice;
mod parts;
mod sealed;

use super::fallback::first_sound;
use super::nest::{Nest, ROOT};
use super::score::score;
use super::{Flow, Graph, Layout, LayoutError, Spacing, Watch, check, verify};
use parts::Parts;

/// A drawing that is shown at least so large on its page is well enough as it is.
const ENOUGH: f64 = 0.8;
/// How much larger a drawing must become on its page for groups to be turned that nobody asked to turn.
const WORTH: f64 = 1.2;

/// The drawing of a graph: with groups turned that ask for it, and perhaps others. One whole drawing is made, and one more where groups are worth turning.
///
/// # Errors
/// What is wrong with the graph.
pub(super) fn drawing(graph: &Graph, spacing: &Spacing, done: Watch) -> Result<Layout, LayoutError> {
    check::check(graph)?;
    if graph.groups.iter().all(|g| g.flow.is_none()) {
        let usual = first_sound(graph, spacing, done)?;
        let fits = graph.groups.is_empty() || spacing.scale(usual.size) >= ENOUGH;
        return Ok(if fits { usual } else { Turning::new(graph, spacing).better(usual, done) });
    }
    let turning = Turning::new(graph, spacing);
    let usual = match turning.drawn(&turning.asked, done) {
        Some(as_asked) => as_asked,
        None => first_sound(graph, spacing, done)?,
    };
    Ok(turning.better(usual, done))
}

/// What is known of a graph whose groups may be turned.
struct Turning<'a> {
    graph: &'a Graph,
    spacing: &'a Spacing,
    nest: Nest,
    /// For each group of the nest whether it is sealed, and the flow that it asks for.
    sealed: Vec<bool>,
    asked: Vec<Option<Flow>>,
}

impl<'a> Turning<'a> {
    fn new(graph: &'a Graph, spacing: &'a Spacing) -> Self {
        let nest = Nest::new(graph);
        let sealed = sealed::sealed(graph, &nest);
        let asked = std::iter::once(None).chain(graph.groups.iter().map(|g| g.flow)).collect();
        Self { graph, spacing, nest, sealed, asked }
    }

    /// The drawing in which groups of the nest have these flows. None if it is the usual one, if it breaks a rule, or if what can be drawn as one is too large
    /// in parts.
    fn drawn(&self, flows: &[Option<Flow>], done: Watch) -> Option<Layout> {
        let cuts = self.cuts(flows);
        if cuts.iter().all(Option::is_none) {
            return None;
        }
        let parts = Parts::new(self.graph, &self.nest, &cuts);
        let drawn = parts.drawn(self.graph, |part| first_sound(part, self.spacing, done)).ok();
        drawn.filter(|drawn| verify::breaches(self.graph, drawn).is_empty())
    }

    /// The usual drawing, or one with groups turned if that is worth it: clearly larger on its page, and without more crossings.
    fn better(&self, usual: Layout, done: Watch) -> Layout {
        let Some(turned) = self.flows(&usual).and_then(|flows| self.drawn(&flows, done)) else { return usual };
        let [before, after] = [&usual, &turned].map(|drawn| self.spacing.scale(drawn.size));
        let crossings = |drawn: &Layout| score(self.graph, drawn).crossings;
        let better = after >= before * WORTH && crossings(&turned) <= crossings(&usual);
        if better { turned } else { usual }
    }

    /// For each group of the nest that is to be cut out the flow of its contents: for sealed ones with another flow than that around them.
    fn cuts(&self, flows: &[Option<Flow>]) -> Vec<Option<Flow>> {
        let mut flow = vec![self.graph.flow; self.nest.len()];
        let mut cuts = vec![None; self.nest.len()];
        for g in self.nest.outer_first.iter().filter(|&&g| g != ROOT).map(|&g| g as usize) {
            let around = flow[self.nest.parent[g] as usize];
            cuts[g] = flows[g].filter(|&f| self.sealed[g] && f != around);
            flow[g] = cuts[g].unwrap_or(around);
        }
        cuts
    }
}
