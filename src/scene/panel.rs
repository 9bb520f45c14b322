//! Heading, and the prose beside or under the drawing: steps, legend, notes.

use super::groups::badge_shapes;
use super::pen::{Ink, Label, Pen, dash};
use super::{Anchor, PartRole, Shape, Step, Stroke, route};
use crate::geometry::{Point, Rect};
use crate::measure::TextBlock;
use crate::theme::{Color, Paint};
use crate::topology::{GroupKind, LegendSample, Line};

/// Title and subtitle.
pub(super) fn heading(pen: &mut Pen<'_>) {
    let at = pen.page.heading;
    let [title, subtitle] = &pen.measured.heading;
    let gap = if title.is_empty() { 0.0 } else { pen.theme.sizes.subtitle_gap };
    let mut shapes = pen.lines(title, at.x, at.y, Ink::plain(Anchor::Start));
    shapes.extend(pen.lines(subtitle, at.x, at.y + title.size.h + gap, Ink::plain(Anchor::Start)));
    pen.part(PartRole::Heading, Label { id: "_heading", ..Label::default() }, shapes);
}

/// Steps, legend and notes.
pub(super) fn panel(pen: &mut Pen<'_>) {
    let measured = pen.measured;
    let topology = &measured.topology;
    let mut rooms = pen.page.entries.iter().copied();
    for ((step, text), room) in topology.steps.iter().zip(&measured.steps).zip(rooms.by_ref()) {
        let shapes = step_shapes(pen, step.number, text, room);
        pen.part(PartRole::Step, Label { id: &format!("_step-{}", step.number), ..Label::default() }, shapes);
    }
    for (i, ((row, text), room)) in topology.legend.iter().zip(&measured.legend).zip(rooms.by_ref()).enumerate() {
        let shapes = legend_shapes(pen, &row.sample, text, room);
        pen.part(PartRole::Legend, Label { id: &format!("_legend-{}", i + 1), ..Label::default() }, shapes);
    }
    for (i, (text, room)) in measured.notes.iter().zip(rooms).enumerate() {
        let shapes = note_shapes(pen, text, room);
        pen.part(PartRole::Note, Label { id: &format!("_note-{}", i + 1), ..Label::default() }, shapes);
    }
}

/// A disc, and the text beside it; the first line is level with the number.
fn step_shapes(pen: &Pen<'_>, number: u32, text: &TextBlock, room: Rect) -> Vec<Shape> {
    let sizes = &pen.theme.sizes;
    let first = text.lines.first().map_or(0.0, |line| pen.theme.line_height(line.role));
    let mut shapes = pen.disc(number, Point::new(room.x + sizes.step_radius, room.y + sizes.step_radius)).to_vec();
    let top = room.y + sizes.step_radius - first / 2.0;
    shapes.extend(pen.lines(text, room.x + sizes.step_indent(), top, Ink::plain(Anchor::Start)));
    shapes
}

/// A sample, and what it stands for.
fn legend_shapes(pen: &mut Pen<'_>, sample: &LegendSample, text: &TextBlock, room: Rect) -> Vec<Shape> {
    let sizes = &pen.theme.sizes;
    let (middle, right) = (room.y + sizes.step_radius, room.x + sizes.legend_indent() - sizes.prose_gap);
    let top = middle - text.lines.first().map_or(0.0, |line| pen.theme.line_height(line.role)) / 2.0;
    let mut shapes = pen.lines(text, room.x + sizes.legend_indent(), top, Ink::plain(Anchor::Start));
    match sample {
        LegendSample::Line(line, color) => {
            let color = color.as_deref().and_then(Color::parse).map_or(pen.theme.colors.link, Paint::same);
            shapes.extend(line_sample(pen, *line, color, Point::new(room.x, middle), Point::new(right, middle)));
        }
        LegendSample::Group(kind) => shapes.extend(group_sample(pen, *kind, room.x, right, middle)),
        LegendSample::Step => {
            shapes.extend(pen.disc(1, Point::new(f64::midpoint(room.x, right), middle)));
        }
    }
    shapes
}

fn line_sample(pen: &Pen<'_>, line: Line, paint: Paint, from: Point, to: Point) -> Vec<Shape> {
    let sizes = &pen.theme.sizes;
    let stroke = Stroke { paint, width: sizes.link, dash: dash(line, sizes.link) };
    let head = route::head(from, to, sizes.head_length, sizes.head_width);
    vec![
        Shape::Path { steps: vec![Step::Move(from), Step::Line(to)], stroke },
        Shape::Path { steps: head, stroke: Stroke { dash: None, ..stroke } },
    ]
}

fn group_sample(pen: &mut Pen<'_>, kind: GroupKind, left: f64, right: f64, middle: f64) -> Vec<Shape> {
    let look = pen.theme.colors.group(kind);
    let width = pen.theme.sizes.border;
    let rect = Rect::new(left, middle - 9.0, right - left, 18.0);
    let stroke = Stroke { paint: look.border, width, dash: dash(look.line, width) };
    let mut shapes = vec![Shape::Rect { rect, radius: 0.0, fill: look.fill, stroke: Some(stroke) }];
    if let Some(entry) = pen.badge(kind) {
        let square = Rect::new(left, rect.y, 12.0, 12.0);
        shapes.extend(badge_shapes(pen, square, look.border, Some(entry)));
    }
    shapes
}

/// A thin rule, and the note's text.
fn note_shapes(pen: &Pen<'_>, text: &TextBlock, room: Rect) -> Vec<Shape> {
    let rule = Shape::Rect {
        rect: Rect::new(room.x, room.y, 2.0, room.h),
        radius: 0.0,
        fill: Some(pen.theme.colors.rule),
        stroke: None,
    };
    let mut shapes = vec![rule];
    shapes.extend(pen.lines(text, room.x + pen.theme.sizes.note_indent(), room.y, Ink::plain(Anchor::Start)));
    shapes
}
