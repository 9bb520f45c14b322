//! Rows of items: boxes, the passes of long links through rows between their ends, rooms for labels, and fillers that keep groups open.

use super::nest::{Nest, ROOT, inner};
use super::rank::Ranks;
use super::{Graph, Member, Side, Spacing};
use crate::geometry::Size;
use std::collections::BTreeSet;

/// Index of an item.
pub(super) type ItemId = u32;

/// What stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A box.
    Box(u32),
    /// A link on its way through the row, with its label if it carries it here.
    Pass(u32),
    /// Where a link ends at a group's outer wall: it keeps the place along the wall.
    Port(u32),
    /// Nothing: keeps a group open in a row where it holds nothing else.
    Void,
}

/// One thing in a row.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its row.
    pub(super) row: u32,
    /// The group directly around it.
    pub(super) region: u32,
    /// What it is.
    pub(super) kind: Kind,
    /// Extents from its reference point (the middle of the core across the flow, the row's line along it).
    pub(super) left: f64,
    /// See `left`.
    pub(super) right: f64,
    /// See `left`.
    pub(super) up: f64,
    /// See `left`.
    pub(super) down: f64,
    /// Whether it is the room of its link's label.
    pub(super) label: bool,
}

impl Item {
    /// An item without a box, as large as its label: wide enough at least for the two legs of a link from which the label hangs.
    pub(super) fn thin(row: u32, region: u32, kind: Kind, label: Option<Size>) -> Self {
        let size = label.unwrap_or_default();
        let half = (size.w / 2.0).max(if label.is_some() && matches!(kind, Kind::Pass(_)) { 4.0 } else { 0.0 });
        Self {
            row,
            region,
            kind,
            left: half,
            right: half,
            up: size.h / 2.0,
            down: size.h / 2.0,
            label: label.is_some(),
        }
    }
}

/// How the end of a chain meets its member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foot {
    /// The chain's outermost item is the box itself.
    Box,
    /// The outermost item is a port inside the group; the link stops at the wall outside it.
    Outer(u32),
    /// The link runs on from the outermost item to the group's wall from within: the lower wall if the item is in its last row and the link has been
    /// led downwards, else the upper one.
    Inner(u32),
}

/// How two neighbours of a chain are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Through the channel below this row: both ends come to it from their own row.
    Channel(Channel),
    /// Straight along the row's line, from side to side.
    Row,
}

/// The room between two rows, and where in it a joint runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Channel {
    /// The channel above row `below` (0: above the first row).
    pub(super) below: u32,
    /// Which lane.
    pub(super) lane: Lane,
}

/// A horizontal strip of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lane {
    /// Inside a group that ends above: between its last row and its lower wall.
    Closing(u32),
    /// Between the groups that end above and those that start below.
    Middle,
    /// Inside a group that starts below: between its title and its first row.
    Opening(u32),
}

/// The course of one link through the rows, from its source to its target.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    /// Items passed, the ends' own included; empty for a link that has found no course yet.
    pub(super) items: Vec<ItemId>,
    /// How each item is joined to the next: one fewer than items.
    pub(super) joints: Vec<Joint>,
    /// How the ends meet their members.
    pub(super) feet: Option<[Foot; 2]>,
}

/// All rows.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    /// Items; the first ones are the boxes, in order.
    pub(super) items: Vec<Item>,
    /// Items of each row, left to right.
    pub(super) rows: Vec<Vec<ItemId>>,
    /// Courses, by link.
    pub(super) chains: Vec<Chain>,
    /// First row of each group.
    pub(super) top: Vec<u32>,
    /// Last row of each group.
    pub(super) bottom: Vec<u32>,
    /// Groups whose upper wall lies on the line of their first row.
    pub(super) astride_top: Vec<bool>,
    /// Groups whose lower wall lies on the line of their last row.
    pub(super) astride_bottom: Vec<bool>,
    /// Links that join things level with each other and still need a course.
    pub(super) level: Vec<u32>,
}

