//! Warnings about names and labels that take more than two lines.

use super::graph::Parts;
use super::typeset::USUAL_LINES;
use super::{TextBlock, TextRole};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::topology::Topology;
use std::collections::BTreeSet;

/// Tells each name and label that is too long, once for all its copies.
pub(super) fn check(
    topology: &Topology,
    parts: &Parts,
    captions: &[TextBlock],
    labels: &[TextBlock],
    findings: &mut Diagnostics,
) {
    let mut told = BTreeSet::new();
    let mut tell = |what: &str, text: &str, block: &TextBlock, place: Option<&Place>, help: &str| {
        let lines = block.lines.iter().filter(|line| line.role != TextRole::Note).count();
        if lines > USUAL_LINES && told.insert((text.to_owned(), place.map(|p| p.range.start))) {
            let message = format!("the {what} `{text}` takes {lines} lines");
            findings.push(Diagnostic::warning("long-label", message, place.cloned()).help(help));
        }
    };
    for (&id, block) in parts.services.iter().zip(captions) {
        let element = &topology.graph[id];
        tell("label", &element.label, block, element.place.as_ref(), "shorten it, or move a part of it into `note`");
    }
    for (link, block) in topology.graph.edge_weights().zip(labels) {
        let text = link.label.as_deref().unwrap_or_default();
        tell("link label", text, block, link.place.as_ref(), "shorten it, or tell the rest in `[steps]`");
    }
}
