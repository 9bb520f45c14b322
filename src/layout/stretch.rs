//! Cells: groups of a class that have the whole width of their parent to themselves take it, so that the cells of a column are of one width.

use super::adjacent::Adjacent;
use super::columns::Columns;
use super::elbows::titled;
use super::nest::{Nest, ROOT, class_groups, inner};
use super::orient::Strip;
use super::rows::{ItemId, Joint, Kind, Rows};
use super::{Graph, Member, Spacing};

/// Widens groups up to the padding of their parents where nothing else stands beside them. Groups of one class stay of one size. A link that leaves a box
/// of the group sideways and turns beside the group comes to turn within it.
pub(super) fn stretch(
    graph: &Graph,
    nest: &Nest,
    rows: &mut Rows,
    columns: &mut Columns,
    spacing: &Spacing,
    strip: Strip,
) {
    let mut spanned = vec![false; nest.len()];
    for m in graph.spans.iter().flat_map(|s| &s.members) {
        if let Member::Group(g) = m {
            spanned[inner(*g) as usize] = true;
        }
    }
    let inside = Inside::new(nest, rows);
    // Outer groups first: what they gain is room for those inside.
    let mut classes: Vec<Vec<u32>> = graph.classes.iter().map(|c| class_groups(c).collect()).collect();
    classes.retain(|c| !c.is_empty());
    let depth = |g: u32| {
        let (mut depth, mut up) = (0, g);
        while up != ROOT {
            (depth, up) = (depth + 1, nest.parent[up as usize]);
        }
        depth
    };
    classes.sort_by_key(|c| c.iter().map(|&g| depth(g)).max());
    for class in classes {
        if class.iter().any(|g| spanned[*g as usize] || nest.parent[*g as usize] == ROOT) {
            continue;
        }
        let view = View { graph, nest, rows, columns, spacing, strip, inside: &inside };
        let room: Vec<(f64, f64)> = class.iter().map(|&g| view.room(g)).collect();
        let now = |g: u32| (columns.left[g as usize], columns.right[g as usize]);
        let options = [
            class.iter().zip(&room).map(|(_, r)| *r).collect::<Vec<_>>(),
            class.iter().zip(&room).map(|(&g, r)| (r.0, now(g).1)).collect(),
            class.iter().zip(&room).map(|(&g, r)| (now(g).0, r.1)).collect(),
        ];
        let even =
            |walls: &[(f64, f64)]| walls.windows(2).all(|w| ((w[0].1 - w[0].0) - (w[1].1 - w[1].0)).abs() < 0.01);
        let clear = |walls: &[(f64, f64)]| class.iter().zip(walls).all(|(&g, &w)| view.turns_clear(g, w));
        let Some(walls) = options.into_iter().find(|walls| even(walls) && clear(walls)) else { continue };
        for (&g, (left, right)) in class.iter().zip(walls) {
            (columns.left[g as usize], columns.right[g as usize]) = (left, right);
            for &i in &inside.turns[g as usize] {
                if (left..right).contains(&columns.item[i as usize]) {
                    rows.items[i as usize].region = g;
                }
            }
        }
    }
}

/// What stands in and beside each group.
struct Inside {
    /// Items directly in it.
    items: Adjacent,
    /// Groups directly in it.
    groups: Adjacent,
    /// Items directly beside it in which a link turns that comes sideways from a box of the group in its first or last row, and leaves it for good.
    turns: Vec<Vec<ItemId>>,
}

impl Inside {
    fn new(nest: &Nest, rows: &Rows) -> Self {
        let items = (0..).zip(&rows.items).filter(|(_, item)| item.kind != Kind::Void);
        Self {
            items: Adjacent::new(nest.len(), items.map(|(i, item)| (item.region, i))),
            groups: Adjacent::new(nest.len(), (1..nest.len() as u32).map(|g| (nest.parent[g as usize], g))),
            turns: turns(nest, rows),
        }
    }
}

/// See [`Inside::turns`].
fn turns(nest: &Nest, rows: &Rows) -> Vec<Vec<ItemId>> {
    let mut out = vec![Vec::new(); nest.len()];
    for chain in &rows.chains {
        let n = chain.items.len();
        for (own, turn, next, joint) in [(0, 1, 2), (n.wrapping_sub(1), n.wrapping_sub(2), n.wrapping_sub(3))]
            .into_iter()
            .filter_map(|(a, b, c)| Some((*chain.items.get(a)?, *chain.items.get(b)?, *chain.items.get(c)?, a.min(b))))
        {
            let item = |i: ItemId| &rows.items[i as usize];
            let is_turn = chain.joints[joint] == Joint::Row && matches!(item(turn).kind, Kind::Pass(_));
            let mut g = item(own).region;
            while g != ROOT && nest.parent[g as usize] != item(turn).region {
                g = nest.parent[g as usize];
            }
            if g == ROOT || !is_turn || item(turn).label {
                continue;
            }
            let (row, onward) = (item(turn).row, item(next).row);
            let leaves =
                (onward > row && rows.bottom[g as usize] == row) || (onward < row && rows.top[g as usize] == row);
            if leaves {
                out[g as usize].push(turn);
            }
        }
    }
    out
}

struct View<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    rows: &'a Rows,
    columns: &'a Columns,
    spacing: &'a Spacing,
    strip: Strip,
    inside: &'a Inside,
}

impl View<'_> {
    /// How far the walls of a group can move outwards: to the parent's padding, or not at all on a side where something stands. O(members of the parent).
    fn room(&self, g: u32) -> (f64, f64) {
        let (rows, columns) = (self.rows, self.columns);
        let parent = self.nest.parent[g as usize];
        let (left, right) = (columns.left[g as usize], columns.right[g as usize]);
        let (first, last) = (rows.top[g as usize], rows.bottom[g as usize]);
        let title = if self.strip.is_left() {
            self.spacing.title.max(self.graph.groups[parent as usize - 1].title.w)
        } else {
            0.0
        };
        let mut low = columns.left[parent as usize] + self.spacing.padding + title;
        let mut high = columns.right[parent as usize] - self.spacing.padding;
        for &i in self.inside.items.of(parent) {
            if (first..=last).contains(&rows.items[i as usize].row) && !self.inside.turns[g as usize].contains(&i) {
                if columns.item[i as usize] < left { low = left } else { high = right }
            }
        }
        for &d in self.inside.groups.of(parent) {
            if d != g && rows.top[d as usize] <= last && rows.bottom[d as usize] >= first {
                if columns.right[d as usize] <= left { low = left } else { high = right }
            }
        }
        (low.min(left), high.max(right))
    }

    /// Whether the links that turn beside a group turn clear of its walls and title once the walls stand there.
    fn turns_clear(&self, g: u32, (left, right): (f64, f64)) -> bool {
        let (track, title) = (self.spacing.track, self.graph.groups[g as usize - 1].title.w);
        let strip = if self.strip.is_left() { self.spacing.title.max(title) + track } else { track };
        self.inside.turns[g as usize].iter().all(|&i| {
            let x = self.columns.item[i as usize];
            let outside = x <= left - track || right + track <= x;
            let clear = self.strip.is_left() || !titled(self.graph, (left, right), self.spacing, g, x);
            outside || (x - left >= strip && right - x >= track && clear)
        })
    }
}
