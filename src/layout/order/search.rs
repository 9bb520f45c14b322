//! Local search: exchanges and insertions to a local optimum, then disturbances that are kept if what follows is no worse.
//!
//! Every group is searched by itself: it has its own dice and its own work to spend, and what is better is said by what it costs itself.

use super::super::adjacent::Adjacent;
use super::super::nest::{NONE, ROOT};
use super::exchange::exchange;
use super::gauge::Gauge;
use super::insert::{self, Block, Desk};
use super::restore::Start;
use super::scope::{Dice, Scope, blocks_of, places, scopes};
use super::state::State;
use super::sweep::{self, sweep};
use super::{MANY, WORK};
use std::ops::Range;

/// Work that pays for each member of a group, in a drawing of so many items: a great deal as long as they are few, ever less in all as they become more, but
/// always something for each.
fn budget_each(items: usize) -> u64 {
    /// Work for each item of a drawing of few, and how many these are.
    const MANY: u64 = 5_000;
    const FEW: u64 = 320;
    /// Work for each item in any case.
    const LEAST: u64 = 30;
    // In steps, so that a few items more rarely change it.
    let items = items as u64;
    let step = items.checked_ilog2().map_or(0, |log| log.saturating_sub(2));
    let items = (items >> step) << step;
    MANY.min(WORK * FEW * FEW / items.saturating_pow(3).max(1)) + LEAST
}

/// Orders all rows: the best local optimum from a few starts, then disturbances of it.
pub(super) fn search(state: &mut State) {
    let mut search = Search::new(state);
    let file = search.members(state);
    let start = Start::new(state);
    sweep::begin(state);
    search.keep_better(state, &file);
    if state.cost() > state.least {
        search.everywhere(state, &start);
    }
    start.restore(state);
}

/// Makes a good order better, with a quarter of the work that would find it. In a drawing of [`MANY`] items it stays as it is: a quarter of what there is for each
/// of them finds nothing.
pub(super) fn refine(state: &mut State) {
    if state.at.len() > MANY {
        return;
    }
    let mut search = Search::new(state);
    search.count_budgets(state);
    search.scopes.iter_mut().for_each(|s| s.budget /= 4);
    search.settle(state);
    search.wander(state);
}

/// Work without gain after which disturbing ends, beside half of what was done before the last gain: for each place that some member of a group can take in
/// a row, as more than a few tries of each rarely find anything new, but at most so much in all.
const PATIENCE_EACH: u64 = 60;
/// See [`PATIENCE_EACH`].
const PATIENCE: u64 = 50_000;

/// Orders to start from: the file's, and others by dice; fewer in groups of few, one for so many of what stands in them.
const STARTS: u64 = 9;
/// See [`STARTS`].
const STARTS_EACH: u64 = 8;

/// Puts back links on their way through rows, but for the items that have to stay, until nothing gets better.
pub(super) fn put_back(state: &mut State, stays: &[bool], budget: u64) {
    let mut blocks = insert::blocks(state);
    blocks.retain(|b| b.items(state).all(|i| state.pass.get(i as usize) == Some(&true) && !stays[i as usize]));
    let mut desk = Desk::default();
    loop {
        state.see_crossed(ROOT);
        let saved: u64 = blocks.iter_mut().map(|b| insert::insert(state, b, &mut desk)).sum();
        if saved == 0 || state.work >= budget {
            break;
        }
    }
}

struct Search {
    blocks: Vec<Block>,
    /// By group, those that stand in it.
    blocks_of: Adjacent,
    desk: Desk,
    /// Outer ones first.
    scopes: Vec<Scope>,
    /// When exchanges last went through each group in each of its rows.
    seen: Vec<u64>,
    /// Of each group its place among its siblings.
    places: Vec<u64>,
    /// Work that pays for each member.
    each: u64,
}

impl Search {
    fn new(state: &State) -> Self {
        let blocks = insert::blocks(state);
        let places = places(state.nest);
        let blocks_of = blocks_of(state, &blocks);
        let scopes = scopes(state, &blocks_of, &places);
        let (seen, each) = (vec![0; state.nodes.len()], budget_each(state.at.len()));
        Self { blocks, blocks_of, desk: Desk::default(), scopes, seen, places, each }
    }

