//! Chains of links between members one above the other, and of those that hang below one row with their label.

use super::super::Member;
use super::super::nest::inner;
use super::courses::range;
use super::{Builder, Chain, Channel, Foot, Joint, Kind, Lane};

impl Builder<'_> {
    /// A link between members one above the other.
    pub(super) fn vertical(&mut self, link: u32, turned: bool) -> Chain {
        let l = &self.graph.links[link as usize];
        let (upper, lower) = if turned { (l.to, l.from) } else { (l.from, l.to) };
        let (first, last) = (range(upper, self.ranks).1, range(lower, self.ranks).0);
        let (from, to) = (self.nest.region(upper, lower), self.nest.region(lower, upper));
        let common = self.nest.common(from, to);
        let mut items = Vec::with_capacity((last - first) as usize + 1);
        let mut feet = [Foot::Box; 2];
        match upper {
            Member::Box(b) => items.push(b.0),
            Member::Group(g) => {
                feet[0] = Foot::Outer(inner(g));
                items.push(self.add(first, inner(g), Kind::Port(link), None));
            }
        }
        let label = l.label.map(|size| (self.label_row(first, last), size));
        for row in first + 1..last {
            let room = label.filter(|&(at, _)| at == row).map(|(_, size)| size);
            let region = self.pass_region(row, from, (last, to), common);
            items.push(self.add(row, region, Kind::Pass(link), room));
        }
        match lower {
            Member::Box(b) => items.push(b.0),
            Member::Group(g) => {
                feet[1] = Foot::Outer(inner(g));
                items.push(self.add(last, inner(g), Kind::Port(link), None));
            }
        }
        let mut joints: Vec<Joint> =
            (first + 1..=last).map(|below| Joint::Channel(Channel { below, lane: Lane::Middle })).collect();
        if turned {
            items.reverse();
            joints.reverse();
            feet.reverse();
        }
        Chain { items, joints, feet: Some(feet) }
    }

    /// The row between `first` and `last` that holds a label: one made for labels if there is one, else the first.
    fn label_row(&self, first: u32, last: u32) -> u32 {
        (first + 1..last).find(|&r| self.is_label_row(r)).unwrap_or(first + 1)
    }

    /// The group through which a link passes a row, from the region of its upper end down to the row and the region of its lower end: it stays in the groups
    /// of its upper end until they end, but leaves them at once where they stand beside its lower end or the groups of that.
    fn pass_region(&self, row: u32, from: u32, (last, to): (u32, u32), common: u32) -> u32 {
        let mut target = to;
        while target != common && self.ranks.top[target as usize] > row {
            target = self.nest.parent[target as usize];
        }
        let mut source = from;
        while source != common && self.ranks.bottom[source as usize] < row {
            source = self.nest.parent[source as usize];
        }
        match (source == common, target == common) {
            (true, _) => target,
            (_, true) if self.ranks.bottom[source as usize] < last => source,
            _ => common,
        }
    }

    /// A link between boxes of one row, or of a box with itself, with its label in the row below. `None` where that row is not within reach.
    pub(super) fn hung(&mut self, link: u32) -> Option<Chain> {
        let l = &self.graph.links[link as usize];
        let (Member::Box(a), Member::Box(b)) = (l.from, l.to) else { return None };
        let common = self.nest.common(self.nest.region(l.from, l.to), self.nest.region(l.to, l.from));
        let row = self.ranks.of_box[a.at()] + 1;
        let reaches = row < self.ranks.count && self.is_label_row(row) && row <= self.ranks.bottom[common as usize];
        if !reaches || self.ranks.of_box[b.at()] + 1 != row {
            return None;
        }
        let label = self.add(row, common, Kind::Pass(link), l.label);
        let joint = Joint::Channel(Channel { below: row, lane: Lane::Middle });
        Some(Chain { items: vec![a.0, label, b.0], joints: vec![joint; 2], feet: Some([Foot::Box; 2]) })
    }
}
