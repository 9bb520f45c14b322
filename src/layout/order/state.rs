//! The order in the making: of every row the tree of its groups and items, and its crossings with the row above.

use super::super::Side;
use super::super::adjacent::Adjacent;
use super::super::nest::{NONE, Nest, ROOT};
use super::super::rows::{ItemId, Kind, Rows};
use std::ops::{Range, RangeInclusive};

/// What is to be avoided beside crossings, in crossings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prices {
    /// A link through a wall of a group that holds neither end.
    pub(super) wall: u64,
    /// A box or label between two items of one row that are linked.
    pub(super) between: u64,
    /// A link on its way between two such items.
    pub(super) over: u64,
}

impl Prices {
    /// While everything may still move.
    pub(super) const SOFT: Self = Self { wall: 2, between: 2, over: 0 };
    /// Once all links have their courses: none may be lost again.
    pub(super) const FIRM: Self = Self { wall: 1_000_000, between: 1_000_000, over: 1 };
}

/// A group or an item in one row.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) parent: u32,
    /// The group, or [`NONE`] for an item.
    pub(super) group: u32,
    /// The item of a leaf.
    pub(super) item: ItemId,
    /// First and last token of it in its row: items, and the opening and closing of groups, are numbered from left to right.
    pub(super) low: i32,
    /// See `low`.
    pub(super) high: i32,
    /// Where its members start among those of the row, and how many they are.
    first: u32,
    count: u32,
    /// Of a group whether something crosses its walls between this row and the next.
    pub(super) walls_crossed: bool,
}

/// One row: the tree of its groups and items.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) nodes: Vec<Node>,
    /// Members of all nodes, each node's from left to right.
    members: Vec<u32>,
    /// The node of each token.
    pub(super) tokens: Vec<u32>,
}

impl Row {
    /// Members of a node, left to right.
    pub(super) fn members(&self, v: u32) -> &[u32] {
        let node = &self.nodes[v as usize];
        &self.members[node.first as usize..(node.first + node.count) as usize]
    }

    /// Members of a node, to be put into another order.
    pub(super) fn members_mut(&mut self, v: u32) -> &mut [u32] {
        let node = &self.nodes[v as usize];
        &mut self.members[node.first as usize..(node.first + node.count) as usize]
    }

    /// The tokens from one to another, and the nodes that they are of: of a group both its first and its last.
    pub(super) fn tokens(&self, low: i32, high: i32) -> impl Iterator<Item = (i32, u32)> {
        (low..).zip(self.tokens[low as usize..=high as usize].iter().copied())
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes, in no order.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}

impl std::ops::Index<usize> for Row {
    type Output = Node;

