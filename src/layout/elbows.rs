//! Elbows: a link that would leave its box downwards only to turn sideways leaves it sideways at once, where its row is free: one bend instead of two.
//!
//! Done when the columns are known. Nothing that crossed before crosses more: boxes and labels must not stand in between, and a link that passes the row in
//! between must have been crossed anyway.

use super::columns::Columns;
use super::nest::{Nest, ROOT};
use super::rows::{Foot, Item, ItemId, Joint, Kind, Lane, Rows};
use super::{Graph, Spacing, TitlePlace};
use std::collections::BTreeMap;

/// A stretch of its row's line that is taken, and by which box and in which direction.
#[derive(Debug, Clone, Copy)]
struct Taken {
    low: f64,
    high: f64,
    item: ItemId,
    arrives: bool,
}

/// Stretches taken of one row, by the parts of the row that they reach into.
#[derive(Debug, Default)]
struct TakenOfRow(BTreeMap<i64, Vec<Taken>>);

impl TakenOfRow {
    /// The parts of a row that a stretch reaches into.
    fn parts(low: f64, high: f64) -> std::ops::RangeInclusive<i64> {
        /// Pixels of one part.
        const PART: f64 = 1000.0;
        libm::floor(low / PART) as i64..=libm::floor(high / PART) as i64
    }

    fn add(&mut self, taken: Taken) {
        Self::parts(taken.low, taken.high).for_each(|part| self.0.entry(part).or_default().push(taken));
    }

    /// All that reach between two places, some of them more than once.
    fn near(&self, low: f64, high: f64) -> impl Iterator<Item = &Taken> {
        self.0.range(Self::parts(low, high)).flat_map(|(_, taken)| taken)
    }
}

/// Replaces bends by elbows.
pub(super) fn elbows(graph: &Graph, nest: &Nest, rows: &mut Rows, columns: &mut Columns, spacing: &Spacing) {
    let mut taken = straight_runs(rows, columns);
    let next_of = next_places(rows, columns);
    let lists = Lists::new(rows, columns);
    for fan in stubs(rows, columns).chunk_by(|a, b| a.0 == b.0) {
        // The farthest stretch covers all others of its direction.
        let mut covered = [false; 2];
        for &(_, stub) in fan {
            let Some((own, next, _)) = end_of(rows, stub.link as usize, stub.end) else { break };
            let view = View { graph, nest, rows, columns, spacing, next_of: &next_of, lists: &lists };
            let row = rows.items[own as usize].row as usize;
            let Some((low, high)) = view.free(own, next, stub.end == 1, &taken[row]) else { break };
            if !std::mem::replace(&mut covered[stub.end], true) {
                taken[row].add(Taken { low, high, item: own, arrives: stub.end == 1 });
            }
            insert(rows, columns, stub, own, next);
        }
    }
}

/// One end of a link that might turn.
#[derive(Debug, Clone, Copy)]
struct Stub {
    link: u32,
    end: usize,
    reach: f64,
}

/// The box at the end of a link, the item next to it, and how they are joined.
fn end_of(rows: &Rows, link: usize, end: usize) -> Option<(ItemId, ItemId, Joint)> {
    let chain = &rows.chains[link];
    let n = chain.items.len();
    if n < 2 || chain.feet.is_none_or(|f| f[end] != Foot::Box) {
        return None;
    }
    Some(if end == 0 {
        (chain.items[0], chain.items[1], chain.joints[0])
    } else {
        (chain.items[n - 1], chain.items[n - 2], chain.joints[n - 2])
    })
}

/// A box, whether the next row is the one below, and whether a link goes to the right.
type Side = (ItemId, bool, bool);

/// Link ends, side by side; those of one from the farthest inwards: a nearer link that turned while a farther one did not would be crossed by it.
fn stubs(rows: &Rows, columns: &Columns) -> Vec<(Side, Stub)> {
    let mut stubs: Vec<(Side, Stub)> = Vec::new();
    for link in 0..rows.chains.len() {
        for end in [1, 0] {
            let Some((own, next, Joint::Channel(channel))) = end_of(rows, link, end) else { continue };
            let (row, other) = (rows.items[own as usize].row, rows.items[next as usize].row);
            if channel.lane != Lane::Middle || row == other {
                continue;
            }
            let reach = columns.item[next as usize] - columns.item[own as usize];
            let stub = Stub { link: link as u32, end, reach: reach.abs() };
            stubs.push(((own, other > row, reach > 0.0), stub));
        }
    }
    stubs.sort_by(|(side, a), (other, b)| {
        side.cmp(other).then_with(|| b.reach.total_cmp(&a.reach).then(a.link.cmp(&b.link)))
    });
    stubs
}

