//! The hard rules, checked on a finished drawing: what no input may ever break.
//!
//! Time is near-linear: everything is looked up by its place. So [`super::layout`] can check each drawing before it gives it away.

mod labels;
mod lines;
pub(super) mod near;
mod nested;
mod routes;

use super::nest::{Nest, ROOT, inner};
use super::{BoxId, Graph, GroupId, Layout, Member, Side};
use crate::geometry::{Point, Rect};
use near::Near;
use nested::Nested;
pub(super) use routes::crossings;
use std::collections::BTreeSet;

/// Pixels by which a rule may be missed: coordinates are whole quarter pixels, so this only absorbs rounding.
const SLACK: f64 = 0.6;

/// Every breach of a hard rule, as a sentence; empty for every drawing that [`super::layout`] gives.
pub fn breaches(graph: &Graph, layout: &Layout) -> Vec<String> {
    let whole = layout.boxes.len() == graph.boxes.len()
        && layout.groups.len() == graph.groups.len()
        && layout.titles.len() == graph.groups.len()
        && layout.links.len() == graph.links.len()
        && layout.spans.len() == graph.spans.len();
    if !whole {
        return vec!["the drawing is of another graph".to_owned()];
    }
    let check = Check::new(graph, layout);
    let mut out = Vec::new();
    check.nesting(&mut out);
    check.overlaps(&mut out);
    check.routes(&mut out);
    check.shared_lines(&mut out);
    check.labels(&mut out);
    check.classes(&mut out);
    check.spans(&mut out);
    out
}

struct Check<'a> {
    graph: &'a Graph,
    layout: &'a Layout,
    nest: Nest,
    /// The boxes, after them the groups, the titles of the groups in `titled`, and then the labels of the links in `labelled`: each in the group in which it
    /// should lie.
    things: Nested,
    titled: Vec<usize>,
    labelled: Vec<usize>,
}

/// What has a place.
enum Thing {
    /// A group.
    Group(usize),
    /// A box.
    Box(usize),
    /// The title of a group.
    Title(usize),
    /// The label of a link.
    Label(usize),
}

impl<'a> Check<'a> {
    fn new(graph: &'a Graph, layout: &'a Layout) -> Self {
        let nest = Nest::new(graph);
        let titled: Vec<usize> = (0..graph.groups.len()).filter(|&g| graph.groups[g].title.w > 0.0).collect();
        let labelled: Vec<usize> = (0..layout.links.len()).filter(|&l| layout.links[l].label.is_some()).collect();
        let titles = titled.iter().map(|&g| layout.titles[g]);
        let labels = labelled.iter().filter_map(|&l| layout.links[l].label);
        let rects = layout.boxes.iter().chain(&layout.groups).copied().chain(titles).chain(labels).collect();
        let group = |g: u32| if g == ROOT { nested::NONE } else { (layout.boxes.len() as u32) + g - 1 };
        let boxes = (0..graph.boxes.len() as u32).map(|b| place(&nest, Member::Box(BoxId(b))));
        let groups = (0..graph.groups.len()).map(|g| nest.parent[g + 1]);
        let ends = labelled.iter().map(|&l| [graph.links[l].from, graph.links[l].to].map(|m| place(&nest, m)));
        let around = boxes.chain(groups).chain(titled.iter().map(|&g| g as u32 + 1));
        let around: Vec<u32> = around.chain(ends.map(|[a, b]| nest.common(a, b))).map(group).collect();
        Self { graph, layout, things: Nested::new(rects, &around), nest, titled, labelled }
    }

    /// Calls `found` with everything that overlaps or touches a place.
    fn around(&self, place: Rect, found: impl FnMut(Thing)) {
        self.around_but(place, nested::NONE, found);
    }

    /// As [`Self::around`], but without the thing numbered `but` and what lies in it.
    fn around_but(&self, place: Rect, but: u32, mut found: impl FnMut(Thing)) {
        let boxes = self.layout.boxes.len();
        let groups = boxes + self.layout.groups.len();
        let titles = groups + self.titled.len();
        self.things.around(place, but, |k| {
            found(match k {
                _ if k < boxes => Thing::Box(k),
                _ if k < groups => Thing::Group(k - boxes),
                _ if k < titles => Thing::Title(self.titled[k - groups]),
                _ => Thing::Label(self.labelled[k - titles]),
            });
        });
    }

    /// The room of a link's label; an empty one where there is none.
    fn label(&self, l: usize) -> Rect {
        self.layout.links[l].label.unwrap_or_default()
    }

