//! Labels of links: each beside or on its own link and on nothing else.

use super::near::Near;
use super::{Check, Solid, around, cuts, passes};
use crate::geometry::Rect;

/// Pixels that a label may stand away from its link.
const BESIDE: f64 = 6.0;

impl Check<'_> {
    pub(super) fn labels(&self, out: &mut Vec<String>) {
        let links = &self.layout.links;
        for (l, link) in self.graph.links.iter().enumerate() {
            if link.label.is_some() != links[l].label.is_some() {
                out.push(format!("the label of link {l} is missing"));
            }
        }
        let (owners, labels): (Vec<usize>, Vec<Rect>) =
            links.iter().enumerate().filter_map(|(l, r)| r.label.map(|q| (l, q))).unzip();
        if labels.is_empty() {
            return;
        }
        let near = Near::new(&labels);
        for (k, &r) in labels.iter().enumerate() {
            let l = owners[k];
            near.around(r, |j| {
                if j < k && r.overlaps(labels[j], 1.0) {
                    out.push(format!("the labels of links {} and {l} overlap", owners[j]));
                }
            });
            self.solids_around(r, |solid| match solid {
                Solid::Box(b) if r.overlaps(self.layout.boxes[b], 1.0) => {
                    out.push(format!("the label of link {l} lies on box {b}"));
                }
                Solid::Title(g) if r.overlaps(self.layout.titles[g], 1.0) => {
                    out.push(format!("the label of link {l} lies on the title of group {g}"));
                }
                _ => {}
            });
            if !passes(&links[l].points, r.grown(BESIDE)) {
                out.push(format!("the label of link {l} stands away from it"));
            }
        }
        for (m, route) in links.iter().enumerate() {
            for run in route.points.windows(2) {
                near.around(around(run), |k| {
                    if owners[k] != m && cuts(run, labels[k]) {
                        out.push(format!("link {m} runs over the label of link {}", owners[k]));
                    }
                });
            }
        }
    }
}
