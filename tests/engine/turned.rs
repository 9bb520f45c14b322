//! Groups that flow across the flow of the drawing: where it helps, and where it is asked for.

use super::hostile::{boxes, link};
use super::support::Random;
use super::{lay, wild};
use skyplan::geometry::Size;
use skyplan::layout::{
    BoxId, Flow, Form, Graph, GroupId, GroupNode, Layout, Link, Member, Spacing, Span, json, layout, layout_in_form,
};

fn between(from: Member, to: Member) -> Link {
    Link { from, to, ..link(0, 0) }
}

fn group(g: usize) -> Member {
    Member::Group(GroupId(g as u32))
}

/// Groups that lead on to each other, with a chain of boxes in each.
fn stages(stages: usize, each: usize) -> Graph {
    let mut graph = boxes(stages * each, 70.0, 60.0);
    graph.groups = vec![GroupNode { title: Size::new(80.0, 18.0), ..GroupNode::default() }; stages];
    for (b, node) in graph.boxes.iter_mut().enumerate() {
        node.parent = Some(GroupId((b / each) as u32));
    }
    graph.links = (1..stages * each).filter(|b| b % each > 0).map(|b| link(b - 1, b)).collect();
    graph.links.extend((1..stages).map(|s| between(group(s - 1), group(s))));
    graph
}

/// The drawing without turned groups.
fn usual(graph: &Graph) -> Layout {
    layout_in_form(graph, &Spacing::default(), Form::Finished).unwrap_or_default()
}

/// Whether the boxes of a range stand beside each other, the first one first.
fn runs_right(drawn: &Layout, range: std::ops::Range<usize>) -> bool {
    drawn.boxes[range].windows(2).all(|b| b[0].right() < b[1].x && b[0].y == b[1].y)
}

fn same(a: &Layout, b: &Layout) -> bool {
    let links = |l: &Layout| l.links.iter().map(|l| l.points.clone()).collect::<Vec<_>>();
    (&a.boxes, &a.groups, &a.titles, links(a)) == (&b.boxes, &b.groups, &b.titles, links(b))
}

#[test]
fn sealed_chains_in_a_drawing_too_tall_run_across() {
    let graph = stages(4, 6);
    let drawn = lay("stages", &graph);
    assert!(usual(&graph).size.h > 1200.0 && drawn.size.h < 900.0, "{:?}", drawn.size);
    assert!((0..4).all(|s| runs_right(&drawn, s * 6..s * 6 + 6)));
    assert!(drawn.groups.windows(2).all(|g| g[0].bottom() < g[1].y), "the groups themselves still lead down");
}

#[test]
fn sealed_fans_in_a_drawing_too_wide_run_across() {
    let mut graph = boxes(41, 70.0, 60.0);
    graph.groups = vec![GroupNode::default(); 5];
    for b in 0..40 {
        graph.boxes[b].parent = Some(GroupId((b / 8) as u32));
        if b % 8 > 0 {
            graph.links.push(link(b / 8 * 8, b));
        }
    }
    graph.links.extend((0..5).map(|g| between(Member::Box(BoxId(40)), group(g))));
    let drawn = lay("fans", &graph);
    assert!(usual(&graph).size.w > 1600.0 && drawn.size.w < 1600.0, "{:?}", drawn.size);
    assert!((1..8).all(|b| drawn.boxes[b].x > drawn.boxes[0].right()));
}

#[test]
fn to_the_right_sealed_chains_run_down() {
    let graph = Graph { flow: Flow::Right, ..stages(9, 7) };
    let drawn = lay("stages", &graph);
    assert!(drawn.size.w < usual(&graph).size.w * 0.8, "{:?}", drawn.size);
    assert!((0..6).all(|b| drawn.boxes[b].bottom() < drawn.boxes[b + 1].y));
}

#[test]
fn sealed_groups_turn_with_what_they_hold() {
    // Three groups of three stages each.
    let mut graph = stages(9, 4);
    graph.links.truncate(9 * 3);
    for s in 0..9 {
        graph.groups[s].parent = Some(GroupId(9 + (s / 3) as u32));
        if s % 3 > 0 {
            graph.links.push(between(group(s - 1), group(s)));
        }
    }
    graph.groups.extend(vec![GroupNode::default(); 3]);
    graph.links.extend((10..12).map(|g| between(group(g - 1), group(g))));
    let drawn = lay("stages in stages", &graph);
    assert!((0..3).all(|g| runs_right(&drawn, g * 12..g * 12 + 12)), "{:?}", drawn.boxes);
    // What is turned within what is turned flows as the whole does.
    for (g, node) in graph.groups.iter_mut().enumerate() {
        node.flow = Some(if g < 9 { Flow::Down } else { Flow::Right });
    }
    let drawn = lay("asked", &graph);
    assert!((1..4).all(|b| drawn.boxes[b - 1].bottom() < drawn.boxes[b].y));
    assert!((1..3).all(|g| drawn.groups[g - 1].right() < drawn.groups[g].x));
}

