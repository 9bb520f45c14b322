//! Random systems of several VPCs side by side, and edits of one of them.

use super::hostile::{boxes, link};
use super::support::Random;
use skyplan::geometry::{Rect, Size};
use skyplan::layout::{BoxId, BoxNode, Flow, Graph, GroupId, GroupNode, Layout, Member};
use std::collections::BTreeMap;

/// A system, and which of its VPCs each box stands in.
pub(crate) struct System {
    pub(crate) graph: Graph,
    pub(crate) vpc_of: Vec<Option<usize>>,
    pub(crate) vpcs: usize,
}

/// Two to four VPCs behind one source; in each a few subnets, links down its tiers, some labels and at times a gateway on its border. With `peering` also
/// links from one VPC to another.
pub(crate) fn system(seed: u64, peering: bool) -> System {
    let mut r = Random(seed ^ 0x5EED);
    let r = &mut r;
    let mut graph = boxes(1, 64.0, 64.0);
    graph.flow = [Flow::Down, Flow::Right, Flow::Up, Flow::Left][r.below(4)];
    let mut vpc_of = vec![None];
    let vpcs = 2 + r.below(3);
    for v in 0..vpcs {
        let outer = add_group(&mut graph, None);
        let subnets: Vec<GroupId> = (0..r.below(4)).map(|_| add_group(&mut graph, Some(outer))).collect();
        let first = graph.boxes.len();
        for k in 0..3 + r.below(8) {
            let parent =
                if subnets.is_empty() || k == 0 || r.chance(20) { outer } else { subnets[r.below(subnets.len())] };
            let size = Size::new(48.0 + r.below(60) as f64, 40.0 + r.below(40) as f64);
            graph.boxes.push(BoxNode {
                size,
                core: Rect::new(0.0, 0.0, size.w, size.h),
                parent: Some(parent),
                border: None,
            });
            vpc_of.push(Some(v));
            // From what was there before: a tree with some more links.
            let here = first + k;
            graph.links.push(if k == 0 { link(0, here) } else { link(first + r.below(k), here) });
            if k > 1 && r.chance(30) {
                graph.links.push(link(first + r.below(k), here));
            }
        }
        if r.chance(40) {
            graph.boxes[first].parent = None;
            graph.boxes[first].border = Some((outer, None));
        }
    }
    for l in &mut graph.links {
        l.label = r.chance(20).then(|| Size::new(20.0 + r.below(40) as f64, 14.0));
    }
    for _ in 0..if peering { 1 + r.below(3) } else { 0 } {
        let (a, b) = (1 + r.below(vpc_of.len() - 1), 1 + r.below(vpc_of.len() - 1));
        if vpc_of[a] != vpc_of[b] {
            graph.links.push(link(a, b));
        }
    }
    System { graph, vpc_of, vpcs }
}

fn add_group(graph: &mut Graph, parent: Option<GroupId>) -> GroupId {
    graph.groups.push(GroupNode { parent, title: Size::new(60.0, 18.0), ..GroupNode::default() });
    GroupId(graph.groups.len() as u32 - 1)
}

/// What is changed in one VPC.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Edit {
    /// One more box, hung on another one.
    LeafAdded,
    /// One box less that only hangs on another one.
    LeafRemoved,
    /// One more link, from a box to a later one.
    LinkAdded,
}

/// A system after an edit.
pub(crate) struct Edited {
    graph: Graph,
    /// The box that is gone; those after it have moved up.
    gone: Option<usize>,
}

impl Edited {
    /// The drawing that `lay` makes of it, boxes numbered as before: one that is gone has no size.
    pub(crate) fn drawn(&self, lay: impl Fn(&Graph) -> Layout) -> Layout {
        let mut drawn = lay(&self.graph);
        if let Some(b) = self.gone {
            drawn.boxes.insert(b, Rect::default());
        }
        drawn
    }
}

impl System {
    /// The same after an edit in this VPC; none if there is nothing there to edit so.
    pub(crate) fn edited(&self, edit: Edit, vpc: usize, r: &mut Random) -> Option<Edited> {
        let own: Vec<usize> = (0..self.vpc_of.len()).filter(|&b| self.vpc_of[b] == Some(vpc)).collect();
        let (mut graph, mut gone) = (self.graph.clone(), None);
        match edit {
            Edit::LeafAdded => {
                let on = own[r.below(own.len())];
                let node = &graph.boxes[on];
                let parent = node.parent.or(node.border.map(|(g, _)| g));
                let leaf = BoxNode { parent, border: None, ..node.clone() };
                graph.boxes.push(leaf);
                graph.links.push(link(on, graph.boxes.len() - 1));
            }
            Edit::LeafRemoved => {
                let at = |b: usize| Member::Box(BoxId(b as u32));
                let links = |b: usize| graph.links.iter().filter(|l| [l.from, l.to].contains(&at(b))).count();
                let leaves: Vec<usize> =
                    own.into_iter().filter(|&b| links(b) == 1 && graph.boxes[b].border.is_none()).collect();
                let leaf = *leaves.get(r.below(leaves.len().max(1)))?;
                graph.links.retain(|l| ![l.from, l.to].contains(&at(leaf)));
                graph.boxes.remove(leaf);
                for end in graph.links.iter_mut().flat_map(|l| [&mut l.from, &mut l.to]) {
                    if let Member::Box(b) = end {
                        b.0 -= u32::from(b.0 as usize > leaf);
                    }
                }
                gone = Some(leaf);
            }
            Edit::LinkAdded => {
                let (a, b) = (own[r.below(own.len())], own[r.below(own.len())]);
                if a == b {
                    return None;
                }
                graph.links.push(link(a.min(b), a.max(b)));
            }
        }
        Some(Edited { graph, gone })
    }

    /// The boxes of a VPC layer by layer in the direction of the flow, each layer across it.
    pub(crate) fn order(&self, vpc: usize, drawn: &Layout) -> Vec<Vec<usize>> {
        let across = matches!(self.graph.flow, Flow::Right | Flow::Left);
        let place = |b: usize| {
            let c = drawn.boxes[b].center();
            if across { (c.x.round() as i64, c.y) } else { (c.y.round() as i64, c.x) }
        };
        let mut layers: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for b in (0..self.vpc_of.len()).filter(|&b| self.vpc_of[b] == Some(vpc)) {
            layers.entry(place(b).0).or_default().push(b);
        }
        let sorted = |mut layer: Vec<usize>| {
            layer.sort_by(|&a, &b| place(a).1.total_cmp(&place(b).1));
            layer
        };
        layers.into_values().map(sorted).collect()
    }
}
