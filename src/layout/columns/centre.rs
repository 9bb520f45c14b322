//! After the solution: what the price leaves open goes to the middle.

use super::super::adjacent::Adjacent;
use super::System;
use super::solve::Near;
use super::straighten::Tried;
use super::units::HURRIED;

/// With more jogs than these they are not all tried a third time.
const FEW: usize = 300;

impl System<'_> {
    /// Where the price leaves a choice, things go to the middle of it: a box over two others stands between them, one without links in the middle of its
    /// group. Straight links move as one, and links that nearly are become straight.
    pub(super) fn centre(&self, near: &Near, x: &mut [i64]) {
        self.straighten(near, x, None);
        let tried = x.to_vec();
        let mut turns = [Vec::new(), Vec::new()];
        for _ in 0..3 {
            let blocks = self.blocks(&self.leaders(x));
            for block in (0..self.n as u32).map(|leader| blocks.of(leader)).filter(|block| !block.is_empty()) {
                self.centre_block(block, near, x, &mut turns);
            }
        }
        self.straighten(near, x, Some(Tried { at: &tried, many: HURRIED }));
        let tried = x.to_vec();
        self.line_up(near, x);
        self.look_alike(near, x);
        // Hubs come back over the middle of what has moved.
        self.straighten(near, x, Some(Tried { at: &tried, many: FEW }));
        self.stand_in_line(near, x);
    }

    /// Items joined by straight links are led by the first of them; what is no variable of its own has no leader.
    pub(super) fn leaders(&self, x: &[i64]) -> Vec<u32> {
        let mut leader: Vec<u32> = (0..self.n as u32).collect();
        fn find(leader: &mut [u32], mut v: u32) -> u32 {
            while leader[v as usize] != v {
                leader[v as usize] = leader[leader[v as usize] as usize];
                v = leader[v as usize];
            }
            v
        }
        for p in &self.pulls {
            if p.hub.is_none() && x[p.a as usize] + p.offset() == x[p.b as usize] {
                let (a, b) = (find(&mut leader, p.a), find(&mut leader, p.b));
                leader[a.max(b) as usize] = a.min(b);
            }
        }
        let items = self.rows.items.len();
        for v in 0..self.n as u32 {
            let led = (v as usize) < items && self.var[v as usize] == v;
            leader[v as usize] = if led { find(&mut leader, v) } else { u32::MAX };
        }
        leader
    }

    /// The items of each leader.
    fn blocks(&self, leaders: &[u32]) -> Adjacent {
        Adjacent::new(self.n, (0u32..).zip(leaders).filter(|(_, l)| **l != u32::MAX).map(|(v, l)| (*l, v)))
    }

    /// Moves a block to the middle of what its price allows. `room` is to work in.
    fn centre_block(&self, block: &[u32], near: &Near, x: &mut [i64], room: &mut [Vec<(i64, i64)>; 2]) {
        let inside = |v: u32| block.binary_search(&v).is_ok();
        let (mut low, mut high) = (i64::MIN / 2, i64::MAX / 2);
        // Slopes of the price as the block moves: a list of (shift, weight) where a pull changes its sign.
        let [turns, fan] = room;
        turns.clear();
        fan.clear();
        for &v in block {
            for b in near.after(v).iter().filter(|b| !inside(b.other)) {
                high = high.min(x[b.other as usize] - x[v as usize] - b.len());
            }
            for b in near.before(v).iter().filter(|b| !inside(b.other)) {
                low = low.max(x[b.other as usize] + b.len() - x[v as usize]);
            }
            for p in near.pulls_of(v) {
                let turn = if p.a == v && !inside(p.b) {
                    x[p.b as usize] - p.offset() - x[v as usize]
                } else if p.b == v && !inside(p.a) {
                    x[p.a as usize] + p.offset() - x[v as usize]
                } else {
                    continue;
                };
                if p.hub == Some(v) {
                    fan.push((turn, 1));
                } else {
                    turns.push((turn, p.weight()));
                }
            }
        }
        // The middle of a fan counts before everything else.
        let turns = if fan.is_empty() { turns } else { fan };
        let goal = if turns.is_empty() {
            if block.len() > 1 || low <= i64::MIN / 4 || high >= i64::MAX / 4 {
                return;
            }
            (low + high) / 2
        } else {
            turns.sort_unstable();
            let total: i64 = turns.iter().map(|t| t.1).sum();
            let (mut sum, mut first, mut last) = (0, None, None);
            for &(shift, weight) in &*turns {
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
