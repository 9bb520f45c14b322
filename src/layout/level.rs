//! Courses of links between things that stand level with each other: straight along the row where nothing stands between, else the cheapest way over the
//! channels between the rows.

use super::columns::Columns;
use super::nest::{NONE, Nest, ROOT, inner};
use super::rows::{Chain, Channel, Foot, Item, ItemId, Joint, Kind, Lane, Rows};
use super::{Graph, Member, Side, Spacing};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// States a search may settle before it gives up.
const PATIENCE: usize = 60_000;

/// Gives every level link its course, and a new one to every link that would run through a foreign group.
pub(super) fn level(graph: &Graph, nest: &Nest, rows: &mut Rows, columns: &Columns, spacing: &Spacing) {
    let blocked = blocked(nest, rows, columns);
    for &l in &blocked {
        let chain = std::mem::take(&mut rows.chains[l as usize]);
        for &i in &chain.items {
            let item = &mut rows.items[i as usize];
            if !matches!(item.kind, Kind::Box(_)) {
                // What kept a group open in its row goes on doing so.
                *item =
                    Item { left: 0.0, right: 0.0, up: 0.0, down: 0.0, label: false, kind: Kind::Void, ..item.clone() };
            }
        }
    }
    let mut links = std::mem::take(&mut rows.level);
    links.extend(blocked);
    let mut x: Vec<f64> = columns.item.clone();
    let mut far = Vec::new();
    let mut runs: Vec<(u32, ItemId, ItemId)> = Vec::new();
    for &l in &links {
        if graph.links[l as usize].from == graph.links[l as usize].to {
            rows.chains[l as usize] = own_loop(graph, nest, rows, l, &mut x, columns);
        } else if let Some(chain) = straight(graph, nest, rows, l, columns, &mut x, &runs) {
            let (first, last) = (chain.items[0], chain.items[chain.items.len() - 1]);
            runs.push((rows.items[first as usize].row, first, last));
            rows.chains[l as usize] = chain;
        } else {
            far.push(l);
        }
    }
    for l in far {
        let search = Search::new(graph, nest, rows, columns, &x, spacing, l);
        if let Some(way) = search.run() {
            rows.chains[l as usize] = adopt(graph, nest, rows, l, &way, &mut x);
        } else {
            rows.level.push(l);
        }
    }
}

/// Links with a joint that would cross a wall of a group that holds neither of its items.
fn blocked(nest: &Nest, rows: &Rows, columns: &Columns) -> Vec<u32> {
    let channels: Vec<Vec<Cell>> = (0..=rows.rows.len() as u32).map(|c| cells(nest, rows, columns, c)).collect();
    let is_blocked = |chain: &Chain| {
        chain.items.windows(2).zip(&chain.joints).any(|(pair, joint)| {
            let Joint::Channel(c) = joint else { return false };
            let cells = &channels[c.below as usize];
            let continuing = |i: ItemId| {
                let mut g = rows.items[i as usize].region;
                while g != ROOT && !(rows.top[g as usize] < c.below && rows.bottom[g as usize] >= c.below) {
                    g = nest.parent[g as usize];
                }
                g
            };
            let (a, b) = (continuing(pair[0]), continuing(pair[1]));
            let (x, y) = (columns.item[pair[0] as usize], columns.item[pair[1] as usize]);
            let (low, high) = (x.min(y), x.max(y));
            let first = cells.partition_point(|cell| cell.right <= low);
            let inside = cells[first..].iter().take_while(|cell| cell.left < high);
            inside.into_iter().any(|cell| !nest.holds(cell.region, a) && !nest.holds(cell.region, b))
        })
    };
    (0..rows.chains.len() as u32).filter(|&l| is_blocked(&rows.chains[l as usize])).collect()
}

fn add(rows: &mut Rows, x: &mut Vec<f64>, at: f64, item: Item) -> ItemId {
    rows.items.push(item);
    x.push(at);
    rows.items.len() as ItemId - 1
}

fn thin(row: u32, region: u32, kind: Kind, label: Option<crate::geometry::Size>) -> Item {
    let size = label.unwrap_or_default();
    Item {
        row,
        region,
        kind,
        left: size.w / 2.0,
        right: size.w / 2.0,
        up: size.h / 2.0,
        down: size.h / 2.0,
        label: label.is_some(),
    }
}

