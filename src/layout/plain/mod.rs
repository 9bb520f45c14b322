//! A plain drawing: not a pretty one, but one that holds by construction, for whatever the real phases fail at.
//!
//! Rows are those of the real one. Across the flow, every box, every end of a link at a group and every label has a column that nothing else reaches into
//! ([`across`]): so what runs down a column from the thing that stands in it meets nothing but the lower walls of the groups around it, each once. Each
//! group has a shelf below all that it holds and above its own lower wall: so what runs along it within the group meets only what runs down columns. A link
//! goes down from its one end to the shelf of the innermost group that holds both ends, along it on a track that it shares with nobody there, and up to its
//! other end. Its label stands on that track in its own column, between the two. So the rules hold:
//!
//! 1. Boxes, groups: columns follow the nesting from left to right, rows hold from the top down.
//! 2. Links, boxes, titles, walls: as said above; titles have a column of their own, too.
//! 3. Links on each other: every end has its own place across the flow (ends at one box share it as a trunk), every run its own track.
//! 4. Labels: own columns, own tracks.
//! 5. Classes: one row, and for groups one width and the same walls above and below, as in the real drawing.
//! 6. Outlines: columns and rows keep room for them around each member.
//! 7. Ends: from below into boxes and groups; from the side only into boxes astride a side wall, which stand in rows of their own; from above only into
//!    those astride a lower wall.

mod across;

use super::lines::{Lines, OutlineRoom, heights, lines};
use super::nest::{Nest, ROOT, inner};
use super::orient::Strip;
use super::outlines::outlines;
use super::rank::Ranks;
use super::routes::{settle, simplify};
use super::rows::{Rows, rows};
use super::tracks::{Heights, Level, Run, Slot, Tracks};
use super::{Graph, Layout, Member, Route, Side, Spacing, columns::Columns};
use crate::geometry::{Point, Rect};
use across::{Across, Column, across, columns};
use std::collections::{BTreeMap, BTreeSet};

/// Draws plainly what has its rows.
pub(super) fn plain(graph: &Graph, nest: &Nest, ranks: &Ranks, spacing: &Spacing, strip: Strip) -> Layout {
    let plain = Plain::new(graph, nest, spacing, strip);
    let place = across(&plain, &columns(&plain));
    // Rows and walls are stacked as in the real drawing, with shelves where that has its tracks.
    let bare = Graph { links: Vec::new(), ..graph.clone() };
    let rows = rows(&bare, nest, ranks, &BTreeSet::new(), spacing);
    let heights = heights(&bare, nest, &rows);
    let runs = plain.runs(&rows, &heights, &place);
    let tracks = plain.packed(&runs);
    let columns = plain.as_columns(&rows, &place);
    let lines = lines(&bare, nest, &rows, &columns, &tracks, &heights, spacing, strip, OutlineRoom::OfTheirOwn);
    plain.drawn(&rows, &place, &runs, &tracks, &lines)
}

struct Plain<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    spacing: &'a Spacing,
    strip: Strip,
    /// Room across the flow that outlines need on either side of boxes, and of groups of the nest.
    box_margin: Vec<f64>,
    group_margin: Vec<f64>,
    /// Number of each link's ends among the ends at their boxes, and how many there are at each box.
    number: Vec<[u32; 2]>,
    ends: Vec<u32>,
}

/// A stretch of a shelf that one link takes.
#[derive(Debug, Clone, Copy)]
struct Shelf {
    link: u32,
    slot: Slot,
    from: f64,
    to: f64,
    label: bool,
}

impl<'a> Plain<'a> {
    fn new(graph: &'a Graph, nest: &'a Nest, spacing: &'a Spacing, strip: Strip) -> Self {
        let (mut box_margin, mut group_margin) = (vec![0.0; graph.boxes.len()], vec![0.0; nest.len()]);
        for (m, span) in graph.spans.iter().flat_map(|s| s.members.iter().map(move |m| (m, s))) {
            // A title longer than what it stands over reaches out on one side.
            let room = spacing.track + span.title.w;
            match *m {
                Member::Box(b) => box_margin[b.at()] += room,
                Member::Group(g) => group_margin[inner(g) as usize] += room,
            }
        }
        let mut ends = vec![0; graph.boxes.len()];
        let mut count = |m: Member| match m {
            Member::Box(b) => {
                ends[b.at()] += 1;
                ends[b.at()] - 1
            }
            Member::Group(_) => 0,
        };
        let number = graph.links.iter().map(|l| [count(l.from), count(l.to)]).collect();
        Self { graph, nest, spacing, strip, box_margin, group_margin, number, ends }
    }