/// Puts the elbow into the chain.
fn insert(rows: &mut Rows, columns: &mut Columns, stub: Stub, own: ItemId, next: ItemId) {
    let (row, region) = (rows.items[own as usize].row, rows.items[next as usize].region);
    let elbow = rows.items.len() as ItemId;
    let kind = Kind::Pass(stub.link);
    rows.items.push(Item::thin(row, region, kind, None));
    columns.item.push(columns.item[next as usize]);
    let chain = &mut rows.chains[stub.link as usize];
    let n = chain.items.len();
    let (at, joint_at) = if stub.end == 0 { (1, 0) } else { (n - 1, n - 1) };
    chain.items.insert(at, elbow);
    chain.joints.insert(joint_at, Joint::Row);
}

/// Stretches that straight level links take already, by row.
fn straight_runs(rows: &Rows, columns: &Columns) -> Vec<TakenOfRow> {
    let mut taken: Vec<TakenOfRow> = rows.rows.iter().map(|_| TakenOfRow::default()).collect();
    for chain in &rows.chains {
        for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
            if *joint == Joint::Row {
                let (a, b) = (columns.item[pair[0] as usize], columns.item[pair[1] as usize]);
                let row = rows.items[pair[0] as usize].row;
                taken[row as usize].add(Taken { low: a.min(b), high: a.max(b), item: ItemId::MAX, arrives: false });
            }
        }
    }
    taken
}

/// Where the chain of each pass goes next, above and below its row.
fn next_places(rows: &Rows, columns: &Columns) -> Vec<[Option<f64>; 2]> {
    let mut next = vec![[None; 2]; rows.items.len()];
    for chain in &rows.chains {
        for pair in chain.items.windows(2) {
            for (a, b) in [(pair[0], pair[1]), (pair[1], pair[0])] {
                let below = rows.items[b as usize].row > rows.items[a as usize].row;
                next[a as usize][usize::from(below)] = Some(columns.item[b as usize]);
            }
        }
    }
    next
}

/// Whether a leg at `x` could cross the title of a group on its way in or out.
pub(super) fn titled(graph: &Graph, walls: (f64, f64), spacing: &Spacing, g: u32, x: f64) -> bool {
    let node = &graph.groups[g as usize - 1];
    let (left, right) = walls;
    let clear = match node.title_place {
        TitlePlace::Corner => left + node.title.w + spacing.track,
        TitlePlace::Middle => right,
    };
    node.title.w > 0.0 && left - spacing.track < x && x < clear.min(right)
}

struct View<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    rows: &'a Rows,
    columns: &'a Columns,
    spacing: &'a Spacing,
    next_of: &'a [[Option<f64>; 2]],
    lists: &'a Lists,
}

/// The items of every row by their places across the flow, to find those near a stretch.
struct Lists {
    rows: Vec<Vec<ItemId>>,
    /// The furthest that any item of a row reaches to either side.
    reach: Vec<f64>,
}

impl Lists {
    fn new(rows: &Rows, columns: &Columns) -> Self {
        let mut lists = rows.rows.clone();
        let x = |i: ItemId| columns.item[i as usize];
        lists.iter_mut().for_each(|row| row.sort_by(|&a, &b| x(a).total_cmp(&x(b))));
        let widest = |row: &Vec<ItemId>| {
            row.iter().map(|&i| rows.items[i as usize].left.max(rows.items[i as usize].right)).fold(0.0, f64::max)
        };
        Self { reach: lists.iter().map(widest).collect(), rows: lists }
    }

    /// All items of a row that reach into a stretch, and one more on either side; some of them may not reach into it. O(log items + those found).
    fn near(&self, columns: &Columns, row: u32, low: f64, high: f64) -> &[ItemId] {
        let (list, reach) = (&self.rows[row as usize], self.reach[row as usize]);
        let first = list.partition_point(|&i| columns.item[i as usize] < low - reach);
        let last = list.partition_point(|&i| columns.item[i as usize] <= high + reach);
        &list[first.saturating_sub(1)..(last + 1).min(list.len())]
    }
}

