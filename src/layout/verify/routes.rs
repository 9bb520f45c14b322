//! Links and what they must not run through.

use super::super::nest::{ROOT, inner};
use super::super::{BoxId, Link, Member};
use super::{Check, Thing, around, cuts, passes};
use crate::geometry::{Point, Rect};

impl Check<'_> {
    pub(super) fn routes(&self, out: &mut Vec<String>) {
        for (l, route) in self.layout.links.iter().enumerate() {
            let link = &self.graph.links[l];
            let p = &route.points;
            if p.len() < 2 {
                out.push(format!("link {l} is not drawn"));
                continue;
            }
            if !p.windows(2).all(|s| s[0].x == s[1].x || s[0].y == s[1].y) {
                out.push(format!("link {l} is slanted"));
            }
            for (end, at, next) in [(link.from, p[0], p[1]), (link.to, p[p.len() - 1], p[p.len() - 2])] {
                self.meets(l, end, at, next, out);
            }
            for run in p.windows(2) {
                self.run(l, link, run, out);
            }
            self.walls(l, link, p, out);
        }
    }

    /// A link ends on the border of its member, at right angles to it.
    fn meets(&self, l: usize, end: Member, at: Point, next: Point, out: &mut Vec<String>) {
        let r = self.rect(end);
        if off_border(r, at) > 1.0 {
            out.push(format!("link {l} does not end on the border of {end:?}"));
        }
        let near = |a: f64, b: f64| (a - b).abs() <= 1.0;
        let (beside, above) = (near(at.x, r.x) || near(at.x, r.right()), near(at.y, r.y) || near(at.y, r.bottom()));
        let askew = if at.y == next.y { above && !beside } else { beside && !above };
        if askew && at != next {
            out.push(format!("link {l} meets {end:?} along its border"));
        }
    }

    /// What one run of a link must not go through.
    fn run(&self, l: usize, link: &Link, run: &[Point], out: &mut Vec<String>) {
        let touches = |m: Member, g: usize| self.inside(m, g) || self.border_of(m) == Some(g);
        self.around(around(run), |thing| match thing {
            Thing::Box(b) if cuts(run, self.layout.boxes[b]) => {
                let m = Member::Box(BoxId(b as u32));
                let own = if m == link.from || m == link.to { "its own end, " } else { "" };
                out.push(format!("link {l} runs through {own}box {b}"));
            }
            Thing::Title(g) if cuts(run, self.layout.titles[g]) => {
                out.push(format!("link {l} runs over the title of group {g}"));
            }
            Thing::Label(other) if other != l && cuts(run, self.label(other)) => {
                out.push(format!("link {l} runs over the label of link {other}"));
            }
            Thing::Group(g) if !touches(link.from, g) && !touches(link.to, g) && cuts(run, self.layout.groups[g]) => {
                out.push(format!("link {l} runs through the foreign group {g}"));
            }
            _ => {}
        });
    }

    /// A link enters and leaves the groups around its ends no more often than its ends demand: once those of one end, never those of both. The innermost one
    /// of both speaks for those around it.
    fn walls(&self, l: usize, link: &Link, p: &[Point], out: &mut Vec<String>) {
        let (from, to) = (self.place(link.from), self.place(link.to));
        let common = self.nest.common(from, to);
        let below = |end: u32| {
            let up = std::iter::successors(Some(end), |&g| Some(self.nest.parent[g as usize]));
            up.take_while(|&g| g != common)
        };
        for g in std::iter::once(common).chain(below(from)).chain(below(to)).filter(|&g| g != ROOT) {
            let (at, r) = (g as usize - 1, self.layout.groups[g as usize - 1]);
            if self.border_of(link.from) == Some(at) || self.border_of(link.to) == Some(at) {
                continue;
            }
            let is = |m: Member| matches!(m, Member::Group(own) if inner(own) == g);
            let within = |m: Member| !is(m) && self.inside(m, at);
            match (is(link.from) || is(link.to), within(link.from) || within(link.to)) {
                // Of a group to what lies in it: never outside.
                (true, true) => {
                    if !p.iter().all(|q| r.holds(Rect::new(q.x, q.y, 0.0, 0.0), 1.0)) {
                        out.push(format!("link {l} leaves group {at}, whose member it ends at"));
                    }
                }
                (true, false) => {
                    if passes(p, r) {
                        out.push(format!("link {l} runs through group {at}, its own end"));
                    }
                }
                _ => {
                    let both = within(link.from) && within(link.to);
                    if crossings(p, r) > usize::from(!both) {
                        out.push(format!("link {l} crosses the walls of group {at} too often"));
                    }
                }
            }
        }
    }
}

