//! Scene -> SVG: one element per shape, one `<g>` per part. What is there but once is a tree of elements; symbols and parts are written straight.

use super::css::{Palette, Property};
use super::lettering::{self, FontFace};
use super::number::{number, push};
use super::symbol;
use super::tags::{Tags, clean};
use crate::geometry::{Point, Rect};
use crate::scene::{Part, PartRole, Scene, Shape, Step, Stroke};
use std::fmt::Write as _;
use svg::Node;
use svg::node::Blob;
use svg::node::element::Element;

/// What the writer needs beside the scene.
#[derive(Debug, Clone, Default)]
pub struct SvgOptions {
    /// The font of all texts.
    pub font: FontFace,
    /// Whether the page has a ground.
    pub ground: Ground,
}

/// What stands behind the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// The theme's background.
    #[default]
    Page,
    /// Nothing.
    Transparent,
}

/// Writes the scene as one SVG document that refers to nothing outside itself.
pub fn to_svg(scene: &Scene, options: &SvgOptions) -> String {
    let mut writer = Writer { palette: Palette::new(scene), scene, font: &options.font };
    // Last the head, for its style sheet says how all colours look on dark pages.
    let parts = writer.parts();
    let background = writer.background();
    let head = writer.head();
    let background = if options.ground == Ground::Page { background } else { Tags::default() };
    let mut root = writer.root();
    let mut bytes = ROOT_BYTES;
    for tags in [head, background, parts].into_iter().map(Tags::finish).filter(|tags| !tags.is_empty()) {
        bytes += tags.len();
        root.append(Blob::new(tags));
    }
    let mut out = String::with_capacity(bytes);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{root}");
    out
}

/// More than the tags take that every picture has.
const ROOT_BYTES: usize = 1024;

/// What a part or shape takes, usually.
const SHAPE_BYTES: usize = 96;

/// What the drawing of an icon takes, usually.
const SYMBOL_BYTES: usize = 512;

/// Walks the scene.
struct Writer<'a> {
    scene: &'a Scene,
    palette: Palette,
    font: &'a FontFace,
}

