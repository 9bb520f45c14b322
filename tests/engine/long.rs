//! Random graphs far too long for a page: chains through nested groups, with a few links beside them.

use super::support::Random;
use skyplan::geometry::{Rect, Size};
use skyplan::layout::{BoxId, BoxNode, Flow, Graph, GroupId, GroupNode, Link, Member, TitlePlace};

/// The graph of a seed.
pub(crate) fn graph(seed: u64) -> Graph {
    let mut r = Random(seed ^ 0x1096);
    let flow = [Flow::Down, Flow::Right, Flow::Up, Flow::Left][r.below(4)];
    let mut graph = Graph { flow, ..Graph::default() };
    let mut open: Vec<GroupId> = Vec::new();
    for b in 0..14 + r.below(50) {
        if r.chance(15) && open.len() < 4 {
            let title = Size::new(r.below(140) as f64, 20.0);
            let parent = open.last().copied();
            open.push(GroupId(graph.groups.len() as u32));
            graph.groups.push(GroupNode { parent, title, title_place: TitlePlace::Corner, flow: None });
        }
        if r.chance(8) {
            open.pop();
        }
        let size = Size::new(30.0 + r.below(60) as f64, 30.0 + r.below(40) as f64);
        let parent = open.last().copied();
        let border = parent.filter(|_| r.chance(3)).map(|g| (g, None));
        graph.boxes.push(BoxNode { size, core: Rect::new(0.0, 0.0, size.w, size.h), parent, border });
        if b > 0 {
            links(&mut r, &mut graph, b);
        }
    }
    graph
}

/// The link that leads to the box `b`, and perhaps one more.
fn links(r: &mut Random, graph: &mut Graph, b: usize) {
    let member = |b: usize| Member::Box(BoxId(b as u32));
    let label = r.chance(25).then(|| Size::new(10.0 + r.below(70) as f64, 14.0));
    let from = if r.chance(88) { b - 1 } else { r.below(b) };
    let around = graph.boxes[b].parent.filter(|g| graph.boxes[from].parent != Some(*g) && r.chance(6));
    let to = around.map_or(member(b), Member::Group);
    graph.links.push(Link { from: member(from), to, label, rank: true, weight: 1.0 });
    if r.chance(5) {
        let (from, to) = (member(b), member(r.below(b)));
        graph.links.push(Link { from, to, label: None, rank: r.chance(60), weight: 1.0 });
    }
}
