//! Where items stand in their rows while rows grow.

use super::super::nest::{NONE, Nest, ROOT};
use super::super::rows::{ItemId, Rows};

/// Places of items in rows into which others are still put: each item has a key, rows are sorted by it, so a place is found in logarithmic time. The
/// first and the last item of every group in every row are known.
pub(super) struct Index {
    key: Vec<f64>,
    /// By group, by row from its first on: first and last item.
    edges: Vec<Vec<(ItemId, ItemId)>>,
}

impl Index {
    /// Of rows in which no item stands twice: O(items x depth).
    pub(super) fn new(nest: &Nest, rows: &Rows) -> Self {
        let span = |g: usize| if g == ROOT as usize { 0 } else { (rows.bottom[g] - rows.top[g]) as usize + 1 };
        let edges = (0..nest.len()).map(|g| vec![(NONE, NONE); span(g)]).collect();
        let mut index = Self { key: vec![0.0; rows.items.len()], edges };
        for row in &rows.rows {
            for (k, &i) in row.iter().enumerate() {
                index.key[i as usize] = k as f64;
                index.widen(nest, rows, i);
            }
        }
        index
    }

    /// Makes room in the extents of the groups around an item.
    fn widen(&mut self, nest: &Nest, rows: &Rows, i: ItemId) {
        let item = &rows.items[i as usize];
        let mut g = item.region;
        while g != ROOT {
            let Some(slot) =
                item.row.checked_sub(rows.top[g as usize]).and_then(|r| self.edges[g as usize].get_mut(r as usize))
            else {
                break;
            };
            if slot.0 == NONE || self.key[i as usize] < self.key[slot.0 as usize] {
                slot.0 = i;
            }
            if slot.1 == NONE || self.key[i as usize] > self.key[slot.1 as usize] {
                slot.1 = i;
            }
            g = nest.parent[g as usize];
        }
    }

    /// The place of an item in its row.
    pub(super) fn at(&self, rows: &Rows, i: ItemId) -> usize {
        let key = self.key[i as usize];
        rows.rows[rows.items[i as usize].row as usize].partition_point(|&j| self.key[j as usize] < key)
    }

    /// First and one past the last place in a row of what lies in a group.
    pub(super) fn extent(&self, rows: &Rows, row: u32, g: u32) -> (usize, usize) {
        if g == ROOT {
            return (0, rows.rows[row as usize].len());
        }
        let edges = row.checked_sub(rows.top[g as usize]).and_then(|r| self.edges[g as usize].get(r as usize));
        match edges {
            Some(&(first, last)) if first != NONE => (self.at(rows, first), self.at(rows, last) + 1),
            _ => (0, 0),
        }
    }

    /// Puts a new item, the last one made, at a place of its row.
    pub(super) fn insert(&mut self, nest: &Nest, rows: &mut Rows, at: usize, i: ItemId) {
        let row = &mut rows.rows[rows.items[i as usize].row as usize];
        let at = at.min(row.len());
        let key = |k: usize| row.get(k).map(|&j| self.key[j as usize]);
        let before = at.checked_sub(1).and_then(key);
        let own = match (before, key(at)) {
            (Some(a), Some(b)) => (a + b) / 2.0,
            (Some(a), None) => a + 1.0,
            (None, Some(b)) => b - 1.0,
            (None, None) => 0.0,
        };
        // Halving the same gap again and again ends where two keys can no longer be told apart.
        let full = before == Some(own) || key(at) == Some(own);
        row.insert(at, i);
        self.key.resize(rows.items.len(), 0.0);
        self.key[i as usize] = own;
        if full {
            for (k, &j) in rows.rows[rows.items[i as usize].row as usize].iter().enumerate() {
                self.key[j as usize] = k as f64;
            }
        }
        self.widen(nest, rows, i);
    }
}
