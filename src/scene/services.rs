//! Services: an icon over its caption.

use super::pen::{Ink, Label, Pen, Subject};
use super::{Anchor, PartRole, Shape, Stroke, icon};
use crate::geometry::Rect;
use crate::theme::{Color, Paint};
use crate::topology::{Element, Style, What};

/// Draws all services.
pub(super) fn services(pen: &mut Pen<'_>) {
    let measured = pen.measured;
    for (i, &id) in measured.services.iter().enumerate() {
        let Some((&rect, node)) = pen.layout.boxes.get(i).zip(measured.graph.boxes.get(i)) else { continue };
        let element = &measured.topology.graph[id];
        let whole = pen.on_page(rect);
        let icon = node.core.moved(whole.x, whole.y);
        let on_border = node.border.is_some();
        let ground = pen.ground(pen.group_around(id));
        let mut shapes = plate(pen, element, whole);
        if on_border {
            shapes.push(Shape::Rect { rect: icon, radius: 0.0, fill: Some(ground), stroke: None });
        }
        shapes.extend(icon_shapes(pen, element, icon));
        if let Some(caption) = measured.captions.get(i) {
            let halo = on_border.then_some(ground);
            let ink = Ink { own: element.style.color.as_deref(), halo, ..Ink::plain(Anchor::Middle) };
            shapes.extend(pen.lines(caption, icon.center().x, icon.bottom() + pen.theme.sizes.caption_gap, ink));
        }
        let title = Some(pen.name_of(id));
        let label = Label {
            id: &element.path,
            title,
            href: element.href.as_deref(),
            place: element.place.as_ref(),
            subject: Subject::Element(id),
        };
        pen.part(PartRole::Service, label, shapes);
    }
}

/// Whether a service of this style stands on a plate.
pub(super) fn has_plate(style: &Style) -> bool {
    [&style.fill, &style.stroke].into_iter().flatten().any(|color| Color::parse(color).is_some())
}

/// A plate behind the whole service, where its author asked for a ground or a border.
fn plate(pen: &Pen<'_>, element: &Element, whole: Rect) -> Vec<Shape> {
    let style = &element.style;
    let fill = style.fill.as_deref().and_then(Color::parse).map(|c| pen.own_fill(c));
    let width = pen.theme.sizes.border;
    let stroke = style.stroke.as_deref().and_then(Color::parse).map(|color| Stroke {
        paint: Paint::same(color),
        width,
        dash: super::pen::dash(style.line.unwrap_or_default(), width),
    });
    if fill.is_none() && stroke.is_none() {
        return Vec::new();
    }
    vec![Shape::Rect { rect: whole.grown(PLATE), radius: 4.0, fill, stroke }]
}

/// From a service to the edge of its plate, in pixels.
pub(super) const PLATE: f64 = 4.0;

/// The user's icon, or a pack's, or the catalogue's: a white pictogram on a tile, or a coloured one without.
fn icon_shapes(pen: &mut Pen<'_>, element: &Element, rect: Rect) -> Vec<Shape> {
    let What::Service { kind, icon: own, .. } = &element.what else { return Vec::new() };
    let paint = pen.theme.colors.category(kind.category);
    if let Some(own) = own.as_deref().or_else(|| pen.drawing(kind)) {
        return vec![Shape::Icon { symbol: pen.custom(own), rect, paint }];
    }
    match pen.pictogram(kind) {
        Some(symbol) => icon::of_kind(kind, symbol, rect, pen.theme),
        None => vec![icon::tile(rect, paint)],
    }
}
