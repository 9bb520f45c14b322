//! What moves as one after the solution, and what has to move with it.

use super::System;
use super::solve::Near;
use super::widths::wider;

/// What it costs, for each of its links, that the hub of a fan stands a unit off the middle.
const OFF_MIDDLE: i64 = 16;

/// How many variables may be looked at for one push; and the least of it where there are many pushes to try.
const PATIENCE: (usize, usize) = (400, 12);

/// So many pushes may look at as many variables as there is patience for; twice as many at a quarter of it.
const MANY: usize = 1600;

/// With more pushes than these each may only look at the least.
pub(super) const HURRIED: usize = 6400;

/// A push that took too long is not tried again, alone or as a part of another, before so many others have made room.
const STUCK: u64 = 8;

/// Where there are more pushes to try than these it is ever more of them, by the fourth power: among very many each makes room somewhere else.
const FEW: u64 = 600;

/// No variable.
const NONE: u32 = u32::MAX;

/// Items joined by straight links move as one, every wall alone. A unit is named by one of its variables.
pub(super) struct Units {
    /// What is known of each variable.
    variables: Vec<Variable>,
    /// What is known of each unit.
    units: Vec<Unit>,
    /// The units that move in the push that is tried, and those whose neighbours are not looked at yet, with how far they move.
    moved: Vec<u32>,
    todo: Vec<(u32, i32)>,
    /// The first units of those whose way is still being cleared, and how many others were to do when each was looked at.
    trail: Vec<(u32, usize)>,
    /// How many variables each push may look at.
    patience: usize,
    /// How many pushes have been applied, and how many more of them make room for one that took too long.
    applied: u32,
    stuck_for: u32,
    /// The least and the greatest coordinate of all so far.
    ends: (i64, i64),
    /// What each unit of width costs.
    wider: i64,
    /// Room for the ends of a fan.
    fan: Vec<i64>,
}

/// One variable.
#[derive(Debug, Clone, Copy)]
struct Variable {
    /// Its coordinate.
    x: i64,
    /// Its unit.
    unit: u32,
    /// The variable of the same unit that comes after it.
    next: u32,
}

/// One unit.
#[derive(Debug, Clone, Copy)]
struct Unit {
    /// The ends of the list of its members, through [`Variable::next`], and their number.
    first: u32,
    last: u32,
    count: u32,
    /// How far it moves in the push that is tried: no drawing is as wide as 2^29 pixels.
    shift: i32,
    /// To the left and to the right: how far it was to move when that took too long, and how many pushes had been applied by then. To move further takes
    /// longer still.
    stuck: [(i32, u32); 2],
}

impl Unit {
    /// Without members.
    const NEW: Self = Self { first: NONE, last: NONE, count: 0, shift: 0, stuck: [(i32::MAX, 0); 2] };

    /// When a push so far took too long, if that is not long ago: pushes applied by now, and how many more of them make room.
    fn stuck<const RIGHT: bool>(&self, distance: i64, (applied, room): (u32, u32)) -> Option<u32> {
        let (least, when) = self.stuck[usize::from(RIGHT)];
        (distance >= i64::from(least) && applied <= when.saturating_add(room)).then_some(when)
    }
}

/// How many pushes make room for one that took too long, where there are so many to try.
fn stuck_for(pushes: usize) -> u32 {
    let room = STUCK.saturating_mul((pushes as u64).saturating_pow(4)) / FEW.pow(4);
    room.max(STUCK).try_into().unwrap_or(u32::MAX)
}

/// The middle of the fan of the hub `v`, for coordinates `x`: of where the hub stands straight with each of the other ends. `None` if it is the hub of none.
/// `room` is to work in.
fn fan_middle(near: &Near, v: u32, x: impl Fn(u32) -> i64, room: &mut Vec<i64>) -> Option<i64> {
    let own = near.pulls_of(v).iter().filter(|p| p.hub == Some(v));
    room.clear();
    room.extend(own.map(|p| if p.a == v { x(p.b) - p.offset() } else { x(p.a) + p.offset() }));
    room.sort_unstable();
    (room.len() > 1).then(|| (room[(room.len() - 1) / 2] + room[room.len() / 2]) / 2)
}

/// What has to move for one unit to move, and what that costs.
pub(super) struct Push {
    pub(super) price: i64,
    /// Units and how far they move.
    moved: Vec<(u32, i64)>,
}

impl Push {
    /// How far a unit moves.
    pub(super) fn shift_of(&self, unit: u32) -> i64 {
        self.moved.iter().find(|m| m.0 == unit).map_or(0, |m| m.1)
    }
}