/// How a link lies in the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    /// The source stands above the target, or (`true`) below it.
    Vertical(bool),
    /// Between a group and something inside it.
    Inner,
    /// Side by side.
    Level,
}

/// The inner member of a link between a group and something inside it, and the group.
fn inner_ends(nest: &Nest, from: Member, to: Member) -> (Member, u32) {
    match (from, to) {
        (_, Member::Group(g)) if nest.is_inside(from, inner(g)) => (from, inner(g)),
        (Member::Group(g), _) => (to, inner(g)),
        _ => (from, ROOT),
    }
}

/// First and last row of a member.
fn range(m: Member, ranks: &Ranks) -> (u32, u32) {
    match m {
        Member::Box(b) => (ranks.of_box[b.at()], ranks.of_box[b.at()]),
        Member::Group(g) => (ranks.top[inner(g) as usize], ranks.bottom[inner(g) as usize]),
    }
}

fn course(graph: &Graph, nest: &Nest, ranks: &Ranks, link: usize) -> Course {
    let (a, b) = (graph.links[link].from, graph.links[link].to);
    for (g, m) in [(a, b), (b, a)] {
        if let Member::Group(g) = g
            && nest.is_inside(m, inner(g))
        {
            return Course::Inner;
        }
    }
    let ((a0, a1), (b0, b1)) = (range(a, ranks), range(b, ranks));
    if a1 < b0 {
        Course::Vertical(false)
    } else if b1 < a0 {
        Course::Vertical(true)
    } else {
        Course::Level
    }
}

/// Makes the rows in the graph's own order. The links in `hung` join boxes of one row whose label found no room along it: theirs hang below, in a row
/// for labels.
pub(super) fn rows(graph: &Graph, nest: &Nest, ranks: &Ranks, hung: &BTreeSet<u32>, spacing: &Spacing) -> Rows {
    let courses: Vec<Course> = (0..graph.links.len()).map(|l| course(graph, nest, ranks, l)).collect();
    let (ranks, label_rows) = with_label_rows(graph, nest, ranks, &courses, hung);
    let mut builder = Builder { graph, nest, spacing, ranks: &ranks, label_rows, items: Vec::new() };
    builder.boxes();
    let mut chains = vec![Chain::default(); graph.links.len()];
    let mut level = Vec::new();
    for (l, course) in courses.iter().enumerate() {
        match course {
            Course::Vertical(turned) => chains[l] = builder.vertical(l as u32, *turned),
            Course::Inner => chains[l] = builder.inner(l as u32),
            Course::Level if hung.contains(&(l as u32)) => match builder.hung(l as u32) {
                Some(chain) => chains[l] = chain,
                None => level.push(l as u32),
            },
            Course::Level => level.push(l as u32),
        }
    }
    builder.voids();
    let items = builder.items;
    let rows = initial_order(graph, nest, &items, ranks.count as usize);
    Rows {
        items,
        rows,
        chains,
        top: ranks.top,
        bottom: ranks.bottom,
        astride_top: ranks.astride_top,
        astride_bottom: ranks.astride_bottom,
        level,
    }
}

