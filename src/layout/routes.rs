//! Routes: the corners of every link, and the rectangles of everything.

use super::columns::Columns;
use super::labels::labels;
use super::lines::Lines;
use super::nest::Nest;
use super::orient::Strip;
use super::outlines::outlines;
use super::ports::{Ports, leg};
use super::rows::{Foot, Joint, Kind, Rows};
use super::steps::steps;
use super::titles::titles;
use super::tracks::{Tracks, Use};
use super::{Form, Graph, Layout, Route, Spacing};
use crate::geometry::{Point, Rect, Size};

/// Everything that was found, in one place.
pub(super) struct Found<'a> {
    pub(super) graph: &'a Graph,
    pub(super) nest: &'a Nest,
    pub(super) rows: &'a Rows,
    pub(super) ports: &'a Ports,
    pub(super) columns: &'a Columns,
    pub(super) tracks: &'a Tracks,
    pub(super) lines: &'a Lines,
    pub(super) spacing: &'a Spacing,
    pub(super) strip: Strip,
    pub(super) form: Form,
}

/// Puts the drawing together.
pub(super) fn assemble(found: &Found) -> Layout {
    let mut out = Layout { boxes: found.boxes(), groups: found.groups(), ..Layout::default() };
    let mut points = Vec::new();
    out.links = (0..found.graph.links.len()).map(|l| found.route(l, &out, &mut points)).collect();
    out.titles = titles(found.graph, found.nest, found.spacing, found.strip, &out);
    labels(found.graph, found.spacing, &mut out);
    if found.form == Form::Finished {
        steps(found.graph, found.spacing, &mut out);
    }
    out.spans = outlines(found.graph, found.nest, found.spacing, found.strip, &out);
    settle(&mut out);
    out
}

