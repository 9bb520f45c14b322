//! What each phase promises, checked after each phase on random graphs with everything at once.

#[path = "../../tests/support/random.rs"]
mod support;
#[path = "../../tests/engine/wild.rs"]
mod wild;

use super::nest::{Nest, ROOT, inner};
use super::rows::{Joint, Kind, Rows};
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

/// Runs the phases up to the lines, and checks each.
fn phases(graph: &Graph) {
    if check::check(graph).is_err() {
        return;
    }
    let (graph, spacing) = orient::downward(graph, &Spacing::default());
    let nest = Nest::new(&graph);
    let Ok(ranks) = rank::rank(&graph, &nest, &spacing) else { return };
    after_rank(&graph, &nest, &ranks);
    let strip = orient::strip(graph.flow);
    let ordered = Ordered { graph: &graph, nest: &nest, ranks: &ranks, spacing: &spacing, strip };
    let mut rows = ordered.courses(&mut |_| ());
    after_rows(&nest, &rows);
    let ports = ports::ports(&graph, &rows, &places(&rows), &spacing);
    let mut columns = columns::columns(&graph, &nest, &rows, &ports, &spacing, strip, columns::Effort::Full);
    after_columns(&nest, &rows, &columns);
    elbows::elbows(&graph, &nest, &mut rows, &mut columns, &spacing);
    stretch::stretch(&graph, &nest, &mut rows, &mut columns, &spacing, strip);
    let heights = lines::heights(&graph, &nest, &rows);
    let tracks = tracks::tracks(&graph, &rows, &ports, &columns, &heights, &spacing);
    let room = lines::OutlineRoom::FromBoxes;
    let lines = lines::lines(&graph, &nest, &rows, &columns, &tracks, &heights, &spacing, strip, room);
    after_lines(&nest, &rows, &lines);
}

#[test]
fn every_phase_keeps_its_promise_on_small_graphs() {
    (0..300).for_each(|seed| phases(&wild::graph(seed, 8)));
}

#[test]
fn every_phase_keeps_its_promise_on_graphs() {
    (0..120).for_each(|seed| phases(&wild::graph(seed, 24)));
}
