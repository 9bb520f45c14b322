//! What the layout knows after each of its phases, as shapes: for those who want to see it at work.

use super::candidates::{Candidate, candidates};
use super::{Form, Graph, Layout, LayoutError, Member, Ordered, Spacing};
use super::{check, columns, nest, orient, places, ports, rows};
use crate::geometry::{Point, Rect};
use std::collections::BTreeSet;

/// Distance of two rows, and of two items where no columns are known yet.
const STEP: (f64, f64) = (84.0, 64.0);

/// Size of a box where only its row is known.
const BOX: (f64, f64) = (64.0, 28.0);

/// A state of the layout.
#[derive(Debug, Clone, Default)]
pub struct Phase {
    /// The phase that it is the result of.
    pub name: &'static str,
    /// The boxes, in the graph's order.
    pub boxes: Vec<Rect>,
    /// The groups that have walls by now.
    pub groups: Vec<Rect>,
    /// The passes of long links through rows, the rooms of labels and the fillers of groups.
    pub dots: Vec<Point>,
    /// The links.
    pub lines: Vec<Vec<Point>>,
}

/// The states of a graph on its way to coordinates, all of them as if it flowed down, groups that flow across it included.
///
/// # Errors
/// As for [`layout`](super::layout()).
pub fn phases(graph: &Graph, spacing: &Spacing) -> Result<Vec<Phase>, LayoutError> {
    check::check(graph)?;
    let (graph, spacing) = orient::downward(graph, spacing);
    let (nest, strip) = (nest::Nest::new(&graph), orient::strip(super::Flow::Down));
    let drawn = candidates(&graph, &spacing, strip, Form::Finished, &mut |_| ())?.into_iter().next();
    let Some(Candidate { ranks, layout }) = drawn else { return Ok(Vec::new()) };
    let first = rows::rows(&graph, &nest, &ranks, &BTreeSet::new(), &spacing);
    let ordered = Ordered { graph: &graph, nest: &nest, ranks: &ranks, spacing: &spacing, strip };
    let last = ordered.courses(&mut |_| ());
    let ports = ports::ports(&graph, &last, &places(&last), &spacing);
    let columns = columns::columns(&graph, &nest, &last, &ports, &spacing, strip, columns::Effort::Full);
    let bare = first.rows.iter().map(|row| row.iter().filter(|&&i| is_box(&graph, i)).copied().collect());
    let bare =
        rows::Rows { rows: bare.collect(), chains: vec![rows::Chain::default(); graph.links.len()], ..first.clone() };
    Ok(vec![
        sketch("rank", &graph, &bare, &spaced(&bare)),
        sketch("rows", &graph, &first, &spaced(&first)),
        sketch("order", &graph, &last, &spaced(&last)),
        Phase { groups: walls(&nest, &last, &columns), ..sketch("columns", &graph, &last, &columns.item) },
        finished(layout),
    ])
}

/// Whether an item is a box: they come first.
fn is_box(graph: &Graph, item: u32) -> bool {
    (item as usize) < graph.boxes.len()
}

/// Every item at its place in its row, rows centred.
fn spaced(rows: &rows::Rows) -> Vec<f64> {
    let mut at = places(rows);
    for row in &rows.rows {
        for &i in row {
            at[i as usize] = (at[i as usize] - (row.len() as f64 - 1.0) / 2.0) * STEP.0;
        }
    }
    at
}

/// Items on the lines of their rows.
fn sketch(name: &'static str, graph: &Graph, rows: &rows::Rows, x: &[f64]) -> Phase {
    let at = |i: u32| Point::new(x[i as usize], f64::from(rows.items[i as usize].row) * STEP.1);
    let boxes = (0..graph.boxes.len() as u32)
        .map(|b| Rect::new(at(b).x - BOX.0 / 2.0, at(b).y - BOX.1 / 2.0, BOX.0, BOX.1))
        .collect();
    let dots = rows.rows.iter().flatten().filter(|&&i| !is_box(graph, i)).map(|&i| at(i)).collect();
    let lines = graph.links.iter().zip(&rows.chains).map(|(link, chain)| match (link.from, link.to) {
        (Member::Box(a), Member::Box(b)) if chain.items.is_empty() => vec![at(a.0), at(b.0)],
        _ => chain.items.iter().map(|&i| at(i)).collect(),
    });
    Phase { name, boxes, groups: Vec::new(), dots, lines: lines.collect() }
}

/// The walls of the groups between the lines of the rows, those of outer groups further from them.
fn walls(nest: &nest::Nest, rows: &rows::Rows, columns: &columns::Columns) -> Vec<Rect> {
    let mut around = vec![0u8; nest.len()];
    for &g in nest.outer_first.iter().rev().filter(|&&g| g != nest::ROOT) {
        let parent = nest.parent[g as usize] as usize;
        around[parent] = around[parent].max(around[g as usize].saturating_add(1));
    }
    let wall = |g: usize| {
        let off = BOX.1 / 2.0 + 4.0 * (1.0 + f64::from(around[g].min(3)));
        let top = f64::from(rows.top[g]) * STEP.1 - if rows.astride_top[g] { 0.0 } else { off };
        let bottom = f64::from(rows.bottom[g]) * STEP.1 + if rows.astride_bottom[g] { 0.0 } else { off };
        Rect::new(columns.left[g], top, columns.right[g] - columns.left[g], bottom - top)
    };
    (1..nest.len()).map(wall).collect()
}

/// The finished layout.
fn finished(layout: Layout) -> Phase {
    let lines = layout.links.into_iter().map(|route| route.points).collect();
    Phase { name: "lines", boxes: layout.boxes, groups: layout.groups, dots: Vec::new(), lines }
}
