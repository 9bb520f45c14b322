//! A warning about what calls itself Multi-AZ, but stands in one zone.

use super::{ElementId, GroupKind, Topology, What};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Document;
use std::collections::BTreeSet;

/// Looks at the title, and at the names, notes and kinds of all elements.
pub(super) fn check(document: &Document, topology: &Topology, findings: &mut Diagnostics) {
    let zones: Vec<ElementId> = topology.graph.node_indices().filter(|&id| is_zone(topology, id)).collect();
    if let (true, [_], Some(title)) = (topology.title.as_deref().is_some_and(says_so), &zones[..], &document.title) {
        warn("the picture", Some(title.place().clone()), findings);
    }
    for id in topology.graph.node_indices() {
        let element = &topology.graph[id];
        let texts = [Some(&element.label), element.note.as_ref()];
        let named = texts.into_iter().flatten().any(|text| says_so(text));
        let by_kind = matches!(element.what, What::Service { kind, .. } if says_so(kind.id));
        if (named || by_kind) && zones_of(topology, id, &zones) == 1 {
            warn(&format!("`{}`", element.path), element.place.clone(), findings);
        }
    }
}

fn warn(what: &str, place: Option<Place>, findings: &mut Diagnostics) {
    let message = format!("{what} says Multi-AZ, but stands in one zone");
    findings.push(Diagnostic::warning("one-zone", message, place).help("add the second zone, or leave `Multi-AZ` out"));
}

/// Whether a text says Multi-AZ, in the spellings that people use.
fn says_so(text: &str) -> bool {
    // Most texts have none of the letters that each spelling has one of.
    if !text.contains(['z', 'Z', '역']) {
        return false;
    }
    let text = text.to_lowercase().replace([' ', '-', '_'], "");
    ["multiaz", "다중az", "멀티az", "다중가용영역"].iter().any(|name| text.contains(name))
}

fn is_zone(topology: &Topology, id: ElementId) -> bool {
    matches!(topology.graph[id].what, What::Group { kind: GroupKind::AvailabilityZone, .. })
}

/// The element and the groups around it, from the inside out.
fn chain(topology: &Topology, id: ElementId) -> impl Iterator<Item = ElementId> {
    std::iter::successors(Some(id), |&id| topology.graph[id].parent)
}

/// In how many zones an element stands, together with its copies, what it is linked to and others of its kind; or, for one outside all
/// zones, how many zones the nearest group around it holds. 0 where the picture says nothing about zones there.
fn zones_of(topology: &Topology, id: ElementId, zones: &[ElementId]) -> usize {
    let zone = |id| chain(topology, id).find(|&up| is_zone(topology, up));
    if zone(id).is_some() {
        let partners = topology.graph.node_indices().filter(|&other| is_partner(topology, id, other));
        let all: BTreeSet<ElementId> = partners.chain([id]).filter_map(zone).collect();
        return all.len();
    }
    let inside = |holder| zones.iter().filter(|&&z| chain(topology, z).any(|up| up == holder)).count();
    chain(topology, id).map(inside).find(|&count| count > 0).unwrap_or(0)
}

/// Whether two elements are copies of one declaration, linked, or of one kind.
fn is_partner(topology: &Topology, id: ElementId, other: ElementId) -> bool {
    let base = |id: ElementId| topology.graph[id].path.split('.').next();
    let kind = |id: ElementId| match topology.graph[id].what {
        What::Service { kind, .. } => Some(kind.id),
        What::Group { .. } => None,
    };
    base(id) == base(other)
        || (kind(id).is_some() && kind(id) == kind(other))
        || topology.graph.find_edge_undirected(id, other).is_some()
}
