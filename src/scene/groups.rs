//! Groups and spans: ground, border, badge and name.

use super::pen::{Ink, Label, Pen, Subject, dash, one_line};
use super::{Anchor, PartRole, Shape, Step, Stroke, icon};
use crate::catalogue::Entry;
use crate::geometry::{Point, Rect};
use crate::layout::GroupId;
use crate::layout::Member;
use crate::measure::TextBlock;
use crate::theme::{GroupLook, Paint, TitleStyle};
use crate::topology::{GroupKind, IconData, Style, What};

/// Draws all groups, the outer before the inner.
pub(super) fn groups(pen: &mut Pen<'_>) {
    let mut order: Vec<(usize, usize)> = (0..pen.measured.groups.len()).map(|g| (depth(pen, g), g)).collect();
    order.sort_unstable();
    for (_, group) in order {
        let Some((&id, &rect)) = pen.measured.groups.get(group).zip(pen.layout.groups.get(group)) else { continue };
        let topology = &pen.measured.topology;
        let element = &topology.graph[id];
        let What::Group { kind, badge: own, .. } = element.what else { continue };
        let frame = Frame {
            kind,
            own,
            style: &element.style,
            rects: vec![pen.on_page(rect)],
            title: pen.on_page(pen.layout.titles.get(group).copied().unwrap_or_default()),
            text: pen.measured.titles.get(group),
            ground: pen.ground(Some(group)),
            over_others: false,
        };
        let shapes = frame.draw(pen);
        let label = Label {
            id: &element.path,
            title: Some(pen.name_of(id)),
            href: element.href.as_deref(),
            place: element.place.as_ref(),
            subject: Subject::Element(id),
        };
        pen.part(PartRole::Group, label, shapes);
    }
}

/// Draws all outlines that stand outside the nesting.
pub(super) fn spans(pen: &mut Pen<'_>) {
    let measured = pen.measured;
    for (i, span) in measured.topology.spans.iter().enumerate() {
        let Some(place) = pen.layout.spans.get(i) else { continue };
        let frame = Frame {
            kind: span.kind,
            own: span.badge,
            style: &span.style,
            rects: place.parts.iter().map(|&part| pen.on_page(part)).collect(),
            title: pen.on_page(place.title),
            text: measured.span_titles.get(i),
            ground: pen.ground_at(place.title.center()),
            over_others: true,
        };
        let shapes = frame.draw(pen);
        let name = span.tooltip.as_deref().unwrap_or(&span.label);
        let label = Label {
            id: &span.path,
            title: Some(one_line(name)),
            href: span.href.as_deref(),
            place: span.place.as_ref(),
            subject: Subject::Other,
        };
        pen.part(PartRole::Span, label, shapes);
    }
}

fn depth(pen: &Pen<'_>, group: usize) -> usize {
    let graph = &pen.measured.graph;
    let mut at = graph.groups.get(group).and_then(|g| g.parent);
    let mut depth = 0;
    while let Some(GroupId(parent)) = at
        && depth <= graph.groups.len()
    {
        depth += 1;
        at = graph.groups.get(parent as usize).and_then(|g| g.parent);
    }
    depth
}

/// One group or span, ready to be drawn.
struct Frame<'a> {
    kind: GroupKind,
    own: Option<&'static Entry>,
    style: &'a Style,
    rects: Vec<Rect>,
    title: Rect,
    text: Option<&'a TextBlock>,
    ground: Paint,
    /// Whether it stands on borders of groups, which its name must be kept free of.
    over_others: bool,
}

