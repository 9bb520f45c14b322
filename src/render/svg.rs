//! Scene -> SVG: one element per shape, one `<g>` per part.

use super::css::{Palette, Property};
use super::lettering::{self, FontFace};
use super::number::push;
use super::symbol;
use super::tags::Tags;
use crate::geometry::{Point, Rect};
use crate::scene::{Part, PartRole, Scene, Shape, Step, Stroke};

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
    let (mut background, mut parts) = (Tags::default(), Tags::default());
    background.open("rect").text("width", "100%").text("height", "100%");
    writer.palette.paint(&mut background, &[(Property::Fill, scene.background)]);
    background.end();
    scene.parts.iter().for_each(|part| writer.part(&mut parts, part));
    // The style sheet stands before the parts, whose colours it knows.
    let dark = writer.palette.style(&symbol::dark_rules(&scene.symbols));
    let mut out = Tags::with_room(parts.len() + options.font.css.len() + dark.len() + HEAD);
    writer.root(&mut out, options);
    for (name, id, content) in [("title", "_title", &scene.title), ("desc", "_desc", &scene.description)] {
        if !content.is_empty() {
            out.open(name).text("id", id).quoting(name, &[content]);
        }
    }
    if !options.font.css.is_empty() || !dark.is_empty() {
        out.open("style").quoting("style", &[&options.font.css, &dark]);
    }
    if !scene.symbols.is_empty() {
        out.open("defs").start_content();
        scene.symbols.iter().for_each(|symbol| symbol::define(&mut out, symbol, scene.mode));
        out.close_on_line("defs");
    }
    if options.ground == Ground::Page {
        out.append(&background);
    }
    out.append(&parts);
    out.close_on_line("svg");
    out.finish() + "\n"
}

/// Bytes that the head of a usual picture takes beside fonts: icons, and what the picture says to those who do not see it.
const HEAD: usize = 16 << 10;

/// Walks the scene.
struct Writer<'a> {
    scene: &'a Scene,
    palette: Palette,
    font: &'a FontFace,
}

impl Writer<'_> {
    /// Starts the root. Attributes stand in the order of their names.
    fn root(&mut self, tags: &mut Tags, options: &SvgOptions) {
        let size = self.scene.size;
        let width = self.scene.shown_width.filter(|w| w.is_finite() && *w > 0.0).unwrap_or(size.w);
        let height = if size.w > 0.0 { size.h * width / size.w } else { size.h };
        tags.open("svg").text("aria-labelledby", "_title _desc");
        if !options.font.family.is_empty() {
            tags.text("font-family", &options.font.family);
        }
        tags.number("height", height);
        if let Some(lang) = &self.scene.lang {
            tags.text("lang", lang);
        }
        tags.text("role", "img").raw("viewBox", |out| {
            out.push_str("0 0 ");
            pair(out, Point::new(size.w, size.h));
        });
        tags.number("width", width);
        if let Some(lang) = &self.scene.lang {
            tags.text("xml:lang", lang);
        }
        tags.text("xmlns", "http://www.w3.org/2000/svg").start_content();
    }

    fn part(&mut self, tags: &mut Tags, part: &Part) {
        tags.open("g").text("class", class(part.role)).text("id", &part.id).start_content();
        if let Some(title) = &part.title {
            tags.open("title").quoting("title", &[title]);
        }
        if let Some(href) = &part.href {
            tags.open("a").text("href", href).start_content();
        }
        part.shapes.iter().for_each(|shape| self.shape(tags, shape));
        if part.href.is_some() {
            tags.close_on_line("a");
        }
        tags.close_on_line("g");
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
