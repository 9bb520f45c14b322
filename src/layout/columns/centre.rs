//! After the solution: what the price leaves open goes to the middle.

use super::System;
use super::solve::Near;

impl System<'_> {
    /// Where the price leaves a choice, things go to the middle of it: a box over two others stands between them, one without links in the middle of its
    /// group. Straight links move as one, and links that nearly are become straight.
    pub(super) fn centre(&self, x: &mut [i64]) {
        let near = Near::new(self, &self.edges);
        self.straighten(&near, x);
        for _ in 0..3 {
            let blocks = self.blocks(x);
            for block in blocks {
                self.centre_block(&block, &near, x);
            }
        }
        self.straighten(&near, x);
        self.line_up(&near, x);
        self.straighten(&near, x);
    }

    fn centre_block(&self, block: &[u32], near: &Near, x: &mut [i64]) {
        let inside = |v: u32| block.binary_search(&v).is_ok();
        let (mut low, mut high) = (i64::MIN / 2, i64::MAX / 2);
        // Slopes of the price as the block moves: a list of (shift, weight) where a pull changes its sign.
        let mut turns: Vec<(i64, i64)> = Vec::new();
        let mut fan = Vec::new();
        for &v in block {
            for &k in near.edges_of(v) {
                let e = near.edges[k as usize];
                if e.from == v && !inside(e.to) {
                    high = high.min(x[e.to as usize] - x[v as usize] - e.len);
                } else if e.to == v && !inside(e.from) {
                    low = low.max(x[e.from as usize] + e.len - x[v as usize]);
                }
            }
            for &k in near.pulls_of(v) {
                let p = self.pulls[k as usize];
                let turn = if p.a == v && !inside(p.b) {
                    x[p.b as usize] - p.offset - x[v as usize]
                } else if p.b == v && !inside(p.a) {
                    x[p.a as usize] + p.offset - x[v as usize]
                } else {
                    continue;
                };
                if p.hub == Some(v) {
                    fan.push((turn, 1));
                } else {
                    turns.push((turn, p.weight));
                }
            }
        }
        // The middle of a fan counts before everything else.
        if !fan.is_empty() {
            turns = fan;
        }
        let goal = if turns.is_empty() {
            if block.len() > 1 || low <= i64::MIN / 4 || high >= i64::MAX / 4 {
                return;
            }
            (low + high) / 2
        } else {
            turns.sort_unstable();
            let total: i64 = turns.iter().map(|t| t.1).sum();
            let (mut sum, mut first, mut last) = (0, None, None);
            for &(shift, weight) in &turns {
                sum += weight;
                if 2 * sum >= total && first.is_none() {
                    first = Some(shift);
                }
                if 2 * sum > total && last.is_none() {
                    last = Some(shift);
                }
            }
            let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
            (first + last) / 2
        };
        if low > high {
            return;
        }
        let shift = goal.clamp(low, high);
        block.iter().for_each(|&v| x[v as usize] += shift);
    }
}