/// Inserts a row for labels wherever a labelled link joins neighbouring rows. Returns the new ranks and which rows are such rows.
fn with_label_rows(
    graph: &Graph,
    nest: &Nest,
    ranks: &Ranks,
    courses: &[Course],
    hung: &BTreeSet<u32>,
) -> (Ranks, Vec<bool>) {
    let mut wanted = vec![false; ranks.count as usize + 1];
    // Groups that reach on over a row for labels after their last one.
    let mut extended = vec![false; nest.len()];
    for (l, (link, course)) in graph.links.iter().zip(courses).enumerate() {
        if *course == Course::Inner && link.label.is_some() {
            let (member, group) = inner_ends(nest, link.from, link.to);
            let last = range(member, ranks).1;
            if last == ranks.bottom[group as usize] && !ranks.astride_bottom[group as usize] {
                extended[group as usize] = true;
            }
        }
        if hung.contains(&(l as u32)) && *course == Course::Level {
            let common = nest.common(nest.region(link.from, link.to), nest.region(link.to, link.from));
            let last = range(link.from, ranks).1;
            let ends = common != ROOT && ranks.bottom[common as usize] == last;
            if ends {
                extended[common as usize] = true;
            } else {
                wanted[last as usize] = true;
            }
        }
        let Course::Vertical(turned) = course else { continue };
        let (upper, lower) = if *turned { (link.to, link.from) } else { (link.from, link.to) };
        let (above, below) = (range(upper, ranks).1, range(lower, ranks).0);
        if link.label.is_some() && below == above + 1 {
            wanted[above as usize] = true;
        }
    }
    close_extended(graph, nest, ranks, &mut extended);
    let mut within = vec![false; ranks.count as usize + 1];
    for (bottom, more) in ranks.bottom.iter().zip(&extended) {
        within[*bottom as usize] |= more;
    }
    let mut moved = Vec::with_capacity(ranks.count as usize);
    let mut label_rows = Vec::new();
    for r in 0..ranks.count as usize {
        moved.push(label_rows.len() as u32);
        label_rows.push(false);
        // One row within the groups that end here, one between them and what follows.
        label_rows.extend([within[r], wanted[r]].into_iter().filter(|w| *w));
    }
    let map = |r: &u32| moved.get(*r as usize).copied().unwrap_or(0);
    let mut new = Ranks {
        of_box: ranks.of_box.iter().map(map).collect(),
        top: ranks.top.iter().map(map).collect(),
        bottom: ranks.bottom.iter().zip(&extended).map(|(r, more)| map(r) + u32::from(*more)).collect(),
        astride_top: ranks.astride_top.clone(),
        astride_bottom: ranks.astride_bottom.clone(),
        count: label_rows.len() as u32,
    };
    new.bottom[ROOT as usize] = new.count.saturating_sub(1);
    debug_assert_eq!(new.top.len(), nest.len());
    (new, label_rows)
}

/// A group that reaches on takes along those around it that end where it does, and the other groups of its class.
fn close_extended(graph: &Graph, nest: &Nest, ranks: &Ranks, extended: &mut [bool]) {
    loop {
        let before = extended.iter().filter(|e| **e).count();
        for &g in nest.outer_first.iter().rev() {
            let p = nest.parent[g as usize] as usize;
            if g != ROOT && extended[g as usize] && p != ROOT as usize && ranks.bottom[p] == ranks.bottom[g as usize] {
                extended[p] = true;
            }
        }
        for class in &graph.classes {
            let groups =
                || class.iter().filter_map(|m| if let Member::Group(g) = m { Some(inner(*g) as usize) } else { None });
            let any = groups().any(|g| extended[g]);
            groups().for_each(|g| extended[g] |= any);
        }
        // A border row is the last one of its group: such groups, and those around them, stay as they are.
        for (more, astride) in extended.iter_mut().zip(&ranks.astride_bottom) {
            *more &= !astride;
        }
        if extended.iter().filter(|e| **e).count() <= before {
            return;
        }
    }
}

struct Builder<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    spacing: &'a Spacing,
    ranks: &'a Ranks,
    label_rows: Vec<bool>,
    items: Vec<Item>,
}

