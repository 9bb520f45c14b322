//! Where a click on the page leads: the `<a>` elements of an SVG as annotations over the shapes that they hold.

use super::POINTS;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::geom::{Quadrilateral, Rect};
use resvg::tiny_skia::{self, PathSegment};
use resvg::usvg::roxmltree::{self, Document};
use resvg::usvg::{Group, Node, Path, Tree};
use std::fmt::Write as _;

/// How far beside a line a click still counts, in CSS pixels.
const REACH: f32 = 3.0;

/// The annotations of a page, those behind first: where two lie over each other, readers follow the last one.
pub(super) fn annotations(svg: &str, tree: &Tree) -> Vec<Annotation> {
    // An SVG that only usvg can read has no links to offer, but still a picture.
    let Ok(document) = Document::parse(svg) else { return Vec::new() };
    let anchors = document.descendants().filter(|n| n.tag_name().name() == "a");
    anchors.filter_map(|anchor| annotation(anchor, tree)).collect()
}

/// The tree knows no `<a>`, but the part around it, by its id.
fn annotation(anchor: roxmltree::Node<'_, '_>, tree: &Tree) -> Option<Annotation> {
    let address = anchor.attributes().find(|a| a.name() == "href")?.value();
    let part = anchor.ancestors().find_map(|n| n.attribute("id"))?;
    let Some(Node::Group(group)) = tree.node_by_id(part) else { return None };
    let areas: Vec<Quadrilateral> = areas(group).into_iter().filter_map(on_page).map(Quadrilateral::from).collect();
    if areas.is_empty() {
        return None;
    }
    let tooltip = anchor.parent()?.children().find(|n| n.tag_name().name() == "title").and_then(|n| n.text());
    let target = Target::Action(Action::Link(LinkAction::new(ascii(address))));
    let link = LinkAnnotation::new_with_quad_points(areas, target);
    Some(Annotation::new_link(link, Some(tooltip.unwrap_or(address).to_owned())))
}

/// What of a part can be clicked on: as in the SVG, the inside of what is filled, and the line of what is only drawn around.
fn areas(group: &Group) -> Vec<tiny_skia::Rect> {
    let mut found = Vec::new();
    for child in group.children() {
        match child {
            Node::Path(path) if path.fill().is_none() => found.extend(along(path)),
            // The `<a>` itself. An icon, which is put somewhere, is one area, however many strokes it has.
            Node::Group(inner) if inner.transform().is_identity() && inner.clip_path().is_none() => {
                found.extend(areas(inner));
            }
            child => found.push(child.abs_bounding_box()),
        }
    }
    found
}

/// A narrow box along each stretch of a line.
fn along(path: &Path) -> Vec<tiny_skia::Rect> {
    let Some(line) = path.data().clone().transform(path.abs_transform()) else { return Vec::new() };
    let (mut start, mut here) = (tiny_skia::Point::zero(), tiny_skia::Point::zero());
    let mut boxes = Vec::new();
    for segment in line.segments() {
        let to = match segment {
            PathSegment::MoveTo(to) => {
                (start, here) = (to, to);
                continue;
            }
            PathSegment::LineTo(to) | PathSegment::QuadTo(_, to) | PathSegment::CubicTo(_, _, to) => to,
            PathSegment::Close => start,
        };
        let (left, top) = (here.x.min(to.x) - REACH, here.y.min(to.y) - REACH);
        let (right, bottom) = (here.x.max(to.x) + REACH, here.y.max(to.y) + REACH);
        boxes.extend(tiny_skia::Rect::from_ltrb(left, top, right, bottom));
        here = to;
    }
    boxes
}

fn on_page(area: tiny_skia::Rect) -> Option<Rect> {
    Rect::from_ltrb(area.left() * POINTS, area.top() * POINTS, area.right() * POINTS, area.bottom() * POINTS)
}

/// An address as a PDF may hold it: ASCII, all else as its UTF-8 bytes in hexadecimal.
fn ascii(address: &str) -> String {
    let mut out = String::new();
    for byte in address.trim().bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            // Writing into memory cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_other_scripts_are_spelt_out() {
        assert_eq!(ascii("https://example.com/한 글?a=1#b"), "https://example.com/%ED%95%9C%20%EA%B8%80?a=1#b");
    }
}
