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

/// Stops one after the other; from the `turn` on, each is in the next channel up or down.
struct Trail {
    stops: Vec<Stop>,
    turn: usize,
}

impl Trail {
    /// The number of stops up to that in a channel, after the turn.
    fn upto(&self, channel: u32) -> Option<usize> {
        let at = self.turn + channel.abs_diff(self.stops.get(self.turn)?.place.0) as usize;
        (self.stops.get(at)?.place.0 == channel).then_some(at + 1)
    }
}

impl Search<'_> {
    /// Whether some way passes no row: all along one channel, or to a wall next to the source.
    pub(super) fn stays(&self) -> bool {
        let End::Member(target) = self.to else { return true };
        self.gates(self.from).into_iter().any(|(channel, x)| {
            let goals = || self.goals.iter().filter(|goal| goal.0 == channel);
            let ends = || goals().flat_map(|goal| self.entrances(channel, goal.1, target));
            self.entrances(channel, x, self.from).any(|from| ends().any(|to| self.is_open(from, to)))
        })
    }

    /// The cheapest of the plain ways, with its price. O(rows x log items).
    pub(super) fn plumb(&mut self) -> Option<(i64, Way)> {
        let mut from = self.trails(self.from, Sense::Onward);
        let End::Member(target) = self.to else {
            let down = from.iter().find(|trail| trail.stops.last().is_some_and(|stop| self.arrives(stop.place)))?;
            return down.stops.last().map(|last| (last.cost, self.joined(&down.stops, &[])));
        };
        let mut to = self.trails(target, Sense::Back);
        self.met(&from, &to).or_else(|| {
            // What can only be left upwards has to come around the groups that it lies in to meet what can only be left downwards.
            self.turn(&mut from, self.from, Sense::Onward);
            self.turn(&mut to, target, Sense::Back);
            self.met(&from, &to)
        })
    }

    /// The cheapest way of two trails from either end that come to one channel.
    fn met(&self, from: &[Trail], to: &[Trail]) -> Option<(i64, Way)> {
        let mut best: Option<(i64, &[Stop], &[Stop])> = None;
        for (a, b) in from.iter().flat_map(|a| to.iter().map(move |b| (a, b))) {
            for (k, stop) in (1..).zip(&a.stops).skip(a.turn) {
                let Some(last) = b.upto(stop.place.0) else { continue };
                let other = b.stops[last - 1];
                let price = stop.cost + other.cost + (stop.x - other.x).abs() as i64 + self.bend;
                if best.is_none_or(|b| price < b.0) && self.is_open(stop.place, other.place) {
                    best = Some((price, &a.stops[..k], &b.stops[..last]));
                }
            }
        }
        best.map(|(price, a, b)| (price, self.joined(a, b)))
    }

    /// The trails up and down from an end, as far as they go.
    fn trails(&mut self, end: Member, sense: Sense) -> Vec<Trail> {
        let mut trails = Vec::new();
        for (down, (channel, x)) in [false, true].into_iter().zip(self.gates(end)) {
            let first = self.entrances(channel, x, end).next();
            if let Some(place) = first {
                trails.push(self.trail(vec![Stop { place, x, cost: 0, passed: None }], down, sense));
            }
        }
        trails
    }

    /// Goes on up or down from the last stop.
    fn trail(&mut self, mut stops: Vec<Stop>, down: bool, sense: Sense) -> Trail {
        let turn = stops.len().saturating_sub(1);
        while let Some(next) = stops.last().copied().and_then(|stop| self.next_stop(&stop, down, sense)) {
            stops.push(next);
        }
        Trail { stops, turn }
    }

    /// Adds trails that turn where the outermost group around an end is left, and come back along either side of that.
    fn turn(&mut self, trails: &mut Vec<Trail>, end: Member, sense: Sense) {
        let (rows, columns) = (&*self.courses.rows, self.courses.columns);
        let Some(g) = self.courses.nest.child(self.common, self.courses.nest.innermost(end)) else { return };
        let g = g as usize;
        for (channel, down) in [(rows.top[g], true), (rows.bottom[g] + 1, false)] {
            let Some((trail, last)) = trails.iter().find_map(|t| Some((t, t.upto(channel)?))) else { continue };
            let stops = trail.stops[..last].to_vec();
            for x in [columns.left[g] - self.courses.spacing.track, columns.right[g] + self.courses.spacing.track] {
                let mut stops = stops.clone();
                if let Some(last) = stops.last_mut() {
                    last.cost += (x - last.x).abs() as i64;
                    last.x = x;
                }
                let turned = self.trail(stops, down, sense);
                trails.push(turned);
            }
        }
    }

    /// Through the next row at the nearest free place.
    fn next_stop(&mut self, stop: &Stop, down: bool, sense: Sense) -> Option<Stop> {
        let cell = self.cell(stop.place);
        let row = if down { stop.place.0 } else { stop.place.0.checked_sub(1)? };
        if row as usize >= self.courses.rows.rows.len() || !cell.opens(down) {
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
