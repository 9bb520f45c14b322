//! The forms that a drawing retreats to: the plain one holds on every graph by itself, and the finished one nearly always does.

use super::hostile::{boxes, link};
use super::wild;
use skyplan::layout::{
    Form, Graph, GroupId, GroupNode, LayoutError, Member, Spacing, json, layout, layout_in_form, verify,
};

/// Checks the plain form of the graphs of some seeds; the number of those that can be drawn at all.
fn plain(seeds: std::ops::Range<u64>, most: usize) -> usize {
    let mut drawn = 0;
    for seed in seeds {
        let graph = wild::graph(seed, most);
        let Ok(layout) = layout_in_form(&graph, &Spacing::default(), Form::Plain) else { continue };
        let breaches = verify::breaches(&graph, &layout);
        assert!(breaches.is_empty(), "seed {seed} of {most}: {breaches:?}");
        drawn += 1;
    }
    drawn
}

#[test]
fn the_plain_form_of_small_graphs_keeps_the_rules() {
    assert!(plain(0..4000, 8) > 3000);
}

#[test]
fn the_plain_form_of_graphs_keeps_the_rules() {
    assert!(plain(0..1500, 30) > 1000);
}

#[test]
fn the_plain_form_of_large_graphs_keeps_the_rules() {
    assert!(plain(0..12, 600) > 5);
}

#[test]
fn the_plain_form_of_a_complete_graph_keeps_the_rules() {
    let mut graph = boxes(30, 60.0, 40.0);
    graph.links = (0..30).flat_map(|a| (a..30).map(move |b| link(a, b))).collect();
    let drawn = layout_in_form(&graph, &Spacing::default(), Form::Plain).unwrap();
    assert_eq!(verify::breaches(&graph, &drawn), Vec::<String>::new());
}

#[test]
fn a_drawing_in_json_says_its_form() {
    let graph = boxes(1, 60.0, 40.0);
    let names = json::Names { boxes: vec!["web".to_owned()], ..json::Names::default() };
    for (form, name) in Form::ALL.into_iter().zip(["finished", "upright", "plain"]) {
        let drawn = layout_in_form(&graph, &Spacing::default(), form).unwrap();
        let text = json::write(&graph, &names, &drawn, None);
        assert!(text.contains(&format!("\"form\":\"{name}\"")), "{text}");
    }
}

#[test]
fn nearly_every_drawing_is_finished() {
    let mut retreats = 0;
    let mut drawn = 0;
    for seed in 0..250 {
        let graph = wild::graph(seed, 12);
        let Ok(layout) = layout(&graph, &Spacing::default()) else { continue };
        assert_eq!(verify::breaches(&graph, &layout), Vec::<String>::new(), "seed {seed}");
        drawn += 1;
        retreats += usize::from(layout.form != Form::Finished);
    }
    assert!(retreats * 50 <= drawn, "{retreats} of {drawn} drawings are not finished");
}

/// Groups of one class are of one size, so a group within another of its class would have to be larger than itself.
#[test]
fn a_group_cannot_have_the_size_of_one_inside_it() {
    let group = |parent: Option<u32>| GroupNode { parent: parent.map(GroupId), ..GroupNode::default() };
    let member = |g: u32| Member::Group(GroupId(g));
    let mut graph = Graph { groups: vec![group(None), group(Some(0))], ..Graph::default() };
    graph.classes = vec![vec![member(0), member(1)]];
    assert!(matches!(layout(&graph, &Spacing::default()), Err(LayoutError::Contradiction(_))));
    // By way of two classes: 1 in 0 is as large as 2, in which 3 lies, as large as 0.
    graph.groups = vec![group(None), group(Some(0)), group(None), group(Some(2))];
    graph.classes = vec![vec![member(1), member(2)], vec![member(0), member(3)]];
    assert!(matches!(layout(&graph, &Spacing::default()), Err(LayoutError::Contradiction(_))));
    graph.classes = vec![vec![member(0), member(2)], vec![member(1), member(3)]];
    assert!(layout(&graph, &Spacing::default()).is_ok());
}
