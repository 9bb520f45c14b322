//! Tracks: which horizontal run of which link comes above which in the channels between rows.
//!
//! Runs of links that share a port share a track. Of two runs that overlap, the one goes above that then causes fewer crossings; two legs at the same place
//! must not meet, and where both orders would let them, one run is cut in two (Sander 2004; Eiglsperger et al. 2005 for the crossing numbers).

use super::columns::Columns;
use super::ports::{Ports, leg};
use super::rows::{Foot, Joint, Lane, Rows};
use super::{Graph, Spacing};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A joint of a chain through a channel, with the places of its two legs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// The link.
    pub(super) link: u32,
    /// Index of the joint in its chain.
    pub(super) joint: u32,
    /// Where the leg of the earlier item stands across the flow, and whether it comes from the row above.
    pub(super) from: (f64, bool),
    /// The same for the later item.
    pub(super) to: (f64, bool),
    trunks: [u32; 2],
}

/// A horizontal run on one track.
#[derive(Debug, Clone)]
pub(super) struct Run {
    low: f64,
    high: f64,
    /// Legs: place across the flow, whether it goes up, and the pieces that use it by number.
    legs: Vec<(f64, bool, u32)>,
    /// Track within its slot, counted from the row above.
    pub(super) track: u32,
    /// Height of a label that stands on the run.
    pub(super) label: Option<(u32, f64, f64)>,
}

