//! Where groups may be cut, and what follows: for [`super::wrap`].

use super::super::nest::{Nest, ROOT, class_groups};
use super::super::rooms::Rooms;
use super::super::{Graph, Link, Member};
use super::{Parts, Ranks};

/// Links at most that may lead on where a group is cut.
const FEW: i32 = 2;
/// How far from where it were even a cut may lie, in heights of a part.
const REACH: f64 = 0.6;
/// Rows that a part has at least.
const LEAST: u32 = 3;

/// Where a group may be cut.
#[derive(Debug, Clone, Copy)]
struct Seam {
    /// The row after which it is cut.
    row: u32,
    /// The room above, as a part of the group's: from 0 to 1.
    share: f64,
    /// How many links lead on.
    links: i32,
}

/// A group that may be cut, with those of its class.
pub(super) struct Site {
    /// Its first and its last row.
    ends: [u32; 2],
    /// Its height: the drawing loses no more of its own, however it is cut.
    pub(super) height: f64,
    /// From above.
    seams: Vec<Seam>,
}

impl Site {
    /// Finds the seams, from what `leads_on` from each row.
    fn new(ends: [u32; 2], leads_on: &[LeadsOn], rooms: &Rooms) -> Self {
        let [first, last] = ends;
        let height = rooms.between(first, last);
        let mut sum = LeadsOn::default();
        let seam = |(row, by): (u32, &LeadsOn)| {
            sum = LeadsOn { links: sum.links + by.links, members: sum.members + by.members };
            let share = rooms.between(first, row) / height;
            let seam = Seam { row, share, links: sum.links };
            (sum.members == 0 && sum.links <= FEW && row < last).then_some(seam)
        };
        Self { ends, height, seams: (first..).zip(leads_on).filter_map(seam).collect() }
    }

    /// The rows after which it is cut into so many parts of about one height: where fewest links lead on. None if it cannot be.
    pub(super) fn cut(&self, parts: usize) -> Option<Vec<u32>> {
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

/// How many more links and members lead on to the next row than to this one.
#[derive(Debug, Clone, Copy, Default)]
struct LeadsOn {
    links: i32,
    members: i32,
}

/// Where a link may be cut: the site in which its ends stand apart, and the last row of the upper and the first of the lower one.
struct Way {
    site: u32,
    rows: [u32; 2],
}

/// Where everything may be cut.
pub(super) struct Sites {
    /// By group; those of a class have theirs at the first of them, the others none.
    pub(super) sites: Vec<Site>,
    /// For each group the first one of its class.
    leader: Vec<u32>,
    /// By link.
    ways: Vec<Way>,
}

impl Sites {
    /// O((boxes + links) x depth + rows of all groups).
    pub(super) fn new(graph: &Graph, nest: &Nest, ranks: &Ranks, rooms: &Rooms) -> Self {
        let leader = leaders(graph, nest);
        let ends: Vec<[u32; 2]> = (0..nest.len())
            .map(|g| if g as u32 == ROOT { [0, rooms.last()] } else { [ranks.top[g], ranks.bottom[g]] })
            .collect();
        let ways: Vec<Way> = graph.links.iter().map(|link| way(nest, ranks, &ends, &leader, link)).collect();
        let mut leads_on: Vec<Vec<LeadsOn>> = vec![Vec::new(); nest.len()];
        for (g, &[first, last]) in ends.iter().enumerate().filter(|&(g, _)| leader[g] == g as u32) {
            leads_on[g] = vec![LeadsOn::default(); (last + 1).saturating_sub(first) as usize];
        }
        let mut add = |site: u32, [from, to]: [u32; 2], what: fn(&mut LeadsOn) -> &mut i32| {
            let (rows, first) = (&mut leads_on[site as usize], ends[site as usize][0]);
            if from < to {
                *what(&mut rows[(from - first) as usize]) += 1;
                *what(&mut rows[(to - first) as usize]) -= 1;
            }
        };
        ways.iter().for_each(|way| add(way.site, way.rows, |row| &mut row.links));
        for g in 1..nest.len() {
            add(leader[nest.parent[g] as usize], ends[g], |row| &mut row.members);
        }
        let sites = ends.iter().zip(&leads_on).map(|(&ends, leads_on)| Site::new(ends, leads_on, rooms)).collect();
        Self { sites, leader, ways }
    }

    /// The links that decide something if each site is cut after such rows.
    pub(super) fn deciding(&self, before: &[bool], cuts: &[Vec<u32>]) -> Vec<bool> {
        let is_cut = |way: &Way| cuts[way.site as usize].iter().any(|&row| way.rows[0] <= row && row < way.rows[1]);
        before.iter().zip(&self.ways).map(|(&decides, way)| decides && !is_cut(way)).collect()
    }

    /// Which part everything stands in, by the rows that it stood in before the cuts.
    pub(super) fn parts(&self, nest: &Nest, ranks: &Ranks, cuts: &[Vec<u32>]) -> Parts {
        let part = |group: u32, row: u32| {
            let cuts = &cuts[self.leader[group as usize] as usize];
            cuts.iter().filter(|&&cut| cut < row).count() as u32
        };
        let of_group = (0..nest.len()).map(|g| if g as u32 == ROOT { 0 } else { part(nest.parent[g], ranks.top[g]) });
        let of_box = nest.home.iter().zip(&ranks.of_box).map(|(&home, &row)| part(home, row));
        Parts { of_box: of_box.collect(), of_group: of_group.collect() }
    }
}

/// Where a link may be cut. `ends` are the first and the last rows of all groups.
fn way(nest: &Nest, ranks: &Ranks, ends: &[[u32; 2]], leader: &[u32], link: &Link) -> Way {
    let common = nest.common(nest.innermost(link.from), nest.innermost(link.to));
    let [a, b] = [link.from, link.to].map(|m| match (nest.child(common, nest.innermost(m)), m) {
        (Some(child), _) => ends[child as usize],
        (None, Member::Box(b)) => [ranks.of_box[b.at()]; 2],
        // A link to the group that its other end stands in may lead through all of it.
        (None, Member::Group(_)) => ends[common as usize],
    });
    Way { site: leader[common as usize], rows: [a[1].min(b[1]), a[0].max(b[0])] }
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
