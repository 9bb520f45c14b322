//! Distances between neighbours in a row: items, walls and the legs of links.

use super::super::nest::ROOT;
use super::super::rows::{Item, ItemId, Kind};
use super::super::{Side, Spacing};
use super::System;

/// What two neighbours in a row are, as far as their distance goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Box,
    Thin,
    Label,
    Open,
    Close,
}

impl Token {
    /// The distance to what comes next.
    fn gap(self, next: Self, s: &Spacing) -> f64 {
        use Token::{Box, Close, Label, Open, Thin};
        match (self, next) {
            (Open, Open) | (Close, Close) | (Open, Box | Label) | (Box | Label, Close) => s.padding,
            // The padding of groups keeps what is in them apart already.
            (Box, Box) => s.within,
            (Close, Open) => s.within / 2.0,
            (Box, Open) | (Close, Box) => 0.75 * s.within,
            (Open, Close) => 2.0 * s.padding,
            (Label, _) | (_, Label) | (Thin, _) | (_, Thin) => s.track,
        }
    }
}

/// What stands in a row to the left of what comes next.
#[derive(Debug, Clone, Copy)]
struct Stand {
    variable: u32,
    /// How far it reaches to the right of its variable.
    reach: f64,
    token: Token,
    /// The least distance to the next one.
    margin: f64,
}

/// A row that is walked through from left to right.
#[derive(Debug, Default)]
struct Walk {
    /// What stands to the left.
    before: Vec<Stand>,
    /// The groups around this place, outer ones first.
    open: Vec<u32>,
    /// Boxes astride a right wall: they keep distance to what comes after their group.
    astride: Vec<Stand>,
    /// What stands before the group that was opened last.
    outer: Vec<Stand>,
    /// Ports so far, each with its link.
    ports: Vec<(ItemId, u32)>,
    /// On each side of the row the last leg: its variable, its reach, and whether it is that of a port.
    legs: [Option<(u32, f64, bool)>; 2],
}

impl Walk {
    /// From here on, this is all that stands to the left.
    fn pass(&mut self, stand: Stand) {
        self.before.clear();
        self.before.push(stand);
    }
}

