//! Labels of links: each beside or on its own link and on nothing else.

use super::{Check, Thing, passes};

/// Pixels that a label may stand away from its link.
const BESIDE: f64 = 6.0;

impl Check<'_> {
    /// What labels stand on; what runs over them is checked with the links.
    pub(super) fn labels(&self, out: &mut Vec<String>) {
        let links = &self.layout.links;
        for (l, link) in self.graph.links.iter().enumerate() {
            if link.label.is_some() != links[l].label.is_some() {
                out.push(format!("the label of link {l} is missing"));
            }
        }
        for &l in &self.labelled {
            let r = self.label(l);
            self.around(r, |thing| match thing {
                Thing::Label(other) if other < l && r.overlaps(self.label(other), 1.0) => {
                    out.push(format!("the labels of links {other} and {l} overlap"));
                }
                Thing::Box(b) if r.overlaps(self.layout.boxes[b], 1.0) => {
                    out.push(format!("the label of link {l} lies on box {b}"));
                }
                Thing::Title(g) if r.overlaps(self.layout.titles[g], 1.0) => {
                    out.push(format!("the label of link {l} lies on the title of group {g}"));
                }
                _ => {}
            });
            if !passes(&links[l].points, r.grown(BESIDE)) {
                out.push(format!("the label of link {l} stands away from it"));
            }
        }
    }
}
