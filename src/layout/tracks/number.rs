//! Tracks by number, for runs whose order is known.

use super::bars::Bars;
use super::reach::Reach;

/// Runs on one track: a trunk.
#[derive(Debug, Clone)]
struct Trunk {
    /// Places of its first and last run in the order, from 1 on.
    first: u32,
    last: u32,
    /// The ports that all of them hang from or lead to.
    ports: [u32; 2],
    members: Vec<u32>,
    /// Leaves under its runs: all of them stand over its port. Runs that were cut may not, and are told one by one.
    span: (u32, u32),
    cut: Vec<u32>,
}

impl Trunk {
    fn new(bars: &Bars, reach: &Reach, k: u32, place: u32) -> Self {
        let cut = if bars.half[k as usize].is_some() { vec![k] } else { Vec::new() };
        Self { first: place, last: place, ports: ports(bars, k), members: vec![k], span: reach.span(k), cut }
    }

    fn add(&mut self, bars: &Bars, reach: &Reach, k: u32, place: u32, ports: [u32; 2]) {
        (self.last, self.ports) = (place, ports);
        self.members.push(k);
        if bars.half[k as usize].is_some() {
            self.cut.push(k);
        } else {
            let span = reach.span(k);
            self.span = (self.span.0.min(span.0), self.span.1.max(span.1));
        }
    }

    /// The greatest number that lies on top where any of its runs goes.
    fn top(&self, reach: &Reach) -> u32 {
        self.cut.iter().map(|&m| reach.top(m).first).fold(reach.over(self.span).first, u32::max)
    }
}

/// Numbers tracks in the order found. A run joins the track of one before it that shares a port, if nothing lies between the two: that makes a trunk
/// and changes no crossing. O(n log n), but for cut runs on trunks.
pub(super) fn number(bars: &Bars, order: &[u32]) -> Vec<u32> {
    let n = bars.list.len();
    let mut trunks: Vec<Trunk> = Vec::with_capacity(n);
    let mut trunk_of = vec![u32::MAX; n];
    let mut reach = Reach::new(bars);
    for (place, &k) in (1..).zip(order) {
        let at = match joined(bars, &trunks, &trunk_of, &reach, k) {
            Some((at, ports)) => {
                trunks[at as usize].add(bars, &reach, k, place, ports);
                at
            }
            None => {
                trunks.push(Trunk::new(bars, &reach, k, place));
                trunks.len() as u32 - 1
            }
        };
        trunk_of[k as usize] = at;
        reach.put(k, place, at);
    }
    let mut tracks = vec![0; n];
    let mut reach = Reach::new(bars);
    // The trunks stand in the order of their first runs.
    for trunk in &trunks {
        let track = trunk.top(&reach);
        for &m in &trunk.members {
            tracks[m as usize] = track;
            reach.put(m, track + 1, 0);
        }
    }
    tracks
}

/// The trunk that a run can join, and the ports in common with it.
fn joined(bars: &Bars, trunks: &[Trunk], trunk_of: &[u32], reach: &Reach, k: u32) -> Option<(u32, [u32; 2])> {
    let top = reach.top(k);
    let at = if top.first > 0 { top.group } else { return None };
    let trunk = &trunks[at as usize];
    let own = ports(bars, k);
    let ports = trunk.ports.map(|t| if own.contains(&t) { t } else { u32::MAX });
    let same_link = bars.half[k as usize].is_some_and(|half| trunk_of[half as usize] == at);
    // Nothing that overlaps the new run may come after the trunk's first, and nothing that overlaps the trunk after its last.
    let free = ports != [u32::MAX; 2] && !same_link && top.second <= trunk.first && trunk.top(reach) <= trunk.last;
    free.then_some((at, ports))
}

/// The ports that a run may share with others.
fn ports(bars: &Bars, k: u32) -> [u32; 2] {
    let bar = &bars.list[k as usize];
    if bar.label.is_some() { [u32::MAX; 2] } else { bars.pieces[bar.piece() as usize].trunks }
}
