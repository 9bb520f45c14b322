//! The layout engine: a compound graph in, coordinates out.

pub mod graph;

pub use fallback::{Form, layout_in_form};
pub use graph::{BoxId, BoxNode, Flow, Graph, GroupId, GroupNode, Link, Member, Side, Spacing, Span, TitlePlace};

use crate::geometry::{Point, Rect, Size};
use std::collections::BTreeSet;

/// Coordinates of everything, in the order of the [`Graph`]. The hard rules hold: nothing overlaps that is not nested, no link runs through a
/// box, a foreign group or a title, labels stand free beside their links, classes are level.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Size of the drawing; its top left corner is the origin.
    pub size: Size,
    /// Rectangles of the boxes.
    pub boxes: Vec<Rect>,
    /// Rectangles of the groups.
    pub groups: Vec<Rect>,
    /// Rectangles of the groups' titles; empty ones where there is none.
    pub titles: Vec<Rect>,
    /// Outlines of the spans: one rectangle, or linked parts where no single one can be.
    pub spans: Vec<SpanPlace>,
    /// Routes of the links.
    pub links: Vec<Route>,
    /// Which of the forms that the engine tries this is: nearly always the first.
    pub form: Form,
}

/// Where a span is drawn.
#[derive(Debug, Clone, Default)]
pub struct SpanPlace {
    /// The parts: one, unless a stranger stands between the members.
    pub parts: Vec<Rect>,
    /// The title's room, inside the first part.
    pub title: Rect,
}

/// Where a link is drawn.
#[derive(Debug, Clone, Default)]
pub struct Route {
    /// Corners from source to target: at least two, all runs parallel to an axis, the ends on the border of what they end at.
    pub points: Vec<Point>,
    /// Room of the label, centred on or beside the link.
    pub label: Option<Rect>,
}

/// Why a graph cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayoutError {
    /// A size is negative, infinite or not a number.
    BadSize(String),
    /// An index points at nothing.
    BadIndex(String),
    /// A group lies inside itself.
    NestingCycle(String),
    /// Constraints contradict each other.
    Contradiction(String),
}

impl std::fmt::Display for LayoutError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BadSize(what) => write!(f, "{what} has a size that is negative or not finite"),
            Self::BadIndex(what) => write!(f, "{what} refers to something that does not exist"),
            Self::NestingCycle(what) => write!(f, "{what} lies inside itself"),
            Self::Contradiction(what) => write!(f, "{what}"),
        }
    }
}

impl std::error::Error for LayoutError {}

mod adjacent;
mod candidates;
mod check;
mod classes;
mod columns;
mod cycles;
mod elbows;
mod fallback;
pub mod json;
mod labels;
mod lateral;
mod level;
mod lines;
mod nest;
mod order;
mod orient;
mod outlines;
pub mod phases;
mod plain;
mod ports;
#[cfg(test)]
mod promises;
mod rank;
mod rooms;
mod routes;
mod rows;
pub mod score;
mod shelves;
mod simplex;
mod spare;
mod steps;
mod stretch;
mod titles;
mod tracks;
mod tuck;
mod turned;
pub mod verify;

/// Places everything.
///
/// # Errors
/// What is wrong with the graph, as a [`LayoutError`].
pub fn layout(graph: &Graph, spacing: &Spacing) -> Result<Layout, LayoutError> {
    watched(graph, spacing, &mut |_| ())
}

/// As [`layout`], and says the name of each phase when it is done: the layout has no clock, but those who measure it do. What comes after the last phase is
/// the check of the whole drawing. A phase that is done again, in rows made anew, for a drawing in parts, for groups that flow across it or in
/// another [`Form`], is named again.
///
/// # Errors
/// As for [`layout`].
pub fn watched(graph: &Graph, spacing: &Spacing, done: Watch) -> Result<Layout, LayoutError> {
    turned::drawing(graph, spacing, done)
}

