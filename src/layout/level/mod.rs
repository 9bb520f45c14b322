//! Courses of links between things that stand level with each other: straight along the row where nothing stands between, else the cheapest way over the
//! channels between the rows. In large drawings with many such links that search has little time, and a plainer one finds the way where it is not done in it.

mod adopt;
mod cells;
mod crowd;
mod index;
mod known;
mod plumb;
mod search;
mod slots;
mod straight;

use super::columns::Columns;
use super::nest::{Nest, ROOT, inner};
use super::rows::{Chain, Channel, Foot, Item, ItemId, Joint, Kind, Lane, Rows};
use super::{Graph, Member, Side, Spacing};
use cells::Cell;
use index::Index;
use known::Known;
use std::collections::BTreeSet;

/// Places that all searches for the cheapest ways may settle, and the least that each may. What takes longer gets a plain way, which rarely is the worse one:
/// the cheapest way of each link for itself makes many jogs of many.
const PATIENCE: usize = 20_000;
/// See [`PATIENCE`].
const LEAST: usize = 64;

/// Whether courses are the last ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Round {
    /// Rows are made anew if some label finds no room: then only those links need courses whose label may find none.
    First,
    /// All links need one.
    Last,
}

/// Gives every level link its course, and a new one to every link that would run through a foreign group. Returns the links whose label has found no room
/// on it.
pub(super) fn level(
    graph: &Graph,
    nest: &Nest,
    rows: &mut Rows,
    columns: &Columns,
    spacing: &Spacing,
    round: Round,
) -> BTreeSet<u32> {
    let channels = cells::all_cells(nest, rows, columns);
    let blocked = blocked(nest, rows, columns, &channels);
    let vacated: Vec<(u32, Chain)> = blocked.iter().map(|&l| (l, vacate(rows, l))).collect();
    let mut links = std::mem::take(&mut rows.level);
    links.extend(blocked);
    if links.is_empty() {
        return BTreeSet::new();
    }
    let mut courses = Courses::new(graph, nest, rows, columns, spacing, &channels);
    let mut far = Vec::new();
    for &l in &links {
        let link = &graph.links[l as usize];
        if link.from == link.to {
            courses.own_loop(l);
        } else if !courses.straight(l) {
            far.push(l);
        }
    }
    let (labelled, bare): (Vec<u32>, Vec<u32>) = far.iter().partition(|&&l| graph.links[l as usize].label.is_some());
    let mut known = Known::new(&channels, nest.len());
    // Where a link passes a row its label has room.
    let mut passes = |&l: &u32| round == Round::First && !search::Search::new(&courses, &mut known, l).stays();
    let (roomy, narrow): (Vec<u32>, Vec<u32>) = labelled.into_iter().partition(&mut passes);
    lead(&mut courses, &mut known, &narrow);
    let mut unlabelled: BTreeSet<u32> = links.into_iter().filter(|&l| is_unlabelled(graph, courses.rows, l)).collect();
    roomy.iter().for_each(|l| _ = unlabelled.remove(l));
    if unlabelled.is_empty() || round == Round::Last {
        lead(&mut courses, &mut known, &roomy);
        lead(&mut courses, &mut known, &bare);
    } else {
        // What stands where these led is of use for the next rows.
        let left: BTreeSet<u32> = roomy.into_iter().chain(bare).collect();
        vacated.into_iter().filter(|v| left.contains(&v.0)).for_each(|(l, chain)| rows.chains[l as usize] = chain);
    }
    unlabelled
}

/// Whether a link's label has no room of its own on its course.
fn is_unlabelled(graph: &Graph, rows: &Rows, l: u32) -> bool {
    let items = &rows.chains[l as usize].items;
    graph.links[l as usize].label.is_some() && !items.iter().any(|&i| rows.items[i as usize].label)
}