impl Found<'_> {
    fn boxes(&self) -> Vec<Rect> {
        self.graph
            .boxes
            .iter()
            .enumerate()
            .map(|(b, node)| {
                let item = &self.rows.items[b];
                let (x, y) = (self.columns.item[b] - item.left, self.lines.row[item.row as usize] - item.up);
                Rect::new(x, y, node.size.w, node.size.h)
            })
            .collect()
    }

    fn groups(&self) -> Vec<Rect> {
        (1..self.nest.len())
            .map(|g| {
                let (x, y) = (self.columns.left[g], self.lines.top[g]);
                Rect::new(x, y, self.columns.right[g] - x, self.lines.bottom[g] - y)
            })
            .collect()
    }

    /// The corners of a link. `points` is to work in.
    fn route(&self, l: usize, out: &Layout, points: &mut Vec<Point>) -> Route {
        let chain = &self.rows.chains[l];
        if chain.feet.is_none() {
            return Route::default();
        }
        let last = chain.items.len() - 1;
        points.clear();
        let mut label = None;
        let x_of = |joint: usize, k: usize| leg(self.rows, self.ports, &self.columns.item, l, joint, k);
        let row_of = |k: usize| self.rows.items[chain.items[k] as usize].row;
        self.start(l, 0, &x_of, out, points);
        for k in 0..last {
            let item = &self.rows.items[chain.items[k] as usize];
            if item.label {
                label = Some(self.label_at(
                    l,
                    self.columns.item[chain.items[k] as usize],
                    self.lines.row[item.row as usize],
                ));
            }
            if k > 0 && x_of(k - 1, k) != x_of(k, k) {
                // Under a hanging label, from one side of it to the other.
                let y = self.lines.row[item.row as usize];
                points.extend([Point::new(x_of(k - 1, k), y), Point::new(x_of(k, k), y)]);
            }
            match chain.joints[k] {
                Joint::Row => {
                    let y = self.lines.row[row_of(k) as usize];
                    if k > 0 {
                        points.push(Point::new(x_of(k, k), y));
                    }
                    if k + 1 < last {
                        points.push(Point::new(x_of(k, k + 1), y));
                    }
                }
                Joint::Channel(_) => {
                    let (a, b) = (x_of(k, k), x_of(k, k + 1));
                    match self.tracks.uses[l][k] {
                        Use::Straight => {}
                        Use::One(slot, run) => {
                            let y = self.track(slot, run);
                            points.extend([Point::new(a, y), Point::new(b, y)]);
                            label = label.or(self.run_label(l, slot, run, y));
                        }
                        Use::Two(slot, first, at, second) => {
                            let (y, z) = (self.track(slot, first), self.track(slot, second));
                            points.extend([Point::new(a, y), Point::new(at, y), Point::new(at, z), Point::new(b, z)]);
                            label = label.or(self.run_label(l, slot, first, y)).or(self.run_label(l, slot, second, z));
                        }
                    }
                }
            }
        }
        if last > 0 && self.rows.items[chain.items[last] as usize].label {
            let i = chain.items[last] as usize;
            label = Some(self.label_at(l, self.columns.item[i], self.lines.row[self.rows.items[i].row as usize]));
        }
        if last == 0 && self.rows.items[chain.items[0] as usize].label {
            let i = chain.items[0] as usize;
            label = Some(self.label_at(l, self.columns.item[i], self.lines.row[self.rows.items[i].row as usize]));
        }
        self.start(l, 1, &x_of, out, points);
        simplify(points);
        // Whatever happens, a label is shown.
        let label = label.or_else(|| self.graph.links[l].label.map(|_| self.label_beside(l, points)));
        Route { points: points.clone(), label }
    }

    /// A label in the middle of the longest run of its link.
    fn label_beside(&self, l: usize, points: &[Point]) -> Rect {
        let length = |s: &&[Point]| (s[0].x - s[1].x).abs() + (s[0].y - s[1].y).abs();
        let longest = points.windows(2).max_by(|a, b| length(a).total_cmp(&length(b)));
        let middle = longest.map_or(Point::default(), |s| Point::new((s[0].x + s[1].x) / 2.0, (s[0].y + s[1].y) / 2.0));
        self.label_at(l, middle.x, middle.y)
    }

    fn track(&self, slot: super::tracks::Slot, run: u32) -> f64 {
        let track = self.tracks.slots.get(&slot).map_or(0, |runs| runs[run as usize].track) as usize;
        self.lines.tracks.get(&slot).and_then(|t| t.get(track)).copied().unwrap_or(0.0)
    }

    fn label_at(&self, l: usize, x: f64, y: f64) -> Rect {
        let size = self.graph.links[l].label.unwrap_or_default();
        Rect::new(x - size.w / 2.0, y - size.h / 2.0, size.w, size.h)
    }

    fn run_label(&self, l: usize, slot: super::tracks::Slot, run: u32, y: f64) -> Option<Rect> {
        let (link, x, _) = self.tracks.slots.get(&slot)?.get(run as usize)?.label?;
        (link as usize == l).then(|| self.label_at(l, x, y))
    }

    /// The point at which a link meets the member at one of its ends.
    fn start(&self, l: usize, end: usize, x_of: &dyn Fn(usize, usize) -> f64, out: &Layout, points: &mut Vec<Point>) {
        let chain = &self.rows.chains[l];
        let last = chain.items.len() - 1;
        let Some(feet) = chain.feet else { return };
        let k = if end == 0 { 0 } else { last };
        let (joint, next) = match (end, last) {
            (_, 0) => (None, k),
            (0, _) => (Some(chain.joints[0]), 1),
            _ => (Some(chain.joints[last - 1]), last - 1),
        };
        let item = &self.rows.items[chain.items[k] as usize];
        let y = self.lines.row[item.row as usize];
        let rightward = self.columns.item[chain.items[next] as usize] > self.columns.item[chain.items[k] as usize];
        let upward = matches!(joint, Some(Joint::Channel(c)) if c.below == item.row);
        let x = x_of(if end == 0 { 0 } else { last.saturating_sub(1) }, k);
        let point = match feet[end] {
            Foot::Box => {
                let Kind::Box(b) = item.kind else { return };
                let r = out.boxes[b as usize];
                match joint {
                    Some(Joint::Row) => Point::new(if rightward { r.right() } else { r.x }, y),
                    Some(Joint::Channel(_)) if upward => Point::new(x, r.y),
                    Some(Joint::Channel(_)) => Point::new(x, r.bottom()),
                    // The whole link is one leg from a box to the wall of its group.
                    None => Point::new(
                        x,
                        if matches!(feet[1 - end], Foot::Inner(_)) && end == 0 { r.bottom() } else { r.y },
                    ),
                }
            }
            Foot::Outer(g) => {
                let r = out.groups[g as usize - 1];
                match joint {
                    Some(Joint::Row) => Point::new(if rightward { r.right() } else { r.x }, y),
                    Some(Joint::Channel(_)) if upward => Point::new(x, r.y),
                    None if end == 1 => Point::new(x, r.y),
                    _ => Point::new(x, r.bottom()),
                }
            }
            Foot::Inner(g) => {
                let r = out.groups[g as usize - 1];
                // The link's other items tell from where it comes; one leg alone goes where its direction or its label sends it.
                let downward = match joint {
                    Some(Joint::Channel(c)) => c.below == item.row,
                    _ => end == 1,
                };
                Point::new(x, if downward { r.bottom() } else { r.y })
            }
        };
        points.push(point);
    }
}

