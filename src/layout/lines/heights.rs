//! How many walls stand one within the other where several groups end or start at one row.

use super::super::Graph;
use super::super::nest::{Nest, ROOT, class_groups};
use super::super::rows::Rows;
use super::super::tracks::Heights;
use std::collections::BTreeMap;

/// How high groups are stacked where several end or start at one row.
pub(in crate::layout) fn heights(graph: &Graph, nest: &Nest, rows: &Rows) -> Heights {
    let mut h = Heights { closing: vec![1; nest.len()], opening: vec![1; nest.len()] };
    // A class raises its members to one height, which may raise their parents: at most one round for each level of nesting.
    loop {
        let mut changed = false;
        let mut raise = |slot: &mut u32, to: u32| {
            if *slot < to {
                *slot = to;
                changed = true;
            }
        };
        for &g in nest.outer_first.iter().rev() {
            if g == ROOT {
                continue;
            }
            let p = nest.parent[g as usize] as usize;
            if rows.bottom[p] == rows.bottom[g as usize] {
                let to = h.closing[g as usize] + 1;
                raise(&mut h.closing[p], to);
            }
            if rows.top[p] == rows.top[g as usize] {
                let to = h.opening[g as usize] + 1;
                raise(&mut h.opening[p], to);
            }
        }
        for class in &graph.classes {
            let groups = || class_groups(class).map(|g| g as usize);
            let (closing, opening) = (groups().map(|g| h.closing[g]).max(), groups().map(|g| h.opening[g]).max());
            for g in groups() {
                raise(&mut h.closing[g], closing.unwrap_or(1));
                raise(&mut h.opening[g], opening.unwrap_or(1));
            }
        }
        if !changed {
            break;
        }
    }
    in_line(graph, nest, rows, &mut h);
    h
}

/// Brings walls of siblings in one channel that would stand a hair apart in line: those of groups of no class, which may be as high as they like below what
/// holds them both.
fn in_line(graph: &Graph, nest: &Nest, rows: &Rows, h: &mut Heights) {
    let (bottom, top) = (tallest(nest, &rows.bottom, &h.closing), tallest(nest, &rows.top, &h.opening));
    let mut classed = vec![false; nest.len()];
    graph.classes.iter().flat_map(|class| class_groups(class)).for_each(|g| classed[g as usize] = true);
    for g in (1..nest.len()).filter(|&g| !classed[g]) {
        for (own, tallest) in [(&mut h.closing[g], bottom[g]), (&mut h.opening[g], top[g])] {
            *own += u32::from(*own + 1 == tallest);
        }
    }
}

/// For each group the greatest of the `heights` of its siblings that have a wall in the same channel.
fn tallest(nest: &Nest, channel: &[u32], heights: &[u32]) -> Vec<u32> {
    let key = |g: usize| (nest.parent[g], channel[g]);
    let mut tallest = BTreeMap::new();
    for (g, &height) in heights.iter().enumerate().skip(1) {
        let own = tallest.entry(key(g)).or_insert(0);
        *own = height.max(*own);
    }
    (0..nest.len()).map(|g| tallest.get(&key(g)).copied().unwrap_or(0)).collect()
}