impl Units {
    /// For so many `pushes`.
    pub(super) fn new(system: &System, x: &[i64], pushes: usize) -> Self {
        let leaders = (0..).zip(system.leaders(x));
        let unit = leaders.map(|(v, leader)| if leader == NONE { v } else { leader });
        let mut variables: Vec<Variable> = unit.zip(x).map(|(unit, &x)| Variable { x, unit, next: NONE }).collect();
        let mut units = vec![Unit::NEW; system.n];
        for v in 0..system.n as u32 {
            let own = &mut units[variables[v as usize].unit as usize];
            if own.count == 0 {
                own.first = v;
            } else {
                variables[own.last as usize].next = v;
            }
            own.last = v;
            own.count += 1;
        }
        let ends = (x.iter().copied().min().unwrap_or(0), x.iter().copied().max().unwrap_or(0));
        Self {
            variables,
            units,
            moved: Vec::new(),
            todo: Vec::new(),
            trail: Vec::new(),
            patience: (PATIENCE.0 * MANY * MANY / pushes.max(1).pow(2)).clamp(PATIENCE.1, PATIENCE.0),
            applied: 0,
            stuck_for: stuck_for(pushes),
            ends,
            wider: wider(system, ends.1 - ends.0),
            fan: Vec::new(),
        }
    }

    /// The unit of a variable.
    pub(super) fn of(&self, v: u32) -> u32 {
        self.variables[v as usize].unit
    }

