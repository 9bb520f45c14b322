//! Local search: exchanges and insertions to a local optimum, then disturbances that are kept if what follows is no worse.

use super::super::nest::NONE;
use super::WORK;
use super::exchange::exchange;
use super::insert::{self, Block, Desk};
use super::state::{Snapshot, State};
use super::sweep::sweep;

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

/// Orders all rows: from a few starts the best local optimum, then disturbances of it.
pub(super) fn search(state: &mut State) {
    let mut search = Search::new(state);
    let mut budget = budget(state.at.len(), 0);
    let (mut cost, mut best) = (u64::MAX, Vec::new());
    for start in 0..STARTS {
        if start > 0 {
            if cost == 0 || state.work > budget / 2 {
                break;
            }
            search.shuffle(state);
        }
        sweep(state, budget);
        if start == 0 {
            budget = self::budget(state.at.len(), state.cost());
        }
        search.settle(state, budget);
        let new = state.cost();
        if new < cost {
            (cost, best) = (new, state.snapshot());
        }
    }
    state.adopt(&best);
    search.wander(state, cost, &best, budget);
}

/// Makes a good order better, with a quarter of the work that would find it.
pub(super) fn refine(state: &mut State) {
    let mut search = Search::new(state);
    let budget = budget(state.at.len(), state.cost()) / 4;
    search.settle(state, budget);
    let (cost, best) = (state.cost(), state.snapshot());
    search.wander(state, cost, &best, budget);
}

/// Work without gain after which disturbing ends, beside half of what was done before the last gain: at most, in any case, and for each crossing left.
const PATIENCE: u64 = 50_000;
/// See [`PATIENCE`].
const PATIENCE_LEAST: u64 = 20_000;
/// See [`PATIENCE`].
const PATIENCE_PER_CROSSING: u64 = 500;

/// Orders to start from: the file's, and others by dice.
const STARTS: usize = 6;

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
    dice: Dice,
}

impl Search {
    fn new(state: &State) -> Self {
        Self { blocks: insert::blocks(state), desk: Desk::default(), seen: vec![0; state.rows.len()], dice: Dice(1) }
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

    /// Disturbs and settles; what is no worse stays. `cost` is that of the present order, `best`.
    fn wander(&mut self, state: &mut State, cost: u64, best: &Snapshot, budget: u64) {
        let mut low = cost;
        let mut gained = state.work;
        while low > 0 && state.work < budget && !self.blocks.is_empty() {
            let patience = PATIENCE.min(PATIENCE_LEAST + PATIENCE_PER_CROSSING * low);
            if state.work - gained > patience + gained / 2 {
                break;
            }
            let before = state.work;
            state.record();
            self.disturb(state);
            self.settle(state, budget);
            if state.work == before {
                // Where no link joins two rows there is none to look at: a round must cost something all the same, or there is no end.
                state.work += self.blocks.len() as u64;
            }
            let new = state.cost();
            if new < low {
                gained = state.work;
            }
            if new <= low {
                low = new;
            } else {
                state.take_back();
            }
        }
        // Among equals the one nearest to the file's order.
        if low >= cost {
            state.adopt(best);
        }
    }

    /// Puts the members of every node in an order by dice, groups in the same way in all rows.
    fn shuffle(&mut self, state: &mut State) {
        let seed = self.dice.next();
        for r in 0..state.rows.len() {
            for v in 0..state.rows[r].len() {
                let mut members = state.rows[r].members(v as u32).to_vec();
                members.sort_by_cached_key(|&m| {
                    let node = &state.rows[r][m as usize];
                    let own =
                        if node.group == NONE { u64::from(node.item) << 1 } else { u64::from(node.group) << 1 | 1 };
                    Dice(seed ^ own.wrapping_mul(0xD6E8_FEB8_6659_FD93)).next()
                });
                state.rows[r].members_mut(v as u32).copy_from_slice(&members);
            }
            state.touch(r);
        }
        state.place_all();
    }

    fn disturb(&mut self, state: &mut State) {
        match self.dice.roll(4) {
            0 => self.exchange_groups(state),
            1 => self.reverse(state),
            _ => {
                let block = &self.blocks[self.dice.roll(self.blocks.len())];
                insert::throw(state, block, self.dice.share());
            }
        }
    }

    /// Exchanges two groups in all rows that they share, wherever they stand.
    fn exchange_groups(&mut self, state: &mut State) {
        let r = self.dice.roll(state.rows.len());
        let v = self.dice.roll(state.rows[r].len());
        let groups: Vec<u32> =
            state.rows[r].members(v as u32).iter().map(|&m| state.rows[r][m as usize].group).collect();
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
        let r = self.dice.roll(state.rows.len());
        let v = self.dice.roll(state.rows[r].len());
        let mut members = state.rows[r].members(v as u32).to_vec();
        if members.len() < 2 {
            return;
        }
        let (a, b) = (self.dice.roll(members.len()), self.dice.roll(members.len()));
        let (a, b) = (a.min(b), a.max(b));
        // Groups keep their sides: only items between them turn.
        let is_item = |m: &u32| state.rows[r][*m as usize].group == NONE;
        if members[a..=b].iter().all(is_item) {
            members[a..=b].reverse();
            state.reorder(r, v as u32, &members);
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
