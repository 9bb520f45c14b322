//! Outlines outside the nesting, and what must be level.

use super::resolve::{Maker, Places};
use super::{ElementId, GroupKind, Span, Topology, What};
use std::collections::BTreeMap;

impl Maker<'_, '_> {
    /// Makes all outlines.
    pub(super) fn spans(&mut self, topology: &mut Topology, places: &Places) {
        for decl in &self.document.elements {
            let Some(around) = &decl.around else { continue };
            let mut members = Vec::new();
            // An outline of which all members stand in one box is inside of it too.
            let mut loose = false;
            for name in around {
                for i in self.find(name) {
                    match places.end(i) {
                        Some(end) if !members.contains(&end) => members.push(end),
                        _ => {}
                    }
                    loose |= places.own(i).is_some();
                }
            }
            if members.is_empty() || (members.len() == 1 && !loose) {
                if around.is_empty() {
                    self.error(
                        "empty-around",
                        format!("`{}` is around nothing", decl.id.value),
                        &decl.id.place,
                        "name its members: around = [\"…\"]",
                    );
                }
                continue;
            }
            let (kind, badge) = self.group_look(decl);
            let label = decl.label.as_ref().and_then(|l| self.language.of_copy(l, 0, self.findings));
            let label = label.unwrap_or_else(|| self.language.group_name(kind, &decl.id.value));
            topology.spans.push(Span {
                path: decl.id.value.clone(),
                kind,
                badge,
                label,
                members,
                style: self.style(&decl.classes, &decl.style),
                tooltip: self.text(&decl.tooltip),
                href: decl.href.as_ref().map(|h| h.value.clone()),
                place: Some(decl.id.place.clone()),
            });
        }
    }

    /// What must be level: all copies of one declaration, and zones side by side.
    pub(super) fn classes(&self, topology: &Topology, places: &Places) -> Vec<Vec<ElementId>> {
        let mut classes: Vec<Vec<ElementId>> =
            self.copies.of.iter().map(|c| c.iter().filter_map(|&i| places.own(i)).collect()).collect();
        classes.retain(|c| c.len() > 1);
        let is_zone =
            |id: ElementId| matches!(topology.graph[id].what, What::Group { kind: GroupKind::AvailabilityZone, .. });
        let mut zones: BTreeMap<Option<ElementId>, Vec<ElementId>> = BTreeMap::new();
        for id in topology.graph.node_indices().filter(|&id| is_zone(id)) {
            zones.entry(topology.graph[id].parent).or_default().push(id);
        }
        for zones in zones.into_values().filter(|z| z.len() > 1) {
            // Zones that are copies of one declaration are of one class already; several declarations with copies each are joined.
            let mut joined = zones;
            classes.retain(|c| {
                let touches = c.iter().any(|id| joined.contains(id));
                if touches {
                    joined.extend(c.iter().copied());
                }
                !touches
            });
            joined.sort_unstable();
            joined.dedup();
            classes.push(joined);
        }
        classes
    }
}
