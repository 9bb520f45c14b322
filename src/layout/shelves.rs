//! Shelves: groups that stand side by side in a row far too long for the page are set in several rows, one below the other.
//!
//! Only groups that no flow puts in an order are moved, and they keep the order of the file: the first ones stand on the first shelf. Groups with members
//! of one class stay together.

use super::nest::{Nest, ROOT};
use super::rank::Ranks;
use super::rooms::Rooms;
use super::{Graph, Spacing};
use crate::geometry::Size;
use std::collections::BTreeMap;

/// How much larger the drawing must become on its page, for shelves to be worth the longer ways.
const WORTH: f64 = 1.3;
/// How much larger still where shelves part groups that few links tie: such a link leads around shelves then, and on other sides out of its groups, so what
/// stands in them may change its order.
const APART: f64 = 1.2;
/// The widths that are tried, as parts of the drawing's width.
const ROOMS: [f64; 9] = [0.75, 0.62, 0.5, 0.4, 0.33, 0.25, 0.2, 0.15, 0.125];
/// Links at most that may lead past a shelf to a lower one: more would bury it.
const CROWD: usize = 120;

/// Two shelves, one below the other: the groups that end before those of the second start.
pub(super) type Pair = [Vec<u32>; 2];

/// Groups that move as one, and about the room they take.
struct Unit {
    groups: Vec<u32>,
    top: u32,
    width: f64,
    height: f64,
}

/// A group whose member groups stand on shelves.
struct Broken {
    group: u32,
    units: Vec<Unit>,
    /// The units of each shelf.
    shelves: Vec<std::ops::Range<usize>>,
}

/// Neighbouring shelves; none if the drawing fits its page well enough. All rows that are too long are broken to about the same width, which is chosen so
/// that the drawing is as large as can be on its page. O(boxes + links x depth + rows of all groups), for each of a few widths.
pub(super) fn shelves(graph: &Graph, nest: &Nest, ranks: &Ranks, spacing: &Spacing) -> Vec<Pair> {
    let rooms = Rooms::new(graph, nest, ranks, spacing);
    let fit = |width, height| spacing.scale(Size::new(width, height));
    let (width, height) = (rooms.width[ROOT as usize], rooms.height(ROOT));
    let least = fit(width, height) * WORTH;
    // Shelves make nothing less tall.
    if fit(0.0, height) < least {
        return Vec::new();
    }
    let shelving = Shelving::new(graph, nest, ranks, &rooms, spacing);
    let (mut best, mut most) = (Vec::new(), least);
    for room in ROOMS {
        let broken = shelving.broken(width * room);
        let scale = shelving.size(&broken).map_or(0.0, |(width, height)| fit(width, height));
        if scale > most && !shelving.is_crowded(&broken) {
            (best, most) = (broken, scale);
        }
    }
    if most < least * APART && shelving.parts_tied(&best) {
        best.clear();
    }
    best.iter().flat_map(Broken::pairs).collect()
}

impl Broken {
    /// Its neighbouring shelves.
    fn pairs(&self) -> impl Iterator<Item = Pair> {
        let groups =
            |units: &std::ops::Range<usize>| self.units[units.clone()].iter().flat_map(|u| u.groups.clone()).collect();
        self.shelves.windows(2).map(move |pair| [groups(&pair[0]), groups(&pair[1])])
    }
}

/// What is known of a drawing that gets shelves.
struct Shelving<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    ranks: &'a Ranks,
    rooms: &'a Rooms<'a>,
    spacing: &'a Spacing,
    /// For each group the first of the sibling groups that stay together with it.
    leader: Vec<u32>,
}

impl<'a> Shelving<'a> {
    fn new(graph: &'a Graph, nest: &'a Nest, ranks: &'a Ranks, rooms: &'a Rooms<'a>, spacing: &'a Spacing) -> Self {
        Self { graph, nest, ranks, rooms, spacing, leader: together(graph, nest) }
    }

    /// The groups to break so that none is wider than `room`, outer ones before inner ones where that is enough.
    fn broken(&self, room: f64) -> Vec<Broken> {
        let mut broken = Vec::new();
        let mut open = vec![(ROOT, room)];
        while let Some((g, room)) = open.pop() {
            if self.rooms.width[g as usize] <= room {
                continue;
            }
            let inside = room - 2.0 * self.spacing.padding;
            let units = self.units(g);
            if units.iter().all(|u| u.width <= inside) {
                let shelves = fill(&units, inside, self.rooms.gap());
                if shelves.len() > 1 {
                    broken.push(Broken { group: g, units, shelves });
                }
            } else {
                open.extend(self.nest.children(g).iter().rev().map(|&c| (c, inside)));
            }
        }
        broken
    }

