//! Layers: which row every box stands in and which rows every group spans.
//!
//! One network simplex over the whole drawing (Gansner et al. 1993), with a first and a last layer for every group (Sander 1996) and one
//! variable for all members of a class, so that zones side by side share their rows.

use super::cycles::linear_order;
use super::lateral::Laterals;
use super::nest::{Nest, ROOT, inner};
use super::shelves::shelves;
use super::simplex::{self, Edge};
use super::{Graph, LayoutError, Member, Side, Spacing};

/// Rows of everything: 0 is the first along the flow.
#[derive(Debug, Clone)]
pub(super) struct Ranks {
    /// Row of each box.
    pub(super) of_box: Vec<u32>,
    /// First row of each group of the nest.
    pub(super) top: Vec<u32>,
    /// Last row of each group of the nest; at least the first.
    pub(super) bottom: Vec<u32>,
    /// Groups whose upper wall lies on the line of their first row, because a box stands astride it.
    pub(super) astride_top: Vec<bool>,
    /// The same for the lower wall and the last row.
    pub(super) astride_bottom: Vec<bool>,
    /// Number of rows.
    pub(super) count: u32,
}

/// Which groups have boxes astride their upper and lower walls, or are of a class with one that has.
fn astride(graph: &Graph, nest: &Nest) -> (Vec<bool>, Vec<bool>) {
    let (mut above, mut below) = (vec![false; nest.len()], vec![false; nest.len()]);
    for (b, side) in nest.border.iter().enumerate() {
        match side {
            Some(Side::Top) => above[nest.home[b] as usize] = true,
            Some(Side::Bottom) => below[nest.home[b] as usize] = true,
            _ => {}
        }
    }
    for class in &graph.classes {
        let groups =
            || class.iter().filter_map(|m| if let Member::Group(g) = m { Some(inner(*g) as usize) } else { None });
        for flags in [&mut above, &mut below] {
            let any = groups().any(|g| flags[g]);
            groups().for_each(|g| flags[g] |= any);
        }
    }
    (above, below)
}

/// The variables: one a box, two a group, merged by classes.
struct Variables {
    boxes: usize,
    leader: Vec<u32>,
}

impl Variables {
    fn new(graph: &Graph, nest: &Nest) -> Self {
        let n = graph.boxes.len() + 2 * nest.len();
        let mut v = Self { boxes: graph.boxes.len(), leader: (0..n as u32).collect() };
        for class in &graph.classes {
            for pair in class.windows(2) {
                v.merge(v.first(pair[0]), v.first(pair[1]));
                v.merge(v.last(pair[0]), v.last(pair[1]));
            }
        }
        for (b, side) in nest.border.iter().enumerate() {
            match side {
                Some(Side::Top) => v.merge(b as u32, v.top(nest.home[b])),
                Some(Side::Bottom) => v.merge(b as u32, v.bottom(nest.home[b])),
                _ => {}
            }
        }
        v
    }

    fn top(&self, g: u32) -> u32 {
        self.boxes as u32 + 2 * g
    }

    fn bottom(&self, g: u32) -> u32 {
        self.top(g) + 1
    }

    fn first(&self, m: Member) -> u32 {
        match m {
            Member::Box(b) => b.0,
            Member::Group(g) => self.top(inner(g)),
        }
    }

    fn last(&self, m: Member) -> u32 {
        match m {
            Member::Box(b) => b.0,
            Member::Group(g) => self.bottom(inner(g)),
        }
    }

    fn find(&self, mut v: u32) -> u32 {
        while self.leader[v as usize] != v {
            v = self.leader[v as usize];
        }
        v
    }

    fn merge(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.leader[a.max(b) as usize] = a.min(b);
    }

