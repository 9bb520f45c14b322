//! What a search knows of the places that it came to.

use super::cells::Cell;
use super::crowd::Gate;
use super::search::Passage;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A place of the search: channel and cell; [`OPENING`] and [`CLOSING`] are the lanes inside the common group where that starts or ends.
pub(super) type Place = (u32, u32);
pub(super) const OPENING: u32 = u32::MAX;
pub(super) const CLOSING: u32 = u32::MAX - 1;

/// What is known of a place: cost, place across the flow, place before, row passed on the way here, and where its channel was entered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) cost: i64,
    pub(super) x: f64,
    pub(super) before: Option<Place>,
    pub(super) passed: Option<Passage>,
    pub(super) entered: Gate,
    pub(super) settled: bool,
}

/// A free place of a row: its place among the items, its group, and its place across the flow.
pub(super) type Slot = (u32, u32, f64);

/// What searches know of places and groups, kept for the next one for the sake of its memory: each forgets what the one before knew.
pub(super) struct Known {
    /// Where the places of each channel start in `marks`; each has two more than cells, for [`CLOSING`] and [`OPENING`].
    start: Vec<usize>,
    /// The last search that knew each place, and where in `marks`.
    at: Vec<(u32, u32)>,
    /// What the search knows of places.
    marks: Vec<Mark>,
    /// By group: the last search on whose way it is, and how far along.
    steps: Vec<(u32, u32)>,
    /// The number of the search.
    search: u32,
    pub(super) heap: BinaryHeap<(Reverse<i64>, Place)>,
    /// Places at which the target is met, and where across the flow.
    pub(super) met: Vec<(Place, f64)>,
    /// Places of a row, those near one place of it, and places beyond it.
    pub(super) slots: Vec<Slot>,
    pub(super) found: Vec<Slot>,
    pub(super) beyond: Vec<Place>,
}

impl Known {
    /// Nothing yet, of the cells of every channel in a drawing of so many groups.
    pub(super) fn new(channels: &[Vec<Cell>], groups: usize) -> Self {
        let mut start = vec![0];
        channels.iter().for_each(|cells| start.push(start[start.len() - 1] + cells.len() + 2));
        Self {
            at: vec![(0, 0); start[channels.len()]],
            marks: Vec::new(),
            start,
            steps: vec![(0, 0); groups],
            search: 0,
            heap: BinaryHeap::new(),
            met: Vec::new(),
            slots: Vec::new(),
            found: Vec::new(),
            beyond: Vec::new(),
        }
    }

    /// Forgets all, and learns the groups on a way.
    pub(super) fn start(&mut self, way: &[u32]) {
        self.search += 1;
        self.marks.clear();
        self.heap.clear();
        (0..).zip(way).for_each(|(k, &g)| self.steps[g as usize] = (self.search, k));
    }

    /// How far along the way a group is.
    pub(super) fn step(&self, g: u32) -> Option<u32> {
        let (search, step) = self.steps[g as usize];
        (search == self.search).then_some(step)
    }

    /// Where a place is kept.
    fn slot(&self, place: Place) -> usize {
        match place.1 {
            CLOSING => self.start[place.0 as usize + 1] - 2,
            OPENING => self.start[place.0 as usize + 1] - 1,
            k => self.start[place.0 as usize] + k as usize,
        }
    }

    /// What is known of a place.
    pub(super) fn of(&mut self, place: Place) -> Option<&mut Mark> {
        let (search, mark) = self.at[self.slot(place)];
        (search == self.search).then(|| &mut self.marks[mark as usize])
    }

    /// Learns something new of a place.
    pub(super) fn learn(&mut self, place: Place, mark: Mark) {
        match self.of(place) {
            Some(known) => *known = mark,
            None => {
                let slot = self.slot(place);
                self.at[slot] = (self.search, self.marks.len() as u32);
                self.marks.push(mark);
            }
        }
    }
}
