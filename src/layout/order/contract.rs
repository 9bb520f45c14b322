//! Rows that everything just passes through, taken out while the order is sought.
//!
//! A row made for labels, where each link has one neighbour above and one below, can always be put in the order of the row above it: all that crosses does so
//! below it then. So its order is not sought, and a label in one group changes nothing for what stands beside it.

use super::super::nest::{Nest, ROOT};
use super::super::rows::{Chain, ItemId, Kind, Rows};

/// No item.
const NONE: ItemId = ItemId::MAX;

/// Rows without those that everything passes through.
pub(super) struct Contracted {
    /// Without courses.
    pub(super) rows: Rows,
    /// What the courses join: see [`State::new`](super::state::State::new).
    pub(super) joined: Vec<(ItemId, ItemId)>,
    /// By row as it was: whether it was taken out.
    out: Vec<bool>,
    /// By item: what its link comes from in the row above, and leads to below.
    through: Vec<[ItemId; 2]>,
}

/// Takes such rows out. O(items).
pub(super) fn contract(rows: &Rows) -> Contracted {
    let through = through(rows);
    let mut ends = vec![false; rows.rows.len()];
    // Nothing stands above the first row by which to put it in order.
    ends.iter_mut().take(1).for_each(|end| *end = true);
    (1..rows.top.len()).for_each(|g| [rows.top[g], rows.bottom[g]].into_iter().for_each(|r| ends[r as usize] = true));
    let passes = |&i: &ItemId| rows.items[i as usize].kind == Kind::Void || !through[i as usize].contains(&NONE);
    let out: Vec<bool> = rows.rows.iter().zip(&ends).map(|(row, ends)| !ends && row.iter().all(passes)).collect();
    let mut count = 0;
    let mut place = Vec::with_capacity(out.len());
    for &out in &out {
        place.push(count);
        count += u32::from(!out);
    }
    let mut items = rows.items.clone();
    items.iter_mut().for_each(|item| item.row = place[item.row as usize]);
    let kept = rows.rows.iter().zip(&out).filter(|(_, out)| !**out).map(|(row, _)| row.clone());
    let is_out = |i: &ItemId| out[rows.items[*i as usize].row as usize];
    let mut joined = Vec::with_capacity(rows.chains.iter().map(|chain| chain.joints.len()).sum());
    let mut short = Chain::default();
    for chain in &rows.chains {
        short.items.clear();
        short.items.extend(chain.items.iter().copied().filter(|i| !is_out(i)));
        // Of the joints on both sides of a pass that is taken out, one stays: they are of one kind.
        short.joints.clear();
        short.joints.extend(chain.joints.iter().zip(&chain.items).filter(|(_, i)| !is_out(i)).map(|(joint, _)| *joint));
        joined.extend(super::joined(&short, &items));
    }
    let mapped = |list: &[u32]| list.iter().map(|&r| place.get(r as usize).copied().unwrap_or(0)).collect();
    let mut bottom: Vec<u32> = mapped(&rows.bottom);
    bottom[ROOT as usize] = count.saturating_sub(1);
    let rows = Rows {
        items,
        rows: kept.collect(),
        origins: Vec::new(),
        chains: Vec::new(),
        top: mapped(&rows.top),
        bottom,
        astride_top: rows.astride_top.clone(),
        astride_bottom: rows.astride_bottom.clone(),
        level: rows.level.clone(),
        between_parts: Vec::new(),
    };
    Contracted { rows, joined, out, through }
}

/// What each item's link comes from in the row above and leads to in the row below, where it runs straight through.
fn through(rows: &Rows) -> Vec<[ItemId; 2]> {
    let mut through = vec![[NONE; 2]; rows.items.len()];
    let row = |i: ItemId| rows.items[i as usize].row;
    for chain in &rows.chains {
        for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
            if !super::is_middle(joint) {
                continue;
            }
            for (i, j) in [(pair[0], pair[1]), (pair[1], pair[0])] {
                if matches!(rows.items[i as usize].kind, Kind::Pass(_)) && row(i).abs_diff(row(j)) == 1 {
                    through[i as usize][usize::from(row(j) > row(i))] = j;
                }
            }
        }
    }
    through
}

