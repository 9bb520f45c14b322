//! Steps that only labels have made: a link runs along, down past its label, and on along. Straight on, with its label on the level run, it has two corners
//! less.

use super::labels::{Things, things};
use super::verify::near::Near;
use super::verify::{around, crossings, cuts, passes};
use super::{Graph, Layout, Member, Route, Spacing};
use crate::geometry::{Point, Rect};

/// Drawings of more links are left as they are: nobody sees a step in them.
const MOST: usize = 500;

/// Takes steps out where the level run is free, crosses no more links and walls, and has room for the label between all that crosses it. Boxes, titles,
/// routes and labels must have their places. O(n log n), and O(log n + found + steps) for each step.
pub(super) fn steps(graph: &Graph, spacing: &Spacing, out: &mut Layout) {
    let found: Vec<(usize, usize)> =
        out.links.iter().enumerate().filter_map(|(l, route)| Some((l, step(route)?))).collect();
    if found.is_empty() || out.links.len() > MOST {
        return;
    }
    let things = things(graph, out);
    let (near, groups) = (Near::new(&things.places), Near::new(&out.groups));
    let mut surroundings = Around { graph, gap: spacing.track / 2.0, things, near, groups, changed: Vec::new() };
    for (l, k) in found {
        let old = &out.links[l].points;
        let straight =
            [after(old, k), before(old, k)].into_iter().flatten().find_map(|way| surroundings.route(out, l, &way));
        if let Some(route) = straight {
            out.links[l] = route;
            surroundings.changed.push(l);
        }
    }
}

/// The number of the run past the label, where it leads from one level run to another in the same direction.
fn step(route: &Route) -> Option<usize> {
    let (label, p) = (route.label?, &route.points);
    let along = |k: usize| if p[k].y == p[k + 1].y { p[k + 1].x - p[k].x } else { 0.0 };
    let is_step = |k: usize| p[k].x == p[k + 1].x && along(k - 1) * along(k + 1) > 0.0 && cuts(&p[k..k + 2], label);
    (1..p.len().saturating_sub(2)).find(|&k| is_step(k))
}

/// Another way for a link: its corners, and which of its runs are new, the level one first.
struct Way {
    points: Vec<Point>,
    level: usize,
    upright: usize,
}

/// Straight on, and down where the link goes down after its step.
fn after(p: &[Point], k: usize) -> Option<Way> {
    let on = p.get(k + 3).filter(|on| (on.y - p[k + 2].y) * (p[k + 1].y - p[k].y) > 0.0)?;
    let corner = Point::new(on.x, p[k].y);
    let points = p[..k].iter().copied().chain([corner]).chain(p[k + 3..].iter().copied()).collect();
    Some(Way { points, level: k - 1, upright: k })
}

/// Down where the link comes from, and along as it goes on after its step.
fn before(p: &[Point], k: usize) -> Option<Way> {
    let from = p.get(k.checked_sub(2)?).filter(|from| (p[k - 1].y - from.y) * (p[k + 1].y - p[k].y) > 0.0)?;
    let corner = Point::new(from.x, p[k + 1].y);
    let points = p[..k - 1].iter().copied().chain([corner]).chain(p[k + 2..].iter().copied()).collect();
    Some(Way { points, level: k - 1, upright: k - 2 })
}

/// What there is around links.
struct Around<'a> {
    graph: &'a Graph,
    /// What a run keeps from everything else.
    gap: f64,
    things: Things,
    near: Near,
    groups: Near,
    /// Links that have gone another way since.
    changed: Vec<usize>,
}

/// Something near a run of a link.
enum Thing<'a> {
    /// A box that the link ends at.
    Own(Rect),
    /// A box, a title or the label of another link.
    Solid(Rect),
    /// A run of another link, and whether the two share an end.
    Run(&'a [Point], bool),
}

