//! Shelves: groups that stand side by side in a row far too long for the page are set in several rows, one below the other.
//!
//! Only groups that no flow puts in an order are moved, and they keep the order of the file: the first ones stand on the first shelf. Groups with members
//! of one class stay together.

use super::nest::{Nest, ROOT};
use super::rank::Ranks;
use super::{Graph, Member, Spacing};

/// How much larger the drawing must become on its page, for shelves to be worth the longer ways.
const WORTH: f64 = 1.3;
/// Shelves at most.
const MOST: usize = 8;
/// Links at most that may lead past a shelf to a lower one: more would bury it.
const CROWD: usize = 120;

/// Groups that move as one, and about the room they take.
struct Unit {
    groups: Vec<u32>,
    top: u32,
    width: f64,
    height: f64,
}

/// Pairs of groups of which the first is to end before the second starts; none if the drawing fits its page well enough. O(boxes x depth + units x shelves).
pub(super) fn shelves(graph: &Graph, nest: &Nest, ranks: &Ranks, spacing: &Spacing) -> Vec<(u32, u32)> {
    let rooms = Rooms::new(graph, nest, ranks, spacing);
    let Some(parent) = rooms.broad(nest) else { return Vec::new() };
    let units = units(graph, nest, ranks, &rooms, parent);
    let around = (rooms.width[ROOT as usize] - rooms.width[parent as usize]).max(0.0);
    let above = (rooms.height(ROOT) - rooms.height(parent)).max(0.0);
    let ways = ways(graph, nest, &units);
    let fit = |width: f64, height: f64| (spacing.aspect / width).min(1.0 / height);
    let scale = |shelves: &[std::ops::Range<usize>]| {
        if passing(&ways, shelves).into_iter().any(|links| links > CROWD) {
            return 0.0;
        }
        let width = |s: &std::ops::Range<usize>| units[s.clone()].iter().map(|u| u.width + spacing.within).sum::<f64>();
        let height = |s: &std::ops::Range<usize>| units[s.clone()].iter().map(|u| u.height).fold(0.0, f64::max);
        let tall = shelves.iter().map(|s| height(s) + spacing.between).sum::<f64>();
        fit(shelves.iter().map(width).fold(0.0, f64::max) + around, tall + above)
    };
    let now = fit(rooms.width[ROOT as usize], rooms.height(ROOT));
    let (mut best, mut most) = (Vec::new(), now * WORTH);
    for count in 2..=MOST.min(units.len()) {
        let shelves = fill(&units, count);
        let new = scale(&shelves);
        if new > most {
            (best, most) = (shelves, new);
        }
    }
    let mut pairs = Vec::new();
    for pair in best.windows(2) {
        let (upper, lower) = (&units[pair[0].clone()], &units[pair[1].clone()]);
        // One unit of each shelf that reaches furthest would do if it were known; all do for certain.
        for a in upper.iter().flat_map(|u| &u.groups) {
            pairs.extend(lower.iter().flat_map(|u| &u.groups).map(|b| (*a, *b)));
        }
    }
    pairs
}

/// The two units that each link joins; none for what stands above all of them. Links within one are left out.
fn ways(graph: &Graph, nest: &Nest, units: &[Unit]) -> Vec<[Option<usize>; 2]> {
    let mut unit_of = vec![None; nest.len()];
    for (k, unit) in units.iter().enumerate() {
        unit.groups.iter().for_each(|&g| unit_of[g as usize] = Some(k));
    }
    for &g in &nest.outer_first {
        if g != ROOT {
            unit_of[g as usize] = unit_of[g as usize].or(unit_of[nest.parent[g as usize] as usize]);
        }
    }
    let unit = |m: Member| unit_of[nest.innermost(m) as usize];
    graph.links.iter().map(|l| [unit(l.from), unit(l.to)]).filter(|w| w[0] != w[1]).collect()
}

/// How many links lead past each shelf.
fn passing(ways: &[[Option<usize>; 2]], shelves: &[std::ops::Range<usize>]) -> Vec<usize> {
    let mut passing = vec![0; shelves.len()];
    for way in ways {
        // What stands outside stands above: before the first shelf.
        let [a, b] = way.map(|u| u.map_or(0, |u| 1 + shelves.partition_point(|s| s.end <= u)));
        for shelf in a.min(b) + 1..a.max(b) {
            passing[shelf - 1] += 1;
        }
    }
    passing
}

/// Units on so many shelves, filled one after the other to about the same width.
fn fill(units: &[Unit], count: usize) -> Vec<std::ops::Range<usize>> {
    let total: f64 = units.iter().map(|u| u.width).sum();
    let (mut shelves, mut first, mut sum) = (Vec::new(), 0, 0.0);
    for (k, unit) in units.iter().enumerate() {
        // A unit stands on the shelf in which its middle falls.
        let shelf = ((sum + unit.width / 2.0) / total * count as f64) as usize;
        if shelf > shelves.len() && k > first {
            shelves.push(first..k);
            first = k;
        }
        sum += unit.width;
    }
    shelves.push(first..units.len());
    shelves
}

