//! Links: line, heads, label and step.

use super::groups::member_rect;
use super::pen::{Ink, Label, Pen, Subject, dash, one_line};
use super::{Anchor, PartRole, Shape, Stroke, hops, route, services};
use crate::geometry::{Point, Rect};
use crate::layout::Member;
use crate::theme::{Color, Paint};
use crate::topology::{ElementId, Heads, Line, Link, LinkId};

/// Draws all links, then all their labels and steps: no line runs over a text.
pub(super) fn links(pen: &mut Pen<'_>) {
    let routes: Vec<Vec<Point>> = (0..pen.measured.graph.links.len()).map(|i| route_of(pen, i)).collect();
    let crossings = hops::crossings(pen, &routes);
    for (i, points) in routes.iter().enumerate() {
        let topology = &pen.measured.topology;
        let id = LinkId::new(i);
        let Some((link, (from, to))) = topology.graph.edge_weight(id).zip(topology.graph.edge_endpoints(id)) else {
            continue;
        };
        let mut shapes = line_shapes(pen, link, points, crossings.get(i).map_or(&[], Vec::as_slice));
        shapes.extend(label_shapes(pen, link, i));
        let name = format!("{} {} {}", pen.name_of(from), arrow(link.heads), pen.name_of(to));
        let text = link.tooltip.as_deref().or(link.label.as_deref());
        let title = Some(text.map_or(name.clone(), |text| format!("{name}: {}", one_line(text))));
        let path = format!("{}..{}", topology.graph[from].path, topology.graph[to].path);
        let label = Label {
            id: &path,
            title,
            href: link.href.as_deref(),
            place: link.place.as_ref(),
            subject: Subject::Link(id),
        };
        pen.part(PartRole::Link, label, shapes);
    }
}

/// How a link is written in its name.
pub(super) fn arrow(heads: Heads) -> char {
    match heads {
        Heads::None => '–',
        Heads::Target => '→',
        Heads::Source => '←',
        Heads::Both => '↔',
    }
}

/// The corners on the page, both ends brought to what they point at.
fn route_of(pen: &Pen<'_>, link: usize) -> Vec<Point> {
    let (Some(route), Some(ends)) = (pen.layout.links.get(link), pen.measured.graph.links.get(link)) else {
        return Vec::new();
    };
    let mut points: Vec<Point> = route::tidy(&route.points).into_iter().map(|p| pen.point_on_page(p)).collect();
    reach(pen, &mut points, ends.to);
    points.reverse();
    reach(pen, &mut points, ends.from);
    points.reverse();
    points
}

fn reach(pen: &Pen<'_>, points: &mut [Point], end: Member) {
    // A group's border is a line: the link ends on it.
    let Member::Box(id) = end else { return };
    let (Some(rect), Some(node)) = (member_rect(pen, end), pen.measured.graph.boxes.get(id.at())) else { return };
    let whole = pen.on_page(rect);
    let plated = |id: &ElementId| services::has_plate(&pen.measured.topology.graph[*id].style);
    let (whole, core) = if pen.measured.services.get(id.at()).is_some_and(plated) {
        (whole.grown(services::PLATE), whole.grown(services::PLATE))
    } else {
        (whole, node.core.moved(whole.x, whole.y))
    };
    route::reach(points, whole, core, pen.theme.sizes.link_gap);
}

fn line_shapes(pen: &Pen<'_>, link: &Link, points: &[Point], crossings: &[Point]) -> Vec<Shape> {
    let sizes = &pen.theme.sizes;
    let paint = link.color.as_deref().and_then(Color::parse).map_or(pen.theme.colors.link, Paint::same);
    let stroke = Stroke { paint, width: sizes.link, dash: dash(link.line, sizes.link) };
    let solid = Stroke { dash: dash(Line::Solid, sizes.link), ..stroke };
    let mut shapes = Vec::new();
    let steps = route::path(points, sizes.link_radius, sizes.hop, crossings);
    if steps.len() > 1 {
        shapes.push(Shape::Path { steps, stroke });
    }
    let mut head = |before: Point, tip: Point| {
        let steps = route::head(before, tip, sizes.head_length, sizes.head_width);
        if !steps.is_empty() {
            shapes.push(Shape::Path { steps, stroke: solid });
        }
    };
    if let [first, second, ..] = points
        && matches!(link.heads, Heads::Source | Heads::Both)
    {
        head(*second, *first);
    }
    if let [.., before, last] = points
        && matches!(link.heads, Heads::Target | Heads::Both)
    {
        head(*before, *last);
    }
    shapes
}

/// Step and text in the room that the layout kept, on a plate of the ground so that no line shows between the letters.
fn label_shapes(pen: &Pen<'_>, link: &Link, i: usize) -> Vec<Shape> {
    let Some(room) = pen.layout.links.get(i).and_then(|r| r.label) else { return Vec::new() };
    let ground = pen.ground_at(room.center());
    let room = pen.on_page(room);
    let sizes = &pen.theme.sizes;
    let text = pen.measured.labels.get(i).filter(|t| !t.is_empty());
    let disc = if link.step.is_some() { 2.0 * sizes.step_radius } else { 0.0 };
    let gap = if link.step.is_some() && text.is_some() { sizes.step_gap } else { 0.0 };
    let left = room.center().x - (disc + gap + text.map_or(0.0, |t| t.size.w)) / 2.0;
    let mut shapes = Vec::new();
    if let Some(text) = text {
        let x = left + disc + gap;
        let plate =
            Rect::new(x, room.center().y - text.size.h / 2.0, text.size.w, text.size.h).grown(sizes.label_margin);
        shapes.push(Shape::Rect { rect: plate, radius: 2.0, fill: Some(ground), stroke: None });
        let paint = link.color.as_deref().and_then(Color::parse).map(|c| Paint::same(c).readable_on(ground));
        let ink = Ink { paint, ..Ink::plain(Anchor::Middle) };
        shapes.extend(pen.lines(text, x + text.size.w / 2.0, room.center().y - text.size.h / 2.0, ink));
    }
    if let Some(number) = link.step {
        shapes.extend(pen.disc(number, Point::new(left + sizes.step_radius, room.center().y)));
    }
    shapes
}
