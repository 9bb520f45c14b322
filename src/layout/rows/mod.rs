//! Rows of items: boxes, the passes of long links through rows between their ends, rooms for labels, and fillers that keep groups open.

mod boxes;
mod chains;
mod courses;
mod initial;
mod inside;
mod labels;
mod voids;

use super::nest::Nest;
use super::rank::Ranks;
use super::{Graph, Spacing};
use crate::geometry::Size;
use courses::{Course, course};
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

/// What a row is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// The boxes of a layer.
    Layer,
    /// Labels, within the groups that end in the layer above.
    Within,
    /// Labels, between those groups and what follows.
    After,
}

/// What a row is: a layer, or a row for labels after it. Rows come in this order.
pub(super) type Origin = (u32, Use);

/// All rows.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    /// Items; the first ones are the boxes, in order.
    pub(super) items: Vec<Item>,
    /// Items of each row, left to right.
    pub(super) rows: Vec<Vec<ItemId>>,
    /// What each row is.
    pub(super) origins: Vec<Origin>,
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
    /// Links from one part of a group that is cut to another, in order.
    pub(super) between_parts: Vec<u32>,
}

/// Makes the rows in the graph's own order. The links in `hung` join boxes of one row whose label found no room along it: theirs hang below, in a row
/// for labels.
pub(super) fn rows(graph: &Graph, nest: &Nest, ranks: &Ranks, hung: &BTreeSet<u32>, spacing: &Spacing) -> Rows {
    let courses: Vec<Course> = (0..graph.links.len()).map(|l| course(graph, nest, ranks, l)).collect();
    let (ranks, origins) = labels::with_label_rows(graph, nest, ranks, &courses, hung);
    let mut builder = Builder { graph, nest, spacing, ranks: &ranks, origins: &origins, items: Vec::new() };
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
    let rows = initial::initial_order(graph, nest, &items, &ranks);
    Rows {
        items,
        rows,
        origins,
        chains,
        top: ranks.top,
        bottom: ranks.bottom,
        astride_top: ranks.astride_top,
        astride_bottom: ranks.astride_bottom,
        level,
        between_parts: ranks.parts.map_or(Vec::new(), |parts| parts.between(graph, nest)),
    }
}

/// What items and chains are made from, and the items so far.
struct Builder<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    spacing: &'a Spacing,
    ranks: &'a Ranks,
    /// What each row is.
    origins: &'a [Origin],
    items: Vec<Item>,
}

impl Builder<'_> {
    /// Whether a row is made for labels.
    fn is_label_row(&self, row: u32) -> bool {
        self.origins[row as usize].1 != Use::Layer
    }

    /// A new item without a box.
    fn add(&mut self, row: u32, region: u32, kind: Kind, room: Option<Size>) -> ItemId {
        self.items.push(Item::thin(row, region, kind, room));
        self.items.len() as ItemId - 1
    }
}
