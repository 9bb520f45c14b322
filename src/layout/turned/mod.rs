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
use choice::Choice;
use parts::Parts;

/// A drawing that is shown at least so large on its page is well enough as it is.
const ENOUGH: f64 = 0.8;
/// How much larger a drawing must become on its page for groups to be turned that nobody asked to turn.
const WORTH: f64 = 1.2;

/// The drawing of a graph: with groups turned that are asked to, and perhaps others. One whole drawing is made, and one more where groups are worth turning.
///
/// # Errors
/// What is wrong with the graph.
pub(super) fn drawing(graph: &Graph, spacing: &Spacing, done: Watch) -> Result<Layout, LayoutError> {
    check::check(graph)?;
    let asked = graph.groups.iter().any(|g| g.flow.is_some());
    let usual = if asked { None } else { Some(first_sound(graph, spacing, done)?) };
    if usual.as_ref().is_some_and(|usual| graph.groups.is_empty() || spacing.scale(usual.size) >= ENOUGH) {
        return Ok(usual.unwrap_or_default());
    }
    let nest = Nest::new(graph);
    let sealed = sealed::sealed(graph, &nest);
    let flows: Vec<Option<Flow>> = std::iter::once(None).chain(graph.groups.iter().map(|g| g.flow)).collect();
    let mut draw = |flows: &[Option<Flow>]| {
        let cuts = cuts(graph, &nest, &sealed, flows);
        let cut = cuts.iter().any(Option::is_some);
        // What can be drawn in one can be too large in parts: then it is left in one.
        let drawn = cut.then(|| Parts::new(graph, &nest, &cuts).drawn(graph, |part| first_sound(part, spacing, done)));
        drawn.and_then(Result::ok).filter(|drawn| verify::breaches(graph, drawn).is_empty())
    };
    let asked = if asked { draw(&flows) } else { None };
    let usual = match usual.or(asked) {
        Some(usual) => usual,
        None => first_sound(graph, spacing, &mut |_| ())?,
    };
    let choice = Choice { graph, nest: &nest, spacing, sealed: &sealed, asked: &flows };
    let turned = choice.flows(&usual).and_then(|flows| draw(&flows));
    let better = |turned: &Layout| {
        spacing.scale(turned.size) >= spacing.scale(usual.size) * WORTH
            && score(graph, turned).crossings <= score(graph, &usual).crossings
    };
    Ok(turned.filter(better).unwrap_or(usual))
}

/// For each group of the nest that is to be cut out the flow of its contents: for sealed ones with another flow than that around them.
fn cuts(graph: &Graph, nest: &Nest, sealed: &[bool], flows: &[Option<Flow>]) -> Vec<Option<Flow>> {
    let mut flow = vec![graph.flow; nest.len()];
    let mut cuts = vec![None; nest.len()];
    for g in nest.outer_first.iter().filter(|&&g| g != ROOT).map(|&g| g as usize) {
        let around = flow[nest.parent[g] as usize];
        cuts[g] = flows[g].filter(|&f| sealed[g] && f != around);
        flow[g] = cuts[g].unwrap_or(around);
    }
    cuts
}