impl Writer<'_> {
    fn root(&self) -> Element {
        let size = self.scene.size;
        let width = self.scene.shown_width.filter(|w| w.is_finite() && *w > 0.0).unwrap_or(size.w);
        let height = if size.w > 0.0 { size.h * width / size.w } else { size.h };
        let mut attributes = vec![
            ("xmlns", "http://www.w3.org/2000/svg".to_owned()),
            ("viewBox", format!("0 0 {} {}", number(size.w), number(size.h))),
            ("width", number(width)),
            ("height", number(height)),
            ("role", "img".to_owned()),
            ("aria-labelledby", "_title _desc".to_owned()),
        ];
        if !self.font.family.is_empty() {
            attributes.push(("font-family", self.font.family.clone()));
        }
        if let Some(lang) = &self.scene.lang {
            attributes.push(("lang", lang.clone()));
            attributes.push(("xml:lang", lang.clone()));
        }
        element("svg", attributes)
    }

    /// The picture's ground.
    fn background(&mut self) -> Tags {
        let mut tags = Tags::default();
        self.palette.paint(
            tags.open("rect").text("width", "100%").text("height", "100%"),
            &[(Property::Fill, self.scene.background)],
        );
        tags.end();
        tags
    }

    /// All parts, back to front.
    fn parts(&mut self) -> Tags {
        let shapes: usize = self.scene.parts.iter().map(|part| 1 + part.shapes.len()).sum();
        let mut tags = Tags::with_room(SHAPE_BYTES * shapes);
        self.scene.parts.iter().for_each(|part| self.part(&mut tags, part));
        tags
    }

    /// What stands before the background: what the picture is, its style sheet and its symbols.
    fn head(&self) -> Tags {
        let symbols = SYMBOL_BYTES * self.scene.symbols.len();
        let mut tags = Tags::with_room(ROOT_BYTES + self.font.css.len() + self.scene.description.len() + symbols);
        for (name, id, content) in [("title", "_title", &self.scene.title), ("desc", "_desc", &self.scene.description)]
        {
            if !content.is_empty() {
                tags.open(name).text("id", id).start_content();
                tags.content_with_quotes(content);
                tags.close(name);
            }
        }
        let colors = self.palette.style(&symbol::dark_rules(&self.scene.symbols));
        if !(self.font.css.is_empty() && colors.is_empty()) {
            tags.open("style").start_content();
            tags.content_with_quotes(&self.font.css);
            tags.content_with_quotes(&colors);
            tags.close("style");
        }
        if !self.scene.symbols.is_empty() {
            tags.open("defs").start_content();
            self.scene.symbols.iter().for_each(|symbol| symbol::define(&mut tags, symbol, self.scene.mode));
            tags.close_block("defs");
        }
        tags
    }

    fn part(&mut self, tags: &mut Tags, part: &Part) {
        tags.open("g").text("class", class(part.role)).text("id", &part.id).start_content();
        if let Some(title) = &part.title {
            tags.open("title").end_with("title", title);
        }
        if let Some(href) = &part.href {
            tags.open("a").text("href", href).start_content();
        }
        part.shapes.iter().for_each(|shape| self.shape(tags, shape));
        if part.href.is_some() {
            tags.close_block("a");
        }
        tags.close_block("g");
    }

    fn shape(&mut self, tags: &mut Tags, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                place(tags.open("rect"), *rect);
                if *radius > 0.0 {
                    tags.number("rx", *radius);
                }
                if fill.is_none() {
                    tags.text("fill", "none");
                }
                stroke.iter().for_each(|stroke| line(tags, *stroke));
                let paints = [fill.map(|p| (Property::Fill, p)), stroke.map(|s| (Property::Stroke, s.paint))];
                self.palette.paint(tags, &paints.into_iter().flatten().collect::<Vec<_>>());
                tags.end();
            }
            Shape::Disc { center, radius, fill } => {
                tags.open("circle").number("cx", center.x).number("cy", center.y).number("r", *radius);
                self.palette.paint(tags, &[(Property::Fill, *fill)]);
                tags.end();
            }
            Shape::Path { steps, stroke } => {
                tags.open("path").raw("d", |out| path_data(out, steps)).text("fill", "none");
                line(tags, *stroke);
                self.palette.paint(tags, &[(Property::Stroke, stroke.paint)]);
                tags.end();
            }
            Shape::Text(text) => lettering::text(tags, &mut self.palette, self.font, text),
            Shape::Icon { symbol, rect, paint } => {
                let id = self.scene.symbols.get(*symbol).map_or("", |s| s.id.as_str());
                place(tags.open("use").text("href", &format!("#{id}")), *rect);
                self.palette.paint(tags, &[(Property::Color, *paint)]);
                tags.end();
            }
        }
    }
}

/// Position and size.
fn place(tags: &mut Tags, rect: Rect) {
    tags.number("x", rect.x).number("y", rect.y).number("width", rect.w).number("height", rect.h);
}

/// Width and dashes of a line.
fn line(tags: &mut Tags, stroke: Stroke) {
    tags.number("stroke-width", stroke.width);
    if let Some((dash, gap)) = stroke.dash {
        tags.raw("stroke-dasharray", |out| pair(out, Point::new(dash, gap)));
    }
}

fn pair(out: &mut String, p: Point) {
    push(out, p.x);
    out.push(' ');
    push(out, p.y);
}

/// The steps of a path as the `d` attribute writes them.
fn path_data(out: &mut String, steps: &[Step]) {
    for step in steps {
        match *step {
            Step::Move(p) => {
                out.push('M');
                pair(out, p);
            }
            Step::Line(p) => {
                out.push('L');
                pair(out, p);
            }
            Step::Turn { corner, to } => {
                out.push('Q');
                pair(out, corner);
                out.push(' ');
                pair(out, to);
            }
            Step::Hop { radius, clockwise, to } => {
                out.push('A');
                pair(out, Point::new(radius, radius));
                out.push_str(if clockwise { " 0 0 1 " } else { " 0 0 0 " });
                pair(out, to);
            }
        }
    }
}

const fn class(role: PartRole) -> &'static str {
    match role {
        PartRole::Heading => "heading",
        PartRole::Group => "group",
        PartRole::Span => "span",
        PartRole::Link => "link",
        PartRole::Service => "service",
        PartRole::Step => "step",
        PartRole::Legend => "legend",
        PartRole::Note => "note",
    }
}

fn element(name: &str, attributes: impl IntoIterator<Item = (&'static str, String)>) -> Element {
    let mut element = Element::new(name);
    for (name, value) in attributes {
        element.assign(name, clean(&value));
    }
    element
}