/// Puts a port of group `g` into row `row`; its place among the items of the group does not matter.
fn port(rows: &mut Rows, x: &mut Vec<f64>, at: f64, link: u32, g: u32, row: u32, nest_first: usize) -> ItemId {
    let id = add(rows, x, at, thin(row, g, Kind::Port(link), None));
    rows.rows[row as usize].insert(nest_first, id);
    id
}

/// First and one past the last index in row `row` of what lies in group `g`.
fn extent(nest: &Nest, rows: &Rows, row: u32, g: u32) -> (usize, usize) {
    let list = &rows.rows[row as usize];
    let inside = |i: &ItemId| nest.holds(g, rows.items[*i as usize].region);
    let first = list.iter().position(inside).unwrap_or(0);
    let last = list.iter().rposition(inside).map_or(first, |k| k + 1);
    (first, last)
}

/// A loop under its own box or group.
fn own_loop(graph: &Graph, nest: &Nest, rows: &mut Rows, link: u32, x: &mut Vec<f64>, columns: &Columns) -> Chain {
    let (items, feet, row, around) = match graph.links[link as usize].from {
        Member::Box(b) => ([b.0, b.0], [Foot::Box; 2], rows.items[b.at()].row, nest.home[b.at()]),
        Member::Group(g) => {
            let g = inner(g);
            let row = rows.bottom[g as usize];
            let (at, _) = extent(nest, rows, row, g);
            let a = port(rows, x, columns.left[g as usize], link, g, row, at);
            let b = port(rows, x, columns.right[g as usize], link, g, row, at + 1);
            ([a, b], [Foot::Outer(g); 2], row, nest.parent[g as usize])
        }
    };
    let ends_here = around != ROOT && rows.bottom[around as usize] == row;
    let lane = if ends_here { Lane::Closing(around) } else { Lane::Middle };
    let joint = Joint::Channel(Channel { below: row + 1, lane });
    Chain { items: items.to_vec(), joints: vec![joint], feet: Some(feet) }
}

/// What a member covers in a row: the index range of its items.
fn covers(nest: &Nest, rows: &Rows, row: u32, m: Member) -> Option<(usize, usize)> {
    match m {
        Member::Box(b) => {
            let k = rows.rows[row as usize].iter().position(|&i| i == b.0)?;
            Some((k, k + 1))
        }
        Member::Group(g) => Some(extent(nest, rows, row, inner(g))),
    }
}

/// The groups on the way from one region up to the common one and down to the other.
fn path(nest: &Nest, from: u32, to: u32) -> Vec<u32> {
    let common = nest.common(from, to);
    let mut up = vec![from];
    while let Some(&g) = up.last()
        && g != common
    {
        up.push(nest.parent[g as usize]);
    }
    let mut down = Vec::new();
    let mut g = to;
    while g != common {
        down.push(g);
        g = nest.parent[g as usize];
    }
    up.extend(down.into_iter().rev());
    up
}

