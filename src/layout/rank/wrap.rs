//! Wrapping: in a drawing too tall for its page, long ways are cut, and what comes after a cut stands beside what comes before it, as the lines of a text do
//! (Rüegg, von Hanxleden 2018: Wrapping Layered Graphs).
//!
//! A group is cut between two of its rows where few links lead on, and nothing that it holds stands in both. Those links then decide nothing, so that the
//! rest moves up by itself. Groups of one class are cut alike.

use super::super::nest::{Nest, ROOT};
use super::super::rooms::Rooms;
use super::super::{Graph, Link, Member, Spacing};
use super::Ranks;
use super::sites::Sites;
use crate::geometry::Size;

/// A drawing that is shown at least so large on its page is well enough as it is.
const ENOUGH: f64 = 0.8;
/// How much larger the drawing must become on its page to be worth the ways back: in all, and for one part more.
const WORTH: (f64, f64) = (1.4, 1.1);
/// Boxes and links, at most, of all the layerings that are tried.
const BUDGET: usize = 40_000;

/// A drawing with parts beside each other.
pub(super) struct Wrapped {
    /// For each link whether it still decides who stands before whom.
    pub(super) decides: Vec<bool>,
    /// The layers that follow.
    pub(super) ranks: Ranks,
}

/// Cuts what has to be cut: `layers` gives the layers that follow from deciding links. None if nothing is to be cut.
///
/// O((boxes + links) x depth) beside the layerings.
pub(super) fn wrap(
    (graph, nest, spacing): (&Graph, &Nest, &Spacing),
    ranks: &Ranks,
    decides: &[bool],
    layers: impl Fn(&[bool]) -> Option<Ranks>,
) -> Option<Wrapped> {
    let scale = |rooms: &Rooms| spacing.scale(Size::new(rooms.width[ROOT as usize], rooms.height(ROOT)));
    let rooms = Rooms::new(graph, nest, ranks, spacing);
    let before = scale(&rooms);
    // Cuts make nothing less wide.
    if before >= ENOUGH || before * WORTH.0 > spacing.scale(Size::new(rooms.width[ROOT as usize], 0.0)) {
        return None;
    }
    let sites = Sites::new(graph, nest, ranks, &rooms);
    let least = rooms.height(ROOT) * (1.0 - 1.0 / WORTH.1);
    let mut tries = BUDGET / (graph.boxes.len() + graph.links.len()).max(1);
    let mut cuts = vec![Vec::new(); sites.sites.len()];
    let mut best = (before, None);
    while best.0 < 1.0 {
        let mut next: Option<(f64, _, _)> = None;
        for (s, site) in sites.sites.iter().enumerate().filter(|(_, site)| site.height >= least) {
            let Some(rows) = site.cut(cuts[s].len() + 2).filter(|_| tries > 0) else { continue };
            tries -= 1;
            let before = std::mem::replace(&mut cuts[s], rows);
            let decides = sites.deciding(decides, &cuts);
            let rows = std::mem::replace(&mut cuts[s], before);
            let Some(ranks) = layers(&decides) else { continue };
            let scale = scale(&Rooms::new(graph, nest, &ranks, spacing));
            if scale > next.as_ref().map_or(best.0 * WORTH.1, |next| next.0) {
                next = Some((scale, (s, rows), (decides, ranks)));
            }
        }
        let Some((scale, (s, rows), found)) = next else { break };
        cuts[s] = rows;
        best = (scale, Some(found));
    }
    let (decides, mut found) = best.1.filter(|_| best.0 >= before * WORTH.0)?;
    found.parts = Some(sites.parts(nest, ranks, &cuts));
    Some(Wrapped { decides, ranks: found })
}

/// The part of its group in which each box and each group of the nest stands: 0 is the first.
#[derive(Debug, Clone)]
pub(in crate::layout) struct Parts {
    pub(super) of_box: Vec<u32>,
    pub(super) of_group: Vec<u32>,
}

impl Parts {
    /// The part of a group in which a member stands; none if it stands outside, or is the group.
    pub(in crate::layout) fn of(&self, nest: &Nest, m: Member, group: u32) -> Option<u32> {
        match (nest.child(group, nest.innermost(m)), m) {
            (Some(c), _) => Some(self.of_group[c as usize]),
            (None, Member::Box(b)) if nest.home[b.at()] == group => Some(self.of_box[b.at()]),
            _ => None,
        }
    }

    /// The links from one part to another, in order.
    pub(in crate::layout) fn between(&self, graph: &Graph, nest: &Nest) -> Vec<u32> {
        let apart = |link: &Link| {
            let common = nest.common(nest.innermost(link.from), nest.innermost(link.to));
            let [from, to] = [link.from, link.to].map(|m| self.of(nest, m, common));
            from.is_some() && to.is_some() && from != to
        };
        (0..).zip(&graph.links).filter(|(_, link)| apart(link)).map(|(l, _)| l).collect()
    }
}
