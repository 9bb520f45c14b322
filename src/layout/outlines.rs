//! Outlines of spans, drawn around members wherever these stand.

use super::nest::{Nest, inner};
use super::orient::Strip;
use super::titles::middle_place;
use super::{Graph, Layout, Member, Spacing, Span, SpanPlace};
use crate::geometry::{Rect, Size};
use std::collections::BTreeMap;

/// Outlines: one rectangle around all members, or one for each run of members between strangers. Boxes, groups and routes must have their places.
///
/// Where several outlines go around one member, each keeps clear of those within it, titles included: the columns and the lines keep that room around every
/// member. No two titles around one member meet.
pub(super) fn outlines(graph: &Graph, nest: &Nest, spacing: &Spacing, strip: Strip, out: &Layout) -> Vec<SpanPlace> {
    let places = drawn(graph, nest, spacing, strip, out, Joining::Free);
    if titles_clear(graph, &places) { places } else { drawn(graph, nest, spacing, strip, out, Joining::Alone) }
}

/// Which frames of members become one rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joining {
    /// All between which no stranger stands.
    Free,
    /// Those of outlines that have no member in common with another one.
    Alone,
}

/// Whether no two outlines with a common member have titles that meet.
fn titles_clear(graph: &Graph, places: &[SpanPlace]) -> bool {
    let meets = |s: usize, t: usize| places[s].title.overlaps(places[t].title, 0.0) && shares(graph, s, t);
    (0..places.len()).all(|s| graph.spans[s].title.w <= 0.0 || !(0..s).any(|t| meets(s, t)))
}

fn shares(graph: &Graph, s: usize, t: usize) -> bool {
    graph.spans[s].members.iter().any(|m| graph.spans[t].members.contains(m))
}

fn drawn(
    graph: &Graph,
    nest: &Nest,
    spacing: &Spacing,
    strip: Strip,
    out: &Layout,
    joining: Joining,
) -> Vec<SpanPlace> {
    let of_member = levels(graph);
    let frames = Frames { graph, out, spacing, strip, of_member: &of_member };
    let mut places: Vec<SpanPlace> = Vec::with_capacity(graph.spans.len());
    for (s, span) in graph.spans.iter().enumerate() {
        let mut members: Vec<Rect> = span.members.iter().map(|m| frames.around(s, m)).collect();
        members.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        let strangers: Vec<Rect> =
            (0..out.boxes.len()).filter(|&b| !held(nest, span, b)).map(|b| out.boxes[b]).collect();
        let apart = joining == Joining::Alone && (0..graph.spans.len()).any(|t| t != s && shares(graph, s, t));
        let mut parts = if apart { members } else { joined(&members, &strangers) };
        // The first part with room for a title gets it, and goes first.
        let clear = |part: &Rect| {
            let title = span_title(strip, spacing, out, *part, span.title);
            !(0..s).any(|t| places[t].title.overlaps(title, 0.0) && shares(graph, s, t))
        };
        let titled = parts.iter().position(clear).unwrap_or(0);
        if let Some(upto) = parts.get_mut(..=titled) {
            upto.rotate_right(1);
        }
        let first = parts.first().copied().unwrap_or_default();
        let title = span_title(strip, spacing, out, first, span.title);
        places.push(SpanPlace { parts, title });
    }
    places
}

/// The spans around each member, the outermost first: those with more members go around those with fewer, and earlier ones around later ones.
fn levels(graph: &Graph) -> BTreeMap<Member, Vec<usize>> {
    let mut of_member: BTreeMap<Member, Vec<usize>> = BTreeMap::new();
    for (s, span) in graph.spans.iter().enumerate() {
        for &m in &span.members {
            let around = of_member.entry(m).or_default();
            if around.last() != Some(&s) {
                around.push(s);
            }
        }
    }
    for around in of_member.values_mut() {
        around.sort_by_key(|&s| (std::cmp::Reverse(graph.spans[s].members.len()), s));
        around.dedup();
    }
    of_member
}

/// Whether a box is a member of a span or stands in one, or on its border.
fn held(nest: &Nest, span: &Span, b: usize) -> bool {
    span.members.iter().any(|m| match *m {
        Member::Box(o) => o.at() == b,
        Member::Group(g) => nest.holds(inner(g), nest.home[b]),
    })
}

