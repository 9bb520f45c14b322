//! Where titles push down what comes beside or below them.

use super::super::Side;
use super::super::columns::Columns;
use super::super::nest::{Nest, ROOT};
use super::super::orient::Strip;
use super::super::rows::{Joint, Rows};
use super::super::tracks::{Level, Slot};
use super::Stack;
use std::collections::BTreeMap;

/// What crosses left walls that carry titles.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Groups whose left walls the tracks of a slot cross.
    pub(super) slots: BTreeMap<Slot, Vec<u32>>,
    /// Groups whose left walls links along a row cross.
    pub(super) rows: BTreeMap<u32, Vec<u32>>,
    /// Boxes astride left walls: row, group, and how far they reach up and down.
    astride: Vec<(u32, u32, f64, f64)>,
}

impl Needs {
    /// All that links, and boxes on borders, need.
    pub(super) fn new(nest: &Nest, rows: &Rows, columns: &Columns) -> Self {
        let mut needs = Self::default();
        for (b, side) in nest.border.iter().enumerate() {
            if *side == Some(Side::Left) {
                let item = &rows.items[b];
                needs.astride.push((item.row, nest.home[b], item.up, item.down));
            }
        }
        for chain in &rows.chains {
            for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
                for (inside, outside) in [(pair[0], pair[1]), (pair[1], pair[0])] {
                    let (item, other) = (&rows.items[inside as usize], &rows.items[outside as usize]);
                    let mut g = item.region;
                    while g != ROOT && !nest.holds(g, other.region) {
                        if columns.item[outside as usize] <= columns.left[g as usize] {
                            match joint {
                                Joint::Row => needs.rows.entry(item.row).or_default().push(g),
                                Joint::Channel(c) => {
                                    let slot = Slot { channel: c.below, level: Level::Middle };
                                    needs.slots.entry(slot).or_default().push(g);
                                }
                            }
                        }
                        g = nest.parent[g as usize];
                    }
                }
            }
        }
        for groups in needs.rows.values_mut().chain(needs.slots.values_mut()) {
            groups.sort_unstable();
            groups.dedup();
        }
        // A group that ends above or starts below a channel is entered through its other walls.
        for (slot, groups) in &mut needs.slots {
            groups.retain(|&g| rows.top[g as usize] < slot.channel && rows.bottom[g as usize] >= slot.channel);
        }
        needs
    }
}

impl Stack<'_> {
    /// Where the line of a row is at least, after things that reach down to `y`, for the titles of groups whose lower wall lies on it.
    pub(super) fn below_own_title(&self, row: usize, y: f64) -> f64 {
        let ends = |g: &usize| self.rows.astride_bottom[*g] && self.rows.bottom[*g] as usize == row;
        let room = |g: usize| {
            let from = match self.strip {
                Strip::Top | Strip::LeftStart => self.out.top[g],
                Strip::Bottom | Strip::LeftEnd => y.max(self.out.top[g]),
            };
            from + self.graph.groups[g - 1].title.h
        };
        (1..self.nest.len()).filter(ends).map(room).fold(y, f64::max)
    }

    /// How far down titles along left walls push what crosses those walls.
    pub(super) fn needed(&self, groups: Option<&Vec<u32>>) -> f64 {
        if self.strip != Strip::LeftStart {
            return f64::MIN;
        }
        let below =
            |g: &u32| self.out.top[*g as usize] + self.graph.groups[*g as usize - 1].title.h + self.spacing.track / 2.0;
        groups.into_iter().flatten().map(below).fold(f64::MIN, f64::max)
    }

    /// How far down titles along left walls push the boxes astride those walls.
    pub(super) fn below_titles(&self, row: u32) -> f64 {
        if self.strip != Strip::LeftStart {
            return f64::MIN;
        }
        let at = |&(_, g, up, _): &(u32, u32, f64, f64)| {
            self.out.top[g as usize] + self.graph.groups[g as usize - 1].title.h + self.spacing.track / 2.0 + up
        };
        self.needs.astride.iter().filter(|a| a.0 == row).map(at).fold(f64::MIN, f64::max)
    }

    /// The last place at which a link crosses the left wall of a group.
    pub(super) fn last_need(&self, g: usize) -> f64 {
        let crosses = |groups: &Vec<u32>| groups.contains(&(g as u32));
        let rows = self.needs.rows.iter().filter(|(_, gs)| crosses(gs)).map(|(&r, _)| self.out.row[r as usize]);
        let slots = self.needs.slots.iter().filter(|(_, gs)| crosses(gs));
        let slots = slots.filter_map(|(s, _)| self.out.tracks.get(s).and_then(|t| t.last().copied()));
        let astride = self.needs.astride.iter().filter(|a| a.1 as usize == g);
        let astride = astride.map(|a| self.out.row[a.0 as usize] + a.3);
        rows.chain(slots).chain(astride).fold(f64::MIN, f64::max)
    }
}
