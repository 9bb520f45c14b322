//! Tracks: which horizontal run of which link comes above which in the channels between rows.
//!
//! Runs of links that share a port share a track. Of two runs that overlap, the one goes above that then causes fewer crossings; two legs at the same place
//! must not meet, and where both orders would let them, one run is cut in two (Sander 2004; Eiglsperger et al. 2005 for the crossing numbers).

mod bars;
mod number;
mod order;
mod reach;

use super::columns::Columns;
use super::ports::{Ports, leg};
use super::rows::{Foot, Joint, Lane, Rows};
use super::{Graph, Spacing};
use bars::{Bar, Bars, OnRun};
use std::collections::BTreeMap;

/// A joint of a chain through a channel, with the places of its two legs.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// The link.
    link: u32,
    /// Index of the joint in its chain.
    joint: u32,
    /// Where the leg of the earlier item stands across the flow, and whether it comes from the row above.
    from: (f64, bool),
    /// The same for the later item.
    to: (f64, bool),
    /// The ports at its two ends; `u32::MAX` for none.
    trunks: [u32; 2],
}

impl Piece {
    fn is_straight(&self) -> bool {
        (self.from.0 - self.to.0).abs() < 0.01 && self.from.1 != self.to.1
    }
}

/// A horizontal run on one track.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Track within its slot, counted from the row above.
    pub(super) track: u32,
    /// A label that stands on the run: its link, its middle across the flow, and its height.
    pub(super) label: Option<OnRun>,
}

/// A strip of a channel in which tracks are numbered: the channel, and the lane by its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// The row below the channel.
    pub(super) channel: u32,
    /// Lanes inside groups that end above come first, by height; then the middle; then those inside groups that start below, highest first.
    pub(super) level: Level,
}

/// The level of a lane in its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Inside groups of this height that end above.
    Closing(u32),
    /// Between.
    Middle,
    /// Inside groups that start below: `u32::MAX - height`, so that outer ones come first.
    Opening(u32),
}

/// All tracks.
#[derive(Debug, Clone, Default)]
pub(super) struct Tracks {
    /// Runs by slot.
    pub(super) slots: BTreeMap<Slot, Vec<Run>>,
    /// For every joint of every chain, its run and how it uses it.
    pub(super) uses: Vec<Vec<Use>>,
}

/// How a joint runs through its channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Use {
    /// Straight through, or along the row.
    Straight,
    /// On one run.
    One(Slot, u32),
    /// On two runs with a leg at this place between them.
    Two(Slot, u32, f64, u32),
}

/// Heights of groups among those that end (or start) at the same row: 1 for one that holds no other such group. Classes share heights.
#[derive(Debug, Clone)]
pub(super) struct Heights {
    /// Among groups with the same last row.
    pub(super) closing: Vec<u32>,
    /// Among groups with the same first row.
    pub(super) opening: Vec<u32>,
}

/// Makes all runs and orders them.
pub(super) fn tracks(
    graph: &Graph,
    rows: &Rows,
    ports: &Ports,
    columns: &Columns,
    heights: &Heights,
    spacing: &Spacing,
) -> Tracks {
    let mut by_slot: BTreeMap<Slot, Vec<Piece>> = BTreeMap::new();
    let mut out = Tracks { slots: BTreeMap::new(), uses: Vec::with_capacity(rows.chains.len()) };
    for (l, chain) in rows.chains.iter().enumerate() {
        out.uses.push(vec![Use::Straight; chain.joints.len()]);
        for (k, joint) in chain.joints.iter().enumerate() {
            let Joint::Channel(c) = joint else { continue };
            let slot = Slot {
                channel: c.below,
                level: match c.lane {
                    Lane::Closing(g) => Level::Closing(heights.closing[g as usize]),
                    Lane::Middle => Level::Middle,
                    Lane::Opening(g) => Level::Opening(u32::MAX - heights.opening[g as usize]),
                },
            };
            let last = chain.items.len() - 1;
            let end = |at: usize| {
                let item = chain.items[at];
                let side = usize::from(at == last);
                let is_end = (at == 0 || at == last) && chain.feet.is_some_and(|f| f[side] == Foot::Box);
                let trunk = if is_end { ports.trunk[l][side] } else { u32::MAX };
                let x = leg(rows, ports, &columns.item, l, k, at);
                ((x, rows.items[item as usize].row < c.below), trunk)
            };
            let ((from, a), (to, b)) = (end(k), end(k + 1));
            by_slot.entry(slot).or_default().push(Piece { link: l as u32, joint: k as u32, from, to, trunks: [a, b] });
        }
    }
    for (slot, pieces) in by_slot {
        let runs = runs_of_slot(graph, rows, slot, &pieces, spacing, &mut out.uses);
        out.slots.insert(slot, runs);
    }
    out
}

/// Makes the runs of one slot and numbers their tracks.
fn runs_of_slot(
    graph: &Graph,
    rows: &Rows,
    slot: Slot,
    pieces: &[Piece],
    spacing: &Spacing,
    uses: &mut [Vec<Use>],
) -> Vec<Run> {
    let mut bars = Bars::new(pieces);
    bars.cut_conflicts();
    for k in 0..bars.list.len() {
        bars.list[k].label = label_on(graph, rows, &bars, k, spacing);
    }
    let order = loop {
        // Legs that would meet in every order: one run of the ring is cut, which frees it.
        let (order, stuck) = order::order(&bars);
        if !stuck.into_iter().any(|k| bars.cut(k)) {
            break order;
        }
    };
    let tracks = number::number(&bars, &order);
    for (k, bar) in (0..).zip(&bars.list) {
        let piece = pieces[bar.piece() as usize];
        let on = match bars.half[k as usize] {
            None => Use::One(slot, k),
            // The halves of a run: told by the one that is left of the cut, which came first.
            Some(other) if other < k => continue,
            Some(other) => {
                // The first run holds the leg of the earlier item.
                let holds = |b: &Bar, end: (f64, bool)| b.legs.iter().any(|l| l.x == end.0 && l.up == end.1);
                let (first, second) = if holds(bar, piece.from) { (k, other) } else { (other, k) };
                let inner = bars.list[first as usize].legs.iter().find(|l| (l.x, l.up) != piece.from);
                Use::Two(slot, first, inner.map_or(piece.from.0, |l| l.x), second)
            }
        };
        uses[piece.link as usize][piece.joint as usize] = on;
    }
    bars.list.iter().zip(tracks).map(|(bar, track)| Run { track, label: bar.label }).collect()
}

/// Room for the label of a link that has no item to carry it: on its run, where no leg passes.
fn label_on(graph: &Graph, rows: &Rows, bars: &Bars, k: usize, spacing: &Spacing) -> Option<OnRun> {
    let bar = &bars.list[k];
    let piece = &bars.pieces[bar.piece() as usize];
    let chain = &rows.chains[piece.link as usize];
    let size = graph.links[piece.link as usize].label?;
    if chain.items.iter().any(|&i| rows.items[i as usize].label) || piece.joint as usize != chain.joints.len() / 2 {
        return None;
    }
    Some((piece.link, bars.free_place(bar.low(), bar.high()), size.h + spacing.track / 2.0))
}
