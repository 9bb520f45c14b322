//! The layout engine on generated topologies of growing size: `cargo bench --bench layout`.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use skyplan::geometry::{Rect, Size};
use skyplan::layout::{BoxId, BoxNode, Graph, GroupId, GroupNode, Link, Member, Spacing, layout};
use std::hint::black_box;

/// VPCs in a row, each with two zones of three tiers: about `boxes` boxes.
fn topology(boxes: usize) -> Graph {
    let mut graph = Graph::default();
    let size = Size::new(64.0, 64.0);
    let add = |graph: &mut Graph, parent| {
        graph.boxes.push(BoxNode { size, core: Rect::new(0.0, 0.0, size.w, size.h), parent, border: None });
        BoxId(graph.boxes.len() as u32 - 1)
    };
    let link = |a, b| Link { from: Member::Box(a), to: Member::Box(b), label: None, rank: true, weight: 1.0 };
    let users = add(&mut graph, None);
    while graph.boxes.len() < boxes {
        let vpc = GroupId(graph.groups.len() as u32);
        graph.groups.push(GroupNode::default());
        let balancer = add(&mut graph, Some(vpc));
        graph.links.push(link(users, balancer));
        let mut tiers: [Vec<Member>; 3] = Default::default();
        for _ in 0..2 {
            let zone = GroupId(graph.groups.len() as u32);
            graph.groups.push(GroupNode { parent: Some(vpc), ..GroupNode::default() });
            let mut before = balancer;
            for tier in &mut tiers {
                let subnet = GroupId(graph.groups.len() as u32);
                graph.groups.push(GroupNode { parent: Some(zone), ..GroupNode::default() });
                tier.push(Member::Group(subnet));
                let server = add(&mut graph, Some(subnet));
                graph.links.push(link(before, server));
                before = server;
            }
        }
        graph.classes.extend(tiers);
    }
    graph
}

fn sizes(c: &mut Criterion) {
    let mut group = c.benchmark_group("layout");
    group.sample_size(10);
    for boxes in [20, 100, 1000, 5000] {
        let graph = topology(boxes);
        group.bench_with_input(BenchmarkId::from_parameter(boxes), &graph, |b, graph| {
            b.iter(|| layout(black_box(graph), &Spacing::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, sizes);
criterion_main!(benches);
