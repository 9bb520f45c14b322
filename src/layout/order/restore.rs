//! The file's order again, wherever another one is no better.
//!
//! Of orders that cost the same, a search finds now this one and now that, and what is added at one place may turn what stands at another. So neighbours go
//! back to the order in which they stood at the start where that costs nothing: boxes and groups among themselves, and links on their way among themselves.

use super::super::nest::NONE;
use super::exchange::Pair;
use super::state::State;

/// Where everything stood at the start: by row and node, the place among its siblings.
pub(super) struct Start(Vec<Vec<u32>>);

impl Start {
    /// The present order.
    pub(super) fn new(state: &State) -> Self {
        let places = |row: &super::state::Row| {
            let mut place = vec![0; row.len()];
            for v in 0..row.len() as u32 {
                (0..).zip(row.members(v)).for_each(|(k, &m)| place[m as usize] = k);
            }
            place
        };
        Self(state.rows.iter().map(places).collect())
    }

    /// Goes back to this order as far as that costs nothing.
    pub(super) fn restore(&self, state: &mut State) {
        /// Times that all neighbours are looked at.
        const ROUNDS: usize = 8;
        let mut since = None;
        for _ in 0..ROUNDS {
            let mut any = false;
            let begin = state.clock;
            for r in 0..state.rows.len() {
                for v in 0..state.rows[r].len() as u32 {
                    let few = state.rows[r].members(v).len() < 2;
                    // Nothing new can be found where nothing has changed since it was looked at.
                    if few || since.is_some_and(|since| state.is_still(state.rows[r][v as usize].group, since)) {
                        continue;
                    }
                    for k in 1..state.rows[r].members(v).len() {
                        any |= self.exchange(state, r, v, k);
                    }
                }
            }
            if !any {
                break;
            }
            since = Some(begin);
        }
    }

    /// Exchanges the members `k - 1` and `k` of a node, if they stood the other way round and it costs nothing. Says whether it did.
    fn exchange(&self, state: &mut State, r: usize, v: u32, k: usize) -> bool {
        let members = state.rows[r].members(v);
        let (a, b) = (members[k - 1], members[k]);
        let place = |m: u32| self.0[r][m as usize];
        let node = |m: u32| &state.rows[r][m as usize];
        let is_pass = |m: u32| node(m).group == NONE && state.pass[node(m).item as usize];
        let holds = |m: u32| state.wall(node(m)).is_some();
        if place(a) < place(b) || is_pass(a) != is_pass(b) || holds(a) || holds(b) || state.are_held(r, a, b) {
            return false;
        }
        let pair = Pair::new(state, r, (a, b));
        pair.first == r && pair.neighbours(state) && pair.exchange(state, 0).is_some()
    }
}
