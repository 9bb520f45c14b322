//! The cheapest way of a link over channels and rows: a search from cell to cell.

use super::super::Member;
use super::super::nest::{ROOT, inner};
use super::super::rows::Lane;
use super::cells::{Cell, cells_at};
use super::crowd::Gate;
use super::known::{CLOSING, Known, Mark, OPENING, Place, Slot};
use super::plumb::Sense;
use super::{Courses, path};
use std::cmp::Reverse;

/// A course found: where it starts and ends, and the rows it passes.
pub(super) struct Way {
    /// The end it starts at, and the channel and lane it is left through.
    pub(super) start: (Member, u32, Lane),
    /// Likewise where it leads to.
    pub(super) end: (End, u32, Lane),
    /// Rows passed.
    pub(super) passes: Vec<Passage>,
}

/// A row passed on a way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage {
    pub(super) row: u32,
    /// The group in which it is passed.
    pub(super) region: u32,
    /// Rough place across the flow.
    pub(super) x: f64,
    /// Place among the items of the row.
    pub(super) index: u32,
    /// The lane entered next.
    pub(super) lane: Lane,
}

/// Where a search leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// To a member, from outside.
    Member(Member),
    /// To the lower wall of a group, from within.
    Wall(u32),
}

/// One search.
pub(super) struct Search<'a> {
    pub(super) courses: &'a Courses<'a>,
    pub(super) from: Member,
    pub(super) to: End,
    /// Channels and places at which the target is met.
    pub(super) goals: Vec<(u32, f64)>,
    pub(super) common: u32,
    /// Price of a bend, and of the two by which a row is passed.
    pub(super) bend: i64,
    /// See `bend`.
    pub(super) through: i64,
    /// Price of a crossing.
    cross: i64,
    /// The price of the cheapest way found so far: what costs as much is not looked at.
    limit: i64,
    pub(super) known: &'a mut Known,
}

impl<'a> Search<'a> {
    pub(super) fn new(courses: &'a Courses<'a>, known: &'a mut Known, link: u32) -> Self {
        let (l, nest) = (&courses.graph.links[link as usize], courses.nest);
        let wall = |outer: Member, m: Member| match outer {
            Member::Group(g) if nest.is_inside(m, inner(g)) => Some(inner(g)),
            _ => None,
        };
        let (from, to) = match (wall(l.to, l.from), wall(l.from, l.to)) {
            (Some(g), _) => (l.from, End::Wall(g)),
            (_, Some(g)) => (l.to, End::Wall(g)),
            _ => (l.from, End::Member(l.to)),
        };
        let other = if from == l.from { l.to } else { l.from };
        let (first, last) = (nest.region(from, other), nest.region(other, from));
        let bend = (courses.spacing.between * 2.0) as i64;
        let mut search = Self {
            courses,
            from,
            to,
            goals: Vec::new(),
            common: nest.common(first, last),
            bend,
            through: bend + bend / 2,
            cross: 4 * bend,
            limit: i64::MAX,
            known,
        };
        search.known.start(&path(nest, first, last));
        if let End::Member(m) = to {
            search.goals = search.gates(m).to_vec();
        }
        search
    }

    /// The cheapest way; where that takes longer than to settle `patience` places, which are used up, a plain one. `None` if there is none.
    pub(super) fn run(mut self, patience: &mut usize) -> Option<Way> {
        for (channel, x) in self.gates(self.from) {
            let entered = Gate { above: self.is_above(channel, self.from), x };
            for place in self.entrances(channel, x, self.from).collect::<Vec<_>>() {
                self.relax(place, Mark { cost: 0, x, before: None, passed: None, entered, settled: false });
            }
        }
        let mut met = std::mem::take(&mut self.known.met);
        met.clear();
        if let End::Member(to) = self.to {
            let places = |&(channel, x): &(u32, f64)| self.entrances(channel, x, to).map(move |place| (place, x));
            met.extend(self.goals.iter().flat_map(places));
        }
        self.known.met = met;
        let mut best = None;
        while let Some((Reverse(bound), place)) = self.known.heap.pop() {
            if self.limit <= bound || *patience == 0 {
                break;
            }
            let Some(mark) = self.known.of(place).filter(|m| !m.settled) else { continue };
            mark.settled = true;
            *patience -= 1;
            let mark = *mark;
            if let Some(total) = self.arrival(place, &mark)
                && total < self.limit
            {
                (self.limit, best) = (total, Some((total, place)));
            }
            self.aside(place, &mark);
            self.through(place, &mark);
        }
        let plain = if *patience == 0 || best.is_none() { self.plumb() } else { None };
        match (best, plain) {
            (Some((price, last)), plain) if plain.as_ref().is_none_or(|p| price <= p.0) => self.trace(last),
            (_, plain) => plain.map(|p| p.1),
        }
    }

