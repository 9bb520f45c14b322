//! Where items stand in their rows while rows grow.

use super::super::nest::{NONE, Nest, ROOT};
use super::super::rows::{ItemId, Rows};
use std::collections::BTreeMap;

/// Gaps whose new items are counted together.
const BLOCK: usize = 256;

/// Places of items in rows into which others are still put: new ones stand in the gaps between those that stood there at first, and are counted by gaps and
/// by blocks of gaps, so a place is found at once. The first and the last item of every group in every row are known.
pub(super) struct Index {
    /// By item: the gap it stands in or right after, and for new ones the place in the gap.
    spots: Vec<(u32, Option<u32>)>,
    /// By row.
    counts: Vec<Counts>,
    /// New items by row and gap, from left to right.
    gaps: BTreeMap<(u32, u32), Vec<ItemId>>,
    /// By group where its list starts, and by row from its first on: first and last item.
    start: Vec<usize>,
    edges: Vec<(ItemId, ItemId)>,
}

/// Number of new items of a row in each gap and those before it.
struct Counts {
    /// Within the gap's block.
    within: Vec<u32>,
    /// In all blocks before each.
    before: Vec<u32>,
}

impl Counts {
    fn new(gaps: usize) -> Self {
        Self { within: vec![0; gaps], before: vec![0; gaps.div_ceil(BLOCK)] }
    }

    fn upto(&self, gap: usize) -> usize {
        (self.before[gap / BLOCK] + self.within[gap]) as usize
    }

    fn add(&mut self, gap: usize) {
        let end = (gap / BLOCK * BLOCK + BLOCK).min(self.within.len());
        self.within[gap..end].iter_mut().for_each(|n| *n += 1);
        self.before[gap / BLOCK + 1..].iter_mut().for_each(|n| *n += 1);
    }
}

impl Index {
    /// Of rows in which no item stands twice: O(items x depth).
    pub(super) fn new(nest: &Nest, rows: &Rows) -> Self {
        let span = |g: usize| if g == ROOT as usize { 0 } else { (rows.bottom[g] - rows.top[g]) as usize + 1 };
        let mut start = vec![0];
        (0..nest.len()).for_each(|g| start.push(start[g] + span(g)));
        let mut index = Self {
            spots: vec![(0, None); rows.items.len()],
            counts: rows.rows.iter().map(|row| Counts::new(row.len() + 1)).collect(),
            gaps: BTreeMap::new(),
            edges: vec![(NONE, NONE); start[nest.len()]],
            start,
        };
        for row in &rows.rows {
            for (k, &i) in row.iter().enumerate() {
                index.spots[i as usize] = (k as u32, None);
                let item = &rows.items[i as usize];
                let mut g = item.region;
                while g != ROOT
                    && let Some(slot) = index.slot(rows, item.row, g)
                {
                    let (first, last) = &mut index.edges[slot];
                    *first = if *first == NONE { i } else { *first };
                    *last = i;
                    g = nest.parent[g as usize];
                }
            }
        }
        index
    }

    /// What lies in a group in a row: where its first and last item are kept.
    fn slot(&self, rows: &Rows, row: u32, g: u32) -> Option<usize> {
        let slot = self.start[g as usize] + row.checked_sub(rows.top[g as usize])? as usize;
        (slot < self.start[g as usize + 1]).then_some(slot)
    }

    /// Makes room in the extents of the groups around an item.
    fn widen(&mut self, nest: &Nest, rows: &Rows, i: ItemId) {
        let item = &rows.items[i as usize];
        let place = self.at(rows, i);
        let mut g = item.region;
        while g != ROOT {
            let Some(slot) = self.slot(rows, item.row, g) else { break };
            let (first, last) = self.edges[slot];
            if first == NONE || place < self.at(rows, first) {
                self.edges[slot].0 = i;
            }
            if last == NONE || place > self.at(rows, last) {
                self.edges[slot].1 = i;
            }
            g = nest.parent[g as usize];
        }
    }

    /// The place of an item in its row.
    pub(super) fn at(&self, rows: &Rows, i: ItemId) -> usize {
        let (gap, place) = self.spots[i as usize];
        let (counts, gap) = (&self.counts[rows.items[i as usize].row as usize], gap as usize);
        match place {
            None => gap + counts.upto(gap),
            Some(place) => gap + gap.checked_sub(1).map_or(0, |gap| counts.upto(gap)) + place as usize,
        }
    }

    /// First and one past the last place in a row of what lies in a group.
    pub(super) fn extent(&self, rows: &Rows, row: u32, g: u32) -> (usize, usize) {
        if g == ROOT {
            return (0, rows.rows[row as usize].len());
        }
        match self.slot(rows, row, g).map(|slot| self.edges[slot]) {
            Some((first, last)) if first != NONE => (self.at(rows, first), self.at(rows, last) + 1),
            _ => (0, 0),
        }
    }

    /// Puts a new item, the last one made, at a place of its row.
    pub(super) fn insert(&mut self, nest: &Nest, rows: &mut Rows, at: usize, i: ItemId) {
        let r = rows.items[i as usize].row;
        let row = &mut rows.rows[r as usize];
        let at = at.min(row.len());
        // Before a new item of the same gap, or at the gap's end.
        let (gap, place) = match row.get(at) {
            Some(&next) => self.spots[next as usize],
            None => (self.counts[r as usize].within.len() as u32 - 1, None),
        };
        let list = self.gaps.entry((r, gap)).or_default();
        let place = place.map_or(list.len(), |place| place as usize);
        list.insert(place, i);
        self.spots.resize(rows.items.len(), (0, None));
        for (k, &j) in list.iter().enumerate().skip(place) {
            self.spots[j as usize] = (gap, Some(k as u32));
        }
        self.counts[r as usize].add(gap as usize);
        row.insert(at, i);
        self.widen(nest, rows, i);
    }
}