impl System<'_> {
    /// Distances between neighbours in every row.
    pub(super) fn neighbours(&mut self) {
        let rows = self.rows;
        for row in &rows.rows {
            let mut walk = Walk::default();
            for &i in row {
                self.switch_groups(&mut walk, self.item(i).region);
                self.keep_legs_apart(&mut walk, i);
                self.keep_apart(&mut walk, i);
            }
            self.switch_groups(&mut walk, ROOT);
        }
    }

    /// Ports take no room in their row, but their legs keep away from the legs of others on the same side of the row, and the two of a loop from each other.
    fn keep_legs_apart(&mut self, walk: &mut Walk, i: ItemId) {
        let kind = self.item(i).kind;
        if let Kind::Port(link) = kind {
            if let Some(&(before, _)) = walk.ports.iter().find(|p| p.1 == link) {
                // A loop of the group: its label stands between its two ends.
                let label = self.graph.links[link as usize].label.map_or(0.0, |s| s.w);
                self.apart(before, i, label + 2.0 * self.spacing.track);
            }
            walk.ports.push((i, link));
        }
        let (port, reach) = (matches!(kind, Kind::Port(_)), self.leg_reach(i));
        for (before, _) in walk.legs.iter_mut().zip(self.legs[i as usize]).filter(|(_, has)| *has) {
            if let Some((before, other, was_port)) = *before
                && (port || was_port)
            {
                self.apart(before, self.var[i as usize], other + reach + self.spacing.track);
            }
            *before = Some((self.var[i as usize], reach, port));
        }
    }

    /// Keeps an item apart from what stands before it.
    fn keep_apart(&mut self, walk: &mut Walk, i: ItemId) {
        let item = self.item(i);
        let (wall_left, wall_right) = (self.left(item.region), self.right(item.region));
        let margin = if let Kind::Box(b) = item.kind { self.box_margin[b as usize] } else { 0.0 };
        let stand = |variable, token| Stand { variable, reach: item.right, token, margin };
        match item.kind {
            Kind::Port(_) if !self.astride(item) => {
                self.apart(wall_left, i, self.spacing.track + self.strip_of(item.region));
                self.apart(i, wall_right, self.spacing.track);
            }
            Kind::Void if !matches!(walk.before.last(), Some(b) if b.token == Token::Open) => {}
            Kind::Box(b) if self.nest.border[b as usize] == Some(Side::Left) => {
                let outside = std::mem::take(&mut walk.outer);
                self.after(&outside, wall_left, item.left, Token::Box, margin);
                // What comes next keeps clear of it, and of the title along the wall.
                walk.before.push(stand(wall_left, Token::Box));
            }
            Kind::Box(b) if self.nest.border[b as usize] == Some(Side::Right) => {
                self.after(&walk.before, wall_right, item.left, Token::Box, margin);
                walk.astride.push(stand(wall_right, Token::Box));
            }
            kind => {
                let token = match kind {
                    Kind::Box(_) => Token::Box,
                    _ if item.label => Token::Label,
                    Kind::Void => Token::Box,
                    _ => Token::Thin,
                };
                self.after(&walk.before, i, item.left, token, margin);
                walk.pass(stand(i, token));
            }
        }
    }

    /// Whether an item stands in a row whose line is a wall of its own group: there even a port must keep clear of the boxes astride that wall.
    fn astride(&self, item: &Item) -> bool {
        let g = item.region as usize;
        let rows = self.rows;
        (rows.astride_top[g] && rows.top[g] == item.row) || (rows.astride_bottom[g] && rows.bottom[g] == item.row)
    }

    /// How far from its reference point the legs of an item stand.
    pub(super) fn leg_reach(&self, i: ItemId) -> f64 {
        match self.item(i).kind {
            Kind::Box(_) => self.port_reach[i as usize],
            _ => self.item(i).right,
        }
    }

    /// Keeps what reaches `left` beyond its variable apart from all that stands before it.
    fn after(&mut self, before: &[Stand], to: u32, left: f64, token: Token, margin: f64) {
        for b in before {
            self.apart(b.variable, to, b.reach + left + b.token.gap(token, self.spacing) + margin.max(b.margin));
        }
    }

    /// Closes and opens groups on the way to `region`.
    fn switch_groups(&mut self, walk: &mut Walk, region: u32) {
        while let Some(&g) = walk.open.last() {
            if self.nest.holds(g, region) {
                break;
            }
            walk.open.pop();
            let (variable, margin) = (self.right(g), self.group_margin[g as usize]);
            self.after(&walk.before, variable, 0.0, Token::Close, 0.0);
            walk.pass(Stand { variable, reach: 0.0, token: Token::Close, margin });
            walk.before.append(&mut walk.astride);
        }
        let around = walk.open.last().copied().unwrap_or(ROOT);
        let opened = walk.open.len();
        let mut g = region;
        while g != ROOT && g != around {
            walk.open.push(g);
            g = self.nest.parent[g as usize];
        }
        walk.open[opened..].reverse();
        for k in opened..walk.open.len() {
            let g = walk.open[k];
            let variable = self.left(g);
            self.after(&walk.before, variable, 0.0, Token::Open, self.group_margin[g as usize]);
            walk.outer.clone_from(&walk.before);
            walk.pass(Stand { variable, reach: self.strip_of(g), token: Token::Open, margin: 0.0 });
        }
    }

    /// Room along the left wall of a group that its title takes.
    pub(super) fn strip_of(&self, g: u32) -> f64 {
        if self.strip.is_left() && g != ROOT {
            self.spacing.title.max(self.graph.groups[g as usize - 1].title.w)
        } else {
            0.0
        }
    }
}