impl Around<'_> {
    /// The link `l` on another way, if that is free and its label has room.
    fn route(&self, out: &Layout, l: usize, way: &Way) -> Option<Route> {
        let runs = [way.level, way.upright].map(|k| &way.points[k..k + 2]);
        if !self.keeps_walls(out, l, way) || !runs.iter().all(|run| self.is_free(out, l, run)) {
            return None;
        }
        let old = out.links[l].points.windows(2);
        let before: usize = old.map(|run| self.crossed(out, l, run)).sum();
        let now: usize = way.points.windows(2).map(|run| self.crossed(out, l, run)).sum();
        let label = if now <= before { self.label(out, l, runs[0]) } else { None };
        label.map(|label| Route { points: way.points.clone(), label: Some(label) })
    }

    /// Calls `found` with everything of others that overlaps or touches a place.
    fn things(&self, out: &Layout, l: usize, place: Rect, mut found: impl FnMut(Thing)) {
        let link = &self.graph.links[l];
        let own = |k: usize| [link.from, link.to].iter().any(|m| matches!(m, Member::Box(b) if b.at() == k));
        let shares = |other: usize| {
            let other = &self.graph.links[other];
            [other.from, other.to].iter().any(|m| [link.from, link.to].contains(m))
        };
        self.near.around(place, |k| {
            let rect = self.things.places[k];
            match self.things.link(k) {
                None if k < self.graph.boxes.len() && own(k) => found(Thing::Own(rect)),
                None => found(Thing::Solid(rect)),
                Some(other) if other == l || self.changed.contains(&other) => {}
                Some(_) if self.things.is_label(k) => found(Thing::Solid(rect)),
                Some(other) => {
                    let run = [Point::new(rect.x, rect.y), Point::new(rect.right(), rect.bottom())];
                    found(Thing::Run(&run, shares(other)));
                }
            }
        });
        for &other in &self.changed {
            let route = &out.links[other];
            route.label.into_iter().filter(|label| label.overlaps(place, 0.0)).for_each(|l| found(Thing::Solid(l)));
            let runs = route.points.windows(2).filter(|run| around(run).grown(self.gap).overlaps(place, 0.0));
            runs.for_each(|run| found(Thing::Run(run, shares(other))));
        }
    }

    /// Whether a run keeps its distance from everything that it does not cross, but for links that it meets on their way to a common end.
    fn is_free(&self, out: &Layout, l: usize, run: &[Point]) -> bool {
        let mut free = true;
        self.things(out, l, around(run).grown(self.gap), |thing| {
            free &= match thing {
                Thing::Own(rect) => !cuts(run, rect),
                Thing::Solid(_) => false,
                Thing::Run(other, shares) if is_level(run) == is_level(other) => shares && line(run) == line(other),
                Thing::Run(other, shares) => shares || self.crosses(run, other),
            }
        });
        free
    }

    /// Whether two runs cross, and not near an end of one.
    fn crosses(&self, a: &[Point], b: &[Point]) -> bool {
        let inside = |a: &[Point], b: &[Point]| {
            let (low, high) = extent(a);
            low + self.gap <= line(b) && line(b) <= high - self.gap
        };
        is_level(a) != is_level(b) && inside(a, b) && inside(b, a)
    }

    /// How many others a run crosses.
    fn crossed(&self, out: &Layout, l: usize, run: &[Point]) -> usize {
        let mut count = 0;
        self.things(out, l, around(run), |thing| {
            if let Thing::Run(other, false) = thing {
                count += usize::from(self.crosses(run, other));
            }
        });
        count
    }

    /// Whether a way crosses no group's walls more often than before, and keeps its distance from those beside it.
    fn keeps_walls(&self, out: &Layout, l: usize, way: &Way) -> bool {
        let old = &out.links[l].points;
        let new = &way.points[way.level.min(way.upright)..=way.level.max(way.upright) + 1];
        let place =
            old.iter().chain(new).map(|p| Rect::new(p.x, p.y, 0.0, 0.0)).reduce(Rect::union).unwrap_or_default();
        let mut keeps = true;
        self.groups.around(place.grown(self.gap), |g| {
            let r = out.groups[g];
            keeps &= crossings(&way.points, r) <= crossings(old, r) && (passes(old, r) || !passes(&way.points, r));
            keeps &= !new.windows(2).any(|run| self.runs_along(run, r));
        });
        keeps
    }

    /// Whether a run lies beside one of a group's walls, too near to it.
    fn runs_along(&self, run: &[Point], r: Rect) -> bool {
        let (walls, (low, high)) =
            if is_level(run) { ([r.y, r.bottom()], (r.x, r.right())) } else { ([r.x, r.right()], (r.y, r.bottom())) };
        let (from, to) = extent(run);
        from < high && low < to && walls.iter().any(|wall| (line(run) - wall).abs() < self.gap)
    }

    /// Room for the label of `l` on a level run, as near to its middle as what crosses the run allows.
    fn label(&self, out: &Layout, l: usize, run: &[Point]) -> Option<Rect> {
        let label = self.graph.links[l].label?;
        let (low, high) = extent(run);
        let middle = (low + high) / 2.0;
        let aside = label.w / 2.0 + self.gap;
        // Beside what is above and below it, a label would read as theirs.
        let beside = label.h / 2.0 + self.gap;
        let place = Rect::new(low, line(run) - beside, high - low, 2.0 * beside);
        // Where the label's middle must not be.
        let mut blocked = Vec::new();
        self.things(out, l, place, |thing| {
            let rect = match thing {
                Thing::Own(rect) | Thing::Solid(rect) => rect,
                Thing::Run(other, _) => around(other),
            };
            blocked.push((rect.x - aside, rect.right() + aside));
        });
        self.groups.around(place, |g| {
            let (r, within) = (out.groups[g], |wall: f64| low < wall && wall < high);
            blocked.extend([r.x, r.right()].into_iter().filter(|&wall| within(wall)).map(|x| (x - aside, x + aside)));
            let cuts = [r.y, r.bottom()].iter().any(|wall| (line(run) - wall).abs() < beside);
            blocked.extend(cuts.then_some((r.x - aside, r.right() + aside)));
        });
        let x = nearest_free(middle, (low + aside, high - aside), &mut blocked)?;
        Some(Rect::new(x - label.w / 2.0, line(run) - label.h / 2.0, label.w, label.h))
    }
}

