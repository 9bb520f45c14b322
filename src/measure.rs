//! Topology -> Measured: the same elements, their texts broken into lines and their boxes given a size.

use crate::geometry::Size;
use crate::layout::Graph;
use crate::topology::Topology;

/// A topology whose boxes, titles and labels have sizes; no font is needed to place them any more.
///
/// Boxes of `graph` are the services of the topology in order, its groups the groups in order, its links and spans the topology's links and spans in order.
#[derive(Debug)]
pub struct Measured {
    /// The model.
    pub topology: Topology,
    /// What the layout engine sees.
    pub graph: Graph,
    /// Caption lines of each service, by box.
    pub captions: Vec<TextBlock>,
    /// Title of each group, by group.
    pub titles: Vec<TextBlock>,
    /// Title of each span, by span.
    pub span_titles: Vec<TextBlock>,
    /// Label of each link (empty where it has none), by link.
    pub labels: Vec<TextBlock>,
}

/// Lines of text of which the widths are known.
#[derive(Debug, Clone, Default)]
pub struct TextBlock {
    /// The lines, top to bottom.
    pub lines: Vec<TextLine>,
    /// Width of the widest line and height of all.
    pub size: Size,
}

/// One line.
#[derive(Debug, Clone)]
pub struct TextLine {
    /// The text in logical order, NFC.
    pub text: String,
    /// Its role in the theme: size, weight, colour.
    pub role: TextRole,
    /// Measured width in CSS pixels.
    pub width: f64,
}

/// What a text is for; the theme gives its size, weight and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextRole {
    /// The picture's heading.
    Title,
    /// The line under it.
    Subtitle,
    /// A group's name.
    GroupTitle,
    /// A service's name.
    Caption,
    /// The second, smaller line of a service.
    Note,
    /// A text on a link.
    LinkLabel,
    /// The number in a step's disc.
    StepNumber,
    /// Texts beside the picture: steps, notes, legend.
    Prose,
}
