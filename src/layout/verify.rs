//! The hard rules, checked on a finished drawing: what no input may ever break.

use super::{Graph, GroupId, Layout, Member, Side, SpanPlace};
use crate::geometry::{Point, Rect};

/// Pixels by which a rule may be missed: coordinates are whole quarter pixels, so this only absorbs rounding.
const SLACK: f64 = 0.6;

/// Every breach of a hard rule, as a sentence; empty for every drawing that [`super::layout`] gives. Takes time in proportion to links times boxes.
pub fn breaches(graph: &Graph, layout: &Layout) -> Vec<String> {
    let check = Check { graph, layout };
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
}

impl Check<'_> {
    fn rect(&self, m: Member) -> Rect {
        match m {
            Member::Box(b) => self.layout.boxes[b.at()],
            Member::Group(g) => self.layout.groups[g.at()],
        }
    }

    fn around(&self, m: Member) -> Option<GroupId> {
        match m {
            Member::Box(b) => match self.graph.boxes[b.at()].border {
                Some((g, _)) => self.graph.groups[g.at()].parent,
                None => self.graph.boxes[b.at()].parent,
            },
            Member::Group(g) => self.graph.groups[g.at()].parent,
        }
    }

    /// Whether a member lies inside a group or is it.
    fn inside(&self, m: Member, g: usize) -> bool {
        let mut at = match m {
            Member::Group(own) => Some(own),
            Member::Box(_) => self.around(m),
        };
        while let Some(up) = at {
            if up.at() == g {
                return true;
            }
            at = self.graph.groups[up.at()].parent;
        }
        false
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
            if (r.w - node.size.w).abs() > SLACK
                || (r.h - node.size.h).abs() > SLACK
                || !(r.x.is_finite() && r.y.is_finite())
            {
                out.push(format!("box {b} has another size or no place"));
            }
            match (node.border, node.parent) {
                (Some((g, side)), _) => {
                    let (c, q) = (r.center(), self.layout.groups[g.at()]);
                    let off = |s: Side| match s {
                        Side::Top => (c.y - q.y).abs(),
                        Side::Bottom => (c.y - q.bottom()).abs(),
                        Side::Left => (c.x - q.x).abs(),
                        Side::Right => (c.x - q.right()).abs(),
                    };
                    let all = [Side::Top, Side::Right, Side::Bottom, Side::Left];
                    let least = side.map_or_else(|| all.map(off).into_iter().fold(f64::MAX, f64::min), off);
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
            if let Some(p) = node.parent
                && !self.layout.groups[p.at()].holds(self.layout.groups[g], SLACK)
            {
                out.push(format!("group {g} leaves group {}", p.at()));
            }
        }
    }

    fn overlaps(&self, out: &mut Vec<String>) {
        let boxes = &self.layout.boxes;
        let mut by_x: Vec<usize> = (0..boxes.len()).collect();
        by_x.sort_by(|&a, &b| boxes[a].x.total_cmp(&boxes[b].x));
        for (k, &a) in by_x.iter().enumerate() {
            for &b in by_x[k + 1..].iter().take_while(|&&b| boxes[b].x < boxes[a].right()) {
                if boxes[a].overlaps(boxes[b], 1.0) {
                    out.push(format!("boxes {a} and {b} overlap"));
                }
            }
        }
        for (g, r) in self.layout.groups.iter().enumerate() {
            for h in 0..g {
                let (a, b) = (Member::Group(GroupId(g as u32)), Member::Group(GroupId(h as u32)));
                if r.overlaps(self.layout.groups[h], 1.0) && !self.inside(a, h) && !self.inside(b, g) {
                    out.push(format!("groups {g} and {h} overlap"));
                }
            }
            for (b, q) in boxes.iter().enumerate() {
                let m = Member::Box(super::BoxId(b as u32));
                let title = self.layout.titles[g];
                if title.w > 0.0 && q.overlaps(title, 1.0) {
                    out.push(format!("box {b} covers the title of group {g}"));
                }
                if q.overlaps(*r, 1.0) && !self.inside(m, g) && self.border_of(m) != Some(g) {
                    out.push(format!("box {b} stands in the foreign group {g}"));
                }
            }
        }
    }

    fn routes(&self, out: &mut Vec<String>) {
        for (l, route) in self.layout.links.iter().enumerate() {
            let link = &self.graph.links[l];
            let p = &route.points;
            let (Some(&first), Some(&last)) = (p.first(), p.last()) else {
                out.push(format!("link {l} is not drawn"));
                continue;
            };
            if p.windows(2).any(|s| s[0].x != s[1].x && s[0].y != s[1].y) {
                out.push(format!("link {l} is slanted"));
            }
            for (end, at) in [(link.from, first), (link.to, last)] {
                if off_border(self.rect(end), at) > 1.0 {
                    out.push(format!("link {l} does not end on the border of {end:?}"));
                }
            }
            for (b, r) in self.layout.boxes.iter().enumerate() {
                let m = Member::Box(super::BoxId(b as u32));
                if m != link.from && m != link.to && passes(p, *r) {
                    out.push(format!("link {l} runs through box {b}"));
                }
            }
            for (g, r) in self.layout.groups.iter().enumerate() {
                self.wall(l, g, *r, p, out);
                let title = self.layout.titles[g];
                if title.w > 0.0 && passes(p, title) {
                    out.push(format!("link {l} runs over the title of group {g}"));
                }
            }
        }
    }

    /// A link enters and leaves a group no more often than its ends demand.
    fn wall(&self, l: usize, g: usize, r: Rect, p: &[Point], out: &mut Vec<String>) {
        let link = &self.graph.links[l];
        let own = Member::Group(GroupId(g as u32));
        if link.from == own || link.to == own || [link.from, link.to].into_iter().any(|m| self.border_of(m) == Some(g))
        {
            return;
        }
        let (a, b) = (self.inside(link.from, g), self.inside(link.to, g));
        if !a && !b {
            if passes(p, r) {
                out.push(format!("link {l} runs through the foreign group {g}"));
            }
        } else if crossings(p, r) > usize::from(a != b) {
            out.push(format!("link {l} crosses the walls of group {g} too often"));
        }
    }

    fn shared_lines(&self, out: &mut Vec<String>) {
        let mut upright: Vec<(f64, f64, f64, usize)> = Vec::new();
        let mut level: Vec<(f64, f64, f64, usize)> = Vec::new();
        for (l, route) in self.layout.links.iter().enumerate() {
            for s in route.points.windows(2) {
                if s[0].x == s[1].x {
                    upright.push((s[0].x, s[0].y.min(s[1].y), s[0].y.max(s[1].y), l));
                } else {
                    level.push((s[0].y, s[0].x.min(s[1].x), s[0].x.max(s[1].x), l));
                }
            }
        }
        for list in [&mut upright, &mut level] {
            list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for (k, a) in list.iter().enumerate() {
                for b in list[k + 1..].iter().take_while(|b| b.0 - a.0 < 1.0) {
                    if a.3 != b.3 && a.2.min(b.2) - a.1.max(b.1) > 1.0 && !self.share_end(a.3, b.3) {
                        out.push(format!("links {} and {} lie on each other", a.3.min(b.3), a.3.max(b.3)));
                    }
                }
            }
        }
    }

    fn share_end(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.graph.links[a], &self.graph.links[b]);
        [a.from, a.to].iter().any(|m| *m == b.from || *m == b.to)
    }

    fn labels(&self, out: &mut Vec<String>) {
        let labels: Vec<(usize, Rect)> =
            self.layout.links.iter().enumerate().filter_map(|(l, r)| r.label.map(|q| (l, q))).collect();
        for (l, link) in self.graph.links.iter().enumerate() {
            if link.label.is_some() != self.layout.links[l].label.is_some() {
                out.push(format!("the label of link {l} is missing"));
            }
        }
        for (k, &(l, r)) in labels.iter().enumerate() {
            for &(m, q) in &labels[..k] {
                if r.overlaps(q, 1.0) {
                    out.push(format!("the labels of links {m} and {l} overlap"));
                }
            }
            for (b, q) in self.layout.boxes.iter().enumerate() {
                if r.overlaps(*q, 1.0) {
                    out.push(format!("the label of link {l} lies on box {b}"));
                }
            }
            for (m, route) in self.layout.links.iter().enumerate() {
                if m != l && passes(&route.points, r) {
                    out.push(format!("link {m} runs over the label of link {l}"));
                }
            }
            if !passes(&self.layout.links[l].points, r.grown(6.0)) {
                out.push(format!("the label of link {l} stands away from it"));
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
            for (b, r) in self.layout.boxes.iter().enumerate() {
                let m = Member::Box(super::BoxId(b as u32));
                let own =
                    span.members.iter().any(|s| *s == m || matches!(s, Member::Group(g) if self.inside(m, g.at())));
                if !own && parts.iter().any(|p| p.overlaps(*r, 1.0)) {
                    out.push(format!("span {k} encloses the stranger {b}"));
                }
            }
            let (title, earlier) = (self.layout.spans[k].title, &self.layout.spans[..k]);
            let covers = |s: &SpanPlace| s.title.overlaps(title, 1.0) && self.graph.spans[k].title.w > 0.0;
            for (j, _) in earlier.iter().enumerate().filter(|(j, s)| self.shares(*j, k) && covers(s)) {
                out.push(format!("the title of span {k} covers that of span {j}"));
            }
        }
    }

    /// Whether two spans have a member in common.
    fn shares(&self, a: usize, b: usize) -> bool {
        self.graph.spans[a].members.iter().any(|m| self.graph.spans[b].members.contains(m))
    }
}

