//! `[view.NAME]`: which part of a topology a picture shows, and which groups stand as one box.

use super::resolve::{Maker, Places};
use super::{ElementId, Link, LinkId, Topology, What};
use crate::diagnostic::Diagnostic;
use crate::document::{At, Label, ViewDecl};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// What a view makes of one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// It is not shown.
    No,
    /// It is shown as itself.
    Itself,
    /// It stands inside a group that is one box: its links lead to that one.
    Within(ElementId),
}

/// Names of a view, resolved; outlines by their place among the topology's.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// What is shown, with all inside; `None` for everything.
    pub(super) only: Option<BTreeSet<ElementId>>,
    /// What is left out, with all inside.
    pub(super) without: BTreeSet<ElementId>,
    /// Outlines that are left out.
    pub(super) without_spans: BTreeSet<String>,
    /// Groups that are one box.
    pub(super) collapse: BTreeSet<ElementId>,
}

/// What an element stands in or on.
fn host(topology: &Topology, id: ElementId) -> Option<ElementId> {
    match &topology.graph[id].what {
        What::Service { border: Some((group, _)), .. } => Some(*group),
        _ => topology.graph[id].parent,
    }
}

/// The element and what it stands in or on, from the inside out.
fn chain(topology: &Topology, id: ElementId) -> impl Iterator<Item = ElementId> {
    std::iter::successors(Some(id), |&id| host(topology, id))
}

/// What becomes of each element.
pub(super) fn shown(topology: &Topology, selection: &Selection) -> Vec<Shown> {
    let inside = |id, set: &BTreeSet<ElementId>| chain(topology, id).any(|at| set.contains(&at));
    let mut keep: Vec<bool> = (topology.graph.node_indices())
        .map(|id| selection.only.as_ref().is_none_or(|only| inside(id, only)) && !inside(id, &selection.without))
        .collect();
    // The groups around what is shown are shown too: they say where it stands.
    for id in topology.graph.node_indices() {
        if keep[id.index()] {
            chain(topology, id).for_each(|at| keep[at.index()] = true);
        }
    }
    let box_of = |id| chain(topology, id).filter(|at| selection.collapse.contains(at)).last();
    (topology.graph.node_indices())
        .map(|id| match (keep[id.index()], box_of(id)) {
            (false, _) => Shown::No,
            (true, Some(group)) if group != id => Shown::Within(group),
            (true, _) => Shown::Itself,
        })
        .collect()
}

/// The topology with the elements that are shown as themselves, and no links or outlines yet; and the new id of each of its elements.
pub(super) fn cut(whole: Topology, shown: &[Shown]) -> (Topology, Vec<Option<ElementId>>) {
    let mut ids: Vec<Option<ElementId>> = vec![None; shown.len()];
    let kept = (0..shown.len()).filter(|&i| shown[i] == Shown::Itself);
    kept.enumerate().for_each(|(at, i)| ids[i] = Some(NodeIndex::new(at)));
    let mut graph = DiGraph::default();
    let (nodes, _) = whole.graph.into_nodes_edges();
    for (node, id) in nodes.into_iter().zip(&ids) {
        if id.is_none() {
            continue;
        }
        let mut element = node.weight;
        element.parent = element.parent.and_then(|p| ids[p.index()]);
        if let What::Service { border, .. } = &mut element.what {
            *border = border.and_then(|(group, side)| ids[group.index()].map(|g| (g, side)));
        }
        graph.add_node(element);
    }
    (Topology { graph, spans: Vec::new(), classes: Vec::new(), ..whole }, ids)
}

/// Joins links to a box that say the same: those of several members that stand in it.
fn join_same(topology: &mut Topology, boxes: &BTreeSet<ElementId>) {
    let (nodes, edges) = std::mem::take(&mut topology.graph).into_nodes_edges();
    for node in nodes {
        topology.graph.add_node(node.weight);
    }
    let mut between: BTreeMap<(ElementId, ElementId), Vec<LinkId>> = BTreeMap::new();
    for edge in edges {
        let ends = (edge.source(), edge.target());
        let link = edge.weight;
        let earlier = between.entry(ends).or_default();
        let boxed = boxes.contains(&ends.0) || boxes.contains(&ends.1);
        match earlier.iter().find(|&&e| boxed && looks_same(&topology.graph[e], &link)) {
            Some(&e) => {
                let one = &mut topology.graph[e];
                (one.weight, one.rank) = (one.weight.max(link.weight), one.rank || link.rank);
            }
            None => earlier.push(topology.graph.add_edge(ends.0, ends.1, link)),
        }
    }
}

