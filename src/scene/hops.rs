//! Where a horizontal run of one link crosses a vertical run of an unrelated one.

use super::pen::Pen;
use crate::geometry::Point;
use crate::layout::Member;

/// A vertical run.
struct Vertical {
    x: f64,
    top: f64,
    bottom: f64,
    link: usize,
}

/// For each link the places where it jumps: its horizontal runs over the vertical runs of links with which it shares no end.
pub(super) fn crossings(pen: &Pen<'_>, routes: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let ends: Vec<[Member; 2]> = pen.measured.graph.links.iter().map(|l| [l.from, l.to]).collect();
    let mut verticals: Vec<Vertical> = Vec::new();
    for (link, route) in routes.iter().enumerate() {
        let runs = route.windows(2).filter(|w| matches!(w, [a, b] if is_vertical(*a, *b)));
        verticals.extend(runs.filter_map(|w| {
            let [a, b] = w else { return None };
            Some(Vertical { x: a.x, top: a.y.min(b.y), bottom: a.y.max(b.y), link })
        }));
    }
    verticals.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.link.cmp(&b.link)));
    let related = |a: usize, b: usize| match (ends.get(a), ends.get(b)) {
        (Some(a), Some(b)) => a.iter().any(|end| b.contains(end)),
        _ => true,
    };
    let over = |link: usize, route: &[Point]| {
        let mut found = Vec::new();
        for pair in route.windows(2) {
            let &[a, b] = pair else { continue };
            if is_vertical(a, b) {
                continue;
            }
            let (low, high) = (a.x.min(b.x), a.x.max(b.x));
            let start = verticals.partition_point(|v| v.x <= low);
            for v in verticals.iter().skip(start).take_while(|v| v.x < high) {
                if v.top < a.y && a.y < v.bottom && !related(link, v.link) {
                    found.push(Point::new(v.x, a.y));
                }
            }
        }
        found
    };
    routes.iter().enumerate().map(|(link, route)| over(link, route)).collect()
}

fn is_vertical(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() < (a.y - b.y).abs()
}
