//! Outlines of spans, drawn around members wherever these stand.

use super::nest::{Nest, inner};
use super::orient::Strip;
use super::titles::middle_place;
use super::verify::near::Near;
use super::{Graph, Layout, Member, Spacing, Span, SpanPlace};
use crate::geometry::{Rect, Size};
use std::collections::BTreeMap;

/// Outlines: one rectangle around all members, or one for each run of members between strangers. Boxes, groups and routes must have their places.
///
/// Where several outlines go around one member, each keeps clear of those within it, titles included: the columns and the lines keep that room around every
/// member. No two titles around one member meet.
pub(super) fn outlines(graph: &Graph, nest: &Nest, spacing: &Spacing, strip: Strip, out: &Layout) -> Vec<SpanPlace> {
    if graph.spans.is_empty() {
        return Vec::new();
    }
    let of_member = levels(graph);
    let frames =
        Frames { graph, nest, out, spacing, strip, sharing: &sharing(graph, &of_member), of_member: &of_member };
    let surroundings = Surroundings::new(out, strip);
    let places = frames.drawn(&surroundings, Joining::Free);
    if frames.titles_clear(&places) { places } else { frames.drawn(&surroundings, Joining::Alone) }
}

/// Which frames of members become one rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joining {
    /// All between which no stranger stands.
    Free,
    /// Those of outlines that have no member in common with another one.
    Alone,
}

/// For each span the others that have a member in common with it, in order.
fn sharing(graph: &Graph, of_member: &BTreeMap<Member, Vec<usize>>) -> Vec<Vec<usize>> {
    let others = |(s, span): (usize, &Span)| {
        let mut others: Vec<usize> = span.members.iter().flat_map(|m| of_member[m].iter().copied()).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|&t| t != s);
        others
    };
    graph.spans.iter().enumerate().map(others).collect()
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
    nest: &'a Nest,
    out: &'a Layout,
    spacing: &'a Spacing,
    strip: Strip,
    of_member: &'a BTreeMap<Member, Vec<usize>>,
    /// See [`sharing`].
    sharing: &'a [Vec<usize>],
}

impl Frames<'_> {
    /// Whether no two outlines with a common member have titles that meet.
    fn titles_clear(&self, places: &[SpanPlace]) -> bool {
        let meets = |s: usize, t: usize| places[s].title.overlaps(places[t].title, 0.0);
        let titled = |s: &usize| self.graph.spans[*s].title.w > 0.0;
        (0..places.len()).filter(titled).all(|s| !self.sharing[s].iter().any(|&t| t < s && meets(s, t)))
    }

    fn drawn(&self, surroundings: &Surroundings, joining: Joining) -> Vec<SpanPlace> {
        let mut places: Vec<SpanPlace> = Vec::with_capacity(self.graph.spans.len());
        for (s, span) in self.graph.spans.iter().enumerate() {
            let mut members: Vec<Rect> = span.members.iter().map(|m| self.around(s, m)).collect();
            members.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
            let apart = joining == Joining::Alone && !self.sharing[s].is_empty();
            let clear = |r: Rect| {
                let mut clear = true;
                surroundings.boxes.around(r, |b| {
                    clear &= !self.out.boxes[b].overlaps(r, 0.5) || held(self.nest, span, b);
                });
                clear
            };
            let mut parts = if apart { members } else { joined(&members, clear) };
            // The first part with room for a title gets it, and goes first.
            let title = |part: Rect| span_title(self.strip, self.spacing, surroundings, part, span.title);
            let free = |part: &Rect| {
                let title = title(*part);
                !self.sharing[s].iter().any(|&t| t < s && places[t].title.overlaps(title, 0.0))
            };
            let titled = parts.iter().position(free).unwrap_or(0);
            if let Some(upto) = parts.get_mut(..=titled) {
                upto.rotate_right(1);
            }
            let title = title(parts.first().copied().unwrap_or_default());
            places.push(SpanPlace { parts, title });
        }
        places
    }

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

/// Neighbours of a list joined to one rectangle each as long as that is clear.
fn joined(members: &[Rect], clear: impl Fn(Rect) -> bool) -> Vec<Rect> {
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
fn span_title(strip: Strip, spacing: &Spacing, surroundings: &Surroundings, part: Rect, size: Size) -> Rect {
    if size.w <= 0.0 || size.h <= 0.0 {
        return Rect::new(part.x, part.y, 0.0, 0.0);
    }
    let gap = spacing.track / 2.0;
    match strip {
        Strip::Top | Strip::Bottom => {
            let y = if strip == Strip::Top { part.y } else { part.bottom() - size.h };
            let cuts = surroundings.cuts(Rect::new(part.x, y, part.w, size.h));
            Rect::new(middle_place(part.x, part.w, size.w, cuts, gap), y, size.w, size.h)
        }
        Strip::LeftStart | Strip::LeftEnd => {
            let cuts = surroundings.cuts(Rect::new(part.x, part.y, size.w, part.h));
            Rect::new(part.x, middle_place(part.y, part.h, size.h, cuts, gap), size.w, size.h)
        }
    }
}

/// What stands around outlines, by place.
struct Surroundings {
    boxes: Near,
    /// Whether titles lie along the left walls: then what runs across the flow cuts their strips, else what runs along it.
    level: bool,
    /// Runs of links and walls that can cut the strips of titles.
    lines: Vec<Rect>,
    near: Near,
}

impl Surroundings {
    fn new(out: &Layout, strip: Strip) -> Self {
        let level = strip.is_left();
        let mut lines = Vec::new();
        for s in out.links.iter().flat_map(|route| route.points.windows(2)) {
            let (low, high) = (s[0].x.min(s[1].x), s[0].x.max(s[1].x));
            let (top, bottom) = (s[0].y.min(s[1].y), s[0].y.max(s[1].y));
            if if level { top == bottom } else { low == high } {
                lines.push(Rect::new(low, top, high - low, bottom - top));
            }
        }
        for g in &out.groups {
            lines.extend(if level {
                [g.y, g.bottom()].map(|y| Rect::new(g.x, y, g.w, 0.0))
            } else {
                [g.x, g.right()].map(|x| Rect::new(x, g.y, 0.0, g.h))
            });
        }
        Self { boxes: Near::new(&out.boxes), level, near: Near::new(&lines), lines }
    }

    /// Places at which links or walls cross a strip.
    fn cuts(&self, strip: Rect) -> Vec<f64> {
        let mut cuts = Vec::new();
        self.near.around(strip, |k| {
            let line = self.lines[k];
            let crosses = if self.level {
                line.x < strip.right() && line.right() > strip.x && strip.y < line.y && line.y < strip.bottom()
            } else {
                line.y < strip.bottom() && line.bottom() > strip.y && strip.x < line.x && line.x < strip.right()
            };
            if crosses {
                cuts.push(if self.level { line.y } else { line.x });
            }
        });
        cuts
    }
}
