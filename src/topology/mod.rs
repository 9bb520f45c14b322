//! The model behind the picture: every name resolved, copies made, language chosen.

mod checks;
mod copies;
mod elements;
mod icons;
mod language;
mod links;
mod outlines;
mod placement;
mod resolve;
mod shelf;
mod view;
mod zones;

pub(crate) use icons::pack_and_name;
pub use icons::{CustomIcon, IconData, IconProblem, IconSource, PackId};
pub use resolve::{Most, ResolveOptions};
pub use shelf::OWN_PACK;

use crate::catalogue::Entry;
use crate::diagnostic::Place;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A service or a group of the topology. Never removed, so an id stays valid.
pub type ElementId = NodeIndex<u32>;
/// A link of the topology.
pub type LinkId = EdgeIndex<u32>;

/// A system as it will be drawn: groups form a forest, every link has its ends, copies are made, and all texts are in one language.
#[derive(Debug)]
pub struct Topology {
    /// Heading over the picture.
    pub title: Option<String>,
    /// Smaller line under the heading.
    pub subtitle: Option<String>,
    /// The author's description for readers who do not see the picture.
    pub description: Option<String>,
    /// Language of the texts as a BCP 47 tag, where the document names one.
    pub lang: Option<String>,
    /// The direction links run in.
    pub flow: Flow,
    /// The page to fit.
    pub page: Page,
    /// Theme named by the document.
    pub theme: Option<String>,
    /// Font family named by the document.
    pub font: Option<String>,
    /// Services and groups in file order (copies of one thing follow each other), and the links between them in file order.
    pub graph: DiGraph<Element, Link, u32>,
    /// Outlines outside the nesting, in file order.
    pub spans: Vec<Span>,
    /// Sets of copies (two or more, all services or all groups) that must be level and of one size.
    pub classes: Vec<Vec<ElementId>>,
    /// The numbered texts beside the picture, by number.
    pub steps: Vec<Step>,
    /// Free notes under the picture, in file order.
    pub notes: Vec<Note>,
    /// Rows of the legend, in file order.
    pub legend: Vec<LegendRow>,
    /// Drawings of icon packs in place of the catalogue's own, by the entry's id.
    pub drawings: BTreeMap<&'static str, Arc<CustomIcon>>,
    /// The packs of which the picture shows an icon, by name.
    pub packs: Vec<Arc<PackId>>,
}

/// The direction of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Flow {
    #[default]
    Down,
    Right,
    Up,
    Left,
}

/// A side of a rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// What the picture should fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    /// Width over height that the layout aims at; default 16:9.
    pub aspect: f64,
    /// A fixed width of the output in CSS pixels, if asked.
    pub width: Option<f64>,
}

/// A service or a group.
#[derive(Debug)]
pub struct Element {
    /// Unique path: the id in the file, with its copy's parts (`app.a`).
    pub path: String,
    /// What it is.
    pub what: What,
    /// Name shown; may hold `\n`.
    pub label: String,
    /// Second, smaller line.
    pub note: Option<String>,
    /// The group around it; for a border service the group that holds the one whose border it stands on.
    pub parent: Option<ElementId>,
    /// Hyperlink.
    pub href: Option<String>,
    /// Hover text.
    pub tooltip: Option<String>,
    /// Colours and line style that differ from the theme's.
    pub style: Style,
    /// Where it is defined.
    pub place: Option<Place>,
}

/// A thing or a holder of things.
#[derive(Debug)]
pub enum What {
    /// A thing with an icon.
    Service {
        /// Its row in the catalogue.
        kind: &'static Entry,
        /// An icon in place of the catalogue's.
        icon: Option<Arc<CustomIcon>>,
        /// The group on whose border it stands, and the side if the author fixed one.
        border: Option<(ElementId, Option<Side>)>,
    },
    /// A rectangle around other elements.
    Group {
        /// How it looks.
        kind: GroupKind,
        /// A catalogue entry that gives its badge instead of the kind's own (a `[group]` with `kind = "..."`).
        badge: Option<&'static Entry>,
        /// A second part of the title, such as the CIDR.
        detail: Option<String>,
    },
}

/// The kinds of groups that have a look of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are AWS's own")]
pub enum GroupKind {
    Cloud,
    Account,
    Region,
    Vpc,
    AvailabilityZone,
    PublicSubnet,
    PrivateSubnet,
    SecurityGroup,
    AutoScaling,
    SpotFleet,
    Ec2Contents,
    Beanstalk,
    StepFunctions,
    DataCenter,
    ServerContents,
    Generic,
}