    /// Looks for the best order of every group.
    fn everywhere(&mut self, state: &mut State, start: &Start) {
        self.sweep(state);
        self.count_budgets(state);
        self.settle(state);
        self.turn_round(state);
        if state.at.len() > MANY {
            // What is left of the work is too little to find anything new.
            return;
        }
        self.start_anew(state);
        self.wander(state);
        // What costs nothing goes back to the file's order: that is another start.
        start.restore(state);
        self.wander(state);
        self.settle(state);
    }

    /// The members of all groups.
    fn members(&self, state: &State) -> Vec<Vec<u32>> {
        self.scopes.iter().map(|s| state.members_of(s.group)).collect()
    }

    /// Puts the members of every group back in the order that they had before, unless the present one is better.
    fn keep_better(&self, state: &mut State, before: &[Vec<u32>]) {
        for (scope, before) in self.scopes.iter().zip(before) {
            if state.stand_like(scope.group, before) {
                continue;
            }
            let present = state.members_of(scope.group);
            let mut gauge = Gauge::new(state, scope.group);
            let cost = gauge.cost(state);
            state.put_members(scope.group, before);
            if gauge.cost(state) > cost {
                state.put_members(scope.group, &present);
            }
        }
    }

    /// Sweeps over one group after another where something crosses, and where its work pays for counting all of its rows a few times.
    fn sweep(&mut self, state: &mut State) {
        /// So many times.
        const FEW: u64 = 8;
        state.see_crossed(ROOT);
        for s in 0..self.scopes.len() {
            let share = self.each * self.scopes[s].size;
            let pays = share >= FEW * self.scopes[s].tokens(state);
            if pays && !state.is_quiet(self.scopes[s].group) {
                let mut gauge = Gauge::new(state, self.scopes[s].group);
                let floor = self.scopes[s].floor(state, &mut gauge);
                sweep(state, &mut gauge, state.work + share, floor);
            }
        }
    }

    /// Sets how much work each group may spend: more the more is tangled, where most is to be gained.
    fn count_budgets(&mut self, state: &mut State) {
        state.see_crossed(ROOT);
        for scope in &mut self.scopes {
            let cost = if state.is_quiet(scope.group) { 0 } else { Gauge::new(state, scope.group).cost(state) };
            let cost = if cost > 0 { cost.saturating_sub(scope.inner_cost(state)) } else { 0 };
            scope.budget = (self.each * scope.size + cost.saturating_mul(cost) / 8).min(WORK);
        }
    }

    /// Exchanges and puts back everywhere until nothing gets better; each group pays for itself.
    fn settle(&mut self, state: &mut State) {
        self.settle_in(state, 0..self.scopes.len(), ROOT, None);
    }

    /// Exchanges and puts back in one scope, and those in it, until nothing gets better; it pays for all.
    fn settle_within(&mut self, state: &mut State, s: usize) {
        let begin = state.work;
        self.settle_in(state, s..s + 1 + self.scopes[s].inside, self.scopes[s].group, Some(s));
        self.scopes[s].spent += state.work - begin;
        // What a round costs beside the links that it looks at.
        self.scopes[s].spent += self.scopes[s].blocks_inside;
    }

    fn settle_in(&mut self, state: &mut State, which: Range<usize>, group: u32, payer: Option<usize>) {
        /// Exchanges in a row.
        const ROUNDS: usize = 4;
        let end = payer.map(|s| state.work + self.scopes[s].left());
        loop {
            let mut saved = 0;
            for _ in 0..ROUNDS {
                let before = saved;
                state.see_crossed(group);
                for s in which.clone() {
                    let scope = &mut self.scopes[s];
                    let begin = state.work;
                    if begin < end.unwrap_or(begin + scope.left()) {
                        saved += exchange(state, scope.group, &mut self.seen[state.own_nodes(scope.group)]);
                        scope.spent += if payer.is_none() { state.work - begin } else { 0 };
                    }
                }
                if saved == before {
                    break;
                }
            }
            state.see_crossed(group);
            for s in which.clone() {
                let scope = &mut self.scopes[s];
                for &block in self.blocks_of.of(scope.group) {
                    let begin = state.work;
                    if begin >= end.unwrap_or(begin + scope.budget.saturating_sub(scope.spent)) {
                        break;
                    }
                    saved += insert::insert(state, &mut self.blocks[block as usize], &mut self.desk);
                    scope.spent += if payer.is_none() { state.work - begin } else { 0 };
                }
            }
            if saved == 0 {
                break;
            }
        }
    }