    fn index(&self, v: usize) -> &Node {
        &self.nodes[v]
    }
}

/// What was done to the members of a node.
enum Change {
    /// One was moved: row, node, from where, to where.
    Moved(u32, u32, u32, u32),
    /// They were like this before: row, node, members.
    Members(u32, u32, Vec<u32>),
}

/// A link or wall between two rows: its token in the upper and in the lower one, and its weight.
pub(super) type Edge = (i32, i32, u64);

/// An order of all rows.
pub(super) struct State<'a> {
    pub(super) nest: &'a Nest,
    pub(super) top: &'a [u32],
    pub(super) bottom: &'a [u32],
    /// Per row, its nodes; node 0 is the root.
    pub(super) rows: Vec<Row>,
    /// Nodes of the groups in each of their rows, and by group where its own start.
    pub(super) nodes: Vec<u32>,
    /// See `nodes`.
    pub(super) nodes_from: Vec<usize>,
    /// Node of each item in its row.
    pub(super) leaf_of: Vec<u32>,
    pub(super) row_of: Vec<u32>,
    /// Token of each item.
    pub(super) at: Vec<i32>,
    /// Neighbours in the row above.
    pub(super) above: Adjacent,
    /// Neighbours in the row below.
    pub(super) below: Adjacent,
    /// Whether an item is a box or a label, by item.
    solid: Vec<bool>,
    /// Whether an item is a link on its way through a row.
    pub(super) pass: Vec<bool>,
    /// Pairs of linked boxes that stand in one row, by row.
    pub(super) level: Vec<Vec<(ItemId, ItemId)>>,
    /// By row, from which token to which linked pairs reach, and when that was seen.
    spans: Vec<(u64, Vec<(i32, i32)>)>,
    /// What is avoided beside crossings.
    pub(super) prices: Prices,
    /// What every order costs at least.
    pub(super) least: u64,
    /// By group, what every order costs at least by the walls that links cross which do not stay within one of its members.
    pub(super) floor: Vec<u64>,
    /// When each row was last changed.
    pub(super) changed: Vec<u64>,
    /// Counts changes.
    pub(super) clock: u64,
    /// What each row cost, with the crossings above it, and when that was counted.
    counted: Vec<(u64, u64)>,
    /// By item, whether something crosses its links to the row above, and to the row below; for which group that was seen, and when, by row.
    pub(super) crossed: Vec<[bool; 2]>,
    pub(super) crossed_at: Vec<(u32, u64)>,
    /// By group, whether something crosses its walls, or links of what is in it.
    pub(super) group_crossed: Vec<bool>,
    /// Links looked at so far.
    pub(super) work: u64,
    /// Changes, to be taken back; only while `recording`.
    log: Vec<Change>,
    recording: bool,
    /// Room to count in: links and walls, the same after a move, and a tree over their ends.
    pub(super) scratch: Vec<Edge>,
    /// See `scratch`.
    pub(super) moved: Vec<Edge>,
    /// See `scratch`.
    pub(super) tree: Vec<u64>,
    pub(super) ends: Vec<(i32, i32, u32, u32)>,
    /// Room to sort members in.
    pub(super) keyed: Vec<(f64, u32)>,
    stack: Vec<(u32, u32)>,
}

impl<'a> State<'a> {
    /// `joined` are the items that links join from one row to the next, the upper one first.
    pub(super) fn new(
        nest: &'a Nest,
        rows: &'a Rows,
        joined: &[(ItemId, ItemId)],
        level: &[(ItemId, ItemId)],
        prices: Prices,
    ) -> Self {
        let mut nodes_from = Vec::with_capacity(nest.len() + 1);
        nodes_from.push(0);
        let mut nodes = 0;
        for g in 0..nest.len() {
            nodes += (rows.bottom[g] - rows.top[g]) as usize + 1;
            nodes_from.push(nodes);
        }
        let n = rows.items.len();
        let mut pairs = vec![Vec::new(); rows.rows.len()];
        for &(a, b) in level {
            pairs[rows.items[a as usize].row as usize].push((a, b));
        }
        let mut state = Self {
            nest,
            top: &rows.top,
            bottom: &rows.bottom,
            rows: Vec::new(),
            nodes: vec![NONE; nodes],
            nodes_from,
            leaf_of: vec![NONE; n],
            row_of: rows.items.iter().map(|i| i.row).collect(),
            at: vec![0; n],
            above: Adjacent::new(n, joined.iter().map(|&(a, b)| (b, a))),
            below: Adjacent::new(n, joined.iter().copied()),
            solid: rows.items.iter().map(|i| !matches!(i.kind, Kind::Pass(_) | Kind::Void) || i.label).collect(),
            pass: rows.items.iter().map(|i| matches!(i.kind, Kind::Pass(_))).collect(),
            level: pairs,
            spans: vec![(0, Vec::new()); rows.rows.len()],
            prices,
            least: 0,
            floor: vec![0; nest.len()],
            changed: vec![1; rows.rows.len()],
            clock: 1,
            counted: vec![(0, 0); rows.rows.len()],
            crossed: vec![[false; 2]; n],
            crossed_at: vec![(NONE, 0); rows.rows.len()],
            group_crossed: vec![true; nest.len()],
            work: 0,
            log: Vec::new(),
            recording: false,
            scratch: Vec::new(),
            moved: Vec::new(),
            ends: Vec::new(),
            keyed: Vec::new(),
            tree: Vec::new(),
            stack: Vec::new(),
        };
        for (r, row) in rows.rows.iter().enumerate() {
            let nodes = state.row_tree(r as u32, row, rows);
            state.rows.push(nodes);
        }
        state.see_least_costs(rows);
        state
    }