impl GroupKind {
    /// All kinds, with their names in diagrams and theme files.
    pub const NAMES: [(&'static str, Self); 16] = [
        ("cloud", Self::Cloud),
        ("account", Self::Account),
        ("region", Self::Region),
        ("vpc", Self::Vpc),
        ("az", Self::AvailabilityZone),
        ("public-subnet", Self::PublicSubnet),
        ("private-subnet", Self::PrivateSubnet),
        ("security-group", Self::SecurityGroup),
        ("auto-scaling", Self::AutoScaling),
        ("spot-fleet", Self::SpotFleet),
        ("ec2-contents", Self::Ec2Contents),
        ("beanstalk", Self::Beanstalk),
        ("step-functions", Self::StepFunctions),
        ("data-center", Self::DataCenter),
        ("server-contents", Self::ServerContents),
        ("generic", Self::Generic),
    ];

    /// The catalogue's id of the kind's own badge; `None` for kinds that have none.
    pub const fn badge_id(self) -> Option<&'static str> {
        Some(match self {
            Self::Cloud => "aws-cloud",
            Self::Account => "aws-account",
            Self::Region => "region",
            Self::Vpc => "vpc",
            Self::PublicSubnet => "public-subnet",
            Self::PrivateSubnet => "private-subnet",
            Self::AutoScaling => "auto-scaling-group",
            Self::SpotFleet => "spot-fleet",
            Self::Ec2Contents => "ec2-instance-contents",
            Self::Beanstalk => "elastic-beanstalk-container",
            Self::StepFunctions => "step-functions-workflow",
            Self::DataCenter => "data-center",
            Self::ServerContents => "server-contents",
            Self::AvailabilityZone | Self::SecurityGroup | Self::Generic => return None,
        })
    }
}

/// A link between two elements.
#[derive(Debug)]
pub struct Link {
    /// Text on the link.
    pub label: Option<String>,
    /// Number of the step it belongs to.
    pub step: Option<u32>,
    /// Which ends have a head. The link's own direction (source to target) is the reading direction of the key.
    pub heads: Heads,
    /// Line style.
    pub line: Line,
    /// Colour that differs from the theme's: `#rrggbb`.
    pub color: Option<String>,
    /// How much the layout cares for its length; default 1.
    pub weight: f64,
    /// Whether it decides who stands before whom.
    pub rank: bool,
    /// Hover text.
    pub tooltip: Option<String>,
    /// Hyperlink.
    pub href: Option<String>,
    /// Where it is defined.
    pub place: Option<Place>,
}

/// Which ends of a link have an arrowhead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Heads {
    None,
    Target,
    Source,
    Both,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Line {
    #[default]
    Solid,
    Dashed,
    Dotted,
}

/// Overrides of the theme for one element; colours are `#rrggbb`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Style {
    /// Border or line colour.
    pub stroke: Option<String>,
    /// Background.
    pub fill: Option<String>,
    /// Text colour.
    pub color: Option<String>,
    /// Border style.
    pub line: Option<Line>,
}

/// An outline around members that stand anywhere.
#[derive(Debug)]
pub struct Span {
    /// Unique path.
    pub path: String,
    /// How it looks.
    pub kind: GroupKind,
    /// A catalogue entry that gives its badge instead of the kind's own.
    pub badge: Option<&'static Entry>,
    /// Name shown.
    pub label: String,
    /// Services or groups, at least one.
    pub members: Vec<ElementId>,
    /// Overrides of the theme.
    pub style: Style,
    /// Hover text.
    pub tooltip: Option<String>,
    /// Hyperlink.
    pub href: Option<String>,
    /// Where it is defined.
    pub place: Option<Place>,
}

/// A numbered text.
#[derive(Debug)]
pub struct Step {
    /// The number on the badge.
    pub number: u32,
    /// The text.
    pub text: String,
}

/// A free note.
#[derive(Debug)]
pub struct Note {
    /// The text.
    pub text: String,
}

/// One row of the legend.
#[derive(Debug)]
pub struct LegendRow {
    /// The sample beside the text.
    pub sample: LegendSample,
    /// The text.
    pub text: String,
}

/// What a legend row explains.
#[derive(Debug)]
pub enum LegendSample {
    /// A line of a style and colour.
    Line(Line, Option<String>),
    /// A group's outline.
    Group(GroupKind),
    /// A step badge.
    Step,
}
