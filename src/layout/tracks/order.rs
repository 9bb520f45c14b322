//! The order of the runs of a slot, from the row above to the row below.
//!
//! Where few runs overlap, all pairs are weighed. Where many do, they are sorted: without legs that would meet, some order of the runs has for every pair the
//! fewest crossings. Runs that hang from both ends come first, the shorter before the longer: what would cross them crosses them anyway. Those that stand on
//! both ends come last, the longer before the shorter. Of those that lead from one row to the other and to the same side, the one furthest to that side
//! comes first; leading to different sides they cross in both orders or in neither.

use super::bars::{Bar, Bars};
use super::reach::Reach;
use std::collections::BTreeSet;

/// Pairs of overlapping runs that are all weighed, for each run and in any case.
const PAIRS_PER_BAR: usize = 16;
/// See [`PAIRS_PER_BAR`].
const PAIRS: usize = 4096;

/// The order of all bars, and those whose legs meet others' in it.
pub(super) fn order(bars: &Bars) -> (Vec<u32>, Vec<u32>) {
    let reach = Reach::new(bars);
    if reach.pairs() <= PAIRS + PAIRS_PER_BAR * bars.list.len() {
        let low = |k: u32| bars.list[k as usize].low().to_bits();
        greedy(bars.list.len(), &weighed(bars), low)
    } else {
        let musts = bars.musts();
        let free = |p: &&(u32, u32)| musts.binary_search(&(p.1, p.0)).is_err();
        let hard = musts.iter().filter(free);
        let wishes: Vec<Wish> = hard.map(|&(above, below)| Wish { above, below, weight: 0, hard: true }).collect();
        let place = sorted(bars, reach);
        greedy(bars.list.len(), &wishes, |k| u64::from(place[k as usize]))
    }
}

/// Of two bars which is to be above, how much dearer the other order is, and whether legs meet in that.
struct Wish {
    above: u32,
    below: u32,
    weight: i64,
    hard: bool,
}

/// The wishes of all pairs.
fn weighed(bars: &Bars) -> Vec<Wish> {
    let musts = bars.musts();
    let list = &bars.list;
    let mut by_low: Vec<u32> = (0..list.len() as u32).collect();
    by_low.sort_by(|&a, &b| list[a as usize].low().total_cmp(&list[b as usize].low()).then(a.cmp(&b)));
    let mut open: Vec<u32> = Vec::new();
    let mut wishes = Vec::new();
    for k in by_low {
        open.retain(|&j| list[j as usize].end() > list[k as usize].low());
        for &j in &open {
            let (a, b) = (j.min(k), j.max(k));
            let (s, t) = (&list[a as usize], &list[b as usize]);
            let meets = |above, below| !musts.is_empty() && musts.binary_search(&(below, above)).is_ok();
            let (ab, ba) = ((meets(a, b), price(s, t)), (meets(b, a), price(t, s)));
            let (above, below, less, more) = if ab <= ba { (a, b, ab, ba) } else { (b, a, ba, ab) };
            let (weight, hard) = (i64::from(more.1) - i64::from(less.1), more.0 && !less.0);
            if hard || weight > 0 {
                wishes.push(Wish { above, below, weight: weight.max(0), hard });
            }
        }
        open.push(k);
    }
    wishes
}

/// Crossings of `s` above `t`.
fn price(s: &Bar, t: &Bar) -> u32 {
    let crossed = |bar: &Bar, up: bool, by: &Bar| {
        let [a, b] = bar.legs.map(|l| l.up == up && by.holds(l.x));
        u32::from(a) + u32::from(b && !(a && bar.low() == bar.high()))
    };
    crossed(t, true, s) + crossed(s, false, t)
}