/// The straight course along a common row, if only links and walls of the ends' own groups stand between.
fn straight(
    graph: &Graph,
    nest: &Nest,
    rows: &mut Rows,
    link: u32,
    columns: &Columns,
    x: &mut Vec<f64>,
    runs: &[(u32, ItemId, ItemId)],
) -> Option<Chain> {
    let l = &graph.links[link as usize];
    let range = |m: Member, rows: &Rows| match m {
        Member::Box(b) => (rows.items[b.at()].row, rows.items[b.at()].row),
        Member::Group(g) => (rows.top[inner(g) as usize], rows.bottom[inner(g) as usize]),
    };
    let ((a0, a1), (b0, b1)) = (range(l.from, rows), range(l.to, rows));
    let way = path(nest, nest.region(l.from, l.to), nest.region(l.to, l.from));
    let (first, last) = (a0.max(b0), a1.min(b1));
    if first > last {
        return None;
    }
    let mid = first + (last - first) / 2;
    let row = (first..=last)
        .filter(|&r| has_box(rows, r) && free(nest, rows, r, l, &way) && !taken(nest, rows, r, l, runs))
        .min_by_key(|&r| r.abs_diff(mid))?;
    let (from, to) = (covers(nest, rows, row, l.from)?, covers(nest, rows, row, l.to)?);
    let rightward = from.0 < to.0;
    let end = |m: Member, rows: &mut Rows, x: &mut Vec<f64>| match m {
        Member::Box(b) => (b.0, Foot::Box),
        Member::Group(g) => {
            let (k, _) = extent(nest, rows, row, inner(g));
            let at = columns.left[inner(g) as usize];
            (port(rows, x, at, link, inner(g), row, k), Foot::Outer(inner(g)))
        }
    };
    let (a, foot_a) = end(l.from, rows, x);
    let (b, foot_b) = end(l.to, rows, x);
    let mut items = vec![a, b];
    let mut joints = vec![Joint::Row];
    if let Some(size) = l.label {
        // The label stands in the common group, right after whatever holds the left end.
        let common = nest.common(nest.region(l.from, l.to), nest.region(l.to, l.from));
        let left = if rightward { l.from } else { l.to };
        let mut outer = nest.region(left, if rightward { l.to } else { l.from });
        let mut index = covers(nest, rows, row, left)?.1;
        while outer != common {
            index = extent(nest, rows, row, outer).1;
            outer = nest.parent[outer as usize];
        }
        let at = (x[a as usize] + x[b as usize]) / 2.0;
        let label = add(rows, x, at, thin(row, common, Kind::Pass(link), Some(size)));
        rows.rows[row as usize].insert(index, label);
        items.insert(1, label);
        joints.push(Joint::Row);
    }
    Some(Chain { items, joints, feet: Some([foot_a, foot_b]) })
}

/// Whether a row holds any box: rows made for labels are too low to end links at.
fn has_box(rows: &Rows, row: u32) -> bool {
    rows.rows[row as usize].iter().any(|&i| matches!(rows.items[i as usize].kind, Kind::Box(_) | Kind::Void))
}

/// Whether a straight course already runs through part of the gap between the ends in this row.
fn taken(nest: &Nest, rows: &Rows, row: u32, l: &super::Link, runs: &[(u32, ItemId, ItemId)]) -> bool {
    let (Some(a), Some(b)) = (covers(nest, rows, row, l.from), covers(nest, rows, row, l.to)) else { return true };
    let (left, right) = if a.0 < b.0 { (a.1, b.0) } else { (b.1, a.0) };
    let at = |i: ItemId| rows.rows[row as usize].iter().position(|&j| j == i).unwrap_or(0);
    // The walls of a group with boxes astride them are no place to end at in that row.
    let astride = |m: Member| {
        let Member::Group(g) = m else { return false };
        let g = inner(g) as usize;
        rows.astride_top[g] && rows.top[g] == row
            || rows.astride_bottom[g] && rows.bottom[g] == row
            || side_box(nest, rows, row, g as u32)
    };
    if astride(l.from) || astride(l.to) {
        return true;
    }
    runs.iter().filter(|run| run.0 == row).any(|&(_, i, j)| {
        let (first, last) = (at(i).min(at(j)), at(i).max(at(j)));
        first < right.max(left + 1) && last + 1 > left
    })
}

/// Whether a box stands astride a side wall of a group in a row.
fn side_box(nest: &Nest, rows: &Rows, row: u32, g: u32) -> bool {
    rows.rows[row as usize].iter().any(|&i| match rows.items[i as usize].kind {
        Kind::Box(b) => nest.home[b as usize] == g && matches!(nest.border[b as usize], Some(Side::Left | Side::Right)),
        _ => false,
    })
}

fn free(nest: &Nest, rows: &Rows, row: u32, l: &super::Link, way: &[u32]) -> bool {
    let (Some(a), Some(b)) = (covers(nest, rows, row, l.from), covers(nest, rows, row, l.to)) else { return false };
    let (left, right) = if a.0 < b.0 { (a, b) } else { (b, a) };
    if left.1 > right.0 {
        return false;
    }
    rows.rows[row as usize][left.1..right.0].iter().all(|&i| {
        let item = &rows.items[i as usize];
        match item.kind {
            Kind::Pass(_) => !item.label && way.contains(&item.region),
            Kind::Void => way.contains(&item.region),
            Kind::Port(_) => way.contains(&item.region),
            Kind::Box(_) => false,
        }
    })
}