/// Distance of a point from the border of a rectangle.
fn off_border(r: Rect, p: Point) -> f64 {
    let (dx, dy) = ((r.x - p.x).max(p.x - r.right()), (r.y - p.y).max(p.y - r.bottom()));
    if dx <= 0.0 && dy <= 0.0 { (-dx).min(-dy) } else { dx.max(dy) }
}

/// 1 for a run that lies inside a rectangle, -1 for one beyond one of its sides.
fn whole(s: &[Point], r: Rect) -> Option<i32> {
    let (left, right) = (s[0].x.min(s[1].x), s[0].x.max(s[1].x));
    let (top, bottom) = (s[0].y.min(s[1].y), s[0].y.max(s[1].y));
    if right < r.x - 0.5 || left > r.right() + 0.5 || bottom < r.y - 0.5 || top > r.bottom() + 0.5 {
        Some(-1)
    } else if left > r.x + 0.5 && right < r.right() - 0.5 && top > r.y + 0.5 && bottom < r.bottom() - 0.5 {
        Some(1)
    } else {
        None
    }
}

/// How often a route changes between the inside and the outside of a rectangle; points on the border belong to both.
pub(in crate::layout) fn crossings(points: &[Point], r: Rect) -> usize {
    let deep = |p: &Point| r.grown(-1.0).holds(Rect::new(p.x, p.y, 0.0, 0.0), 0.0);
    if points.iter().all(deep) {
        return 0;
    }
    let (mut count, mut side) = (0, 0);
    for s in points.windows(2) {
        if let Some(now) = whole(s, r) {
            count += usize::from(side == -now);
            side = now;
            continue;
        }
        // Where along the run it meets the lines of the walls, in order.
        let (mut cuts, mut met) = ([0.0; 6], 1);
        for (from, to, walls) in [(s[0].x, s[1].x, [r.x, r.right()]), (s[0].y, s[1].y, [r.y, r.bottom()])] {
            for wall in walls.into_iter().filter(|_| (to - from).abs() > 1e-9) {
                let t = (wall - from) / (to - from);
                if (0.0..=1.0).contains(&t) {
                    (cuts[met], met) = (t, met + 1);
                }
            }
        }
        cuts[met] = 1.0;
        cuts[..=met].sort_unstable_by(f64::total_cmp);
        for pair in cuts[..=met].windows(2) {
            let t = (pair[0] + pair[1]) / 2.0;
            let m = Point::new(s[0].x + (s[1].x - s[0].x) * t, s[0].y + (s[1].y - s[0].y) * t);
            let strictly = r.x + 0.5 < m.x && m.x < r.right() - 0.5 && r.y + 0.5 < m.y && m.y < r.bottom() - 0.5;
            let within = r.x - 0.5 <= m.x && m.x <= r.right() + 0.5 && r.y - 0.5 <= m.y && m.y <= r.bottom() + 0.5;
            let now = match (strictly, within) {
                (true, _) => 1,
                (_, true) => 0,
                _ => -1,
            };
            if now != 0 && side != 0 && now != side {
                count += 1;
            }
            if now != 0 {
                side = now;
            }
        }
    }
    count
}
