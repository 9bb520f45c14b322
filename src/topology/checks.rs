//! Checks of meaning: address ranges, doubtful placements, what nothing uses.

use super::copies::Instances;
use super::{Topology, What, placement, zones};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{At, Document, PerCopy};
use ipnet::IpNet;

/// Runs all checks.
pub(super) fn check(document: &Document, copies: &Instances, topology: &Topology, findings: &mut Diagnostics) {
    address_ranges(document, copies, findings);
    placement::check(topology, findings);
    zones::check(document, topology, findings);
    unused_groups(topology, findings);
    steps(document, findings);
}

/// Ranges must be ranges, lie within the VPC's, and keep apart from their siblings'.
fn address_ranges(document: &Document, copies: &Instances, findings: &mut Diagnostics) {
    let cidr_of = |i: usize| -> Option<&At<String>> {
        let instance = &copies.all[i];
        match &document.elements[instance.decl].cidr {
            Some(PerCopy::One(one)) => Some(one),
            Some(PerCopy::Each(each, _)) => each.get(instance.copy),
            None => None,
        }
    };
    let mut nets: Vec<Option<IpNet>> = vec![None; copies.all.len()];
    for (i, net) in nets.iter_mut().enumerate() {
        let Some(text) = cidr_of(i) else { continue };
        *net = text.value.parse().ok();
        if net.is_none() && copies.all[i].copy == 0 {
            let message = format!("`{}` is not an address range", text.value);
            findings.push(Diagnostic::error("bad-cidr", message, text.place.clone()).help("write it as 10.0.0.0/16"));
        }
    }
    for i in 0..copies.all.len() {
        let (Some(net), Some(text)) = (nets[i], cidr_of(i)) else { continue };
        let mut up = copies.all[i].parent;
        while let Some(p) = up {
            if let (Some(outer), Some(outer_text)) = (nets[p], cidr_of(p)) {
                if !outer.contains(&net) && same_family(outer, net) {
                    let message = format!("{net} lies outside {outer}");
                    let finding = Diagnostic::error("cidr-outside", message, text.place.clone());
                    findings.push(
                        finding
                            .related(outer_text.place.clone(), "the range around it")
                            .help("choose a range within it"),
                    );
                }
                break;
            }
            up = copies.all[p].parent;
        }
        for j in 0..i {
            let (Some(other), Some(other_text)) = (nets[j], cidr_of(j)) else { continue };
            let siblings =
                network_of(&nets, copies, i) == network_of(&nets, copies, j) && network_of(&nets, copies, i).is_some();
            if siblings && (net.contains(&other) || other.contains(&net)) && text.place.range != other_text.place.range
            {
                let message = format!("{net} overlaps {other}");
                let finding = Diagnostic::error("cidr-overlap", message, text.place.clone());
                findings.push(
                    finding
                        .related(other_text.place.clone(), "overlaps this range")
                        .help("choose ranges that keep apart"),
                );
            }
        }
    }
}

fn same_family(a: IpNet, b: IpNet) -> bool {
    matches!((a, b), (IpNet::V4(_), IpNet::V4(_)) | (IpNet::V6(_), IpNet::V6(_)))
}

/// The nearest group around an instance that has a range.
fn network_of(nets: &[Option<IpNet>], copies: &Instances, i: usize) -> Option<usize> {
    let mut up = copies.all[i].parent;
    while let Some(p) = up {
        if nets[p].is_some() {
            return Some(p);
        }
        up = copies.all[p].parent;
    }
    None
}

/// Groups that hold nothing and that nothing links.
fn unused_groups(topology: &Topology, findings: &mut Diagnostics) {
    let mut used = vec![false; topology.graph.node_count()];
    for id in topology.graph.node_indices() {
        let element = &topology.graph[id];
        if let Some(p) = element.parent {
            used[p.index()] = true;
        }
        if let What::Service { border: Some((g, _)), .. } = element.what {
            used[g.index()] = true;
        }
        if topology.graph.neighbors_undirected(id).next().is_some() {
            used[id.index()] = true;
        }
    }
    topology.spans.iter().flat_map(|s| &s.members).for_each(|m| used[m.index()] = true);
    for id in topology.graph.node_indices() {
        let element = &topology.graph[id];
        if matches!(element.what, What::Group { .. }) && !used[id.index()] {
            let message = format!("`{}` holds nothing", element.path);
            findings.push(
                Diagnostic::warning("unused-group", message, element.place.clone())
                    .help("put something into it, or remove it"),
            );
        }
    }
}

/// Texts of steps that no link shows, and the other way round.
fn steps(document: &Document, findings: &mut Diagnostics) {
    let shown: Vec<u32> = document.links.iter().filter_map(|l| l.step.as_ref().map(|s| s.value)).collect();
    for (number, _) in &document.steps {
        if !shown.contains(&number.value) {
            let message = format!("no link shows step {}", number.value);
            let finding = Diagnostic::warning("unused-step", message, number.place.clone());
            findings.push(finding.help(format!("add step = {} to a link", number.value)));
        }
    }
}