struct Frames<'a> {
    graph: &'a Graph,
    out: &'a Layout,
    spacing: &'a Spacing,
    strip: Strip,
    of_member: &'a BTreeMap<Member, Vec<usize>>,
}

impl Frames<'_> {
    /// The rectangle of span `s` around one of its members: around those of all spans within it.
    fn around(&self, s: usize, m: &Member) -> Rect {
        let rect = match *m {
            Member::Box(b) => self.out.boxes[b.at()],
            Member::Group(g) => self.out.groups[g.at()],
        };
        let all = self.of_member.get(m).map_or(&[][..], Vec::as_slice);
        let from = all.iter().position(|&t| t == s).unwrap_or(0);
        let titles = || all[from..].iter().map(|&t| self.graph.spans[t].title);
        let (wide, high) = (titles().map(|t| t.w).sum::<f64>(), titles().map(|t| t.h).sum::<f64>());
        let r = rect.grown(self.spacing.track * (all.len() - from) as f64);
        match self.strip {
            Strip::Top => Rect::new(r.x, r.y - high, r.w, r.h + high),
            Strip::Bottom => Rect::new(r.x, r.y, r.w, r.h + high),
            Strip::LeftStart | Strip::LeftEnd => Rect::new(r.x - wide, r.y, r.w + wide, r.h),
        }
    }
}

/// Neighbours of a list joined to one rectangle each as long as that is clear of strangers.
fn joined(members: &[Rect], strangers: &[Rect]) -> Vec<Rect> {
    let clear = |r: Rect| strangers.iter().all(|s| !s.overlaps(r, 0.5));
    let mut parts: Vec<Rect> = Vec::new();
    for &m in members {
        match parts.last_mut() {
            Some(last) if clear(last.union(m)) => *last = last.union(m),
            _ => parts.push(m),
        }
    }
    parts
}

/// The title of an outline: in its strip, as near to the middle as links and walls leave room.
fn span_title(strip: Strip, spacing: &Spacing, out: &Layout, part: Rect, size: Size) -> Rect {
    if size.w <= 0.0 || size.h <= 0.0 {
        return Rect::new(part.x, part.y, 0.0, 0.0);
    }
    let gap = spacing.track / 2.0;
    match strip {
        Strip::Top | Strip::Bottom => {
            let y = if strip == Strip::Top { part.y } else { part.bottom() - size.h };
            let cuts = vertical_cuts(out, Rect::new(part.x, y, part.w, size.h));
            Rect::new(middle_place(part.x, part.w, size.w, cuts, gap), y, size.w, size.h)
        }
        Strip::LeftStart | Strip::LeftEnd => {
            let cuts = level_cuts(out, Rect::new(part.x, part.y, size.w, part.h));
            Rect::new(part.x, middle_place(part.y, part.h, size.h, cuts, gap), size.w, size.h)
        }
    }
}

/// Places along the flow at which links or walls cross a strip.
fn level_cuts(out: &Layout, strip: Rect) -> Vec<f64> {
    let mut cuts = Vec::new();
    for route in &out.links {
        for pair in route.points.windows(2) {
            let (low, high) = (pair[0].x.min(pair[1].x), pair[0].x.max(pair[1].x));
            let y = pair[0].y;
            if y == pair[1].y && low < strip.right() && high > strip.x && strip.y < y && y < strip.bottom() {
                cuts.push(y);
            }
        }
    }
    for g in &out.groups {
        for y in [g.y, g.bottom()] {
            if g.x < strip.right() && g.right() > strip.x && strip.y < y && y < strip.bottom() {
                cuts.push(y);
            }
        }
    }
    cuts
}

/// Places across the flow at which links or walls cross a strip.
fn vertical_cuts(out: &Layout, strip: Rect) -> Vec<f64> {
    let mut cuts = Vec::new();
    for route in &out.links {
        for pair in route.points.windows(2) {
            let (low, high) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
            if pair[0].x == pair[1].x
                && low < strip.bottom()
                && high > strip.y
                && strip.x < pair[0].x
                && pair[0].x < strip.right()
            {
                cuts.push(pair[0].x);
            }
        }
    }
    for g in &out.groups {
        for x in [g.x, g.right()] {
            if g.y < strip.bottom() && g.bottom() > strip.y && strip.x < x && x < strip.right() {
                cuts.push(x);
            }
        }
    }
    cuts
}
