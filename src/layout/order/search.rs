//! Local search: exchanges and insertions to a local optimum, then disturbances that are kept if what follows is no worse.

use super::super::nest::{NONE, Nest, ROOT};
use super::WORK;
use super::exchange::exchange;
use super::insert::{self, Block, Desk};
use super::state::State;
use super::sweep::{self, sweep};

/// Work that pays for an order that cost so much after the first sweeps: a great deal for each item as long as they are few, ever less in all as they
/// become more, but always something for each; and more for the tangled ones, where most is to be gained.
fn budget(items: usize, cost: u64) -> u64 {
    /// Work for each item of a drawing of few, and how many these are.
    const MANY: u64 = 5_000;
    const FEW: u64 = 320;
    /// Work for each item in any case.
    const LEAST: u64 = 30;
    let items = items as u64;
    let searched = (MANY * items).min(WORK * FEW * FEW / (items * items).max(1));
    (searched + LEAST * items + cost.saturating_mul(cost) / 8).min(WORK)
}

/// Orders all rows: the best local optimum from a few starts, then disturbances of it; but for the first start, one group after another.
pub(super) fn search(state: &mut State) {
    let mut search = Search::new(state);
    let file = (state.cost(), state.snapshot());
    sweep::begin(state);
    if state.cost() >= file.0 {
        state.adopt(&file.1);
    }
    search.sweep(state, budget(state.at.len(), 0));
    let budget = budget(state.at.len(), state.cost());
    search.settle(state, budget);
    let cost = search.start_anew(state, budget);
    search.wander(state, cost, budget);
}

/// Makes a good order better, with a quarter of the work that would find it.
pub(super) fn refine(state: &mut State) {
    let mut search = Search::new(state);
    let budget = budget(state.at.len(), state.cost()) / 4;
    search.settle(state, budget);
    let cost = state.cost();
    search.wander(state, cost, budget);
}

/// Work without gain after which disturbing ends, beside half of what was done before the last gain: for each place that some member of a group can take in
/// a row, as more than a few tries of each rarely find anything new, but at most so much in all.
const PATIENCE_EACH: u64 = 50;
/// See [`PATIENCE_EACH`].
const PATIENCE: u64 = 50_000;

/// Orders to start from: the file's, and others by dice; fewer in groups of few, one for so many of what stands in them.
const STARTS: u64 = 6;
/// See [`STARTS`].
const STARTS_EACH: u64 = 8;

/// Puts back links on their way through rows, but for the items that have to stay, until nothing gets better.
pub(super) fn put_back(state: &mut State, stays: &[bool], budget: u64) {
    let mut blocks = insert::blocks(state);
    blocks.retain(|b| b.items(state).all(|i| state.pass.get(i as usize) == Some(&true) && !stays[i as usize]));
    let mut desk = Desk::default();
    loop {
        state.see_crossed();
        let saved: u64 = blocks.iter_mut().map(|b| insert::insert(state, b, &mut desk)).sum();
        if saved == 0 || state.work >= budget {
            break;
        }
    }
}

struct Search {
    blocks: Vec<Block>,
    desk: Desk,
    /// When exchanges last went through each row.
    seen: Vec<u64>,
    /// Outer ones first.
    scopes: Vec<Scope>,
    /// Sum of their sizes.
    size: u64,
    /// Of each group its place among its siblings.
    places: Vec<u64>,
}

/// What stands directly in one group: disturbed by itself and with dice of its own, so that groups which have nothing to do with each other do not change
/// each other's order.
struct Scope {
    group: u32,
    /// Those of the search that stand in it.
    blocks: Vec<usize>,
    /// Its items and groups, row by row, where there are several.
    size: u64,
    /// Places that these can take, all of them together.
    places: u64,
    dice: Dice,
}

