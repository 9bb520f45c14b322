//! Network simplex: least total length under minimum distances (Gansner, Koutsofios, North, Vo 1993).
//!
//! Solves `min sum w(e) * (x(v) - x(u))` over edges `e = (u, v)` subject to `x(v) - x(u) >= len(e)`. Layers and columns are both such problems.
//! Exact while the budget of pivots lasts; a solution that runs out of budget is feasible and near the optimum. All numbers are integers, so the
//! result is the same everywhere.

mod frontier;
mod pivots;
mod tree;

use super::adjacent::Adjacent;
use pivots::Simplex;

/// A minimum distance between two variables and the price of every unit beyond it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Edge {
    /// The smaller variable.
    pub(super) from: u32,
    /// The larger variable.
    pub(super) to: u32,
    /// `x(to) - x(from)` is at least this: no drawing is as wide as 2^29 pixels.
    pub(super) len: i32,
    /// Price of a unit of length.
    pub(super) weight: i32,
}

impl Edge {
    /// The least distance.
    pub(super) fn len(&self) -> i64 {
        i64::from(self.len)
    }

    /// The price of a unit of length.
    pub(super) fn weight(&self) -> i64 {
        i64::from(self.weight)
    }
}

/// The edges at each variable.
pub(super) fn incident(n: usize, edges: &[Edge]) -> Adjacent {
    Adjacent::new(n, (0u32..).zip(edges).flat_map(|(k, e)| [(e.from, k), (e.to, k)]))
}

/// Distances that form no cycle, and an order of the variables in which each of them leads forward.
pub(super) struct Forward {
    /// All variables, in that order.
    pub(super) order: Vec<u32>,
    leaving: Adjacent<(u32, i32)>,
}

impl Forward {
    /// Of these edges, with the smallest positions that keep them; `None` if they form a cycle.
    pub(super) fn new(n: usize, edges: &[Edge]) -> Option<(Self, Vec<i64>)> {
        let mut x = vec![0i64; n];
        let forward = walk(n, edges, |from, to, len| x[to as usize] = x[to as usize].max(x[from as usize] + len))?;
        Some((forward, x))
    }

    /// The smallest positions that keep the distances and are no less than these, which the first variable of each pair that `more` gives moves too, with
    /// their distance: along such pairs the distances must lead already.
    pub(super) fn raise(&self, x: &mut [i64], more: impl Fn(u32) -> Option<(u32, i32)>) {
        for &v in &self.order {
            let from = x[v as usize];
            for &(to, len) in self.leaving.of(v).iter().chain(&more(v)) {
                x[to as usize] = x[to as usize].max(from + i64::from(len));
            }
        }
    }
}

/// Smallest positions that keep all distances; `None` if the edges form a cycle.
pub(super) fn longest_path(n: usize, edges: &[Edge]) -> Option<Vec<i64>> {
    Forward::new(n, edges).map(|(_, x)| x)
}

/// Whether the edges form a cycle.
pub(super) fn is_cyclic(n: usize, edges: &[Edge]) -> bool {
    walk(n, edges, |_, _, _| ()).is_none()
}

/// Visits each edge after all those that lead to its start: from, to and length.
fn walk(n: usize, edges: &[Edge], mut visit: impl FnMut(u32, u32, i64)) -> Option<Forward> {
    let mut missing = vec![0u32; n];
    edges.iter().for_each(|e| missing[e.to as usize] += 1);
    let leaving = Adjacent::new(n, edges.iter().map(|e| (e.from, (e.to, e.len))));
    let mut order: Vec<u32> = Vec::with_capacity(n);
    order.extend((0..n as u32).filter(|&v| missing[v as usize] == 0));
    let mut next = 0;
    while next < order.len() {
        let v = order[next];
        next += 1;
        for &(to, len) in leaving.of(v) {
            visit(v, to, i64::from(len));
            missing[to as usize] -= 1;
            if missing[to as usize] == 0 {
                order.push(to);
            }
        }
    }
    (order.len() == n).then_some(Forward { order, leaving })
}

/// Positions of least total price with at most `budget` pivots; `None` if the edges form a cycle. The smallest position is 0.
pub(super) fn solve(n: usize, edges: Vec<Edge>, budget: usize) -> Option<Vec<i64>> {
    /// Above so many variables the budget may end before the optimum.
    const LARGE: usize = 2000;
    let (forward, mut x) = Forward::new(n, &edges)?;
    if n > LARGE {
        settle(&forward.order, &edges, &mut x);
    }
    drop(forward);
    Some(improve(edges, x, budget))
}