    /// A link that leaves or enters a group between two rows in which the group stands crosses one of its walls there, wherever it runs: an outer group is
    /// charged with the walls of what it holds.
    fn see_least_costs(&mut self, rows: &Rows) {
        let region = |i: ItemId| rows.items[i as usize].region;
        for i in 0..self.at.len() as ItemId {
            for &j in self.below.of(i) {
                let common = self.nest.common(region(i), region(j));
                for (from, other) in [(i, self.row_of[j as usize]), (j, self.row_of[i as usize])] {
                    let (mut g, mut walls) = (region(from), 0);
                    while g != common {
                        self.floor[g as usize] += walls;
                        walls += if self.stands(g, other as usize) { self.prices.wall } else { 0 };
                        g = self.nest.parent[g as usize];
                    }
                    self.floor[common as usize] += walls;
                    self.least += walls;
                }
            }
        }
    }

    fn row_tree(&mut self, r: u32, row: &[ItemId], rows: &Rows) -> Row {
        let new = |parent, group, item| Node {
            parent,
            group,
            item,
            low: 0,
            high: 0,
            first: 0,
            count: 0,
            walls_crossed: false,
        };
        let mut nodes = Vec::with_capacity(2 * row.len() + 1);
        nodes.push(new(NONE, ROOT, NONE));
        // Children in the order in which each node gets its own.
        let mut children = Vec::with_capacity(nodes.capacity());
        self.nodes[r as usize] = 0;
        for &i in row {
            let leaf = nodes.len() as u32;
            nodes.push(new(NONE, NONE, i));
            self.leaf_of[i as usize] = leaf;
            let (mut child, mut g) = (leaf, rows.items[i as usize].region);
            loop {
                let slot = self.nodes_from[g as usize] + (r - self.top[g as usize]) as usize;
                let known = self.nodes[slot];
                let parent = if known == NONE { nodes.len() as u32 } else { known };
                if known == NONE {
                    self.nodes[slot] = parent;
                    nodes.push(new(NONE, g, NONE));
                }
                nodes[child as usize].parent = parent;
                nodes[parent as usize].count += 1;
                children.push(child);
                if known != NONE {
                    break;
                }
                (child, g) = (parent, self.nest.parent[g as usize]);
            }
        }
        let (mut first, mut groups) = (0, 0);
        for node in &mut nodes {
            node.first = first;
            first += std::mem::take(&mut node.count);
            groups += usize::from(node.group != NONE);
        }
        let mut members = vec![NONE; children.len()];
        for child in children {
            let parent = nodes[child as usize].parent as usize;
            let parent = &mut nodes[parent];
            members[(parent.first + parent.count) as usize] = child;
            parent.count += 1;
        }
        let tokens = vec![NONE; nodes.len() + groups];
        Row { nodes, members, tokens }
    }

    /// Numbers the tokens of all rows.
    pub(super) fn place_all(&mut self) {
        for r in 0..self.rows.len() {
            self.place(r, 0);
        }
    }

