//! Labels that found no room of their own among the items of the rows: each goes where its link is free of everything else.

use super::verify::around;
use super::verify::near::Near;
use super::{Graph, Layout, Spacing};
use crate::geometry::{Point, Rect};
use std::collections::BTreeMap;

/// No link.
const NONE: u32 = u32::MAX;

/// What labels must not lie on: boxes and titles, runs of links, and labels.
pub(super) struct Things {
    pub(super) places: Vec<Rect>,
    /// Of each the link that it belongs to, or [`NONE`].
    links: Vec<u32>,
    /// The first that is a label.
    labels: usize,
}

/// Moves labels that lie on something along their links to the nearest free place, if there is one. Boxes, titles and routes must have their places.
pub(super) fn labels(graph: &Graph, spacing: &Spacing, out: &mut Layout) {
    if out.links.iter().all(|l| l.label.is_none()) {
        return;
    }
    let things = things(graph, out);
    let near = Near::new(&things.places);
    // Labels that have moved already: where they stood is free, where they went is not.
    let mut moved: BTreeMap<usize, Rect> = BTreeMap::new();
    for l in 0..out.links.len() {
        let Some(label) = out.links[l].label else { continue };
        let place = Place { link: l, things: &things, near: &near, moved: &moved };
        if place.is_free(label) {
            continue;
        }
        let found = place.along(&out.links[l].points, label, spacing.track / 2.0);
        if let Some(found) = found {
            moved.insert(l, found);
            out.links[l].label = Some(found);
        }
    }
}

impl Things {
    /// The link that one of them belongs to.
    pub(super) fn link(&self, k: usize) -> Option<usize> {
        Some(self.links[k]).filter(|&link| link != NONE).map(|link| link as usize)
    }

    /// Whether one of them is a label.
    pub(super) fn is_label(&self, k: usize) -> bool {
        k >= self.labels
    }
}

/// Everything that has its place in a drawing.
pub(super) fn things(graph: &Graph, out: &Layout) -> Things {
    let titles = graph.groups.iter().zip(&out.titles).filter(|(g, _)| g.title.w > 0.0).map(|(_, t)| *t);
    let mut places: Vec<Rect> = out.boxes.iter().copied().chain(titles).collect();
    let mut links = vec![NONE; places.len()];
    let room = out.links.iter().map(|route| route.points.len().saturating_sub(1) + usize::from(route.label.is_some()));
    let room = room.sum();
    places.reserve_exact(room);
    links.reserve_exact(room);
    for (l, route) in (0..).zip(&out.links) {
        places.extend(route.points.windows(2).map(around));
        links.resize(places.len(), l);
    }
    let labels = places.len();
    let owned = (0..).zip(&out.links).filter_map(|(l, route)| Some((l, route.label?)));
    for (l, label) in owned {
        places.push(label);
        links.push(l);
    }
    Things { places, links, labels }
}

/// The surroundings of one label.
struct Place<'a> {
    link: usize,
    things: &'a Things,
    near: &'a Near,
    moved: &'a BTreeMap<usize, Rect>,
}

impl Place<'_> {
    /// Calls `found` with everything that touches a place and is not of the label's own link.
    fn others(&self, place: Rect, mut found: impl FnMut(Rect)) {
        self.near.around(place, |k| {
            let link = self.things.link(k);
            let gone = self.things.is_label(k) && link.is_some_and(|link| self.moved.contains_key(&link));
            if link != Some(self.link) && !gone {
                found(self.things.places[k]);
            }
        });
        for q in self.moved.values() {
            if q.overlaps(place, 0.0) {
                found(*q);
            }
        }
    }

    fn is_free(&self, label: Rect) -> bool {
        let mut free = true;
        self.others(label.grown(-1.0), |_| free = false);
        free
    }

    /// The free place nearest to where a label stands, centred on one of the runs of its link.
    fn along(&self, points: &[Point], label: Rect, gap: f64) -> Option<Rect> {
        let from = label.center();
        let at = |x: f64, y: f64| Rect::new(x - label.w / 2.0, y - label.h / 2.0, label.w, label.h);
        let mut places = Vec::new();
        for s in points.windows(2) {
            let (run, level) = (around(s), s[0].y == s[1].y);
            let band = at(run.x, run.y).union(at(run.right(), run.bottom()));
            let (low, high) = if level { (run.x, run.right()) } else { (run.y, run.bottom()) };
            let (half, now) = if level { (label.w / 2.0, from.x) } else { (label.h / 2.0, from.y) };
            let mut stops = vec![now, (low + high) / 2.0];
            self.others(band, |t| {
                let (before, after) = if level { (t.x, t.right()) } else { (t.y, t.bottom()) };
                stops.extend([before - gap - half, after + gap + half]);
            });
            let stops = stops.into_iter().map(|stop| stop.clamp(low, high));
            places.extend(stops.map(|stop| if level { at(stop, run.y) } else { at(run.x, stop) }));
        }
        let far = |r: &Rect| (r.center().x - from.x).abs() + (r.center().y - from.y).abs();
        places.sort_by(|a, b| far(a).total_cmp(&far(b)));
        places.into_iter().find(|p| self.is_free(*p))
    }
}