    fn rect(&self, m: Member) -> Rect {
        match m {
            Member::Box(b) => self.layout.boxes[b.at()],
            Member::Group(g) => self.layout.groups[g.at()],
        }
    }

    /// See [`place`].
    fn place(&self, m: Member) -> u32 {
        place(&self.nest, m)
    }

    /// Whether a member lies inside a group or is it.
    fn inside(&self, m: Member, g: usize) -> bool {
        self.nest.holds(g as u32 + 1, self.place(m))
    }

    fn border_of(&self, m: Member) -> Option<usize> {
        match m {
            Member::Box(b) => self.graph.boxes[b.at()].border.map(|(g, _)| g.at()),
            Member::Group(_) => None,
        }
    }

    fn nesting(&self, out: &mut Vec<String>) {
        for (b, node) in self.graph.boxes.iter().enumerate() {
            let r = self.layout.boxes[b];
            // Said so that a place that is no number is a breach too.
            let fits = |is: f64, wanted: f64| (is - wanted).abs() <= SLACK;
            if !(fits(r.w, node.size.w) && fits(r.h, node.size.h) && r.x.is_finite() && r.y.is_finite()) {
                out.push(format!("box {b} has another size or no place"));
            }
            match (node.border, node.parent) {
                (Some((g, side)), _) => {
                    let least = off_side(r, self.layout.groups[g.at()], side);
                    if least > 1.0 {
                        out.push(format!("box {b} is {least} px off the border of group {}", g.at()));
                    }
                }
                (None, Some(g)) if !self.layout.groups[g.at()].holds(r, SLACK) => {
                    out.push(format!("box {b} leaves group {}", g.at()));
                }
                _ => {}
            }
        }
        for (g, node) in self.graph.groups.iter().enumerate() {
            let (r, title) = (self.layout.groups[g], self.layout.titles[g]);
            if !(r.w >= 0.0 && r.h >= 0.0 && r.x.is_finite() && r.y.is_finite()) {
                out.push(format!("group {g} has no place"));
            }
            if node.title.w > 0.0 && !r.holds(title, SLACK) {
                out.push(format!("the title of group {g} leaves it"));
            }
            if let Some(p) = node.parent
                && !self.layout.groups[p.at()].holds(r, SLACK)
            {
                out.push(format!("group {g} leaves group {}", p.at()));
            }
        }
    }

    fn overlaps(&self, out: &mut Vec<String>) {
        let layout = self.layout;
        for (a, r) in layout.boxes.iter().enumerate() {
            let m = Member::Box(BoxId(a as u32));
            self.around(*r, |thing| match thing {
                Thing::Box(b) if b < a && r.overlaps(layout.boxes[b], 1.0) => {
                    out.push(format!("boxes {b} and {a} overlap"));
                }
                Thing::Title(g) if r.overlaps(layout.titles[g], 1.0) => {
                    out.push(format!("box {a} covers the title of group {g}"));
                }
                Thing::Group(g)
                    if r.overlaps(layout.groups[g], 1.0) && !self.inside(m, g) && self.border_of(m) != Some(g) =>
                {
                    out.push(format!("box {a} stands in the foreign group {g}"));
                }
                _ => {}
            });
        }
        for (g, r) in layout.groups.iter().enumerate() {
            let own = Member::Group(GroupId(g as u32));
            self.around_but(*r, (layout.boxes.len() + g) as u32, |thing| {
                let Thing::Group(h) = thing else { return };
                let other = Member::Group(GroupId(h as u32));
                let nested = || self.inside(own, h) || self.inside(other, g);
                if h < g && r.overlaps(layout.groups[h], 1.0) && !nested() {
                    out.push(format!("groups {g} and {h} overlap"));
                }
            });
            if self.graph.groups[g].title.w > 0.0 {
                self.around(layout.titles[g], |thing| match thing {
                    Thing::Title(h) if h < g && layout.titles[g].overlaps(layout.titles[h], 1.0) => {
                        out.push(format!("the titles of groups {h} and {g} overlap"));
                    }
                    _ => {}
                });
            }
        }
    }

