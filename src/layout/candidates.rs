//! The drawings that a graph may get, and which of them is the best.

use super::nest::Nest;
use super::orient::Strip;
use super::rank::{self, Ranks};
use super::score::score;
use super::{Form, Graph, Layout, LayoutError, Spacing, Watch, arrange, plain};

/// How much larger a drawing with parts beside each other must be on its page: the way from one part to the next is long.
const WORTH: f64 = 1.3;
/// A drawing that is shown smaller than this on its page cannot be read well: then each way from one part to the next may cost a crossing.
const READABLE: f64 = 2.0 / 3.0;

/// A drawing, and the layers that it has.
pub(super) struct Candidate {
    pub(super) ranks: Ranks,
    pub(super) layout: Layout,
}

/// The drawings of a graph that flows down, the best first: one in which all links lead down, and if that is too tall for its page perhaps one that is
/// wrapped. Fewer crossings count for more than a large drawing, as long as it can be read.
///
/// # Errors
/// As for [`rank::rank`].
pub(super) fn candidates(
    graph: &Graph,
    spacing: &Spacing,
    strip: Strip,
    form: Form,
    done: Watch,
) -> Result<Vec<Candidate>, LayoutError> {
    let nest = Nest::new(graph);
    let layers = rank::rank(graph, &nest, spacing)?;
    done("rank");
    if form == Form::Plain {
        let first = layers.into_iter().take(1);
        let plain = |ranks| Candidate { layout: plain::plain(graph, &nest, &ranks, spacing, strip), ranks };
        return Ok(first.map(plain).collect());
    }
    let mut draw = |ranks| Candidate { layout: arrange((graph, &nest, &ranks), spacing, strip, form, done), ranks };
    let mut drawn: Vec<Candidate> = layers.into_iter().map(&mut draw).collect();
    if let [tall, wrapped] = drawn.as_slice() {
        let scale = [tall, wrapped].map(|c| spacing.scale(c.layout.size));
        let crossings = [tall, wrapped].map(|c| score(graph, &c.layout).crossings);
        let ways = wrapped.ranks.parts.as_ref().map_or(0, |parts| parts.between(graph, &nest).len());
        let more = if scale[0] < READABLE { ways } else { 0 };
        if crossings[1] <= crossings[0] + more && scale[1] >= scale[0] * WORTH {
            drawn.reverse();
        }
    }
    Ok(drawn)
}
