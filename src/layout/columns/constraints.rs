//! What must hold across the flow beside the distances of neighbours: titles free of links, groups as wide as their titles, walls around everything.

use super::super::nest::ROOT;
use super::super::orient::Strip;
use super::super::rows::{Foot, ItemId, Joint, Kind};
use super::super::simplex::Edge;
use super::super::{Side, TitlePlace};
use super::{System, units};

/// What a wider drawing costs, for each unit of width: as much as a link between two boxes that many of them long.
const PAGE: i32 = 1;

impl<'a> System<'a> {
    /// Links that enter a group pass beside its title, and so do boxes on its upper border.
    pub(super) fn titles(&mut self) {
        if self.strip.is_left() {
            return;
        }
        let mut entering: Vec<(u32, ItemId)> =
            self.entries().into_iter().map(|(i, g)| (g, i)).filter(|e| e.0 != ROOT).collect();
        entering.sort_unstable();
        entering.dedup();
        let mut rest = &entering[..];
        for (g, node) in self.graph.groups.iter().enumerate() {
            let group = g as u32 + 1;
            let legs;
            (legs, rest) = rest.split_at(rest.partition_point(|e| e.0 <= group));
            let room = node.title.w + self.spacing.track;
            if node.title.w <= 0.0 {
                continue;
            }
            if node.title_place == TitlePlace::Middle
                && legs.len() <= 1
                && !self.nest.has_astride(group, self.strip.side())
            {
                // One thing with legs leaves the title room on one of its sides at least.
                let (left, right) = (self.left(group), self.right(group));
                let least = match legs.first() {
                    Some(&(_, leg)) => 2.0 * (room + self.leg_reach(leg)),
                    None => room,
                };
                self.apart(left, right, least + self.spacing.track);
                continue;
            }
            for &(_, leg) in legs {
                let item = self.item(leg);
                let (own, left) = (self.var[leg as usize], self.left(group));
                let reach = match item.kind {
                    Kind::Box(b) if self.nest.border[b as usize].is_some() => item.left,
                    _ => self.leg_reach(leg),
                };
                self.apart(left, own, room + reach);
                let wide = matches!(item.kind, Kind::Box(_));
                if wide {
                    let right = self.right(group);
                    self.apart(own, right, room.min(3.0 * self.spacing.within));
                }
            }
        }
    }

    /// Items whose leg crosses the wall with the title of a group, with the group.
    fn entries(&self) -> Vec<(ItemId, u32)> {
        let mut out = Vec::new();
        let below = u32::from(self.strip == Strip::Bottom);
        let edge = |g: u32| if below == 1 { self.rows.bottom[g as usize] } else { self.rows.top[g as usize] };
        for chain in &self.rows.chains {
            for (k, joint) in chain.joints.iter().enumerate() {
                let Joint::Channel(c) = joint else { continue };
                for (this, other) in [(chain.items[k], chain.items[k + 1]), (chain.items[k + 1], chain.items[k])] {
                    let item = self.item(this);
                    if item.row + below != c.below {
                        continue;
                    }
                    let mut g = item.region;
                    while g != ROOT && edge(g) == item.row && !self.nest.holds(g, self.item(other).region) {
                        let own = chain.feet.is_some_and(|f| f.contains(&Foot::Outer(g)))
                            && matches!(item.kind, Kind::Port(_));
                        if !own {
                            out.push((this, g));
                        }
                        g = self.nest.parent[g as usize];
                    }
                }
            }
            if let Some(feet) = chain.feet
                && let Some(end) = feet.iter().position(|f| matches!(f, Foot::Inner(_)))
                && let Foot::Inner(g) = feet[end]
                && let Some(&last) = if end == 1 { chain.items.last() } else { chain.items.first() }
            {
                // The leg to the wall leaves all groups between.
                let mut inner = self.item(last).region;
                while inner != g && inner != ROOT {
                    if edge(inner) == self.item(last).row {
                        out.push((last, inner));
                    }
                    inner = self.nest.parent[inner as usize];
                }
                out.push((last, g));
            }
        }
        for (b, side) in self.nest.border.iter().enumerate() {
            if *side == Some(if below == 1 { Side::Bottom } else { Side::Top }) {
                out.push((b as ItemId, self.nest.home[b]));
            }
        }
        out
    }

    /// The walls of the drawing itself hold everything, and a price for being wide.
    pub(super) fn page(&mut self) {
        let (left, right) = (self.left(ROOT), self.right(ROOT));
        for g in (1..self.nest.len() as u32).filter(|&g| self.nest.parent[g as usize] == ROOT) {
            self.apart(left, self.left(g), 0.0);
            self.apart(self.right(g), right, 0.0);
        }
        for (i, item) in (0..).zip(&self.rows.items).filter(|(_, item)| item.region == ROOT) {
            self.apart(left, self.var[i as usize], item.left);
            self.apart(self.var[i as usize], right, item.right);
        }
        self.edges.push(Edge { from: left, to: right, len: 0, weight: PAGE });
    }

    /// Least widths of groups: their titles must fit; and a small price for being wide.
    pub(super) fn widths(&mut self) {
        let legs = self.legs_at_walls();
        for (g, node) in self.graph.groups.iter().enumerate() {
            let (from, to) = (self.left(g as u32 + 1), self.right(g as u32 + 1));
            let title = if self.strip.is_left() { self.strip_of(g as u32 + 1) } else { node.title.w };
            let least = (title + self.spacing.track + legs[g + 1]).max(2.0 * self.spacing.padding);
            self.edges.push(Edge { from, to, len: units(least), weight: 1 });
        }
    }

    /// Room that the title of each group along its upper or lower wall leaves for the legs of boxes astride the left wall, which stand in its corner.
    fn legs_at_walls(&self) -> Vec<f64> {
        let mut room = vec![0.0f64; self.nest.len()];
        for (b, side) in self.nest.border.iter().enumerate() {
            let reach = self.port_reach[b];
            if *side == Some(Side::Left) && reach > 0.0 && !self.strip.is_left() {
                let own = &mut room[self.nest.home[b] as usize];
                *own = own.max(reach + self.spacing.track);
            }
        }
        room
    }
}
