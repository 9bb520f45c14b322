//! Graphs that were made to break something.

use super::lay;
use skyplan::geometry::{Rect, Size};
use skyplan::layout::{
    BoxId, BoxNode, Flow, Graph, GroupId, GroupNode, LayoutError, Link, Member, Side, Spacing, Span, layout,
};

pub(crate) fn boxes(n: usize, w: f64, h: f64) -> Graph {
    let node = BoxNode { size: Size::new(w, h), core: Rect::new(0.0, 0.0, w, h), parent: None, border: None };
    Graph { boxes: vec![node; n], ..Graph::default() }
}

pub(crate) fn link(a: usize, b: usize) -> Link {
    let member = |k: usize| Member::Box(BoxId(k as u32));
    Link { from: member(a), to: member(b), label: None, rank: true, weight: 1.0 }
}

fn group(parent: Option<usize>) -> GroupNode {
    GroupNode { parent: parent.map(|p| GroupId(p as u32)), ..GroupNode::default() }
}

#[test]
fn nothing_at_all() {
    lay("empty", &Graph::default());
}

#[test]
fn one_box_sixty_groups_deep() {
    let mut graph = boxes(2, 40.0, 30.0);
    graph.groups = (0..60).map(|k: usize| group(k.checked_sub(1))).collect();
    graph.boxes[0].parent = Some(GroupId(59));
    graph.links = vec![link(1, 0), link(0, 1)];
    lay("deep", &graph);
}

#[test]
fn one_group_for_each_box_sixty_deep() {
    let mut graph = boxes(60, 40.0, 30.0);
    graph.groups = (0..60).map(|k: usize| group(k.checked_sub(1))).collect();
    (0..60).for_each(|k| graph.boxes[k].parent = Some(GroupId(k as u32)));
    graph.links = (0..59).map(|k| link(k, k + 1)).chain([link(59, 0), link(30, 2)]).collect();
    lay("a group for each box", &graph);
}

#[test]
fn five_hundred_links_on_one_box() {
    let mut graph = boxes(40, 60.0, 40.0);
    graph.links = (0..500).map(|k| link(0, 1 + k % 39)).collect();
    lay("many links", &graph);
}

#[test]
fn complete_graph_of_thirty() {
    let mut graph = boxes(30, 60.0, 40.0);
    graph.links = (0..30).flat_map(|a| (a + 1..30).map(move |b| link(a, b))).collect();
    lay("complete", &graph);
}

#[test]
fn star_of_two_thousand() {
    let mut graph = boxes(2000, 60.0, 40.0);
    graph.links = (1..2000).map(|k| link(0, k)).collect();
    lay("star", &graph);
}

#[test]
fn only_cycles_and_loops() {
    let mut graph = boxes(9, 60.0, 40.0);
    graph.links = (0..9).flat_map(|k| [link(k, (k + 1) % 9), link((k + 1) % 9, k), link(k, k)]).collect();
    lay("cycles", &graph);
}

#[test]
fn empty_groups_and_unlinked_boxes() {
    let mut graph = boxes(50, 60.0, 40.0);
    graph.groups = vec![group(None), group(Some(0)), group(None)];
    for b in 0..9 {
        graph.boxes[b].parent = Some(GroupId(2));
    }
    lay("unlinked", &graph);
}

#[test]
fn links_from_groups_to_their_own_members_and_themselves() {
    let mut graph = boxes(4, 60.0, 40.0);
    graph.groups = vec![group(None), group(Some(0)), group(None)];
    graph.boxes[0].parent = Some(GroupId(1));
    graph.boxes[1].parent = Some(GroupId(1));
    graph.boxes[2].parent = Some(GroupId(2));
    let g = |k| Member::Group(GroupId(k));
    let b = |k| Member::Box(BoxId(k));
    let any = |from, to| Link { from, to, ..link(0, 0) };
    graph.links = vec![
        any(g(0), b(0)),
        any(b(1), g(0)),
        any(g(1), g(0)),
        any(g(0), g(1)),
        any(g(1), g(1)),
        any(g(0), g(2)),
        any(g(2), g(0)),
        any(b(3), g(1)),
        any(b(0), b(1)),
    ];
    lay("own members", &graph);
}

/// No link joins two rows here, so the search for a better order looks at none: its budget must be used up all the same.
#[test]
fn level_boxes_whose_links_cannot_all_be_neighbours() {
    let mut graph = boxes(3, 70.0, 60.0);
    graph.groups = vec![group(None), group(None)];
    graph.boxes[1].parent = Some(GroupId(0));
    graph.boxes[2].parent = Some(GroupId(1));
    graph.links = vec![link(2, 1), link(0, 0), link(2, 0), link(0, 1), link(2, 2), link(1, 1)];
    let member = |b| Member::Box(BoxId(b));
    graph.classes = vec![vec![member(0), member(1), member(2)]];
    lay("all level", &graph);
}

