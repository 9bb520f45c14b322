//! TOML text -> [`Document`]: as written, every name with its place.
//!
//! Nothing is resolved here: a document is well-formed, but its names may point at nothing. Everything that is wrong is reported in one run, and what can
//! be read all the same is kept, so that later checks see it too.

mod elements;
mod fields;
mod keys;
mod links;
mod project;
mod read;
mod schema;
mod value;
mod words;

pub use project::ProjectDecl;
pub use schema::schema;

use crate::diagnostic::{Diagnostics, Place, Source};
use crate::topology::{Flow, Heads, Line, Side};
use std::sync::Arc;

/// A value with its place.
#[derive(Debug, Clone)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub place: Place,
}

/// A text as written: one for all languages, or one for each.
#[derive(Debug, Clone)]
pub enum Label {
    /// One text.
    Plain(At<String>),
    /// A text for each language, in file order; at least one.
    ByLanguage(Vec<(At<String>, At<String>)>),
}

/// One value for all copies, or one for each.
#[derive(Debug, Clone)]
pub enum PerCopy<T> {
    /// The same for all.
    One(T),
    /// One for each copy, in order.
    Each(Vec<T>, Place),
}

/// A diagram as written.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text.
    pub source: Arc<Source>,
    /// Heading.
    pub title: Option<Label>,
    /// Line under the heading.
    pub subtitle: Option<Label>,
    /// For readers who do not see the picture.
    pub description: Option<Label>,
    /// Direction of the links.
    pub flow: Option<At<Flow>>,
    /// Name of a theme.
    pub theme: Option<At<String>>,
    /// Font family.
    pub font: Option<At<String>>,
    /// Icon packs that replace the catalogue's drawings, the first that has one winning.
    pub icons: Vec<At<String>>,
    /// Width over height to aim at, and a fixed width.
    pub page: (Option<At<f64>>, Option<At<f64>>),
    /// Groups and services, in file order.
    pub elements: Vec<ElementDecl>,
    /// Links, in file order.
    pub links: Vec<LinkDecl>,
    /// Numbered texts.
    pub steps: Vec<(At<u32>, Label)>,
    /// Notes.
    pub notes: Vec<Label>,
    /// Rows of the legend: what they show, and the text.
    pub legend: Vec<(At<String>, Label)>,
    /// Named styles.
    pub styles: Vec<(At<String>, StyleDecl)>,
}

/// What a table is called, and so what it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the tables")]
pub enum TableKind {
    Cloud,
    Account,
    Region,
    Vpc,
    Az,
    Subnet,
    Site,
    Group,
    Service,
}

impl TableKind {
    /// All kinds, with the names of their tables.
    pub const ALL: [(&'static str, Self); 9] = [
        ("cloud", Self::Cloud),
        ("account", Self::Account),
        ("region", Self::Region),
        ("vpc", Self::Vpc),
        ("az", Self::Az),
        ("subnet", Self::Subnet),
        ("site", Self::Site),
        ("group", Self::Group),
        ("service", Self::Service),
    ];

    /// The name of its table.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|k| k.1 == self).map_or("", |k| k.0)
    }
}

/// A table that makes a service or a group.
#[derive(Debug, Clone)]
pub struct ElementDecl {
    /// Which table.
    pub table: TableKind,
    /// Its id.
    pub id: At<String>,
    /// Parents; more than one makes copies.
    pub parents: Vec<At<String>>,
    /// Whether the parents were written as a list.
    pub listed: bool,
    /// The group on whose border it stands.
    pub on: Option<At<String>>,
    /// The side of that border.
    pub side: Option<At<Side>>,
    /// Members of an outline outside the nesting; `None` for a group of the nesting.
    pub around: Option<Vec<At<String>>>,
    /// Kind in the catalogue, or of group.
    pub kind: Option<At<String>>,
    /// Icon in place of the kind's.
    pub icon: Option<At<String>>,
    /// Name shown.
    pub label: Option<PerCopy<Label>>,
    /// Smaller line.
    pub note: Option<PerCopy<Label>>,
    /// Technical name, such as a region's.
    pub name: Option<PerCopy<At<String>>>,
    /// Address range.
    pub cidr: Option<PerCopy<At<String>>>,
    /// Whether a subnet is public.
    pub access: Option<At<Access>>,
    /// Hyperlink.
    pub href: Option<At<String>>,
    /// Hover text.
    pub tooltip: Option<Label>,
    /// Names of styles.
    pub classes: Vec<At<String>>,
    /// A style of its own.
    pub style: StyleDecl,
}

/// Who reaches a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Access {
    Public,
    Private,
}

/// Colours and lines as written.
#[derive(Debug, Clone, Default)]
pub struct StyleDecl {
    /// Border or line colour.
    pub stroke: Option<At<String>>,
    /// Background.
    pub fill: Option<At<String>>,
    /// Text colour.
    pub color: Option<At<String>>,
    /// Border style.
    pub line: Option<At<Line>>,
}

/// One value of one key of `[links]`: a chain of ids.
#[derive(Debug, Clone)]
pub struct LinkDecl {
    /// The ids, at least two.
    pub ends: Vec<At<String>>,
    /// What stands between them, one fewer.
    pub heads: Vec<Heads>,
    /// Text.
    pub label: Option<Label>,
    /// Number of a step.
    pub step: Option<At<u32>>,
    /// Line style.
    pub line: Option<At<Line>>,
    /// Colour.
    pub color: Option<At<String>>,
    /// How much its length counts.
    pub weight: Option<At<f64>>,
    /// Whether it decides who stands before whom.
    pub rank: Option<bool>,
    /// How copies are joined.
    pub copies: Option<Copies>,
    /// Hover text.
    pub tooltip: Option<Label>,
    /// Hyperlink.
    pub href: Option<At<String>>,
    /// Names of styles.
    pub classes: Vec<At<String>>,
    /// The key.
    pub place: Place,
}

/// How a link joins copies with copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// Within the same parents.
    Paired,
    /// Every copy with every copy.
    All,
}

impl Document {
    /// Reads a document. What is wrong goes into `findings`; what could be read is returned all the same.
    pub fn parse(source: &Arc<Source>, findings: &mut Diagnostics) -> Self {
        read::document(source, findings)
    }
}