/// One stretch of a channel that a link can run along without crossing a wall.
#[derive(Debug, Clone, Copy)]
struct Cell {
    left: f64,
    right: f64,
    region: u32,
    lane: Lane,
}

/// The cells of a channel, left to right.
fn cells(nest: &Nest, rows: &Rows, columns: &Columns, channel: u32) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut open: Vec<u32> = vec![ROOT];
    let mut at = f64::MIN;
    let list = if channel == 0 { &[][..] } else { rows.rows.get(channel as usize - 1).map_or(&[][..], Vec::as_slice) };
    let continuing = |g: u32| rows.top[g as usize] < channel && rows.bottom[g as usize] >= channel;
    let mut push = |left: f64, right: f64, region: u32| cells.push(Cell { left, right, region, lane: Lane::Middle });
    for &i in list {
        let mut region = rows.items[i as usize].region;
        while region != ROOT && !continuing(region) {
            region = nest.parent[region as usize];
        }
        while let Some(&g) = open.last()
            && !nest.holds(g, region)
        {
            push(at, columns.right[g as usize], g);
            at = columns.right[g as usize];
            open.pop();
        }
        let mut opening = Vec::new();
        while Some(&region) != open.last() {
            opening.push(region);
            region = nest.parent[region as usize];
        }
        for g in opening.into_iter().rev() {
            push(at, columns.left[g as usize], open.last().copied().unwrap_or(ROOT));
            at = columns.left[g as usize];
            open.push(g);
        }
    }
    while let Some(g) = open.pop() {
        let right = if g == ROOT { f64::MAX } else { columns.right[g as usize] };
        push(at, right, g);
        at = right;
    }
    cells
}

/// A course found: where it starts and ends, and the rows it passes.
struct Way {
    /// Row items at the ends and the channels they are left through.
    start: (Member, u32, Lane),
    end: (End, u32, Lane),
    /// Rows passed: row, region, x, index in the row, and the channel and lane entered next.
    passes: Vec<(u32, u32, f64, u32, Lane)>,
}

/// Where a search leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// To a member, from outside.
    Member(Member),
    /// To the lower wall of a group, from within.
    Wall(u32),
}

/// A place of the search: channel and cell.
type Place = (u32, u32);

struct Search<'a> {
    nest: &'a Nest,
    rows: &'a Rows,
    columns: &'a Columns,
    x: &'a [f64],
    spacing: &'a Spacing,
    from: Member,
    to: End,
    way: Vec<u32>,
    common: u32,
}

impl<'a> Search<'a> {
    fn new(
        graph: &'a Graph,
        nest: &'a Nest,
        rows: &'a Rows,
        columns: &'a Columns,
        x: &'a [f64],
        spacing: &'a Spacing,
        link: u32,
    ) -> Self {
        let l = &graph.links[link as usize];
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
        let way = path(nest, first, last);
        Self { nest, rows, columns, x, spacing, from, to, way, common: nest.common(first, last) }
    }

    /// The cells of a channel, with the lanes inside the common group where that ends or starts here.
    fn cells(&self, channel: u32) -> Vec<Cell> {
        let mut cells = cells(self.nest, self.rows, self.columns, channel);
        let (left, right) = (self.columns.left[self.common as usize], self.columns.right[self.common as usize]);
        if self.common != ROOT && self.rows.top[self.common as usize] == channel {
            cells.push(Cell { left, right, region: self.common, lane: Lane::Opening(self.common) });
        }
        if self.common != ROOT && self.rows.bottom[self.common as usize] + 1 == channel {
            cells.push(Cell { left, right, region: self.common, lane: Lane::Closing(self.common) });
        }
        cells
    }

    /// How far along the way a region is.
    fn step(&self, region: u32) -> Option<usize> {
        self.way.iter().position(|&g| g == region)
    }