/// Who is told the name of each phase when it is done.
pub type Watch<'a> = &'a mut dyn FnMut(&'static str);

/// The phases after the layers, for a graph that flows down.
fn arrange(
    (graph, nest, ranks): (&Graph, &nest::Nest, &rank::Ranks),
    spacing: &Spacing,
    strip: orient::Strip,
    form: Form,
    done: Watch,
) -> Layout {
    let ordered = Ordered { graph, nest, ranks, spacing, strip };
    let mut rows = ordered.courses(done);
    let mut ports = ports::ports(graph, &rows, &places(&rows), spacing);
    if strip.is_left() {
        ports::off_titles(graph, nest, &rows, &mut ports);
    }
    let mut columns = columns::columns(graph, nest, &rows, &ports, spacing, strip, columns::Effort::Full);
    done("columns");
    if form == Form::Finished {
        elbows::elbows(graph, nest, &mut rows, &mut columns, spacing);
        done("elbows");
        stretch::stretch(graph, nest, &mut rows, &mut columns, spacing, strip);
        done("stretch");
    }
    let heights = lines::heights(graph, nest, &rows);
    let tracks = tracks::tracks(graph, &rows, &ports, &columns, &heights, spacing);
    done("tracks");
    let room = lines::OutlineRoom::FromBoxes;
    let lines = lines::lines(graph, nest, &rows, &columns, &tracks, &heights, spacing, strip, room);
    done("lines");
    let found = routes::Found {
        graph,
        nest,
        rows: &rows,
        ports: &ports,
        columns: &columns,
        tracks: &tracks,
        lines: &lines,
        spacing,
        strip,
        form,
    };
    let drawn = routes::assemble(&found);
    done("routes");
    drawn
}

/// What rows are made from.
struct Ordered<'a> {
    graph: &'a Graph,
    nest: &'a nest::Nest,
    ranks: &'a rank::Ranks,
    spacing: &'a Spacing,
    strip: orient::Strip,
}

impl Ordered<'_> {
    /// Rows in their final order, with a course for every link. Those in which some label has found no room are made anew, like them, with rows for such
    /// labels.
    fn courses(&self, done: Watch) -> rows::Rows {
        let (rows, rough, hung) = self.rows(&BTreeSet::new(), None, done);
        let mut rows = match hung {
            hung if hung.is_empty() => rows,
            hung => self.rows(&hung, Some(&order::Before { rows: &rows, columns: &rough }), done).0,
        };
        order::polish(self.nest, &mut rows);
        done("polish");
        rows
    }

    /// Rows in order, with a course for every link; rough columns, of the items before the level links were led; and the links whose label has found no room.
    /// The labels of the links in `hung` have a row of their own. Made anew, or like rows `before` them.
    fn rows(
        &self,
        hung: &BTreeSet<u32>,
        before: Option<&order::Before>,
        done: Watch,
    ) -> (rows::Rows, columns::Columns, BTreeSet<u32>) {
        let Self { graph, nest, ranks, spacing, strip } = *self;
        let mut rows = rows::rows(graph, nest, ranks, hung, spacing);
        done("rows");
        let pairs = level_pairs(graph, &rows);
        order::order((graph, nest), &mut rows, &pairs, before);
        done("order");
        let mut free = tuck::free(graph, nest);
        for b in tuck::tuck(graph, nest, &mut rows, strip, &free) {
            free[b as usize] = false;
        }
        spare::spare(graph, nest, &mut rows, spacing, strip, &free, &pairs);
        let rough = before.and_then(|before| order::columns_like(nest, &rows, before)).unwrap_or_else(|| {
            let ports = ports::ports(graph, &rows, &places(&rows), spacing);
            columns::columns(graph, nest, &rows, &ports, spacing, strip, columns::Effort::Rough)
        });
        let round = if before.is_none() { level::Round::First } else { level::Round::Last };
        let unlabelled = level::level(graph, nest, &mut rows, &rough, spacing, round);
        done("level");
        (rows, rough, unlabelled)
    }
}

/// Boxes of one row that are linked: the order should keep others out from between them.
fn level_pairs(graph: &Graph, rows: &rows::Rows) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for &l in &rows.level {
        if let (Member::Box(a), Member::Box(b)) = (graph.links[l as usize].from, graph.links[l as usize].to)
            && a != b
        {
            pairs.push((a.0, b.0));
        }
    }
    pairs
}

/// The place of every item in its row.
fn places(rows: &rows::Rows) -> Vec<f64> {
    let mut at = vec![0.0; rows.items.len()];
    for row in &rows.rows {
        for (k, &i) in row.iter().enumerate() {
            at[i as usize] = k as f64;
        }
    }
    at
}