impl Builder<'_> {
    fn boxes(&mut self) {
        let centred = centred(self.graph);
        for (b, node) in self.graph.boxes.iter().enumerate() {
            let middle = if centred[b] { node.size.h / 2.0 } else { node.core.y + node.core.h / 2.0 };
            let side = matches!(self.nest.border[b], Some(Side::Left | Side::Right));
            let axis = if side { node.size.w / 2.0 } else { node.core.x + node.core.w / 2.0 };
            self.items.push(Item {
                row: self.ranks.of_box[b],
                region: self.nest.home[b],
                kind: Kind::Box(b as u32),
                left: axis,
                right: node.size.w - axis,
                up: middle,
                down: node.size.h - middle,
                label: false,
            });
        }
    }

    fn add(&mut self, row: u32, region: u32, kind: Kind, room: Option<Size>) -> ItemId {
        self.items.push(Item::thin(row, region, kind, room));
        self.items.len() as ItemId - 1
    }

    /// A link between members one above the other.
    fn vertical(&mut self, link: u32, turned: bool) -> Chain {
        let l = &self.graph.links[link as usize];
        let (upper, lower) = if turned { (l.to, l.from) } else { (l.from, l.to) };
        let (first, last) = (range(upper, self.ranks).1, range(lower, self.ranks).0);
        let (from, to) = (self.nest.region(upper, lower), self.nest.region(lower, upper));
        let common = self.nest.common(from, to);
        let mut items = Vec::with_capacity((last - first) as usize + 1);
        let mut feet = [Foot::Box; 2];
        match upper {
            Member::Box(b) => items.push(b.0),
            Member::Group(g) => {
                feet[0] = Foot::Outer(inner(g));
                items.push(self.add(first, inner(g), Kind::Port(link), None));
            }
        }
        let label = l.label.map(|size| (self.label_row(first, last), size));
        for row in first + 1..last {
            let room = label.filter(|&(at, _)| at == row).map(|(_, size)| size);
            let region = self.pass_region(row, from, (last, to), common);
            items.push(self.add(row, region, Kind::Pass(link), room));
        }
        match lower {
            Member::Box(b) => items.push(b.0),
            Member::Group(g) => {
                feet[1] = Foot::Outer(inner(g));
                items.push(self.add(last, inner(g), Kind::Port(link), None));
            }
        }
        let mut joints: Vec<Joint> =
            (first + 1..=last).map(|below| Joint::Channel(Channel { below, lane: Lane::Middle })).collect();
        if turned {
            items.reverse();
            joints.reverse();
            feet.reverse();
        }
        Chain { items, joints, feet: Some(feet) }
    }

    /// The row between `first` and `last` that holds a label: one made for labels if there is one, else the first.
    fn label_row(&self, first: u32, last: u32) -> u32 {
        (first + 1..last).find(|&r| self.label_rows[r as usize]).unwrap_or(first + 1)
    }

    /// The group through which a link passes a row, from the region of its upper end down to the row and the region of its lower end: it stays in the groups
    /// of its upper end until they end, but leaves them at once where they stand beside its lower end or the groups of that.
    fn pass_region(&self, row: u32, from: u32, (last, to): (u32, u32), common: u32) -> u32 {
        let mut target = to;
        while target != common && self.ranks.top[target as usize] > row {
            target = self.nest.parent[target as usize];
        }
        let mut source = from;
        while source != common && self.ranks.bottom[source as usize] < row {
            source = self.nest.parent[source as usize];
        }
        match (source == common, target == common) {
            (true, _) => target,
            (_, true) if self.ranks.bottom[source as usize] < last => source,
            _ => common,
        }
    }

    /// A link between boxes of one row, or of a box with itself, with its label in the row below. `None` where that row is not within reach.
    fn hung(&mut self, link: u32) -> Option<Chain> {
        let l = &self.graph.links[link as usize];
        let (Member::Box(a), Member::Box(b)) = (l.from, l.to) else { return None };
        let common = self.nest.common(self.nest.region(l.from, l.to), self.nest.region(l.to, l.from));
        let row = self.ranks.of_box[a.at()] + 1;
        let reaches =
            row < self.ranks.count && self.label_rows[row as usize] && row <= self.ranks.bottom[common as usize];
        if !reaches || self.ranks.of_box[b.at()] + 1 != row {
            return None;
        }
        let label = self.add(row, common, Kind::Pass(link), l.label);
        let joint = Joint::Channel(Channel { below: row, lane: Lane::Middle });
        Some(Chain { items: vec![a.0, label, b.0], joints: vec![joint; 2], feet: Some([Foot::Box; 2]) })
    }

    /// A link between a group and something inside it: towards the group it leaves through the last row, from the group it comes in by the first.
    fn inner(&mut self, link: u32) -> Chain {
        let l = &self.graph.links[link as usize];
        let (member, group) = inner_ends(self.nest, l.from, l.to);
        let away = member == l.from;
        // The row for a label lies below; so a link with one comes from below where there is such a row.
        let below = range(member, self.ranks).1 < self.ranks.bottom[group as usize];
        let outward = away || (l.label.is_some() && below);
        if let Member::Box(b) = member
            && self.nest.border[b.at()].is_some()
            && self.nest.home[b.at()] == group
            && let Some(joint) = self.along_own_wall(b.0, group)
        {
            return self.own_border(link, b.0, group, away, joint);
        }
        let region = self.nest.region(member, Member::Group(super::GroupId(group - 1)));
        let mut feet = [Foot::Box, Foot::Inner(group)];
        let edge = if outward { self.ranks.bottom[group as usize] } else { self.ranks.top[group as usize] };
        let (first, last) = range(member, self.ranks);
        let row = if outward { last } else { first };
        let mut items = Vec::new();
        match member {
            Member::Box(b) => items.push(b.0),
            Member::Group(g) => {
                feet[0] = Foot::Outer(inner(g));
                items.push(self.add(row, inner(g), Kind::Port(link), None));
            }
        }
        let mut joints = Vec::new();
        let rows: Vec<u32> = if outward { (row + 1..=edge).collect() } else { (edge..row).rev().collect() };
        for (k, &r) in rows.iter().enumerate() {
            let mut around = region;
            while around != group
                && !(self.ranks.top[around as usize]..=self.ranks.bottom[around as usize]).contains(&r)
            {
                around = self.nest.parent[around as usize];
            }
            let room = if k == 0 { l.label } else { None };
            items.push(self.add(r, around, Kind::Pass(link), room));
            joints.push(Joint::Channel(Channel { below: if outward { r } else { r + 1 }, lane: Lane::Middle }));
        }
        if !away {
            items.reverse();
            joints.reverse();
            feet.reverse();
        }
        Chain { items, joints, feet: Some(feet) }
    }

    /// Where a link from a box on a group's border runs to reach that group's wall beside it: on the far side of the box's row, so that it comes back through
    /// that row alone. `None` for a box at a side wall between the first and the last row: other rows lie between it and either wall.
    fn along_own_wall(&self, b: u32, group: u32) -> Option<Channel> {
        let row = self.ranks.of_box[b as usize];
        let (first, last) = (self.ranks.top[group as usize], self.ranks.bottom[group as usize]);
        // The channel below the last row of the group lies outside it but for its own lane.
        let below = || Channel { below: row + 1, lane: if row == last { Lane::Closing(group) } else { Lane::Middle } };
        let above = || Channel { below: row, lane: Lane::Middle };
        match self.nest.border[b as usize] {
            Some(Side::Bottom) => Some(above()),
            Some(Side::Top) => Some(below()),
            _ if row == first => Some(below()),
            _ => (row == last).then(above),
        }
    }

    /// A link between a group and a box on its border: out of the box into the group, and back to the wall beside it.
    fn own_border(&mut self, link: u32, b: u32, group: u32, away: bool, channel: Channel) -> Chain {
        let row = self.ranks.of_box[b as usize];
        let wall = self.add(row, group, Kind::Pass(link), self.graph.links[link as usize].label);
        let (mut items, mut feet) = (vec![b, wall], [Foot::Box, Foot::Inner(group)]);
        if !away {
            items.reverse();
            feet.reverse();
        }
        Chain { items, joints: vec![Joint::Channel(channel)], feet: Some(feet) }
    }

    /// Fills the rows in which a group would hold nothing.
    fn voids(&mut self) {
        let nest = self.nest;
        let rows = |g: usize| (self.ranks.bottom[g] - self.ranks.top[g]) as usize + 1;
        let mut held: Vec<Vec<bool>> =
            (0..nest.len()).map(|g| if g == 0 { Vec::new() } else { vec![false; rows(g)] }).collect();
        for item in &self.items {
            let mut g = item.region;
            while g != ROOT {
                let slot = &mut held[g as usize][(item.row - self.ranks.top[g as usize]) as usize];
                if std::mem::replace(slot, true) {
                    break;
                }
                g = nest.parent[g as usize];
            }
        }
        let empty = self.spacing.empty;
        for &g in nest.outer_first.iter().rev() {
            if g == ROOT {
                continue;
            }
            for k in 0..held[g as usize].len() {
                if held[g as usize][k] {
                    continue;
                }
                let row = self.ranks.top[g as usize] + k as u32;
                let room = Size::new((empty.w - 2.0 * self.spacing.padding).max(0.0), 0.0);
                let filler = self.add(row, g, Kind::Void, (nest.members[g as usize] == 0).then_some(room));
                self.items[filler as usize].label = false;
                let mut up = nest.parent[g as usize];
                while up != ROOT
                    && !std::mem::replace(&mut held[up as usize][(row - self.ranks.top[up as usize]) as usize], true)
                {
                    up = nest.parent[up as usize];
                }
            }
        }
    }
}