    /// What a solution says: rows not yet compressed.
    fn ranks(&self, graph: &Graph, nest: &Nest, x: &[i64], (above, below): (Vec<bool>, Vec<bool>)) -> Ranks {
        let at = |v: u32| x[self.leader[v as usize] as usize] as u32;
        Ranks {
            of_box: (0..graph.boxes.len() as u32).map(at).collect(),
            top: (0..nest.len() as u32).map(|g| at(self.top(g))).collect(),
            bottom: (0..nest.len() as u32).map(|g| at(self.bottom(g))).collect(),
            astride_top: above,
            astride_bottom: below,
            count: 0,
        }
    }

    /// Makes every variable point at its leader directly.
    fn flatten(&mut self) {
        for v in 0..self.leader.len() as u32 {
            self.leader[v as usize] = self.find(v);
        }
    }
}

/// Assigns rows.
///
/// # Errors
/// [`LayoutError::Contradiction`] where classes and borders cannot be met together.
pub(super) fn rank(graph: &Graph, nest: &Nest, spacing: &Spacing) -> Result<Ranks, LayoutError> {
    let mut vars = Variables::new(graph, nest);
    vars.flatten();
    let n = vars.leader.len();
    let (above, below) = astride(graph, nest);
    let mut hard = nesting(graph, nest, &vars, &above, &below);
    let leader = |v: u32| vars.leader[v as usize];
    hard.extend(grids(graph, nest).iter().map(|&(a, b)| Edge { from: leader(a), to: leader(b), len: 1, weight: 1 }));
    if simplex::topological(n, hard.iter()).is_none() {
        return Err(LayoutError::Contradiction("classes, borders and nesting cannot be met together".into()));
    }
    let mut edges = with_links(graph, nest, &vars, hard);
    let all = n + near(graph, &vars, &mut edges);
    let budget = if n < 4000 { 20_000 } else { 40_000_000 / n };
    let x = simplex::solve(all, &edges, budget).unwrap_or_else(|| vec![0; all]);
    let mut ranks = vars.ranks(graph, nest, &x, (above, below));
    let shelves = shelves(graph, nest, &ranks, spacing);
    if !shelves.is_empty() {
        // One more variable for every two shelves: what stands above it ends there, what stands below starts after it.
        let walls = all as u32..;
        for (wall, [upper, lower]) in walls.zip(&shelves) {
            edges.extend(upper.iter().map(|&g| Edge { from: leader(vars.bottom(g)), to: wall, len: 0, weight: 0 }));
            edges.extend(lower.iter().map(|&g| Edge { from: wall, to: leader(vars.top(g)), len: 1, weight: 0 }));
        }
        // Where links lead from a lower shelf to an upper one there are none.
        if let Some(x) = simplex::solve(all + shelves.len(), &edges, budget) {
            ranks = vars.ranks(graph, nest, &x, (ranks.astride_top, ranks.astride_bottom));
        }
    }
    spread_free(graph, nest, &mut ranks);
    compress(nest, &mut ranks);
    Ok(ranks)
}

/// What the nesting demands: groups hold their members' rows; a border row lies before or after all others.
fn nesting(graph: &Graph, nest: &Nest, vars: &Variables, above: &[bool], below: &[bool]) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut add = |from: u32, to: u32, len: i64, weight: i64| {
        let (from, to) = (vars.leader[from as usize], vars.leader[to as usize]);
        if from != to || len > 0 {
            edges.push(Edge { from, to, len, weight });
        }
    };
    let (above, below): (Vec<i64>, Vec<i64>) =
        (above.iter().map(|&a| i64::from(a)).collect(), below.iter().map(|&b| i64::from(b)).collect());
    for g in 1..nest.len() as u32 {
        let p = nest.parent[g as usize];
        let tall = above[g as usize] + below[g as usize];
        add(vars.top(g), vars.bottom(g), tall, 1);
        if p != ROOT {
            add(vars.top(p), vars.top(g), above[p as usize], 0);
            add(vars.bottom(g), vars.bottom(p), below[p as usize], 0);
        }
    }
    // Boxes astride one side wall stand in rows of their own.
    let mut last: std::collections::BTreeMap<(u32, bool), u32> = std::collections::BTreeMap::new();
    for (b, side) in nest.border.iter().enumerate() {
        if let Some(Side::Left | Side::Right) = side
            && let Some(before) = last.insert((nest.home[b], *side == Some(Side::Left)), b as u32)
        {
            add(before, b as u32, 1, 0);
        }
    }
    for b in 0..graph.boxes.len() {
        let home = nest.home[b];
        if home != ROOT && !matches!(nest.border[b], Some(Side::Top | Side::Bottom)) {
            add(vars.top(home), b as u32, above[home as usize], 0);
            add(b as u32, vars.bottom(home), below[home as usize], 0);
        }
    }
    edges
}

