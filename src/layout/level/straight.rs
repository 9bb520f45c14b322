//! Straight courses along a common row.

use super::super::nest::inner;
use super::super::rows::{Chain, Foot, Item, ItemId, Joint, Kind};
use super::super::{Link, Member, Side};
use super::{Courses, path};

impl Courses<'_> {
    /// Gives a link the straight course along a common row, if only links and walls of its ends' own groups stand between. Says whether it did.
    pub(super) fn straight(&mut self, link: u32) -> bool {
        let l = &self.graph.links[link as usize];
        let ((a0, a1), (b0, b1)) = (self.range(l.from), self.range(l.to));
        let (first, last) = (a0.max(b0), a1.min(b1));
        if first > last {
            return false;
        }
        let way = path(self.nest, self.nest.region(l.from, l.to), self.nest.region(l.to, l.from));
        let mid = first + (last - first) / 2;
        let open = |r: &u32| self.firm[*r as usize] && self.free(*r, l, &way) && !self.taken(*r, l);
        let Some(row) = (first..=last).filter(open).min_by_key(|&r| r.abs_diff(mid)) else { return false };
        self.run(link, row);
        true
    }

    fn range(&self, m: Member) -> (u32, u32) {
        match m {
            Member::Box(b) => (self.rows.items[b.at()].row, self.rows.items[b.at()].row),
            Member::Group(g) => (self.rows.top[inner(g) as usize], self.rows.bottom[inner(g) as usize]),
        }
    }

    /// Lays a link along a row that is free for it.
    fn run(&mut self, link: u32, row: u32) {
        let l = &self.graph.links[link as usize];
        let rightward = self.covers(row, l.from).0 < self.covers(row, l.to).0;
        let (a, foot_a) = self.end(link, row, l.from);
        let (b, foot_b) = self.end(link, row, l.to);
        let (mut items, mut joints) = (vec![a, b], vec![Joint::Row]);
        if let Some(size) = l.label {
            // The label stands in the common group, right after whatever holds the left end. A box astride a wall stands among the items of its group.
            let (left, right) = if rightward { (l.from, l.to) } else { (l.to, l.from) };
            let among = |m: Member, other: Member| match m {
                Member::Box(b) => self.nest.home[b.at()],
                Member::Group(_) => self.nest.region(m, other),
            };
            let mut outer = among(left, right);
            let common = self.nest.common(outer, among(right, left));
            let mut place = self.covers(row, left).1;
            while outer != common {
                place = self.index.extent(self.rows, row, outer).1;
                outer = self.nest.parent[outer as usize];
            }
            let x = (self.stands[a as usize].x + self.stands[b as usize].x) / 2.0;
            items.insert(1, self.add(place, x, Item::thin(row, common, Kind::Pass(link), Some(size))));
            joints.push(Joint::Row);
        }
        let run = if rightward { (a, b) } else { (b, a) };
        let at = self.runs[row as usize].partition_point(|r| self.place(r.0) < self.place(run.0));
        self.runs[row as usize].insert(at, run);
        self.rows.chains[link as usize] = Chain { items, joints, feet: Some([foot_a, foot_b]) };
    }

    fn place(&self, i: ItemId) -> usize {
        self.index.at(self.rows, i)
    }

    fn end(&mut self, link: u32, row: u32, m: Member) -> (ItemId, Foot) {
        match m {
            Member::Box(b) => (b.0, Foot::Box),
            Member::Group(g) => {
                let x = self.columns.left[inner(g) as usize];
                (self.port(x, link, inner(g), row), Foot::Outer(inner(g)))
            }
        }
    }

    /// Whether a straight course already runs through part of the gap between the ends in this row, or an end cannot be met in it.
    fn taken(&self, row: u32, l: &Link) -> bool {
        if self.walled(row, l.from) || self.walled(row, l.to) {
            return true;
        }
        let (a, b) = (self.covers(row, l.from), self.covers(row, l.to));
        let (left, right) = if a.0 < b.0 { (a.1, b.0) } else { (b.1, a.0) };
        // Runs share at most their ends: the last one that starts before the gap's end also ends last.
        let runs = &self.runs[row as usize];
        let before = runs.partition_point(|r| self.place(r.0) < right.max(left + 1));
        before.checked_sub(1).is_some_and(|k| self.place(runs[k].1) + 1 > left)
    }

    /// Whether a straight course runs over the gap before a place of a row.
    pub(super) fn on_run(&self, row: u32, at: usize) -> bool {
        let runs = &self.runs[row as usize];
        let before = runs.partition_point(|r| self.place(r.0) < at);
        before.checked_sub(1).is_some_and(|k| self.place(runs[k].1) >= at)
    }

    /// Whether a member is a group with boxes astride its wall in a row: that is no place to end at.
    fn walled(&self, row: u32, m: Member) -> bool {
        let Member::Group(g) = m else { return false };
        let g = inner(g);
        let at = g as usize;
        if self.rows.astride_top[at] && self.rows.top[at] == row
            || self.rows.astride_bottom[at] && self.rows.bottom[at] == row
        {
            return true;
        }
        let (first, last) = self.index.extent(self.rows, row, g);
        self.rows.rows[row as usize][first..last].iter().any(|&i| match self.rows.items[i as usize].kind {
            Kind::Box(b) => {
                let side = self.nest.border[b as usize];
                self.nest.home[b as usize] == g && matches!(side, Some(Side::Left | Side::Right))
            }
            _ => false,
        })
    }

    /// Whether only links and walls on the way stand between the ends in a row.
    fn free(&self, row: u32, l: &Link, way: &[u32]) -> bool {
        let (a, b) = (self.covers(row, l.from), self.covers(row, l.to));
        let (left, right) = if a.0 < b.0 { (a, b) } else { (b, a) };
        if left.1 > right.0 {
            return false;
        }
        self.rows.rows[row as usize][left.1..right.0].iter().all(|&i| {
            let item = &self.rows.items[i as usize];
            match item.kind {
                Kind::Pass(_) => !item.label && way.contains(&item.region),
                Kind::Void | Kind::Port(_) => way.contains(&item.region),
                Kind::Box(_) => false,
            }
        })
    }
}