/// Distance of a point from the border of a rectangle.
fn off_border(r: Rect, p: Point) -> f64 {
    let (dx, dy) = ((r.x - p.x).max(p.x - r.right()), (r.y - p.y).max(p.y - r.bottom()));
    if dx <= 0.0 && dy <= 0.0 { (-dx).min(-dy) } else { dx.max(dy) }
}

/// Whether a route runs through a rectangle by more than a pixel.
fn passes(points: &[Point], r: Rect) -> bool {
    let inner = r.grown(-1.0);
    inner.w > 0.0
        && inner.h > 0.0
        && points.windows(2).any(|s| {
            let (left, right) = (s[0].x.min(s[1].x), s[0].x.max(s[1].x));
            let (top, bottom) = (s[0].y.min(s[1].y), s[0].y.max(s[1].y));
            left < inner.right() && right > inner.x && top < inner.bottom() && bottom > inner.y
        })
}

/// How often a route changes between the inside and the outside of a rectangle; points on the border belong to both.
fn crossings(points: &[Point], r: Rect) -> usize {
    let (mut count, mut side) = (0, 0);
    for s in points.windows(2) {
        let mut cuts = vec![0.0, 1.0];
        for (from, to, walls) in [(s[0].x, s[1].x, [r.x, r.right()]), (s[0].y, s[1].y, [r.y, r.bottom()])] {
            if (to - from).abs() > 1e-9 {
                cuts.extend(walls.map(|w| (w - from) / (to - from)).into_iter().filter(|t| (0.0..=1.0).contains(t)));
            }
        }
        cuts.sort_by(f64::total_cmp);
        for pair in cuts.windows(2) {
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