    /// Numbers the tokens below one node of a row anew, after its members changed places.
    pub(super) fn place(&mut self, r: usize, root: u32) {
        let Row { nodes, members, tokens } = &mut self.rows[r];
        let mut token = nodes[root as usize].low;
        if nodes[root as usize].group == NONE {
            (nodes[root as usize].high, tokens[token as usize]) = (token, root);
            self.at[nodes[root as usize].item as usize] = token;
            return;
        }
        tokens[token as usize] = root;
        token += 1;
        let (mut v, stack) = (root, &mut self.stack);
        let mut next = nodes[v as usize].first;
        stack.clear();
        loop {
            let end = nodes[v as usize].first + nodes[v as usize].count;
            if next < end {
                let c = members[next as usize];
                next += 1;
                let node = &mut nodes[c as usize];
                node.low = token;
                tokens[token as usize] = c;
                token += 1;
                if node.group == NONE {
                    node.high = node.low;
                    self.at[node.item as usize] = node.low;
                } else {
                    stack.push((v, next));
                    (v, next) = (c, node.first);
                }
                continue;
            }
            nodes[v as usize].high = token;
            tokens[token as usize] = v;
            token += 1;
            let Some(up) = stack.pop() else { return };
            (v, next) = up;
        }
    }

    /// Puts the members of a node in another order.
    pub(super) fn reorder(&mut self, r: usize, v: u32, members: &[u32]) {
        if self.recording {
            self.log.push(Change::Members(r as u32, v, self.rows[r].members(v).to_vec()));
        }
        self.rows[r].members_mut(v).copy_from_slice(members);
        self.touch(r);
        self.place(r, v);
    }

    /// Moves one member of a node to the place of another; those between move by one.
    pub(super) fn shift(&mut self, r: usize, v: u32, from: usize, to: usize) {
        if self.recording {
            self.log.push(Change::Moved(r as u32, v, from as u32, to as u32));
        }
        self.touch(r);
        let (first, last) = (from.min(to), from.max(to));
        let row = &mut self.rows[r];
        let start = row.nodes[v as usize].first as usize;
        let mut token = row.nodes[row.members[start + first] as usize].low;
        let moved = &mut row.members[start + first..=start + last];
        if from < to {
            moved.rotate_left(1);
        } else {
            moved.rotate_right(1);
        }
        for k in start + first..=start + last {
            let m = self.rows[r].members[k];
            self.rows[r].nodes[m as usize].low = token;
            self.place(r, m);
            token = self.rows[r].nodes[m as usize].high + 1;
        }
    }

    /// The place of a node among the members of its parent.
    pub(super) fn index(&self, r: usize, node: u32) -> usize {
        let row = &self.rows[r];
        let own = &row[node as usize];
        row.members(own.parent).partition_point(|&m| row[m as usize].low < own.low)
    }

    /// Notes that a row has changed.
    pub(super) fn touch(&mut self, r: usize) {
        self.clock += 1;
        self.changed[r] = self.clock;
    }

    /// Whether neither the rows of a group nor those beside them have changed since then.
    pub(super) fn is_still(&self, group: u32, since: u64) -> bool {
        let (top, bottom) = (self.top[group as usize] as usize, self.bottom[group as usize] as usize);
        self.changed[top.saturating_sub(1)..(bottom + 2).min(self.rows.len())].iter().all(|&at| at <= since)
    }

    /// From here on changes can be taken back.
    pub(super) fn record(&mut self) {
        self.log.clear();
        self.recording = true;
    }

    /// How many changes there are to take back.
    pub(super) fn mark(&self) -> usize {
        self.log.len()
    }

    /// Takes back all changes but the first so many since [`Self::record`].
    pub(super) fn take_back(&mut self, mark: usize) {
        self.recording = false;
        for change in self.log.split_off(mark).into_iter().rev() {
            match change {
                Change::Moved(r, v, from, to) => self.shift(r as usize, v, to as usize, from as usize),
                Change::Members(r, v, members) => self.reorder(r as usize, v, &members),
            }
        }
        self.recording = true;
    }

    fn leaves_of(&self, r: usize) -> Vec<ItemId> {
        let row = &self.rows[r];
        row.tokens.iter().map(|&v| row[v as usize].item).filter(|&i| i != NONE).collect()
    }

