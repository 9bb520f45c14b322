//! Warnings about things that stand where AWS does not place them.

use super::{Element, ElementId, GroupKind, Topology, What};
use crate::catalogue::{Category, Entry, Scope};
use crate::diagnostic::{Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// Looks at where each service and each group stands.
pub(super) fn check(topology: &Topology, findings: &mut Diagnostics) {
    let has = |wanted: GroupKind| topology.graph.node_weights().any(|e| group_kind(e) == Some(wanted));
    let shown = Shown { regions: has(GroupKind::Region), vpcs: has(GroupKind::Vpc) };
    let networks = regions_with_networks(topology);
    for id in topology.graph.node_indices() {
        let element = &topology.graph[id];
        let around = around(topology, id);
        let found = match &element.what {
            What::Service { kind, border: None, .. } => {
                service(kind, &around).or_else(|| beside(kind, &around, region_of(topology, id), &networks))
            }
            What::Service { .. } => None,
            What::Group { kind, .. } => group(*kind, &element.path, &around, &shown),
        };
        if let Some((code, message, help)) = found {
            findings.push(Diagnostic::warning(code, message, element.place.clone()).help(help));
        }
    }
}

/// Which kinds of places the picture shows at all: a sketch without regions says nothing about regions.
struct Shown {
    regions: bool,
    vpcs: bool,
}

/// Code, message and help of a warning.
type Found = Option<(&'static str, String, &'static str)>;

fn group_kind(element: &Element) -> Option<GroupKind> {
    match element.what {
        What::Group { kind, .. } => Some(kind),
        What::Service { .. } => None,
    }
}

/// The kinds of the groups around an element, from the inside out.
fn around(topology: &Topology, id: ElementId) -> Vec<GroupKind> {
    std::iter::successors(topology.graph[id].parent, |&up| topology.graph[up].parent)
        .filter_map(|up| group_kind(&topology.graph[up]))
        .collect()
}

fn is_subnet(kind: GroupKind) -> bool {
    matches!(kind, GroupKind::PublicSubnet | GroupKind::PrivateSubnet)
}

/// The nearest region around an element.
fn region_of(topology: &Topology, id: ElementId) -> Option<ElementId> {
    std::iter::successors(Some(id), |&up| topology.graph[up].parent)
        .find(|&up| group_kind(&topology.graph[up]) == Some(GroupKind::Region))
}

/// The regions in which a VPC is drawn.
fn regions_with_networks(topology: &Topology) -> BTreeSet<ElementId> {
    let vpcs = topology.graph.node_indices().filter(|&id| group_kind(&topology.graph[id]) == Some(GroupKind::Vpc));
    vpcs.filter_map(|id| region_of(topology, id)).collect()
}

/// A server beside the VPC of its region. Databases and the like are often drawn there for what they do, not for where they run.
fn beside(kind: &Entry, around: &[GroupKind], region: Option<ElementId>, networks: &BTreeSet<ElementId>) -> Found {
    let server = kind.scope == Scope::Subnet && matches!(kind.category, Category::Compute | Category::Containers);
    if !server || around.contains(&GroupKind::Vpc) || !region.is_some_and(|r| networks.contains(&r)) {
        return None;
    }
    let message = format!("{} stands in a region, but not in its VPC", kind.name);
    Some(("misplaced", message, "put it into a subnet of the VPC"))
}

fn service(kind: &Entry, around: &[GroupKind]) -> Found {
    let inside = |wanted: GroupKind| around.contains(&wanted);
    let in_subnet = around.iter().copied().any(is_subnet);
    let networked = matches!(kind.scope, Scope::Subnet | Scope::Vpc);
    // Services that have no network interfaces of their own: no subnet can hold them.
    let interfaceless =
        matches!(kind.category, Category::Storage | Category::Database | Category::ApplicationIntegration);
    let name = kind.name;
    if kind.category == Category::Database && networked && inside(GroupKind::PublicSubnet) {
        let message = format!("{name} stands in a public subnet");
        return Some(("public-database", message, "move it into a private subnet"));
    }
    if kind.scope == Scope::Global && inside(GroupKind::Vpc) {
        let message = format!("{name} is a global service, but stands in a VPC");
        return Some(("misplaced", message, "put it into the cloud, outside the region"));
    }
    if kind.scope == Scope::Region && interfaceless && in_subnet {
        let message = format!("{name} is a regional service, but stands in a subnet");
        return Some(("misplaced", message, "put it into the region, outside the VPC"));
    }
    None
}

fn group(kind: GroupKind, path: &str, around: &[GroupKind], shown: &Shown) -> Found {
    let what = match kind {
        GroupKind::Cloud => "a cloud",
        GroupKind::Region => "a region",
        GroupKind::Vpc => "a VPC",
        GroupKind::AvailabilityZone => "a zone",
        GroupKind::PublicSubnet | GroupKind::PrivateSubnet => "a subnet",
        _ => return None,
    };
    let beneath = |outer: &GroupKind| match kind {
        GroupKind::Cloud => matches!(outer, GroupKind::Region | GroupKind::Vpc | GroupKind::AvailabilityZone),
        GroupKind::Region => matches!(outer, GroupKind::Region | GroupKind::Vpc | GroupKind::AvailabilityZone),
        GroupKind::Vpc => *outer == GroupKind::Vpc,
        GroupKind::AvailabilityZone => *outer == GroupKind::AvailabilityZone,
        _ => false,
    };
    if around.iter().any(|outer| beneath(outer) || is_subnet(*outer)) {
        let message = format!("`{path}` is {what}, but stands in one of its own parts");
        return Some(("misplaced", message, "the order from the outside in is cloud, region, VPC, zone, subnet"));
    }
    let homeless = |home: GroupKind| !around.contains(&home);
    if kind == GroupKind::Vpc
        && shown.regions
        && homeless(GroupKind::Region)
        && !around.contains(&GroupKind::DataCenter)
    {
        let message = format!("`{path}` is a VPC, but stands in no region");
        return Some(("misplaced", message, "put it into the region: in = \"…\""));
    }
    if is_subnet(kind) && shown.vpcs && homeless(GroupKind::Vpc) {
        let message = format!("`{path}` is a subnet, but stands in no VPC");
        return Some(("misplaced", message, "put it into the VPC, or into a zone of it: in = \"…\""));
    }
    None
}
