//! What each phase promises, checked after each phase on random graphs with everything at once.

#[path = "../../tests/engine/long.rs"]
mod long;
#[path = "../../tests/support/random.rs"]
mod support;
#[path = "../../tests/engine/wild.rs"]
mod wild;

use super::nest::{Nest, ROOT, inner};
use super::rows::{Joint, Kind, Rows};
use super::tracks::{Slot, Use};
use super::*;
use std::collections::BTreeMap;

/// Every group around an item or a box, from the innermost out.
fn groups_around(nest: &Nest, mut g: u32) -> Vec<u32> {
    let mut out = Vec::new();
    while g != ROOT {
        out.push(g);
        g = nest.parent[g as usize];
    }
    out
}

/// Boxes stand in rows of all groups around them, groups in rows of their parents, and members of a class in the same rows.
fn after_rank(graph: &Graph, nest: &Nest, ranks: &rank::Ranks) {
    let rows = |g: u32| ranks.top[g as usize]..=ranks.bottom[g as usize];
    for (b, row) in ranks.of_box.iter().enumerate() {
        assert!(*row < ranks.count);
        assert!(groups_around(nest, nest.home[b]).iter().all(|&g| rows(g).contains(row)), "box {b}");
    }
    for g in 1..nest.len() as u32 {
        let around = groups_around(nest, nest.parent[g as usize]);
        assert!(around.iter().all(|&p| rows(p).contains(rows(g).start()) && rows(p).contains(rows(g).end())));
    }
    let range = |m: &Member| match *m {
        Member::Box(b) => (ranks.of_box[b.at()], ranks.of_box[b.at()]),
        Member::Group(g) => (*rows(inner(g)).start(), *rows(inner(g)).end()),
    };
    for class in &graph.classes {
        assert!(class.windows(2).all(|w| range(&w[0]) == range(&w[1])), "{class:?}");
    }
}

/// Every item stands once, in its own row; the items of a group stand together in each row; what is joined stands on both sides of a channel or in one row.
fn after_rows(nest: &Nest, rows: &Rows) {
    let mut seen = vec![false; rows.items.len()];
    for (r, row) in rows.rows.iter().enumerate() {
        let mut last: BTreeMap<u32, usize> = BTreeMap::new();
        for (k, &i) in row.iter().enumerate() {
            assert!(!std::mem::replace(&mut seen[i as usize], true), "item {i} stands twice");
            assert_eq!(rows.items[i as usize].row as usize, r);
            for g in groups_around(nest, rows.items[i as usize].region) {
                let before = last.insert(g, k);
                assert!(before.is_none_or(|b| b + 1 == k), "group {g} is torn apart in row {r}");
            }
        }
    }
    assert!(seen.iter().all(|s| *s), "an item stands nowhere");
    for chain in rows.chains.iter().filter(|c| c.feet.is_some()) {
        assert_eq!(chain.joints.len() + 1, chain.items.len());
        for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
            let [a, b] = [pair[0], pair[1]].map(|i| rows.items[i as usize].row);
            match joint {
                Joint::Row => assert_eq!(a, b),
                Joint::Channel(c) => assert!([a, b].iter().all(|r| r + 1 == c.below || *r == c.below)),
            }
        }
    }
}

