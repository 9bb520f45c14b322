//! Layout -> Scene: shapes at fixed positions, back to front. A writer needs to know nothing else.

mod describe;
mod draw;
mod groups;
mod hops;
mod icon;
mod ids;
mod links;
mod page;
mod panel;
mod pen;
mod route;
mod services;
mod sheet;

pub use draw::{Lookup, draw};
pub use sheet::{SheetDrawing, SheetIcon, SheetSection, sheet};

use crate::geometry::{Point, Rect, Size};
use crate::theme::{FontSpec, Mode, Paint};
use std::borrow::Cow;

/// A picture: everything that is visible or read aloud, with its place and colour.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Size of the page in CSS pixels.
    pub size: Size,
    /// Width at which it is shown, where that is not the page's own.
    pub shown_width: Option<f64>,
    /// Which of its colours hold.
    pub mode: Mode,
    /// Colour of the page.
    pub background: Paint,
    /// Short name, for those who do not see it.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// Language of the texts (BCP 47).
    pub lang: Option<String>,
    /// Icons, each once.
    pub symbols: Vec<Symbol>,
    /// What is drawn, back to front.
    pub parts: Vec<Part>,
    /// What each link joins.
    pub ties: Vec<Tie>,
    /// The numbered texts.
    pub steps: Vec<(u32, String)>,
}

/// A link's part, and the parts of the services or groups that it joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Id of the link's part.
    pub link: String,
    /// Id of the part it leads from.
    pub from: String,
    /// Id of the part it leads to.
    pub to: String,
    /// Number of the step it belongs to.
    pub step: Option<u32>,
}

/// An icon that shapes refer to by its place in [`Scene::symbols`].
#[derive(Debug, Clone)]
pub struct Symbol {
    /// Unique among the scene's ids.
    pub id: String,
    /// The drawing.
    pub art: Art,
    /// The drawing for dark pages, where that is another.
    pub dark: Option<Art>,
}

/// The drawing of an icon.
#[derive(Debug, Clone)]
pub enum Art {
    /// An SVG document of shapes in `currentColor`, free of ids: ours, or a user's.
    Pictogram(Cow<'static, str>),
    /// A user's SVG document: kept apart from the picture, never recoloured.
    Svg(String),
    /// A user's PNG file.
    Png(Vec<u8>),
}

/// A service, group, link or other thing of the picture, with the shapes it is made of.
#[derive(Debug, Clone)]
pub struct Part {
    /// Unique among the scene's ids.
    pub id: String,
    /// What it is.
    pub role: PartRole,
    /// Hover text and name.
    pub title: Option<String>,
    /// Where a click leads.
    pub href: Option<String>,
    /// Back to front.
    pub shapes: Vec<Shape>,
}

/// What a part of a picture is; written as its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum PartRole {
    Heading,
    Group,
    Span,
    Link,
    Service,
    Step,
    Legend,
    Note,
}

/// Something visible.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A rectangle, its border centred on its edges.
    Rect {
        /// Where.
        rect: Rect,
        /// Radius of its corners.
        radius: f64,
        /// Colour inside.
        fill: Option<Paint>,
        /// Its border.
        stroke: Option<Stroke>,
    },
    /// A filled disc.
    Disc {
        /// Its middle.
        center: Point,
        /// Its radius.
        radius: f64,
        /// Its colour.
        fill: Paint,
    },
    /// An open line.
    Path {
        /// Its steps; the first is a [`Step::Move`].
        steps: Vec<Step>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// One line of text.
    Text(Text),
    /// An icon, scaled to a rectangle.
    Icon {
        /// Index in [`Scene::symbols`].
        symbol: usize,
        /// Where.
        rect: Rect,
        /// Colour of a pictogram.
        paint: Paint,
    },
}

/// One line of text.
#[derive(Debug, Clone)]
pub struct Text {
    /// Where its baseline starts, is centred, or ends.
    pub at: Point,
    /// Which of these.
    pub anchor: Anchor,
    /// The text in logical order.
    pub text: String,
    /// Measured width in pixels.
    pub width: f64,
    /// Size and weight.
    pub font: FontSpec,
    /// Colour.
    pub paint: Paint,
    /// Colour and width of the ground kept free around it.
    pub halo: Option<(Paint, f64)>,
}

/// Which point of a text its position is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub paint: Paint,
    /// Width in pixels.
    pub width: f64,
    /// Lengths of dash and gap in pixels; `None` for a solid line.
    pub dash: Option<(f64, f64)>,
}

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Start here.
    Move(Point),
    /// Straight to there.
    Line(Point),
    /// A quarter turn around a corner.
    Turn {
        /// The corner.
        corner: Point,
        /// Where the turn ends.
        to: Point,
    },
    /// Half a circle.
    Hop {
        /// Its radius.
        radius: f64,
        /// Whether it is walked clockwise.
        clockwise: bool,
        /// Where it ends.
        to: Point,
    },
}
