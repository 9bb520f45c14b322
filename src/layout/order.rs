//! The order of items within rows: few crossings, groups together, sibling groups on the same side of each other in all rows that they share.
//!
//! Barycentre sweeps (Sugiyama, Tagawa, Toda 1981) on the tree of groups of each row; a group that reaches on from the row before keeps its side
//! (Forster 2002). Crossings are counted with a Fenwick tree (Barth, Mutzel, Junger 2004); the walls of groups count as heavy links, so a link through a
//! foreign group is dear. Then neighbours are exchanged while that helps. Small drawings get several starts, with seeds that depend on nothing but the graph.

use super::Side;
use super::nest::{NONE, Nest, ROOT};
use super::rows::{ItemId, Joint, Kind, Lane, Rows};

/// Price of a link through a wall of a group that holds neither end, in crossings.
const WALL: u64 = 6;
/// Price of a box between two boxes of one row that are linked.
const BETWEEN: u64 = 2;
/// Drawings of fewer items than this are small.
const SMALL: usize = 400;
/// Work (items times sweeps) that may be spent on further starts.
const WORK: usize = 60_000;

/// Orders all rows.
pub(super) fn order(nest: &Nest, rows: &mut Rows, level: &[(ItemId, ItemId)]) {
    let items = rows.items.len();
    let mut state = State::new(nest, rows, level);
    state.place_all();
    let mut best = (state.cost(), state.leaves());
    let starts = (WORK / (items * 8).max(1)).clamp(1, 24);
    let sweeps = (100_000 / items.max(1)).clamp(8, 24);
    for start in 0..starts {
        if best.0 == 0 {
            break;
        }
        if start > 0 {
            state.adopt(&best.1);
            state.shuffle(start as u64);
        }
        state.descend(sweeps, start % 2 == 1, &mut best);
    }
    rows.rows = best.1;
    sides(nest, rows);
}

/// Boxes astride a side wall stand first or last in their group.
fn sides(nest: &Nest, rows: &mut Rows) {
    for (b, side) in nest.border.iter().enumerate() {
        let Some(side @ (Side::Left | Side::Right)) = side else { continue };
        let row = &mut rows.rows[rows.items[b].row as usize];
        let inside = |i: &ItemId| nest.holds(nest.home[b], rows.items[*i as usize].region);
        let Some(at) = row.iter().position(|&i| i as usize == b) else { continue };
        let (Some(first), Some(last)) = (row.iter().position(inside), row.iter().rposition(inside)) else { continue };
        let item = row.remove(at);
        row.insert(if *side == Side::Left { first } else { last }, item);
    }
}

/// A group or an item in one row.
#[derive(Debug, Clone)]
struct Node {
    parent: u32,
    /// The group, or [`NONE`] for an item.
    group: u32,
    /// The item of a leaf.
    item: ItemId,
    /// First and last token of it in its row.
    low: i32,
    high: i32,
    /// Members, left to right.
    members: Vec<u32>,
}

struct State<'a> {
    nest: &'a Nest,
    top: &'a [u32],
    bottom: &'a [u32],
    /// Per row, its nodes; node 0 is the root.
    rows: Vec<Vec<Node>>,
    /// Node of each group in each of its rows.
    node_of: Vec<Vec<u32>>,
    row_of: Vec<u32>,
    /// Token of each item.
    at: Vec<i32>,
    /// Neighbours in the row above and below.
    above: Neighbours,
    below: Neighbours,
    level: &'a [(ItemId, ItemId)],
    solid: Vec<bool>,
    gap_cost: Vec<u64>,
    scratch: Vec<(i32, i32, u64)>,
    tree: Vec<u64>,
}

/// Items next to each item, in one array.
struct Neighbours {
    start: Vec<u32>,
    list: Vec<ItemId>,
}