/// What takes room in a row stands apart and in its order; groups hold their items, boxes on side walls apart, and stand apart from what is beside them.
fn after_columns(nest: &Nest, rows: &Rows, columns: &columns::Columns) {
    let slack = 0.3;
    for row in &rows.rows {
        let mut end = f64::MIN;
        for &i in row {
            let (item, x) = (&rows.items[i as usize], columns.item[i as usize]);
            // A filler beside other items of its group takes no room.
            if item.kind == Kind::Void {
                continue;
            }
            let on_wall =
                matches!(item.kind, Kind::Box(b) if matches!(nest.border[b as usize], Some(Side::Left | Side::Right)));
            for g in groups_around(nest, item.region).into_iter().skip(usize::from(on_wall)) {
                let (left, right) = (columns.left[g as usize], columns.right[g as usize]);
                assert!(left <= x + slack && x <= right + slack, "item {i} leaves group {g}");
            }
            if !matches!(item.kind, Kind::Port(_)) {
                assert!(end <= x - item.left + slack, "item {i} overlaps the one before it");
                end = x + item.right;
            }
        }
    }
    for g in 1..nest.len() {
        assert!(columns.left[g] < columns.right[g]);
        let p = nest.parent[g] as usize;
        let held = p == ROOT as usize || columns.left[p] <= columns.left[g] && columns.right[g] <= columns.right[p];
        assert!(held, "group {g} leaves its parent");
        for h in (1..g).filter(|&h| nest.parent[h] == nest.parent[g]) {
            let level = rows.top[g] <= rows.bottom[h] && rows.top[h] <= rows.bottom[g];
            let apart = columns.right[g] <= columns.left[h] || columns.right[h] <= columns.left[g];
            assert!(!level || apart, "groups {g} and {h} overlap");
        }
    }
}

/// A level stretch of a link on a track, and the ports at the link's ends.
struct Stretch {
    low: f64,
    high: f64,
    link: usize,
    trunks: [u32; 2],
}

/// An upright piece of a link in a channel: its place, how far down it reaches from above or from which track on it runs down, and the ports.
struct Leg {
    x: f64,
    from_above: bool,
    track: u32,
    link: usize,
    trunks: [u32; 2],
}

/// Every joint through a channel runs on tracks of its lane, or straight where its legs stand in line; what overlaps on a track has a port in common, and so
/// have a leg from above and one from below that come over each other.
fn after_tracks(rows: &Rows, ports: &ports::Ports, columns: &columns::Columns, tracks: &tracks::Tracks) {
    let mut level: BTreeMap<(Slot, u32), Vec<Stretch>> = BTreeMap::new();
    let mut legs: BTreeMap<Slot, Vec<Leg>> = BTreeMap::new();
    for (link, chain) in rows.chains.iter().enumerate() {
        assert_eq!(tracks.uses[link].len(), chain.joints.len());
        for (k, (joint, used)) in chain.joints.iter().zip(&tracks.uses[link]).enumerate() {
            let Joint::Channel(channel) = joint else {
                assert_eq!(*used, Use::Straight, "link {link} takes a track along its row");
                continue;
            };
            let end = |at: usize| {
                let above = rows.items[chain.items[at] as usize].row < channel.below;
                (ports::leg(rows, ports, &columns.item, link, k, at), above)
            };
            let (from, to) = (end(k), end(k + 1));
            let (slot, runs) = match *used {
                Use::Straight => {
                    assert!((from.0 - to.0).abs() < 0.01 && from.1 != to.1, "link {link} is not straight");
                    continue;
                }
                Use::One(slot, run) => (slot, vec![(from, to, run)]),
                Use::Two(slot, a, x, b) => (slot, vec![(from, (x, !from.1), a), ((x, !to.1), to, b)]),
            };
            assert_eq!(slot.channel, channel.below);
            let trunks = ports.trunk[link];
            for (a, b, run) in runs {
                let track = tracks.slots[&slot][run as usize].track;
                let stretch = Stretch { low: a.0.min(b.0), high: a.0.max(b.0), link, trunks };
                level.entry((slot, track)).or_default().push(stretch);
                let leg = |(x, from_above): (f64, bool)| Leg { x, from_above, track, link, trunks };
                legs.entry(slot).or_default().extend([leg(a), leg(b)]);
            }
        }
    }
    let related = |a: (usize, [u32; 2]), b: (usize, [u32; 2])| {
        a.0 == b.0 || a.1.iter().any(|t| *t != u32::MAX && b.1.contains(t))
    };
    for (place, mut stretches) in level {
        stretches.sort_by(|a, b| a.low.total_cmp(&b.low));
        for (k, a) in stretches.iter().enumerate() {
            for b in stretches[k + 1..].iter().take_while(|b| b.low < a.high) {
                let fine = related((a.link, a.trunks), (b.link, b.trunks));
                assert!(fine, "links {} and {} lie on each other on {place:?}", a.link, b.link);
            }
        }
    }
    for (slot, mut legs) in legs {
        legs.sort_by(|a, b| a.x.total_cmp(&b.x));
        for (k, a) in legs.iter().enumerate() {
            for b in legs[k + 1..].iter().take_while(|b| b.x - a.x < 0.01) {
                let (above, below) = if a.from_above { (a, b) } else { (b, a) };
                let meet = a.from_above != b.from_above && below.track <= above.track;
                let fine = !meet || related((a.link, a.trunks), (b.link, b.trunks));
                assert!(fine, "legs of links {} and {} lie on each other in {slot:?}", a.link, b.link);
            }
        }
    }
}

