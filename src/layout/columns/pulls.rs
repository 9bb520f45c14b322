//! What pulls at items: the links, dear where a long one would bend; and fans, whose hub wants to stand over the middle of them.

use super::super::rank;
use super::super::rows::{Chain, ItemId, Joint, Kind};
use super::super::{Graph, Member};
use super::{Pull, SCALE, System};

/// For each end of each link whether it is the hub of a fan: a member with links to at least two of one class, itself outside it.
fn fans(graph: &Graph) -> Vec<[bool; 2]> {
    /// No class.
    const NONE: u32 = u32::MAX;
    let (mut boxes, mut groups) = (vec![NONE; graph.boxes.len()], vec![NONE; graph.groups.len()]);
    for (c, class) in (0..).zip(&graph.classes) {
        for &m in class {
            match m {
                Member::Box(b) => boxes[b.at()] = c,
                Member::Group(g) => groups[g.at()] = c,
            }
        }
    }
    let class_of = |m: Member| match m {
        Member::Box(b) => boxes[b.at()],
        Member::Group(g) => groups[g.at()],
    };
    // A member and the class, outside it, of the other end.
    let hub = |own: Member, other: Member| {
        let class = class_of(other);
        (class != NONE && class_of(own) != class).then_some((own, class))
    };
    let ends = graph.links.iter().flat_map(|l| [(l.from, l.to), (l.to, l.from)]);
    let mut reached: Vec<((Member, u32), Member)> =
        ends.filter_map(|(own, other)| Some((hub(own, other)?, other))).collect();
    reached.sort_unstable();
    reached.dedup();
    let hubs: Vec<(Member, u32)> =
        reached.chunk_by(|a, b| a.0 == b.0).filter(|fan| fan.len() > 1).map(|fan| fan[0].0).collect();
    let is_hub = |own, other| hub(own, other).is_some_and(|key| hubs.binary_search(&key).is_ok());
    graph.links.iter().map(|l| [is_hub(l.from, l.to), is_hub(l.to, l.from)]).collect()
}

impl System<'_> {
    /// How far from a hanging label's middle the leg of a joint stands: see [`super::ports::leg`].
    fn hang(&self, chain: &Chain, at: usize, joint: usize, place: &[u32]) -> f64 {
        let (Some(before), Some(after)) = (at.checked_sub(1).map(|k| chain.joints[k]), chain.joints.get(at)) else {
            return 0.0;
        };
        let item = self.item(chain.items[at]);
        if !item.label || before != *after || before == Joint::Row {
            return 0.0;
        }
        let place = |at: usize| place[chain.items[at] as usize];
        let first_is_left = place(at - 1) <= place(at + 1);
        let reach = (item.left - 1.0).max(0.0);
        if (joint < at) == first_is_left { -reach } else { reach }
    }

    /// The pulls of links: dear where a long link would bend between two passes.
    pub(super) fn links(&mut self) {
        let fans = fans(self.graph);
        let place = self.places();
        for (l, chain) in self.rows.chains.iter().enumerate() {
            let n = chain.items.len();
            let boost = libm::round(self.graph.links[l].weight * 2.0).clamp(1.0, 100.0) as i32;
            // From one part to another a link may turn: within the parts they are straight.
            let between_parts = self.rows.between_parts.binary_search(&(l as u32)).is_ok();
            for (k, joint) in chain.joints.iter().enumerate() {
                let (i, j) = (chain.items[k], chain.items[k + 1]);
                let thin = |i: ItemId| i32::from(matches!(self.item(i).kind, Kind::Pass(_)));
                let weight = match thin(i) + thin(j) {
                    1 if between_parts => 1,
                    thin => boost * [1, 3, 8][thin as usize],
                };
                let port = |at: usize, end: usize| {
                    if at == 0 && end == 0 || at == n - 1 && end == 1 { self.ports.offset[l][end] } else { 0.0 }
                };
                let (mut a, mut b) =
                    (port(k, 0) + self.hang(chain, k, k, &place), port(k + 1, 1) + self.hang(chain, k + 1, k, &place));
                if let Joint::Row = joint {
                    (a, b) = (0.0, 0.0);
                }
                let offset = libm::round((a - b) * SCALE) as i32;
                let (a, b) = (self.var[i as usize], self.var[j as usize]);
                if a != b {
                    let hub = (k == 0 && fans[l][0]).then_some(a).or((k + 2 == n && fans[l][1]).then_some(b));
                    self.pulls.push(Pull { a, b, offset, weight, hub });
                }
            }
        }
    }

    /// The boxes of a grid stand in columns.
    pub(super) fn grids(&mut self) {
        for (a, b) in rank::grids(self.graph, self.nest) {
            self.pulls.push(Pull { a, b, offset: 0, weight: 1, hub: None });
        }
    }
}
