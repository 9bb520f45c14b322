//! Wrapping: in a drawing too tall for its page, long ways are cut, and what comes after a cut stands beside what comes before it, as the lines of a text do
//! (Rüegg, von Hanxleden 2018: Wrapping Layered Graphs).
//!
//! A group is cut between two of its rows where few links lead on, and nothing that it holds stands in both. Those links then decide nothing, so that the
//! rest moves up by itself. Groups of one class are cut alike.

use super::super::nest::{Nest, ROOT, class_groups};
use super::super::rooms::Rooms;
use super::super::{Graph, Link, Member, Spacing};
use super::Ranks;
use crate::geometry::Size;

/// A drawing that is shown at least so large on its page is well enough as it is.
const ENOUGH: f64 = 0.8;
/// How much larger the drawing must become on its page to be worth the ways back: in all, and for one part more.
const WORTH: (f64, f64) = (1.4, 1.1);
/// Links at most that may lead on where a group is cut.
const FEW: u32 = 2;
/// How far from where it were even a cut may lie, in heights of a part.
const REACH: f64 = 0.6;
/// Rows that a part has at least.
const LEAST: u32 = 3;
/// Boxes and links, at most, of all the layerings that are tried.
const BUDGET: usize = 40_000;

/// A drawing with parts beside each other.
pub(super) struct Wrapped {
    /// For each link whether it still decides who stands before whom.
    pub(super) decides: Vec<bool>,
    /// The layers that follow.
    pub(super) ranks: Ranks,
}

/// Cuts what has to be cut: `layers` gives the layers that follow from deciding links. None if nothing is to be cut.
///
/// O((boxes + links) x depth) beside the layerings.
pub(super) fn wrap(
    (graph, nest, spacing): (&Graph, &Nest, &Spacing),
    ranks: &Ranks,
    decides: &[bool],
    layers: impl Fn(&[bool]) -> Option<Ranks>,
) -> Option<Wrapped> {
    let scale = |rooms: &Rooms| spacing.scale(Size::new(rooms.width[ROOT as usize], rooms.height(ROOT)));
    let rooms = Rooms::new(graph, nest, ranks, spacing);
    let before = scale(&rooms);
    // Cuts make nothing less wide.
    if before >= ENOUGH || before * WORTH.0 > spacing.scale(Size::new(rooms.width[ROOT as usize], 0.0)) {
        return None;
    }
    let sites = Sites::new(graph, nest, ranks, &rooms);
    let mut tries = BUDGET / (graph.boxes.len() + graph.links.len()).max(1);
    let mut cuts = vec![Vec::new(); sites.sites.len()];
    let mut best = (before, None);
    while best.0 < 1.0 {
        let mut next: Option<(f64, _, _)> = None;
        for (s, site) in sites.sites.iter().enumerate() {
            let Some(rows) = site.cut(cuts[s].len() + 2).filter(|_| tries > 0) else { continue };
            tries -= 1;
            let before = std::mem::replace(&mut cuts[s], rows);
            let decides = sites.deciding(decides, &cuts);
            let rows = std::mem::replace(&mut cuts[s], before);
            let Some(ranks) = layers(&decides) else { continue };
            let scale = scale(&Rooms::new(graph, nest, &ranks, spacing));
            if scale > next.as_ref().map_or(best.0 * WORTH.1, |next| next.0) {
                next = Some((scale, (s, rows), (decides, ranks)));
            }
        }
        let Some((scale, (s, rows), found)) = next else { break };
        cuts[s] = rows;
        best = (scale, Some(found));
    }
    let (decides, mut found) = best.1.filter(|_| best.0 >= before * WORTH.0)?;
    found.parts = Some(sites.parts(nest, ranks, &cuts));
    Some(Wrapped { decides, ranks: found })
}

/// The part of its group in which each box and each group of the nest stands: 0 is the first.
#[derive(Debug, Clone)]
pub(in crate::layout) struct Parts {
    of_box: Vec<u32>,
    of_group: Vec<u32>,
}

impl Parts {
    /// The part of a group in which a member stands; none if it stands outside, or is the group.
    pub(in crate::layout) fn of(&self, nest: &Nest, m: Member, group: u32) -> Option<u32> {
        match (nest.child(group, nest.innermost(m)), m) {
            (Some(c), _) => Some(self.of_group[c as usize]),
            (None, Member::Box(b)) if nest.home[b.at()] == group => Some(self.of_box[b.at()]),
            _ => None,
        }
    }

    /// The links from one part to another, in order.
    pub(in crate::layout) fn between(&self, graph: &Graph, nest: &Nest) -> Vec<u32> {
        let apart = |link: &Link| {
            let common = nest.common(nest.innermost(link.from), nest.innermost(link.to));
            let [from, to] = [link.from, link.to].map(|m| self.of(nest, m, common));
            from.is_some() && to.is_some() && from != to
        };
        (0..).zip(&graph.links).filter(|(_, link)| apart(link)).map(|(l, _)| l).collect()
    }
}

/// Where a group may be cut.
#[derive(Debug, Clone, Copy)]
struct Seam {
    /// The row after which it is cut.
    row: u32,
    /// The room above, as a part of the group's: from 0 to 1.
    share: f64,
    /// How many links lead on.
    links: u32,
}

/// A group that may be cut, with those of its class.
struct Site {
    /// Its first and its last row.
    ends: [u32; 2],
    /// From above.
    seams: Vec<Seam>,
}

