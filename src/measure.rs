//! Topology -> Measured: the same elements, their texts broken into lines and their boxes given a size.

mod graph;
mod lengths;
mod typeset;

use crate::diagnostic::Diagnostics;
use crate::geometry::Size;
use crate::layout::{Graph, Member, Spacing};
use crate::theme::{FontSpec, Theme};
use crate::topology::{ElementId, Topology};
use typeset::Typesetter;

/// A topology whose boxes, titles and labels have sizes; no font is needed to place them any more.
///
/// Boxes of `graph` are the services of the topology in order, its groups the groups in order, its links and spans the topology's links and spans in order.
#[derive(Debug)]
pub struct Measured {
    /// The model.
    pub topology: Topology,
    /// What the layout engine sees.
    pub graph: Graph,
    /// What each element of the topology became, by element.
    pub members: Vec<Member>,
    /// The element of each box.
    pub services: Vec<ElementId>,
    /// The element of each group.
    pub groups: Vec<ElementId>,
    /// Caption lines of each service, by box.
    pub captions: Vec<TextBlock>,
    /// Title of each group, by group.
    pub titles: Vec<TextBlock>,
    /// Title of each span, by span.
    pub span_titles: Vec<TextBlock>,
    /// Label of each link (empty where it has none), by link.
    pub labels: Vec<TextBlock>,
    /// The picture's title and subtitle.
    pub heading: [TextBlock; 2],
    /// The texts of the steps, in order.
    pub steps: Vec<TextBlock>,
    /// The notes, in order.
    pub notes: Vec<TextBlock>,
    /// The texts of the legend's rows, in order.
    pub legend: Vec<TextBlock>,
}

impl Measured {
    /// The distances that the layout engine keeps, and the proportions it aims at: the page's, less a column for prose that may stand beside the drawing.
    pub fn spacing(&self, theme: &Theme) -> Spacing {
        let sizes = &theme.sizes;
        let aspect = self.topology.page.aspect;
        let prose = !(self.steps.is_empty() && self.notes.is_empty() && self.legend.is_empty());
        let column = if prose { (sizes.prose_width + sizes.panel_gap) / sizes.usual_height } else { 0.0 };
        Spacing {
            within: sizes.gap_within,
            between: sizes.gap_between,
            padding: sizes.group_padding,
            title: sizes.badge,
            track: sizes.track,
            aspect: (aspect - column).max(aspect / 2.0),
            ..Spacing::default()
        }
    }
}

/// Lines of text of which the widths are known.
#[derive(Debug, Clone, Default)]
pub struct TextBlock {
    /// The lines, top to bottom.
    pub lines: Vec<TextLine>,
    /// Width of the widest line and height of all.
    pub size: Size,
}

impl TextBlock {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
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

/// What measuring needs of a font.
pub trait Ruler {
    /// Width of one line in pixels.
    fn width(&self, text: &str, font: FontSpec) -> f64;
    /// The text in lines no wider than `width` pixels wherever that is possible.
    fn break_lines(&self, text: &str, font: FontSpec, width: f64) -> Vec<String>;
}

/// Breaks every text into lines and gives every box its size. What is too long to read well goes to `findings`.
pub fn measure(topology: Topology, ruler: &dyn Ruler, theme: &Theme, findings: &mut Diagnostics) -> Measured {
    let set = Typesetter { ruler, theme };
    let parts = graph::Parts::of(&topology);
    let captions: Vec<_> = parts.services.iter().map(|&id| set.caption(&topology.graph[id])).collect();
    let titles: Vec<_> = parts.groups.iter().map(|&id| set.group_title(&topology.graph[id])).collect();
    let span_titles: Vec<_> = topology.spans.iter().map(|s| set.name(&s.label)).collect();
    let labels: Vec<_> = topology.graph.edge_weights().map(|l| set.label(l)).collect();
    lengths::check(&topology, &parts, &captions, &labels, findings);
    let graph = graph::build(&topology, &parts, theme, &captions, &titles, &span_titles, &labels);
    let (heading, steps, notes, legend) = set.prose(&topology);
    Measured {
        topology,
        graph,
        members: parts.members,
        services: parts.services,
        groups: parts.groups,
        captions,
        titles,
        span_titles,
        labels,
        heading,
        steps,
        notes,
        legend,
    }
}