/// Greedy order (Eades, Lin, Smyth 1993): bars that nothing wants above them first, then the largest surplus; among equals the lowest `rank`.
fn greedy(n: usize, wishes: &[Wish], rank: impl Fn(u32) -> u64) -> (Vec<u32>, Vec<u32>) {
    let (mut must, mut into, mut out) = (vec![0u32; n], vec![0i64; n], vec![0i64; n]);
    let mut of = vec![Vec::new(); n];
    for (w, wish) in (0u32..).zip(wishes) {
        let (above, below) = (wish.above as usize, wish.below as usize);
        must[below] += u32::from(wish.hard);
        out[above] += wish.weight;
        into[below] += wish.weight;
        of[above].push(w);
        of[below].push(w);
    }
    type Key = (bool, bool, i64, u64, u32);
    let key = |k: u32, must: &[u32], into: &[i64], out: &[i64]| -> Key {
        let at = k as usize;
        let surplus = if into[at] > 0 { into[at] - out[at] } else { 0 };
        (must[at] > 0, into[at] > 0, surplus, rank(k), k)
    };
    let mut ready: BTreeSet<Key> = (0..n as u32).map(|k| key(k, &must, &into, &out)).collect();
    let mut placed = vec![false; n];
    let (mut order, mut stuck) = (Vec::with_capacity(n), Vec::new());
    while let Some((blocked, _, _, _, k)) = ready.pop_first() {
        if blocked {
            stuck.push(k);
        }
        placed[k as usize] = true;
        order.push(k);
        for &w in &of[k as usize] {
            let wish = &wishes[w as usize];
            let other = if wish.above == k { wish.below } else { wish.above };
            if placed[other as usize] {
                continue;
            }
            ready.remove(&key(other, &must, &into, &out));
            if wish.above == k {
                into[other as usize] -= wish.weight;
                must[other as usize] -= u32::from(wish.hard);
            } else {
                out[other as usize] -= wish.weight;
            }
            ready.insert(key(other, &must, &into, &out));
        }
    }
    (order, stuck)
}

/// The place of each bar in an order with the fewest crossings, whatever legs meet.
fn sorted(bars: &Bars, mut reach: Reach) -> Vec<u32> {
    let (mut hanging, mut standing, mut leftward, mut rightward) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (k, bar) in (0..).zip(&bars.list) {
        match bar.legs.map(|l| l.up) {
            [true, true] => hanging.push(k),
            [false, false] => standing.push(k),
            [true, false] => rightward.push(k),
            [false, true] => leftward.push(k),
        }
    }
    let bar = |k: &u32| &bars.list[*k as usize];
    let length = |k: &u32| bar(k).high() - bar(k).low();
    hanging.sort_by(|a, b| length(a).total_cmp(&length(b)));
    standing.sort_by(|a, b| length(b).total_cmp(&length(a)));
    rightward.sort_by(|a, b| bar(b).low().total_cmp(&bar(a).low()));
    leftward.sort_by(|a, b| bar(a).high().total_cmp(&bar(b).high()));
    // Of the two kinds that may come in any order, always the one that takes the lower track.
    let mut order = hanging;
    let (mut left, mut right) = (leftward.into_iter().peekable(), rightward.into_iter().peekable());
    loop {
        let track = |next: Option<&u32>| next.map_or(u32::MAX, |&k| reach.top(k).first);
        let (l, r) = (track(left.peek()), track(right.peek()));
        let Some(k) = (if l <= r { left.next() } else { right.next() }) else { break };
        reach.put(k, l.min(r) + 1, 0);
        order.push(k);
    }
    order.extend(standing);
    let mut place = vec![0; bars.list.len()];
    (0..).zip(order).for_each(|(at, k)| place[k as usize] = at);
    place
}

#[cfg(test)]
mod tests {
    use super::super::Piece;
    use super::*;

    #[test]
    fn sorted_runs_cross_no_more_than_weighed_ones() {
        let place = |k: u32, by: u32| f64::from(k * by % 199) * 10.0;
        let piece = |k: u32| Piece {
            link: k,
            joint: 0,
            from: (place(k, 37), !k.is_multiple_of(3)),
            to: (place(k, 91) + 5.0, k.is_multiple_of(2)),
            trunks: [u32::MAX; 2],
        };
        let pieces: Vec<Piece> = (0..120).map(piece).collect();
        let bars = Bars::new(&pieces);
        let n = bars.list.len();
        let crossings = |order: &[u32]| -> u32 {
            let bar = |k: usize| &bars.list[order[k] as usize];
            (0..n).flat_map(|b| (0..b).map(move |a| (a, b))).map(|(a, b)| price(bar(a), bar(b))).sum()
        };
        let rank = sorted(&bars, Reach::new(&bars));
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.sort_by_key(|&k| rank[k as usize]);
        let (weighed, stuck) = greedy(n, &weighed(&bars), |k| bars.list[k as usize].low().to_bits());
        assert!(stuck.is_empty());
        assert_eq!(crossings(&order), crossings(&weighed));
    }
}