/// Boxes that nothing ties, by group.
fn free_boxes(graph: &Graph, nest: &Nest) -> Vec<Vec<u32>> {
    let mut tied = vec![false; graph.boxes.len()];
    let mut tie = |m: Member| {
        if let Member::Box(b) = m {
            tied[b.at()] = true;
        }
    };
    graph.links.iter().for_each(|l| [l.from, l.to].into_iter().for_each(&mut tie));
    graph.spans.iter().flat_map(|s| &s.members).chain(graph.classes.iter().flatten()).copied().for_each(&mut tie);
    let mut free = vec![Vec::new(); nest.len()];
    for b in 0..graph.boxes.len() {
        if !tied[b] && nest.border[b].is_none() {
            free[nest.home[b] as usize].push(b as u32);
        }
    }
    free
}

/// Groups that hold nothing but boxes without links become grids of about the page's shape: the boxes of each row with those that stand below them.
pub(super) fn grids(graph: &Graph, nest: &Nest) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (g, free) in free_boxes(graph, nest).iter().enumerate() {
        if free.len() < 4 || free.len() != nest.members[g] as usize {
            continue;
        }
        let columns = libm::ceil(libm::sqrt(free.len() as f64 * 1.8)) as usize;
        pairs.extend((columns..free.len()).map(|k| (free[k - columns], free[k])));
    }
    pairs
}

/// Adds the links that tell a flow, turned where they would close a cycle.
fn with_links(graph: &Graph, nest: &Nest, vars: &Variables, hard: Vec<Edge>) -> Vec<Edge> {
    let n = vars.leader.len();
    let siblings = ClassPairs::new(graph, nest);
    let mut laterals = Laterals::new(graph, nest);
    let mut soft: Vec<(u32, u32, usize)> = Vec::new();
    for (i, link) in graph.links.iter().enumerate() {
        let [from, to] = if beyond(nest, link) { [link.to, link.from] } else { [link.from, link.to] };
        let (from, to) = (vars.leader[vars.last(from) as usize], vars.leader[vars.first(to) as usize]);
        if link.rank && from != to && !related(nest, link.from, link.to) && !siblings.level(link.from, link.to) {
            soft.push((from, to, i));
        }
    }
    let place = linear_order(n, &hard, &soft);
    let directed = |from: u32, to: u32, i: usize| -> Option<Edge> {
        let link = &graph.links[i];
        let weight = libm::round(link.weight * 2.0).clamp(0.0, 1000.0) as i64;
        let forth = (from, to);
        let [first, last] = if beyond(nest, link) { [link.from, link.to] } else { [link.to, link.from] };
        let back = (vars.leader[vars.last(first) as usize], vars.leader[vars.first(last) as usize]);
        let follows = |&(a, b): &(u32, u32)| place[a as usize] < place[b as usize];
        let (from, to) = [forth, back].into_iter().find(follows)?;
        Some(Edge { from, to, len: 1, weight })
    };
    // From the innermost outwards: what tells a flow within the groups says where the ends of links between them stand.
    for depth in laterals.depths() {
        let flow = soft.iter().filter(|s| !laterals.is_lateral(s.2)).filter_map(|&(a, b, i)| directed(a, b, i));
        let edges: Vec<Edge> = hard.iter().copied().chain(flow).collect();
        let x = simplex::longest_path(n, &edges).unwrap_or_else(|| vec![0; n]);
        let level = |&(from, to, _): &(u32, u32, usize)| x[from as usize] == x[to as usize];
        laterals.refuse(depth, soft.iter().filter(|s| !level(s)).map(|s| s.2));
    }
    let mut edges = hard;
    edges.extend(soft.iter().filter(|s| !laterals.is_lateral(s.2)).filter_map(|&(a, b, i)| directed(a, b, i)));
    edges
}