    /// The items of every row, left to right.
    pub(super) fn leaves(&self) -> Vec<Vec<ItemId>> {
        (0..self.rows.len()).map(|r| self.leaves_of(r)).collect()
    }

    /// Where what is kept of a group for each of its rows stands among that of all.
    pub(super) fn own_nodes(&self, group: u32) -> Range<usize> {
        self.nodes_from[group as usize]..self.nodes_from[group as usize + 1]
    }

    /// The node of a group in each of its rows.
    pub(super) fn nodes_of(&self, group: u32) -> &[u32] {
        &self.nodes[self.own_nodes(group)]
    }

    /// The members of a group, row by row.
    pub(super) fn members_of(&self, group: u32) -> Vec<u32> {
        let rows = &self.rows[self.top[group as usize] as usize..];
        let members = rows.iter().zip(self.nodes_of(group)).map(|(row, &v)| row.members(v));
        let mut out = Vec::with_capacity(members.clone().map(<[u32]>::len).sum());
        members.for_each(|members| out.extend_from_slice(members));
        out
    }

    /// Whether the members of a group stand in this order.
    pub(super) fn stand_like(&self, group: u32, mut members: &[u32]) -> bool {
        let rows = &self.rows[self.top[group as usize] as usize..];
        rows.iter().zip(self.nodes_of(group)).all(|(row, &v)| {
            let own;
            (own, members) = members.split_at(row.members(v).len());
            row.members(v) == own
        })
    }

    /// Puts the members of a group in an order that they had before.
    pub(super) fn put_members(&mut self, group: u32, mut members: &[u32]) {
        for r in self.top[group as usize] as usize..=self.bottom[group as usize] as usize {
            let v = self.node_at(NONE, group, r);
            let own;
            (own, members) = members.split_at(self.rows[r].members(v).len());
            if self.rows[r].members(v) != own {
                self.reorder(r, v, own);
            }
        }
    }

    /// The node of a member in a row: of a group its own there, of an item the item.
    pub(super) fn node_at(&self, node: u32, group: u32, r: usize) -> u32 {
        if group == NONE {
            node
        } else {
            self.nodes[self.nodes_from[group as usize] + r - self.top[group as usize] as usize]
        }
    }

    /// Which end of its group a node has to stand at: boxes astride a side wall do.
    pub(super) fn wall(&self, node: &Node) -> Option<Side> {
        let side = *self.nest.border.get(node.item as usize)?;
        side.filter(|side| matches!(side, Side::Left | Side::Right))
    }

    /// Whether a group stands in a row.
    pub(super) fn stands(&self, group: u32, r: usize) -> bool {
        (self.top[group as usize] as usize..=self.bottom[group as usize] as usize).contains(&r)
    }

    /// Crossings between the rows `r - 1` and `r`, walls included.
    pub(super) fn count(&mut self, r: usize) -> u64 {
        let edges = &mut self.scratch;
        edges.clear();
        let upper = &self.rows[r - 1];
        for (token, &v) in (0..).zip(&upper.tokens) {
            let node = &upper[v as usize];
            if node.group == NONE {
                let first = edges.len();
                edges.extend(self.below.of(node.item).iter().map(|&j| (token, self.at[j as usize], 1)));
                if edges.len() > first + 1 {
                    edges[first..].sort_unstable();
                }
            } else if node.group != ROOT && self.bottom[node.group as usize] as usize >= r {
                let next =
                    self.nodes[self.nodes_from[node.group as usize] + r - self.top[node.group as usize] as usize];
                let next = &self.rows[r][next as usize];
                edges.push((token, if token == node.low { next.low } else { next.high }, self.prices.wall));
            }
        }
        self.work += edges.len() as u64;
        inversions(edges, self.rows[r].tokens.len(), &mut self.tree)
    }

    /// Crossings, and what stands between level boxes. Only rows that have changed, and those below them, are looked at.
    pub(super) fn cost(&mut self) -> u64 {
        (0..self.rows.len()).map(|r| self.row_cost(r)).sum()
    }