    /// The member groups of `parent`, those that belong together as one, by rows and then in the order of the file.
    fn units(&self, parent: u32) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut unit_of = BTreeMap::new();
        for &g in self.nest.children(parent) {
            let k = *unit_of.entry(find(&self.leader, g)).or_insert_with(|| {
                units.push(Unit { groups: Vec::new(), top: u32::MAX, width: 0.0, height: 0.0 });
                units.len() - 1
            });
            let unit = &mut units[k];
            unit.groups.push(g);
            unit.top = unit.top.min(self.ranks.top[g as usize]);
            unit.width += self.rooms.width[g as usize];
            unit.height = unit.height.max(self.rooms.height(g));
        }
        units.sort_by_key(|u| u.top);
        units
    }

    /// About the width and the height of the drawing with shelves; none without any.
    fn size(&self, broken: &[Broken]) -> Option<(f64, f64)> {
        if broken.is_empty() {
            return None;
        }
        let mut held = vec![None; self.nest.len()];
        let mut grown = Vec::new();
        for Broken { group, units, shelves } in broken {
            let width = |s: &std::ops::Range<usize>| units[s.clone()].iter().map(|u| u.width + self.rooms.gap()).sum();
            let height = |s: &std::ops::Range<usize>| units[s.clone()].iter().map(|u| u.height).fold(0.0, f64::max);
            held[*group as usize] = Some(shelves.iter().map(width).fold(0.0, f64::max));
            let tall: f64 = shelves.iter().map(height).sum();
            let top = units.iter().map(|u| u.top).min().unwrap_or(0);
            grown.push((*group, (tall - self.rooms.below(*group, top)).max(0.0)));
        }
        let width = self.rooms.width_with(&held);
        Some((width, self.rooms.height(ROOT) + self.rooms.growth(&grown)))
    }

    /// For each broken group its number, and for each member group of one its shelf, counted from 1.
    fn numbers(&self, broken: &[Broken]) -> (Vec<Option<usize>>, Vec<usize>) {
        let (mut number, mut shelf) = (vec![None; self.nest.len()], vec![0; self.nest.len()]);
        for (k, b) in broken.iter().enumerate() {
            number[b.group as usize] = Some(k);
            for (s, units) in b.shelves.iter().enumerate() {
                b.units[units.clone()].iter().flat_map(|u| &u.groups).for_each(|&g| shelf[g as usize] = s + 1);
            }
        }
        (number, shelf)
    }

    /// Whether links lead from one shelf to another in a group in which no more links than there are groups lead from one of these to another.
    fn parts_tied(&self, broken: &[Broken]) -> bool {
        let (number, shelf) = self.numbers(broken);
        let (mut ties, mut apart) = (vec![0; broken.len()], vec![false; broken.len()]);
        for link in &self.graph.links {
            let [a, b] = [link.from, link.to].map(|m| self.nest.innermost(m));
            let around = self.nest.common(a, b);
            let Some(k) = number[around as usize] else { continue };
            if let (Some(a), Some(b)) = (self.nest.child(around, a), self.nest.child(around, b)) {
                ties[k] += usize::from(a != b);
                apart[k] |= shelf[a as usize] != shelf[b as usize];
            }
        }
        broken.iter().zip(ties).zip(apart).any(|((b, ties), apart)| apart && ties <= self.nest.children(b.group).len())
    }

    /// Whether too many links lead past some shelf.
    fn is_crowded(&self, broken: &[Broken]) -> bool {
        // What stands outside stands above: before the first shelf.
        let (number, shelf) = self.numbers(broken);
        let mut past: Vec<Vec<usize>> = broken.iter().map(|b| vec![0; b.shelves.len()]).collect();
        for link in &self.graph.links {
            let ends = [link.from, link.to].map(|m| self.nest.innermost(m));
            for (end, other) in [(ends[0], ends[1]), (ends[1], ends[0])] {
                let mut g = end;
                while g != ROOT {
                    let at = shelf[g as usize];
                    g = self.nest.parent[g as usize];
                    let Some(k) = number[g as usize].filter(|_| at > 0) else { continue };
                    let above = self.nest.child(g, other).map_or(0, |c| shelf[c as usize]);
                    for links in past[k][..at.saturating_sub(1)].iter_mut().skip(above) {
                        *links += 1;
                        if *links > CROWD {
                            return true;
                        }
                    }
                }
            }
        }
        false
    }
}

/// For each group a sibling that it stays together with, because members of one class or span stand in both; itself if there is none before it.
fn together(graph: &Graph, nest: &Nest) -> Vec<u32> {
    let mut leader: Vec<u32> = (0..nest.len() as u32).collect();
    for members in graph.classes.iter().chain(graph.spans.iter().map(|s| &s.members)) {
        let mut first = BTreeMap::new();
        for &m in members {
            let mut g = nest.innermost(m);
            while g != ROOT {
                let parent = nest.parent[g as usize];
                let (a, b) = (find(&leader, *first.entry(parent).or_insert(g)), find(&leader, g));
                leader[a.max(b) as usize] = a.min(b);
                g = parent;
            }
        }
    }
    leader
}

/// The first of the groups that stay together with `g`.
fn find(leader: &[u32], mut g: u32) -> u32 {
    while leader[g as usize] != g {
        g = leader[g as usize];
    }
    g
}

/// Units on shelves of about that width, filled one after the other to about the same width.
fn fill(units: &[Unit], room: f64, gap: f64) -> Vec<std::ops::Range<usize>> {
    let total: f64 = units.iter().map(|u| u.width + gap).sum();
    let count = libm::round(total / room).max(1.0);
    let (mut shelves, mut first, mut sum) = (Vec::new(), 0, 0.0);
    for (k, unit) in units.iter().enumerate() {
        // A unit stands on the shelf in which its middle falls.
        let shelf = ((sum + (unit.width + gap) / 2.0) / total * count) as usize;
        if shelf > shelves.len() && k > first {
            shelves.push(first..k);
            first = k;
        }
        sum += unit.width + gap;
    }
    shelves.push(first..units.len());
    shelves
}