impl Frame<'_> {
    fn draw(&self, pen: &mut Pen<'_>) -> Vec<Shape> {
        let look = pen.group_look(self.kind, self.style);
        let width = pen.theme.sizes.border;
        let stroke = Stroke { paint: look.border, width, dash: dash(look.line, width) };
        let mut shapes: Vec<Shape> = self
            .rects
            .iter()
            .map(|&rect| Shape::Rect { rect, radius: 0.0, fill: look.fill, stroke: Some(stroke) })
            .collect();
        shapes.extend(self.rects.windows(2).filter_map(|pair| joint(pair, stroke)));
        shapes.extend(self.title_shapes(pen, look));
        shapes
    }

    /// Badge and name. The room kept for the title tells only where; badge and text keep their own sizes.
    fn title_shapes(&self, pen: &mut Pen<'_>, look: GroupLook) -> Vec<Shape> {
        let Some(&outer) = self.rects.first() else { return Vec::new() };
        let text = self.text.filter(|t| !t.is_empty());
        let sizes = &pen.theme.sizes;
        let (edge, gap) = (sizes.badge, sizes.badge_gap);
        let glyph = if look.title == TitleStyle::Centred && self.own.is_none() { None } else { Some(self.own) };
        let badge_room = if glyph.is_some() { edge } else { 0.0 };
        let text_room = text.map_or(0.0, |t| t.size.w + if glyph.is_some() { gap } else { 0.0 });
        let (left, top) = match look.title {
            TitleStyle::Badge => (outer.x, outer.y),
            TitleStyle::CentredBadge | TitleStyle::Centred => {
                (self.title.center().x - (badge_room + text_room) / 2.0, self.title.y)
            }
        };
        let mut shapes = Vec::new();
        if let Some(own) = glyph {
            let square = Rect::new(left, top, edge, edge);
            let entry = own.or_else(|| pen.badge(self.kind));
            shapes.extend(badge_shapes(pen, square, look.border, entry));
        }
        if let Some(text) = text {
            let height = if glyph.is_some() { edge.max(text.size.h) } else { self.title.h.max(text.size.h) };
            let x = left + badge_room + if glyph.is_some() { gap } else { 0.0 };
            let paint = Some(look.border.readable_on(self.ground));
            let halo = self.over_others.then_some(self.ground);
            let ink = Ink { paint, own: self.style.color.as_deref(), halo, ..Ink::plain(Anchor::Start) };
            shapes.extend(pen.lines(text, x, top + (height - text.size.h) / 2.0, ink));
        }
        shapes
    }
}

/// The line that shows that two parts are one outline: from edge to edge, straight where they face each other.
fn joint(pair: &[Rect], stroke: Stroke) -> Option<Shape> {
    let &[a, b] = pair else { return None };
    let (top, bottom) = (a.y.max(b.y), a.bottom().min(b.bottom()));
    let (left, right) = (a.x.max(b.x), a.right().min(b.right()));
    let (from, to) = if top < bottom {
        let y = f64::midpoint(top, bottom);
        let (first, second) = if a.x <= b.x { (a, b) } else { (b, a) };
        (Point::new(first.right(), y), Point::new(second.x, y))
    } else if left < right {
        let x = f64::midpoint(left, right);
        let (first, second) = if a.y <= b.y { (a, b) } else { (b, a) };
        (Point::new(x, first.bottom()), Point::new(x, second.y))
    } else {
        (a.center(), b.center())
    };
    Some(Shape::Path { steps: vec![Step::Move(from), Step::Line(to)], stroke })
}

/// A filled square with a pictogram in it, or a pack's badge, which brings its own square.
pub(super) fn badge_shapes(pen: &mut Pen<'_>, square: Rect, paint: Paint, entry: Option<&'static Entry>) -> Vec<Shape> {
    let drawing = entry.and_then(|e| pen.drawing(e));
    if let Some(own) = drawing.filter(|own| !matches!(own.data, IconData::Pictogram(_))) {
        return vec![Shape::Icon { symbol: pen.custom(own), rect: square, paint }];
    }
    let symbol = drawing.map(|own| pen.custom(own)).or_else(|| entry.and_then(|e| pen.pictogram(e)));
    match symbol {
        Some(symbol) => icon::badge(symbol, square, paint, pen.theme),
        None => vec![icon::tile(square, paint)],
    }
}

/// The member's rectangle in the layout.
pub(super) fn member_rect(pen: &Pen<'_>, member: Member) -> Option<Rect> {
    match member {
        Member::Box(b) => pen.layout.boxes.get(b.at()).copied(),
        Member::Group(g) => pen.layout.groups.get(g.at()).copied(),
    }
}
