//! Places across the flow for a plain drawing: a list of columns from left to right, none of which anything else reaches into.

use super::super::nest::{ROOT, class_groups, inner};
use super::super::{BoxId, Member, Side};
use super::Plain;
use std::collections::BTreeMap;

/// A column, or a wall between columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The left wall of a group, with the boxes astride it and room for the title.
    Open(u32),
    /// The right wall of a group, with the boxes astride it.
    Close(u32),
    /// A box, with all links that end at it.
    Box(u32),
    /// One end of a link, at a group or at a box astride a side wall: the link and its end.
    End(u32, usize),
    /// The label of a link.
    Label(u32),
}

/// Where everything stands across the flow.
#[derive(Debug, Default)]
pub(super) struct Across {
    /// Left walls, by group of the nest.
    pub(super) left: Vec<f64>,
    /// Right walls.
    pub(super) right: Vec<f64>,
    /// Left edges of boxes.
    pub(super) boxes: Vec<f64>,
    /// Ends of links in columns of their own.
    pub(super) ends: BTreeMap<(u32, usize), f64>,
    /// Middles of labels.
    pub(super) labels: BTreeMap<u32, f64>,
}

/// The columns in their order: the nesting from left to right, boxes before groups, and each label beside its link's first end, towards the other one.
pub(super) fn columns(plain: &Plain) -> Vec<Column> {
    let walk = walk(plain);
    let place: BTreeMap<Column, usize> = walk.iter().enumerate().map(|(k, c)| (*c, k)).collect();
    let of_end = |l: usize, end: usize| place.get(&plain.column(l, end)).copied().unwrap_or(0);
    let (mut before, mut after) = (vec![Vec::new(); walk.len()], vec![Vec::new(); walk.len()]);
    for (l, link) in plain.graph.links.iter().enumerate() {
        if link.label.is_some() {
            let (from, to) = (of_end(l, 0), of_end(l, 1));
            let side = if to < from { &mut before } else { &mut after };
            side[from].push(Column::Label(l as u32));
        }
    }
    let parts = walk.iter().zip(before).zip(after);
    parts.flat_map(|((c, before), after)| before.into_iter().chain([*c]).chain(after)).collect()
}

/// The columns without those of labels.
fn walk(plain: &Plain) -> Vec<Column> {
    let nest = plain.nest;
    let mut inside: Vec<Vec<Column>> = vec![Vec::new(); nest.len()];
    // Ends beside the walls of a group: outside left, inside left, inside right, outside right.
    let mut beside: BTreeMap<(u32, usize), Vec<Column>> = BTreeMap::new();
    for (b, side) in nest.border.iter().enumerate() {
        if !matches!(side, Some(Side::Left | Side::Right)) {
            inside[nest.home[b] as usize].push(Column::Box(b as u32));
        }
    }
    for (l, link) in plain.graph.links.iter().enumerate() {
        for (end, m, other) in [(0, link.from, link.to), (1, link.to, link.from)] {
            let column = plain.column(l, end);
            match (m, column) {
                (Member::Group(g), _) => inside[inner(g) as usize].push(column),
                (Member::Box(b), Column::End(..)) => {
                    let home = nest.home[b.at()];
                    let out = nest.region(m, other) != home;
                    let gutter = match (nest.border[b.at()], out) {
                        (Some(Side::Right), false) => 2,
                        (Some(Side::Right), true) => 3,
                        (_, true) => 0,
                        (_, false) => 1,
                    };
                    beside.entry((home, gutter)).or_default().push(column);
                }
                _ => {}
            }
        }
    }
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); nest.len()];
    (1..nest.len()).for_each(|g| groups[nest.parent[g] as usize].push(g as u32));
    let mut gutter = |out: &mut Vec<Column>, g: u32, k: usize| out.append(beside.entry((g, k)).or_default());
    let mut out = std::mem::take(&mut inside[ROOT as usize]);
    let mut stack = vec![(ROOT, 0)];
    while let Some(top) = stack.last_mut() {
        let g = top.0;
        if let Some(&child) = groups[g as usize].get(top.1) {
            top.1 += 1;
            gutter(&mut out, child, 0);
            out.push(Column::Open(child));
            gutter(&mut out, child, 1);
            out.append(&mut inside[child as usize]);
            stack.push((child, 0));
        } else {
            stack.pop();
            if g != ROOT {
                gutter(&mut out, g, 2);
                out.push(Column::Close(g));
                gutter(&mut out, g, 3);
            }
        }
    }
    out
}