    fn classes(&self, out: &mut Vec<String>) {
        use super::Flow;
        let across = matches!(self.graph.flow, Flow::Right | Flow::Left);
        for (k, class) in self.graph.classes.iter().enumerate() {
            let at = |m: &Member| if across { self.rect(*m).center().x } else { self.rect(*m).center().y };
            let extent = |m: &Member| (self.rect(*m).w, self.rect(*m).h);
            for pair in class.windows(2) {
                if (at(&pair[0]) - at(&pair[1])).abs() > 0.5 {
                    out.push(format!("class {k} is not level"));
                }
                let (a, b) = (extent(&pair[0]), extent(&pair[1]));
                if matches!(pair[0], Member::Group(_)) && ((a.0 - b.0).abs() > 0.5 || (a.1 - b.1).abs() > 0.5) {
                    out.push(format!("the groups of class {k} differ in size"));
                }
            }
        }
    }

    fn spans(&self, out: &mut Vec<String>) {
        for (k, span) in self.graph.spans.iter().enumerate() {
            let parts = &self.layout.spans[k].parts;
            for m in &span.members {
                if !parts.iter().any(|p| p.holds(self.rect(*m), SLACK)) {
                    out.push(format!("span {k} leaves out {m:?}"));
                }
            }
            let own: BTreeSet<Member> = span.members.iter().copied().collect();
            for part in parts {
                self.around(*part, |thing| match thing {
                    Thing::Box(b) if part.overlaps(self.layout.boxes[b], 1.0) && !self.belongs(b, &own) => {
                        out.push(format!("span {k} encloses the stranger {b}"));
                    }
                    _ => {}
                });
            }
        }
        let titles: Vec<Rect> = self.layout.spans.iter().map(|s| s.title).collect();
        let near = Near::new(&titles);
        for (k, &title) in titles.iter().enumerate().filter(|(k, _)| self.graph.spans[*k].title.w > 0.0) {
            near.around(title, |j| {
                if j < k && titles[j].overlaps(title, 1.0) && self.shares(j, k) {
                    out.push(format!("the title of span {k} covers that of span {j}"));
                }
            });
        }
    }

    /// Whether a box is one of the members or stands in one of them, or on its border.
    fn belongs(&self, b: usize, members: &BTreeSet<Member>) -> bool {
        let mut g = self.nest.home[b];
        while g != ROOT {
            if members.contains(&Member::Group(GroupId(g - 1))) {
                return true;
            }
            g = self.nest.parent[g as usize];
        }
        members.contains(&Member::Box(BoxId(b as u32)))
    }

    /// Whether two spans have a member in common.
    fn shares(&self, a: usize, b: usize) -> bool {
        self.graph.spans[a].members.iter().any(|m| self.graph.spans[b].members.contains(m))
    }
}

/// The group of the nest that a member lies in, or is: for a box astride a border the one around that.
fn place(nest: &Nest, m: Member) -> u32 {
    match m {
        Member::Box(b) if nest.border[b.at()].is_some() => nest.parent[nest.home[b.at()] as usize],
        Member::Box(b) => nest.home[b.at()],
        Member::Group(g) => inner(g),
    }
}

/// How far a box's middle is from a side of a group; from the nearest one where none is asked for.
fn off_side(r: Rect, group: Rect, side: Option<Side>) -> f64 {
    let c = r.center();
    let off = |s: Side| match s {
        Side::Top => (c.y - group.y).abs(),
        Side::Bottom => (c.y - group.bottom()).abs(),
        Side::Left => (c.x - group.x).abs(),
        Side::Right => (c.x - group.right()).abs(),
    };
    let all = [Side::Top, Side::Right, Side::Bottom, Side::Left];
    side.map_or_else(|| all.map(off).into_iter().fold(f64::MAX, f64::min), off)
}

/// Whether a run of a route goes through a rectangle by more than a pixel.
pub(super) fn cuts(s: &[Point], r: Rect) -> bool {
    let inner = r.grown(-1.0);
    let (left, right) = (s[0].x.min(s[1].x), s[0].x.max(s[1].x));
    let (top, bottom) = (s[0].y.min(s[1].y), s[0].y.max(s[1].y));
    inner.w > 0.0
        && inner.h > 0.0
        && left < inner.right()
        && right > inner.x
        && top < inner.bottom()
        && bottom > inner.y
}

/// Whether a route runs through a rectangle by more than a pixel.
pub(super) fn passes(points: &[Point], r: Rect) -> bool {
    points.windows(2).any(|s| cuts(s, r))
}

/// The rectangle around a run of a route.
pub(super) fn around(s: &[Point]) -> Rect {
    let (x, y) = (s[0].x.min(s[1].x), s[0].y.min(s[1].y));
    Rect::new(x, y, s[0].x.max(s[1].x) - x, s[0].y.max(s[1].y) - y)
}