/// Leads links over channels and rows. The searches for the cheapest ways share a budget.
fn lead(courses: &mut Courses, known: &mut Known, links: &[u32]) {
    let mut patience = PATIENCE;
    for (&l, left) in links.iter().zip((1..=links.len()).rev()) {
        let share = (patience / left).max(LEAST);
        let mut own = share;
        let found = search::Search::new(courses, known, l).run(&mut own);
        patience = patience.saturating_sub(share - own);
        match found {
            Some(way) => courses.adopt(l, &way),
            None => courses.rows.level.push(l),
        }
    }
}

/// Links with a joint that would cross a wall of a group that holds neither of its items.
fn blocked(nest: &Nest, rows: &Rows, columns: &Columns, channels: &[Vec<Cell>]) -> Vec<u32> {
    let is_blocked = |chain: &Chain| {
        chain.items.windows(2).zip(&chain.joints).any(|(pair, joint)| {
            let Joint::Channel(c) = joint else { return false };
            let cells = &channels[c.below as usize];
            let region = |i: ItemId| cells::reaching(nest, rows, c.below, rows.items[i as usize].region);
            let (a, b) = (region(pair[0]), region(pair[1]));
            let (x, y) = (columns.item[pair[0] as usize], columns.item[pair[1] as usize]);
            let (low, high) = (x.min(y), x.max(y));
            let first = cells.partition_point(|cell| cell.right <= low);
            let mut inside = cells[first..].iter().take_while(|cell| cell.left < high);
            inside.any(|cell| !nest.holds(cell.region, a) && !nest.holds(cell.region, b))
        })
    };
    (0..rows.chains.len() as u32).filter(|&l| is_blocked(&rows.chains[l as usize])).collect()
}

/// The items of a row that stand right of all before them; ports and fillers may stand anywhere.
fn rightward(rows: &Rows, columns: &Columns, row: &[ItemId]) -> Vec<(f64, ItemId)> {
    let (mut out, mut furthest) = (Vec::new(), f64::MIN);
    for &i in row {
        let x = columns.item[i as usize];
        if x > furthest && !matches!(rows.items[i as usize].kind, Kind::Port(_)) {
            out.push((x, i));
            furthest = x;
        }
    }
    out
}

/// Takes a link's course away; what kept a group open in its row goes on doing so.
fn vacate(rows: &mut Rows, link: u32) -> Chain {
    let chain = std::mem::take(&mut rows.chains[link as usize]);
    for &i in &chain.items {
        let item = &mut rows.items[i as usize];
        if !matches!(item.kind, Kind::Box(_)) {
            *item = Item::thin(item.row, item.region, Kind::Void, None);
        }
    }
    chain
}

/// Where an item stands in its row: what a search for free places sees of it.
struct Stand {
    /// Rough place across the flow, and how far it reaches.
    x: f64,
    start: f64,
    end: f64,
    region: u32,
    /// Whether it surely stands where its place in the row says: ports and fillers may stand anywhere.
    in_order: bool,
}

impl Stand {
    fn new(item: &Item, x: f64) -> Self {
        let in_order = matches!(item.kind, Kind::Box(_) | Kind::Pass(_));
        Self { x, start: x - item.left, end: x + item.right, region: item.region, in_order }
    }
}

/// The rows while courses are put into them.
struct Courses<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    columns: &'a Columns,
    spacing: &'a Spacing,
    channels: &'a [Vec<Cell>],
    /// Where the cells of each channel end.
    ends: Vec<Vec<f64>>,
    crowd: crowd::Crowd,
    rows: &'a mut Rows,
    index: Index,
    /// Of every item.
    stands: Vec<Stand>,
    /// Items of each row as they stood at first, from left to right by their places, with these: where to start to look for one.
    marks: Vec<Vec<(f64, ItemId)>>,
    /// Whether a row holds any box: rows made for labels are too low to end links at.
    firm: Vec<bool>,
    /// Straight courses by row, left to right: the items at their ends.
    runs: Vec<Vec<(ItemId, ItemId)>>,
}