/// Places the columns beside each other; groups of one class get one width.
pub(super) fn across(plain: &Plain, columns: &[Column]) -> Across {
    let classes = plain.graph.classes.iter().map(|class| class_groups(class).map(|g| g as usize).collect());
    let classes: Vec<Vec<usize>> = classes.collect();
    let mut least = vec![0.0; plain.nest.len()];
    // What is widened widens what lies around it: at most one round for each level of nesting.
    loop {
        let found = placed(plain, columns, &least);
        let mut changed = false;
        for class in &classes {
            let width = |g: usize| found.right[g] - found.left[g];
            let widest = class.iter().map(|&g| width(g)).fold(0.0, f64::max);
            for &g in class.iter().filter(|&&g| width(g) < widest) {
                changed = true;
                least[g] = widest;
            }
        }
        if !changed {
            return found;
        }
    }
}

/// Places columns beside each other, with groups of at least the given widths.
fn placed(plain: &Plain, columns: &[Column], least: &[f64]) -> Across {
    let n = plain.nest.len();
    let mut out = Across {
        left: vec![0.0; n],
        right: vec![0.0; n],
        boxes: vec![0.0; plain.graph.boxes.len()],
        ..Across::default()
    };
    let (gap, track, pad) = (plain.spacing.within / 2.0, plain.spacing.track, plain.spacing.padding);
    let astride = plain.astride();
    let mut x = 0.0;
    for column in columns {
        match *column {
            Column::Open(g) => {
                let at = g as usize;
                out.left[at] = whole(x + gap + astride[at][0].max(plain.group_margin[at]));
                x = out.left[at] + plain.title_room(g).max(astride[at][0] + track).max(pad);
            }
            Column::Close(g) => {
                let at = g as usize;
                let wide = if plain.nest.members[at] == 0 { plain.spacing.empty.w } else { 0.0 };
                let right = (x + pad.max(astride[at][1] + track)).max(out.left[at] + wide);
                // Widths of classes are compared: whole quarter pixels are exact.
                out.right[at] = whole(right).max(out.left[at] + least[at]);
                x = out.right[at] + astride[at][1].max(plain.group_margin[at]) + gap;
            }
            Column::Box(b) => {
                let (size, margin) = (plain.graph.boxes[b as usize].size, plain.box_margin[b as usize]);
                out.boxes[b as usize] = whole(x + gap + margin);
                x = out.boxes[b as usize] + size.w + margin + gap;
            }
            Column::End(l, end) => {
                let at = whole(x + track / 2.0);
                out.ends.insert((l, end), at);
                x = at + track / 2.0;
            }
            Column::Label(l) => {
                let wide = plain.graph.links[l as usize].label.unwrap_or_default().w;
                let at = whole(x + track + wide / 2.0);
                out.labels.insert(l, at);
                x = at + wide / 2.0 + track;
            }
        }
    }
    for (b, side) in plain.nest.border.iter().enumerate() {
        let wall = match side {
            Some(Side::Left) => out.left[plain.nest.home[b] as usize],
            Some(Side::Right) => out.right[plain.nest.home[b] as usize],
            _ => continue,
        };
        out.boxes[b] = wall - plain.graph.boxes[b].size.w / 2.0;
    }
    (out.left[ROOT as usize], out.right[ROOT as usize]) = (0.0, x);
    out
}

/// The next whole quarter of a pixel.
fn whole(x: f64) -> f64 {
    libm::ceil(x * 4.0) / 4.0
}

impl Plain<'_> {
    /// The column in which a link ends.
    pub(super) fn column(&self, l: usize, end: usize) -> Column {
        let link = &self.graph.links[l];
        match if end == 0 { link.from } else { link.to } {
            Member::Box(BoxId(b)) if !matches!(self.nest.border[b as usize], Some(Side::Left | Side::Right)) => {
                Column::Box(b)
            }
            _ => Column::End(l as u32, end),
        }
    }

    /// How far boxes astride the left and the right wall of each group reach from it, with room for outlines around them.
    fn astride(&self) -> Vec<[f64; 2]> {
        let mut reach = vec![[0.0f64; 2]; self.nest.len()];
        for (b, side) in self.nest.border.iter().enumerate() {
            let k = match side {
                Some(Side::Left) => 0,
                Some(Side::Right) => 1,
                _ => continue,
            };
            let own = &mut reach[self.nest.home[b] as usize][k];
            *own = own.max(self.graph.boxes[b].size.w / 2.0 + self.box_margin[b] + self.spacing.track);
        }
        reach
    }

    /// Room beside the left wall of a group that is its title's alone.
    fn title_room(&self, g: u32) -> f64 {
        let title = self.graph.groups[g as usize - 1].title;
        if title.w > 0.0 { title.w + self.spacing.track } else { 0.0 }
    }
}