    fn row_cost(&mut self, r: usize) -> u64 {
        let changed = self.changed[r].max(r.checked_sub(1).map_or(0, |above| self.changed[above]));
        let (cost, at) = self.counted[r];
        if at >= changed {
            return cost;
        }
        let cost = self.level_cost(r) + if r > 0 { self.count(r) } else { 0 };
        self.counted[r] = (cost, self.clock);
        cost
    }

    /// The price of what stands between level boxes of a row.
    pub(super) fn level_cost(&self, r: usize) -> u64 {
        let mut sum = 0;
        for &(a, b) in &self.level[r] {
            let (a, b) = (self.at[a as usize], self.at[b as usize]);
            let (low, high) = (a.min(b), a.max(b));
            let tokens = &self.rows[r].tokens[low as usize + 1..(high as usize).max(low as usize + 1)];
            let items = tokens.iter().map(|&v| self.rows[r][v as usize].item).filter(|&i| i != NONE);
            sum += items.map(|i| self.price_between(i)).sum::<u64>();
        }
        sum
    }

    /// The price of what stands between level boxes among some tokens of a row, of pairs with one box or with both of them there.
    pub(super) fn level_cost_in(&self, r: usize, range: &RangeInclusive<i32>, both: bool) -> u64 {
        let mut sum = 0;
        for &(a, b) in &self.level[r] {
            let (a, b) = (self.at[a as usize], self.at[b as usize]);
            let ends = usize::from(range.contains(&a)) + usize::from(range.contains(&b));
            if ends < if both { 2 } else { 1 } {
                continue;
            }
            let (low, high) = ((a.min(b) + 1).max(*range.start()), (a.max(b) - 1).min(*range.end()));
            let between = self.rows[r].tokens(low, high).map(|(_, v)| self.rows[r][v as usize].item);
            sum += between.filter(|&i| i != NONE).map(|i| self.price_between(i)).sum::<u64>();
        }
        sum
    }

    /// The price of an item between two linked ones.
    pub(super) fn price_between(&self, i: ItemId) -> u64 {
        if self.solid[i as usize] {
            self.prices.between
        } else if self.pass[i as usize] {
            self.prices.over
        } else {
            0
        }
    }

    /// Sees anew from where to where level boxes that are linked stand in a row, if it has changed.
    pub(super) fn see_level(&mut self, r: usize) {
        if self.level[r].is_empty() || self.spans[r].0 >= self.changed[r] {
            return;
        }
        let mut spans = std::mem::take(&mut self.spans[r].1);
        spans.clear();
        let at = |i: ItemId| self.at[i as usize];
        spans.extend(self.level[r].iter().map(|&(a, b)| (at(a).min(at(b)), at(a).max(at(b)))));
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let joined = next.0 <= last.1;
            last.1 = if joined { last.1.max(next.1) } else { last.1 };
            joined
        });
        self.spans[r] = (self.clock, spans);
    }

    /// Whether an item is one of two level boxes that are linked, or stood between such when that was last seen.
    pub(super) fn is_level_end_or_between(&self, r: usize, node: &Node) -> bool {
        let spans = &self.spans[r].1;
        let after = spans.partition_point(|s| s.0 <= node.low);
        node.group == NONE && after > 0 && node.low <= spans[after - 1].1
    }

    /// Whether a row holds level boxes that are linked.
    pub(super) fn has_level(&self, r: usize) -> bool {
        !self.level[r].is_empty()
    }
}

/// Sum over all pairs of edges that cross of the product of their weights, of edges in order: O(E log V).
pub(super) fn inversions(edges: &[Edge], width: usize, tree: &mut Vec<u64>) -> u64 {
    tree.clear();
    tree.resize(width + 2, 0);
    let (mut total, mut all) = (0, 0);
    for &(_, to, weight) in edges {
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
