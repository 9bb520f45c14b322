//! A channel: the tracks and walls between two rows, one under the other.

use super::super::Side;
use super::super::orient::Strip;
use super::super::tracks::{Level, Slot};
use super::{OutlineRoom, Stack};

impl Stack<'_> {
    /// Places the walls and tracks between row `channel - 1`, which reaches down to `y`, and row `channel`, and that row. Returns how far it reaches.
    pub(super) fn channel(&mut self, channel: usize, start: f64) -> f64 {
        let (track, pad) = (self.spacing.track, self.spacing.padding);
        let mut y = start;
        let ends = |s: &Self, g: usize| channel > 0 && s.rows.bottom[g] as usize == channel - 1;
        let starts = |s: &Self, g: usize| s.rows.top[g] as usize == channel;
        let (closing, opening) = self.groups_at(channel);
        // Below here boxes are clear of the outlines of groups that end above.
        let mut clear = start;
        let tallest = closing.iter().map(|&g| self.heights.closing[g]).max().unwrap_or(0);
        for h in 1..=tallest {
            let slot = Slot { channel: channel as u32, level: Level::Closing(h) };
            let used = self.place_tracks(slot, y);
            y = used.unwrap_or(y) + if used.is_some() { track.max(pad - track) } else { pad };
            let mut strip: f64 = 0.0;
            for &g in closing.iter().filter(|&&g| self.heights.closing[g] == h) {
                let title = self.graph.groups[g - 1].title.h;
                if self.strip == Strip::Bottom {
                    strip = strip.max(self.spacing.title.max(title));
                } else if self.strip.is_left() {
                    // Boxes astride the left wall can be linked to the inside through the last lane: its tracks then cross the strip.
                    let crossed = used.filter(|_| self.nest.has_astride(g as u32, Side::Left)).unwrap_or(f64::MIN);
                    let last = if self.strip == Strip::LeftEnd { self.last_need(g).max(crossed) } else { f64::MIN };
                    y = y.max(self.out.top[g].max(last + self.spacing.track) + title);
                }
            }
            y += strip;
            for &g in closing.iter().filter(|&&g| self.heights.closing[g] == h) {
                debug_assert!(ends(self, g));
                if !self.rows.astride_bottom[g] {
                    self.out.bottom[g] = y;
                }
            }
            let room = self.outline_room_of(&closing, |g| self.heights.closing[g] == h, |o| o.1);
            if self.outline_room == OutlineRoom::OfTheirOwn {
                y += room;
            }
            clear = clear.max(y + if self.outline_room == OutlineRoom::FromBoxes { room } else { 0.0 });
        }
        let slot = Slot { channel: channel as u32, level: Level::Middle };
        let used = self.place_tracks(slot, y);
        y = match used {
            Some(last) => last + track,
            // Nothing that stands above touches the walls below, and an arrow's head has room before them.
            None if channel > 0 && !opening.is_empty() => y + self.spacing.within / 2.0,
            None => y,
        };
        let highest = opening.iter().map(|&g| self.heights.opening[g]).max().unwrap_or(0);
        for h in (1..=highest).rev() {
            let room = self.outline_room_of(&opening, |g| self.heights.opening[g] == h, |o| o.0);
            y = match self.outline_room {
                OutlineRoom::OfTheirOwn => y + room,
                OutlineRoom::FromBoxes if channel > 0 => y.max(start + room),
                OutlineRoom::FromBoxes => y,
            };
            let mut strip: f64 = 0.0;
            for &g in opening.iter().filter(|&&g| self.heights.opening[g] == h) {
                debug_assert!(starts(self, g));
                if self.strip == Strip::Top {
                    strip = strip.max(self.spacing.title.max(self.graph.groups[g - 1].title.h));
                }
                if !self.rows.astride_top[g] {
                    self.out.top[g] = y;
                }
            }
            let slot = Slot { channel: channel as u32, level: Level::Opening(u32::MAX - h) };
            y += strip;
            let used = self.place_tracks(slot, y);
            y = used.unwrap_or(y) + if used.is_some() { track.max(pad - track) } else { pad };
        }
        if channel == self.rows.rows.len() {
            return y;
        }
        // Rows keep their distance; what is left over goes around the tracks.
        let slack = (start + self.least(channel) - y).max(clear - y).max(0.0);
        if channel > 0 {
            self.shift_middle(channel, slack, &opening);
        }
        y += if channel > 0 { slack } else { 0.0 };
        let line = (y + self.up[channel])
            .max(self.below_own_title(channel, y))
            .max(self.needed(self.needs.rows.get(&(channel as u32))))
            .max(self.below_titles(channel as u32));
        self.out.row[channel] = line;
        let mut reach = line + self.down[channel];
        for g in 1..self.nest.len() {
            if self.rows.astride_top[g] && starts(self, g) {
                self.out.top[g] = line;
                reach = reach.max(line + self.graph.groups[g - 1].title.h);
            }
            if self.rows.astride_bottom[g] && self.rows.bottom[g] as usize == channel {
                self.out.bottom[g] = line;
            }
        }
        reach
    }

    /// The most room that the outlines of some groups take on one side.
    fn outline_room_of(&self, groups: &[usize], of: impl Fn(usize) -> bool, side: fn((f64, f64)) -> f64) -> f64 {
        groups.iter().filter(|&&g| of(g)).map(|&g| side(self.outlines[g])).fold(0.0, f64::max)
    }

    /// Groups whose walls lie in a channel: those that end above it and those that start below.
    fn groups_at(&self, channel: usize) -> (Vec<usize>, Vec<usize>) {
        let groups = 1..self.nest.len();
        let closing = groups.clone().filter(|&g| channel > 0 && self.rows.bottom[g] as usize == channel - 1).collect();
        let opening = groups.filter(|&g| self.rows.top[g] as usize == channel).collect();
        (closing, opening)
    }

    /// Least distance from the lower edge of the row before to the upper edge of this row.
    fn least(&self, channel: usize) -> f64 {
        if channel == 0 {
            return 0.0;
        }
        let (above, below) = (self.boxes[channel - 1], self.boxes[channel]);
        match (above, below) {
            (true, true) => self.spacing.between,
            _ => (self.spacing.between / 2.0 - 4.0).max(self.spacing.track * 2.2),
        }
    }

    /// Puts the tracks of a slot from `y` on; the last one's place.
    fn place_tracks(&mut self, slot: Slot, y: f64) -> Option<f64> {
        let runs = self.tracks.slots.get(&slot)?;
        let count = runs.iter().map(|r| r.track + 1).max()? as usize;
        let mut thick = vec![self.spacing.track; count];
        for run in runs {
            if let Some((_, _, h)) = run.label {
                let t = &mut thick[run.track as usize];
                *t = t.max(h);
            }
        }
        let mut places = Vec::with_capacity(count);
        let needed = self.needed(self.needs.slots.get(&slot));
        let mut at = (y + self.spacing.track / 2.0).max(needed - self.spacing.track / 2.0);
        for t in thick {
            places.push(at + t / 2.0);
            at += t;
        }
        self.out.tracks.insert(slot, places);
        Some(at - self.spacing.track / 2.0)
    }

    /// Spreads slack: half before the middle tracks, half after them, and moves the walls of groups that start below.
    fn shift_middle(&mut self, channel: usize, slack: f64, opening: &[usize]) {
        if slack <= 0.0 {
            return;
        }
        for (slot, places) in &mut self.out.tracks {
            if slot.channel as usize != channel {
                continue;
            }
            let by = match slot.level {
                Level::Closing(_) => 0.0,
                Level::Middle => slack / 2.0,
                Level::Opening(_) => slack,
            };
            places.iter_mut().for_each(|p| *p += by);
        }
        for &g in opening {
            if !self.rows.astride_top[g] {
                self.out.top[g] += slack;
            }
        }
    }
}
