//! The picture in words, for those who do not see it.

use super::pen::one_line;
use crate::topology::{Element, ElementId, Heads, Topology};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// The languages that sentences can be made in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    Korean,
}

impl Language {
    fn of(topology: &Topology) -> Self {
        match topology.lang.as_deref() {
            Some(tag) if tag == "ko" || tag.starts_with("ko-") => Self::Korean,
            _ => Self::English,
        }
    }
}

/// The picture's name.
pub(super) fn title(topology: &Topology) -> String {
    match (&topology.title, Language::of(topology)) {
        (Some(title), _) => one_line(title),
        (None, Language::English) => "Architecture diagram".to_owned(),
        (None, Language::Korean) => "아키텍처 다이어그램".to_owned(),
    }
}

/// The author's description, or what can be said from the model: who holds whom, and who reaches whom.
pub(super) fn description(topology: &Topology) -> String {
    if let Some(text) = &topology.description {
        return one_line(text);
    }
    let language = Language::of(topology);
    let mut said = BTreeSet::new();
    let told = flows(topology, language).into_iter().chain(contents(topology, language));
    told.filter(|sentence| said.insert(sentence.clone())).collect::<Vec<_>>().join(" ")
}

fn name(element: &Element) -> String {
    let label = one_line(&element.label);
    if label.is_empty() { element.path.clone() } else { label }
}

/// "From Users to Route 53 (DNS) and CloudFront (HTTPS).", in the order of the first link of each.
fn flows(topology: &Topology, language: Language) -> Vec<String> {
    let mut order: Vec<ElementId> = Vec::new();
    let mut ends: BTreeMap<ElementId, Vec<String>> = BTreeMap::new();
    for edge in topology.graph.edge_references() {
        let link = edge.weight();
        let (from, to) = match link.heads {
            Heads::Source => (edge.target(), edge.source()),
            Heads::Target | Heads::None | Heads::Both => (edge.source(), edge.target()),
        };
        let label = link.label.as_deref().map(one_line).filter(|text| !text.is_empty());
        let to = name(&topology.graph[to]);
        let to = label.map_or(to.clone(), |label| format!("{to} ({label})"));
        let list = ends.entry(from).or_insert_with(|| {
            order.push(from);
            Vec::new()
        });
        if !list.contains(&to) {
            list.push(to);
        }
    }
    let sentence = |from: ElementId| {
        let list = list(ends.get(&from).map_or(&[], Vec::as_slice), language);
        let from = name(&topology.graph[from]);
        match language {
            Language::English => format!("From {from} to {list}."),
            Language::Korean => format!("{from} → {list}."),
        }
    };
    order.into_iter().map(sentence).collect()
}

/// "The VPC contains ..."
fn contents(topology: &Topology, language: Language) -> Vec<String> {
    let mut inside: BTreeMap<ElementId, Vec<String>> = BTreeMap::new();
    for element in topology.graph.node_weights() {
        if let Some(parent) = element.parent {
            inside.entry(parent).or_default().push(name(element));
        }
    }
    let sentence = |(holder, names): (ElementId, Vec<String>)| {
        let (holder, names) = (name(&topology.graph[holder]), list(&names, language));
        match language {
            Language::English => format!("{holder} contains {names}."),
            Language::Korean => format!("{holder} 안: {names}."),
        }
    };
    inside.into_iter().map(sentence).collect()
}

/// "a", "a and b", "a, b and c".
fn list(names: &[String], language: Language) -> String {
    match (names, language) {
        ([init @ .., last], Language::English) if !init.is_empty() => format!("{} and {last}", init.join(", ")),
        _ => names.join(", "),
    }
}