/// Draws a box that no link ranks to the rows of those that it has a link with all the same: it stands before nobody, but near them. Gives the number of
/// variables added, one a pair, which both ends are drawn to from below.
fn near(graph: &Graph, vars: &Variables, edges: &mut Vec<Edge>) -> usize {
    let variables = |m: Member| {
        let [first, last] = [vars.first(m), vars.last(m)].map(|v| vars.leader[v as usize]);
        std::iter::once(first).chain(Some(last).filter(|&last| last != first))
    };
    let mut ranked = vec![false; vars.leader.len()];
    for end in graph.links.iter().filter(|l| l.rank).flat_map(|l| [l.from, l.to]) {
        variables(end).for_each(|v| ranked[v as usize] = true);
    }
    let is_free = |m: Member| matches!(m, Member::Box(_)) && variables(m).all(|v| !ranked[v as usize]);
    let first = vars.leader.len() as u32;
    let mut added = 0;
    for link in graph.links.iter().filter(|l| !l.rank && (is_free(l.from) || is_free(l.to))) {
        for a in variables(link.from) {
            for b in variables(link.to).filter(|&b| b != a) {
                edges.extend([a, b].map(|to| Edge { from: first + added, to, len: 0, weight: 1 }));
                added += 1;
            }
        }
    }
    added as usize
}

/// Whether a link runs against the flow because of the wall that one of its ends stands astride: what is beyond a group's lower wall stands below it, what
/// is beyond its upper wall above, whichever way the link points.
fn beyond(nest: &Nest, link: &super::Link) -> bool {
    let side = |m: Member, other: Member| match m {
        Member::Box(b) if !nest.is_inside(other, nest.home[b.at()]) => nest.border[b.at()],
        _ => None,
    };
    let ends =
        [(side(link.from, link.to), Side::Top, Side::Bottom), (side(link.to, link.from), Side::Bottom, Side::Top)];
    let says =
        |wanted: bool| ends.iter().any(|&(side, against, along)| side == Some(if wanted { against } else { along }));
    says(true) && !says(false)
}

/// Whether one end is the other, or holds it, or stands on its border.
fn related(nest: &Nest, a: Member, b: Member) -> bool {
    let inside = |outer: Member, m: Member| matches!(outer, Member::Group(g) if nest.is_inside(m, inner(g)));
    a == b || inside(a, b) || inside(b, a)
}

/// Which links join two copies of one class, directly or from inside them: they tell a relation, not a flow.
struct ClassPairs<'a> {
    nest: &'a Nest,
    box_class: Vec<u32>,
    group_class: Vec<u32>,
}

impl<'a> ClassPairs<'a> {
    fn new(graph: &Graph, nest: &'a Nest) -> Self {
        let none = super::nest::NONE;
        let mut pairs = Self { nest, box_class: vec![none; graph.boxes.len()], group_class: vec![none; nest.len()] };
        for (c, class) in graph.classes.iter().enumerate() {
            for m in class {
                match *m {
                    Member::Box(b) => pairs.box_class[b.at()] = c as u32,
                    Member::Group(g) => pairs.group_class[inner(g) as usize] = c as u32,
                }
            }
        }
        pairs
    }