#[test]
fn what_fits_its_page_or_is_tied_to_the_outside_is_left_as_it_is() {
    let fits = stages(2, 3);
    assert!(same(&lay("small", &fits), &usual(&fits)));
    let whole = stages(1, 24);
    assert!(same(&lay("whole", &whole), &usual(&whole)), "the drawing itself keeps its flow");
    let ties: [fn(&mut Graph); 4] = [
        |graph| graph.links.extend((1..4).map(|s| link(6 * s - 1, 6 * s))),
        |graph| graph.classes = vec![(0..4).map(|s| Member::Box(BoxId(s * 6))).collect()],
        |graph| (0..4).for_each(|s| graph.boxes[s * 6].border = Some((GroupId(s as u32), None))),
        |graph| {
            let members = (0..4).map(|s| Member::Box(BoxId(s * 6))).collect();
            graph.spans.push(Span { members, title: Size::new(60.0, 16.0) });
        },
    ];
    for (k, tie) in ties.iter().enumerate() {
        let mut graph = stages(4, 6);
        tie(&mut graph);
        assert!(same(&lay("tied", &graph), &usual(&graph)), "tie {k}");
        // Asked for or not.
        let plain = lay("tied", &graph);
        graph.groups.iter_mut().for_each(|g| g.flow = Some(Flow::Right));
        assert!(same(&lay("asked", &graph), &plain), "tie {k}");
    }
}

#[test]
fn a_group_in_json_may_ask_for_its_flow() {
    let text = |flow: &str| {
        format!(
            r#"{{"nodes": [{{"id": "a", "w": 60, "h": 40, "parent": "g"}}, {{"id": "b", "w": 60, "h": 40, "parent": "g"}}],
                "groups": [{{"id": "g"{flow}}}], "edges": [["a", "b"], ["g", "b"]]}}"#
        )
    };
    let drawn = |flow: &str| {
        let (graph, names) = json::read(&text(flow)).unwrap();
        let drawn = lay("json", &graph);
        (drawn.boxes[0].right() < drawn.boxes[1].x, json::write(&graph, &names, &drawn, None))
    };
    assert!(!drawn("").0 && !drawn(r#", "flow": "down""#).0);
    let (right, written) = drawn(r#", "flow": "right""#);
    assert!(right && written.contains(r#""flow":"right""#), "{written}");
    assert!(json::read(&text(r#", "flow": "sideways""#)).is_err());
}

/// A random graph in which groups stand that are sealed, each with a random graph in it, and links to them as a whole. With `asked`, each asks for a flow.
fn sealed(seed: u64, asked: bool) -> Graph {
    let mut r = Random(seed ^ 0x7A12);
    let mut graph = wild::graph(seed, 8);
    for _ in 0..1 + r.below(4) {
        let root = graph.groups.len();
        let parent = (root > 0 && r.chance(50)).then(|| GroupId(r.below(root) as u32));
        let title = if r.chance(70) { Size::new(10.0 + r.below(120) as f64, 18.0) } else { Size::default() };
        let flow = asked.then(|| [Flow::Down, Flow::Right, Flow::Up, Flow::Left][r.below(4)]);
        graph.groups.push(GroupNode { parent, title, flow, ..GroupNode::default() });
        inside(&mut r, &mut graph, root);
        if r.chance(60) {
            let other = Member::Box(BoxId(r.below(graph.boxes.len()) as u32));
            let label = r.chance(40).then(|| Size::new(10.0 + r.below(70) as f64, 14.0));
            graph.links.push(Link { label, ..between(group(root), other) });
        }
        if r.chance(30) {
            let first = r.below(graph.boxes.len());
            graph.links.push(between(Member::Box(BoxId(first as u32)), group(root)));
        }
    }
    graph
}

/// Fills a group: a long chain with links beside it, groups and outlines in it, and boxes on their borders.
fn inside(r: &mut Random, graph: &mut Graph, root: usize) {
    let first = graph.boxes.len();
    let mut around = root;
    for b in first..first + 4 + r.below(10) {
        if r.chance(20) {
            let parent = Some(GroupId(around as u32));
            around = graph.groups.len();
            graph.groups.push(GroupNode { parent, title: Size::new(40.0, 18.0), ..GroupNode::default() });
        } else if r.chance(20) {
            around = root;
        }
        let mut node = boxes(1, 20.0 + r.below(60) as f64, 20.0 + r.below(50) as f64).boxes.remove(0);
        let home = GroupId(around as u32);
        (node.parent, node.border) = (Some(home), (around != root && r.chance(10)).then_some((home, None)));
        graph.boxes.push(node);
        if b > first {
            let from = if r.chance(80) { b - 1 } else { first + r.below(b - first) };
            let label = r.chance(20).then(|| Size::new(10.0 + r.below(70) as f64, 14.0));
            graph.links.push(Link { label, ..link(from, b) });
        }
        if r.chance(10) {
            graph.links.push(between(Member::Box(BoxId(b as u32)), group(root)));
        }
    }
    if r.chance(30) {
        let member = |r: &mut Random| Member::Box(BoxId((first + r.below(graph.boxes.len() - first)) as u32));
        let members = (0..1 + r.below(3)).map(|_| member(r)).collect();
        graph.spans.push(Span { members, title: Size::new(60.0, 16.0) });
    }
}

#[test]
fn random_graphs_with_sealed_groups_keep_the_rules() {
    let (mut turned, mut asked) = (0, 0);
    for seed in 0..300 {
        let [by_itself, as_asked] = [false, true].map(|asked| sealed(seed, asked));
        // Only constraints can contradict each other.
        if layout(&by_itself, &Spacing::default()).is_err() {
            continue;
        }
        let drawn = lay(&format!("seed {seed}"), &by_itself);
        turned += usize::from(drawn.form == Form::Finished && !same(&drawn, &usual(&by_itself)));
        let drawn = lay(&format!("seed {seed}, asked"), &as_asked);
        asked += usize::from(drawn.form == Form::Finished && !same(&drawn, &usual(&as_asked)));
    }
    assert!(turned > 10 && asked > 100, "{turned} turned, {asked} as asked");
}

#[test]
fn the_same_graph_is_turned_alike() {
    for graph in [stages(4, 6), sealed(3, true)] {
        assert!(same(&lay("first", &graph), &lay("second", &graph)));
    }
}
