//! After the solution: jogs are taken out, where what has to move for it costs less than their corners.

use super::solve::Near;
use super::units::{Field, HURRIED, Units};
use super::{Pull, SCALE, System};

/// What it may cost to take a jog out: the smaller it is, the more it looks like a mistake; a long one has no more corners than a short one.
pub(super) fn worth(jog: i64) -> i64 {
    const SMALL: i64 = 8 * SCALE as i64;
    const LONG: i64 = 96 * SCALE as i64;
    (24 * jog.min(SMALL)).max(6 * jog.min(LONG))
}

/// Jogs that need not be tried again.
pub(super) struct Tried<'a> {
    /// Coordinates at which all were tried: those whose ends still stand there are left out,
    pub(super) at: &'a [i64],
    /// where there are more than so many: what is pushed aside may make way for any other.
    pub(super) many: usize,
}

impl System<'_> {
    /// Takes jogs out, the smallest first, those of labels last: what is on either side of a link's bend moves, and pushes aside what is in its way, if that
    /// costs less elsewhere than two corners are worth.
    pub(super) fn straighten(&self, near: &Near, x: &mut [i64], tried: Option<Tried>) {
        let mut jogs: Vec<(bool, i64, u32)> = (0..)
            .zip(&self.pulls)
            .filter(|(_, p)| p.hub.is_none() || self.at_label(p))
            .map(|(k, p)| (self.at_label(p), self.jog(p, x).abs(), k))
            .filter(|j| j.1 > 0)
            .collect();
        if let Some(Tried { at, .. }) = tried.filter(|tried| jogs.len() > tried.many) {
            let moved = |v: u32| at[v as usize] != x[v as usize];
            jogs.retain(|j| [self.pulls[j.2 as usize].a, self.pulls[j.2 as usize].b].into_iter().any(moved));
        }
        // Among very many those of about one size come in the order of the links: what is looked at for one is then at hand for the next.
        let crowded = jogs.len() > HURRIED;
        jogs.sort_unstable_by_key(|j| (j.0, if crowded { i64::from(j.1.ilog2()) } else { j.1 }, j.2));
        let mut units = Units::new(self, x, jogs.len());
        for (.., k) in jogs {
            let p = &self.pulls[k as usize];
            let jog = self.jog(p, x);
            let (a, b) = (units.of(p.a), units.of(p.b));
            if jog == 0 || a == b {
                continue;
            }
            // What pushes the other end before it leaves the jog as it is.
            let field = Field { system: self, near, x };
            // A label comes to the hub of a fan, which stays in the middle.
            let pushes = [(p.b, b, a, jog), (p.a, a, b, -jog)].map(|(end, unit, other, by)| {
                (p.hub != Some(end)).then(|| units.push(&field, unit, by, Some(other), worth(jog.abs()))).flatten()
            });
            if let Some(push) = pushes.into_iter().flatten().min_by_key(|push| push.price) {
                units.apply(&push, x);
                if p.hub.is_none() {
                    units.merge(a, b);
                }
            }
        }
        let mut hubs: Vec<u32> = self.pulls.iter().filter_map(|p| p.hub).collect();
        hubs.sort_unstable();
        hubs.dedup();
        for hub in hubs {
            let (unit, off) = (units.of(hub), units.off_middle(near, hub, x));
            units.move_freely((self, near), unit, -off, unit, x);
        }
    }

    /// Whether a pull ends at a label, which may as well stand beside its link.
    fn at_label(&self, p: &Pull) -> bool {
        [p.a, p.b].into_iter().any(|v| self.rows.items.get(v as usize).is_some_and(|i| i.label))
    }

    /// How far the ends of a pull are from being straight.
    pub(super) fn jog(&self, p: &Pull, x: &[i64]) -> i64 {
        x[p.a as usize] + p.offset() - x[p.b as usize]
    }
}