impl Contracted {
    /// The order of all rows, from one of those that were kept. O(items x (depth + log items)).
    pub(super) fn expand(&self, nest: &Nest, rows: &Rows, kept: Vec<Vec<ItemId>>) -> Vec<Vec<ItemId>> {
        let mut kept = kept.into_iter();
        let mut order: Vec<Vec<ItemId>> =
            self.out.iter().map(|&out| if out { Vec::new() } else { kept.next().unwrap_or_default() }).collect();
        let mut places = Places { at: vec![0; rows.items.len()], extents: vec![[(u32::MAX, 0); 2]; nest.len()] };
        for row in &order {
            (0..).zip(row).for_each(|(k, &i)| places.at[i as usize] = k);
        }
        let (mut paths, mut keyed) = (Vec::new(), Vec::new());
        for r in (0..order.len()).filter(|&r| self.out[r]) {
            let below = order[r..].iter().find(|row| !row.is_empty()).map_or(&[][..], Vec::as_slice);
            places.measure(nest, rows, [&order[r - 1], below]);
            paths.clear();
            keyed.clear();
            for &i in &rows.rows[r] {
                let start = paths.len();
                self.path(nest, rows, &places, i, &mut paths);
                keyed.push((start..paths.len(), i));
            }
            keyed.sort_by(|a, b| paths[a.0.clone()].cmp(&paths[b.0.clone()]));
            order[r] = keyed.iter().map(|k| k.1).collect();
            (0..).zip(&order[r]).for_each(|(k, &i)| places.at[i as usize] = k);
        }
        order
    }

    /// Adds the keys of the groups around an item, from outside, and its own.
    fn path(&self, nest: &Nest, rows: &Rows, places: &Places, i: ItemId, out: &mut Vec<Key>) {
        let start = out.len();
        let region = rows.items[i as usize].region;
        let [above, mut below] = self.through[i as usize];
        while below != NONE && self.out[rows.items[below as usize].row as usize] {
            below = self.through[below as usize][1];
        }
        out.push(if above == NONE { Key::default() } else { self.key(nest, rows, places, (above, below), region) });
        let mut g = region;
        while g != ROOT {
            out.push(Key { at: places.extents[g as usize][0].0, side: 0, from: 0, to: g });
            g = nest.parent[g as usize];
        }
        out[start..].reverse();
    }

    /// Where a link stands among the members of a group: where it comes from in the row above, but beside a group that it leaves.
    fn key(&self, nest: &Nest, rows: &Rows, places: &Places, (above, below): (ItemId, ItemId), region: u32) -> Key {
        let r = rows.items[above as usize].row;
        let (from, to) = (places.at[above as usize], if below == NONE { 0 } else { places.at[below as usize] });
        let left = nest.child(region, rows.items[above as usize].region).filter(|&c| rows.bottom[c as usize] > r);
        match left.map(|c| places.extents[c as usize]) {
            Some([(first, _), (first_below, _)]) if to < first_below => Key { at: first, side: -1, from, to },
            Some([(_, last), _]) => Key { at: last, side: 1, from, to },
            None => Key { at: from, side: 0, from, to },
        }
    }
}

/// What the members of a group are sorted by: the place in the row above, whether they stand beside what stands there, and where their link comes from and
/// leads to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    at: u32,
    /// -1 and 1: left and right of it.
    side: i8,
    from: u32,
    to: u32,
}

/// Places in rows.
struct Places {
    /// By item.
    at: Vec<u32>,
    /// By group: first and last place in the row above, and in the one below.
    extents: Vec<[(u32, u32); 2]>,
}

impl Places {
    /// Finds the extents of the groups in two rows.
    fn measure(&mut self, nest: &Nest, rows: &Rows, two: [&[ItemId]; 2]) {
        let around = |i: ItemId| {
            let outward = |&g: &u32| Some(nest.parent[g as usize]);
            std::iter::successors(Some(rows.items[i as usize].region), outward).take_while(|&g| g != ROOT)
        };
        for &i in two.into_iter().flatten() {
            around(i).for_each(|g| self.extents[g as usize] = [(u32::MAX, 0); 2]);
        }
        for (k, row) in two.into_iter().enumerate() {
            for &i in row {
                let at = self.at[i as usize];
                for g in around(i) {
                    let extent = &mut self.extents[g as usize][k];
                    *extent = (extent.0.min(at), extent.1.max(at));
                }
            }
        }
    }
}
