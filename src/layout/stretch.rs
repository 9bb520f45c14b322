//! Cells: groups of a class that have the whole width of their parent to themselves take it, so that the cells of a column are of one width.

use super::columns::Columns;
use super::nest::{Nest, ROOT, inner};
use super::orient::Strip;
use super::rows::{Kind, Rows};
use super::{Graph, Member, Spacing};

/// Widens groups up to the padding of their parents where nothing else stands beside them. Groups of one class stay of one size.
pub(super) fn stretch(graph: &Graph, nest: &Nest, rows: &Rows, columns: &mut Columns, spacing: &Spacing, strip: Strip) {
    let spanned: Vec<u32> = (graph.spans.iter().flat_map(|s| &s.members))
        .filter_map(|m| if let Member::Group(g) = m { Some(inner(*g)) } else { None })
        .collect();
    // Outer groups first: what they gain is room for those inside.
    let mut classes: Vec<Vec<u32>> = graph.classes.iter().map(|c| groups_of(c)).filter(|c| !c.is_empty()).collect();
    let depth = |g: u32| {
        let (mut depth, mut up) = (0, g);
        while up != ROOT {
            (depth, up) = (depth + 1, nest.parent[up as usize]);
        }
        depth
    };
    classes.sort_by_key(|c| c.iter().map(|&g| depth(g)).max());
    for class in classes {
        if class.iter().any(|g| spanned.contains(g) || nest.parent[*g as usize] == ROOT) {
            continue;
        }
        let room: Vec<(f64, f64)> =
            class.iter().map(|&g| room(graph, nest, rows, columns, spacing, strip, g)).collect();
        let now = |g: u32| (columns.left[g as usize], columns.right[g as usize]);
        let options = [
            class.iter().zip(&room).map(|(_, r)| *r).collect::<Vec<_>>(),
            class.iter().zip(&room).map(|(&g, r)| (r.0, now(g).1)).collect(),
            class.iter().zip(&room).map(|(&g, r)| (now(g).0, r.1)).collect(),
        ];
        let even =
            |walls: &[(f64, f64)]| walls.windows(2).all(|w| ((w[0].1 - w[0].0) - (w[1].1 - w[1].0)).abs() < 0.01);
        if let Some(walls) = options.into_iter().find(|walls| even(walls)) {
            for (&g, (left, right)) in class.iter().zip(walls) {
                (columns.left[g as usize], columns.right[g as usize]) = (left, right);
            }
        }
    }
}

fn groups_of(class: &[Member]) -> Vec<u32> {
    class.iter().filter_map(|m| if let Member::Group(g) = m { Some(inner(*g)) } else { None }).collect()
}

/// How far the walls of a group can move outwards: to its parent's padding, or not at all on a side where something stands.
fn room(
    graph: &Graph,
    nest: &Nest,
    rows: &Rows,
    columns: &Columns,
    spacing: &Spacing,
    strip: Strip,
    g: u32,
) -> (f64, f64) {
    let parent = nest.parent[g as usize];
    let (left, right) = (columns.left[g as usize], columns.right[g as usize]);
    let (first, last) = (rows.top[g as usize], rows.bottom[g as usize]);
    let title = if strip.is_left() { spacing.title.max(graph.groups[parent as usize - 1].title.w) } else { 0.0 };
    let (mut low, mut high) =
        (columns.left[parent as usize] + spacing.padding + title, columns.right[parent as usize] - spacing.padding);
    for (i, item) in rows.items.iter().enumerate() {
        let beside = item.region == parent && (first..=last).contains(&item.row);
        if !beside || item.kind == Kind::Void {
            continue;
        }
        if columns.item[i] < left { low = left } else { high = right }
    }
    for d in 1..nest.len() as u32 {
        let beside = d != g
            && nest.parent[d as usize] == parent
            && rows.top[d as usize] <= last
            && rows.bottom[d as usize] >= first;
        if beside {
            if columns.right[d as usize] <= left { low = left } else { high = right }
        }
    }
    (low.min(left), high.max(right))
}
