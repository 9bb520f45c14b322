//! The shape of whole drawings: what stands level, and what is set on shelves.

use super::hostile::{boxes, link};
use super::lay;
use skyplan::layout::{GroupId, GroupNode, Layout};

/// A source above groups of three boxes each, which run from the first to the last.
fn branches(groups: usize) -> skyplan::layout::Graph {
    let mut graph = boxes(1 + 3 * groups, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); groups];
    for g in 0..groups {
        let first = 1 + 3 * g;
        (first..first + 3).for_each(|b| graph.boxes[b].parent = Some(GroupId(g as u32)));
        graph.links.extend([link(0, first), link(first, first + 1), link(first + 1, first + 2)]);
    }
    graph
}

fn tops(drawn: &Layout) -> Vec<f64> {
    drawn.groups.iter().map(|g| g.y).collect()
}

#[test]
fn groups_that_hang_on_one_source_stay_level_with_a_link_between_them() {
    let mut graph = branches(2);
    graph.links.push(link(2, 5));
    let tops = tops(&lay("peering", &graph));
    assert_eq!(tops[0], tops[1]);
}

#[test]
fn a_flow_from_one_of_them_into_the_other_still_runs_down() {
    let mut graph = branches(2);
    graph.links.push(link(3, 4));
    let drawn = lay("flow", &graph);
    assert!(drawn.boxes[4].y > drawn.boxes[3].bottom());
}

#[test]
fn a_row_of_groups_far_too_long_for_the_page_is_set_on_shelves() {
    let drawn = lay("shelves", &branches(40));
    let aspect = drawn.size.w / drawn.size.h;
    assert!((0.8..3.5).contains(&aspect), "aspect {aspect}");
    assert!(tops(&drawn).windows(2).all(|t| t[0] <= t[1]), "the first groups stand on the first shelf");
}
