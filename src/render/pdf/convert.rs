//! Colours, lines, paths and transforms of an SVG as those of a PDF.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use resvg::tiny_skia::{self, PathSegment};
use resvg::usvg::{self, ClipPath, Group, Node, Paint};

/// A transform.
pub(super) fn transform(t: tiny_skia::Transform) -> Transform {
    Transform::from_row(t.sx, t.ky, t.kx, t.sy, t.tx, t.ty)
}

/// A fill of one colour; `None` for anything else.
pub(super) fn fill(fill: &usvg::Fill) -> Option<Fill> {
    let rule = match fill.rule() {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    };
    Some(Fill { paint: color(fill.paint())?.into(), opacity: opacity(fill.opacity()), rule })
}

/// A line of one colour; `None` for anything else.
pub(super) fn stroke(stroke: &usvg::Stroke) -> Option<Stroke> {
    Some(Stroke {
        paint: color(stroke.paint())?.into(),
        width: stroke.width().get(),
        miter_limit: stroke.miterlimit().get(),
        line_cap: match stroke.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        line_join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
        },
        opacity: opacity(stroke.opacity()),
        dash: stroke.dasharray().map(|array| StrokeDash { array: array.to_vec(), offset: stroke.dashoffset() }),
    })
}

fn color(paint: &Paint) -> Option<rgb::Color> {
    match paint {
        Paint::Color(c) => Some(rgb::Color::new(c.red, c.green, c.blue)),
        _ => None,
    }
}

fn opacity(opacity: usvg::Opacity) -> NormalizedF32 {
    NormalizedF32::new(opacity.get()).unwrap_or(NormalizedF32::ONE)
}

/// Appends the segments of a path.
pub(super) fn append(builder: &mut PathBuilder, path: &tiny_skia::Path) {
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => builder.move_to(p.x, p.y),
            PathSegment::LineTo(p) => builder.line_to(p.x, p.y),
            PathSegment::QuadTo(c, p) => builder.quad_to(c.x, c.y, p.x, p.y),
            PathSegment::CubicTo(c, d, p) => builder.cubic_to(c.x, c.y, d.x, d.y, p.x, p.y),
            PathSegment::Close => builder.close(),
        }
    }
}

/// The union of a clip's paths.
pub(super) fn clip(clip: &ClipPath) -> Option<(Path, FillRule)> {
    let mut builder = PathBuilder::new();
    let mut rule = FillRule::NonZero;
    gather(clip.root(), clip.transform().pre_concat(clip.root().transform()), &mut builder, &mut rule);
    builder.finish().map(|path| (path, rule))
}

fn gather(group: &Group, placed: tiny_skia::Transform, builder: &mut PathBuilder, rule: &mut FillRule) {
    for child in group.children() {
        match child {
            Node::Group(inner) => gather(inner, placed.pre_concat(inner.transform()), builder, rule),
            Node::Path(path) => {
                if path.fill().is_some_and(|f| f.rule() == usvg::FillRule::EvenOdd) {
                    *rule = FillRule::EvenOdd;
                }
                if let Some(path) = path.data().clone().transform(placed) {
                    append(builder, &path);
                }
            }
            Node::Image(_) | Node::Text(_) => {}
        }
    }
}