/// Which boxes stand in their rows by their middles: those on borders, and all of classes whose members have their cores at different heights. Members of
/// one class must have their middles level, and unequal ones can only do so by them; so can all that share a class with one of these.
fn centred(graph: &Graph) -> Vec<bool> {
    let shape = |b: usize| (graph.boxes[b].size.h, graph.boxes[b].core.y, graph.boxes[b].core.h);
    let mut centred: Vec<bool> = graph.boxes.iter().map(|b| b.border.is_some()).collect();
    loop {
        let mut changed = false;
        for class in &graph.classes {
            let boxes = || class.iter().filter_map(|m| if let Member::Box(b) = m { Some(b.at()) } else { None });
            let uneven = boxes().any(|b| centred[b] || boxes().next().is_some_and(|first| shape(first) != shape(b)));
            boxes().filter(|_| uneven).for_each(|b| changed |= !std::mem::replace(&mut centred[b], true));
        }
        if !changed {
            return centred;
        }
    }
}

/// Items of each row with groups together, in the order of the graph: a depth-first walk over the nesting. Links pass between their ends.
fn initial_order(graph: &Graph, nest: &Nest, items: &[Item], count: usize) -> Vec<Vec<ItemId>> {
    // The walk's number of a group is its first box or, without boxes, its own index: members of one parent keep the file's order.
    let mut first = vec![u32::MAX; nest.len()];
    for (i, item) in items.iter().enumerate() {
        let mut g = item.region;
        while g != ROOT && first[g as usize] > i as u32 {
            first[g as usize] = i as u32;
            g = nest.parent[g as usize];
        }
    }
    let number = |m: Member| match m {
        Member::Box(b) => b.0,
        Member::Group(g) => first[inner(g) as usize],
    };
    let own = |i: usize| match items[i].kind {
        Kind::Pass(l) | Kind::Port(l) => {
            let link = &graph.links[l as usize];
            u32::midpoint(number(link.from), number(link.to))
        }
        Kind::Box(_) | Kind::Void => i as u32,
    };
    // Members of every group by number, groups before items of the same one; then the walk.
    let mut members: Vec<(u32, (u32, u32), ItemId)> = Vec::with_capacity(items.len() + nest.len());
    members.extend((1..nest.len()).map(|g| (nest.parent[g], (first[g], g as u32), ItemId::MAX)));
    members.extend(items.iter().enumerate().map(|(i, item)| (item.region, (own(i), u32::MAX), i as ItemId)));
    members.sort_unstable();
    let start = |g: u32| members.partition_point(|m| m.0 < g);
    let mut rows = vec![Vec::new(); count];
    let mut stack = vec![(ROOT, start(ROOT))];
    while let Some(top) = stack.last_mut() {
        let (g, at) = *top;
        match members.get(at).filter(|m| m.0 == g) {
            Some(&(_, (_, group), ItemId::MAX)) => {
                top.1 += 1;
                stack.push((group, start(group)));
            }
            Some(&(_, _, i)) => {
                top.1 += 1;
                rows[items[i as usize].row as usize].push(i);
            }
            None => _ = stack.pop(),
        }
    }
    rows
}
