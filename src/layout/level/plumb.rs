//! A plain way, where a search for the cheapest one takes too long: up or down from both ends, aside only as far as something stands in the way, and across
//! where the two come to one cell. A group's own first and last channel are free from wall to wall, so at the latest they meet there.

use super::super::Member;
use super::super::rows::Lane;
use super::known::{Place, Slot};
use super::search::{End, Passage, Search, Way};
use super::slots::NEAREST;

/// Towards which end of the way a trail leads: where it starts, it goes on through groups further along the way, or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// From the source on.
    Onward,
    /// From the target back.
    Back,
}

/// A place on the way up or down from an end.
#[derive(Debug, Clone, Copy)]
struct Stop {
    place: Place,
    x: f64,
    /// What it costs to come here.
    cost: i64,
    /// The row passed on the way here from the stop before.
    passed: Option<Passage>,
}

impl Search<'_> {
    /// The cheapest of the plain ways, with its price. O(rows x log items).
    pub(super) fn plumb(&mut self) -> Option<(i64, Way)> {
        let from = [false, true].map(|down| self.trail(self.from, down, Sense::Onward));
        let End::Member(to) = self.to else {
            let last = from[1].last().filter(|stop| self.arrives(stop.place))?;
            return Some((last.cost, self.joined(&from[1], &[])));
        };
        let to = [false, true].map(|down| self.trail(to, down, Sense::Back));
        let mut best: Option<(i64, &[Stop], &[Stop])> = None;
        for (a, b) in from.iter().flat_map(|a| to.iter().map(move |b| (a, b))) {
            let Some(first) = b.first() else { continue };
            for (k, stop) in (1..).zip(a) {
                let Some(other) = b.get(stop.place.0.abs_diff(first.place.0) as usize) else { continue };
                let price = stop.cost + other.cost + (stop.x - other.x).abs() as i64 + self.bend;
                if best.is_none_or(|b| price < b.0) && self.is_open(stop.place, other.place) {
                    let last = stop.place.0.abs_diff(first.place.0) as usize;
                    best = Some((price, &a[..k], &b[..=last]));
                }
            }
        }
        best.map(|(price, a, b)| (price, self.joined(a, b)))
    }

    /// The stops on the way up or down from an end, as far as it goes.
    fn trail(&mut self, end: Member, down: bool, sense: Sense) -> Vec<Stop> {
        let (channel, x) = self.gates(end)[usize::from(down)];
        let first = self.entrances(channel, x, end).first().copied();
        let first = first.map(|place| Stop { place, x, cost: 0, passed: None });
        std::iter::successors(first, |stop| self.next_stop(stop, down, sense)).collect()
    }

    /// Through the next row at the nearest free place.
    fn next_stop(&mut self, stop: &Stop, down: bool, sense: Sense) -> Option<Stop> {
        let cell = self.cell(stop.place);
        let row = if down { stop.place.0 } else { stop.place.0.checked_sub(1)? };
        if cell.lane != Lane::Middle || row as usize >= self.courses.rows.rows.len() {
            return None;
        }
        let mut slots = std::mem::take(&mut self.known.slots);
        // Nearly always the nearest place of all will do.
        let next = [1, NEAREST].into_iter().find_map(|most| {
            self.nearest_slots(row, cell, stop.x, most, &mut slots);
            slots.iter().find_map(|&slot| self.passed(stop, row, slot, down, sense))
        });
        self.known.slots = slots;
        next
    }

    /// The stop beyond a free place of the next row, if the way may go on there.
    fn passed(&mut self, stop: &Stop, row: u32, slot: Slot, down: bool, sense: Sense) -> Option<Stop> {
        let beyond = self.beyond(stop.place, down, slot, sense);
        let place = beyond.first().copied();
        self.known.beyond = beyond;
        let (index, region, x) = slot;
        let cost = stop.cost + (stop.x - x).abs() as i64 + self.through;
        place.map(|place| {
            let passed = Some(Passage { row, region, x, index, lane: self.cell(place).lane });
            Stop { place, x, cost, passed }
        })
    }

    /// Whether a link can run from one place to another without leaving the channel or crossing foreign walls.
    fn is_open(&self, from: Place, to: Place) -> bool {
        let mut at = from;
        while at != to {
            let cell = self.cell(at);
            if at.0 != to.0 || cell.lane != Lane::Middle || self.cell(to).lane != Lane::Middle {
                return false;
            }
            at.1 = if at.1 < to.1 { at.1 + 1 } else { at.1 - 1 };
            if !self.leads(cell, self.cell(at)) {
                return false;
            }
        }
        true
    }

    /// One way of the stops from its source, and from its target.
    fn joined(&self, from: &[Stop], to: &[Stop]) -> Way {
        let mut passes: Vec<Passage> = from.iter().filter_map(|stop| stop.passed).collect();
        passes.extend(to.windows(2).rev().filter_map(|pair| {
            // Led the other way, it enters the lane that the trail came from.
            Some(Passage { lane: self.cell(pair[0].place).lane, ..pair[1].passed? })
        }));
        let ends = [from.first(), to.first().or(from.last())];
        let [first, last] = ends.map(|stop| stop.map_or((0, Lane::Middle), |s| (s.place.0, self.cell(s.place).lane)));
        Way { start: (self.from, first.0, first.1), end: (self.to, last.0, last.1), passes }
    }
}
