//! Small edits change little: what an edit does not touch keeps its order.

use super::hostile::{boxes, link};
use super::lay;
use super::wild;
use skyplan::geometry::Size;
use skyplan::layout::{BoxNode, Flow, Graph, GroupId, GroupNode, Layout, Spacing, layout};

/// A drawing in numbers.
fn numbers(drawn: &Layout) -> String {
    format!("{:?} {:?} {:?} {:?}", drawn.boxes, drawn.groups, drawn.titles, drawn.links)
}

/// The engine sees of a text its room alone, so another text of the same room moves nothing; and it has no memory of what it drew before.
#[test]
fn the_same_rooms_give_the_same_drawing() {
    let other = wild::graph(1, 30);
    for seed in 0..60 {
        let graph = wild::graph(seed, 30);
        let Ok(first) = layout(&graph, &Spacing::default()) else { continue };
        drop(layout(&other, &Spacing::default()));
        let again = layout(&graph.clone(), &Spacing::default()).unwrap();
        assert_eq!(numbers(&first), numbers(&again), "seed {seed}");
    }
}

/// Two groups, each with a chain and what hangs from it, side by side; the first one may get one more leaf.
fn two_groups(flow: Flow, more: usize) -> Graph {
    let mut graph = boxes(14 + more, 60.0, 40.0);
    graph.flow = flow;
    graph.groups = vec![GroupNode { title: Size::new(60.0, 18.0), ..GroupNode::default() }; 2];
    for (b, node) in graph.boxes.iter_mut().enumerate() {
        *node = BoxNode { parent: Some(GroupId(u32::from((7..14).contains(&b)))), ..node.clone() };
    }
    for first in [0, 7] {
        let pairs = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6), (3, 6)];
        graph.links.extend(pairs.map(|(a, b)| link(first + a, first + b)));
    }
    graph.links.extend((0..more).map(|k| link(1 + k, 14 + k)));
    graph
}

#[test]
fn a_leaf_in_one_group_changes_no_order_in_another() {
    for flow in [Flow::Down, Flow::Right, Flow::Up, Flow::Left] {
        // The boxes of the second group, layer by layer and across the flow.
        let order = |graph: &Graph| {
            let drawn = lay("two groups", graph);
            let across = matches!(flow, Flow::Right | Flow::Left);
            let place = |b: &usize| {
                let c = drawn.boxes[*b].center();
                if across { (c.x, c.y) } else { (c.y, c.x) }
            };
            let mut own: Vec<usize> = (7..14).collect();
            own.sort_by(|a, b| place(a).partial_cmp(&place(b)).unwrap());
            own
        };
        let before = order(&two_groups(flow, 0));
        for more in 1..4 {
            assert_eq!(before, order(&two_groups(flow, more)), "{flow:?} with {more} more");
        }
    }
}