    /// The channels through which an end can be left, with its place across the flow.
    fn gates(&self, m: Member) -> Vec<(u32, f64)> {
        match m {
            Member::Box(b) => {
                let row = self.rows.items[b.at()].row;
                vec![(row, self.x[b.at()]), (row + 1, self.x[b.at()])]
            }
            Member::Group(g) => {
                let g = inner(g) as usize;
                let middle = (self.columns.left[g] + self.columns.right[g]) / 2.0;
                vec![(self.rows.top[g], middle), (self.rows.bottom[g] + 1, middle)]
            }
        }
    }

    /// Cells of `channel` at `x` that the end may step into: those of its own way, and the lane inside the common group.
    fn entrances(&self, cells: &[Cell], channel: u32, x: f64, m: Member) -> Vec<u32> {
        let above = match m {
            Member::Box(b) => self.rows.items[b.at()].row < channel,
            Member::Group(g) => self.rows.bottom[inner(g) as usize] < channel,
        };
        (0..cells.len() as u32)
            .filter(|&k| {
                let c = cells[k as usize];
                let lane_fits = match c.lane {
                    Lane::Middle => true,
                    Lane::Opening(_) => !above,
                    Lane::Closing(_) => above,
                };
                c.left <= x && x <= c.right && lane_fits && self.step(c.region).is_some()
            })
            .collect()
    }

    fn run(&self) -> Option<Way> {
        let mut channels: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
        let mut heap: BinaryHeap<(Reverse<i64>, Place)> = BinaryHeap::new();
        // Cost, place across the flow, place before, and the row passed to come here (row, region, x, index).
        type Mark = (i64, f64, Option<Place>, Option<(u32, u32, f64, u32)>);
        let mut marks: BTreeMap<Place, Mark> = BTreeMap::new();
        let mut done: BTreeMap<Place, bool> = BTreeMap::new();
        for (channel, x) in self.gates(self.from) {
            let cells = channels.entry(channel).or_insert_with(|| self.cells(channel));
            for k in self.entrances(cells, channel, x, self.from) {
                marks.insert((channel, k), (0, x, None, None));
                heap.push((Reverse(0), (channel, k)));
            }
        }
        let goals = if let End::Member(m) = self.to { self.gates(m) } else { Vec::new() };
        let bend = (self.spacing.between * 2.0) as i64;
        let mut best: Option<(i64, Place)> = None;
        while let Some((Reverse(cost), place)) = heap.pop() {
            if best.is_some_and(|b| b.0 <= cost) || done.len() > PATIENCE {
                break;
            }
            if done.insert(place, true).is_some() {
                continue;
            }
            let Some(&(_, x, _, _)) = marks.get(&place) else { continue };
            let cells = channels.entry(place.0).or_insert_with(|| self.cells(place.0)).clone();
            let cell = cells[place.1 as usize];
            if matches!((self.to, cell.lane), (End::Wall(g), Lane::Closing(c)) if g == c) {
                best = Some((cost, place));
            }
            for &(channel, goal) in &goals {
                let End::Member(to) = self.to else { continue };
                if channel == place.0 && self.entrances(&cells, channel, goal, to).contains(&place.1) {
                    let total = cost + (x - goal).abs() as i64 + bend;
                    if best.is_none_or(|b| total < b.0) {
                        best = Some((total, place));
                    }
                }
            }
            let here = self.step(cell.region);
            let relax = |to: Place,
                         cost: i64,
                         x: f64,
                         passed,
                         heap: &mut BinaryHeap<(Reverse<i64>, Place)>,
                         marks: &mut BTreeMap<Place, Mark>| {
                if marks.get(&to).is_none_or(|m| cost < m.0) {
                    marks.insert(to, (cost, x, Some(place), passed));
                    heap.push((Reverse(cost), to));
                }
            };
            if cell.lane == Lane::Middle {
                for k in [place.1.wrapping_sub(1), place.1 + 1] {
                    let Some(next) = cells.get(k as usize).filter(|c| c.lane == Lane::Middle) else { continue };
                    if self.step(next.region).is_some_and(|s| Some(s) >= here) && next.region != cell.region {
                        let wall = if k < place.1 { cell.left } else { cell.right };
                        relax((place.0, k), cost + (x - wall).abs() as i64, wall, None, &mut heap, &mut marks);
                    }
                }
            }
            for (row, next_channel) in [(place.0.wrapping_sub(1), place.0.wrapping_sub(1)), (place.0, place.0 + 1)] {
                if row as usize >= self.rows.rows.len() {
                    continue;
                }
                let lane_fits = match cell.lane {
                    Lane::Middle => true,
                    Lane::Opening(_) => next_channel > place.0,
                    Lane::Closing(_) => next_channel < place.0,
                };
                if !lane_fits {
                    continue;
                }
                let next_cells = channels.entry(next_channel).or_insert_with(|| self.cells(next_channel)).clone();
                for (index, region, at) in self.slots(row, cell, x, &goals) {
                    let Some(through) = self.step(region).filter(|&s| Some(s) >= here) else { continue };
                    for (k, next) in next_cells.iter().enumerate() {
                        let fits = match next.lane {
                            Lane::Middle => true,
                            Lane::Opening(g) => next_channel < place.0 && self.nest.holds(g, region),
                            Lane::Closing(g) => next_channel > place.0 && self.nest.holds(g, region),
                        };
                        if fits
                            && next.left <= at
                            && at <= next.right
                            && self.step(next.region).is_some_and(|s| s >= through)
                            && self.nest.holds(next.region, region)
                        {
                            let price = (x - at).abs() as i64 + bend + self.spacing.between as i64;
                            relax(
                                (next_channel, k as u32),
                                cost + price,
                                at,
                                Some((row, region, at, index)),
                                &mut heap,
                                &mut marks,
                            );
                        }
                    }
                }
            }
        }
        let (_, mut place) = best?;
        let lane = |p: Place| channels.get(&p.0).and_then(|c| c.get(p.1 as usize)).map_or(Lane::Middle, |c| c.lane);
        let end = (self.to, place.0, lane(place));
        let mut passes = Vec::new();
        loop {
            let &(_, _, before, passed) = marks.get(&place)?;
            if let Some((row, region, at, index)) = passed {
                passes.push((row, region, at, index, lane(place), place.0));
            }
            match before {
                Some(b) => place = b,
                None => break,
            }
        }
        passes.reverse();
        Some(Way {
            start: (self.from, place.0, lane(place)),
            end,
            passes: passes.into_iter().map(|(r, g, at, k, lane, _)| (r, g, at, k, lane)).collect(),
        })
    }