    /// How far along a side of its box an end stands, as a part of the side.
    fn part(&self, l: usize, end: usize, b: usize) -> f64 {
        f64::from(self.number[l][end] + 1) / f64::from(self.ends[b] + 1)
    }

    /// Where a link goes down from one of its ends.
    fn down(&self, l: usize, end: usize, place: &Across) -> f64 {
        match self.column(l, end) {
            Column::Box(b) => {
                let core = self.graph.boxes[b as usize].core;
                place.boxes[b as usize] + core.x + core.w * self.part(l, end, b as usize)
            }
            _ => place.ends.get(&(l as u32, end)).copied().unwrap_or_default(),
        }
    }

    /// The group on whose shelf a link runs.
    fn common(&self, l: usize) -> u32 {
        let link = &self.graph.links[l];
        self.nest.common(self.nest.region(link.from, link.to), self.nest.region(link.to, link.from))
    }

    /// The stretches of shelves that links take: one each, and two for loops with a label, which go out to it and back.
    fn runs(&self, rows: &Rows, heights: &Heights, place: &Across) -> Vec<Shelf> {
        let mut runs = Vec::with_capacity(self.graph.links.len());
        for l in 0..self.graph.links.len() {
            let slot = shelf(self.common(l), rows, heights);
            let run = |from, to, label| Shelf { link: l as u32, slot, from, to, label };
            let (from, to) = (self.down(l, 0, place), self.down(l, 1, place));
            match place.labels.get(&(l as u32)) {
                Some(&at) if self.column(l, 0) == self.column(l, 1) => {
                    let wide = self.graph.links[l].label.unwrap_or_default().w;
                    let turn = at + wide / 2.0 + self.spacing.track / 2.0;
                    runs.extend([run(from, turn, true), run(turn, to, false)]);
                }
                label => runs.push(run(from, to, label.is_some())),
            }
        }
        runs
    }

    /// Tracks for all stretches: those of one shelf share one where they are well apart.
    fn packed(&self, runs: &[Shelf]) -> Tracks {
        let mut by_slot: BTreeMap<Slot, Vec<usize>> = BTreeMap::new();
        (0..runs.len()).for_each(|k| by_slot.entry(runs[k].slot).or_default().push(k));
        let mut tracks = Tracks::default();
        for (slot, mut own) in by_slot {
            let low = |k: usize| runs[k].from.min(runs[k].to);
            let high = |k: usize| runs[k].from.max(runs[k].to);
            own.sort_by(|&a, &b| low(a).total_cmp(&low(b)).then(a.cmp(&b)));
            // Tracks by where their last stretch ends, in quarters of a pixel.
            let mut ends: BTreeSet<(i64, u32)> = BTreeSet::new();
            let mut of_run: Vec<(usize, Run)> = Vec::new();
            for k in own {
                let room = 2.0 * self.spacing.track;
                let free = ends.first().copied().filter(|e| (e.0 as f64) / 4.0 + room < low(k));
                let track = match free {
                    Some(end) => {
                        ends.remove(&end);
                        end.1
                    }
                    None => ends.len() as u32,
                };
                ends.insert((libm::ceil(high(k) * 4.0) as i64, track));
                let high_of_label = self.graph.links[runs[k].link as usize].label.unwrap_or_default().h;
                let label = runs[k].label.then_some((runs[k].link, 0.0, high_of_label + self.spacing.track));
                of_run.push((k, Run { track, label }));
            }
            of_run.sort_by_key(|r| r.0);
            tracks.slots.insert(slot, of_run.into_iter().map(|r| r.1).collect());
        }
        tracks
    }

    /// The places across the flow in the form that stacking asks for: of each item's reference point.
    fn as_columns(&self, rows: &Rows, place: &Across) -> Columns {
        let item = |(i, item): (usize, &super::rows::Item)| match place.boxes.get(i) {
            Some(left) => left + item.left,
            None => place.left[item.region as usize],
        };
        Columns {
            item: rows.items.iter().enumerate().map(item).collect(),
            left: place.left.clone(),
            right: place.right.clone(),
        }
    }

