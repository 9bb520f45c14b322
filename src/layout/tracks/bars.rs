//! The runs of a slot while they are being ordered: bars between two legs each, cut in two where legs would meet.

use super::Piece;
use std::collections::BTreeSet;

/// Legs closer than this would lie on each other.
const CLOSE: f64 = 3.0;
/// Runs on one track keep this distance.
const APART: f64 = 4.0;

/// A label on a run: its link, its middle across the flow, and its height.
pub(super) type OnRun = (u32, f64, f64);

/// Where a run meets a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leg {
    /// Place across the flow.
    pub(super) x: f64,
    /// Whether it goes up.
    pub(super) up: bool,
}

/// A run between two legs, the left one first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub(super) legs: [Leg; 2],
    piece: u32,
    pub(super) label: Option<OnRun>,
}

impl Bar {
    fn new(a: Leg, b: Leg, piece: u32) -> Self {
        let legs = if b.x.total_cmp(&a.x).then(b.up.cmp(&a.up)).is_lt() { [b, a] } else { [a, b] };
        Self { legs, piece, label: None }
    }

    /// The piece it is, or is part of.
    pub(super) fn piece(&self) -> u32 {
        self.piece
    }

    pub(super) fn low(&self) -> f64 {
        self.legs[0].x
    }

    pub(super) fn high(&self) -> f64 {
        self.legs[1].x
    }

    /// Where it ends for others on the same track.
    pub(super) fn end(&self) -> f64 {
        self.high() + APART
    }

    /// Whether a place lies between its ends.
    pub(super) fn holds(&self, x: f64) -> bool {
        self.low() < x && x < self.high()
    }
}

/// All bars of a slot.
pub(super) struct Bars<'a> {
    pub(super) pieces: &'a [Piece],
    pub(super) list: Vec<Bar>,
    /// The other half of each bar that was cut.
    pub(super) half: Vec<Option<u32>>,
    /// Places of all legs, straight ones included, from left to right.
    legs: Vec<f64>,
}

impl<'a> Bars<'a> {
    /// A bar for each piece that is not straight.
    pub(super) fn new(pieces: &'a [Piece]) -> Self {
        let leg = |(x, up): (f64, bool)| Leg { x, up };
        let moving = (0..).zip(pieces).filter(|(_, piece)| !piece.is_straight());
        let list: Vec<Bar> = moving.map(|(p, piece)| Bar::new(leg(piece.from), leg(piece.to), p)).collect();
        let mut legs: Vec<f64> = pieces.iter().flat_map(|p| [p.from.0, p.to.0]).collect();
        legs.sort_unstable_by(f64::total_cmp);
        Self { pieces, half: vec![None; list.len()], list, legs }
    }

    /// Whether two bars are of one link or of links with a common port, so that their legs may lie on each other.
    fn share(&self, a: u32, b: u32) -> bool {
        let [a, b] = [a, b].map(|k| &self.pieces[self.list[k as usize].piece as usize]);
        a.link == b.link || a.trunks.iter().any(|t| *t != u32::MAX && b.trunks.contains(t))
    }

    /// Whether two bars cannot be on one track.
    fn overlap(&self, a: u32, b: u32) -> bool {
        let [a, b] = [a, b].map(|k| &self.list[k as usize]);
        a.low().max(b.low()) < a.end().min(b.end())
    }

    /// Pairs of bars that overlap of which the first must be above the second, lest legs of theirs lie on each other; in order. Only neighbouring legs
    /// are looked at.
    pub(super) fn musts(&self) -> Vec<(u32, u32)> {
        let mut legs: Vec<(f64, bool, u32)> = Vec::with_capacity(2 * self.list.len());
        legs.extend((0..).zip(&self.list).flat_map(|(k, bar)| bar.legs.map(|l| (l.x, l.up, k))));
        legs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        let mut musts = Vec::new();
        for (i, a) in legs.iter().enumerate() {
            for b in legs[i + 1..].iter().take_while(|b| b.0 - a.0 < CLOSE) {
                if a.1 != b.1 && a.2 != b.2 && !self.share(a.2, b.2) && self.overlap(a.2, b.2) {
                    musts.push(if a.1 { (a.2, b.2) } else { (b.2, a.2) });
                }
            }
        }
        musts.sort_unstable();
        musts.dedup();
        musts
    }

    /// Cuts bars in two where neither order of a pair keeps their legs apart.
    pub(super) fn cut_conflicts(&mut self) {
        for _ in 0..3 {
            let musts = self.musts();
            let both = |&&(a, b): &&(u32, u32)| a < b && musts.binary_search(&(b, a)).is_ok();
            let mut stuck: Vec<(u32, u32)> = musts.iter().filter(both).copied().collect();
            if stuck.is_empty() {
                return;
            }
            // As a sweep from left to right meets them.
            let from_left = |a: u32, b: u32| {
                let low = |k: u32| self.list[k as usize].low();
                low(a).total_cmp(&low(b)).then(a.cmp(&b))
            };
            let ends = |&(a, b): &(u32, u32)| if from_left(a, b).is_lt() { (a, b) } else { (b, a) };
            stuck.sort_by(|p, q| {
                let (p, q) = (ends(p), ends(q));
                from_left(p.1, q.1).then_with(|| from_left(p.0, q.0))
            });
            let (mut cut, mut done) = (Vec::new(), BTreeSet::new());
            for (a, b) in stuck {
                if !done.contains(&a) && !done.contains(&b) {
                    done.insert(a);
                    cut.push(a);
                }
            }
            cut.into_iter().for_each(|k| _ = self.cut(k));
        }
    }

    /// Cuts a bar in two at a free place. Whether anything changed: a piece is cut once.
    pub(super) fn cut(&mut self, k: u32) -> bool {
        if self.half[k as usize].is_some() {
            return false;
        }
        let Bar { legs: [left, right], piece, .. } = self.list[k as usize];
        let x = self.free_place(left.x, right.x);
        // The piece comes from above on one side: the first half hangs from there, the other half continues below it.
        let other = self.list.len() as u32;
        self.list[k as usize] = Bar::new(left, Leg { x, up: !left.up }, piece);
        self.list.push(Bar::new(Leg { x, up: !right.up }, right, piece));
        self.half[k as usize] = Some(other);
        self.half.push(Some(k));
        let at = self.legs.partition_point(|l| *l < x);
        self.legs.splice(at..at, [x, x]);
        true
    }

    /// The place between `low` and `high` that is farthest from all legs.
    pub(super) fn free_place(&self, low: f64, high: f64) -> f64 {
        let first = self.legs.partition_point(|x| *x <= low);
        let last = self.legs.partition_point(|x| *x < high).max(first);
        let (mut before, mut widest) = (low, (f64::NEG_INFINITY, (low + high) / 2.0));
        for &x in self.legs[first..last].iter().chain([&high]) {
            if x - before >= widest.0 {
                widest = (x - before, (before + x) / 2.0);
            }
            before = x;
        }
        widest.1
    }
}