#[test]
fn huge_and_tiny_boxes() {
    let mut graph = boxes(12, 5.0, 5.0);
    graph.boxes[3] = BoxNode {
        size: Size::new(3000.0, 2000.0),
        core: Rect::new(0.0, 0.0, 3000.0, 2000.0),
        ..graph.boxes[3].clone()
    };
    graph.links = (0..11).flat_map(|k| [link(k, k + 1), link(3, k)]).collect();
    lay("sizes", &graph);
}

#[test]
fn border_boxes_on_all_sides_and_a_span() {
    for flow in [Flow::Down, Flow::Right, Flow::Up, Flow::Left] {
        let mut graph = boxes(9, 48.0, 48.0);
        graph.flow = flow;
        graph.groups = vec![group(None), group(Some(0)), group(Some(0))];
        for (k, side) in [Side::Top, Side::Right, Side::Bottom, Side::Left].into_iter().enumerate() {
            graph.boxes[k].border = Some((GroupId(0), Some(side)));
        }
        for (b, g) in [(4, 1), (5, 1), (6, 2), (7, 2)] {
            graph.boxes[b].parent = Some(GroupId(g));
        }
        graph.links = vec![link(8, 0), link(0, 4), link(4, 5), link(0, 6), link(6, 7), link(5, 2)];
        let member = |k| Member::Box(BoxId(k));
        graph.classes = vec![
            vec![Member::Group(GroupId(1)), Member::Group(GroupId(2))],
            vec![member(4), member(6)],
            vec![member(5), member(7)],
        ];
        graph.spans = vec![Span { members: vec![member(4), member(6)], title: Size::new(80.0, 18.0) }];
        lay("borders", &graph);
    }
}

#[test]
fn titles_are_never_crossed() {
    for flow in [Flow::Down, Flow::Right, Flow::Up, Flow::Left] {
        let mut graph = boxes(8, 64.0, 48.0);
        graph.flow = flow;
        graph.groups = vec![group(None), group(Some(0)), group(Some(0))];
        for (k, g) in graph.groups.iter_mut().enumerate() {
            g.title = Size::new(150.0, 22.0);
            if k == 1 {
                g.title_place = skyplan::layout::TitlePlace::Middle;
            }
        }
        for (b, g) in [(1, 1), (2, 1), (3, 2), (4, 2), (5, 0)] {
            graph.boxes[b].parent = Some(GroupId(g));
        }
        graph.links =
            vec![link(0, 1), link(0, 3), link(1, 2), link(3, 4), link(6, 2), link(2, 7), link(7, 3), link(5, 2)];
        for l in &mut graph.links {
            l.label = Some(Size::new(50.0, 14.0));
        }
        lay("titles", &graph);
    }
}

#[test]
fn outlines_of_the_same_members_lie_within_each_other() {
    for flow in [Flow::Down, Flow::Right, Flow::Up, Flow::Left] {
        let mut graph = boxes(3, 60.0, 40.0);
        graph.flow = flow;
        graph.links = vec![link(0, 1), link(0, 2)];
        graph.classes = vec![vec![Member::Box(BoxId(1)), Member::Box(BoxId(2))]];
        let span = |members: &[u32]| Span {
            members: members.iter().map(|&b| Member::Box(BoxId(b))).collect(),
            title: Size::new(80.0, 20.0),
        };
        graph.spans = vec![span(&[1, 2]), span(&[1, 2]), span(&[2])];
        let drawn = lay("outlines", &graph);
        let part = |s: usize| drawn.spans[s].parts[0];
        assert!(part(0).holds(part(1), 0.1) && !part(1).holds(part(0), 0.1));
        assert!(part(1).holds(part(2), 0.1));
    }
}

#[test]
fn what_cannot_be_laid_out_is_a_typed_error() {
    let mut bad = boxes(1, f64::NAN, 10.0);
    assert!(matches!(layout(&bad, &Spacing::default()), Err(LayoutError::BadSize(_))));
    bad = boxes(1, 10.0, 10.0);
    bad.links = vec![link(0, 7)];
    assert!(matches!(layout(&bad, &Spacing::default()), Err(LayoutError::BadIndex(_))));
    bad = boxes(1, 10.0, 10.0);
    bad.groups = vec![group(Some(1)), group(Some(0))];
    assert!(matches!(layout(&bad, &Spacing::default()), Err(LayoutError::NestingCycle(_))));
    bad = boxes(1, 10.0, 10.0);
    bad.boxes[0].border = Some((GroupId(3), None));
    assert!(matches!(layout(&bad, &Spacing::default()), Err(LayoutError::BadIndex(_))));
    bad = boxes(1, 10.0, 10.0);
    bad.groups = vec![group(None)];
    bad.boxes[0].parent = Some(GroupId(0));
    bad.classes = vec![vec![Member::Group(GroupId(0)), Member::Box(BoxId(0))]];
    assert!(matches!(layout(&bad, &Spacing::default()), Err(LayoutError::Contradiction(_))));
}