    /// The variables of a unit.
    fn members(&self, unit: u32) -> impl Iterator<Item = u32> + use<'_> {
        let first = Some(self.units[unit as usize].first).filter(|&v| v != NONE);
        std::iter::successors(first, |&v| Some(self.variables[v as usize].next).filter(|&v| v != NONE))
    }

    /// How far a hub is from the middle of its fan.
    pub(super) fn off_middle(&mut self, near: &Near, hub: u32, x: &[i64]) -> i64 {
        let middle = fan_middle(near, hub, |v| x[v as usize], &mut self.fan);
        middle.map_or(0, |middle| x[hub as usize] - middle)
    }

    /// Moves what has to move.
    pub(super) fn apply(&mut self, push: &Push, x: &mut [i64]) {
        self.applied += 1;
        for &(unit, shift) in &push.moved {
            let mut v = self.units[unit as usize].first;
            while v != NONE {
                let variable = &mut self.variables[v as usize];
                variable.x += shift;
                x[v as usize] = variable.x;
                self.ends = (self.ends.0.min(variable.x), self.ends.1.max(variable.x));
                v = variable.next;
            }
        }
    }

    /// Makes two units one.
    pub(super) fn merge(&mut self, a: u32, b: u32) {
        let [of_a, of_b] = [a, b].map(|unit| self.units[unit as usize]);
        let (small, large) = if of_a.count > of_b.count { (b, a) } else { (a, b) };
        let mut v = self.units[small as usize].first;
        while v != NONE {
            let variable = &mut self.variables[v as usize];
            variable.unit = large;
            v = variable.next;
        }
        self.variables[of_b.last as usize].next = of_a.first;
        let count = of_a.count + of_b.count;
        self.units[large as usize] = Unit { first: of_b.first, last: of_a.last, count, ..self.units[large as usize] };
    }

    /// What has to move for `unit` to move `by` so much: all that is in its way, as far as it has to. `None` if that is too much, if it costs more than
    /// `worth`, or if `still` is among it.
    pub(super) fn push(&mut self, field: &Field, unit: u32, by: i64, still: Option<u32>, worth: i64) -> Option<Push> {
        self.moved.clear();
        self.moved.push(unit);
        self.units[unit as usize].shift = by as i32;
        let is_clear = if by > 0 {
            self.clear_way::<true>(field, unit, by, still)
        } else {
            self.clear_way::<false>(field, unit, by, still)
        };
        let price = is_clear.then(|| self.price(field));
        let push = price.filter(|&price| price <= worth).map(|price| {
            let moved = self.moved.iter().map(|&unit| (unit, i64::from(self.units[unit as usize].shift))).collect();
            Push { price, moved }
        });
        for &unit in &self.moved {
            self.units[unit as usize].shift = 0;
        }
        push
    }

    /// Moves a unit and what is in its way where that costs nothing, and where the unit `along` has to move as far.
    pub(super) fn move_freely(
        &mut self,
        (system, near): (&System, &Near),
        unit: u32,
        by: i64,
        along: u32,
        x: &mut [i64],
    ) {
        if by == 0 {
            return;
        }
        let push = self.push(&Field { system, near, x }, unit, by, None, 0);
        if let Some(push) = push.filter(|push| push.shift_of(along) == by) {
            self.apply(&push, x);
        }
    }

    /// Shifts what is in the way of `unit`, to the right or to the left, and whether it all may move.
    fn clear_way<const RIGHT: bool>(&mut self, field: &Field, unit: u32, by: i64, still: Option<u32>) -> bool {
        let near = field.near;
        let Self { variables, units, moved, todo, trail, patience, .. } = self;
        let (variables, units) = (&variables[..], &mut units[..]);
        let (start, still) = (unit, still.unwrap_or(NONE));
        let towards = |distance: i64| if RIGHT { distance } else { -distance };
        let room = (self.applied, self.stuck_for);
        if units[unit as usize].stuck::<RIGHT>(by.abs(), room).is_some() {
            return false;
        }
        todo.clear();
        todo.push((unit, by as i32));
        trail.clear();
        let mut looked_at = 0;
        while let Some((unit, shift)) = todo.pop() {
            let Unit { first: mut v, count, shift: latest, .. } = units[unit as usize];
            // It has been found to move further meanwhile, and been looked at.
            if shift != latest {
                continue;
            }
            while trail.pop_if(|first| first.1 > todo.len()).is_some() {}
            if looked_at <= *patience / 8 {
                trail.push((unit, todo.len()));
            }
            looked_at += count as usize;
            if looked_at > *patience {
                for &(unit, _) in &*trail {
                    let unit = &mut units[unit as usize];
                    unit.stuck[usize::from(RIGHT)] = (unit.shift.abs(), self.applied);
                }
                return false;
            }
            while v != NONE {
                let Variable { x, next, .. } = variables[v as usize];
                let own = x + i64::from(shift);
                for bound in if RIGHT { near.after(v) } else { near.before(v) } {
                    let Variable { x, unit: other, .. } = variables[bound.other as usize];
                    let lack = towards(own - x) + bound.len();
                    if lack <= 0 {
                        continue;
                    }
                    let pushed = &mut units[other as usize];
                    let before = pushed.shift;
                    if lack > towards(i64::from(before)) {
                        if other == still {
                            return false;
                        }
                        if let Some(when) = pushed.stuck::<RIGHT>(lack, room) {
                            units[start as usize].stuck[usize::from(RIGHT)] = (by.abs() as i32, when);
                            return false;
                        }
                        pushed.shift = towards(lack) as i32;
                        todo.push((other, pushed.shift));
                        if before == 0 {
                            moved.push(other);
                        }
                    }
                }
                v = next;
            }
        }
        true
    }

    /// What the shifts of some units cost: longer links, wider groups, a wider drawing, hubs off the middle of their fans.
    fn price(&mut self, &Field { system, near, x }: &Field) -> i64 {
        let mut room = std::mem::take(&mut self.fan);
        let shift = |v: u32| i64::from(self.units[self.of(v) as usize].shift);
        let walls = system.left(0);
        let (mut low, mut high) = self.ends;
        let mut price = 0;
        for v in self.moved.iter().flat_map(|&unit| self.members(unit)) {
            let at = x[v as usize] + shift(v);
            (low, high) = (low.min(at), high.max(at));
            let mut is_hub = false;
            for p in near.pulls_of(v) {
                is_hub |= p.hub == Some(v);
                // A pull counts once: where it starts, or where it ends if that alone moves.
                if p.a == v || shift(p.a) == 0 {
                    let (jog, aside) = (system.jog(p, x), shift(p.a) - shift(p.b));
                    price += p.weight() * ((jog + aside).abs() - jog.abs());
                }
            }
            if v >= walls {
                price += if (v - walls).is_multiple_of(2) { -shift(v) } else { shift(v) };
            }
            // The ends of a fan are free: they may be no more than passes of its links on their way.
            if is_hub && let Some(middle) = fan_middle(near, v, |v| x[v as usize], &mut room) {
                let after = fan_middle(near, v, |v| x[v as usize] + shift(v), &mut room).unwrap_or(middle);
                let further = (at - after).abs() - (x[v as usize] - middle).abs();
                price += OFF_MIDDLE * room.len() as i64 * further.max(0);
            }
        }
        self.fan = room;
        price + self.wider * (self.ends.0 - low + high - self.ends.1)
    }
}

/// What a push takes place in: the system, its distances and pulls by variable, and the coordinates so far.
pub(super) struct Field<'a> {
    pub(super) system: &'a System<'a>,
    pub(super) near: &'a Near,
    pub(super) x: &'a [i64],
}
