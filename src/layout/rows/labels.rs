//! Rows for labels: made where a link with a label would pass through no row on its way.

use super::super::Graph;
use super::super::nest::{Nest, ROOT, class_groups};
use super::super::rank::Ranks;
use super::courses::{Course, inner_ends, range};
use super::{Origin, Use};
use std::collections::BTreeSet;

/// Inserts rows for labels. Returns the new ranks and what each row is.
pub(super) fn with_label_rows(
    graph: &Graph,
    nest: &Nest,
    ranks: &Ranks,
    courses: &[Course],
    hung: &BTreeSet<u32>,
) -> (Ranks, Vec<Origin>) {
    let (wanted, extended) = missing(graph, nest, ranks, courses, hung);
    let mut within = vec![false; ranks.count as usize];
    for (bottom, _) in ranks.bottom.iter().zip(&extended).filter(|(_, more)| **more) {
        within[*bottom as usize] = true;
    }
    let mut moved = Vec::with_capacity(ranks.count as usize);
    let mut origins: Vec<Origin> = Vec::new();
    for r in 0..ranks.count {
        moved.push(origins.len() as u32);
        origins.push((r, Use::Layer));
        let labels = [(within[r as usize], Use::Within), (wanted[r as usize], Use::After)];
        origins.extend(labels.into_iter().filter(|label| label.0).map(|(_, made_for)| (r, made_for)));
    }
    let map = |r: &u32| moved.get(*r as usize).copied().unwrap_or(0);
    let mut new = Ranks {
        of_box: ranks.of_box.iter().map(map).collect(),
        top: ranks.top.iter().map(map).collect(),
        bottom: ranks.bottom.iter().zip(&extended).map(|(r, more)| map(r) + u32::from(*more)).collect(),
        astride_top: ranks.astride_top.clone(),
        astride_bottom: ranks.astride_bottom.clone(),
        count: origins.len() as u32,
        parts: ranks.parts.clone(),
    };
    new.bottom[ROOT as usize] = new.count.saturating_sub(1);
    debug_assert_eq!(new.top.len(), nest.len());
    (new, origins)
}

/// After which rows a row for labels is missing, and which groups have to reach on over one after their last row.
fn missing(
    graph: &Graph,
    nest: &Nest,
    ranks: &Ranks,
    courses: &[Course],
    hung: &BTreeSet<u32>,
) -> (Vec<bool>, Vec<bool>) {
    let mut wanted = vec![false; ranks.count as usize];
    let mut extended = vec![false; nest.len()];
    for (l, (link, course)) in graph.links.iter().zip(courses).enumerate() {
        if *course == Course::Inner && link.label.is_some() {
            let (member, group) = inner_ends(nest, link.from, link.to);
            let last = range(member, ranks).1;
            if last == ranks.bottom[group as usize] && !ranks.astride_bottom[group as usize] {
                extended[group as usize] = true;
            }
        }
        if hung.contains(&(l as u32)) && *course == Course::Level {
            let common = nest.common(nest.region(link.from, link.to), nest.region(link.to, link.from));
            let last = range(link.from, ranks).1;
            let ends = common != ROOT && ranks.bottom[common as usize] == last;
            if ends {
                extended[common as usize] = true;
            } else {
                wanted[last as usize] = true;
            }
        }
        let Course::Vertical(turned) = course else { continue };
        let (upper, lower) = if *turned { (link.to, link.from) } else { (link.from, link.to) };
        let (above, below) = (range(upper, ranks).1, range(lower, ranks).0);
        if link.label.is_some() && below == above + 1 {
            wanted[above as usize] = true;
        }
    }
    close_extended(graph, nest, ranks, &mut extended);
    (wanted, extended)
}

/// A group that reaches on takes along those around it that end where it does, and the other groups of its class.
fn close_extended(graph: &Graph, nest: &Nest, ranks: &Ranks, extended: &mut [bool]) {
    loop {
        let before = extended.iter().filter(|e| **e).count();
        for &g in nest.outer_first.iter().rev() {
            let p = nest.parent[g as usize] as usize;
            if g != ROOT && extended[g as usize] && p != ROOT as usize && ranks.bottom[p] == ranks.bottom[g as usize] {
                extended[p] = true;
            }
        }
        for class in &graph.classes {
            let groups = || class_groups(class).map(|g| g as usize);
            let any = groups().any(|g| extended[g]);
            groups().for_each(|g| extended[g] |= any);
        }
        // A border row is the last one of its group: such groups, and those around them, stay as they are.
        for (more, astride) in extended.iter_mut().zip(&ranks.astride_bottom) {
            *more &= !astride;
        }
        if extended.iter().filter(|e| **e).count() <= before {
            return;
        }
    }
}
