//! The state of rows as they are.

use super::super::super::adjacent::Adjacent;
use super::super::super::nest::{NONE, Nest, ROOT};
use super::super::super::rows::{ItemId, Kind, Rows};
use super::{Node, Prices, Row, State};

impl<'a> State<'a> {
    /// `joined` are the items that links join from one row to the next, the upper one first.
    pub(in crate::layout::order) fn new(
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
            held: vec![NONE; nest.len()],
            held_around: vec![NONE; nest.len()],
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
}
