//! Chains inside a group: of links between it and something that it holds.

use super::super::nest::inner;
use super::super::{GroupId, Member, Side};
use super::courses::{inner_ends, range};
use super::{Builder, Chain, Channel, Foot, Joint, Kind, Lane};

impl Builder<'_> {
    /// A link between a group and something inside it: towards the group it leaves through the last row, from the group it comes in by the first.
    pub(super) fn inner(&mut self, link: u32) -> Chain {
        let l = &self.graph.links[link as usize];
        let (member, group) = inner_ends(self.nest, l.from, l.to);
        let away = member == l.from;
        // The row for a label lies below; so a link with one comes from below where there is such a row.
        let below = range(member, self.ranks).1 < self.ranks.bottom[group as usize];
        let outward = away || (l.label.is_some() && below);
        if let Member::Box(b) = member
            && self.nest.border[b.at()].is_some()
            && self.nest.home[b.at()] == group
            && let Some(joint) = self.along_own_wall(b.0, group)
        {
            return self.own_border(link, b.0, group, away, joint);
        }
        let region = self.nest.region(member, Member::Group(GroupId(group - 1)));
        let mut feet = [Foot::Box, Foot::Inner(group)];
        let edge = if outward { self.ranks.bottom[group as usize] } else { self.ranks.top[group as usize] };
        let (first, last) = range(member, self.ranks);
        let row = if outward { last } else { first };
        let mut items = Vec::new();
        match member {
            Member::Box(b) => items.push(b.0),
            Member::Group(g) => {
                feet[0] = Foot::Outer(inner(g));
                items.push(self.add(row, inner(g), Kind::Port(link), None));
            }
        }
        let mut joints = Vec::new();
        let rows: Vec<u32> = if outward { (row + 1..=edge).collect() } else { (edge..row).rev().collect() };
        for (k, &r) in rows.iter().enumerate() {
            let mut around = region;
            while around != group
                && !(self.ranks.top[around as usize]..=self.ranks.bottom[around as usize]).contains(&r)
            {
                around = self.nest.parent[around as usize];
            }
            let room = if k == 0 { l.label } else { None };
            items.push(self.add(r, around, Kind::Pass(link), room));
            joints.push(Joint::Channel(Channel { below: if outward { r } else { r + 1 }, lane: Lane::Middle }));
        }
        if !away {
            items.reverse();
            joints.reverse();
            feet.reverse();
        }
        Chain { items, joints, feet: Some(feet) }
    }

    /// Where a link from a box on a group's border runs to reach that group's wall beside it: on the far side of the box's row, so that it comes back through
    /// that row alone. `None` for a box at a side wall between the first and the last row: other rows lie between it and either wall.
    fn along_own_wall(&self, b: u32, group: u32) -> Option<Channel> {
        let row = self.ranks.of_box[b as usize];
        let (first, last) = (self.ranks.top[group as usize], self.ranks.bottom[group as usize]);
        // The channel below the last row of the group lies outside it but for its own lane.
        let below = || Channel { below: row + 1, lane: if row == last { Lane::Closing(group) } else { Lane::Middle } };
        let above = || Channel { below: row, lane: Lane::Middle };
        match self.nest.border[b as usize] {
            Some(Side::Bottom) => Some(above()),
            Some(Side::Top) => Some(below()),
            _ if row == first => Some(below()),
            _ => (row == last).then(above),
        }
    }

    /// A link between a group and a box on its border: out of the box into the group, and back to the wall beside it.
    fn own_border(&mut self, link: u32, b: u32, group: u32, away: bool, channel: Channel) -> Chain {
        let row = self.ranks.of_box[b as usize];
        let wall = self.add(row, group, Kind::Pass(link), self.graph.links[link as usize].label);
        let (mut items, mut feet) = (vec![b, wall], [Foot::Box, Foot::Inner(group)]);
        if !away {
            items.reverse();
            feet.reverse();
        }
        Chain { items, joints: vec![Joint::Channel(channel)], feet: Some(feet) }
    }
}