impl View<'_> {
    /// The stretch of the row's line between the box and the column of the next item, if it is free.
    fn free(&self, own: ItemId, next: ItemId, arrives: bool, taken: &TakenOfRow) -> Option<(f64, f64)> {
        let item = &self.rows.items[own as usize];
        let Kind::Box(b) = item.kind else { return None };
        if self.nest.border[b as usize].is_some() {
            return None;
        }
        let node = &self.graph.boxes[b as usize];
        if node.core.h <= 0.0 {
            return None;
        }
        let track = self.spacing.track;
        let (x, goal) = (self.columns.item[own as usize], self.columns.item[next as usize]);
        let rightward = goal > x;
        let (low, high) = if rightward { (x + item.right, goal) } else { (goal, x - item.left) };
        if high - low < track {
            return None;
        }
        if taken.near(low - track, high + track).any(|t| {
            let same = t.item == own && t.arrives == arrives;
            !same && t.low < high + track && low - track < t.high
        }) {
            return None;
        }
        self.walls_allow(own, next, low, high)?;
        self.items_allow(own, next, low, high)?;
        Some((low, high))
    }

    /// Groups that reach into the stretch must hold one of the two items. Every group has an item in each of its rows, so those that reach in have one there
    /// or hold the next one on either side.
    fn walls_allow(&self, own: ItemId, next: ItemId, low: f64, high: f64) -> Option<()> {
        let (from, to) = (self.rows.items[own as usize].region, self.rows.items[next as usize].region);
        let row = self.rows.items[own as usize].row;
        let goal = self.columns.item[next as usize];
        let mut seen = u32::MAX;
        for &i in self.lists.near(self.columns, row, low - self.spacing.track, high + self.spacing.track) {
            let mut g = self.rows.items[i as usize].region;
            if g == seen {
                continue;
            }
            seen = g;
            while g != ROOT {
                let (left, right) = (self.columns.left[g as usize], self.columns.right[g as usize]);
                let holds = (self.nest.holds(g, from), self.nest.holds(g, to));
                let (left, right) = (left - self.spacing.track, right + self.spacing.track);
                if !holds.0 && !holds.1 && left < high && low < right {
                    return None;
                }
                let walls = (self.columns.left[g as usize], self.columns.right[g as usize]);
                if holds.0 != holds.1 && titled(self.graph, walls, self.spacing, g, goal) {
                    return None;
                }
                // A wall of a group of only one of them is crossed once; the elbow must not stand on it.
                let near = |wall: f64| (wall - goal).abs() < self.spacing.track;
                if holds.0 != holds.1 && (near(self.columns.left[g as usize]) || near(self.columns.right[g as usize])) {
                    return None;
                }
                g = self.nest.parent[g as usize];
            }
        }
        Some(())
    }

    /// Items in the stretch must be links that have to be crossed anyway.
    fn items_allow(&self, own: ItemId, next: ItemId, low: f64, high: f64) -> Option<()> {
        let row = self.rows.items[own as usize].row;
        let goal = self.columns.item[next as usize];
        let rightward = goal > self.columns.item[own as usize];
        let below = usize::from(self.rows.items[next as usize].row > row);
        for &i in self.lists.near(self.columns, row, low - self.spacing.track, high + self.spacing.track) {
            if i == own {
                continue;
            }
            let item = &self.rows.items[i as usize];
            let x = self.columns.item[i as usize];
            let margin = self.spacing.track;
            match item.kind {
                // A port takes no room in the row, but its leg must not meet the elbow's.
                Kind::Port(_) if (x - goal).abs() < margin => return None,
                Kind::Port(_) => {}
                Kind::Void if item.left == 0.0 => {}
                Kind::Pass(_) if !item.label => {
                    if (x - goal).abs() < margin {
                        return None;
                    }
                    if low < x && x < high {
                        let onward = self.next_of[i as usize][below]?;
                        if (rightward && onward >= goal) || (!rightward && onward <= goal) {
                            return None;
                        }
                    }
                }
                _ => {
                    if x - item.left - margin < high && low < x + item.right + margin {
                        return None;
                    }
                }
            }
        }
        Some(())
    }
}