impl<'a> Courses<'a> {
    fn new(
        graph: &'a Graph,
        nest: &'a Nest,
        rows: &'a mut Rows,
        columns: &'a Columns,
        spacing: &'a Spacing,
        channels: &'a [Vec<Cell>],
    ) -> Self {
        let kind = |i: &ItemId| rows.items[*i as usize].kind;
        let marks = rows.rows.iter().map(|row| rightward(rows, columns, row)).collect();
        let firm = rows.rows.iter().map(|row| row.iter().any(|i| matches!(kind(i), Kind::Box(_) | Kind::Void)));
        Self {
            graph,
            nest,
            columns,
            spacing,
            channels,
            ends: channels.iter().map(|cells| cells::ends(cells)).collect(),
            index: Index::new(nest, rows),
            crowd: crowd::Crowd::new(rows, columns),
            stands: rows.items.iter().zip(&columns.item).map(|(item, &x)| Stand::new(item, x)).collect(),
            marks,
            firm: firm.collect(),
            runs: vec![Vec::new(); rows.rows.len()],
            rows,
        }
    }

    /// Puts an item into its row.
    fn add(&mut self, at: usize, x: f64, item: Item) -> ItemId {
        self.stands.push(Stand::new(&item, x));
        self.rows.items.push(item);
        let id = self.rows.items.len() as ItemId - 1;
        self.index.insert(self.nest, self.rows, at, id);
        self.mark(x, id);
        id
    }

    /// Makes a new pass one to start to look from, if it stands in order.
    fn mark(&mut self, x: f64, id: ItemId) {
        let item = &self.rows.items[id as usize];
        if !matches!(item.kind, Kind::Pass(_)) {
            return;
        }
        let place = |i: ItemId| self.index.at(self.rows, i);
        let marks = &mut self.marks[item.row as usize];
        let next = marks.partition_point(|m| m.0 <= x);
        let behind = next.checked_sub(1).is_none_or(|k| place(marks[k].1) < place(id));
        if behind && marks.get(next).is_none_or(|m| place(id) < place(m.1)) {
            marks.insert(next, (x, id));
        }
    }

    /// Puts a port of a group into a row; its place among the items of the group does not matter.
    fn port(&mut self, x: f64, link: u32, g: u32, row: u32) -> ItemId {
        let (first, _) = self.index.extent(self.rows, row, g);
        self.add(first, x, Item::thin(row, g, Kind::Port(link), None))
    }

    /// A loop under its own box or group.
    fn own_loop(&mut self, link: u32) {
        let (items, feet, row, around) = match self.graph.links[link as usize].from {
            Member::Box(b) => {
                let home = self.nest.home[b.at()];
                // Below a box astride a wall its group goes on only if that is the upper one.
                let inside = matches!(self.nest.border[b.at()], None | Some(Side::Top));
                let around = if inside { home } else { self.nest.parent[home as usize] };
                ([b.0, b.0], [Foot::Box; 2], self.rows.items[b.at()].row, around)
            }
            Member::Group(g) => {
                let g = inner(g);
                let row = self.rows.bottom[g as usize];
                let b = self.port(self.columns.right[g as usize], link, g, row);
                let a = self.port(self.columns.left[g as usize], link, g, row);
                ([a, b], [Foot::Outer(g); 2], row, self.nest.parent[g as usize])
            }
        };
        let ends_here = around != ROOT && self.rows.bottom[around as usize] == row;
        let lane = if ends_here { Lane::Closing(around) } else { Lane::Middle };
        let joint = Joint::Channel(Channel { below: row + 1, lane });
        self.rows.chains[link as usize] = Chain { items: items.to_vec(), joints: vec![joint], feet: Some(feet) };
    }

    /// What a member covers in a row: the first and one past the last place of its items.
    fn covers(&self, row: u32, m: Member) -> (usize, usize) {
        match m {
            Member::Box(b) => {
                let k = self.index.at(self.rows, b.0);
                (k, k + 1)
            }
            Member::Group(g) => self.index.extent(self.rows, row, inner(g)),
        }
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
    let middle = up.len();
    let mut g = to;
    while g != common {
        up.push(g);
        g = nest.parent[g as usize];
    }
    up[middle..].reverse();
    up
}
