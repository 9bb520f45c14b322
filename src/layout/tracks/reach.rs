//! The latest of overlapping bars: a tree over the places where bars start.

use super::bars::Bars;

/// Of some bars put onto it one after the other, the greatest number that any of them has where another bar lies, and the greatest one of another group.
/// Numbers start from 1; 0 is none. O(log bars) each.
pub(super) struct Reach {
    /// Leaves under each bar: the starts of bars from its own on up to its end.
    span: Vec<(u32, u32)>,
    leaves: usize,
    /// What lies on all leaves below each node.
    whole: Vec<Top>,
    /// What lies on any leaf below each node.
    any: Vec<Top>,
}

/// The greatest number and its group, and the greatest one of another group.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Top {
    pub(super) first: u32,
    pub(super) group: u32,
    pub(super) second: u32,
}

impl Top {
    fn add(&mut self, number: u32, group: u32) {
        if group == self.group || self.first == 0 {
            if number > self.first {
                (self.first, self.group) = (number, group);
            }
        } else if number > self.first {
            *self = Self { first: number, group, second: self.first };
        } else {
            self.second = self.second.max(number);
        }
    }

    fn join(&mut self, other: Self) {
        if other.first > 0 {
            self.add(other.first, other.group);
        }
        // Of the other's second only the number is known: it is not of the group of its first.
        if other.group == self.group {
            self.second = self.second.max(other.second);
        }
    }
}

impl Reach {
    pub(super) fn new(bars: &Bars) -> Self {
        let mut lows: Vec<f64> = bars.list.iter().map(|b| b.low()).collect();
        lows.sort_unstable_by(f64::total_cmp);
        let place = |x: f64| lows.partition_point(|low| *low < x) as u32;
        let span = bars.list.iter().map(|b| (place(b.low()), place(b.end()))).collect();
        let leaves = bars.list.len();
        Self { span, leaves, whole: vec![Top::default(); 2 * leaves], any: vec![Top::default(); 2 * leaves] }
    }

    /// Number of pairs of bars that overlap.
    pub(super) fn pairs(&self) -> usize {
        // Each bar overlaps those that start under it: counted once for each pair, but for bars that start at one place, which count each other and themselves.
        let mut starts: Vec<u32> = self.span.iter().map(|s| s.0).collect();
        starts.sort_unstable();
        let under: usize = self.span.iter().map(|s| (s.1 - s.0) as usize).sum();
        let twice = starts.chunk_by(|a, b| a == b).map(|same| same.len() * (same.len() + 1) / 2).sum::<usize>();
        under - twice
    }

    /// Puts a bar on top of the others.
    pub(super) fn put(&mut self, bar: u32, number: u32, group: u32) {
        let (first, last) = self.span[bar as usize];
        let (mut l, mut r) = (first as usize + self.leaves, last as usize + self.leaves);
        while l < r {
            for node in [(l % 2 == 1).then_some(l), (r % 2 == 1).then(|| r - 1)].into_iter().flatten() {
                self.whole[node].add(number, group);
                self.any[node].add(number, group);
            }
            (l, r) = (l.div_ceil(2), r / 2);
        }
        for leaf in [first as usize, last as usize - 1] {
            let mut node = (leaf + self.leaves) / 2;
            while node > 0 {
                self.any[node].add(number, group);
                node /= 2;
            }
        }
    }

    /// What lies on top where a bar would go.
    pub(super) fn top(&self, bar: u32) -> Top {
        self.over(self.span[bar as usize])
    }

    /// The leaves under a bar: from the first up to the one before the second.
    pub(super) fn span(&self, bar: u32) -> (u32, u32) {
        self.span[bar as usize]
    }

    /// What lies on top of some leaves, at least one.
    pub(super) fn over(&self, (first, last): (u32, u32)) -> Top {
        let mut top = Top::default();
        let (mut l, mut r) = (first as usize + self.leaves, last as usize + self.leaves);
        while l < r {
            for node in [(l % 2 == 1).then_some(l), (r % 2 == 1).then(|| r - 1)].into_iter().flatten() {
                top.join(self.any[node]);
            }
            (l, r) = (l.div_ceil(2), r / 2);
        }
        for leaf in [first as usize, last as usize - 1] {
            let mut node = (leaf + self.leaves) / 2;
            while node > 0 {
                top.join(self.whole[node]);
                node /= 2;
            }
        }
        top
    }
}