    fn drawn(&self, rows: &Rows, place: &Across, runs: &[Shelf], tracks: &Tracks, lines: &Lines) -> Layout {
        let mut out = Layout::default();
        for (b, node) in self.graph.boxes.iter().enumerate() {
            let item = &rows.items[b];
            let y = lines.row[item.row as usize] - item.up;
            out.boxes.push(Rect::new(place.boxes[b], y, node.size.w, node.size.h));
        }
        for (g, node) in self.graph.groups.iter().enumerate() {
            let (x, y) = (place.left[g + 1], lines.top[g + 1]);
            let r = Rect::new(x, y, place.right[g + 1] - x, lines.bottom[g + 1] - y);
            let title = match self.strip {
                Strip::Top | Strip::LeftStart => r.y,
                Strip::Bottom | Strip::LeftEnd => r.bottom() - node.title.h,
            };
            out.groups.push(r);
            out.titles.push(Rect::new(x, title, node.title.w, node.title.h));
        }
        let mut done: BTreeMap<Slot, usize> = BTreeMap::new();
        let mut tracks_of: Vec<Vec<(Shelf, f64)>> = vec![Vec::new(); self.graph.links.len()];
        for run in runs {
            let k = done.entry(run.slot).or_default();
            let track = tracks.slots.get(&run.slot).and_then(|r| r.get(*k)).map_or(0, |r| r.track as usize);
            let y = lines.tracks.get(&run.slot).and_then(|t| t.get(track)).copied().unwrap_or_default();
            tracks_of[run.link as usize].push((*run, y));
            *k += 1;
        }
        out.links = tracks_of.iter().enumerate().map(|(l, runs)| self.route(l, runs, place, &out)).collect();
        out.spans = outlines(self.graph, self.nest, self.spacing, self.strip, &out);
        settle(&mut out);
        out
    }

    /// From one end to the shelf, along it, and to the other end.
    fn route(&self, l: usize, runs: &[(Shelf, f64)], place: &Across, out: &Layout) -> Route {
        let mut points = self.end(l, 0, out, place);
        for (run, y) in runs {
            points.extend([Point::new(run.from, *y), Point::new(run.to, *y)]);
        }
        let mut back = self.end(l, 1, out, place);
        back.reverse();
        points.extend(back);
        simplify(&mut points);
        let label = self.graph.links[l].label.map(|size| {
            let x = place.labels.get(&(l as u32)).copied().unwrap_or_default();
            let y = runs.first().map_or(0.0, |r| r.1);
            Rect::new(x - size.w / 2.0, y - size.h / 2.0, size.w, size.h)
        });
        Route { points, label }
    }

    /// From where a link meets its member to the column that it goes down in.
    fn end(&self, l: usize, end: usize, out: &Layout, place: &Across) -> Vec<Point> {
        let link = &self.graph.links[l];
        let (m, other) = if end == 0 { (link.from, link.to) } else { (link.to, link.from) };
        let x = self.down(l, end, place);
        let Member::Box(b) = m else {
            let Member::Group(g) = m else { return Vec::new() };
            return vec![Point::new(x, out.groups[g.at()].bottom())];
        };
        let r = out.boxes[b.at()];
        match self.nest.border[b.at()] {
            Some(Side::Left | Side::Right) => {
                let y = r.y + r.h * self.part(l, end, b.at());
                vec![Point::new(if x < r.x { r.x } else { r.right() }, y), Point::new(x, y)]
            }
            // The shelf of its own group lies above a box astride the lower wall.
            Some(Side::Bottom) if self.nest.region(m, other) == self.nest.home[b.at()] => vec![Point::new(x, r.y)],
            _ => vec![Point::new(x, r.bottom())],
        }
    }
}

/// Where the shelf of a group is: below its last row, and above that where boxes stand astride its lower wall.
fn shelf(g: u32, rows: &Rows, heights: &Heights) -> Slot {
    let last = rows.bottom[g as usize];
    if g == ROOT {
        Slot { channel: rows.rows.len() as u32, level: Level::Middle }
    } else if rows.astride_bottom[g as usize] {
        Slot { channel: last, level: Level::Middle }
    } else {
        Slot { channel: last + 1, level: Level::Closing(heights.closing[g as usize]) }
    }
}