/// The member groups of `parent` that may be moved, those that belong together as one, in the order of the file.
fn units(graph: &Graph, nest: &Nest, ranks: &Ranks, rooms: &Rooms, parent: u32) -> Vec<Unit> {
    let mut leader: Vec<u32> = (0..nest.len() as u32).collect();
    fn find(leader: &[u32], mut g: u32) -> u32 {
        while leader[g as usize] != g {
            g = leader[g as usize];
        }
        g
    }
    let child = |m: Member| nest.child(parent, nest.innermost(m));
    let together = graph.classes.iter().chain(graph.spans.iter().map(|s| &s.members));
    for members in together {
        let mut children = members.iter().filter_map(|&m| child(m));
        let Some(first) = children.next() else { continue };
        for g in children {
            let (a, b) = (find(&leader, first), find(&leader, g));
            leader[a.max(b) as usize] = a.min(b);
        }
    }
    let mut units: Vec<Unit> = Vec::new();
    let mut unit_of = std::collections::BTreeMap::new();
    for g in (1..nest.len() as u32).filter(|&g| nest.parent[g as usize] == parent) {
        let k = *unit_of.entry(find(&leader, g)).or_insert_with(|| {
            units.push(Unit { groups: Vec::new(), top: u32::MAX, width: 0.0, height: 0.0 });
            units.len() - 1
        });
        let unit = &mut units[k];
        unit.groups.push(g);
        unit.top = unit.top.min(ranks.top[g as usize]);
        unit.width += rooms.width[g as usize];
        unit.height = unit.height.max(rooms.height(g));
    }
    units.sort_by_key(|u| u.top);
    units
}

/// About the room that groups take, from the sizes of their boxes alone.
struct Rooms<'a> {
    ranks: &'a Ranks,
    /// Width of each group.
    width: Vec<f64>,
    /// Where each row starts, along the flow.
    start: Vec<f64>,
}

impl<'a> Rooms<'a> {
    fn new(graph: &Graph, nest: &Nest, ranks: &'a Ranks, spacing: &Spacing) -> Self {
        let last = ranks.bottom.iter().chain(&ranks.of_box).copied().max().unwrap_or(0);
        let rows = |g: u32| if g == ROOT { 0..=last } else { ranks.top[g as usize]..=ranks.bottom[g as usize] };
        let mut tall = strips(nest, ranks, spacing, last);
        // By group and row, what the boxes and member groups in it take.
        let mut taken: Vec<Vec<f64>> = (0..nest.len() as u32).map(|g| vec![0.0; rows(g).count()]).collect();
        let take = |g: u32, row: u32, width: f64, taken: &mut Vec<Vec<f64>>| {
            if let Some(sum) = row.checked_sub(*rows(g).start()).and_then(|r| taken[g as usize].get_mut(r as usize)) {
                *sum += width;
            }
        };
        let mut highest = vec![0.0f64; last as usize + 1];
        for (b, node) in graph.boxes.iter().enumerate() {
            let row = ranks.of_box[b];
            highest[row as usize] = highest[row as usize].max(node.size.h + spacing.between);
            take(nest.home[b], row, node.size.w + spacing.within, &mut taken);
        }
        tall.iter_mut().zip(highest).for_each(|(t, h)| *t += h);
        let mut width = vec![0.0f64; nest.len()];
        for &g in nest.outer_first.iter().rev() {
            let inside = taken[g as usize].iter().copied().fold(spacing.empty.w, f64::max);
            width[g as usize] = inside + 2.0 * spacing.padding;
            if g != ROOT {
                rows(g).for_each(|row| {
                    take(nest.parent[g as usize], row, width[g as usize] + spacing.padding, &mut taken)
                });
            }
        }
        let mut start = vec![0.0];
        for height in tall {
            start.push(start[start.len() - 1] + height);
        }
        Self { ranks, width, start }
    }

    /// Height of a group.
    fn height(&self, g: u32) -> f64 {
        if g == ROOT {
            return self.start[self.start.len() - 1];
        }
        self.start[self.ranks.bottom[g as usize] as usize + 1] - self.start[self.ranks.top[g as usize] as usize]
    }

    /// The outermost group that holds several groups and is about as broad as the drawing.
    fn broad(&self, nest: &Nest) -> Option<u32> {
        let mut g = ROOT;
        loop {
            let children: Vec<u32> = (1..nest.len() as u32).filter(|&c| nest.parent[c as usize] == g).collect();
            let broadest =
                *children.iter().max_by(|&&a, &&b| self.width[a as usize].total_cmp(&self.width[b as usize]))?;
            if children.len() > 1 && self.width[broadest as usize] < 0.6 * self.width[g as usize] {
                return Some(g);
            }
            g = broadest;
        }
    }
}

/// For each row, the height of the titles and paddings of the groups that start or end there.
fn strips(nest: &Nest, ranks: &Ranks, spacing: &Spacing, last: u32) -> Vec<f64> {
    let mut strips = [vec![0.0f64; last as usize + 1], vec![0.0f64; last as usize + 1]];
    for ((rows, strip), one) in
        [&ranks.top, &ranks.bottom].into_iter().zip(&mut strips).zip([spacing.title + spacing.padding, spacing.padding])
    {
        let mut nested = vec![0.0; nest.len()];
        for &g in nest.outer_first.iter().filter(|&&g| g != ROOT) {
            let (row, p) = (rows[g as usize], nest.parent[g as usize]);
            let around = if p != ROOT && rows[p as usize] == row { nested[p as usize] } else { 0.0 };
            nested[g as usize] = around + one;
            strip[row as usize] = strip[row as usize].max(nested[g as usize]);
        }
    }
    let [above, below] = strips;
    above.into_iter().zip(below).map(|(a, b)| a + b).collect()
}
