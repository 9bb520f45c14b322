//! Columns: the coordinate across the flow of every item and of every group's two walls.
//!
//! One system of distances over the whole drawing, solved by the network simplex (Gansner et al. 1993): neighbours in a row keep their distance, groups
//! hold what is inside and keep out what is not; the price is the sideways offset of links, most of all of long ones. Too large systems are solved by
//! passes that move each variable to the median of its neighbours within its bounds.

use super::adjacent::Adjacent;
use super::nest::{Nest, ROOT, inner};
use super::orient::Strip;
use super::ports::Ports;
use super::rows::{Chain, Foot, Item, ItemId, Joint, Kind, Rows};
use super::simplex::{self, Edge};
use super::{Graph, Link, Member, Side, Spacing, TitlePlace};
use std::collections::{BTreeMap, BTreeSet};

/// Units per pixel: positions are whole numbers of quarter pixels.
const SCALE: f64 = 4.0;
/// Above this many variables the system is solved by passes.
const EXACT: usize = 2500;

/// Positions across the flow, in pixels.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Reference point of each item.
    pub(super) item: Vec<f64>,
    /// Left wall of each group.
    pub(super) left: Vec<f64>,
    /// Right wall of each group.
    pub(super) right: Vec<f64>,
}

/// How carefully to solve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Everything as far left as it goes: enough to judge distances.
    Leftmost,
    /// The real thing.
    Full,
}

/// Places everything across the flow.
pub(super) fn columns(
    graph: &Graph,
    nest: &Nest,
    rows: &Rows,
    ports: &Ports,
    spacing: &Spacing,
    strip: Strip,
    effort: Effort,
) -> Columns {
    let mut system = System::new(graph, nest, rows, ports, spacing, strip);
    system.neighbours();
    system.titles();
    system.widths();
    let Some(mut x) = system.equal_widths() else {
        // Rows that keep groups together and on one side of each other never form a cycle.
        debug_assert!(false, "columns form a cycle");
        return system.read(&vec![0; system.n]);
    };
    if effort == Effort::Full {
        let separations = system.edges.len();
        system.links();
        if system.n + system.pulls.len() <= EXACT {
            x = system.exact(x);
        } else {
            x = system.passes(x, separations);
        }
        system.centre(&mut x);
    }
    system.read(&x)
}

/// A pull between two variables: `weight * |x(a) + offset - x(b)|`.
#[derive(Debug, Clone, Copy)]
struct Pull {
    a: u32,
    b: u32,
    offset: i64,
    weight: i64,
    /// The variable that is the hub of a fan: links from one member to several of one class, over whose middle it stands.
    hub: Option<u32>,
}

struct System<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    rows: &'a Rows,
    ports: &'a Ports,
    spacing: &'a Spacing,
    strip: Strip,
    n: usize,
    /// Variable of each item.
    var: Vec<u32>,
    edges: Vec<Edge>,
    pulls: Vec<Pull>,
    /// Room that outlines need beside members of spans, by box and by group of the nest.
    box_margin: Vec<f64>,
    group_margin: Vec<f64>,
    /// Greatest distance of a port from the middle of each box.
    port_reach: Vec<f64>,
}

/// What two neighbours in a row are, as far as their distance goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Box,
    Thin,
    Label,
    Open,
    Close,
}

/// For each end of each link whether it is the hub of a fan: a member with links to at least two of one class, itself outside it.
fn fans(graph: &Graph) -> Vec<[bool; 2]> {
    let mut class_of: BTreeMap<Member, usize> = BTreeMap::new();
    for (c, class) in graph.classes.iter().enumerate() {
        class_of.extend(class.iter().map(|m| (*m, c)));
    }
    let hub = |l: &Link, end: usize| {
        let (own, other) = if end == 0 { (l.from, l.to) } else { (l.to, l.from) };
        let class = class_of.get(&other)?;
        (class_of.get(&own) != Some(class)).then_some((own, *class))
    };
    let mut reached: BTreeMap<(Member, usize), BTreeSet<Member>> = BTreeMap::new();
    for l in &graph.links {
        for (end, other) in [(0, l.to), (1, l.from)] {
            if let Some(key) = hub(l, end) {
                reached.entry(key).or_default().insert(other);
            }
        }
    }
    let is_hub = |l: &Link, end| hub(l, end).is_some_and(|key| reached.get(&key).is_some_and(|r| r.len() > 1));
    graph.links.iter().map(|l| [is_hub(l, 0), is_hub(l, 1)]).collect()
}

