//! TOML text -> [`Document`]: as written, every name with its place.
//!
//! Nothing is resolved here: a document is well-formed, but its names may point at nothing. Everything that is wrong is reported in one run, and what can
//! be read all the same is kept, so that later checks see it too.

mod elements;
mod fields;
mod include;
mod keys;
mod languages;
mod links;
mod project;
mod read;
mod schema;
mod texts;
mod value;
mod vars;
mod words;

pub use project::{FORMATS, ProjectDecl};
pub use schema::{keys as table_keys, project_schema, schema};

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

impl Label {
    /// Where it is written; the first of its texts.
    pub fn place(&self) -> &Place {
        match self {
            Self::Plain(text) => &text.place,
            Self::ByLanguage(texts) => &texts[0].1.place,
        }
    }
}

/// One value for all copies, or one for each.
#[derive(Debug, Clone)]
pub enum PerCopy<T> {
    /// The same for all.
    One(T),
    /// One for each copy, in order.
    Each(Vec<T>, Place),
}

/// Which files a document may name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// Those below the folder of the file that names them.
    #[default]
    Below,
    /// All: the document is trusted.
    Anywhere,
}

/// What reading a document needs besides its text.
pub struct ParseOptions<'a> {
    /// Reads an included file; its path is relative to the diagram's folder, and leads to no place outside of it unless `reach` says so. The message of a
    /// failure says why.
    pub includes: &'a dyn Fn(&str) -> Result<Arc<Source>, String>,
    /// Which files may be included.
    pub reach: Reach,
}

impl Default for ParseOptions<'_> {
    fn default() -> Self {
        Self { includes: &|_| Err("files are not read here".to_owned()), reach: Reach::Below }
    }
}

/// A diagram as written.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text.
    pub source: Arc<Source>,
    /// All files: the included ones, and last the one with the text.
    pub files: Vec<Arc<Source>>,
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
    /// Notes, by name.
    pub notes: Vec<(At<String>, Label)>,
    /// Rows of the legend: what they show, and the text.
    pub legend: Vec<(At<String>, Label)>,
    /// Named styles.
    pub styles: Vec<(At<String>, StyleDecl)>,
    /// Parts of the system that can be drawn by themselves.
    pub views: Vec<ViewDecl>,
}

/// A part of the system, to be drawn by itself.
#[derive(Debug, Clone)]
pub struct ViewDecl {
    /// Its name.
    pub name: At<String>,
    /// What it shows; everything by default.
    pub only: Option<Vec<At<String>>>,
    /// What it leaves out.
    pub without: Vec<At<String>>,
    /// Groups that it draws as one box.
    pub collapse: Vec<At<String>>,
    /// Its direction; the document's by default.
    pub flow: Option<At<Flow>>,
    /// Its heading; the document's by default.
    pub title: Option<Label>,
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
    /// Reads a document that includes no other file. What is wrong goes into `findings`; what could be read is returned all the same.
    pub fn parse(source: &Arc<Source>, findings: &mut Diagnostics) -> Self {
        Self::parse_with(source, &ParseOptions::default(), findings)
    }

    /// Reads a document and the files that it includes.
    pub fn parse_with(source: &Arc<Source>, options: &ParseOptions, findings: &mut Diagnostics) -> Self {
        read::document(source, options, findings)
    }

    /// A document with nothing in it.
    fn empty(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            files: Vec::new(),
            title: None,
            subtitle: None,
            description: None,
            flow: None,
            theme: None,
            font: None,
            icons: Vec::new(),
            page: (None, None),
            elements: Vec::new(),
            links: Vec::new(),
            steps: Vec::new(),
            notes: Vec::new(),
            legend: Vec::new(),
            styles: Vec::new(),
            views: Vec::new(),
        }
    }
}