    /// Starts anew by dice from what each group holds, and keeps what is better.
    fn start_anew(&mut self, state: &mut State) {
        state.see_crossed(ROOT);
        for s in 0..self.scopes.len() {
            let starts = STARTS.min(1 + self.scopes[s].size / STARTS_EACH);
            if starts < 2 || self.scopes[s].left() == 0 || state.is_quiet(self.scopes[s].group) {
                continue;
            }
            let (group, budget) = (self.scopes[s].group, self.scopes[s].budget);
            self.scopes[s].budget = budget / 2;
            let mut gauge = Gauge::new(state, group);
            let (mut cost, floor) = (gauge.cost(state), self.scopes[s].floor(state, &mut gauge));
            for _ in 1..starts {
                if cost <= floor || self.scopes[s].left() == 0 {
                    break;
                }
                let begin = state.work;
                state.record();
                self.shuffle(state, s);
                sweep(state, &mut gauge, state.work + budget, floor);
                self.scopes[s].spent += state.work - begin;
                self.settle_within(state, s);
                let new = gauge.cost(state);
                if new < cost {
                    cost = new;
                } else {
                    state.take_back(0);
                }
            }
            self.scopes[s].budget = budget;
        }
    }

    /// Turns groups round that keep their places: what is linked to others can come to their side so. What saves nothing is taken back. The outermost scope
    /// pays, as the whole order settles.
    fn turn_round(&mut self, state: &mut State) {
        /// Work for each member below which there is none left for this: in drawings of more than about a thousand items.
        const LEAST: u64 = 180;
        if self.each < LEAST {
            return;
        }
        state.see_crossed(ROOT);
        for s in 1..self.scopes.len() {
            let group = self.scopes[s].group;
            if !state.is_held(group) || state.is_quiet(group) || self.scopes[0].left() == 0 {
                continue;
            }
            let (cost, begin) = (state.cost(), state.work);
            state.record();
            state.turn_round(group);
            self.settle(state);
            if state.cost() >= cost {
                state.take_back(0);
            }
            self.scopes[0].spent += state.work - begin + self.scopes[0].blocks_inside;
        }
    }

    /// Disturbs one group after another and settles; what is no worse stays.
    fn wander(&mut self, state: &mut State) {
        state.see_crossed(ROOT);
        for s in 0..self.scopes.len() {
            let scope = &self.scopes[s];
            if scope.size == 0 || scope.blocks == 0 || scope.left() == 0 || state.is_quiet(scope.group) {
                continue;
            }
            let mut gauge = Gauge::new(state, self.scopes[s].group);
            let (mut low, floor) = (gauge.cost(state), self.scopes[s].floor(state, &mut gauge));
            let patience = PATIENCE.min(PATIENCE_EACH * self.scopes[s].places);
            let (begin, mut gained) = (self.scopes[s].spent, 0);
            state.record();
            while low > floor && self.scopes[s].left() > 0 {
                if self.scopes[s].spent - begin - gained > patience + (begin + gained) / 2 {
                    break;
                }
                let mark = state.mark();
                self.disturb(state, s);
                if state.mark() == mark {
                    // Nothing was moved.
                    self.scopes[s].spent += 1;
                    continue;
                }
                self.settle_within(state, s);
                let new = gauge.cost(state);
                if new < low {
                    (low, gained) = (new, self.scopes[s].spent - begin);
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
            state.keep_held(r, &mut members);
            state.reorder(r, v, &members);
        }
    }

    fn disturb(&mut self, state: &mut State, s: usize) {
        let scope = &mut self.scopes[s];
        match scope.dice.roll(4) {
            0 => scope.exchange_groups(state),
            1 => scope.reverse(state),
            _ => {
                let block = self.blocks_of.of(scope.group)[scope.dice.roll(scope.blocks)];
                let block = &self.blocks[block as usize];
                insert::throw(state, block, scope.dice.share());
            }
        }
    }
}