fn looks_same(a: &Link, b: &Link) -> bool {
    (&a.label, a.step, a.heads, a.line, &a.color, &a.href, &a.tooltip)
        == (&b.label, b.step, b.heads, b.line, &b.color, &b.href, &b.tooltip)
}

/// The view to draw.
pub(super) struct Chosen<'a> {
    decl: &'a ViewDecl,
    selection: Selection,
}

impl<'a> Maker<'a, '_> {
    /// Resolves the names of all views, and gives the one that is asked for.
    pub(super) fn views(&mut self, topology: &Topology) -> Option<Chosen<'a>> {
        let mut chosen = None;
        for decl in &self.document.views {
            let known = self.findings.0.len();
            let selection = self.selection(decl, topology);
            let sound = self.findings.0.len() == known;
            if sound && shown(topology, &selection).iter().all(|s| *s == Shown::No) {
                let message = format!("the view `{}` shows nothing", decl.name.value);
                self.error("empty-view", message, &decl.name.place, "name something in `only`, or less in `without`");
            }
            if self.options.view == Some(decl.name.value.as_str()) {
                chosen = Some(Chosen { decl, selection });
            }
        }
        if let (Some(name), None) = (self.options.view, &chosen) {
            let names: Vec<String> = self.document.views.iter().map(|v| format!("`{}`", v.name.value)).collect();
            let help = match names.is_empty() {
                true => format!("add [view.{name}]"),
                false => format!("there are {}", names.join(", ")),
            };
            let message = format!("{} has no view `{name}`", self.document.source.name);
            self.findings.push(Diagnostic::error("unknown-view", message, None).help(help));
        }
        chosen
    }

    fn selection(&mut self, decl: &'a ViewDecl, topology: &Topology) -> Selection {
        let mut selection = Selection::default();
        if let Some(only) = &decl.only {
            let mut ids = BTreeSet::new();
            for name in only {
                match topology.spans.iter().find(|s| s.path == name.value) {
                    Some(span) => ids.extend(&span.members),
                    None => ids.extend(self.named(name)),
                }
            }
            selection.only = Some(ids);
        }
        for name in &decl.without {
            match topology.spans.iter().find(|s| s.path == name.value) {
                Some(span) => drop(selection.without_spans.insert(span.path.clone())),
                None => selection.without.extend(self.named(name)),
            }
        }
        for name in &decl.collapse {
            let ids = self.named(name);
            if ids.iter().any(|&id| matches!(topology.graph[id].what, What::Service { .. })) {
                let message = format!("`{}` is a service, which is one box already", name.value);
                self.error("not-a-group", message, &name.place, "name the group around it");
                continue;
            }
            selection.collapse.extend(ids);
        }
        selection
    }

    /// The elements of a name in the whole topology.
    fn named(&mut self, name: &At<String>) -> Vec<ElementId> {
        let order = self.order();
        self.find(name).into_iter().map(|i| NodeIndex::new(order[i])).collect()
    }

    /// The part of the whole that a view shows, with its links and outlines.
    pub(super) fn view(&mut self, whole: Topology, places: &Places, view: &Chosen<'a>) -> Topology {
        let everywhere: BTreeSet<u32> = whole.graph.edge_weights().filter_map(|l| l.step).collect();
        let shown = shown(&whole, &view.selection);
        let (mut topology, ids) = cut(whole, &shown);
        // What is wrong with links and outlines has been said of the whole.
        let known = self.findings.0.len();
        self.joined(&mut topology, &places.of_view(&shown, &ids));
        self.findings.0.truncate(known);
        topology.spans.retain(|s| !view.selection.without_spans.contains(&s.path));
        join_same(&mut topology, &view.selection.collapse.iter().filter_map(|g| ids[g.index()]).collect());
        // Texts of steps whose discs are not shown are left out with them.
        let here: BTreeSet<u32> = topology.graph.edge_weights().filter_map(|l| l.step).collect();
        topology.steps.retain(|s| here.contains(&s.number) || !everywhere.contains(&s.number));
        topology.flow = view.decl.flow.as_ref().map_or(topology.flow, |f| f.value);
        let title: &Option<Label> = &view.decl.title;
        topology.title = self.text(title).or(topology.title);
        topology
    }
}