/// Rows come one after the other, with tracks and walls between them in their order; groups hold their rows.
fn after_lines(nest: &Nest, rows: &Rows, lines: &lines::Lines) {
    for r in 1..rows.rows.len() {
        let reach = |r: usize, side: fn(&rows::Item) -> f64| {
            rows.rows[r].iter().map(|&i| side(&rows.items[i as usize])).fold(0.0, f64::max)
        };
        assert!(lines.row[r - 1] + reach(r - 1, |i| i.down) <= lines.row[r] - reach(r, |i| i.up) + 0.01, "row {r}");
    }
    for g in 1..nest.len() {
        assert!(lines.top[g] < lines.bottom[g], "group {g}");
        assert!(
            lines.top[g] <= lines.row[rows.top[g] as usize] && lines.row[rows.bottom[g] as usize] <= lines.bottom[g]
        );
        let p = nest.parent[g] as usize;
        assert!(p == ROOT as usize || lines.top[p] <= lines.top[g] && lines.bottom[g] <= lines.bottom[p], "group {g}");
    }
    for places in lines.tracks.values() {
        assert!(places.windows(2).all(|w| w[0] < w[1]));
    }
}

/// Runs the phases up to the lines, and checks each, for every layering that the graph may get.
fn phases(graph: &Graph) {
    if check::check(graph).is_err() {
        return;
    }
    let strip = orient::strip(graph.flow);
    let (graph, spacing) = orient::downward(graph, &Spacing::default());
    let nest = Nest::new(&graph);
    for ranks in rank::rank(&graph, &nest, &spacing).unwrap_or_default() {
        after_rank(&graph, &nest, &ranks);
        phases_of_layers(&graph, &nest, &ranks, &spacing, strip);
    }
}

fn phases_of_layers(graph: &Graph, nest: &Nest, ranks: &rank::Ranks, spacing: &Spacing, strip: orient::Strip) {
    let ordered = Ordered { graph, nest, ranks, spacing, strip };
    let mut rows = ordered.courses(&mut |_| ());
    after_rows(nest, &rows);
    let ports = ports::ports(graph, &rows, &places(&rows), spacing);
    let mut columns = columns::columns(graph, nest, &rows, &ports, spacing, strip, columns::Effort::Full);
    after_columns(nest, &rows, &columns);
    elbows::elbows(graph, nest, &mut rows, &mut columns, spacing);
    stretch::stretch(graph, nest, &mut rows, &mut columns, spacing, strip);
    let heights = lines::heights(graph, nest, &rows);
    let tracks = tracks::tracks(graph, &rows, &ports, &columns, &heights, spacing);
    after_tracks(&rows, &ports, &columns, &tracks);
    let room = lines::OutlineRoom::FromBoxes;
    let lines = lines::lines(graph, nest, &rows, &columns, &tracks, &heights, spacing, strip, room);
    after_lines(nest, &rows, &lines);
}

#[test]
fn every_phase_keeps_its_promise_on_small_graphs() {
    (0..300).for_each(|seed| phases(&wild::graph(seed, 8)));
}

#[test]
fn every_phase_keeps_its_promise_on_graphs() {
    (0..120).for_each(|seed| phases(&wild::graph(seed, 24)));
}

#[test]
fn every_phase_keeps_its_promise_on_graphs_too_long_for_a_page() {
    (0..60).for_each(|seed| phases(&long::graph(seed)));
}
