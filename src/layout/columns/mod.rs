//! Columns: the coordinate across the flow of every item and of every group's two walls.
//!
//! One system of distances over the whole drawing, solved by the network simplex (Gansner et al. 1993): neighbours in a row keep their distance, groups
//! hold what is inside and keep out what is not; the price is the sideways offset of links, most of all of long ones. Too large systems are solved by
//! passes that move each variable to the median of its neighbours within its bounds. What the price leaves open goes to the middle, and bends are taken out
//! where that costs less than their corners are worth.

mod alike;
mod centre;
mod constraints;
mod groups;
mod mates;
mod neighbours;
mod pulls;
mod solve;
mod straighten;
mod units;
mod ways;
mod widths;

use super::nest::{NONE, Nest, inner};
use super::orient::Strip;
use super::ports::Ports;
use super::rows::{Item, ItemId, Joint, Rows};
use super::simplex::Edge;
use super::{Graph, Member, Side, Spacing};
use solve::Near;

/// Units per pixel: positions are whole numbers of quarter pixels.
const SCALE: f64 = 4.0;
/// Above this many variables the system is solved by passes.
const EXACT: usize = 2500;
/// Number of these passes.
const PASSES: usize = 8;

/// Positions across the flow, in pixels.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Reference point of each item.
    pub(super) item: Vec<f64>,
    /// Left wall of each group.
    pub(super) left: Vec<f64>,
    /// Right wall of each group.
    pub(super) right: Vec<f64>,
}

/// How carefully to solve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Everything as far left as it goes, and then about where its links lead: enough to judge distances.
    Rough,
    /// Where links are shortest, but what that leaves open stands left of the middle, and small jogs stay: enough to see what has room.
    Shortest,
    /// The real thing.
    Full,
}

/// Places everything across the flow.
pub(super) fn columns(
    graph: &Graph,
    nest: &Nest,
    rows: &Rows,
    ports: &Ports,
    spacing: &Spacing,
    strip: Strip,
    effort: Effort,
) -> Columns {
    let mut system = System::new(graph, nest, rows, ports, spacing, strip);
    system.neighbours();
    system.titles();
    system.widths();
    system.page();
    system.ways();
    system.drop_repeated();
    let Some((order, mut x)) = system.equal_widths(effort) else {
        // Rows that keep groups together and on one side of each other never form a cycle.
        debug_assert!(false, "columns form a cycle");
        return system.read(&vec![0; system.n]);
    };
    system.links();
    if effort == Effort::Rough {
        x = system.passes(&Near::new(&system), &order, x, 1);
        return system.read(&x);
    }
    system.grids();
    let is_exact = system.n + system.pulls.len() <= EXACT;
    if is_exact {
        x = system.exact(x);
    }
    let near = Near::new(&system);
    if !is_exact {
        x = system.passes(&near, &order, x, PASSES);
    }
    if effort == Effort::Full {
        system.centre(&near, &mut x);
    }
    system.read(&x)
}

/// A pull between two variables: `weight * |x(a) + offset - x(b)|`.
#[derive(Debug, Clone, Copy, Default)]
struct Pull {
    a: u32,
    b: u32,
    offset: i32,
    weight: i32,
    /// The variable that is the hub of a fan: links from one member to several of one class, over whose middle it stands.
    hub: Option<u32>,
}

impl Pull {
    fn offset(&self) -> i64 {
        i64::from(self.offset)
    }

    fn weight(&self) -> i64 {
        i64::from(self.weight)
    }
}

struct System<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    rows: &'a Rows,
    ports: &'a Ports,
    spacing: &'a Spacing,
    strip: Strip,
    n: usize,
    /// Variable of each item.
    var: Vec<u32>,
    edges: Vec<Edge>,
    /// By wall, the variable that it was kept apart from last, and by which edge: most stand side by side in several rows. Nothing where all edges are few
    /// enough for the exact way, whose choice among equals depends on them.
    last: Vec<(u32, u32)>,
    pulls: Vec<Pull>,
    /// Room that outlines need beside members of spans, by box and by group of the nest.
    box_margin: Vec<f64>,
    group_margin: Vec<f64>,
    /// Whether links lead from each item upwards, and downwards.
    legs: Vec<[bool; 2]>,
    /// Greatest distance of a port from the middle of each box.
    port_reach: Vec<f64>,
}

