//! The forms of a drawing: what the engine does so that no input, whatever its phases make of it, gets a drawing that breaks a hard rule.
//!
//! Each drawing is checked before it is given away, in near-linear time. Where the finished one breaks a rule, the next form is tried; the last one holds by
//! construction. Each form is a function of the graph alone, so the same graph always gets the same one.

use super::candidates::candidates;
use super::{Graph, Layout, LayoutError, Spacing, Watch, check, orient, verify};
use std::fmt;

/// How much care for looks a drawing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Form {
    /// Everything the engine can do.
    #[default]
    Finished,
    /// Without the steps that move links and walls after all have their places: no link turns at the side of its box, and no cell is stretched.
    Upright,
    /// A column for every box and a track for every link, by construction: see the module `plain`.
    Plain,
}

impl Form {
    /// All, in the order in which they are tried.
    pub const ALL: [Self; 3] = [Self::Finished, Self::Upright, Self::Plain];
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Finished => "finished",
            Self::Upright => "upright",
            Self::Plain => "plain",
        })
    }
}

/// The first form in which a graph's drawing keeps all hard rules.
///
/// # Errors
/// What is wrong with the graph.
pub(super) fn first_sound(graph: &Graph, spacing: &Spacing, done: Watch) -> Result<Layout, LayoutError> {
    for form in [Form::Finished, Form::Upright] {
        if let Some(sound) =
            in_form(graph, spacing, form, done)?.find(|drawn| verify::breaches(graph, drawn).is_empty())
        {
            return Ok(sound);
        }
    }
    Ok(in_form(graph, spacing, Form::Plain, done)?.next().unwrap_or_default())
}

/// Places everything in one form, whether it keeps the rules or not: for tests and comparisons. No group is turned, see [`super::GroupNode::flow`].
/// [`super::layout`] chooses the form itself.
///
/// # Errors
/// What is wrong with the graph, as a [`LayoutError`].
pub fn layout_in_form(graph: &Graph, spacing: &Spacing, form: Form) -> Result<Layout, LayoutError> {
    Ok(in_form(graph, spacing, form, &mut |_| ())?.next().unwrap_or_default())
}

/// The drawings in one form, the best first.
fn in_form<'a>(
    graph: &'a Graph,
    spacing: &Spacing,
    form: Form,
    done: Watch,
) -> Result<impl Iterator<Item = Layout> + use<'a>, LayoutError> {
    check::check(graph)?;
    let (down, turned) = orient::downward(graph, spacing);
    let drawn = candidates(&down, &turned, orient::strip(graph.flow), form, done)?;
    Ok(drawn.into_iter().map(move |drawn| Layout { form, ..orient::upright(drawn.layout, graph.flow) }))
}
