//! Titles of groups: in the corner or the middle of their wall, clear of links, boxes and labels.

use super::nest::{Nest, ROOT, inner};
use super::orient::Strip;
use super::verify::near::Near;
use super::{Graph, Layout, Member, Spacing, TitlePlace};
use crate::geometry::{Rect, Size};

/// Places the titles: in the corner, or as near to the middle of the upper wall as the links through it allow. Where one would lie on a link, a box or a label
/// all the same, it moves along its wall to the nearest free place, if there is one. Boxes, groups and routes must have their places.
pub(super) fn titles(graph: &Graph, nest: &Nest, spacing: &Spacing, strip: Strip, out: &Layout) -> Vec<Rect> {
    let cuts = cuts(graph, nest, strip, out);
    let mut titles: Vec<Rect> = Vec::with_capacity(graph.groups.len());
    for (g, cuts) in cuts.into_iter().enumerate() {
        let (r, Size { w, h }) = (out.groups[g], graph.groups[g].title);
        let gap = spacing.track / 2.0;
        // Beside boxes on its wall, a title keeps to the corner that is kept free for it.
        let middle = graph.groups[g].title_place == TitlePlace::Middle && !nest.has_astride(g as u32 + 1, strip.side());
        titles.push(match strip {
            Strip::Top | Strip::Bottom => {
                let x = if middle { middle_place(r.x, r.w, w, cuts, gap) } else { r.x };
                Rect::new(x, if strip == Strip::Top { r.y } else { r.bottom() - h }, w, h)
            }
            Strip::LeftStart | Strip::LeftEnd => {
                let corner = if strip == Strip::LeftStart { r.y } else { r.bottom() - h };
                Rect::new(r.x, if middle { middle_place(r.y, r.h, h, cuts, gap) } else { corner }, w, h)
            }
        });
    }
    aside(graph, spacing, strip, out, &mut titles);
    titles
}

/// For each group the places along its titled wall at which links from within cross it.
fn cuts(graph: &Graph, nest: &Nest, strip: Strip, out: &Layout) -> Vec<Vec<f64>> {
    let mut cuts: Vec<Vec<f64>> = vec![Vec::new(); graph.groups.len()];
    for (l, route) in out.links.iter().enumerate() {
        for pair in route.points.windows(2) {
            let left = strip.is_left();
            let (at, low, high) = if left {
                (pair[0].y, pair[0].x.min(pair[1].x), pair[0].x.max(pair[1].x))
            } else {
                (pair[0].x, pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y))
            };
            if if left { pair[0].y != pair[1].y } else { pair[0].x != pair[1].x } {
                continue;
            }
            for end in [graph.links[l].from, graph.links[l].to] {
                let mut g = match end {
                    Member::Box(b) => nest.home[b.at()],
                    Member::Group(g) => inner(g),
                };
                while g != ROOT {
                    let r = out.groups[g as usize - 1];
                    let title = graph.groups[g as usize - 1].title;
                    let (first, last) = match strip {
                        Strip::Top => (r.y, r.y + title.h),
                        Strip::Bottom => (r.bottom() - title.h, r.bottom()),
                        Strip::LeftStart | Strip::LeftEnd => (r.x, r.x + title.w),
                    };
                    if low < last && high > first {
                        cuts[g as usize - 1].push(at);
                    }
                    g = nest.parent[g as usize];
                }
            }
        }
    }
    cuts
}

/// Moves titles that lie on something along their walls.
fn aside(graph: &Graph, spacing: &Spacing, strip: Strip, out: &Layout, titles: &mut [Rect]) {
    if graph.groups.iter().all(|g| g.title.w <= 0.0) {
        return;
    }
    let runs = out.links.iter().flat_map(|route| route.points.windows(2)).map(|s| {
        let (x, y) = (s[0].x.min(s[1].x), s[0].y.min(s[1].y));
        Rect::new(x, y, s[0].x.max(s[1].x) - x, s[0].y.max(s[1].y) - y)
    });
    let things: Vec<Rect> =
        runs.chain(out.boxes.iter().copied()).chain(out.links.iter().filter_map(|l| l.label)).collect();
    let near = Near::new(&things);
    let inside = |r: Rect| r.grown(-1.0);
    let free = |r: Rect| {
        let mut free = true;
        near.around(inside(r), |_| free = false);
        free
    };
    for (g, title) in titles.iter_mut().enumerate() {
        if graph.groups[g].title.w <= 0.0 || free(*title) {
            continue;
        }
        let r = out.groups[g];
        let band = match strip {
            Strip::Top | Strip::Bottom => Rect::new(r.x, title.y, r.w, title.h),
            Strip::LeftStart | Strip::LeftEnd => Rect::new(title.x, r.y, title.w, r.h),
        };
        // The nearest free place is before or after something in the way.
        let (start, place) = (*title, |at: f64| match strip {
            Strip::Top | Strip::Bottom => Rect { x: at, ..*title },
            Strip::LeftStart | Strip::LeftEnd => Rect { y: at, ..*title },
        });
        let gap = spacing.track / 2.0;
        let mut places = Vec::new();
        near.around(inside(band), |k| {
            let t = things[k];
            let (before, after) = match strip {
                Strip::Top | Strip::Bottom => (t.x - start.w, t.right()),
                Strip::LeftStart | Strip::LeftEnd => (t.y - start.h, t.bottom()),
            };
            places.extend([before - gap, after + gap].map(place));
        });
        let far = |p: &Rect| (p.x - start.x).abs() + (p.y - start.y).abs();
        places.sort_by(|a, b| far(a).total_cmp(&far(b)));
        if let Some(found) = places.into_iter().find(|p| r.holds(*p, 0.0) && free(*p)) {
            *title = found;
        }
    }
}

/// The start of a text of length `w` along a wall of length `length` from `start`: as near to the middle as the cuts leave room, with `gap` around it.
pub(super) fn middle_place(start: f64, length: f64, w: f64, mut cuts: Vec<f64>, gap: f64) -> f64 {
    let (end, centre) = (start + length, start + (length - w) / 2.0);
    cuts.push(start);
    cuts.push(end);
    cuts.sort_by(f64::total_cmp);
    let inner = |x: f64| x > start && x < end;
    cuts.windows(2)
        .map(|c| (c[0] + if inner(c[0]) { gap } else { 0.0 }, c[1] - if inner(c[1]) { gap } else { 0.0 } - w))
        .filter(|(low, high)| low <= high)
        .map(|(low, high)| centre.clamp(low, high))
        .min_by(|a, b| (a - centre).abs().total_cmp(&(b - centre).abs()))
        .unwrap_or(start.max(centre))
}