fn units(pixels: f64) -> i32 {
    libm::ceil(pixels * SCALE - 1e-6) as i32
}

impl<'a> System<'a> {
    fn new(
        graph: &'a Graph,
        nest: &'a Nest,
        rows: &'a Rows,
        ports: &'a Ports,
        spacing: &'a Spacing,
        strip: Strip,
    ) -> Self {
        let items = rows.items.len();
        let n = items + 2 * nest.len();
        let mut var: Vec<u32> = (0..items as u32).collect();
        for (b, side) in nest.border.iter().enumerate() {
            match side {
                Some(Side::Left) => var[b] = items as u32 + 2 * nest.home[b],
                Some(Side::Right) => var[b] = items as u32 + 2 * nest.home[b] + 1,
                _ => {}
            }
        }
        let (mut box_margin, mut group_margin) = (vec![0.0; graph.boxes.len()], vec![0.0; nest.len()]);
        for (m, span) in graph.spans.iter().flat_map(|s| s.members.iter().map(move |m| (m, s))) {
            let room = spacing.track + if strip.is_left() { span.title.w } else { 0.0 };
            match *m {
                Member::Box(b) => box_margin[b.at()] += room,
                Member::Group(g) => group_margin[inner(g) as usize] += room,
            }
        }
        let mut legs = vec![[false; 2]; items];
        for chain in &rows.chains {
            for (k, joint) in chain.joints.iter().enumerate() {
                let Joint::Channel(channel) = joint else { continue };
                for i in [chain.items[k], chain.items[k + 1]] {
                    legs[i as usize][usize::from(channel.below != rows.items[i as usize].row)] = true;
                }
            }
        }
        let mut port_reach = vec![0.0f64; items];
        for (chain, offsets) in rows.chains.iter().zip(&ports.offset) {
            for (item, offset) in [(chain.items.first(), offsets[0]), (chain.items.last(), offsets[1])] {
                if let Some(&i) = item {
                    port_reach[i as usize] = port_reach[i as usize].max(offset.abs());
                }
            }
        }
        Self {
            graph,
            nest,
            rows,
            ports,
            port_reach,
            spacing,
            strip,
            n,
            var,
            legs,
            edges: Vec::with_capacity(5 * items / 2),
            last: if n > EXACT { vec![(NONE, 0); 2 * nest.len()] } else { Vec::new() },
            pulls: Vec::with_capacity(rows.chains.iter().map(|chain| chain.joints.len()).sum()),
            box_margin,
            group_margin,
        }
    }

    fn left(&self, g: u32) -> u32 {
        self.rows.items.len() as u32 + 2 * g
    }

    fn right(&self, g: u32) -> u32 {
        self.left(g) + 1
    }

    /// Keeps two variables apart; the greatest of several distances counts, in the place of the last one.
    fn apart(&mut self, from: u32, to: u32, pixels: f64) {
        if from == to {
            return;
        }
        let mut edge = Edge { from, to, len: units(pixels), weight: 0 };
        let wall = (from as usize).checked_sub(self.rows.items.len());
        if let Some(last) = wall.and_then(|wall| self.last.get_mut(wall)) {
            if last.0 == to {
                let before = &mut self.edges[last.1 as usize];
                edge.len = edge.len.max(before.len);
                before.to = before.from;
            }
            *last = (to, self.edges.len() as u32);
        }
        self.edges.push(edge);
    }

    /// Drops the distances that others have taken the place of.
    fn drop_repeated(&mut self) {
        self.edges.retain(|e| e.from != e.to);
        self.last = Vec::new();
    }

    /// The number of each item in its row.
    fn places(&self) -> Vec<u32> {
        let mut place = vec![0; self.rows.items.len()];
        for row in &self.rows.rows {
            (0..).zip(row).for_each(|(k, &i)| place[i as usize] = k);
        }
        place
    }

    fn item(&self, i: ItemId) -> &'a Item {
        &self.rows.items[i as usize]
    }

    fn read(&self, x: &[i64]) -> Columns {
        let at = |v: u32| x[v as usize] as f64 / SCALE;
        Columns {
            item: self.var.iter().map(|&v| at(v)).collect(),
            left: (0..self.nest.len() as u32).map(|g| at(self.left(g))).collect(),
            right: (0..self.nest.len() as u32).map(|g| at(self.right(g))).collect(),
        }
    }
}
