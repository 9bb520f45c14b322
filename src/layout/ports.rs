//! Ports: where along a box's side each link ends.
//!
//! Links of one box that leave it on one side share one port, so that they fan out from a common trunk; arriving links share another. Parallel links
//! stay apart.

use super::adjacent::Adjacent;
use super::nest::Nest;
use super::rows::{Foot, ItemId, Joint, Rows};
use super::{Graph, Link, Member, Side, Spacing};
use std::collections::BTreeMap;

/// Side of a box, as seen from its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    /// Towards the row before.
    Up,
    /// Towards the row after.
    Down,
}

/// Ports of all links.
#[derive(Debug, Clone)]
pub(super) struct Ports {
    /// Distance of each end's port from its item's reference point, across the flow; by link and end.
    pub(super) offset: Vec<[f64; 2]>,
    /// Number of the trunk of each end: equal numbers are one port. By link and end; `u32::MAX` for ends that share with nobody.
    pub(super) trunk: Vec<[u32; 2]>,
}

/// Where the leg of a joint stands across the flow, at the item number `at` of the chain.
pub(super) fn leg(rows: &Rows, ports: &Ports, item_x: &[f64], link: usize, joint: usize, at: usize) -> f64 {
    let chain = &rows.chains[link];
    let last = chain.items.len() - 1;
    let x = item_x[chain.items[at] as usize];
    if at == 0 || at == last {
        // A loop has both ends at one item: the joint's own side decides.
        let end = usize::from(at == last && last > 0);
        let is_box = chain.feet.is_some_and(|f| f[end] == Foot::Box);
        let along_row = chain.joints.get(joint).is_none_or(|j| *j == Joint::Row);
        return if is_box && !along_row { x + ports.offset[link][end] } else { x };
    }
    let item = &rows.items[chain.items[at] as usize];
    let (before, after) = (chain.joints[at - 1], chain.joints[at]);
    if !(item.label && before == after && before != Joint::Row) {
        return x;
    }
    // A hanging label: the link comes down on one side of it and goes up on the other.
    let end_x = |k: usize| {
        let offset = if k == 0 {
            ports.offset[link][0]
        } else if k == last {
            ports.offset[link][1]
        } else {
            0.0
        };
        item_x[chain.items[k] as usize] + offset
    };
    let first_is_left = end_x(at - 1) <= end_x(at + 1);
    let reach = (item.left - 1.0).max(0.0);
    if (joint < at) == first_is_left { x - reach } else { x + reach }
}

/// The side from which the joint `joint` of a chain leaves the item at its end `end`.
pub(super) fn edge_of(rows: &Rows, item: ItemId, joint: Joint) -> Option<Edge> {
    match joint {
        Joint::Channel(c) if c.below == rows.items[item as usize].row => Some(Edge::Up),
        Joint::Channel(_) => Some(Edge::Down),
        Joint::Row => None,
    }
}

/// Assigns ports. `at` gives each item's place in its row.
pub(super) fn ports(graph: &Graph, rows: &Rows, at: &[f64], spacing: &Spacing) -> Ports {
    let mut out = Ports { offset: vec![[0.0; 2]; graph.links.len()], trunk: vec![[u32::MAX; 2]; graph.links.len()] };
    let parallel = parallels(graph);
    let mut stubs: Vec<(u32, Stub)> = Vec::with_capacity(2 * rows.chains.len());
    for (l, chain) in rows.chains.iter().enumerate() {
        let n = chain.items.len();
        let Some(feet) = chain.feet else { continue };
        for (end, foot) in feet.into_iter().enumerate() {
            if foot != Foot::Box || n < 2 {
                continue;
            }
            let (item, next, joint) = if end == 0 {
                (chain.items[0], chain.items[1], chain.joints[0])
            } else {
                (chain.items[n - 1], chain.items[n - 2], chain.joints[n - 2])
            };
            let Some(edge) = edge_of(rows, item, joint) else { continue };
            let loops = graph.links[l].from == graph.links[l].to;
            let lane = if loops { u32::MAX - 2 * l as u32 - end as u32 } else { parallel[l] };
            let aside = rows.between_parts.binary_search(&(l as u32)).is_ok();
            let stub = Stub { leads_to: at[next as usize], arrives: end == 1, lane, link: l as u32, end, aside };
            stubs.push((2 * item + u32::from(edge == Edge::Down), stub));
        }
    }
    // The ends at each side of each box, by where they lead.
    let mut sides = Adjacent::new(2 * graph.boxes.len(), stubs.iter().copied());
    drop(stubs);
    sides.each_mut(|ends| {
        ends.sort_by(|a, b| a.leads_to.total_cmp(&b.leads_to).then(a.lane.cmp(&b.lane)).then(a.link.cmp(&b.link)));
    });
    let bundle = |a: &Stub, b: &Stub| a.arrives == b.arrives && a.lane == b.lane && a.aside == b.aside;
    let mut trunks = 0;
    for (b, ends) in graph.boxes.iter().flat_map(|b| [b, b]).zip((0..).map(|side| sides.of(side))) {
        // Neighbouring ends of one kind share a port; a change of kind starts the next one, so that links of one box never cross each other.
        let ports = ends.chunk_by(bundle).count();
        let before = ends.chunk_by(bundle).take_while(|bundle| bundle[0].aside).count();
        let after = ends.chunk_by(bundle).rev().take_while(|bundle| bundle[0].aside).count();
        let (before, after) = if before < ports { (before, after) } else { (0, 0) };
        let middle = ((before + ports - after) as f64 - 1.0) / 2.0;
        let reach = middle.max(ports as f64 - 1.0 - middle);
        let step = (spacing.track * 1.2).min(b.core.w / (2.0 * reach + 2.0));
        for (k, bundle) in ends.chunk_by(bundle).enumerate() {
            for stub in bundle {
                out.offset[stub.link as usize][stub.end] = libm::round((k as f64 - middle) * step * 4.0) / 4.0;
                out.trunk[stub.link as usize][stub.end] = trunks;
            }
            trunks += 1;
        }
    }
    out
}

