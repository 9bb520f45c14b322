//! The icons of one picture: those its document names, and the packs' drawings of its kinds.

use super::icons::{CustomIcon, IconProblem, IconSource, pack_and_name, packs_used};
use super::{GroupKind, LegendSample, ResolveOptions, Topology, What};
use crate::catalogue::{self, Entry};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{At, Document};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The pack that is always there: the catalogue's own drawings.
pub const OWN_PACK: &str = "skyplan";

/// Reads each icon once.
pub(super) struct Shelf<'a> {
    source: &'a dyn IconSource,
    /// The packs that are there, in the order in which they are asked.
    packs: Vec<String>,
    /// What came of each name so far.
    named: BTreeMap<String, Result<Arc<CustomIcon>, IconProblem>>,
}

impl<'a> Shelf<'a> {
    /// Looks for the packs that were asked for; those that are not there are reported.
    pub(super) fn new(document: &Document, options: &ResolveOptions<'a>, findings: &mut Diagnostics) -> Self {
        let asked: Vec<(String, Option<Place>)> = match options.packs {
            Some(packs) => packs.iter().map(|p| (p.clone(), None)).collect(),
            None => document.icons.iter().map(|p| (p.value.clone(), Some(p.place.clone()))).collect(),
        };
        let mut packs = Vec::new();
        for (pack, place) in asked {
            // What stands after our own drawings would never be asked: they have every kind.
            if pack == OWN_PACK {
                break;
            }
            match options.icons.pack(&pack) {
                Ok(()) => packs.push(pack),
                Err(problem) => findings.push(Diagnostic::error("unknown-pack", problem.why, place).help(problem.help)),
            }
        }
        Self { source: options.icons, packs, named: BTreeMap::new() }
    }

    /// The icon that a service names.
    pub(super) fn named(&mut self, icon: &At<String>, findings: &mut Diagnostics) -> Option<Arc<CustomIcon>> {
        let known = self.named.get(&icon.value).cloned();
        let found = known.clone().unwrap_or_else(|| self.read(&icon.value));
        match &found {
            // A service's copies, and services of one icon, hear of what was left out once.
            Ok(read) if known.is_none() && !read.dropped.is_empty() => {
                let message = format!("`{}` holds what no picture may: {}", icon.value, read.dropped.join(", "));
                let warning = Diagnostic::warning("icon-cleaned", message, icon.place.clone());
                findings.push(warning.help("it is drawn without; remove it from the file to be rid of this warning"));
            }
            Ok(_) => {}
            Err(problem) => {
                let message = format!("cannot use `{}`: {}", icon.value, problem.why);
                findings.push(Diagnostic::error("bad-icon", message, icon.place.clone()).help(problem.help.clone()));
            }
        }
        self.named.insert(icon.value.clone(), found.clone());
        found.ok()
    }

    fn read(&self, icon: &str) -> Result<Arc<CustomIcon>, IconProblem> {
        match pack_and_name(icon) {
            Some((OWN_PACK, id)) => own_drawing(id).map(Arc::new),
            Some((pack, name)) => self.source.packed(pack, name).map(Arc::new),
            None => self.source.file(icon).map(Arc::new),
        }
    }

    /// Fills in the packs' drawings of all kinds that the picture shows, and which packs it uses.
    pub(super) fn drawings(&self, topology: &mut Topology, findings: &mut Diagnostics) {
        for entry in shown(topology) {
            match self.drawing(entry) {
                Ok(Some(icon)) => drop(topology.drawings.insert(entry.id, Arc::new(icon))),
                Ok(None) => {}
                Err(problem) => {
                    findings.push(Diagnostic::error("bad-icon", problem.why, None).help(problem.help));
                }
            }
        }
        topology.packs = packs_used(topology);
    }

    /// The drawing of the first pack that has one.
    fn drawing(&self, entry: &'static Entry) -> Result<Option<CustomIcon>, IconProblem> {
        for pack in &self.packs {
            if let Some(icon) = self.source.drawing(pack, entry)? {
                return Ok(Some(icon));
            }
        }
        Ok(None)
    }
}

/// Our own drawing of a kind as an icon of its own.
fn own_drawing(name: &str) -> Result<CustomIcon, IconProblem> {
    let Some(entry) = catalogue::find(name) else {
        let near = catalogue::nearest(name).iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        let help =
            if near.is_empty() { "`skyplan kinds WORD` lists them".to_owned() } else { format!("near are {near}") };
        return Err(IconProblem { why: format!("no kind is called `{name}`"), help });
    };
    Ok(CustomIcon {
        name: format!("{OWN_PACK}:{}", entry.id),
        data: super::IconData::Pictogram(entry.svg.to_owned()),
        dark: None,
        pack: None,
        dropped: Vec::new(),
    })
}

/// The entries whose drawings a picture shows: kinds of services without an icon of their own, and badges.
fn shown(topology: &Topology) -> Vec<&'static Entry> {
    let badge = |kind: GroupKind| kind.badge_id().and_then(catalogue::find);
    let elements = topology.graph.node_weights().filter_map(|e| match &e.what {
        What::Service { kind, icon: None, .. } => Some(*kind),
        What::Service { .. } => None,
        What::Group { kind, badge: own, .. } => own.or_else(|| badge(*kind)),
    });
    let spans = topology.spans.iter().filter_map(|s| s.badge.or_else(|| badge(s.kind)));
    let legend = topology.legend.iter().filter_map(|row| match row.sample {
        LegendSample::Group(kind) => badge(kind),
        LegendSample::Line(..) | LegendSample::Step => None,
    });
    let by_id: BTreeMap<&str, &'static Entry> = elements.chain(spans).chain(legend).map(|e| (e.id, e)).collect();
    by_id.into_values().collect()
}
