//! Links: each segment of a chain joins copies with copies.

use super::resolve::{Maker, Places};
use super::{ElementId, Heads, Link, Topology};
use crate::document::{Copies, LinkDecl, StyleDecl};
use std::collections::BTreeSet;

impl<'a> Maker<'a, '_> {
    /// Makes all links.
    pub(super) fn links(&mut self, topology: &mut Topology, places: &Places) {
        let mut steps: Vec<(u32, String)> = Vec::new();
        for decl in &self.document.links {
            if let Some(step) = &decl.step {
                let key = decl.ends.iter().map(|e| e.value.as_str()).collect::<Vec<_>>().join(" ");
                if steps.iter().any(|s| s.0 == step.value && s.1 != key) {
                    let message = format!("step {} stands on two links", step.value);
                    self.error(
                        "duplicate-step",
                        message,
                        &step.place,
                        "give each link a step of its own, or write the links as one chain",
                    );
                }
                steps.push((step.value, key));
            }
            // Label and step stand on the first segment that is shown.
            let mut told = false;
            for k in 0..decl.heads.len() {
                let before = topology.graph.edge_count();
                self.segment(decl, (k, !told), topology, places);
                told |= topology.graph.edge_count() > before;
                if topology.graph.edge_count() > self.options.most.links {
                    self.too_many(decl);
                    return;
                }
            }
        }
    }

    fn too_many(&mut self, decl: &LinkDecl) {
        let message = format!("copying makes more than {} links", self.options.most.links);
        self.error(
            "too-large",
            message,
            &decl.place,
            format!(
                "split the diagram, link groups, or lift the limit with --limit links={}",
                self.options.most.links.saturating_mul(4)
            ),
        );
    }

    /// One segment of a chain, and whether it is the first that is shown: a link for each pair of copies that it joins.
    fn segment(&mut self, decl: &'a LinkDecl, (k, first): (usize, bool), topology: &mut Topology, places: &Places) {
        let (a, b) = (self.find(&decl.ends[k]), self.find(&decl.ends[k + 1]));
        if a.is_empty() || b.is_empty() {
            return;
        }
        if a.len().saturating_mul(b.len()) > self.options.most.links.saturating_mul(64) {
            self.too_many(decl);
            return;
        }
        let mut drawn: BTreeSet<(ElementId, ElementId)> = BTreeSet::new();
        for (x, y) in self.pairs(&a, &b, decl.copies) {
            let (Some(from), Some(to)) = (places.end(x), places.end(y)) else { continue };
            // Within one box nothing is drawn, and copies that stand in one box have one link.
            let within = from == to && (x != y || places.own(x).is_none());
            let at = drawn.len();
            if within || !drawn.insert((from, to)) {
                continue;
            }
            let label = if first { decl.label.as_ref().map(|l| self.language.text(l, self.findings)) } else { None };
            // Copies of one link say the same: the number of the step stands on the first.
            let step = decl.step.as_ref().filter(|_| first && at == 0).map(|s| s.value);
            let style = self.style(&decl.classes, &StyleDecl::default());
            let link = Link {
                label: label.filter(|_| at == 0 || !same_label(decl)),
                step,
                heads: decl.heads[k],
                line: decl.line.as_ref().map_or_else(|| style.line.unwrap_or_default(), |l| l.value),
                color: decl.color.as_ref().map(|c| c.value.clone()).or(style.stroke),
                weight: decl.weight.as_ref().map_or(1.0, |w| w.value),
                rank: decl.rank.unwrap_or(true),
                tooltip: self.text(&decl.tooltip),
                href: decl.href.as_ref().map(|h| h.value.clone()),
                place: Some(decl.place.clone()),
            };
            // The graph's direction is the flow's: `a <- b` runs from b to a.
            let (source, target, link) = match link.heads {
                Heads::Source => (to, from, Link { heads: Heads::Target, ..link }),
                _ => (from, to, link),
            };
            topology.graph.add_edge(source, target, link);
        }
    }

    /// Which copies a link joins: those with the same parents where both ends are copied, else every one with every one.
    fn pairs(&self, a: &[usize], b: &[usize], copies: Option<Copies>) -> Vec<(usize, usize)> {
        let suffix = |i: usize| &self.copies.all[i].suffix;
        let agree = |x: usize, y: usize| {
            let (x, y) = (suffix(x), suffix(y));
            let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
            let mut rest = long.iter();
            short.iter().all(|s| rest.any(|l| l == s))
        };
        let all = || a.iter().flat_map(|&x| b.iter().map(move |&y| (x, y)));
        let paired: Vec<_> = all().filter(|&(x, y)| agree(x, y)).collect();
        let both = a.len() > 1 && b.len() > 1;
        match copies {
            Some(Copies::All) => all().collect(),
            Some(Copies::Paired) if !paired.is_empty() => paired,
            None if both && !paired.is_empty() => paired,
            _ => all().collect(),
        }
    }
}

/// Whether all copies of a link would carry the same words.
fn same_label(decl: &LinkDecl) -> bool {
    decl.label.is_some() && decl.copies != Some(Copies::All)
}