/// Moves the ports of boxes astride the left wall outside it, where titles lie along that wall: what leaves such a box for the outside must not run down
/// beside the wall over the title.
pub(super) fn off_titles(graph: &Graph, nest: &Nest, rows: &Rows, ports: &mut Ports) {
    // The ends of one side of one box: link and end.
    type Ends = Vec<(usize, usize)>;
    let mut ends: BTreeMap<(ItemId, Option<Edge>), Ends> = BTreeMap::new();
    for (l, chain) in rows.chains.iter().enumerate() {
        let (Some(feet), true) = (chain.feet, chain.items.len() > 1) else { continue };
        let (first, last) = (chain.items[0], chain.items[chain.items.len() - 1]);
        let (from, to) = (graph.links[l].from, graph.links[l].to);
        let joints = [chain.joints.first(), chain.joints.last()];
        for (end, item, m, other) in [(0, first, from, to), (1, last, to, from)] {
            let Member::Box(b) = m else { continue };
            let outside = from == to || nest.region(m, other) != nest.home[b.at()];
            if feet[end] == Foot::Box && nest.border[b.at()] == Some(Side::Left) && outside {
                let edge = joints[end].and_then(|&j| edge_of(rows, item, j));
                ends.entry((item, edge)).or_default().push((l, end));
            }
        }
    }
    for own in ends.into_values() {
        let most = own.iter().map(|&(l, end)| ports.offset[l][end]).fold(0.0, f64::max);
        // Half as far apart they still all stand on the box's side.
        own.into_iter().for_each(|(l, end)| ports.offset[l][end] = (ports.offset[l][end] - most) / 2.0);
    }
}

/// One end of a link at a box.
#[derive(Debug, Clone, Copy, Default)]
struct Stub {
    leads_to: f64,
    arrives: bool,
    /// Number among parallel links; loops have one for each end.
    lane: u32,
    link: u32,
    end: usize,
    /// Whether it leads from one part to another: it turns to the side of its box if it can, and leaves the middle to others.
    aside: bool,
}

/// The number of each link among those that join the same two members, whichever way.
fn parallels(graph: &Graph) -> Vec<u32> {
    let number = |m: Member| match m {
        Member::Box(b) => b.0,
        Member::Group(g) => graph.boxes.len() as u32 + g.0,
    };
    let pair = |(link, l): (&Link, u32)| {
        let (from, to) = (number(link.from), number(link.to));
        (from.min(to), (from.max(to), l))
    };
    let mut others = Adjacent::new(graph.boxes.len() + graph.groups.len(), graph.links.iter().zip(0..).map(pair));
    let mut numbers = vec![0; graph.links.len()];
    others.each_mut(|others| {
        others.sort_unstable();
        for parallel in others.chunk_by(|a, b| a.0 == b.0) {
            (0..).zip(parallel).for_each(|(k, &(_, l))| numbers[l as usize] = k);
        }
    });
    numbers
}