impl Site {
    /// The rows after which it is cut into so many parts of about one height: where fewest links lead on. None if it cannot be.
    fn cut(&self, parts: usize) -> Option<Vec<u32>> {
        let seam = |k: usize| {
            let goal = k as f64 / parts as f64;
            let off = |s: &Seam| (s.share - goal).abs();
            let near = self.seams.iter().filter(|s| off(s) < REACH / parts as f64);
            near.min_by(|a, b| a.links.cmp(&b.links).then(off(a).total_cmp(&off(b)))).map(|s| s.row)
        };
        let rows: Vec<u32> = (1..parts).map(seam).collect::<Option<_>>()?;
        let [first, last] = self.ends;
        let starts = std::iter::once(first).chain(rows.iter().map(|row| row + 1));
        let ends = rows.iter().copied().chain([last]);
        starts.zip(ends).all(|(start, end)| start + LEAST <= end + 1).then_some(rows)
    }
}

/// Where everything may be cut.
struct Sites {
    /// By group; those of a class have theirs at the first of them, the others none.
    sites: Vec<Site>,
    leader: Vec<u32>,
    /// For each link the site in which its ends stand apart, and the last row of the upper and the first of the lower one.
    ways: Vec<(u32, [u32; 2])>,
}

impl Sites {
    fn new(graph: &Graph, nest: &Nest, ranks: &Ranks, rooms: &Rooms) -> Self {
        let leader = leaders(graph, nest);
        let ends =
            |g: u32| if g == ROOT { [0, rooms.last()] } else { [ranks.top[g as usize], ranks.bottom[g as usize]] };
        // By row, where links and members begin (1) and end (-1) to lead on to the next.
        let mut over = vec![Vec::new(); nest.len()];
        for g in (0..nest.len() as u32).filter(|&g| leader[g as usize] == g) {
            let [first, last] = ends(g);
            over[g as usize] = vec![[0i32; 2]; (last + 1).saturating_sub(first) as usize];
        }
        let mut lead_on = |g: u32, [from, to]: [u32; 2], what: usize| {
            let g = leader[g as usize];
            if from < to {
                over[g as usize][(from - ends(g)[0]) as usize][what] += 1;
                over[g as usize][(to - ends(g)[0]) as usize][what] -= 1;
            }
        };
        let mut ways = Vec::with_capacity(graph.links.len());
        for &Link { from, to, .. } in &graph.links {
            let g = nest.common(nest.innermost(from), nest.innermost(to));
            let rows = |m: Member| match (nest.child(g, nest.innermost(m)), m) {
                (Some(c), _) => ends(c),
                (None, Member::Box(b)) => [ranks.of_box[b.at()]; 2],
                // A link to the group that its other end stands in may lead through all of it.
                (None, Member::Group(_)) => ends(g),
            };
            let (a, b) = (rows(from), rows(to));
            let way = [a[1].min(b[1]), a[0].max(b[0])];
            lead_on(g, way, 0);
            ways.push((leader[g as usize], way));
        }
        (1..nest.len() as u32).for_each(|c| lead_on(nest.parent[c as usize], ends(c), 1));
        let site = |(g, over): (u32, &Vec<[i32; 2]>)| {
            let [first, last] = ends(g);
            let mut sum = [0; 2];
            let seam = |(row, by): (u32, &[i32; 2])| {
                sum = [sum[0] + by[0], sum[1] + by[1]];
                let share = rooms.between(first, row) / rooms.between(first, last);
                let seam = Seam { row, share, links: sum[0] as u32 };
                (sum[1] == 0 && seam.links <= FEW && row < last).then_some(seam)
            };
            Site { ends: [first, last], seams: (first..).zip(over).filter_map(seam).collect() }
        };
        let sites = (0..).zip(&over).map(site).collect();
        Self { sites, leader, ways }
    }

    /// The links that decide something if each site is cut after such rows.
    fn deciding(&self, before: &[bool], cuts: &[Vec<u32>]) -> Vec<bool> {
        let is_cut = |&(site, [from, to]): &(u32, [u32; 2])| cuts[site as usize].iter().any(|&r| from <= r && r < to);
        before.iter().zip(&self.ways).map(|(&decides, way)| decides && !is_cut(way)).collect()
    }

    /// Which part everything stands in, by the rows that it stood in before the cuts.
    fn parts(&self, nest: &Nest, ranks: &Ranks, cuts: &[Vec<u32>]) -> Parts {
        let part = |group: u32, row: u32| {
            cuts[self.leader[group as usize] as usize].iter().filter(|&&cut| cut < row).count() as u32
        };
        let of_group = (0..nest.len()).map(|g| match g as u32 {
            ROOT => 0,
            _ => part(nest.parent[g], ranks.top[g]),
        });
        let of_box = nest.home.iter().zip(&ranks.of_box).map(|(&home, &row)| part(home, row));
        Parts { of_box: of_box.collect(), of_group: of_group.collect() }
    }
}

/// For each group the first of those that are cut like it, because classes join them.
fn leaders(graph: &Graph, nest: &Nest) -> Vec<u32> {
    let mut leader: Vec<u32> = (0..nest.len() as u32).collect();
    for class in &graph.classes {
        if let Some(first) = class_groups(class).min() {
            class_groups(class).for_each(|g| leader[g as usize] = first);
        }
    }
    leader
}
