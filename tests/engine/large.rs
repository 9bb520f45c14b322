//! Large random graphs: many small ones with everything at once, each in a group of its own, and links between them.

use super::hostile::{boxes, link};
use super::lay;
use super::support::Random;
use super::wild;
use skyplan::layout::{BoxId, Form, Graph, GroupId, GroupNode, Link, Member, Spacing, layout};

/// A graph of at least so many boxes.
fn graph(seed: u64, boxes: usize) -> Graph {
    let mut r = Random(seed);
    let mut whole = Graph { flow: wild::graph(seed, 1).flow, ..Graph::default() };
    for part in seed * 1000.. {
        let small = wild::graph(part, 40);
        if layout(&small, &Spacing::default()).is_err() {
            continue;
        }
        add(&mut whole, small);
        // To the part before, from any of its boxes.
        let (first, last) = (whole.boxes.len().saturating_sub(40), whole.boxes.len());
        for _ in 0..r.below(3) {
            let mut end = || Member::Box(BoxId((first + r.below(last - first)) as u32));
            whole.links.push(Link { from: end(), to: end(), label: None, rank: true, weight: 1.0 });
        }
        if last >= boxes {
            return whole;
        }
    }
    unreachable!("seeds do not end")
}

/// Adds a graph to another, inside a group of its own; every third of these lies inside the one before.
fn add(whole: &mut Graph, small: Graph) {
    let (boxes, outer) = (whole.boxes.len() as u32, whole.groups.len() as u32);
    let group = |g: GroupId| GroupId(g.0 + outer + 1);
    let member = |m: Member| match m {
        Member::Box(b) => Member::Box(BoxId(b.0 + boxes)),
        Member::Group(g) => Member::Group(group(g)),
    };
    let around = whole.groups.iter().rposition(|g| g.parent.is_none()).filter(|_| boxes % 3 == 0);
    whole.groups.push(GroupNode { parent: around.map(|g| GroupId(g as u32)), ..GroupNode::default() });
    for mut g in small.groups {
        g.parent = Some(g.parent.map_or(GroupId(outer), group));
        whole.groups.push(g);
    }
    for mut b in small.boxes {
        b.parent = Some(b.parent.map_or(GroupId(outer), group));
        b.border = b.border.map(|(g, side)| (group(g), side));
        whole.boxes.push(b);
    }
    let links = small.links.into_iter().map(|l| Link { from: member(l.from), to: member(l.to), ..l });
    whole.links.extend(links);
    whole.classes.extend(small.classes.into_iter().map(|c| c.into_iter().map(member).collect()));
    whole.spans.extend(small.spans.into_iter().map(|mut s| {
        s.members = s.members.into_iter().map(member).collect();
        s
    }));
}

#[test]
fn graphs_of_up_to_two_thousand_boxes_keep_the_rules() {
    for (seed, boxes) in [(1, 400), (2, 700), (10, 1000), (4, 2000)] {
        let graph = graph(seed, boxes);
        lay(&format!("seed {seed} of {boxes}"), &graph);
    }
}

#[test]
fn links_at_random_over_a_hundred_groups_all_find_a_way() {
    let mut r = Random(1);
    let mut graph = boxes(300, 64.0, 64.0);
    for g in 0..100 {
        let parent = (g > 0 && r.chance(65)).then(|| GroupId(r.below(g) as u32));
        graph.groups.push(GroupNode { parent, ..GroupNode::default() });
    }
    graph.boxes.iter_mut().for_each(|b| b.parent = r.chance(75).then(|| GroupId(r.below(100) as u32)));
    graph.links = (0..600).map(|_| link(r.below(300), r.below(300))).collect();
    assert_eq!(lay("links at random", &graph).form, Form::Finished);
}
