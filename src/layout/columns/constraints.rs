//! What must hold across the flow: items apart, groups around their members and clear of strangers, titles free.

use super::super::nest::ROOT;
use super::super::orient::Strip;
use super::super::rows::{Foot, Item, ItemId, Joint, Kind};
use super::super::simplex::Edge;
use super::super::{Side, TitlePlace};
use super::{System, units};

/// What a wider drawing costs, for each unit of width: as much as a link between two boxes that many of them long.
const PAGE: i32 = 1;

/// What two neighbours in a row are, as far as their distance goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Box,
    Thin,
    Label,
    Open,
    Close,
}

impl<'a> System<'a> {
    fn gap(&self, a: Token, b: Token) -> f64 {
        use Token::{Box, Close, Label, Open, Thin};
        let s = self.spacing;
        match (a, b) {
            (Open, Open) | (Close, Close) | (Open, Box | Label) | (Box | Label, Close) => s.padding,
            // The padding of groups keeps what is in them apart already.
            (Box, Box) => s.within,
            (Close, Open) => s.within / 2.0,
            (Box, Open) | (Close, Box) => 0.75 * s.within,
            (Open, Close) => 2.0 * s.padding,
            (Label, _) | (_, Label) | (Thin, _) | (_, Thin) => s.track,
        }
    }

    /// Distances between neighbours in every row.
    pub(super) fn neighbours(&mut self) {
        for r in 0..self.rows.rows.len() {
            // What stands to the left: variable, distance of its edge from it, kind, margin.
            let mut before: Vec<(u32, f64, Token, f64)> = Vec::new();
            let mut open: Vec<u32> = Vec::new();
            // Boxes astride a right wall: they keep distance to what comes after their group.
            let mut astride: Vec<(u32, f64, Token, f64)> = Vec::new();
            let mut ports: Vec<(u32, u32)> = Vec::new();
            let mut legs: [Option<(u32, f64, bool)>; 2] = [None; 2];
            // What stands before the group that was opened last.
            let mut outer: Vec<(u32, f64, Token, f64)> = Vec::new();
            let rows = self.rows;
            for &i in &rows.rows[r] {
                let item = self.item(i);
                self.switch_groups(item.region, &mut open, &mut before, &mut astride, &mut outer);
                let margin = if let Kind::Box(b) = item.kind { self.box_margin[b as usize] } else { 0.0 };
                if let Kind::Port(link) = item.kind {
                    if let Some(before) = ports.iter().find(|p| p.1 == link).map(|p| p.0) {
                        // A loop of the group: its label stands between its two ends.
                        let label = self.graph.links[link as usize].label.map_or(0.0, |s| s.w);
                        self.apart(before, i, label + 2.0 * self.spacing.track);
                    }
                    ports.push((i, link));
                }
                // Ports take no room in their row, but their legs keep away from the legs of others on the same side of the row.
                for (before, _) in legs.iter_mut().zip(self.legs[i as usize]).filter(|(_, has)| *has) {
                    let port = matches!(item.kind, Kind::Port(_));
                    let reach = self.leg_reach(i);
                    if let Some((before, other, was_port)) = *before
                        && (port || was_port)
                    {
                        self.apart(before, self.var[i as usize], other + reach + self.spacing.track);
                    }
                    *before = Some((self.var[i as usize], reach, port));
                }
                match item.kind {
                    Kind::Port(_) if !self.astride(item) => {
                        let (left, right) = (self.left(item.region), self.right(item.region));
                        self.apart(left, i, self.spacing.track + self.strip_of(item.region));
                        self.apart(i, right, self.spacing.track);
                    }
                    Kind::Void if !matches!(before.last(), Some(b) if b.2 == Token::Open) => {}
                    Kind::Box(b) if self.nest.border[b as usize] == Some(Side::Left) => {
                        let wall = self.left(item.region);
                        let outside = std::mem::take(&mut outer);
                        self.after(&outside, wall, item.left, Token::Box, margin);
                        // What comes next keeps clear of it, and of the title along the wall.
                        before.push((wall, item.right, Token::Box, margin));
                    }
                    Kind::Box(b) if self.nest.border[b as usize] == Some(Side::Right) => {
                        let wall = self.right(item.region);
                        self.after(&before, wall, item.left, Token::Box, margin);
                        astride.push((wall, item.right, Token::Box, margin));
                    }
                    kind => {
                        let token = match kind {
                            Kind::Box(_) => Token::Box,
                            _ if item.label => Token::Label,
                            Kind::Void => Token::Box,
                            _ => Token::Thin,
                        };
                        self.after(&before, i, item.left, token, margin);
                        before.clear();
                        before.push((i, item.right, token, margin));
                    }
                }
            }
            self.switch_groups(ROOT, &mut open, &mut before, &mut astride, &mut outer);
        }
    }

    /// Whether an item stands in a row whose line is a wall of its own group: there even a port must keep clear of the boxes astride that wall.
    fn astride(&self, item: &Item) -> bool {
        let g = item.region as usize;
        let rows = self.rows;
        (rows.astride_top[g] && rows.top[g] == item.row) || (rows.astride_bottom[g] && rows.bottom[g] == item.row)
    }

    /// How far from its reference point the legs of an item stand.
    fn leg_reach(&self, i: ItemId) -> f64 {
        match self.item(i).kind {
            Kind::Box(_) => self.port_reach[i as usize],
            _ => self.item(i).right,
        }
    }

    fn after(&mut self, before: &[(u32, f64, Token, f64)], to: u32, left: f64, token: Token, margin: f64) {
        for &(from, right, kind, other) in before {
            self.apart(from, to, right + left + self.gap(kind, token) + margin.max(other));
        }
    }

    /// Closes and opens groups on the way to `region`.
    fn switch_groups(
        &mut self,
        region: u32,
        open: &mut Vec<u32>,
        before: &mut Vec<(u32, f64, Token, f64)>,
        astride: &mut Vec<(u32, f64, Token, f64)>,
        outer: &mut Vec<(u32, f64, Token, f64)>,
    ) {
        while let Some(&g) = open.last() {
            if self.nest.holds(g, region) {
                break;
            }
            open.pop();
            let margin = self.group_margin[g as usize];
            self.after(before, self.right(g), 0.0, Token::Close, 0.0);
            before.clear();
            before.push((self.right(g), 0.0, Token::Close, margin));
            before.append(astride);
        }
        let around = open.last().copied().unwrap_or(ROOT);
        let opened = open.len();
        let mut g = region;
        while g != ROOT && g != around {
            open.push(g);
            g = self.nest.parent[g as usize];
        }
        open[opened..].reverse();
        for &g in &open[opened..] {
            let margin = self.group_margin[g as usize];
            self.after(before, self.left(g), 0.0, Token::Open, margin);
            outer.clone_from(before);
            before.clear();
            before.push((self.left(g), self.strip_of(g), Token::Open, 0.0));
        }
    }

    /// Room along the left wall of a group that its title takes.
    fn strip_of(&self, g: u32) -> f64 {
        if self.strip.is_left() && g != ROOT {
            self.spacing.title.max(self.graph.groups[g as usize - 1].title.w)
        } else {
            0.0
        }
    }

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