    /// Free places of a row within a cell: between two neighbours, or between a neighbour and a wall. The nearest to where the link is and wants to go.
    fn slots(&self, row: u32, cell: Cell, x: f64, goals: &[(u32, f64)]) -> Vec<(u32, u32, f64)> {
        const NEAREST: usize = 4;
        let list = &self.rows.rows[row as usize];
        let mut found = Vec::new();
        let region_of = |k: usize| list.get(k).map(|&i| self.rows.items[i as usize].region);
        for k in 0..=list.len() {
            let left = k.checked_sub(1).and_then(&region_of);
            let right = region_of(k);
            // Every region between the two neighbours: from the left one up to the common group and down to the right one.
            let (a, b) = (left.unwrap_or(ROOT), right.unwrap_or(ROOT));
            let edge = |item: Option<usize>, side: f64| {
                item.and_then(|k| list.get(k)).map(|&i| {
                    let item = &self.rows.items[i as usize];
                    self.x[i as usize] + if side > 0.0 { item.right } else { -item.left }
                })
            };
            for g in path(self.nest, a, b) {
                if self.step(g).is_none() {
                    continue;
                }
                let low = if g == a { edge(k.checked_sub(1), 1.0) } else { None };
                let low = low.unwrap_or_else(|| self.inner_left(g, a));
                let high = if g == b { edge(Some(k), -1.0) } else { None };
                let high = high.unwrap_or_else(|| self.inner_right(g, b));
                let (low, high) = (low.max(-1e6), high.min(1e6 + low.abs()));
                let margin = ((high - low) / 2.0).clamp(0.0, self.spacing.track);
                let at = x.clamp((low + margin).min(high), (high - margin).max(low + margin).max(low));
                let at = if high < low { (low + high) / 2.0 } else { at };
                if cell.left <= at && at <= cell.right {
                    found.push((k as u32, g, at));
                }
            }
        }
        let goal = goals.first().map_or(x, |g| g.1);
        let mut keep: Vec<(u32, u32, f64)> = Vec::new();
        for centre in [x, goal] {
            found.sort_by(|a, b| {
                (a.2 - centre).abs().total_cmp(&(b.2 - centre).abs()).then(a.0.cmp(&b.0)).then(a.1.cmp(&b.1))
            });
            keep.extend(found.iter().take(NEAREST));
        }
        // The outermost places are always offered, so that a way around everything exists.
        found.sort_by(|a, b| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0)));
        keep.extend(found.first());
        keep.extend(found.last());
        keep
    }

    /// Left bound of the room that belongs to `g` itself, after a neighbour in some region.
    fn inner_left(&self, g: u32, neighbour: u32) -> f64 {
        match self.child_towards(g, neighbour) {
            Some(child) => self.columns.right[child as usize],
            None if g == ROOT => f64::MIN / 4.0,
            None => self.columns.left[g as usize],
        }
    }

    /// The right bound, before a neighbour.
    fn inner_right(&self, g: u32, neighbour: u32) -> f64 {
        match self.child_towards(g, neighbour) {
            Some(child) => self.columns.left[child as usize],
            None if g == ROOT => f64::MAX / 4.0,
            None => self.columns.right[g as usize],
        }
    }

    /// The member group of `g` that holds `inner`.
    fn child_towards(&self, g: u32, inner: u32) -> Option<u32> {
        if !self.nest.holds(g, inner) || inner == g || inner == NONE {
            return None;
        }
        let mut child = inner;
        while self.nest.parent[child as usize] != g {
            child = self.nest.parent[child as usize];
        }
        Some(child)
    }
}

