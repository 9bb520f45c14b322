//! Scene -> SVG: one element per shape, one `<g>` per part.

use super::css::{Palette, Property};
use super::number::{number, push};
use super::symbol;
use crate::scene::{Anchor, Part, PartRole, Scene, Shape, Step, Stroke, Text};
use crate::theme::Paint;
use svg::Node;
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

/// The font of all texts: its names, and its data where it goes into the file.
#[derive(Debug, Clone, Default)]
pub struct FontFace {
    /// Value of `font-family`: the family, then what stands in for it.
    pub family: String,
    /// `@font-face` rules; empty where the reader's own fonts are used.
    pub css: String,
}

/// Writes the scene as one SVG document that refers to nothing outside itself.
pub fn to_svg(scene: &Scene, options: &SvgOptions) -> String {
    let mut writer = Writer { palette: Palette::new(scene), scene };
    let parts: Vec<Element> = scene.parts.iter().map(|part| writer.part(part)).collect();
    let mut root = writer.root(options);
    for (name, id, content) in [("title", "_title", &scene.title), ("desc", "_desc", &scene.description)] {
        if !content.is_empty() {
            root.append(with_text(element(name, [("id", id.to_owned())]), content));
        }
    }
    let background = writer.painted(
        element("rect", [("width", "100%".to_owned()), ("height", "100%".to_owned())]),
        &[(Property::Fill, scene.background)],
    );
    let css = options.font.css.clone() + &writer.palette.style();
    if !css.is_empty() {
        root.append(with_text(element("style", []), &css));
    }
    if !scene.symbols.is_empty() {
        let mut defs = element("defs", []);
        scene.symbols.iter().for_each(|symbol| defs.append(symbol::define(symbol)));
        root.append(defs);
    }
    if options.ground == Ground::Page {
        root.append(background);
    }
    parts.into_iter().for_each(|part| root.append(part));
    format!("{root}\n")
}

/// Walks the scene.
struct Writer<'a> {
    scene: &'a Scene,
    palette: Palette,
}

