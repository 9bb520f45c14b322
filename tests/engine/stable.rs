//! Small edits change little: what an edit does not touch keeps its order.

use super::hostile::{boxes, link};
use super::lay;
use super::support::Random;
use super::vpcs::Edit;
use super::{vpcs, wild};
use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::geometry::Size;
use skyplan::layout::{BoxNode, Flow, Graph, GroupId, GroupNode, Layout, Spacing, layout};
use skyplan::{PictureOptions, picture};
use std::fs;
use std::path::Path;

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

/// Another text of the same width: all Hangul syllables are equally wide.
fn renamed(text: &str) -> String {
    let other = |c: char| match u32::from(c) {
        syllable @ 0xAC00..=0xD7A3 => char::from_u32(0xAC00 + (syllable - 0xAC00 + 977) % 11_172).unwrap_or(c),
        _ => c,
    };
    text.chars().map(other).collect()
}

#[test]
fn other_names_of_the_same_width_move_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("diagrams");
    let files = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut files: Vec<_> = files.filter(|f| f.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    let mut changed = 0;
    for file in files {
        let name = file.display().to_string();
        let picture = |text: String| {
            let options = PictureOptions { lang: Some("ko"), ..PictureOptions::default() };
            let mut findings = Diagnostics::default();
            picture(&Source::new(name.as_str(), text), &options, &mut findings)
                .unwrap_or_else(|| panic!("{findings:?}"))
        };
        let text = fs::read_to_string(&file).unwrap();
        let (first, again) = (picture(text.clone()), picture(renamed(&text)));
        changed += usize::from(first.svg != again.svg);
        assert_eq!(numbers(&first.layout), numbers(&again.layout), "{name}");
    }
    assert!(changed >= 20, "only {changed} diagrams have Korean texts");
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

/// How many of these systems come out with another order in a VPC when another one is edited; the system is whole in its file, so its boxes keep their
/// numbers.
fn reshuffled(edit: Edit, seeds: std::ops::Range<u64>, peering: bool) -> usize {
    let changes = |seed: &u64| {
        let (system, mut r) = (vpcs::system(*seed, peering), Random(*seed));
        let changed = r.below(system.vpcs);
        let Some(edited) = system.edited(edit, changed, &mut r) else { return false };
        let (before, after) = (lay("before", &system.graph), edited.drawn(|graph| lay("after", graph)));
        (0..system.vpcs).any(|v| v != changed && system.order(v, &before) != system.order(v, &after))
    };
    seeds.filter(changes).count()
}

/// Each group is searched by itself: by what its own order costs, with its own dice and its own work to spend, in rows without those that only labels of
/// others have made.
#[test]
fn an_edit_in_one_vpc_changes_no_order_in_another() {
    for edit in [Edit::LeafAdded, Edit::LeafRemoved, Edit::LinkAdded] {
        assert_eq!(reshuffled(edit, 0..100, false), 0, "{edit:?}");
    }
}

/// VPCs that few links tie keep the order that follows from these links alone. What the links bring with them counts all the same: the sides on which they
/// come change where shelves do, and a link that is added may set another VPC's boxes in other rows. These bounds are a little above what it does today; they
/// are there to sink.
#[test]
fn an_edit_in_one_vpc_hardly_ever_changes_an_order_in_another_that_it_is_linked_to() {
    for (edit, most) in [(Edit::LeafAdded, 2), (Edit::LeafRemoved, 2), (Edit::LinkAdded, 3)] {
        let found = reshuffled(edit, 0..100, true);
        assert!(found <= most, "{edit:?}: {found} of a hundred");
    }
}