    fn level(&self, a: Member, b: Member) -> bool {
        let none = super::nest::NONE;
        if let (Member::Box(x), Member::Box(y)) = (a, b)
            && self.box_class[x.at()] != none
            && self.box_class[x.at()] == self.box_class[y.at()]
        {
            return true;
        }
        let (x, y) = (self.nest.innermost(a), self.nest.innermost(b));
        let top = self.nest.common(x, y);
        // Only groups below the common one count: copies have copies around them.
        let classes = |g: u32| {
            let below = std::iter::successors(Some(g), |&g| Some(self.nest.parent[g as usize]));
            below.take_while(|&g| g != top).map(|g| self.group_class[g as usize]).filter(|&c| c != none)
        };
        classes(x).any(|c| classes(y).any(|d| c == d))
    }
}

/// Puts boxes that nothing ties, but that stand beside other members, into the narrowest rows of their group: inner groups first, for their widths count in
/// the outer ones.
fn spread_free(graph: &Graph, nest: &Nest, ranks: &mut Ranks) {
    /// Room between neighbours, about.
    const GAP: f64 = 40.0;
    let free = free_boxes(graph, nest);
    let mut boxes = vec![Vec::new(); nest.len()];
    (0..graph.boxes.len()).for_each(|b| boxes[nest.home[b] as usize].push(b));
    let mut inside = vec![Vec::new(); nest.len()];
    (1..nest.len()).for_each(|g| inside[nest.parent[g] as usize].push(g));
    let last = ranks.of_box.iter().chain(&ranks.bottom[1..]).copied().max().unwrap_or(0);
    let mut width = vec![0.0f64; nest.len()];
    for g in nest.outer_first.iter().rev().map(|&g| g as usize) {
        let (first, last) = if g == ROOT as usize { (0, last) } else { (ranks.top[g], ranks.bottom[g]) };
        let mut load = vec![0.0f64; (last.max(first) - first) as usize + 1];
        let apart = free[g].len() < nest.members[g] as usize;
        for &b in &boxes[g] {
            let moves = apart && free[g].contains(&(b as u32));
            if let Some(r) = ranks.of_box[b].checked_sub(first).filter(|_| !moves) {
                load[(r as usize).min((last - first) as usize)] += graph.boxes[b].size.w + GAP;
            }
        }
        for &d in &inside[g] {
            for r in ranks.top[d].max(first)..=ranks.bottom[d].min(last) {
                load[(r - first) as usize] += width[d] + GAP;
            }
        }
        if apart && !free[g].is_empty() {
            let astride = |side: &[bool]| usize::from(g != ROOT as usize && side[g]);
            let from = astride(&ranks.astride_top).min(load.len() - 1);
            let to = (load.len() - astride(&ranks.astride_bottom)).max(from + 1);
            for &b in &free[g] {
                let row = (from..to).min_by(|&r, &q| load[r].total_cmp(&load[q])).unwrap_or(from);
                load[row] += graph.boxes[b as usize].size.w + GAP;
                ranks.of_box[b as usize] = first + row as u32;
            }
        }
        let title = if g == ROOT as usize { 0.0 } else { graph.groups[g - 1].title.w };
        width[g] = load.iter().copied().fold(title, f64::max) + GAP;
    }
}

/// Drops empty rows and sets the root's range.
fn compress(nest: &Nest, ranks: &mut Ranks) {
    let highest = ranks.of_box.iter().chain(&ranks.bottom[1..]).copied().max().unwrap_or(0) as usize;
    let mut used = vec![false; highest + 1];
    ranks.of_box.iter().chain(&ranks.top[1..]).chain(&ranks.bottom[1..]).for_each(|&r| used[r as usize] = true);
    let mut map = vec![0u32; highest + 1];
    let mut next = 0;
    for (r, used) in used.iter().enumerate() {
        map[r] = next;
        next += u32::from(*used);
    }
    for r in ranks.of_box.iter_mut().chain(&mut ranks.top).chain(&mut ranks.bottom) {
        *r = map[(*r as usize).min(highest)];
    }
    ranks.count = next;
    ranks.top[ROOT as usize] = 0;
    ranks.bottom[ROOT as usize] = next.saturating_sub(1);
    debug_assert!((0..nest.len()).all(|g| ranks.top[g] <= ranks.bottom[g]));
}
