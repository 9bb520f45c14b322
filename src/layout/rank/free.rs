//! Boxes that nothing ties: grids of them, and the narrowest rows for those that stand beside others.

use super::super::adjacent::Adjacent;
use super::super::nest::{Nest, ROOT};
use super::super::{Graph, Member};
use super::Ranks;

/// Boxes that nothing ties, by group.
fn free_boxes(graph: &Graph, nest: &Nest) -> Adjacent {
    let mut tied = vec![false; graph.boxes.len()];
    let mut tie = |m: Member| {
        if let Member::Box(b) = m {
            tied[b.at()] = true;
        }
    };
    graph.links.iter().for_each(|l| [l.from, l.to].into_iter().for_each(&mut tie));
    graph.spans.iter().flat_map(|s| &s.members).chain(graph.classes.iter().flatten()).copied().for_each(&mut tie);
    let is_free = |b: &u32| !tied[*b as usize] && nest.border[*b as usize].is_none();
    Adjacent::new(nest.len(), (0..graph.boxes.len() as u32).filter(is_free).map(|b| (nest.home[b as usize], b)))
}

/// Groups that hold nothing but boxes without links become grids of about the page's shape: the boxes of each row with those that stand below them.
pub(in crate::layout) fn grids(graph: &Graph, nest: &Nest) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let free = free_boxes(graph, nest);
    for g in 0..nest.len() as u32 {
        let free = free.of(g);
        if free.len() < 4 || free.len() != nest.members[g as usize] as usize {
            continue;
        }
        let most = libm::ceil(libm::sqrt(free.len() as f64 * 1.8)) as usize;
        // As many rows as with the most columns, but all about as long.
        let columns = free.len().div_ceil(free.len().div_ceil(most));
        pairs.extend((columns..free.len()).map(|k| (free[k - columns], free[k])));
    }
    pairs
}

/// Puts boxes that nothing ties, but that stand beside other members, into the narrowest rows of their group: inner groups first, for their widths count in
/// the outer ones.
pub(super) fn spread_free(graph: &Graph, nest: &Nest, ranks: &mut Ranks) {
    /// Room between neighbours, about.
    const GAP: f64 = 40.0;
    let free = free_boxes(graph, nest);
    let boxes = Adjacent::new(nest.len(), nest.home.iter().copied().zip(0..));
    let mut load = Vec::new();
    let last = ranks.of_box.iter().chain(&ranks.bottom[1..]).copied().max().unwrap_or(0);
    let mut width = vec![0.0f64; nest.len()];
    for (free, boxes, inside, g) in
        nest.outer_first.iter().rev().map(|&g| (free.of(g), boxes.of(g), nest.children(g), g as usize))
    {
        let (first, last) = if g == ROOT as usize { (0, last) } else { (ranks.top[g], ranks.bottom[g]) };
        load.clear();
        load.resize((last.max(first) - first) as usize + 1, 0.0f64);
        let apart = free.len() < nest.members[g] as usize;
        for &b in boxes {
            let moves = apart && free.contains(&b);
            if let Some(r) = ranks.of_box[b as usize].checked_sub(first).filter(|_| !moves) {
                load[(r as usize).min((last - first) as usize)] += graph.boxes[b as usize].size.w + GAP;
            }
        }
        for &d in inside {
            let d = d as usize;
            for r in ranks.top[d].max(first)..=ranks.bottom[d].min(last) {
                load[(r - first) as usize] += width[d] + GAP;
            }
        }
        if apart && !free.is_empty() {
            let astride = |side: &[bool]| usize::from(g != ROOT as usize && side[g]);
            let from = astride(&ranks.astride_top).min(load.len() - 1);
            let to = (load.len() - astride(&ranks.astride_bottom)).max(from + 1);
            for &b in free {
                let row = (from..to).min_by(|&r, &q| load[r].total_cmp(&load[q])).unwrap_or(from);
                load[row] += graph.boxes[b as usize].size.w + GAP;
                ranks.of_box[b as usize] = first + row as u32;
            }
        }
        let title = if g == ROOT as usize { 0.0 } else { graph.groups[g - 1].title.w };
        width[g] = load.iter().copied().fold(title, f64::max) + GAP;
    }
}
