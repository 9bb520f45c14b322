//! Wrapping: what is far too long for its page continues beside itself.

use super::hostile::{boxes, link};
use super::{lay, long};
use skyplan::geometry::Rect;
use skyplan::layout::{BoxId, Flow, Graph, GroupId, GroupNode, Layout, Member, Spacing};

/// Chains of so many boxes, one beside the other, each in a group of its own.
fn chains(chains: usize, each: usize) -> Graph {
    let mut graph = boxes(chains * each, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); chains];
    for (b, node) in graph.boxes.iter_mut().enumerate() {
        node.parent = Some(GroupId((b / each) as u32));
    }
    let pairs = (1..chains * each).filter(|b| b % each > 0);
    graph.links = pairs.map(|b| link(b - 1, b)).collect();
    graph
}

/// The boxes by the parts that they stand in, where `along` gives the place along the flow: a new one starts where it goes back.
fn parts(drawn: &Layout, along: impl Fn(&Rect) -> f64) -> Vec<&[Rect]> {
    drawn.boxes.chunk_by(|a, b| along(a) < along(b)).collect()
}

#[test]
fn a_long_chain_continues_beside_itself() {
    let drawn = lay("chain", &chains(1, 24));
    assert!(drawn.size.h < 900.0, "{:?}", drawn.size);
    let parts = parts(&drawn, |b| b.y);
    assert!(parts.len() > 1);
    assert!(parts.iter().all(|part| part.iter().all(|b| b.x == part[0].x)), "each part is straight");
    assert!(parts.windows(2).all(|pair| pair[0][0].right() < pair[1][0].x), "the first part stands first");
    let between = drawn.links.iter().filter(|l| l.points.len() > 2);
    assert_eq!(
        between.map(|l| l.points.len()).collect::<Vec<_>>(),
        vec![4; parts.len() - 1],
        "two bends from part to part"
    );
}

#[test]
fn to_the_right_a_long_chain_continues_below() {
    let drawn = lay("chain", &Graph { flow: Flow::Right, ..chains(1, 32) });
    let parts = parts(&drawn, |b| b.x);
    assert!(parts.len() > 1 && drawn.size.w < 1600.0, "{:?}", drawn.size);
    assert!(parts.windows(2).all(|pair| pair[0][0].bottom() < pair[1][0].y), "the first part stands first");
}

#[test]
fn what_fits_its_page_is_left_as_it_is() {
    assert_eq!(parts(&lay("chain", &chains(1, 6)), |b| b.y).len(), 1);
    // A page that is tall enough holds the whole chain.
    let tall = Spacing { aspect: 0.1, ..Spacing::default() };
    let drawn = skyplan::layout::layout(&chains(1, 24), &tall).unwrap_or_default();
    assert_eq!(parts(&drawn, |b| b.y).len(), 1);
}

#[test]
fn groups_of_one_class_are_cut_alike() {
    let mut graph = chains(2, 18);
    let member = |b: usize| Member::Box(BoxId(b as u32));
    graph.classes = (0..18).map(|b| vec![member(b), member(18 + b)]).collect();
    graph.classes.push(vec![Member::Group(GroupId(0)), Member::Group(GroupId(1))]);
    let drawn = lay("copies", &graph);
    assert!(parts(&drawn, |b| b.y).len() > 2);
    assert!((0..18).all(|b| drawn.boxes[b].y == drawn.boxes[18 + b].y));
}

#[test]
fn where_many_links_lead_on_nothing_is_cut() {
    // Every link of a chain is there ten times over.
    let mut graph = chains(1, 24);
    graph.links = graph.links.iter().flat_map(|l| vec![l.clone(); 10]).collect();
    assert_eq!(parts(&lay("bundles", &graph), |b| b.y).len(), 1);
}

#[test]
fn long_random_graphs_keep_the_rules() {
    let fits = |graph: &Graph| {
        let size = lay("long", graph).size;
        if matches!(graph.flow, Flow::Down | Flow::Up) { size.h < 900.0 } else { size.w < 1600.0 }
    };
    let wrapped = (0..150).filter(|&seed| fits(&long::graph(seed))).count();
    assert!(wrapped > 10, "only {wrapped} were wrapped");
}
