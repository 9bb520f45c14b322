//! The layout engine on generated topologies of growing size, as a whole and phase by phase: `cargo bench --bench layout`.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use skyplan::geometry::{Rect, Size};
use skyplan::layout::{BoxId, BoxNode, Graph, GroupId, GroupNode, Link, Member, Spacing, layout, watched};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// VPCs in a row, each with two zones of three tiers, a balancer for both and now and then a link to the VPC before: about `boxes` boxes.
fn topology(boxes: usize) -> Graph {
    let mut graph = Graph::default();
    let size = Size::new(64.0, 64.0);
    let add = |graph: &mut Graph, parent| {
        graph.boxes.push(BoxNode { size, core: Rect::new(0.0, 0.0, size.w, size.h), parent, border: None });
        BoxId(graph.boxes.len() as u32 - 1)
    };
    let link = |a, b| Link { from: Member::Box(a), to: Member::Box(b), label: None, rank: true, weight: 1.0 };
    let users = add(&mut graph, None);
    let mut before_vpc = None;
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
        // Peering: every third VPC with the one before it.
        if let Some(other) = before_vpc.filter(|_| vpc.0.is_multiple_of(3)) {
            graph.links.push(Link { label: Some(Size::new(49.0, 14.0)), rank: false, ..link(balancer, other) });
        }
        before_vpc = Some(balancer);
    }
    graph
}

/// The last thing that is done, after all phases.
const CHECK: &str = "check";

/// The names of all phases of a graph's layout, in their order.
fn names(graph: &Graph) -> Vec<&'static str> {
    let mut names = Vec::new();
    let drawn = watched(graph, &Spacing::default(), &mut |done| {
        if !names.contains(&done) {
            names.push(done);
        }
    });
    assert!(drawn.is_ok(), "the topology can be laid out");
    names.push(CHECK);
    names
}

/// The time that one phase takes, each time that it is done.
fn spent(graph: &Graph, phase: &str) -> Duration {
    let (mut last, mut sum) = (Instant::now(), Duration::ZERO);
    let drawn = watched(black_box(graph), &Spacing::default(), &mut |done| {
        let now = Instant::now();
        if done == phase {
            sum += now - last;
        }
        last = now;
    });
    if phase == CHECK {
        sum += last.elapsed();
    }
    black_box(drawn).map_or(sum, |_| sum)
}

/// Each phase alone. The whole layout runs for each of its phases, so one run of each is a sample.
fn phases(c: &mut Criterion) {
    for boxes in [20, 1_000, 10_000] {
        let graph = topology(boxes);
        let mut group = c.benchmark_group(format!("phases of {boxes}"));
        group.sample_size(10).warm_up_time(Duration::from_millis(1)).measurement_time(Duration::from_millis(1));
        for phase in names(&graph) {
            group.bench_function(phase, |b| b.iter_custom(|runs| (0..runs).map(|_| spent(&graph, phase)).sum()));
        }
        group.finish();
    }
}

fn sizes(c: &mut Criterion) {
    let mut group = c.benchmark_group("layout");
    group.sample_size(10);
    for boxes in [20, 100, 1_000, 5_000, 10_000, 20_000, 50_000] {
        let graph = topology(boxes);
        group.bench_with_input(BenchmarkId::from_parameter(boxes), &graph, |b, graph| {
            b.iter(|| layout(black_box(graph), &Spacing::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, sizes, phases);
criterion_main!(benches);
