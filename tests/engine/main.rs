//! The engine keeps its hard rules on every input: hostile graphs, random ones, and real ones where the benchmark's folder is at hand.

mod forms;
mod hostile;
mod large;
mod long;
mod random;
mod real;
mod shape;
mod stable;
#[path = "../support/random.rs"]
mod support;
mod turned;
mod vpcs;
mod wild;
mod wrap;

use skyplan::layout::{Graph, Layout, Spacing, layout, verify};

/// Lays a graph out and checks all rules.
fn lay(name: &str, graph: &Graph) -> Layout {
    let drawn = match layout(graph, &Spacing::default()) {
        Ok(drawn) => drawn,
        Err(error) => panic!("{name}: {error}"),
    };
    let breaches = verify::breaches(graph, &drawn);
    assert!(
        breaches.is_empty(),
        "{name}: {} breaches, such as: {}",
        breaches.len(),
        breaches[..breaches.len().min(4)].join("; ")
    );
    drawn
}
