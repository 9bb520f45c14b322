//! A channel: the tracks and walls between two rows, one under the other.

use super::super::Side;
use super::super::orient::Strip;
use super::super::tracks::{Level, Slot};
use super::{OutlineRoom, Stack};

impl Stack<'_> {
    /// Places the walls and tracks between row `channel - 1`, which reaches down to `start`, and row `channel`, and that row. Returns how far it reaches.
    pub(super) fn channel(&mut self, channel: usize, start: f64) -> f64 {
        let (closing, opening) = self.groups_at(channel);
        let (y, clear) = self.close(channel, &closing, start);
        let y = match self.place_tracks(Slot { channel: channel as u32, level: Level::Middle }, y) {
            Some(last) => last + self.spacing.track,
            // Nothing that stands above touches the walls below, and an arrow's head has room before them.
            None if channel > 0 && !opening.is_empty() => y + self.spacing.within / 2.0,
            None => y,
        };
        let mut y = self.open(channel, &opening, start, y);
        if channel == self.rows.rows.len() {
            return y;
        }
        if channel > 0 {
            // Rows keep their distance; what is left over goes around the tracks.
            let slack = (start + self.least(channel) - y).max(clear - y).max(0.0);
            self.shift_middle(channel, slack, &opening);
            y += slack;
        }
        self.row(channel, y)
    }

    /// Places the lower walls of the groups that end above, the innermost first, each after the tracks inside it. Returns where the last one lies, and from
    /// where on boxes are clear of the outlines around those groups.
    fn close(&mut self, channel: usize, closing: &[usize], start: f64) -> (f64, f64) {
        let (mut y, mut clear) = (start, start);
        let tallest = closing.iter().map(|&g| self.heights.closing[g]).max().unwrap_or(0);
        for h in 1..=tallest {
            let walls: Vec<usize> = closing.iter().copied().filter(|&g| self.heights.closing[g] == h).collect();
            let used = self.place_tracks(Slot { channel: channel as u32, level: Level::Closing(h) }, y);
            y = self.padded(used, y);
            let mut strip: f64 = 0.0;
            for &g in &walls {
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
            for &g in walls.iter().filter(|&&g| !self.rows.astride_bottom[g]) {
                self.out.bottom[g] = y;
            }
            let room = walls.iter().map(|&g| self.outlines[g].1).fold(0.0, f64::max);
            match self.outline_room {
                OutlineRoom::OfTheirOwn => y += room,
                OutlineRoom::FromBoxes => clear = clear.max(y + room),
            }
        }
        (y, clear.max(y))
    }

    /// Places the upper walls of the groups that start below, the outermost first, each before the tracks inside it. Boxes above, which reach down to `start`,
    /// are clear of the outlines around those groups. Returns from where on the row may stand.
    fn open(&mut self, channel: usize, opening: &[usize], start: f64, mut y: f64) -> f64 {
        let highest = opening.iter().map(|&g| self.heights.opening[g]).max().unwrap_or(0);
        for h in (1..=highest).rev() {
            let walls: Vec<usize> = opening.iter().copied().filter(|&g| self.heights.opening[g] == h).collect();
            let room = walls.iter().map(|&g| self.outlines[g].0).fold(0.0, f64::max);
            y = match self.outline_room {
                OutlineRoom::OfTheirOwn => y + room,
                OutlineRoom::FromBoxes if channel > 0 => y.max(start + room),
                OutlineRoom::FromBoxes => y,
            };
            for &g in walls.iter().filter(|&&g| !self.rows.astride_top[g]) {
                self.out.top[g] = y;
            }
            if self.strip == Strip::Top && !walls.is_empty() {
                let title = |&g: &usize| self.graph.groups[g - 1].title.h;
                y += walls.iter().map(title).fold(self.spacing.title, f64::max);
            }
            let used = self.place_tracks(Slot { channel: channel as u32, level: Level::Opening(u32::MAX - h) }, y);
            y = self.padded(used, y);
        }
        y
    }

    /// Places a row, with the walls on its line, after things that reach down to `y`. Returns how far it reaches.
    fn row(&mut self, row: usize, y: f64) -> f64 {
        let line = (y + self.up[row])
            .max(self.below_own_title(row, y))
            .max(self.needed(self.needs.rows.get(&(row as u32))))
            .max(self.below_titles(row as u32));
        self.out.row[row] = line;
        let mut reach = line + self.down[row];
        for g in 1..self.nest.len() {
            if self.rows.astride_top[g] && self.rows.top[g] as usize == row {
                self.out.top[g] = line;
                reach = reach.max(line + self.graph.groups[g - 1].title.h);
            }
            if self.rows.astride_bottom[g] && self.rows.bottom[g] as usize == row {
                self.out.bottom[g] = line;
            }
        }
        reach
    }

    /// The padding between a wall and what is inside it: tracks, of which the last one lies at `used`, or else what reaches to `y`.
    fn padded(&self, used: Option<f64>, y: f64) -> f64 {
        let (track, pad) = (self.spacing.track, self.spacing.padding);
        used.map_or(y + pad, |last| last + track.max(pad - track))
    }

    /// Groups whose walls lie in a channel: those that end above it and those that start below.
    fn groups_at(&self, channel: usize) -> (Vec<usize>, Vec<usize>) {
        let groups = 1..self.nest.len();
        let closing = groups.clone().filter(|&g| channel > 0 && self.rows.bottom[g] as usize == channel - 1).collect();
        let opening = groups.filter(|&g| self.rows.top[g] as usize == channel).collect();
        (closing, opening)
    }

    /// Least distance from the lower edge of the row above a channel to the upper edge of the row below it.
    fn least(&self, channel: usize) -> f64 {
        if self.boxes[channel - 1] && self.boxes[channel] {
            self.spacing.between
        } else {
            (self.spacing.between / 2.0 - 4.0).max(self.spacing.track * 2.2)
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
        let slot = |level| Slot { channel: channel as u32, level };
        for (slot, places) in self.out.tracks.range_mut(slot(Level::Middle)..=slot(Level::Opening(u32::MAX))) {
            let by = if slot.level == Level::Middle { slack / 2.0 } else { slack };
            places.iter_mut().for_each(|p| *p += by);
        }
        for &g in opening {
            if !self.rows.astride_top[g] {
                self.out.top[g] += slack;
            }
        }
    }
}