/// Moves each variable as far as its distances let it to the side that pulls more, a few times over: a start near the optimum in linear time. They come in
/// an `order` in which each edge leads forward.
fn settle(order: &[u32], edges: &[Edge], x: &mut [i64]) {
    const PASSES: usize = 4;
    let at = incident(x.len(), edges);
    let mut pull = vec![0i64; x.len()];
    for e in edges {
        pull[e.from as usize] += e.weight();
        pull[e.to as usize] -= e.weight();
    }
    for pass in 0..PASSES {
        let late = pass % 2 == 0;
        let mut visit = |v: u32| {
            let bounds = at.of(v).iter().map(|&k| edges[k as usize]).filter(|e| (e.from == v) == late);
            let bound = if late {
                bounds.map(|e| x[e.to as usize] - e.len()).min()
            } else {
                bounds.map(|e| x[e.from as usize] + e.len()).max()
            };
            if let Some(bound) = bound
                && (pull[v as usize] > 0) == late
                && pull[v as usize] != 0
            {
                x[v as usize] = bound;
            }
        };
        if late {
            order.iter().rev().for_each(|&v| visit(v));
        } else {
            order.iter().for_each(|&v| visit(v));
        }
    }
}

/// Positions of least total price, starting from ones that keep all distances; cycles are welcome here. The smallest position is 0.
pub(super) fn improve(mut edges: Vec<Edge>, start: Vec<i64>, budget: usize) -> Vec<i64> {
    let n = start.len();
    let mut x = start;
    if n == 0 {
        return x;
    }
    // A root before everything makes the graph connected without pulling at anything.
    let least = x.iter().copied().min().unwrap_or(0);
    let mut first = vec![true; n];
    edges.iter().for_each(|e| first[e.to as usize] = false);
    let is_first = |v: &usize| first[*v] || x[*v] == least;
    edges.reserve_exact((0..n).filter(is_first).count());
    edges.extend((0..n).filter(is_first).map(|v| Edge { from: n as u32, to: v as u32, len: 0, weight: 0 }));
    x.push(least);
    Simplex::new(n + 1, &edges, &mut x).run(budget);
    x.truncate(n);
    let least = x.iter().copied().min().unwrap_or(0);
    x.iter_mut().for_each(|v| *v -= least);
    x
}

/// No edge.
const NONE: u32 = u32::MAX;

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: u32, to: u32, len: i32, weight: i32) -> Edge {
        Edge { from, to, len, weight }
    }

    #[test]
    fn positions_are_raised_along_more_distances_as_if_these_had_been_known() {
        let edges = [edge(0, 1, 3, 0), edge(1, 2, 2, 0), edge(0, 3, 1, 0)];
        let (forward, mut x) = Forward::new(4, &edges).unwrap();
        assert_eq!(x, [0, 3, 5, 1]);
        forward.raise(&mut x, |v| (v == 0).then_some((1, 7)));
        assert_eq!(x, [0, 7, 9, 1]);
    }

    #[test]
    fn heavy_edges_are_short() {
        let edges = [edge(0, 1, 1, 1), edge(1, 2, 1, 1), edge(0, 3, 1, 1), edge(3, 2, 1, 5), edge(2, 4, 1, 1)];
        assert_eq!(solve(5, edges.to_vec(), 1000), Some(vec![0, 1, 2, 1, 3]));
    }

    #[test]
    fn a_cycle_has_no_solution() {
        assert_eq!(solve(2, vec![edge(0, 1, 1, 1), edge(1, 0, 1, 1)], 10), None);
    }

    #[test]
    fn no_solution_of_small_problems_is_cheaper() {
        let mut seed = 1u64;
        let mut random = |n: u64| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) % n
        };
        for _ in 0..300 {
            let n = 4u32;
            let mut edges = Vec::new();
            for a in 0..n {
                for b in a + 1..n {
                    if random(3) > 0 {
                        edges.push(edge(a, b, random(3) as i32, random(4) as i32));
                    }
                }
            }
            let price =
                |x: &[i64]| -> i64 { edges.iter().map(|e| e.weight() * (x[e.to as usize] - x[e.from as usize])).sum() };
            let best = (0..7i64.pow(n))
                .map(|code| (0..n).map(|i| code / 7i64.pow(i) % 7).collect::<Vec<_>>())
                .filter(|x| edges.iter().all(|e| x[e.to as usize] - x[e.from as usize] >= e.len()))
                .map(|x| price(&x))
                .min();
            let found = solve(n as usize, edges.clone(), 1000);
            assert_eq!(found.map(|x| price(&x)), best);
        }
    }
}
