//! What the nesting demands of the layers.

use super::super::nest::{Nest, ROOT, class_groups};
use super::super::simplex::Edge;
use super::super::{Graph, Side};
use super::variables::Variables;

/// Which groups have boxes astride their upper and lower walls, or are of a class with one that has.
pub(super) fn astride(graph: &Graph, nest: &Nest) -> (Vec<bool>, Vec<bool>) {
    let (mut above, mut below) = (vec![false; nest.len()], vec![false; nest.len()]);
    for (b, side) in nest.border.iter().enumerate() {
        match side {
            Some(Side::Top) => above[nest.home[b] as usize] = true,
            Some(Side::Bottom) => below[nest.home[b] as usize] = true,
            _ => {}
        }
    }
    for class in &graph.classes {
        let groups = || class_groups(class).map(|g| g as usize);
        for flags in [&mut above, &mut below] {
            let any = groups().any(|g| flags[g]);
            groups().for_each(|g| flags[g] |= any);
        }
    }
    (above, below)
}

/// What the nesting demands: groups hold their members' rows; a border row lies before or after all others.
pub(super) fn nesting(graph: &Graph, nest: &Nest, vars: &Variables, above: &[bool], below: &[bool]) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut add = |from: u32, to: u32, len: i32, weight: i32| {
        let (from, to) = (vars.leader[from as usize], vars.leader[to as usize]);
        if from != to || len > 0 {
            edges.push(Edge { from, to, len, weight });
        }
    };
    let (above, below): (Vec<i32>, Vec<i32>) =
        (above.iter().map(|&a| i32::from(a)).collect(), below.iter().map(|&b| i32::from(b)).collect());
    for g in 1..nest.len() as u32 {
        let p = nest.parent[g as usize];
        let tall = above[g as usize] + below[g as usize];
        add(vars.top(g), vars.bottom(g), tall, 1);
        if p != ROOT {
            add(vars.top(p), vars.top(g), above[p as usize], 0);
            add(vars.bottom(g), vars.bottom(p), below[p as usize], 0);
        }
    }
    // Boxes astride one side wall stand in rows of their own.
    let mut last: std::collections::BTreeMap<(u32, bool), u32> = std::collections::BTreeMap::new();
    for (b, side) in nest.border.iter().enumerate() {
        if let Some(Side::Left | Side::Right) = side
            && let Some(before) = last.insert((nest.home[b], *side == Some(Side::Left)), b as u32)
        {
            add(before, b as u32, 1, 0);
        }
    }
    for b in 0..graph.boxes.len() {
        let home = nest.home[b];
        if home != ROOT && !matches!(nest.border[b], Some(Side::Top | Side::Bottom)) {
            add(vars.top(home), b as u32, above[home as usize], 0);
            add(b as u32, vars.bottom(home), below[home as usize], 0);
        }
    }
    edges
}