impl Run {
    /// A run on a track that is known, without legs to be ordered by.
    pub(super) fn on(track: u32, low: f64, high: f64, label: Option<(u32, f64, f64)>) -> Self {
        Self { low, high, legs: Vec::new(), track, label }
    }
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

fn runs_of_slot(
    graph: &Graph,
    rows: &Rows,
    slot: Slot,
    pieces: &[Piece],
    spacing: &Spacing,
    uses: &mut [Vec<Use>],
) -> Vec<Run> {
    let moving: Vec<u32> = (0..pieces.len() as u32).filter(|&p| !is_straight(&pieces[p as usize])).collect();
    let mut runs: Vec<Run> = moving
        .into_iter()
        .map(|p| {
            let piece = &pieces[p as usize];
            new_run(vec![(piece.from.0, piece.from.1, p), (piece.to.0, piece.to.1, p)])
        })
        .collect();
    let straight_legs: Vec<f64> = pieces.iter().filter(|p| is_straight(p)).map(|p| p.from.0).collect();
    cut_conflicts(&mut runs, pieces, &straight_legs);
    for run in &mut runs {
        run.label = label_on(graph, rows, run, pieces, &straight_legs, spacing);
    }
    loop {
        // Legs that would meet in every order: one run of the ring is cut, which frees it.
        let stuck = order_runs(&mut runs, pieces);
        if !stuck.into_iter().any(|k| cut(&mut runs, k, &straight_legs)) {
            break;
        }
    }
    let mut seen: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (k, run) in runs.iter().enumerate() {
        for &(_, _, p) in &run.legs {
            let list = seen.entry(p).or_default();
            if p != u32::MAX && !list.contains(&(k as u32)) {
                list.push(k as u32);
            }
        }
    }
    for (p, on) in seen {
        if p == u32::MAX {
            continue;
        }
        let piece = pieces[p as usize];
        uses[piece.link as usize][piece.joint as usize] = match on[..] {
            [one] => Use::One(slot, one),
            [a, b] => {
                // The first run holds the leg of the earlier item.
                let holds = |k: u32, end: (f64, bool)| {
                    runs[k as usize].legs.iter().any(|l| l.2 == p && l.0 == end.0 && l.1 == end.1)
                };
                let (first, second) = if holds(a, piece.from) { (a, b) } else { (b, a) };
                let between = runs[first as usize]
                    .legs
                    .iter()
                    .find(|l| l.2 == p && (l.0, l.1) != piece.from)
                    .map_or(piece.from.0, |l| l.0);
                Use::Two(slot, first, between, second)
            }
            _ => Use::Straight,
        };
    }
    runs
}

fn is_straight(p: &Piece) -> bool {
    (p.from.0 - p.to.0).abs() < 0.01 && p.from.1 != p.to.1
}

fn new_run(mut legs: Vec<(f64, bool, u32)>) -> Run {
    legs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let low = legs.first().map_or(0.0, |l| l.0);
    let high = legs.last().map_or(0.0, |l| l.0);
    Run { low, high, legs, track: 0, label: None }
}

/// Whether two legs would lie on each other: close together and of links without a common end there.
fn meet(a: &(f64, bool, u32), b: &(f64, bool, u32), pieces: &[Piece]) -> bool {
    const CLOSE: f64 = 3.0;
    (a.0 - b.0).abs() < CLOSE && a.1 != b.1 && !share(a.2, b.2, pieces)
}

fn share(a: u32, b: u32, pieces: &[Piece]) -> bool {
    let (a, b) = (pieces[a as usize], pieces[b as usize]);
    a.link == b.link || a.trunks.iter().any(|t| *t != u32::MAX && b.trunks.contains(t))
}

/// Price of putting `s` above `t`: crossings, and a great deal for legs that would meet.
fn price(s: &Run, t: &Run, pieces: &[Piece]) -> (u32, bool) {
    let inside = |x: f64, r: &Run| r.low < x && x < r.high;
    let mut crossings = 0;
    let mut conflict = false;
    let mut last = f64::NAN;
    for leg in t.legs.iter().filter(|l| l.1) {
        if leg.0 != last {
            crossings += u32::from(inside(leg.0, s));
            last = leg.0;
        }
    }
    last = f64::NAN;
    for leg in s.legs.iter().filter(|l| !l.1) {
        if leg.0 != last {
            crossings += u32::from(inside(leg.0, t));
            last = leg.0;
        }
        conflict |= t.legs.iter().any(|other| other.1 && meet(leg, other, pieces));
    }
    (crossings, conflict)
}

/// Pairs of runs that overlap, by a sweep from left to right.
fn overlapping(runs: &[Run]) -> Vec<(u32, u32)> {
    let mut by_low: Vec<u32> = (0..runs.len() as u32).collect();
    by_low.sort_by(|&a, &b| runs[a as usize].low.total_cmp(&runs[b as usize].low).then(a.cmp(&b)));
    let mut active: Vec<u32> = Vec::new();
    let mut pairs = Vec::new();
    for k in by_low {
        active.retain(|&j| runs[j as usize].high + 4.0 > runs[k as usize].low);
        pairs.extend(active.iter().map(|&j| (j.min(k), j.max(k))));
        active.push(k);
    }
    pairs
}

/// Cuts runs in two where neither order of a pair keeps their legs apart.
fn cut_conflicts(runs: &mut Vec<Run>, pieces: &[Piece], straight: &[f64]) {
    for _ in 0..3 {
        let mut cut: Vec<u32> = Vec::new();
        for (a, b) in overlapping(runs) {
            if cut.contains(&a) || cut.contains(&b) {
                continue;
            }
            let (s, t) = (&runs[a as usize], &runs[b as usize]);
            if price(s, t, pieces).1 && price(t, s, pieces).1 {
                cut.push(if s.legs.len() <= t.legs.len() { a } else { b });
            }
        }
        if cut.is_empty() {
            return;
        }
        for k in cut {
            self::cut(runs, k, straight);
        }
    }
}

/// Cuts a run in two at a free place. Whether anything changed.
fn cut(runs: &mut Vec<Run>, k: u32, straight: &[f64]) -> bool {
    let run = runs[k as usize].clone();
    let [left, right] = run.legs[..] else { return false };
    // A piece is cut once: what is left then hangs from a leg of its own making.
    if runs.iter().enumerate().any(|(j, r)| j != k as usize && r.legs.iter().any(|l| l.2 == left.2)) {
        return false;
    }
    let legs: Vec<f64> = runs.iter().flat_map(|r| r.legs.iter().map(|l| l.0)).chain(straight.iter().copied()).collect();
    let at = free_place(run.low, run.high, legs);
    // The piece comes from above on one side: the first half hangs from there, the other half continues below it.
    runs[k as usize] = new_run(vec![left, (at, !left.1, left.2)]);
    runs.push(new_run(vec![(at, !right.1, right.2), right]));
    true
}

/// The place between `low` and `high` that is farthest from all legs.
fn free_place(low: f64, high: f64, mut legs: Vec<f64>) -> f64 {
    legs.retain(|&x| low < x && x < high);
    legs.push(low);
    legs.push(high);
    legs.sort_by(f64::total_cmp);
    let widest = legs.windows(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
    widest.map_or((low + high) / 2.0, |w| (w[0] + w[1]) / 2.0)
}

/// Room for the label of a link that has no item to carry it: on its run, where no leg passes.
fn label_on(
    graph: &Graph,
    rows: &Rows,
    run: &Run,
    pieces: &[Piece],
    straight: &[f64],
    spacing: &Spacing,
) -> Option<(u32, f64, f64)> {
    for &(_, _, p) in &run.legs {
        let piece = pieces[p as usize];
        let chain = &rows.chains[piece.link as usize];
        let Some(size) = graph.links[piece.link as usize].label else { continue };
        if chain.items.iter().any(|&i| rows.items[i as usize].label) || piece.joint as usize != chain.joints.len() / 2 {
            continue;
        }
        let mut legs: Vec<f64> = pieces
            .iter()
            .flat_map(|q| [q.from.0, q.to.0])
            .chain(straight.iter().copied())
            .filter(|&x| run.low < x && x < run.high)
            .collect();
        legs.push(run.low);
        legs.push(run.high);
        legs.sort_by(f64::total_cmp);
        let widest = legs.windows(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
        let middle = widest.map_or((run.low + run.high) / 2.0, |w| (w[0] + w[1]) / 2.0);
        return Some((piece.link, middle, size.h + spacing.track / 2.0));
    }
    None
}

/// Orders overlapping runs and numbers their tracks; the runs whose legs meet others' in this order.
fn order_runs(runs: &mut [Run], pieces: &[Piece]) -> Vec<u32> {
    let n = runs.len();
    let pairs = overlapping(runs);
    // What must or should come below each run, with the price of the contrary.
    let mut below: Vec<Vec<(u32, i64, bool)>> = vec![Vec::new(); n];
    let (mut must, mut into, mut out) = (vec![0u32; n], vec![0i64; n], vec![0i64; n]);
    let mut related: Vec<Vec<u32>> = vec![Vec::new(); n];
    for &(a, b) in &pairs {
        let (s, t) = (&runs[a as usize], &runs[b as usize]);
        related[a as usize].push(b);
        related[b as usize].push(a);
        let (ab, ba) = (price(s, t, pieces), price(t, s, pieces));
        let key = |p: (u32, bool)| (p.1, p.0);
        let (first, second, less, more) = if key(ab) <= key(ba) { (a, b, ab, ba) } else { (b, a, ba, ab) };
        let weight = i64::from(more.0) - i64::from(less.0);
        let hard = more.1 && !less.1;
        if hard || weight > 0 {
            let weight = weight.max(0);
            below[first as usize].push((second, weight, hard));
            must[second as usize] += u32::from(hard);
            out[first as usize] += weight;
            into[second as usize] += weight;
        }
    }
    // Greedy order (Eades, Lin, Smyth 1993): runs that nothing wants above them first, then the largest surplus.
    type Key = (bool, bool, i64, u64, u32);
    let key = |k: u32, must: &[u32], into: &[i64], out: &[i64], runs: &[Run]| -> Key {
        let at = k as usize;
        let surplus = if into[at] > 0 { into[at] - out[at] } else { 0 };
        (must[at] > 0, into[at] > 0, surplus, runs[at].low.to_bits(), k)
    };
    let mut ready: std::collections::BTreeSet<Key> = (0..n as u32).map(|k| key(k, &must, &into, &out, runs)).collect();
    let mut placed = vec![false; n];
    let mut order = Vec::with_capacity(n);
    let mut stuck = Vec::new();
    while let Some((blocked, _, _, _, k)) = ready.pop_first() {
        if blocked {
            stuck.push(k);
        }
        placed[k as usize] = true;
        order.push(k);
        for &(t, weight, hard) in &below[k as usize] {
            if !placed[t as usize] {
                ready.remove(&key(t, &must, &into, &out, runs));
                into[t as usize] -= weight;
                must[t as usize] -= u32::from(hard);
                ready.insert(key(t, &must, &into, &out, runs));
            }
        }
        for &s in &related[k as usize] {
            if placed[s as usize] {
                continue;
            }
            if let Some(&(_, weight, _)) = below[s as usize].iter().find(|a| a.0 == k) {
                ready.remove(&key(s, &must, &into, &out, runs));
                out[s as usize] -= weight;
                ready.insert(key(s, &must, &into, &out, runs));
            }
        }
    }
    number(runs, &order, &related, pieces);
    stuck
}

/// Numbers tracks in the order found. A run joins the track of one before it that shares a port, if nothing lies between the two: that makes a trunk
/// and changes no crossing.
fn number(runs: &mut [Run], order: &[u32], related: &[Vec<u32>], pieces: &[Piece]) {
    let n = runs.len();
    let mut place = vec![0u32; n];
    order.iter().enumerate().for_each(|(at, &k)| place[k as usize] = at as u32);
    let mut group: Vec<u32> = (0..n as u32).collect();
    let mut members: Vec<Vec<u32>> = (0..n as u32).map(|k| vec![k]).collect();
    for &k in order {
        let mut before: Vec<u32> =
            related[k as usize].iter().copied().filter(|&j| place[j as usize] < place[k as usize]).collect();
        before.sort_by_key(|&j| Reverse(place[j as usize]));
        let mut partner = None;
        for j in before {
            let leader = group[j as usize];
            if partner.is_none()
                && members[leader as usize].iter().all(|&m| shares_port(&runs[m as usize], &runs[k as usize], pieces))
            {
                partner = Some(leader);
            }
            if partner != Some(leader) {
                break;
            }
        }
        let Some(leader) = partner else { continue };
        let latest = members[leader as usize].iter().map(|&m| place[m as usize]).max().unwrap_or(0);
        // Nothing that overlaps the new run may come after the partner, and nothing that overlaps the partner before the new run.
        let clear = |of: u32, from: u32, to: u32| {
            related[of as usize].iter().all(|&j| {
                group[j as usize] == leader || j == k || !(from < place[j as usize] && place[j as usize] < to)
            })
        };
        let first = members[leader as usize].iter().map(|&m| place[m as usize]).min().unwrap_or(0);
        if clear(k, first, place[k as usize])
            && members[leader as usize].iter().all(|&m| clear(m, latest, place[k as usize]))
        {
            group[k as usize] = leader;
            members[leader as usize].push(k);
        }
    }
    let mut done = vec![false; n];
    for &k in order {
        if done[k as usize] {
            continue;
        }
        let own = &members[group[k as usize] as usize];
        let above = own.iter().flat_map(|&m| &related[m as usize]).filter(|&&j| done[j as usize]);
        let track = above.map(|&j| runs[j as usize].track + 1).max().unwrap_or(0);
        for &m in own {
            runs[m as usize].track = track;
            done[m as usize] = true;
        }
    }
}

/// Whether two runs hang from one port, or lead to one.
fn shares_port(a: &Run, b: &Run, pieces: &[Piece]) -> bool {
    let trunks = |r: &Run| pieces[r.legs[0].2 as usize].trunks;
    a.label.is_none()
        && b.label.is_none()
        && a.legs[0].2 != b.legs[0].2
        && trunks(a).iter().any(|t| *t != u32::MAX && trunks(b).contains(t))
}