    pub(super) fn cell(&self, place: Place) -> Cell {
        let lane = match place.1 {
            OPENING => Lane::Opening(self.common),
            CLOSING => Lane::Closing(self.common),
            k => return self.courses.channels[place.0 as usize][k as usize],
        };
        let (left, right) =
            (self.courses.columns.left[self.common as usize], self.courses.columns.right[self.common as usize]);
        Cell { left, right, region: self.common, lane }
    }

    /// The cells of a channel at a place, the lanes inside the common group included.
    fn places_at(&self, channel: u32, x: f64) -> impl Iterator<Item = Place> + use<'_, 'a> {
        let (rows, common) = (&*self.courses.rows, self.common as usize);
        let inside = common != ROOT as usize
            && (self.courses.columns.left[common]..=self.courses.columns.right[common]).contains(&x);
        let opening = (inside && rows.top[common] == channel).then_some(OPENING);
        let closing = (inside && rows.bottom[common] + 1 == channel).then_some(CLOSING);
        let cells = cells_at(&self.courses.channels[channel as usize], &self.courses.ends[channel as usize], x);
        cells.chain(opening).chain(closing).map(move |k| (channel, k))
    }

    /// How far along the way a region is.
    pub(super) fn step(&self, region: u32) -> Option<u32> {
        self.known.step(region)
    }

    /// The channels through which an end can be left, with its place across the flow.
    pub(super) fn gates(&self, m: Member) -> [(u32, f64); 2] {
        match m {
            Member::Box(b) => {
                let row = self.courses.rows.items[b.at()].row;
                let x = self.courses.stands[b.at()].x;
                [(row, x), (row + 1, x)]
            }
            Member::Group(g) => {
                let g = inner(g) as usize;
                let middle = (self.courses.columns.left[g] + self.courses.columns.right[g]) / 2.0;
                [(self.courses.rows.top[g], middle), (self.courses.rows.bottom[g] + 1, middle)]
            }
        }
    }

    /// Whether an end stands above a channel next to it.
    fn is_above(&self, channel: u32, m: Member) -> bool {
        match m {
            Member::Box(b) => self.courses.rows.items[b.at()].row < channel,
            Member::Group(g) => self.courses.rows.bottom[inner(g) as usize] < channel,
        }
    }

    /// Places of `channel` at `x` that the end may step into: those of its own way, and the lane inside the common group.
    pub(super) fn entrances(&self, channel: u32, x: f64, m: Member) -> impl Iterator<Item = Place> + use<'_, 'a> {
        let above = self.is_above(channel, m);
        let fits = move |place: &Place| {
            let cell = self.cell(*place);
            let lane_fits = match cell.lane {
                Lane::Middle => true,
                Lane::Opening(_) => !above,
                Lane::Closing(_) => above,
            };
            lane_fits && self.step(cell.region).is_some()
        };
        self.places_at(channel, x).filter(fits)
    }

    /// Whether a way to a wall from within ends here.
    pub(super) fn arrives(&self, place: Place) -> bool {
        matches!(self.to, End::Wall(g) if self.cell(place).lane == Lane::Closing(g))
    }

    /// What a way costs that ends from this place, if it can.
    fn arrival(&self, place: Place, mark: &Mark) -> Option<i64> {
        match self.to {
            End::Wall(_) => self.arrives(place).then_some(mark.cost),
            End::Member(to) => {
                let price = |&(_, x): &(Place, f64)| {
                    let left = Gate { above: self.is_above(place.0, to), x };
                    mark.cost + (mark.x - x).abs() as i64 + self.bend + self.crossings(place, mark, left)
                };
                self.known.met.iter().filter(|met| met.0 == place).map(price).min()
            }
        }
    }

    /// What the crossings in a channel cost that is left so.
    fn crossings(&self, place: Place, mark: &Mark, left: Gate) -> i64 {
        self.courses.crowd.crossed(place.0, mark.entered, left) as i64 * self.cross
    }

    fn relax(&mut self, to: Place, mark: Mark) {
        if self.known.of(to).is_none_or(|m| mark.cost < m.cost) {
            let bound = mark.cost + self.left(to.0, mark.x);
            if bound < self.limit {
                self.known.heap.push((Reverse(bound), to));
                self.known.learn(to, mark);
            }
        }
    }

    /// The least that a way still costs from a place of a channel: it has to cover the distance across the flow, to pass the rows between, and to bend at its
    /// end.
    fn left(&self, channel: u32, x: f64) -> i64 {
        let rows = |goal: u32| i64::from(goal.abs_diff(channel)) * self.through;
        self.goals.iter().map(|g| (x - g.1).abs() as i64 + rows(g.0) + self.bend).min().unwrap_or(0)
    }