/// Turns a way into a chain: puts its passes into the rows.
fn adopt(graph: &Graph, nest: &Nest, rows: &mut Rows, link: u32, way: &Way, x: &mut Vec<f64>) -> Chain {
    let end = |rows: &mut Rows, x: &mut Vec<f64>, m: Member, channel: u32| match m {
        Member::Box(b) => (b.0, Foot::Box),
        Member::Group(g) => {
            let g = inner(g);
            let row = if rows.top[g as usize] == channel { channel } else { rows.bottom[g as usize] };
            let (first, _) = extent(nest, rows, row, g);
            (port(rows, x, 0.0, link, g, row, first), Foot::Outer(g))
        }
    };
    let mut label = graph.links[link as usize].label;
    let mut items = Vec::new();
    let mut joints = vec![Joint::Channel(Channel { below: way.start.1, lane: way.start.2 })];
    let mut channel = way.start.1;
    let mut taken: Vec<(u32, u32, f64)> = Vec::new();
    for &(row, region, at, index, lane) in &way.passes {
        let id = add(rows, x, at, thin(row, region, Kind::Pass(link), label.take()));
        // Passes of this very link that went into the row before it move its place.
        let moved = taken.iter().filter(|t| t.0 == row && (t.1 < index || t.1 == index && t.2 <= at)).count();
        taken.push((row, index, at));
        rows.rows[row as usize].insert(index as usize + moved, id);
        items.push(id);
        channel = if row < channel { row } else { row + 1 };
        joints.push(Joint::Channel(Channel { below: channel, lane }));
    }
    let (a, foot_a) = end(rows, x, way.start.0, way.start.1);
    items.insert(0, a);
    let foot_b = match way.end.0 {
        End::Member(m) => {
            let (b, foot) = end(rows, x, m, way.end.1);
            items.push(b);
            foot
        }
        // The last pass runs on to the wall.
        End::Wall(g) => {
            joints.pop();
            Foot::Inner(g)
        }
    };
    let mut feet = [foot_a, foot_b];
    if way.start.0 != graph.links[link as usize].from {
        items.reverse();
        joints.reverse();
        feet.reverse();
    }
    Chain { items, joints, feet: Some(feet) }
}
