//! The cheapest way of a link over channels and rows: a search from cell to cell.

use super::super::Member;
use super::super::nest::{ROOT, inner};
use super::super::rows::{ItemId, Kind, Lane};
use super::cells::{Cell, cells_at};
use super::crowd::Gate;
use super::{Courses, path};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Cells a search may settle before it gives up.
const PATIENCE: usize = 60_000;
/// Free places of a row that are looked at on either side of where a link is and of where it wants to go.
const NEAREST: usize = 4;

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

/// A place of the search: channel and cell; [`OPENING`] and [`CLOSING`] are the lanes inside the common group where that starts or ends.
type Place = (u32, u32);
const OPENING: u32 = u32::MAX;
const CLOSING: u32 = u32::MAX - 1;

/// What is known of a place: cost, place across the flow, place before, row passed on the way here.
#[derive(Debug, Clone, Copy)]
struct Mark {
    cost: i64,
    x: f64,
    before: Option<Place>,
    passed: Option<Passage>,
    /// Where the channel was entered.
    entered: Gate,
    settled: bool,
}

/// A free place of a row: its place among the items, its group, and its place across the flow.
type Slot = (u32, u32, f64);

/// One search.
pub(super) struct Search<'a> {
    courses: &'a Courses<'a>,
    from: Member,
    to: End,
    /// Channels and places at which the target is met.
    goals: Vec<(u32, f64)>,
    way: Vec<u32>,
    common: u32,
    /// Places of a row looked at to find free ones.
    look: usize,
    /// Price of a bend, and of the two by which a row is passed.
    bend: i64,
    /// See `bend`.
    through: i64,
    /// Price of a crossing.
    cross: i64,
    heap: BinaryHeap<(Reverse<i64>, Place)>,
    marks: BTreeMap<Place, Mark>,
    /// Lists kept for the sake of their memory: places of a row, those near one place of it, and places beyond it.
    slots: Vec<Slot>,
    /// See `slots`.
    found: Vec<Slot>,
    /// See `slots`.
    beyond: Vec<Place>,
}