    /// Whether the wall between two neighbouring cells is one to cross on the way.
    pub(super) fn leads(&self, cell: Cell, next: Cell) -> bool {
        next.region != cell.region && self.step(next.region).is_some_and(|s| Some(s) >= self.step(cell.region))
    }

    /// Steps into the neighbouring cells of the channel.
    fn aside(&mut self, place: Place, mark: &Mark) {
        let cell = self.cell(place);
        if cell.lane != Lane::Middle {
            return;
        }
        for k in [place.1.checked_sub(1), Some(place.1 + 1)].into_iter().flatten() {
            let Some(next) = self.courses.channels[place.0 as usize].get(k as usize) else { continue };
            if self.leads(cell, *next) {
                let wall = if k < place.1 { cell.left } else { cell.right };
                let cost = mark.cost + (mark.x - wall).abs() as i64;
                let mark = Mark { cost, x: wall, before: Some(place), passed: None, settled: false, ..*mark };
                self.relax((place.0, k), mark);
            }
        }
    }

    /// Steps through the rows above and below into the channels beyond.
    fn through(&mut self, place: Place, mark: &Mark) {
        let cell = self.cell(place);
        for (row, down) in [(place.0.checked_sub(1), false), (Some(place.0), true)] {
            let Some(row) = row.filter(|&r| (r as usize) < self.courses.rows.rows.len() && cell.opens(down)) else {
                continue;
            };
            // Aside it comes no nearer than it goes; but for the whole pixels that are lost by each step.
            let channel = if down { place.0 + 1 } else { row };
            if mark.cost + self.through + self.left(channel, mark.x) - 2 >= self.limit {
                continue;
            }
            let mut slots = std::mem::take(&mut self.known.slots);
            self.find_slots(row, cell, mark.x, &mut slots);
            let crowd = &self.courses.crowd;
            let entered = crowd.before(place.0, mark.entered);
            for &slot in &slots {
                let (index, region, x) = slot;
                let way = mark.cost + (mark.x - x).abs() as i64 + self.through;
                let left = self.left(channel, x);
                if way + left >= self.limit {
                    continue;
                }
                let run = if self.courses.on_run(row, index as usize) { self.cross } else { 0 };
                let crossed = entered.abs_diff(crowd.before(place.0, Gate { above: !down, x })) as i64;
                let cost = way + run + crossed * self.cross;
                if cost + left >= self.limit {
                    continue;
                }
                let beyond = self.beyond(place, down, slot, Sense::Onward);
                for &next in &beyond {
                    let entered = Gate { above: down, x };
                    let passed = Some(Passage { row, region, x, index, lane: self.cell(next).lane });
                    self.relax(next, Mark { cost, x, before: Some(place), passed, entered, settled: false });
                }
                self.known.beyond = beyond;
            }
            self.known.slots = slots;
        }
    }

    /// The places beyond a free place of the next row that a way can go on from.
    pub(super) fn beyond(&mut self, place: Place, down: bool, slot: Slot, sense: Sense) -> Vec<Place> {
        let mut beyond = std::mem::take(&mut self.known.beyond);
        beyond.clear();
        let onward = |from: Option<u32>, to: Option<u32>| match sense {
            Sense::Onward => to.is_some() && to >= from,
            Sense::Back => to.is_some() && to <= from,
        };
        let (_, region, x) = slot;
        let (here, through) = (self.step(self.cell(place).region), self.step(region));
        if onward(here, through) {
            let channel = if down { place.0 + 1 } else { place.0 - 1 };
            let fits = |next: &Place| {
                let to = self.cell(*next);
                let lane_fits = match to.lane {
                    Lane::Middle => true,
                    Lane::Opening(g) => !down && self.courses.nest.holds(g, region),
                    Lane::Closing(g) => down && self.courses.nest.holds(g, region),
                };
                lane_fits && onward(through, self.step(to.region)) && self.courses.nest.holds(to.region, region)
            };
            beyond.extend(self.places_at(channel, x).filter(fits));
        }
        beyond
    }

    /// The way that led to a place.
    fn trace(&mut self, last: Place) -> Option<Way> {
        let end = (self.to, last.0, self.cell(last).lane);
        let (mut place, mut passes) = (last, Vec::new());
        loop {
            let mark = self.known.of(place)?;
            passes.extend(mark.passed);
            match mark.before {
                Some(before) => place = before,
                None => break,
            }
        }
        passes.reverse();
        Some(Way { start: (self.from, place.0, self.cell(place).lane), end, passes })
    }
}