fn units(pixels: f64) -> i64 {
    libm::ceil(pixels * SCALE - 1e-6) as i64
}

impl<'a> System<'a> {
    fn new(
        graph: &'a Graph,
        nest: &'a Nest,
        rows: &'a Rows,
        ports: &'a Ports,
        spacing: &'a Spacing,
        strip: Strip,
    ) -> Self {
        let items = rows.items.len();
        let mut var: Vec<u32> = (0..items as u32).collect();
        for (b, side) in nest.border.iter().enumerate() {
            match side {
                Some(Side::Left) => var[b] = items as u32 + 2 * nest.home[b],
                Some(Side::Right) => var[b] = items as u32 + 2 * nest.home[b] + 1,
                _ => {}
            }
        }
        let (mut box_margin, mut group_margin) = (vec![0.0; graph.boxes.len()], vec![0.0; nest.len()]);
        for (m, span) in graph.spans.iter().flat_map(|s| s.members.iter().map(move |m| (m, s))) {
            let room = spacing.track + if strip.is_left() { span.title.w } else { 0.0 };
            match *m {
                Member::Box(b) => box_margin[b.at()] += room,
                Member::Group(g) => group_margin[inner(g) as usize] += room,
            }
        }
        let mut port_reach = vec![0.0f64; items];
        for (chain, offsets) in rows.chains.iter().zip(&ports.offset) {
            for (item, offset) in [(chain.items.first(), offsets[0]), (chain.items.last(), offsets[1])] {
                if let Some(&i) = item {
                    port_reach[i as usize] = port_reach[i as usize].max(offset.abs());
                }
            }
        }
        Self {
            graph,
            nest,
            rows,
            ports,
            port_reach,
            spacing,
            strip,
            n: items + 2 * nest.len(),
            var,
            edges: Vec::new(),
            pulls: Vec::new(),
            box_margin,
            group_margin,
        }
    }

    fn left(&self, g: u32) -> u32 {
        self.rows.items.len() as u32 + 2 * g
    }

    fn right(&self, g: u32) -> u32 {
        self.left(g) + 1
    }

    fn apart(&mut self, from: u32, to: u32, pixels: f64) {
        if from != to {
            self.edges.push(Edge { from, to, len: units(pixels), weight: 0 });
        }
    }