/// The groups in which something can be put elsewhere. `places` are theirs among their siblings.
fn scopes(state: &State, blocks: &[Block], places: &[u64]) -> Vec<Scope> {
    let nest = state.nest;
    let mut scopes: Vec<Scope> = (0..nest.len() as u32)
        .map(|group| Scope { group, blocks: Vec::new(), size: 0, places: 0, dice: Dice(1) })
        .collect();
    // Dice by the path of a group.
    for &g in &nest.outer_first[1..] {
        let outer = scopes[nest.parent[g as usize] as usize].dice.0;
        scopes[g as usize].dice = Dice(Dice(outer ^ places[g as usize]).next());
    }
    for (b, block) in blocks.iter().enumerate() {
        let around = block.parents(state).reduce(|a, b| nest.common(a, b)).unwrap_or(ROOT);
        scopes[around as usize].blocks.push(b);
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
    ordered.filter(|s| s.size > 0 && !s.blocks.is_empty()).collect()
}

/// Of each group its place among its siblings, counted from 1.
fn places(nest: &Nest) -> Vec<u64> {
    let (mut places, mut known) = (vec![0; nest.len()], vec![0; nest.len()]);
    for &g in &nest.outer_first[1..] {
        let known = &mut known[nest.parent[g as usize] as usize];
        *known += 1;
        places[g as usize] = *known;
    }
    places
}

impl Search {
    fn new(state: &State) -> Self {
        let blocks = insert::blocks(state);
        let places = places(state.nest);
        let scopes = scopes(state, &blocks, &places);
        let size = scopes.iter().map(|s| s.size).sum();
        Self { blocks, desk: Desk::default(), seen: vec![0; state.rows.len()], scopes, size, places }
    }

    /// Sweeps over one group after another where something crosses, and where its share of the work pays for counting all of its rows a few times.
    fn sweep(&self, state: &mut State, budget: u64) {
        /// So many times.
        const FEW: u64 = 8;
        let mut before = vec![0];
        state.rows.iter().for_each(|row| before.push(before[before.len() - 1] + row.len() as u64));
        for (s, scope) in self.scopes.iter().enumerate() {
            let (top, bottom) = (state.top[scope.group as usize], state.bottom[scope.group as usize]);
            let share = budget * scope.size / self.size;
            let pays = share >= FEW * (before[bottom as usize + 1] - before[top as usize]);
            if pays && self.is_crossed(state, s) {
                sweep(state, state.work + share, scope.group);
            }
        }
    }

    /// Exchanges and puts back until nothing gets better.
    fn settle(&mut self, state: &mut State, budget: u64) {
        while state.work < budget {
            let mut saved = exchange(state, 4, &mut self.seen);
            state.see_crossed();
            for block in &mut self.blocks {
                saved += insert::insert(state, block, &mut self.desk);
                if state.work >= budget {
                    break;
                }
            }
            if saved == 0 {
                break;
            }
        }
    }

    /// Starts anew by dice from what each group holds, and keeps what is better. Returns the cost.
    fn start_anew(&mut self, state: &mut State, budget: u64) -> u64 {
        let mut cost = state.cost();
        let spent = state.work;
        for s in 0..self.scopes.len() {
            let group = self.scopes[s].group;
            let share = (budget / 2).saturating_sub(spent) * self.scopes[s].size / self.size;
            let end = (state.work + share).min(budget / 2);
            for _ in 1..STARTS.min(1 + self.scopes[s].size / STARTS_EACH) {
                if cost <= state.floor || state.work >= end || !self.is_crossed(state, s) {
                    break;
                }
                let before = state.snapshot();
                self.shuffle(state, s);
                sweep(state, budget, group);
                self.settle(state, budget);
                let new = state.cost();
                if new < cost {
                    cost = new;
                } else {
                    state.adopt(&before);
                }
            }
        }
        cost
    }

    /// Whether anything crosses what stands in a scope.
    fn is_crossed(&self, state: &mut State, s: usize) -> bool {
        state.see_crossed();
        self.scopes[s].blocks.iter().any(|&b| self.blocks[b].is_crossed(state))
    }

    /// Disturbs one group after another and settles; what is no worse stays. `cost` is that of the present order.
    fn wander(&mut self, state: &mut State, cost: u64, budget: u64) {
        let mut low = cost;
        let spent = state.work;
        for s in 0..self.scopes.len() {
            let size = self.scopes[s].size;
            let begin = state.work;
            let end = budget.min(begin + budget.saturating_sub(spent) * size / self.size);
            let before = spent * size / self.size;
            let mut gained = 0;
            state.record();
            while low > state.floor && state.work < end && self.is_crossed(state, s) {
                let patience = (PATIENCE * size / self.size).min(PATIENCE_EACH * self.scopes[s].places);
                if state.work - begin - gained > patience + (before + gained) / 2 {
                    break;
                }
                let mark = state.mark();
                self.disturb(state, s);
                if state.mark() == mark {
                    // Nothing was moved.
                    state.work += 1;
                    continue;
                }
                self.settle(state, budget);
                // What a round costs beside the links that it looks at.
                state.work += self.blocks.len() as u64;
                let new = state.cost();
                if new < low {
                    (low, gained) = (new, state.work - begin);
                    state.record();
                } else if new > low {
                    state.take_back(mark);
                }
            }
            // Among equals the first one.
            state.take_back(0);
        }
    }

    /// Puts what stands in a scope in an order by dice, groups in the same way in all rows.
    fn shuffle(&mut self, state: &mut State, s: usize) {
        let (Scope { group, dice, .. }, places) = (&mut self.scopes[s], &self.places);
        let seed = dice.next();
        for r in state.top[*group as usize] as usize..=state.bottom[*group as usize] as usize {
            let v = state.node_at(0, *group, r);
            let mut members = state.rows[r].members(v).to_vec();
            members.sort_by_cached_key(|&m| match state.rows[r][m as usize].group {
                NONE => dice.next(),
                g => Dice(seed ^ places[g as usize]).next(),
            });
            state.reorder(r, v, &members);
        }
    }

    fn disturb(&mut self, state: &mut State, s: usize) {
        let scope = &mut self.scopes[s];
        match scope.dice.roll(4) {
            0 => scope.exchange_groups(state),
            1 => scope.reverse(state),
            _ => {
                let block = &self.blocks[scope.blocks[scope.dice.roll(scope.blocks.len())]];
                insert::throw(state, block, scope.dice.share());
            }
        }
    }
}

impl Scope {
    /// A row of the group, and its node there.
    fn roll_row(&mut self, state: &State) -> (usize, u32) {
        let (top, bottom) = (state.top[self.group as usize] as usize, state.bottom[self.group as usize] as usize);
        let r = top + self.dice.roll(bottom + 1 - top);
        (r, state.node_at(0, self.group, r))
    }

    /// Exchanges two groups in all rows that they share, wherever they stand.
    fn exchange_groups(&mut self, state: &mut State) {
        let (r, v) = self.roll_row(state);
        let groups: Vec<u32> = state.rows[r].members(v).iter().map(|&m| state.rows[r][m as usize].group).collect();
        let groups: Vec<u32> = groups.into_iter().filter(|&g| g != NONE).collect();
        if groups.len() < 2 {
            return;
        }
        let a = groups[self.dice.roll(groups.len())];
        let b = groups[self.dice.roll(groups.len())];
        if a == b {
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
    fn reverse(&mut self, state: &mut State) {
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
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 for 0.
    fn roll(&mut self, n: usize) -> usize {
        (self.next() % (n.max(1) as u64)) as usize
    }

    /// A number from 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
