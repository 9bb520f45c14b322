//! Lines: the coordinate along the flow of every row, track and wall, by stacking from the first row to the last.

use super::columns::Columns;
use super::nest::{Nest, ROOT, inner};
use super::orient::Strip;
use super::rows::{Joint, Kind, Rows};
use super::tracks::{Heights, Level, Slot, Tracks};
use super::{Graph, Member, Side, Spacing};

/// Positions along the flow, in pixels.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// Line of each row.
    pub(super) row: Vec<f64>,
    /// Upper wall of each group.
    pub(super) top: Vec<f64>,
    /// Lower wall of each group.
    pub(super) bottom: Vec<f64>,
    /// Tracks of each slot.
    pub(super) tracks: std::collections::BTreeMap<Slot, Vec<f64>>,
}

/// How high groups are stacked where several end or start at one row.
pub(super) fn heights(graph: &Graph, nest: &Nest, rows: &Rows) -> Heights {
    let mut h = Heights { closing: vec![1; nest.len()], opening: vec![1; nest.len()] };
    // A class raises its members to one height, which may raise their parents: at most one round for each level of nesting.
    loop {
        let mut changed = false;
        let mut raise = |slot: &mut u32, to: u32| {
            if *slot < to {
                *slot = to;
                changed = true;
            }
        };
        for &g in nest.outer_first.iter().rev() {
            if g == ROOT {
                continue;
            }
            let p = nest.parent[g as usize] as usize;
            if rows.bottom[p] == rows.bottom[g as usize] {
                let to = h.closing[g as usize] + 1;
                raise(&mut h.closing[p], to);
            }
            if rows.top[p] == rows.top[g as usize] {
                let to = h.opening[g as usize] + 1;
                raise(&mut h.opening[p], to);
            }
        }
        for class in &graph.classes {
            let groups =
                || class.iter().filter_map(|m| if let Member::Group(g) = m { Some(inner(*g) as usize) } else { None });
            let (closing, opening) = (groups().map(|g| h.closing[g]).max(), groups().map(|g| h.opening[g]).max());
            for g in groups() {
                raise(&mut h.closing[g], closing.unwrap_or(1));
                raise(&mut h.opening[g], opening.unwrap_or(1));
            }
        }
        if !changed {
            break;
        }
    }
    in_line(graph, nest, rows, &mut h);
    h
}

/// Brings walls of siblings in one channel that would stand a hair apart in line: those of groups of no class, which may be as high as they like below what
/// holds them both.
fn in_line(graph: &Graph, nest: &Nest, rows: &Rows, h: &mut Heights) {
    let (bottom, top) = (tallest(nest, &rows.bottom, &h.closing), tallest(nest, &rows.top, &h.opening));
    let mut classed = vec![false; nest.len()];
    for member in graph.classes.iter().flatten() {
        if let Member::Group(g) = *member {
            classed[inner(g) as usize] = true;
        }
    }
    for g in (1..nest.len()).filter(|&g| !classed[g]) {
        for (own, tallest) in [(&mut h.closing[g], bottom[g]), (&mut h.opening[g], top[g])] {
            *own += u32::from(*own + 1 == tallest);
        }
    }
}

/// For each group the greatest of the `heights` of its siblings that have a wall in the same channel.
fn tallest(nest: &Nest, channel: &[u32], heights: &[u32]) -> Vec<u32> {
    let key = |g: usize| (nest.parent[g], channel[g]);
    let mut tallest = std::collections::BTreeMap::new();
    for (g, &height) in heights.iter().enumerate().skip(1) {
        let own = tallest.entry(key(g)).or_insert(0);
        *own = height.max(*own);
    }
    (0..nest.len()).map(|g| tallest.get(&key(g)).copied().unwrap_or(0)).collect()
}

/// How much room groups keep above and below for the outlines around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutlineRoom {
    /// As much as keeps the boxes of other rows out of them.
    FromBoxes,
    /// As much as they take, so that they meet nothing at all.
    OfTheirOwn,
}

struct Stack<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    rows: &'a Rows,
    tracks: &'a Tracks,
    spacing: &'a Spacing,
    heights: &'a Heights,
    strip: Strip,
    needs: Needs,
    out: Lines,
    /// Room above and below each group for the outlines around it.
    outlines: Vec<(f64, f64)>,
    outline_room: OutlineRoom,
    up: Vec<f64>,
    down: Vec<f64>,
    boxes: Vec<bool>,
}

/// Stacks everything.
#[expect(clippy::too_many_arguments, reason = "stacking reads all that was found before it")]
pub(super) fn lines(
    graph: &Graph,
    nest: &Nest,
    rows: &Rows,
    columns: &Columns,
    tracks: &Tracks,
    heights: &Heights,
    spacing: &Spacing,
    strip: Strip,
    outline_room: OutlineRoom,
) -> Lines {
    let needs = if strip.is_left() { Needs::new(nest, rows, columns) } else { Needs::default() };
    let n = rows.rows.len();
    let out = Lines {
        row: vec![0.0; n],
        top: vec![0.0; nest.len()],
        bottom: vec![0.0; nest.len()],
        tracks: tracks.slots.keys().map(|s| (*s, Vec::new())).collect(),
    };
    let mut stack = Stack {
        graph,
        nest,
        rows,
        tracks,
        spacing,
        heights,
        strip,
        needs,
        out,
        outlines: vec![(0.0, 0.0); nest.len()],
        outline_room,
        up: vec![0.0; n],
        down: vec![0.0; n],
        boxes: vec![false; n],
    };
    stack.extents();
    let mut y = 0.0;
    for channel in 0..=n {
        y = stack.channel(channel, y);
    }
    stack.out
}

