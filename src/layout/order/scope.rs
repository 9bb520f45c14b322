//! What is searched by itself: the members of one group.

use super::super::adjacent::Adjacent;
use super::super::nest::{NONE, Nest, ROOT};
use super::gauge::{Gauge, inner_cost};
use super::insert::Block;
use super::state::State;

/// What stands directly in one group: disturbed by itself and with dice of its own, so that groups which have nothing to do with each other do not change
/// each other's order.
pub(super) struct Scope {
    pub(super) group: u32,
    /// How many of the search's blocks stand in it.
    pub(super) blocks: usize,
    /// Its items and groups, row by row, where there are several.
    pub(super) size: u64,
    /// Places that these can take, all of them together.
    pub(super) places: u64,
    pub(super) dice: Dice,
    /// Number of the scopes after this one that lie in it.
    pub(super) inside: usize,
    /// Number of the search's blocks in it and in these.
    pub(super) blocks_inside: u64,
    /// Work that it may spend, and that it has spent.
    pub(super) budget: u64,
    /// See `budget`.
    pub(super) spent: u64,
}

/// For each group the blocks that stand in it.
pub(super) fn blocks_of(state: &State, blocks: &[Block]) -> Adjacent {
    let around = |b: &Block| b.parents(state).reduce(|a, b| state.nest.common(a, b)).unwrap_or(ROOT);
    let around: Vec<u32> = blocks.iter().map(around).collect();
    Adjacent::new(state.nest.len(), around.into_iter().zip(0..))
}

/// The groups in which something can be put elsewhere, for the `blocks` in each. `places` are theirs among their siblings.
pub(super) fn scopes(state: &State, blocks: &Adjacent, places: &[u64]) -> Vec<Scope> {
    let nest = state.nest;
    let mut scopes: Vec<Scope> =
        (0..nest.len() as u32).map(|g| Scope { blocks: blocks.of(g).len(), ..Scope::new(g) }).collect();
    // Dice by the path of a group.
    for &g in &nest.outer_first[1..] {
        let outer = scopes[nest.parent[g as usize] as usize].dice.0;
        scopes[g as usize].dice = Dice(Dice(outer ^ places[g as usize]).next());
    }
    for row in &state.rows {
        for (v, node) in (0..).zip(row.nodes()) {
            let members = row.members(v).len() as u64;
            if members > 1 {
                let scope = &mut scopes[node.group as usize];
                scope.size += members;
                scope.places += members * members;
            }
        }
    }
    let mut scopes: Vec<Option<Scope>> = scopes.into_iter().map(Some).collect();
    let ordered = nest.outer_first.iter().filter_map(|&g| scopes[g as usize].take());
    let mut scopes: Vec<Scope> = ordered.filter(|s| s.size > 0 || s.blocks > 0).collect();
    for s in 0..scopes.len() {
        let inside = scopes[s + 1..].partition_point(|inner| nest.holds(scopes[s].group, inner.group));
        scopes[s].inside = inside;
        scopes[s].blocks_inside = scopes[s..=s + inside].iter().map(|inner| inner.blocks as u64).sum();
    }
    scopes
}

/// Of each group its place among its siblings, counted from 1.
pub(super) fn places(nest: &Nest) -> Vec<u64> {
    let (mut places, mut known) = (vec![0; nest.len()], vec![0; nest.len()]);
    for &g in &nest.outer_first[1..] {
        let known = &mut known[nest.parent[g as usize] as usize];
        *known += 1;
        places[g as usize] = *known;
    }
    places
}

impl Scope {
    fn new(group: u32) -> Self {
        Self { group, blocks: 0, size: 0, places: 0, dice: Dice(1), inside: 0, blocks_inside: 0, budget: 0, spent: 0 }
    }

    /// Work that is left to spend.
    pub(super) fn left(&self) -> u64 {
        self.budget.saturating_sub(self.spent)
    }

    /// Number of tokens in it, in all its rows.
    pub(super) fn tokens(&self, state: &State) -> u64 {
        let rows = state.rows[state.top[self.group as usize] as usize..].iter().zip(state.nodes_of(self.group));
        rows.map(|(row, &v)| (row[v as usize].high - row[v as usize].low) as u64).sum()
    }

    /// What crosses within its groups: no order of its own members changes that.
    pub(super) fn inner_cost(&self, state: &mut State) -> u64 {
        state.nest.children(self.group).iter().map(|&g| if state.is_quiet(g) { 0 } else { inner_cost(state, g) }).sum()
    }

    /// What every order of its own members costs at least.
    pub(super) fn floor(&self, state: &mut State, gauge: &mut Gauge) -> u64 {
        if gauge.cost(state) == 0 { 0 } else { state.floor[self.group as usize] + self.inner_cost(state) }
    }

    /// A row of the group, and its node there.
    fn roll_row(&mut self, state: &State) -> (usize, u32) {
        let (top, bottom) = (state.top[self.group as usize] as usize, state.bottom[self.group as usize] as usize);
        let r = top + self.dice.roll(bottom + 1 - top);
        (r, state.node_at(0, self.group, r))
    }

    /// Exchanges two groups in all rows that they share, wherever they stand.
    pub(super) fn exchange_groups(&mut self, state: &mut State) {
        let (r, v) = self.roll_row(state);
        let groups: Vec<u32> = state.rows[r].members(v).iter().map(|&m| state.rows[r][m as usize].group).collect();
        let groups: Vec<u32> = groups.into_iter().filter(|&g| g != NONE).collect();
        if groups.len() < 2 {
            return;
        }
        let a = groups[self.dice.roll(groups.len())];
        let b = groups[self.dice.roll(groups.len())];
        if a == b || (state.is_held(a) && state.is_held(b)) {
            return;
        }
        let first = state.top[a as usize].max(state.top[b as usize]) as usize;
        let last = state.bottom[a as usize].min(state.bottom[b as usize]) as usize;
        for r in first..=last {
            let (x, y) = (state.node_at(0, a, r), state.node_at(0, b, r));
            let parent = state.rows[r][x as usize].parent;
            let other = |m: u32| {
                if m == x {
                    y
                } else if m == y {
                    x
                } else {
                    m
                }
            };
            let members: Vec<u32> = state.rows[r].members(parent).iter().map(|&m| other(m)).collect();
            state.reorder(r, parent, &members);
        }
    }

    /// Turns a few neighbouring items of one group round.
    pub(super) fn reverse(&mut self, state: &mut State) {
        let (r, v) = self.roll_row(state);
        let mut members = state.rows[r].members(v).to_vec();
        if members.len() < 2 {
            return;
        }
        let (a, b) = (self.dice.roll(members.len()), self.dice.roll(members.len()));
        let (a, b) = (a.min(b), a.max(b));
        // Groups keep their sides: only items between them turn.
        let is_item = |m: &u32| state.rows[r][*m as usize].group == NONE;
        if members[a..=b].iter().all(is_item) {
            members[a..=b].reverse();
            state.reorder(r, v, &members);
        }
    }
}

/// Numbers that look random and depend on nothing (splitmix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 for 0.
    pub(super) fn roll(&mut self, n: usize) -> usize {
        (self.next() % (n.max(1) as u64)) as usize
    }

    /// A number from 0 up to 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