/// The place nearest to `goal` within `ends` that lies inside none of the intervals.
fn nearest_free(goal: f64, ends: (f64, f64), blocked: &mut [(f64, f64)]) -> Option<f64> {
    blocked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut free, mut best) = (ends.0, None::<f64>);
    for &(from, to) in blocked.iter().chain([&(f64::INFINITY, f64::INFINITY)]) {
        let last = from.min(ends.1);
        if free <= last {
            let x = goal.clamp(free, last);
            best = Some(best.filter(|b| (b - goal).abs() <= (x - goal).abs()).unwrap_or(x));
        }
        free = free.max(to);
    }
    best
}

fn is_level(run: &[Point]) -> bool {
    run[0].y == run[1].y
}

/// Where the line of a run lies.
fn line(run: &[Point]) -> f64 {
    if is_level(run) { run[0].y } else { run[0].x }
}

/// From where to where a run goes on its line.
fn extent(run: &[Point]) -> (f64, f64) {
    let (a, b) = if is_level(run) { (run[0].x, run[1].x) } else { (run[0].y, run[1].y) };
    (a.min(b), a.max(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;
    use crate::layout::{BoxId, BoxNode, Link};

    /// Two boxes, and a link from the first, along, down past its label, along and down to the second; with other boxes in their places.
    fn drawn(others: &[Rect]) -> (Graph, Layout) {
        let ends = [Rect::new(0.0, 0.0, 40.0, 40.0), Rect::new(300.0, 200.0, 40.0, 40.0)];
        let boxes: Vec<Rect> = ends.iter().chain(others).copied().collect();
        let core = |r: &Rect| Rect::new(0.0, 0.0, r.w, r.h);
        let node = |r: &Rect| BoxNode { size: Size::new(r.w, r.h), core: core(r), parent: None, border: None };
        let [from, to] = [0, 1].map(|b| Member::Box(BoxId(b)));
        let link = Link { from, to, label: Some(Size::new(50.0, 14.0)), rank: true, weight: 1.0 };
        let graph = Graph { boxes: boxes.iter().map(node).collect(), links: vec![link], ..Graph::default() };
        let corners = [(40.0, 20.0), (250.0, 20.0), (250.0, 100.0), (320.0, 100.0), (320.0, 200.0)];
        let points = corners.map(|(x, y)| Point::new(x, y)).to_vec();
        let label = Some(Rect::new(225.0, 50.0, 50.0, 14.0));
        (graph, Layout { boxes, links: vec![Route { points, label }], ..Layout::default() })
    }

    fn straightened(others: &[Rect]) -> Route {
        let (graph, mut out) = drawn(others);
        steps(&graph, &Spacing::default(), &mut out);
        out.links.remove(0)
    }

    #[test]
    fn a_link_runs_straight_on_with_its_label_in_the_middle_of_its_run() {
        let route = straightened(&[]);
        let corners: Vec<(f64, f64)> = route.points.iter().map(|p| (p.x, p.y)).collect();
        assert_eq!(corners, [(40.0, 20.0), (320.0, 20.0), (320.0, 200.0)]);
        assert_eq!(route.label, Some(Rect::new(155.0, 13.0, 50.0, 14.0)));
    }

    #[test]
    fn it_keeps_its_step_where_something_is_in_the_way() {
        let (_, out) = drawn(&[]);
        assert_eq!(straightened(&[Rect::new(280.0, 0.0, 20.0, 40.0)]).points, out.links[0].points);
    }

    #[test]
    fn its_label_keeps_clear_of_what_is_beside_the_run() {
        let label = straightened(&[Rect::new(160.0, 28.0, 40.0, 20.0)]).label.unwrap_or_default();
        assert_eq!(label.right(), 160.0 - 5.0);
    }

    #[test]
    fn a_place_is_as_near_as_may_be() {
        let blocked = |list: &[(f64, f64)]| nearest_free(50.0, (10.0, 90.0), &mut list.to_vec());
        assert_eq!(blocked(&[]), Some(50.0));
        assert_eq!(blocked(&[(40.0, 55.0), (52.0, 58.0)]), Some(58.0));
        assert_eq!(blocked(&[(20.0, 95.0)]), Some(20.0));
        assert_eq!(blocked(&[(0.0, 95.0)]), None);
    }
}
