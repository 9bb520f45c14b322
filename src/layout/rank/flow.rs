//! What the links demand of the layers: those that tell a flow lead down, the others draw their ends near each other.

use super::super::cycles::linear_order;
use super::super::lateral::Laterals;
use super::super::nest::{Nest, inner};
use super::super::simplex::{self, Edge};
use super::super::{Graph, Member};
use super::copies::ClassPairs;
use super::counter::upwards;
use super::variables::Variables;

/// Adds the links that tell a flow, turned where they would close a cycle: those of them that decide something.
pub(super) fn with_links(graph: &Graph, nest: &Nest, vars: &Variables, decides: &[bool], hard: &[Edge]) -> Vec<Edge> {
    let n = vars.leader.len();
    let siblings = ClassPairs::new(graph, nest);
    let mut laterals = Laterals::new(graph, nest);
    let rises = upwards(graph, nest, decides);
    let mut soft: Vec<(u32, u32, usize)> = Vec::new();
    for (i, link) in graph.links.iter().enumerate() {
        let [from, to] = if rises[i] { [link.to, link.from] } else { [link.from, link.to] };
        let (from, to) = (vars.leader[vars.last(from) as usize], vars.leader[vars.first(to) as usize]);
        if decides[i] && from != to && !related(nest, link.from, link.to) && !siblings.level(link.from, link.to) {
            soft.push((from, to, i));
        }
    }
    let place = linear_order(n, hard, &soft);
    let directed = |from: u32, to: u32, i: usize| -> Option<Edge> {
        let link = &graph.links[i];
        let weight = libm::round(link.weight * 2.0).clamp(0.0, 1000.0) as i32;
        let forth = (from, to);
        let [first, last] = if rises[i] { [link.from, link.to] } else { [link.to, link.from] };
        let back = (vars.leader[vars.last(first) as usize], vars.leader[vars.first(last) as usize]);
        let follows = |&(a, b): &(u32, u32)| place[a as usize] < place[b as usize];
        let (from, to) = [forth, back].into_iter().find(follows)?;
        Some(Edge { from, to, len: 1, weight })
    };
    // From the innermost outwards: what tells a flow within the groups says where the ends of links between them stand.
    let flow = |laterals: &Laterals| {
        let flow = soft.iter().filter(|s| !laterals.is_lateral(s.2)).filter_map(|&(a, b, i)| directed(a, b, i));
        let mut edges = Vec::with_capacity(hard.len() + soft.len());
        edges.extend_from_slice(hard);
        edges.extend(flow);
        edges
    };
    let mut edges = flow(&laterals);
    let mut x = Vec::new();
    for depth in laterals.depths() {
        if x.is_empty() {
            x = simplex::longest_path(n, &edges).unwrap_or_else(|| vec![0; n]);
        }
        let level = |&(from, to, _): &(u32, u32, usize)| x[from as usize] == x[to as usize];
        if laterals.refuse(depth, soft.iter().filter(|s| !level(s)).map(|s| s.2)) {
            edges = flow(&laterals);
            x.clear();
        }
    }
    edges
}

/// Draws a box that no link ranks to the rows of those that it has a link with all the same: it stands before nobody, but near them. Gives the number of
/// variables added, one a pair, which both ends are drawn to from below.
pub(super) fn near(graph: &Graph, vars: &Variables, decides: &[bool], edges: &mut Vec<Edge>) -> usize {
    let variables = |m: Member| {
        let [first, last] = [vars.first(m), vars.last(m)].map(|v| vars.leader[v as usize]);
        std::iter::once(first).chain(Some(last).filter(|&last| last != first))
    };
    let mut ranked = vec![false; vars.leader.len()];
    let links = || graph.links.iter().zip(decides);
    for end in links().filter(|l| *l.1).flat_map(|(l, _)| [l.from, l.to]) {
        variables(end).for_each(|v| ranked[v as usize] = true);
    }
    let is_free = |m: Member| matches!(m, Member::Box(_)) && variables(m).all(|v| !ranked[v as usize]);
    let first = vars.leader.len() as u32;
    let mut added = 0;
    for (link, _) in links().filter(|&(l, decides)| !decides && (is_free(l.from) || is_free(l.to))) {
        for a in variables(link.from) {
            for b in variables(link.to).filter(|&b| b != a) {
                edges.extend([a, b].map(|to| Edge { from: first + added, to, len: 0, weight: 1 }));
                added += 1;
            }
        }
    }
    added as usize
}

/// Whether one end is the other, or holds it, or stands on its border.
fn related(nest: &Nest, a: Member, b: Member) -> bool {
    let inside = |outer: Member, m: Member| matches!(outer, Member::Group(g) if nest.is_inside(m, inner(g)));
    a == b || inside(a, b) || inside(b, a)
}
