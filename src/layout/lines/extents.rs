//! How far rows reach up and down from their lines.

use super::super::Member;
use super::super::nest::inner;
use super::super::orient::Strip;
use super::super::rows::{Joint, Kind};
use super::Stack;

impl Stack<'_> {
    /// How far the items of each row reach up and down from its line.
    pub(super) fn extents(&mut self) {
        let mut margin = vec![(0.0, 0.0); self.graph.boxes.len()];
        for span in &self.graph.spans {
            let title = |strip| if self.strip == strip { span.title.h } else { 0.0 };
            for m in &span.members {
                let own = match *m {
                    Member::Box(b) => &mut margin[b.at()],
                    Member::Group(g) => &mut self.outlines[inner(g) as usize],
                };
                own.0 += self.spacing.track + title(Strip::Top);
                own.1 += self.spacing.track + title(Strip::Bottom);
            }
        }
        for g in 1..self.nest.len() {
            let (first, last) = (self.rows.top[g] as usize, self.rows.bottom[g] as usize);
            if self.rows.astride_top[g] {
                self.up[first] = self.up[first].max(self.outlines[g].0);
            }
            if self.rows.astride_bottom[g] {
                self.down[last] = self.down[last].max(self.outlines[g].1);
            }
        }
        for (r, row) in self.rows.rows.iter().enumerate() {
            for &i in row {
                let item = &self.rows.items[i as usize];
                let (up, down) = if let Kind::Box(b) = item.kind { margin[b as usize] } else { (0.0, 0.0) };
                self.up[r] = self.up[r].max(item.up + up);
                self.down[r] = self.down[r].max(item.down + down);
                self.boxes[r] |= matches!(item.kind, Kind::Box(_));
            }
        }
        self.centre_under_titles();
        for chain in &self.rows.chains {
            for (k, joint) in chain.joints.iter().enumerate() {
                if *joint == Joint::Row {
                    let r = self.rows.items[chain.items[k] as usize].row as usize;
                    self.up[r] = self.up[r].max(self.spacing.track / 2.0);
                    self.down[r] = self.down[r].max(self.spacing.track / 2.0);
                }
            }
        }
    }

    /// Where titles run along the rows' direction of stacking, a group of one row may be longer than what it holds: that stands in its middle then.
    fn centre_under_titles(&mut self) {
        if !self.strip.is_left() {
            return;
        }
        for g in 1..self.nest.len() {
            let r = self.rows.top[g] as usize;
            if self.rows.bottom[g] as usize != r || self.rows.astride_top[g] || self.rows.astride_bottom[g] {
                continue;
            }
            let half = self.graph.groups[g - 1].title.h / 2.0;
            let walls = |height: u32| self.spacing.padding * f64::from(height);
            self.up[r] = self.up[r].max(half - walls(self.heights.opening[g]));
            self.down[r] = self.down[r].max(half - walls(self.heights.closing[g]));
        }
    }
}