/// Drops repeated and collinear corners.
pub(super) fn simplify(points: &mut Vec<Point>) {
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    // What stays comes to the front.
    let mut kept = 0;
    for k in 0..points.len() {
        let p = points[k];
        if kept > 0 && near(points[kept - 1].x, p.x) && near(points[kept - 1].y, p.y) {
            continue;
        }
        if let [.., a, b] = points[..kept]
            && (near(a.x, b.x) && near(b.x, p.x) || near(a.y, b.y) && near(b.y, p.y))
        {
            kept -= 1;
        }
        points[kept] = p;
        kept += 1;
    }
    points.truncate(kept);
    if kept == 1 {
        points.push(points[0]);
    }
}

/// Moves the drawing's top left corner to the origin and sets its size.
pub(super) fn settle(out: &mut Layout) {
    let rects = (out.boxes.iter().chain(&out.groups).copied())
        .chain(out.spans.iter().flat_map(|s| s.parts.iter().copied()))
        .chain(out.links.iter().filter_map(|l| l.label))
        .chain(out.links.iter().flat_map(|l| l.points.iter().map(|p| Rect::new(p.x, p.y, 0.0, 0.0))));
    let Some(all) = rects.reduce(Rect::union) else { return };
    out.size = Size::new(all.w, all.h);
    translate(out, -all.x, -all.y);
}

/// Moves everything.
pub(super) fn translate(out: &mut Layout, dx: f64, dy: f64) {
    for r in out.boxes.iter_mut().chain(&mut out.groups).chain(&mut out.titles) {
        *r = r.moved(dx, dy);
    }
    for s in &mut out.spans {
        s.parts.iter_mut().for_each(|r| *r = r.moved(dx, dy));
        s.title = s.title.moved(dx, dy);
    }
    for l in &mut out.links {
        l.points.iter_mut().for_each(|p| *p = Point::new(p.x + dx, p.y + dy));
        l.label = l.label.map(|r| r.moved(dx, dy));
    }
}

#[cfg(test)]
mod tests {
    use super::{Point, simplify};

    #[test]
    fn corners_that_are_none_are_dropped() {
        let corners = |list: &[(f64, f64)]| list.iter().map(|&(x, y)| Point::new(x, y)).collect::<Vec<_>>();
        let mut points = corners(&[(0.0, 0.0), (0.0, 0.0), (0.0, 4.0), (0.0, 9.0), (5.0, 9.0), (5.0, 9.0)]);
        simplify(&mut points);
        assert_eq!(points, corners(&[(0.0, 0.0), (0.0, 9.0), (5.0, 9.0)]));
    }
}