impl Stack<'_> {
    /// How far the items of each row reach up and down from its line.
    fn extents(&mut self) {
        let mut margin = vec![(0.0, 0.0); self.graph.boxes.len()];
        for span in &self.graph.spans {
            let title = |strip| if self.strip == strip { span.title.h } else { 0.0 };
            for m in &span.members {
                let own = match *m {
                    Member::Box(b) => &mut margin[b.at()],
                    Member::Group(g) => &mut self.outlines[inner(g) as usize],
                };
                own.0 += self.spacing.track + title(Strip::Top);
                own.1 += self.spacing.track + title(Strip::Bottom);
            }
        }
        for g in 1..self.nest.len() {
            let (first, last) = (self.rows.top[g] as usize, self.rows.bottom[g] as usize);
            if self.rows.astride_top[g] {
                self.up[first] = self.up[first].max(self.outlines[g].0);
            }
            if self.rows.astride_bottom[g] {
                self.down[last] = self.down[last].max(self.outlines[g].1);
            }
        }
        for (r, row) in self.rows.rows.iter().enumerate() {
            for &i in row {
                let item = &self.rows.items[i as usize];
                let (up, down) = if let Kind::Box(b) = item.kind { margin[b as usize] } else { (0.0, 0.0) };
                self.up[r] = self.up[r].max(item.up + up);
                self.down[r] = self.down[r].max(item.down + down);
                self.boxes[r] |= matches!(item.kind, Kind::Box(_));
            }
        }
        self.centre_under_titles();
        for chain in &self.rows.chains {
            for (k, joint) in chain.joints.iter().enumerate() {
                if *joint == Joint::Row {
                    let r = self.rows.items[chain.items[k] as usize].row as usize;
                    self.up[r] = self.up[r].max(self.spacing.track / 2.0);
                    self.down[r] = self.down[r].max(self.spacing.track / 2.0);
                }
            }
        }
    }

    /// Where titles run along the rows' direction of stacking, a group of one row may be longer than what it holds: that stands in its middle then.
    fn centre_under_titles(&mut self) {
        if !self.strip.is_left() {
            return;
        }
        for g in 1..self.nest.len() {
            let r = self.rows.top[g] as usize;
            if self.rows.bottom[g] as usize != r || self.rows.astride_top[g] || self.rows.astride_bottom[g] {
                continue;
            }
            let half = self.graph.groups[g - 1].title.h / 2.0;
            let walls = |height: u32| self.spacing.padding * f64::from(height);
            self.up[r] = self.up[r].max(half - walls(self.heights.opening[g]));
            self.down[r] = self.down[r].max(half - walls(self.heights.closing[g]));
        }
    }

    /// Where the line of a row is at least, after things that reach down to `y`, for the titles of groups whose lower wall lies on it.
    fn below_own_title(&self, row: usize, y: f64) -> f64 {
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

    /// Places the walls and tracks between row `channel - 1`, which reaches down to `y`, and row `channel`, and that row. Returns how far it reaches.
    fn channel(&mut self, channel: usize, start: f64) -> f64 {
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

    /// How far down titles along left walls push what crosses those walls.
    fn needed(&self, groups: Option<&Vec<u32>>) -> f64 {
        if self.strip != Strip::LeftStart {
            return f64::MIN;
        }
        let below =
            |g: &u32| self.out.top[*g as usize] + self.graph.groups[*g as usize - 1].title.h + self.spacing.track / 2.0;
        groups.into_iter().flatten().map(below).fold(f64::MIN, f64::max)
    }

    /// How far down titles along left walls push the boxes astride those walls.
    fn below_titles(&self, row: u32) -> f64 {
        if self.strip != Strip::LeftStart {
            return f64::MIN;
        }
        let at = |&(_, g, up, _): &(u32, u32, f64, f64)| {
            self.out.top[g as usize] + self.graph.groups[g as usize - 1].title.h + self.spacing.track / 2.0 + up
        };
        self.needs.astride.iter().filter(|a| a.0 == row).map(at).fold(f64::MIN, f64::max)
    }

    /// The last place at which a link crosses the left wall of a group.
    fn last_need(&self, g: usize) -> f64 {
        let crosses = |groups: &Vec<u32>| groups.contains(&(g as u32));
        let rows = self.needs.rows.iter().filter(|(_, gs)| crosses(gs)).map(|(&r, _)| self.out.row[r as usize]);
        let slots = self.needs.slots.iter().filter(|(_, gs)| crosses(gs));
        let slots = slots.filter_map(|(s, _)| self.out.tracks.get(s).and_then(|t| t.last().copied()));
        let astride = self.needs.astride.iter().filter(|a| a.1 as usize == g);
        let astride = astride.map(|a| self.out.row[a.0 as usize] + a.3);
        rows.chain(slots).chain(astride).fold(f64::MIN, f64::max)
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

/// What crosses left walls that carry titles: the groups, by slot and by row.
#[derive(Debug, Default)]
struct Needs {
    slots: std::collections::BTreeMap<Slot, Vec<u32>>,
    rows: std::collections::BTreeMap<u32, Vec<u32>>,
    /// Boxes astride left walls: row, group, and how far they reach up and down.
    astride: Vec<(u32, u32, f64, f64)>,
}

impl Needs {
    fn new(nest: &Nest, rows: &Rows, columns: &Columns) -> Self {
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