impl Neighbours {
    fn new(n: usize, pairs: &[(ItemId, ItemId)]) -> Self {
        let mut start = vec![0u32; n + 1];
        for p in pairs {
            start[p.0 as usize + 1] += 1;
        }
        for v in 0..n {
            start[v + 1] += start[v];
        }
        let mut fill = start.clone();
        let mut list = vec![0; pairs.len()];
        for p in pairs {
            list[fill[p.0 as usize] as usize] = p.1;
            fill[p.0 as usize] += 1;
        }
        Self { start, list }
    }

    fn of(&self, v: ItemId) -> &[ItemId] {
        &self.list[self.start[v as usize] as usize..self.start[v as usize + 1] as usize]
    }
}

impl<'a> State<'a> {
    fn new(nest: &'a Nest, rows: &'a Rows, level: &'a [(ItemId, ItemId)]) -> Self {
        let (mut down, mut up) = (Vec::new(), Vec::new());
        for chain in &rows.chains {
            for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
                let (a, b) = (pair[0], pair[1]);
                let (ra, rb) = (rows.items[a as usize].row, rows.items[b as usize].row);
                if !matches!(joint, Joint::Channel(c) if c.lane == Lane::Middle) || ra == rb {
                    continue;
                }
                let (a, b) = if ra < rb { (a, b) } else { (b, a) };
                down.push((a, b));
                up.push((b, a));
            }
        }
        let n = rows.items.len();
        let mut state = Self {
            nest,
            top: &rows.top,
            bottom: &rows.bottom,
            rows: Vec::new(),
            node_of: (0..nest.len()).map(|g| vec![NONE; (rows.bottom[g] - rows.top[g]) as usize + 1]).collect(),
            row_of: rows.items.iter().map(|i| i.row).collect(),
            at: vec![0; n],
            above: Neighbours::new(n, &up),
            below: Neighbours::new(n, &down),
            level,
            solid: rows.items.iter().map(|i| !matches!(i.kind, Kind::Pass(_) | Kind::Void) || i.label).collect(),
            gap_cost: vec![0; rows.rows.len()],
            scratch: Vec::new(),
            tree: Vec::new(),
        };
        for (r, row) in rows.rows.iter().enumerate() {
            let nodes = state.row_tree(r as u32, row, rows);
            state.rows.push(nodes);
        }
        state
    }

    fn row_tree(&mut self, r: u32, row: &[ItemId], rows: &Rows) -> Vec<Node> {
        let new = |parent, group, item| Node { parent, group, item, low: 0, high: 0, members: Vec::new() };
        let mut nodes = vec![new(NONE, ROOT, NONE)];
        self.node_of[ROOT as usize][r as usize] = 0;
        for &i in row {
            let leaf = nodes.len() as u32;
            nodes.push(new(NONE, NONE, i));
            let (mut child, mut g) = (leaf, rows.items[i as usize].region);
            loop {
                let slot = (r - self.top[g as usize]) as usize;
                let known = self.node_of[g as usize][slot];
                let parent = if known == NONE { nodes.len() as u32 } else { known };
                if known == NONE {
                    self.node_of[g as usize][slot] = parent;
                    nodes.push(new(NONE, g, NONE));
                }
                nodes[child as usize].parent = parent;
                nodes[parent as usize].members.push(child);
                if known != NONE {
                    break;
                }
                (child, g) = (parent, self.nest.parent[g as usize]);
            }
        }
        nodes
    }

    /// Numbers the tokens of one row: items, and the opening and closing of each group.
    fn place(&mut self, r: usize) {
        let nodes = &mut self.rows[r];
        let mut stack = vec![(0u32, 0usize)];
        let mut token = 0;
        while let Some(top) = stack.last_mut() {
            let v = top.0 as usize;
            if nodes[v].group == NONE {
                self.at[nodes[v].item as usize] = token;
                (nodes[v].low, nodes[v].high) = (token, token);
                token += 1;
                stack.pop();
                continue;
            }
            if top.1 == 0 {
                nodes[v].low = token;
                token += 1;
            }
            if let Some(&c) = nodes[v].members.get(top.1) {
                top.1 += 1;
                stack.push((c, 0));
            } else {
                nodes[v].high = token;
                token += 1;
                stack.pop();
            }
        }
    }

    fn place_all(&mut self) {
        for r in 0..self.rows.len() {
            self.place(r);
        }
        for r in 1..self.rows.len() {
            self.gap_cost[r] = self.count(r);
        }
    }

    fn leaves_of(&self, r: usize) -> Vec<ItemId> {
        let nodes = &self.rows[r];
        let mut out = Vec::new();
        let mut stack = vec![0u32];
        while let Some(v) = stack.pop() {
            let node = &nodes[v as usize];
            if node.group == NONE {
                out.push(node.item);
            } else {
                stack.extend(node.members.iter().rev());
            }
        }
        out
    }

    fn leaves(&self) -> Vec<Vec<ItemId>> {
        (0..self.rows.len()).map(|r| self.leaves_of(r)).collect()
    }

    /// Takes over an order of items.
    fn adopt(&mut self, rows: &[Vec<ItemId>]) {
        for (r, row) in rows.iter().enumerate() {
            for (k, &i) in row.iter().enumerate() {
                self.at[i as usize] = k as i32;
            }
            let nodes = &mut self.rows[r];
            let mut least = vec![i32::MAX; nodes.len()];
            for v in 0..nodes.len() {
                if nodes[v].group == NONE {
                    let k = self.at[nodes[v].item as usize];
                    let mut up = v as u32;
                    while up != NONE && least[up as usize] > k {
                        least[up as usize] = k;
                        up = nodes[up as usize].parent;
                    }
                }
            }
            for node in nodes.iter_mut() {
                node.members.sort_by_key(|&c| least[c as usize]);
            }
        }
        self.place_all();
    }

    /// Crossings between the rows `r - 1` and `r`, walls included.
    fn count(&mut self, r: usize) -> u64 {
        let mut edges = std::mem::take(&mut self.scratch);
        edges.clear();
        for node in &self.rows[r - 1] {
            if node.group == NONE {
                let from = self.at[node.item as usize];
                edges.extend(self.below.of(node.item).iter().map(|&j| (from, self.at[j as usize], 1)));
            } else if node.group != ROOT && self.bottom[node.group as usize] as usize >= r {
                let next = self.node_of[node.group as usize][r - self.top[node.group as usize] as usize];
                let next = &self.rows[r][next as usize];
                edges.push((node.low, next.low, WALL));
                edges.push((node.high, next.high, WALL));
            }
        }
        let width = self.rows[r][0].high as usize + 1;
        let total = inversions(&mut edges, width, &mut self.tree);
        self.scratch = edges;
        total
    }

    fn cost(&self) -> u64 {
        self.gap_cost.iter().sum::<u64>() + self.level_cost()
    }

    fn level_cost(&self) -> u64 {
        let mut sum = 0;
        for &(a, b) in self.level {
            let (low, high) =
                (self.at[a as usize].min(self.at[b as usize]), self.at[a as usize].max(self.at[b as usize]));
            let row = &self.rows[self.row_of[a as usize] as usize];
            let between =
                row.iter().filter(|n| n.group == NONE && n.low > low && n.low < high && self.solid[n.item as usize]);
            sum += between.count() as u64 * BETWEEN;
        }
        sum
    }

    /// Sweeps from the present order, keeping the best one seen.
    fn descend(&mut self, sweeps: usize, flip: bool, best: &mut (u64, Vec<Vec<ItemId>>)) {
        let mut idle = 0;
        let mut lowest = u64::MAX;
        for sweep in 0..sweeps {
            let ties_turned = (sweep / 2) % 2 == usize::from(!flip);
            if (sweep % 2 == 0) != flip {
                for r in 1..self.rows.len() {
                    self.sort_row(r, r - 1, ties_turned);
                }
            } else {
                for r in (0..self.rows.len().saturating_sub(1)).rev() {
                    self.sort_row(r, r + 1, ties_turned);
                }
            }
            self.exchange();
            for r in 1..self.rows.len() {
                self.gap_cost[r] = self.count(r);
            }
            let cost = self.cost();
            if cost < best.0 {
                *best = (cost, self.leaves());
            }
            if cost < lowest {
                (lowest, idle) = (cost, 0);
            } else {
                idle += 1;
                if idle >= 6 {
                    break;
                }
            }
        }
    }

    /// Sorts the members of every group in row `r` by the barycentres of their neighbours in row `other`.
    fn sort_row(&mut self, r: usize, other: usize, ties_turned: bool) {
        let mut sums = vec![(0.0f64, 0u32); self.rows[r].len()];
        for v in 0..self.rows[r].len() {
            if self.rows[r][v].group != NONE {
                continue;
            }
            let item = self.rows[r][v].item;
            let near = if other < r { self.above.of(item) } else { self.below.of(item) };
            if near.is_empty() {
                continue;
            }
            let sum: f64 = near.iter().map(|&j| f64::from(self.at[j as usize])).sum();
            let mut up = v as u32;
            while up != NONE {
                sums[up as usize].0 += sum;
                sums[up as usize].1 += near.len() as u32;
                up = self.rows[r][up as usize].parent;
            }
        }
        for v in 0..self.rows[r].len() {
            if self.rows[r][v].members.len() < 2 {
                continue;
            }
            let mut members = std::mem::take(&mut self.rows[r][v].members);
            let mut keyed: Vec<(f64, u32)> = Vec::with_capacity(members.len());
            let mut carried = f64::NEG_INFINITY;
            for &c in &members {
                let value = self.value(r, other, c, sums[c as usize]).unwrap_or(carried);
                carried = value;
                keyed.push((value, c));
            }
            if ties_turned {
                keyed.reverse();
            }
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            members.clear();
            members.extend(keyed.iter().map(|k| k.1));
            self.rows[r][v].members = members;
        }
        self.place(r);
    }

    /// Where a member wants to stand: a group that also spans the other row where it stands there, anything else at the middle of its neighbours.
    fn value(&self, r: usize, other: usize, c: u32, sum: (f64, u32)) -> Option<f64> {
        let g = self.rows[r][c as usize].group;
        if g != NONE && (self.top[g as usize]..=self.bottom[g as usize]).contains(&(other as u32)) {
            let there = &self.rows[other][self.node_of[g as usize][other - self.top[g as usize] as usize] as usize];
            return Some(f64::from(there.low + there.high) / 2.0);
        }
        (sum.1 > 0).then(|| sum.0 / f64::from(sum.1))
    }

    /// Exchanges neighbours among the members of each group while that saves crossings.
    fn exchange(&mut self) {
        for _ in 0..(60_000 / self.at.len().max(1)).clamp(2, 12) {
            let mut improved = false;
            for r in 0..self.rows.len() {
                for v in 0..self.rows[r].len() {
                    for k in 1..self.rows[r][v].members.len() {
                        improved |= self.try_exchange(r, v, k);
                    }
                }
            }
            if !improved {
                break;
            }
        }
    }

    fn try_exchange(&mut self, r: usize, v: usize, k: usize) -> bool {
        let (a, b) = (self.rows[r][v].members[k - 1], self.rows[r][v].members[k]);
        let (ga, gb) = (self.rows[r][a as usize].group, self.rows[r][b as usize].group);
        if ga == NONE && gb == NONE {
            let (x, y) = (self.rows[r][a as usize].item, self.rows[r][b as usize].item);
            let gain = pair_gain(&self.at, self.above.of(x), self.above.of(y))
                + pair_gain(&self.at, self.below.of(x), self.below.of(y));
            if gain > 0 {
                self.rows[r][v].members.swap(k - 1, k);
                let (pa, pb) = (self.at[x as usize], self.at[y as usize]);
                (self.at[x as usize], self.at[y as usize]) = (pb, pa);
                (self.rows[r][a as usize].low, self.rows[r][a as usize].high) = (pb, pb);
                (self.rows[r][b as usize].low, self.rows[r][b as usize].high) = (pa, pa);
                return true;
            }
            return false;
        }
        // A group moves in all rows that it shares with its neighbour, or not at all.
        let (first, last) = if ga != NONE && gb != NONE {
            let top = self.top[ga as usize].max(self.top[gb as usize]) as usize;
            (top, self.bottom[ga as usize].min(self.bottom[gb as usize]) as usize)
        } else {
            (r, r)
        };
        if first != r {
            return false;
        }
        let gain = self.exchange_gain((a, b), (ga, gb), first, last);
        // In large drawings only crossings count: what stands between level boxes takes too long to see.
        let weighs_level = !self.level.is_empty() && self.at.len() < SMALL;
        if gain < 0 || (gain == 0 && !weighs_level) {
            return false;
        }
        let level = if weighs_level { self.level_cost() } else { 0 };
        if !self.swap_groups((a, b), (ga, gb), first, last) {
            return false;
        }
        let relief = if weighs_level { level as i64 - self.level_cost() as i64 } else { 0 };
        if gain + relief > 0 {
            return true;
        }
        self.swap_groups((b, a), (gb, ga), first, last);
        false
    }

    /// The node of a member in a row: of a group its own there, of an item the item.
    fn node_at(&self, node: u32, group: u32, r: usize) -> u32 {
        if group == NONE { node } else { self.node_of[group as usize][r - self.top[group as usize] as usize] }
    }

    /// Crossings saved by exchanging two neighbours in all rows from `first` to `last`: only their own links and walls change sides.
    fn exchange_gain(&self, nodes: (u32, u32), groups: (u32, u32), first: usize, last: usize) -> i64 {
        /// Pairs of links that may be compared; beyond it the two are left as they are.
        const MOST: usize = 40_000;
        let rows = self.rows.len();
        let mut gain = 0;
        for r in first.max(1)..=(last + 1).min(rows.saturating_sub(1)) {
            let span = |r: usize, (node, group): (u32, u32)| {
                (first..=last).contains(&r).then(|| {
                    let v = &self.rows[r][self.node_at(node, group, r) as usize];
                    (v.low, v.high)
                })
            };
            let (above, below) = (r - 1, r);
            let sides = [(nodes.0, groups.0), (nodes.1, groups.1)];
            let spans = [above, below].map(|r| sides.map(|m| span(r, m)));
            let moved = |row: usize, token: i32| match spans[row] {
                [Some(a), Some(b)] if (a.0..=a.1).contains(&token) => token + b.1 - b.0 + 1,
                [Some(a), Some(b)] if (b.0..=b.1).contains(&token) => token - (a.1 - a.0 + 1),
                _ => token,
            };
            let edges = [0, 1].map(|k| self.edges_of(sides[k], spans[0][k], spans[1][k], above));
            if edges[0].len() * edges[1].len() > MOST {
                return i64::MIN;
            }
            for &(u, v, w) in &edges[0] {
                for &(x, y, z) in &edges[1] {
                    let crosses = |u: i32, v: i32, x: i32, y: i32| i64::from((u < x && v > y) || (u > x && v < y));
                    let now = crosses(u, v, x, y);
                    let then = crosses(moved(0, u), moved(1, v), moved(0, x), moved(1, y));
                    gain += (now - then) * (w * z) as i64;
                }
            }
        }
        gain
    }

    /// Links and walls of a member between the rows `above` and the next: places in both, and weight. `up` and `down` are its tokens in the two rows.
    fn edges_of(
        &self,
        member: (u32, u32),
        up: Option<(i32, i32)>,
        down: Option<(i32, i32)>,
        above: usize,
    ) -> Vec<(i32, i32, u64)> {
        let mut out = Vec::new();
        let mut stack = Vec::new();
        if up.is_some() {
            stack.push(self.node_at(member.0, member.1, above));
        }
        while let Some(v) = stack.pop() {
            let node = &self.rows[above][v as usize];
            if node.group == NONE {
                out.extend(self.below.of(node.item).iter().map(|&j| (node.low, self.at[j as usize], 1)));
                continue;
            }
            stack.extend(&node.members);
            if self.bottom[node.group as usize] as usize > above {
                let next = &self.rows[above + 1][self.node_at(v, node.group, above + 1) as usize];
                out.push((node.low, next.low, WALL));
                out.push((node.high, next.high, WALL));
            }
        }
        if down.is_some() {
            stack.push(self.node_at(member.0, member.1, above + 1));
        }
        while let Some(v) = stack.pop() {
            let node = &self.rows[above + 1][v as usize];
            if node.group == NONE {
                let from_outside =
                    |j: &&ItemId| up.is_none_or(|(low, high)| !(low..=high).contains(&self.at[**j as usize]));
                out.extend(
                    self.above.of(node.item).iter().filter(from_outside).map(|&j| (self.at[j as usize], node.low, 1)),
                );
            } else {
                stack.extend(&node.members);
            }
        }
        out
    }

    /// Exchanges two members wherever both stand; nothing happens unless they are neighbours in all those rows.
    fn swap_groups(&mut self, nodes: (u32, u32), groups: (u32, u32), first: usize, last: usize) -> bool {
        let find = |state: &Self, r: usize| {
            let node = |g: u32, n: u32| {
                if g == NONE { n } else { state.node_of[g as usize][r - state.top[g as usize] as usize] }
            };
            let (a, b) = (node(groups.0, nodes.0), node(groups.1, nodes.1));
            let parent = state.rows[r][a as usize].parent;
            let members = &state.rows[r][parent as usize].members;
            let k = members.iter().position(|&m| m == a)?;
            (members.get(k + 1) == Some(&b)).then_some((parent, k))
        };
        if (first..=last).any(|r| find(self, r).is_none()) {
            return false;
        }
        for r in first..=last {
            if let Some((parent, k)) = find(self, r) {
                self.rows[r][parent as usize].members.swap(k, k + 1);
                self.place(r);
            }
        }
        true
    }

    /// Disturbs the order: every list of members is rotated or turned by a number drawn from the seed, groups in the same way in all rows.
    fn shuffle(&mut self, seed: u64) {
        let draw = |key: u64| {
            let mut z = (key ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ (z >> 31)
        };
        for r in 0..self.rows.len() {
            for v in 0..self.rows[r].len() {
                let mut members = std::mem::take(&mut self.rows[r][v].members);
                let key = |c: &u32| {
                    let node = &self.rows[r][*c as usize];
                    draw(if node.group == NONE { u64::from(node.item) << 1 } else { u64::from(node.group) << 1 | 1 })
                };
                members.sort_by_key(key);
                self.rows[r][v].members = members;
            }
        }
        self.place_all();
    }
}

/// Crossings saved between two neighbouring items by exchanging them, from their neighbours in one other row.
fn pair_gain(at: &[i32], left: &[ItemId], right: &[ItemId]) -> i64 {
    let mut gain = 0;
    for &p in left {
        for &q in right {
            gain += i64::from(at[p as usize] > at[q as usize]) - i64::from(at[p as usize] < at[q as usize]);
        }
    }
    gain
}

/// Sum over all pairs of edges that cross of the product of their weights; walls never cross each other.
fn inversions(edges: &mut [(i32, i32, u64)], width: usize, tree: &mut Vec<u64>) -> u64 {
    edges.sort_unstable();
    tree.clear();
    tree.resize(width + 2, 0);
    let (mut total, mut all) = (0, 0);
    for &(_, to, weight) in edges.iter() {
        let mut passed = 0;
        let mut k = to as usize + 1;
        while k > 0 {
            passed += tree[k];
            k &= k - 1;
        }
        total += (all - passed) * weight;
        all += weight;
        k = to as usize + 1;
        while k < tree.len() {
            tree[k] += weight;
            k += k & k.wrapping_neg();
        }
    }
    total
}
