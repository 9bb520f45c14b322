//! What must be true of a graph before it can be laid out.

use super::{Graph, LayoutError, Member};
use crate::geometry::Size;

/// Largest coordinate that any single size may have; keeps sums far from where floats lose whole pixels.
const LARGEST: f64 = 1e7;

/// Checks sizes, indices, the forest of groups, borders, classes and spans.
///
/// # Errors
/// The first thing that is wrong, in the order of the graph.
pub(super) fn check(graph: &Graph) -> Result<(), LayoutError> {
    let sized = |s: Size, what: &dyn Fn() -> String| {
        let good = |v: f64| v.is_finite() && (0.0..=LARGEST).contains(&v);
        if good(s.w) && good(s.h) { Ok(()) } else { Err(LayoutError::BadSize(what())) }
    };
    let known = |m: Member, what: &dyn Fn() -> String| {
        let found = match m {
            Member::Box(b) => b.at() < graph.boxes.len(),
            Member::Group(g) => g.at() < graph.groups.len(),
        };
        if found { Ok(()) } else { Err(LayoutError::BadIndex(what())) }
    };
    for (i, b) in graph.boxes.iter().enumerate() {
        sized(b.size, &|| format!("box {i}"))?;
        let c = b.core;
        let inside = c.x >= -1e-6 && c.y >= -1e-6 && c.right() <= b.size.w + 1e-6 && c.bottom() <= b.size.h + 1e-6;
        if !(inside && c.w >= 0.0 && c.h >= 0.0) {
            return Err(LayoutError::BadSize(format!("the core of box {i}")));
        }
        for g in b.parent.iter().copied().chain(b.border.map(|(g, _)| g)) {
            known(Member::Group(g), &|| format!("box {i}"))?;
        }
    }
    for (i, g) in graph.groups.iter().enumerate() {
        sized(g.title, &|| format!("the title of group {i}"))?;
        if let Some(p) = g.parent {
            known(Member::Group(p), &|| format!("group {i}"))?;
        }
    }
    check_forest(graph)?;
    for (i, l) in graph.links.iter().enumerate() {
        known(l.from, &|| format!("link {i}"))?;
        known(l.to, &|| format!("link {i}"))?;
        if let Some(s) = l.label {
            sized(s, &|| format!("the label of link {i}"))?;
        }
        if !(l.weight.is_finite() && l.weight >= 0.0) {
            return Err(LayoutError::BadSize(format!("the weight of link {i}")));
        }
    }
    for (i, s) in graph.spans.iter().enumerate() {
        sized(s.title, &|| format!("the title of span {i}"))?;
        for &m in &s.members {
            known(m, &|| format!("span {i}"))?;
        }
    }
    for (i, class) in graph.classes.iter().enumerate() {
        for &m in class {
            known(m, &|| format!("class {i}"))?;
        }
        if class.iter().any(|m| matches!(m, Member::Box(_))) && class.iter().any(|m| matches!(m, Member::Group(_))) {
            return Err(LayoutError::Contradiction(format!("class {i} holds boxes and groups")));
        }
    }
    check_sizes(graph)
}

/// Groups of one class get one size, so none of them can lie inside another, not even by way of other classes: then each would have to be larger than
/// itself. Peels off the classes in which no group lies that is still left.
///
/// # Errors
/// [`LayoutError::Contradiction`] with the first group that cannot be of its class's size.
fn check_sizes(graph: &Graph) -> Result<(), LayoutError> {
    // Groups in several classes join these.
    let n = graph.groups.len();
    let mut leader: Vec<usize> = (0..n).collect();
    for class in &graph.classes {
        for pair in class.windows(2) {
            if let (Member::Group(a), Member::Group(b)) = (pair[0], pair[1]) {
                let (a, b) = (find(&mut leader, a.at()), find(&mut leader, b.at()));
                leader[a.max(b)] = a.min(b);
            }
        }
    }
    let size: Vec<usize> = (0..n).map(|g| find(&mut leader, g)).collect();
    let mut around = vec![Vec::new(); n];
    let mut inside = vec![0u32; n];
    for (g, node) in graph.groups.iter().enumerate() {
        if let Some(p) = node.parent {
            around[size[g]].push(size[p.at()]);
            inside[size[p.at()]] += 1;
        }
    }
    let mut free: Vec<usize> = (0..n).filter(|&k| size[k] == k && inside[k] == 0).collect();
    while let Some(k) = free.pop() {
        for &p in &around[k] {
            inside[p] -= 1;
            if inside[p] == 0 {
                free.push(p);
            }
        }
    }
    match size.iter().position(|&k| inside[k] > 0) {
        Some(g) => Err(LayoutError::Contradiction(format!(
            "group {g} is to have the size of a group that lies inside it, or around it, by its classes"
        ))),
        None => Ok(()),
    }
}

fn find(leader: &mut [usize], mut k: usize) -> usize {
    while leader[k] != k {
        leader[k] = leader[leader[k]];
        k = leader[k];
    }
    k
}

/// Every group reaches a root: counts groups by peeling leaves off, so that depth costs no stack.
fn check_forest(graph: &Graph) -> Result<(), LayoutError> {
    let n = graph.groups.len();
    let mut children = vec![0u32; n];
    for g in &graph.groups {
        if let Some(p) = g.parent {
            children[p.at()] += 1;
        }
    }
    let mut leaves: Vec<usize> = (0..n).filter(|&g| children[g] == 0).collect();
    let mut peeled = vec![false; n];
    while let Some(g) = leaves.pop() {
        peeled[g] = true;
        if let Some(p) = graph.groups[g].parent {
            children[p.at()] -= 1;
            if children[p.at()] == 0 {
                leaves.push(p.at());
            }
        }
    }
    match peeled.iter().position(|&p| !p) {
        Some(g) => Err(LayoutError::NestingCycle(format!("group {g}"))),
        None => Ok(()),
    }
}