    fn item(&self, i: ItemId) -> &'a Item {
        &self.rows.items[i as usize]
    }

    fn gap(&self, a: Token, b: Token) -> f64 {
        use Token::{Box, Close, Label, Open, Thin};
        let s = self.spacing;
        match (a, b) {
            (Open, Open) | (Close, Close) | (Open, Box | Label) | (Box | Label, Close) => s.padding,
            (Box | Close, Box | Open) => s.within,
            (Open, Close) => 2.0 * s.padding,
            (Label, _) | (_, Label) | (Thin, _) | (_, Thin) => s.track,
        }
    }

    /// Distances between neighbours in every row.
    fn neighbours(&mut self) {
        for r in 0..self.rows.rows.len() {
            // What stands to the left: variable, distance of its edge from it, kind, margin.
            let mut before: Vec<(u32, f64, Token, f64)> = Vec::new();
            let mut open: Vec<u32> = Vec::new();
            // Boxes astride a right wall: they keep distance to what comes after their group.
            let mut astride: Vec<(u32, f64, Token, f64)> = Vec::new();
            let mut ports: Vec<(u32, u32)> = Vec::new();
            let mut leg: Option<(u32, f64, bool)> = None;
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
                // Ports take no room in their row, but their legs keep away from the legs of others.
                if item.kind != Kind::Void {
                    let port = matches!(item.kind, Kind::Port(_));
                    let reach = self.leg_reach(i);
                    if let Some((before, other, was_port)) = leg
                        && (port || was_port)
                    {
                        self.apart(before, self.var[i as usize], other + reach + self.spacing.track);
                    }
                    leg = Some((self.var[i as usize], reach, port));
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
                        before = vec![(i, item.right, token, margin)];
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
            *before = vec![(self.right(g), 0.0, Token::Close, margin)];
            before.append(astride);
        }
        let mut opening = Vec::new();
        let mut g = region;
        while g != ROOT && open.last() != Some(&g) {
            opening.push(g);
            g = self.nest.parent[g as usize];
        }
        for g in opening.into_iter().rev() {
            open.push(g);
            let margin = self.group_margin[g as usize];
            self.after(before, self.left(g), 0.0, Token::Open, margin);
            outer.clone_from(before);
            *before = vec![(self.left(g), self.strip_of(g), Token::Open, 0.0)];
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
    fn titles(&mut self) {
        if self.strip.is_left() {
            return;
        }
        let mut entering: Vec<Vec<u32>> = vec![Vec::new(); self.nest.len()];
        for (i, g) in self.entries() {
            entering[g as usize].push(i);
        }
        for (g, node) in self.graph.groups.iter().enumerate() {
            let group = g as u32 + 1;
            let mut legs = std::mem::take(&mut entering[group as usize]);
            legs.sort_unstable();
            legs.dedup();
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
                    Some(&leg) => 2.0 * (room + self.leg_reach(leg)),
                    None => room,
                };
                self.apart(left, right, least + self.spacing.track);
                continue;
            }
            for leg in legs {
                let item = self.item(leg);
                let (own, left) = (self.var[leg as usize], self.left(group));
                let reach = match item.kind {
                    Kind::Box(b) if self.nest.border[b as usize].is_some() => item.left,
                    _ => self.leg_reach(leg) + self.spacing.track,
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

    /// Least widths of groups: their titles must fit; and a small price for being wide.
    fn widths(&mut self) {
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

    /// The leftmost solution in which the groups of each class have one width; then the widths are fixed.
    fn equal_widths(&mut self) -> Option<Vec<i64>> {
        let classes: Vec<Vec<u32>> = self
            .graph
            .classes
            .iter()
            .map(|c| c.iter().filter_map(|m| if let Member::Group(g) = m { Some(inner(*g)) } else { None }).collect())
            .filter(|c: &Vec<u32>| c.len() > 1)
            .collect();
        let mut fixed = vec![0i64; classes.len()];
        loop {
            let x = simplex::longest_path(self.n, &self.edges)?;
            let mut changed = false;
            for (class, fixed) in classes.iter().zip(&mut fixed) {
                let width = |g: u32| x[self.right(g) as usize] - x[self.left(g) as usize];
                let widest = class.iter().map(|&g| width(g)).max().unwrap_or(0);
                if class.iter().any(|&g| width(g) < widest) || widest > *fixed {
                    changed |= class.iter().any(|&g| width(g) < widest);
                    *fixed = widest;
                    for &g in class {
                        let (from, to) = (self.left(g), self.right(g));
                        self.edges.push(Edge { from, to, len: widest, weight: 0 });
                    }
                }
            }
            if !changed {
                for (class, &width) in classes.iter().zip(&fixed) {
                    for &g in class {
                        let (from, to) = (self.right(g), self.left(g));
                        self.edges.push(Edge { from, to, len: -width, weight: 0 });
                    }
                }
                return Some(x);
            }
        }
    }

    /// How far from a hanging label's middle the leg of a joint stands: see [`super::ports::leg`].
    fn hang(&self, chain: &Chain, at: usize, joint: usize) -> f64 {
        let (Some(before), Some(after)) = (at.checked_sub(1).map(|k| chain.joints[k]), chain.joints.get(at)) else {
            return 0.0;
        };
        let item = self.item(chain.items[at]);
        if !item.label || before != *after || before == Joint::Row {
            return 0.0;
        }
        let place = |i: ItemId| self.rows.rows[self.item(i).row as usize].iter().position(|&j| j == i);
        let first_is_left = place(chain.items[at - 1]) <= place(chain.items[at + 1]);
        let reach = (item.left - 1.0).max(0.0);
        if (joint < at) == first_is_left { -reach } else { reach }
    }

    /// The pulls of links: dear where a long link would bend between two passes.
    fn links(&mut self) {
        let fans = fans(self.graph);
        for (l, chain) in self.rows.chains.iter().enumerate() {
            let n = chain.items.len();
            let boost = libm::round(self.graph.links[l].weight * 2.0).clamp(1.0, 100.0) as i64;
            for (k, joint) in chain.joints.iter().enumerate() {
                let (i, j) = (chain.items[k], chain.items[k + 1]);
                let thin = |i: ItemId| i64::from(matches!(self.item(i).kind, Kind::Pass(_)));
                let weight = boost * [1, 3, 8][(thin(i) + thin(j)) as usize];
                let port = |at: usize, end: usize| {
                    if at == 0 && end == 0 || at == n - 1 && end == 1 { self.ports.offset[l][end] } else { 0.0 }
                };
                let (mut a, mut b) = (port(k, 0) + self.hang(chain, k, k), port(k + 1, 1) + self.hang(chain, k + 1, k));
                if let Joint::Row = joint {
                    (a, b) = (0.0, 0.0);
                }
                let offset = libm::round((a - b) * SCALE) as i64;
                let (a, b) = (self.var[i as usize], self.var[j as usize]);
                if a != b {
                    let hub = (k == 0 && fans[l][0]).then_some(a).or((k + 2 == n && fans[l][1]).then_some(b));
                    self.pulls.push(Pull { a, b, offset, weight, hub });
                }
            }
        }
    }

    /// Solves with one helper variable for each pull.
    fn exact(&self, x: Vec<i64>) -> Vec<i64> {
        let mut edges = self.edges.clone();
        let mut start = x;
        for p in &self.pulls {
            // helper <= a + offset and helper <= b: the price of both gaps is the offset between the ends.
            let helper = start.len() as u32;
            start.push((start[p.a as usize] + p.offset).min(start[p.b as usize]));
            edges.push(Edge { from: helper, to: p.a, len: -p.offset, weight: p.weight });
            edges.push(Edge { from: helper, to: p.b, len: 0, weight: p.weight });
        }
        let budget = 40 * start.len() + 1000;
        let mut x = simplex::improve(&edges, start, budget);
        x.truncate(self.n);
        x
    }

    /// Moves variables one by one to the weighted median of what pulls at them, from the far side first, a fixed number of times.
    fn passes(&self, mut x: Vec<i64>, separations: usize) -> Vec<i64> {
        let edges = &self.edges[..separations];
        let forward: Vec<Edge> = edges.iter().copied().filter(|e| e.len >= 0).collect();
        let Some(order) = simplex::topological(self.n, &forward) else { return x };
        let near = Near::new(self, edges);
        for pass in 0..8 {
            let visit = |v: u32, x: &mut Vec<i64>| {
                let (low, high) = near.bounds(v, x);
                let goal = near.goal(v, x, self);
                if let Some(goal) = goal {
                    x[v as usize] = goal.clamp(low, high.max(low));
                }
            };
            if pass % 2 == 0 {
                order.iter().rev().for_each(|&v| visit(v, &mut x));
            } else {
                order.iter().for_each(|&v| visit(v, &mut x));
            }
        }
        x
    }

    /// Where the price leaves a choice, things go to the middle of it: a box over two others stands between them, one without links in the middle of its
    /// group. Straight links move as one, and links that nearly are become straight.
    fn centre(&self, x: &mut [i64]) {
        let near = Near::new(self, &self.edges);
        self.straighten(&near, x);
        for _ in 0..3 {
            let blocks = self.blocks(x);
            for block in blocks {
                self.centre_block(&block, &near, x);
            }
        }
        self.straighten(&near, x);
    }

    /// Takes small jogs out, the smallest first: the blocks on either side of a link's bend move together if that costs little elsewhere.
    fn straighten(&self, near: &Near, x: &mut [i64]) {
        const SMALL: i64 = 24 * SCALE as i64;
        let mut jogs: Vec<(i64, u32)> = (0..self.pulls.len() as u32)
            .filter(|&k| self.pulls[k as usize].hub.is_none())
            .map(|k| {
                let p = self.pulls[k as usize];
                ((x[p.a as usize] + p.offset - x[p.b as usize]).abs(), k)
            })
            .filter(|j| j.0 > 0 && j.0 <= SMALL)
            .collect();
        jogs.sort_unstable();
        let mut block_of: Vec<u32> = vec![u32::MAX; self.n];
        let mut blocks = self.blocks(x);
        for (k, block) in blocks.iter().enumerate() {
            block.iter().for_each(|&v| block_of[v as usize] = k as u32);
        }
        for (_, k) in jogs {
            let p = self.pulls[k as usize];
            let jog = x[p.a as usize] + p.offset - x[p.b as usize];
            let (a, b) = (block_of[p.a as usize], block_of[p.b as usize]);
            if jog == 0 || a == b || a == u32::MAX || b == u32::MAX {
                continue;
            }
            let options = [(b, jog), (a, -jog)]
                .map(|(block, shift)| (self.shift_price(&blocks[block as usize], shift, near, x), block, shift));
            let best = options.into_iter().filter_map(|(price, block, shift)| price.map(|p| (p, block, shift))).min();
            // The smaller a jog, the more it looks like a mistake, and the less it costs to mend.
            let worth = if jog.abs() <= SMALL / 3 { 24 } else { 6 };
            let Some((_, block, shift)) = best.filter(|o| o.0 <= worth * jog.abs()) else { continue };
            blocks[block as usize].iter().for_each(|&v| x[v as usize] += shift);
            let moved = std::mem::take(&mut blocks[a as usize]);
            moved.iter().for_each(|&v| block_of[v as usize] = b);
            blocks[b as usize].extend(moved);
            blocks[b as usize].sort_unstable();
        }
    }

    /// What moving a block costs; `None` if something is in the way.
    fn shift_price(&self, block: &[u32], shift: i64, near: &Near, x: &[i64]) -> Option<i64> {
        let inside = |v: u32| block.binary_search(&v).is_ok();
        let mut price = 0;
        for &v in block {
            let at = x[v as usize] + shift;
            for &k in near.edges_of(v) {
                let e = near.edges[k as usize];
                let kept = (e.from != v || inside(e.to) || x[e.to as usize] - at >= e.len)
                    && (e.to != v || inside(e.from) || at - x[e.from as usize] >= e.len);
                if !kept {
                    return None;
                }
            }
            for &k in near.pulls_of(v) {
                let p = self.pulls[k as usize];
                let (other, offset) = if p.a == v { (p.b, p.offset) } else { (p.a, -p.offset) };
                if !inside(other) {
                    let gap = |from: i64| (from + offset - x[other as usize]).abs();
                    price += p.weight * (gap(at) - gap(x[v as usize]));
                }
            }
        }
        Some(price)
    }

    /// Items joined by straight links.
    fn blocks(&self, x: &[i64]) -> Vec<Vec<u32>> {
        let mut leader: Vec<u32> = (0..self.n as u32).collect();
        fn find(leader: &mut [u32], mut v: u32) -> u32 {
            while leader[v as usize] != v {
                leader[v as usize] = leader[leader[v as usize] as usize];
                v = leader[v as usize];
            }
            v
        }
        for p in &self.pulls {
            if p.hub.is_none() && x[p.a as usize] + p.offset == x[p.b as usize] {
                let (a, b) = (find(&mut leader, p.a), find(&mut leader, p.b));
                leader[a.max(b) as usize] = a.min(b);
            }
        }
        let mut blocks = vec![Vec::new(); self.n];
        for v in 0..self.rows.items.len() as u32 {
            if self.var[v as usize] == v {
                blocks[find(&mut leader, v) as usize].push(v);
            }
        }
        blocks.retain(|b| !b.is_empty());
        blocks
    }

    fn centre_block(&self, block: &[u32], near: &Near, x: &mut [i64]) {
        let inside = |v: u32| block.binary_search(&v).is_ok();
        let (mut low, mut high) = (i64::MIN / 2, i64::MAX / 2);
        // Slopes of the price as the block moves: a list of (shift, weight) where a pull changes its sign.
        let mut turns: Vec<(i64, i64)> = Vec::new();
        let mut fan = Vec::new();
        for &v in block {
            for &k in near.edges_of(v) {
                let e = near.edges[k as usize];
                if e.from == v && !inside(e.to) {
                    high = high.min(x[e.to as usize] - x[v as usize] - e.len);
                } else if e.to == v && !inside(e.from) {
                    low = low.max(x[e.from as usize] + e.len - x[v as usize]);
                }
            }
            for &k in near.pulls_of(v) {
                let p = self.pulls[k as usize];
                let turn = if p.a == v && !inside(p.b) {
                    x[p.b as usize] - p.offset - x[v as usize]
                } else if p.b == v && !inside(p.a) {
                    x[p.a as usize] + p.offset - x[v as usize]
                } else {
                    continue;
                };
                if p.hub == Some(v) {
                    fan.push((turn, 1));
                } else {
                    turns.push((turn, p.weight));
                }
            }
        }
        // The middle of a fan counts before everything else.
        if !fan.is_empty() {
            turns = fan;
        }
        let goal = if turns.is_empty() {
            if block.len() > 1 || low <= i64::MIN / 4 || high >= i64::MAX / 4 {
                return;
            }
            (low + high) / 2
        } else {
            turns.sort_unstable();
            let total: i64 = turns.iter().map(|t| t.1).sum();
            let (mut sum, mut first, mut last) = (0, None, None);
            for &(shift, weight) in &turns {
                sum += weight;
                if 2 * sum >= total && first.is_none() {
                    first = Some(shift);
                }
                if 2 * sum > total && last.is_none() {
                    last = Some(shift);
                }
            }
            let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
            (first + last) / 2
        };
        if low > high {
            return;
        }
        let shift = goal.clamp(low, high);
        block.iter().for_each(|&v| x[v as usize] += shift);
    }

    fn read(&self, x: &[i64]) -> Columns {
        let at = |v: u32| x[v as usize] as f64 / SCALE;
        Columns {
            item: self.var.iter().map(|&v| at(v)).collect(),
            left: (0..self.nest.len() as u32).map(|g| at(self.left(g))).collect(),
            right: (0..self.nest.len() as u32).map(|g| at(self.right(g))).collect(),
        }
    }
}

/// Edges and pulls by variable.
struct Near<'a> {
    edges: &'a [Edge],
    at_edges: Adjacent,
    at_pulls: Adjacent,
}

impl<'a> Near<'a> {
    fn new(system: &System, edges: &'a [Edge]) -> Self {
        let at_edges = simplex::incident(system.n, edges);
        let ends = |(k, p): (u32, &Pull)| [(p.a, k), (p.b, k)];
        let at_pulls = Adjacent::new(system.n, (0..).zip(&system.pulls).flat_map(ends));
        Self { edges, at_edges, at_pulls }
    }

    fn edges_of(&self, v: u32) -> &[u32] {
        self.at_edges.of(v)
    }

    fn pulls_of(&self, v: u32) -> &[u32] {
        self.at_pulls.of(v)
    }

    fn bounds(&self, v: u32, x: &[i64]) -> (i64, i64) {
        let (mut low, mut high) = (i64::MIN / 2, i64::MAX / 2);
        for &k in self.edges_of(v) {
            let e = self.edges[k as usize];
            if e.from == v {
                high = high.min(x[e.to as usize] - e.len);
            } else {
                low = low.max(x[e.from as usize] + e.len);
            }
        }
        (low, high)
    }

    /// The weighted median of what pulls at `v`; a left wall wants to go right, a right wall left.
    fn goal(&self, v: u32, x: &[i64], system: &System) -> Option<i64> {
        let items = system.rows.items.len() as u32;
        if v >= items {
            return Some(if (v - items).is_multiple_of(2) { i64::MAX / 2 } else { i64::MIN / 2 });
        }
        let mut at: Vec<(i64, i64)> = self
            .pulls_of(v)
            .iter()
            .map(|&k| {
                let p = system.pulls[k as usize];
                (if p.a == v { x[p.b as usize] - p.offset } else { x[p.a as usize] + p.offset }, p.weight)
            })
            .collect();
        at.sort_unstable();
        let total: i64 = at.iter().map(|a| a.1).sum();
        let mut sum = 0;
        at.iter()
            .find(|a| {
                sum += a.1;
                2 * sum >= total
            })
            .map(|a| a.0)
    }
}
