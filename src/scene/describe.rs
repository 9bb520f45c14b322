//! The picture in words, for those who do not see it.

use super::pen::one_line;
use crate::topology::{Element, ElementId, Heads, Link, Topology, What};
use petgraph::visit::EdgeRef;
use std::collections::BTreeSet;

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
    let mut sentences = Vec::new();
    let mut said = BTreeSet::new();
    let all = topology.graph.node_indices();
    let told = all.clone().map(|id| flow(topology, id, language)).chain(all.map(|id| contents(topology, id, language)));
    for sentence in told.flatten() {
        if said.insert(sentence.clone()) {
            sentences.push(sentence);
        }
    }
    sentences.join(" ")
}

fn name(element: &Element) -> String {
    let label = one_line(&element.label);
    if label.is_empty() { element.path.clone() } else { label }
}

/// "Users reach Route 53 (DNS) and CloudFront (HTTPS)."
fn flow(topology: &Topology, from: ElementId, language: Language) -> Option<String> {
    let mut ends: Vec<(u32, String)> = topology
        .graph
        .edge_references()
        .filter_map(|edge| {
            let other = reached(edge.weight(), edge.source(), edge.target(), from)?;
            let label = edge.weight().label.as_deref().map(one_line).filter(|text| !text.is_empty());
            let name = name(&topology.graph[other]);
            let order = u32::try_from(edge.id().index()).unwrap_or(u32::MAX);
            Some((order, label.map_or(name.clone(), |label| format!("{name} ({label})"))))
        })
        .collect();
    let mut seen = BTreeSet::new();
    ends.retain(|(_, end)| seen.insert(end.clone()));
    let ends: Vec<String> = ends.into_iter().map(|(_, end)| end).collect();
    let from = name(&topology.graph[from]);
    (!ends.is_empty()).then(|| match language {
        Language::English => format!("From {from} to {}.", list(&ends, language)),
        Language::Korean => format!("{from} → {}.", list(&ends, language)),
    })
}

/// The other end of a link, if it is reached from `from`.
fn reached(link: &Link, source: ElementId, target: ElementId, from: ElementId) -> Option<ElementId> {
    match link.heads {
        Heads::Target | Heads::None | Heads::Both if source == from => Some(target),
        Heads::Source if target == from => Some(source),
        _ => None,
    }
}

/// "The VPC holds ..."
fn contents(topology: &Topology, group: ElementId, language: Language) -> Option<String> {
    let holder = &topology.graph[group];
    if matches!(holder.what, What::Service { .. }) {
        return None;
    }
    let inside = |e: &&Element| e.parent == Some(group);
    let names: Vec<String> = topology.graph.node_weights().filter(inside).map(name).collect();
    let holder = name(holder);
    (!names.is_empty()).then(|| match language {
        Language::English => format!("{holder} contains {}.", list(&names, language)),
        Language::Korean => format!("{holder} 안: {}.", list(&names, language)),
    })
}

/// "a", "a and b", "a, b and c".
fn list(names: &[String], language: Language) -> String {
    match (names, language) {
        ([init @ .., last], Language::English) if !init.is_empty() => format!("{} and {last}", init.join(", ")),
        _ => names.join(", "),
    }
}
