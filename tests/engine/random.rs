//! Random graphs from fixed seeds: nested groups, classes, borders, labels, loops, parallel links, all directions.

use super::hostile::boxes;
use super::lay;
use super::support::Random;
use skyplan::geometry::{Rect, Size};
use skyplan::layout::{BoxId, Flow, Graph, GroupId, GroupNode, Link, Member, Span, TitlePlace};

fn graph(seed: u64, n: usize) -> Graph {
    let mut r = Random(seed);
    let mut graph = boxes(n, 0.0, 0.0);
    graph.flow = [Flow::Down, Flow::Right, Flow::Up, Flow::Left][r.below(4)];
    let groups = if r.chance(80) { r.below(n / 2 + 1) } else { 0 };
    for g in 0..groups {
        let parent = (g > 0 && r.chance(60)).then(|| GroupId(r.below(g) as u32));
        let title = if r.chance(50) { Size::new(r.below(140) as f64, 20.0) } else { Size::default() };
        let title_place = if r.chance(30) { TitlePlace::Middle } else { TitlePlace::Corner };
        graph.groups.push(GroupNode { parent, title, title_place, flow: None });
    }
    for b in &mut graph.boxes {
        b.size = Size::new(10.0 + r.below(110) as f64, 10.0 + r.below(70) as f64);
        b.core = Rect::new(0.0, 0.0, b.size.w, b.size.h);
        b.parent = (groups > 0 && r.chance(75)).then(|| GroupId(r.below(groups) as u32));
        if groups > 0 && r.chance(4) {
            b.border = Some((GroupId(r.below(groups) as u32), None));
        }
    }
    let member = |r: &mut Random| {
        if groups > 0 && r.chance(12) {
            Member::Group(GroupId(r.below(groups) as u32))
        } else {
            Member::Box(BoxId(r.below(n) as u32))
        }
    };
    for _ in 0..r.below(2 * n + 1) {
        let (from, to) = (member(&mut r), member(&mut r));
        let label = r.chance(20).then(|| Size::new(10.0 + r.below(70) as f64, 14.0));
        graph.links.push(Link { from, to, label, rank: !r.chance(10), weight: 1.0 });
    }
    if r.chance(30) {
        let members = (0..1 + r.below(3)).map(|_| Member::Box(BoxId(r.below(n) as u32))).collect();
        graph.spans.push(Span { members, title: Size::new(60.0, 16.0) });
    }
    graph
}

fn run(seeds: std::ops::Range<u64>, most: usize) {
    for seed in seeds {
        let graph = graph(seed, 2 + (seed as usize * 7) % most);
        // Only constraints can contradict each other; then there is an error, and no drawing to judge.
        if skyplan::layout::layout(&graph, &skyplan::layout::Spacing::default()).is_ok() {
            lay(&format!("seed {seed}"), &graph);
        }
    }
}

#[test]
fn small_random_graphs_keep_the_rules() {
    run(0..500, 14);
}

#[test]
fn middling_random_graphs_keep_the_rules() {
    run(1000..1150, 60);
}

#[test]
fn the_same_graph_gives_the_same_drawing() {
    let graph = graph(7, 60);
    let (a, b) = (lay("first", &graph), lay("second", &graph));
    assert_eq!(a.boxes, b.boxes);
    assert_eq!(
        a.links.iter().map(|l| &l.points).collect::<Vec<_>>(),
        b.links.iter().map(|l| &l.points).collect::<Vec<_>>()
    );
}
