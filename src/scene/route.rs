//! A link's corners -> the path that is drawn: ends brought to what they point at, corners rounded, hops over unrelated links.

use super::Step;
use crate::geometry::{Point, Rect};

/// Shorter than this is no distance, in pixels.
const TINY: f64 = 0.01;

/// Removes repeated points and points in the middle of a straight run.
pub(super) fn tidy(points: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for &p in points {
        if let Some(&last) = out.last()
            && (p.x - last.x).abs() < TINY
            && (p.y - last.y).abs() < TINY
        {
            continue;
        }
        if let [.., a, b] = out.as_slice()
            && straight(*a, *b, p)
        {
            out.pop();
        }
        out.push(p);
    }
    out
}

/// Whether `b` lies on the way from `a` straight on to `c`.
fn straight(a: Point, b: Point, c: Point) -> bool {
    let vertical = (a.x - b.x).abs() < TINY && (b.x - c.x).abs() < TINY && (b.y - a.y) * (c.y - b.y) >= 0.0;
    let horizontal = (a.y - b.y).abs() < TINY && (b.y - c.y).abs() < TINY && (b.x - a.x) * (c.x - b.x) >= 0.0;
    vertical || horizontal
}

/// Brings the last point of a route to the icon it points at: `whole` is the box that the layout ended it on, `core` the icon within, `gap` the distance to keep.
pub(super) fn reach(points: &mut [Point], whole: Rect, core: Rect, gap: f64) {
    let [.., before, end] = points else { return };
    let (dx, dy) = (end.x - before.x, end.y - before.y);
    let level = core.y - TINY <= end.y && end.y <= core.bottom() + TINY;
    let above = core.x - TINY <= end.x && end.x <= core.right() + TINY;
    if dx.abs() >= dy.abs() {
        let (left, right) = if level { (core.x, core.right()) } else { (whole.x, whole.right()) };
        let to = if dx > 0.0 { left - gap } else { right + gap };
        end.x = if dx > 0.0 { to.max(before.x) } else { to.min(before.x) };
    } else {
        let top = if above { core.y } else { whole.y };
        let to = if dy > 0.0 { top - gap } else { whole.bottom() + gap };
        end.y = if dy > 0.0 { to.max(before.y) } else { to.min(before.y) };
    }
}

/// The drawn path: corners rounded by at most `radius`, and half circles of radius `hop` around the given crossings (on horizontal runs).
pub(super) fn path(points: &[Point], radius: f64, hop: f64, crossings: &[Point]) -> Vec<Step> {
    let Some((&first, rest)) = points.split_first() else { return Vec::new() };
    let mut steps = vec![Step::Move(first)];
    let mut from = first;
    for (i, &corner) in rest.iter().enumerate() {
        let next = rest.get(i + 1);
        let previous = points.get(i).copied().unwrap_or(first);
        let cut = next.map_or(0.0, |&n| radius.min(length(previous, corner) / 2.0).min(length(corner, n) / 2.0));
        let end = toward(corner, previous, cut);
        steps.extend(hops(from, end, hop, crossings));
        steps.push(Step::Line(end));
        from = end;
        if let Some(&next) = next
            && cut > TINY
        {
            let to = toward(corner, next, cut);
            steps.push(Step::Turn { corner, to });
            from = to;
        }
    }
    steps
}

/// Half circles, upwards, over the crossings on a horizontal run.
fn hops(from: Point, to: Point, radius: f64, crossings: &[Point]) -> Vec<Step> {
    if radius <= 0.0 || (from.y - to.y).abs() > TINY {
        return Vec::new();
    }
    let forward = to.x >= from.x;
    let (low, high) = (from.x.min(to.x), from.x.max(to.x));
    let mut at: Vec<f64> = crossings
        .iter()
        .filter(|c| (c.y - from.y).abs() < TINY && c.x - radius >= low && c.x + radius <= high)
        .map(|c| c.x)
        .collect();
    at.sort_by(f64::total_cmp);
    at.dedup_by(|b, a| *b - *a < 2.0 * radius);
    if !forward {
        at.reverse();
    }
    let side = if forward { radius } else { -radius };
    at.into_iter()
        .flat_map(|x| {
            let to = Point::new(x + side, from.y);
            [Step::Line(Point::new(x - side, from.y)), Step::Hop { radius, clockwise: forward, to }]
        })
        .collect()
}

/// The open arrowhead at the end of a route.
pub(super) fn head(before: Point, tip: Point, length: f64, width: f64) -> Vec<Step> {
    let run = self::length(before, tip);
    if run < TINY {
        return Vec::new();
    }
    let (ux, uy) = ((tip.x - before.x) / run, (tip.y - before.y) / run);
    let wing = |side: f64| Point::new(tip.x - ux * length - uy * side, tip.y - uy * length + ux * side);
    vec![Step::Move(wing(width / 2.0)), Step::Line(tip), Step::Line(wing(-width / 2.0))]
}

fn length(a: Point, b: Point) -> f64 {
    libm::hypot(a.x - b.x, a.y - b.y)
}

/// The point `by` pixels from `from` towards `to`.
fn toward(from: Point, to: Point, by: f64) -> Point {
    let run = length(from, to);
    if run < TINY {
        return from;
    }
    Point::new(from.x + (to.x - from.x) * by / run, from.y + (to.y - from.y) * by / run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(f64, f64)]) -> Vec<Point> {
        list.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    #[test]
    fn points_on_a_straight_run_are_dropped() {
        assert_eq!(
            tidy(&points(&[(0., 0.), (0., 0.), (5., 0.), (9., 0.), (9., 4.)])),
            points(&[(0., 0.), (9., 0.), (9., 4.)])
        );
    }

    #[test]
    fn a_side_end_comes_up_to_the_icon() {
        let mut route = points(&[(0., 24.), (100., 24.)]);
        reach(&mut route, Rect::new(100., 0., 90., 70.), Rect::new(121., 0., 48., 48.), 3.0);
        assert_eq!(route, points(&[(0., 24.), (118., 24.)]));
    }

    #[test]
    fn a_crossing_near_a_corner_stays_plain() {
        let corner = points(&[(0., 0.), (50., 0.), (50., 50.)]);
        assert_eq!(path(&corner, 5.0, 4.0, &points(&[(48., 0.)])).len(), 4);
        assert_eq!(path(&corner, 5.0, 4.0, &points(&[(20., 0.)])).len(), 6);
    }
}