impl<'a> Search<'a> {
    pub(super) fn new(courses: &'a Courses<'a>, link: u32, look: usize) -> Self {
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
            way: path(nest, first, last),
            common: nest.common(first, last),
            look,
            bend,
            through: bend + bend / 2,
            cross: 4 * bend,
            heap: BinaryHeap::new(),
            marks: BTreeMap::new(),
            slots: Vec::new(),
            found: Vec::new(),
            beyond: Vec::new(),
        };
        if let End::Member(m) = to {
            search.goals = search.gates(m).to_vec();
        }
        search
    }

    /// The cheapest way; `None` if there is none or the search takes too long.
    pub(super) fn run(mut self) -> Option<Way> {
        for (channel, x) in self.gates(self.from) {
            let entered = Gate { above: self.is_above(channel, self.from), x };
            for place in self.entrances(channel, x, self.from) {
                self.relax(place, Mark { cost: 0, x, before: None, passed: None, entered, settled: false });
            }
        }
        let mut best: Option<(i64, Place)> = None;
        let mut settled = 0;
        while let Some((Reverse(bound), place)) = self.heap.pop() {
            if best.is_some_and(|b| b.0 <= bound) || settled > PATIENCE {
                break;
            }
            let Some(mark) = self.marks.get_mut(&place).filter(|m| !m.settled) else { continue };
            mark.settled = true;
            settled += 1;
            let mark = *mark;
            if let Some(total) = self.arrival(place, &mark)
                && best.is_none_or(|b| total < b.0)
            {
                best = Some((total, place));
            }
            self.aside(place, &mark);
            self.through(place, &mark);
        }
        self.trace(best?.1)
    }

    fn cell(&self, place: Place) -> Cell {
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
    fn step(&self, region: u32) -> Option<usize> {
        self.way.iter().position(|&g| g == region)
    }

    /// The channels through which an end can be left, with its place across the flow.
    fn gates(&self, m: Member) -> [(u32, f64); 2] {
        match m {
            Member::Box(b) => {
                let row = self.courses.rows.items[b.at()].row;
                let x = self.courses.x[b.at()];
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
    fn entrances(&self, channel: u32, x: f64, m: Member) -> Vec<Place> {
        let above = self.is_above(channel, m);
        let fits = |place: &Place| {
            let cell = self.cell(*place);
            let lane_fits = match cell.lane {
                Lane::Middle => true,
                Lane::Opening(_) => !above,
                Lane::Closing(_) => above,
            };
            lane_fits && self.step(cell.region).is_some()
        };
        self.places_at(channel, x).filter(fits).collect()
    }

    /// What a way costs that ends from this place, if it can.
    fn arrival(&self, place: Place, mark: &Mark) -> Option<i64> {
        match self.to {
            End::Wall(g) => (self.cell(place).lane == Lane::Closing(g)).then_some(mark.cost),
            End::Member(to) => {
                let met =
                    |goal: &&(u32, f64)| goal.0 == place.0 && self.entrances(place.0, goal.1, to).contains(&place);
                let price = |goal: &(u32, f64)| {
                    let left = Gate { above: self.is_above(goal.0, to), x: goal.1 };
                    mark.cost + (mark.x - goal.1).abs() as i64 + self.bend + self.crossings(place, mark, left)
                };
                self.goals.iter().filter(met).map(price).min()
            }
        }
    }

    /// What the crossings in a channel cost that is left so.
    fn crossings(&self, place: Place, mark: &Mark, left: Gate) -> i64 {
        self.courses.crowd.crossed(place.0, mark.entered, left) as i64 * self.cross
    }

    fn relax(&mut self, to: Place, mark: Mark) {
        if self.marks.get(&to).is_none_or(|m| mark.cost < m.cost) {
            // Every way has to cover at least the distance across the flow, to pass the rows between, and to bend at its end.
            let rows = |channel: u32| i64::from(channel.abs_diff(to.0)) * self.through;
            let left = self.goals.iter().map(|g| (mark.x - g.1).abs() as i64 + rows(g.0) + self.bend).min();
            self.heap.push((Reverse(mark.cost + left.unwrap_or(0)), to));
            self.marks.insert(to, mark);
        }
    }

    /// Steps into the neighbouring cells of the channel.
    fn aside(&mut self, place: Place, mark: &Mark) {
        let cell = self.cell(place);
        if cell.lane != Lane::Middle {
            return;
        }
        let here = self.step(cell.region);
        for k in [place.1.checked_sub(1), Some(place.1 + 1)].into_iter().flatten() {
            let Some(next) = self.courses.channels[place.0 as usize].get(k as usize) else { continue };
            if next.region != cell.region && self.step(next.region).is_some_and(|s| Some(s) >= here) {
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
        let here = self.step(cell.region);
        for (row, channel) in [(place.0.checked_sub(1), place.0.wrapping_sub(1)), (Some(place.0), place.0 + 1)] {
            let Some(row) = row.filter(|&r| (r as usize) < self.courses.rows.rows.len()) else { continue };
            let lane_fits = match cell.lane {
                Lane::Middle => true,
                Lane::Opening(_) => channel > place.0,
                Lane::Closing(_) => channel < place.0,
            };
            if !lane_fits {
                continue;
            }
            let mut slots = std::mem::take(&mut self.slots);
            self.find_slots(row, cell, mark.x, &mut slots);
            for &(index, region, x) in &slots {
                let Some(through) = self.step(region).filter(|&s| Some(s) >= here) else { continue };
                let mut beyond = std::mem::take(&mut self.beyond);
                beyond.clear();
                beyond.extend(self.places_at(channel, x));
                for &next in &beyond {
                    let to = self.cell(next);
                    let fits = match to.lane {
                        Lane::Middle => true,
                        Lane::Opening(g) => channel < place.0 && self.courses.nest.holds(g, region),
                        Lane::Closing(g) => channel > place.0 && self.courses.nest.holds(g, region),
                    };
                    if fits
                        && self.step(to.region).is_some_and(|s| s >= through)
                        && self.courses.nest.holds(to.region, region)
                    {
                        let left = Gate { above: row < place.0, x };
                        let price = (mark.x - x).abs() as i64 + self.through + self.crossings(place, mark, left);
                        let run = i64::from(self.courses.on_run(row, index as usize)) * self.cross;
                        let passed = Passage { row, region, x, index, lane: to.lane };
                        let cost = mark.cost + price + run;
                        let entered = Gate { above: row < channel, x };
                        let mark = Mark { cost, x, before: Some(place), passed: Some(passed), entered, settled: false };
                        self.relax(next, mark);
                    }
                }
                self.beyond = beyond;
            }
            self.slots = slots;
        }
    }

    /// Free places of a row within a cell, as place in the row, group and place across the flow: the nearest to where the link is and wants to go, and
    /// the outermost ones, so that a way around everything exists.
    fn find_slots(&mut self, row: u32, cell: Cell, x: f64, keep: &mut Vec<Slot>) {
        let goal = self.goals.first().map_or(x, |g| g.1);
        let mut found = std::mem::take(&mut self.found);
        keep.clear();
        for centre in [x, goal] {
            self.slots_from(row, cell, x, centre, NEAREST, &mut found);
            found.sort_by(|a, b| {
                (a.2 - centre).abs().total_cmp(&(b.2 - centre).abs()).then(a.0.cmp(&b.0)).then(a.1.cmp(&b.1))
            });
            keep.extend(found.iter().take(NEAREST));
        }
        for side in [cell.left, cell.right] {
            self.slots_from(row, cell, x, side, 1, &mut found);
            let outermost = |a: &&Slot, b: &&Slot| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0));
            let ends = found.iter();
            keep.extend(if side == cell.left { ends.min_by(outermost) } else { ends.max_by(outermost) });
        }
        self.found = found;
    }

    /// Free places near `centre`, at least `most` to either side where there are as many.
    fn slots_from(&self, row: u32, cell: Cell, x: f64, centre: f64, most: usize, found: &mut Vec<Slot>) {
        let marks = &self.courses.marks[row as usize];
        let centre = centre.clamp(cell.left, cell.right);
        let mark = marks.partition_point(|m| m.0 < centre);
        let length = self.courses.rows.rows[row as usize].len();
        let middle = marks.get(mark).map_or(length, |&(_, i)| self.courses.index.at(self.courses.rows, i));
        // Boxes and passes stand in order across the flow: past one beyond the cell's wall there is nothing in it.
        let rows = &*self.courses.rows;
        let column = |k: usize| {
            let &i = rows.rows[row as usize].get(k)?;
            matches!(rows.items[i as usize].kind, Kind::Box(_) | Kind::Pass(_)).then_some(self.courses.x[i as usize])
        };
        found.clear();
        let leftward = std::iter::successors(Some(middle), |&k| Some(self.past(row, k.checked_sub(1)?).0));
        for k in leftward.take(self.look) {
            self.slots_at(row, cell, x, k, found);
            if found.len() >= most || column(k).is_some_and(|x| x < cell.left) {
                break;
            }
        }
        let so_far = found.len();
        let next = |k: usize| (k < length).then(|| self.past(row, k).1);
        for k in std::iter::successors(next(middle), |&k| next(k)).take(self.look) {
            self.slots_at(row, cell, x, k, found);
            if found.len() >= so_far + most || column(k - 1).is_some_and(|x| x > cell.right) {
                break;
            }
        }
    }

    /// The places before and after an item of a row, or after the whole group around it that is none of the way's. O(log items).
    fn past(&self, row: u32, k: usize) -> (usize, usize) {
        let (nest, rows) = (self.courses.nest, &*self.courses.rows);
        let foreign = |g: u32| g != ROOT && self.step(g).is_none() && !nest.holds(g, self.common);
        let Some(&i) = rows.rows[row as usize].get(k) else { return (k, k + 1) };
        let mut g = rows.items[i as usize].region;
        if !foreign(g) {
            return (k, k + 1);
        }
        while foreign(nest.parent[g as usize]) {
            g = nest.parent[g as usize];
        }
        let (first, last) = self.courses.index.extent(rows, row, g);
        (first.min(k), last.max(k + 1))
    }

    /// Free places between the items before and at place `k` of a row: in every group on the way from one to the other.
    fn slots_at(&self, row: u32, cell: Cell, x: f64, k: usize, found: &mut Vec<Slot>) {
        let courses = self.courses;
        let list = &courses.rows.rows[row as usize];
        let item = |k: usize| list.get(k).copied();
        let region = |i: Option<ItemId>| i.map_or(ROOT, |i| courses.rows.items[i as usize].region);
        let (left, right) = (k.checked_sub(1).and_then(item), item(k));
        let (a, b) = (region(left), region(right));
        let common = courses.nest.common(a, b);
        let up = |from: u32| {
            let parent = |&g: &u32| (g != common).then(|| courses.nest.parent[g as usize]);
            std::iter::successors(Some(from), parent).filter(|&g| self.step(g).is_some())
        };
        for g in up(a).chain(up(b).filter(|&g| g != common)) {
            let end = |i: ItemId| courses.x[i as usize] + courses.rows.items[i as usize].right;
            let start = |i: ItemId| courses.x[i as usize] - courses.rows.items[i as usize].left;
            let low = left.filter(|_| g == a).map_or_else(|| self.inner_left(g, a), end);
            let high = right.filter(|_| g == b).map_or_else(|| self.inner_right(g, b), start);
            let (low, high) = (low.max(-1e6), high.min(1e6 + low.abs()));
            let margin = ((high - low) / 2.0).clamp(0.0, courses.spacing.track);
            let at = x.clamp((low + margin).min(high), (high - margin).max(low + margin).max(low));
            let at = if high < low { (low + high) / 2.0 } else { at };
            if cell.left <= at && at <= cell.right {
                found.push((k as u32, g, at));
            }
        }
    }

    /// Left bound of the room that belongs to `g` itself, after a neighbour in some region.
    fn inner_left(&self, g: u32, neighbour: u32) -> f64 {
        match self.courses.nest.child(g, neighbour) {
            Some(child) => self.courses.columns.right[child as usize],
            None if g == ROOT => f64::MIN / 4.0,
            None => self.courses.columns.left[g as usize],
        }
    }

    /// The right bound, before a neighbour.
    fn inner_right(&self, g: u32, neighbour: u32) -> f64 {
        match self.courses.nest.child(g, neighbour) {
            Some(child) => self.courses.columns.left[child as usize],
            None if g == ROOT => f64::MAX / 4.0,
            None => self.courses.columns.right[g as usize],
        }
    }

    /// The way that led to a place.
    fn trace(&self, last: Place) -> Option<Way> {
        let end = (self.to, last.0, self.cell(last).lane);
        let (mut place, mut passes) = (last, Vec::new());
        loop {
            let mark = self.marks.get(&place)?;
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