impl Writer<'_> {
    fn root(&mut self, options: &SvgOptions) -> Element {
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
            // Widths are sums of advances. A property, because browsers know no such attribute.
            ("style", "font-kerning:none".to_owned()),
        ];
        if !options.font.family.is_empty() {
            attributes.push(("font-family", options.font.family.clone()));
        }
        if let Some(lang) = &self.scene.lang {
            attributes.push(("lang", lang.clone()));
            attributes.push(("xml:lang", lang.clone()));
        }
        element("svg", attributes)
    }

    fn part(&mut self, part: &Part) -> Element {
        let mut group = element("g", [("id", part.id.clone()), ("class", class(part.role).to_owned())]);
        if let Some(title) = &part.title {
            group.append(with_text(element("title", []), title));
        }
        let shapes: Vec<Element> = part.shapes.iter().map(|shape| self.shape(shape)).collect();
        if let Some(href) = &part.href {
            let mut link = element("a", [("href", href.clone())]);
            shapes.into_iter().for_each(|shape| link.append(shape));
            group.append(link);
        } else {
            shapes.into_iter().for_each(|shape| group.append(shape));
        }
        group
    }

    fn shape(&mut self, shape: &Shape) -> Element {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                let mut attributes = vec![
                    ("x", number(rect.x)),
                    ("y", number(rect.y)),
                    ("width", number(rect.w)),
                    ("height", number(rect.h)),
                ];
                if *radius > 0.0 {
                    attributes.push(("rx", number(*radius)));
                }
                if fill.is_none() {
                    attributes.push(("fill", "none".to_owned()));
                }
                let paints = fill.map(|paint| (Property::Fill, paint)).into_iter();
                let paints: Vec<_> = paints.chain(stroke.map(|s| (Property::Stroke, s.paint))).collect();
                let rect = stroke.map_or_else(Vec::new, stroke_attributes);
                self.painted(element("rect", attributes.into_iter().chain(rect)), &paints)
            }
            Shape::Disc { center, radius, fill } => {
                let attributes = [("cx", number(center.x)), ("cy", number(center.y)), ("r", number(*radius))];
                self.painted(element("circle", attributes), &[(Property::Fill, *fill)])
            }
            Shape::Path { steps, stroke } => {
                let attributes = [("d", path_data(steps)), ("fill", "none".to_owned())];
                let attributes = attributes.into_iter().chain(stroke_attributes(*stroke));
                self.painted(element("path", attributes), &[(Property::Stroke, stroke.paint)])
            }
            Shape::Text(text) => self.text(text),
            Shape::Icon { symbol, rect, paint } => {
                let id = self.scene.symbols.get(*symbol).map_or("", |s| s.id.as_str());
                let attributes = [
                    ("href", format!("#{id}")),
                    ("x", number(rect.x)),
                    ("y", number(rect.y)),
                    ("width", number(rect.w)),
                    ("height", number(rect.h)),
                ];
                self.painted(element("use", attributes), &[(Property::Color, *paint)])
            }
        }
    }

    fn text(&mut self, text: &Text) -> Element {
        let mut attributes =
            vec![("x", number(text.at.x)), ("y", number(text.at.y)), ("font-size", number(text.font.size))];
        if text.anchor == Anchor::Middle {
            attributes.push(("text-anchor", "middle".to_owned()));
        }
        if text.font.bold {
            attributes.push(("font-weight", "700".to_owned()));
        }
        let mut paints = vec![(Property::Fill, text.paint)];
        if let Some((ground, width)) = text.halo {
            attributes.push(("paint-order", "stroke".to_owned()));
            attributes.push(("stroke-width", number(2.0 * width)));
            attributes.push(("stroke-linejoin", "round".to_owned()));
            paints.push((Property::Stroke, ground));
        }
        with_text(self.painted(element("text", attributes), &paints), &text.text)
    }

    /// Adds colours, and the class of those that differ on dark pages.
    fn painted(&mut self, mut element: Element, paints: &[(Property, Paint)]) -> Element {
        let mut classes = Vec::new();
        for &(property, paint) in paints {
            let (color, class) = self.palette.pick(property, paint);
            element.assign(property.name(), color.to_string());
            classes.extend(class);
        }
        if !classes.is_empty() {
            element.assign("class", classes.join(" "));
        }
        element
    }
}

fn stroke_attributes(stroke: Stroke) -> Vec<(&'static str, String)> {
    let mut attributes = vec![("stroke-width", number(stroke.width))];
    if let Some((dash, gap)) = stroke.dash {
        attributes.push(("stroke-dasharray", format!("{} {}", number(dash), number(gap))));
    }
    attributes
}

fn path_data(steps: &[Step]) -> String {
    let mut d = String::new();
    let pair = |d: &mut String, p: crate::geometry::Point| {
        push(d, p.x);
        d.push(' ');
        push(d, p.y);
    };
    for step in steps {
        match *step {
            Step::Move(p) => {
                d.push('M');
                pair(&mut d, p);
            }
            Step::Line(p) => {
                d.push('L');
                pair(&mut d, p);
            }
            Step::Turn { corner, to } => {
                d.push('Q');
                pair(&mut d, corner);
                d.push(' ');
                pair(&mut d, to);
            }
            Step::Hop { radius, clockwise, to } => {
                let radius = number(radius);
                d.push_str(&format!("A{radius} {radius} 0 0 {} ", u8::from(clockwise)));
                pair(&mut d, to);
            }
        }
    }
    d
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

fn with_text(mut element: Element, text: &str) -> Element {
    element.append(svg::node::Text::new(clean(text)));
    element
}

/// Characters that XML cannot hold become the replacement character.
fn clean(text: &str) -> String {
    let bad = |c: char| matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    text.replace(bad, "\u{FFFD}")
}
