//! Which groups are to be turned.

use super::super::nest::{Nest, ROOT};
use super::super::rank::rank;
use super::super::rooms::Rooms;
use super::super::{Flow, Graph, Layout, Spacing, orient};
use super::parts::Parts;
use super::sealed::around;
use super::{ENOUGH, Turning, WORTH};
use crate::geometry::Size;
use std::collections::BTreeMap;

/// What a group that is turned may keep of its extent along the side in which the drawing is too long for its page.
const SHORTER: f64 = 0.8;
/// The part of the best scale that must be reached with fewer groups turned.
const NEAR: f64 = 0.95;
/// Boxes and links, at most, of all the estimates by which groups are found that need not be turned.
const BUDGET: usize = 20_000;

/// What is known of a group: which flow would do it good, if not any one, and how much shorter it becomes in the other one.
type Wish = (Option<Flow>, f64);

impl Turning<'_> {
    /// For each group of the nest the flow that it should have; none if no groups are worth turning in this drawing. Three estimates of the whole drawing, and
    /// a bounded number of them in small graphs.
    pub(super) fn flows(&self, usual: &Layout) -> Option<Vec<Option<Flow>>> {
        let scale = self.spacing.scale(usual.size);
        // What is turned takes about as much room as before: a drawing of about its page's shape has nothing to gain.
        let Size { w, h } = usual.size;
        let shaped = libm::sqrt(self.spacing.scale(Size::new(w, 0.0)) * self.spacing.scale(Size::new(0.0, h)));
        if scale >= ENOUGH || scale * WORTH > shaped {
            return None;
        }
        let candidates = self.candidates();
        if scale * WORTH > self.most(&candidates, usual) {
            return None;
        }
        let wishes = self.wishes(&candidates, usual.size);
        let families = self.families(&wishes);
        if families.is_empty() {
            return None;
        }
        let mut flows: Vec<Option<Flow>> = self.asked.clone();
        // An estimate knows nothing of what links need, so a drawing that came out smaller than it should have is what is to be made larger.
        let before = self.estimated(&flows)?.min(scale);
        for (flow, wish) in flows.iter_mut().zip(&wishes) {
            *flow = flow.or(wish.0);
        }
        let after = self.spare(families, self.estimated(&flows)?, &mut flows);
        (after >= before * WORTH).then_some(flows)
    }

    /// The groups that wish to be turned: siblings together, for what is alike should be drawn alike; those who gain least first.
    fn families(&self, wishes: &[Wish]) -> Vec<Vec<u32>> {
        let mut families: BTreeMap<u32, (f64, Vec<u32>)> = BTreeMap::new();
        for (g, &(wish, gain)) in (0..).zip(wishes) {
            if wish == Some(self.across()) {
                let family = families.entry(self.nest.parent[g as usize]).or_default();
                family.0 = family.0.max(gain);
                family.1.push(g);
            }
        }
        let mut families: Vec<(f64, Vec<u32>)> = families.into_values().collect();
        families.sort_by(|a, b| a.0.total_cmp(&b.0));
        families.into_iter().map(|(_, groups)| groups).collect()
    }

    /// The flow across that of the drawing.
    fn across(&self) -> Flow {
        match self.graph.flow {
            Flow::Down | Flow::Up => Flow::Right,
            Flow::Right | Flow::Left => Flow::Down,
        }
    }

    /// For each group of the nest whether it may be turned: sealed ones without a flow of their own that have links to turn, beside those
    /// in sealed groups that they hold, and hold no more than half
    /// of all boxes: else it would be the whole drawing that flows across its flow.
    fn candidates(&self) -> Vec<bool> {
        let Self { graph, nest, .. } = self;
        // The innermost sealed group around each group, or itself.
        let mut level = vec![ROOT; nest.len()];
        for &g in nest.outer_first.iter().filter(|&&g| g != ROOT) {
            level[g as usize] = if self.sealed[g as usize] { g } else { level[nest.parent[g as usize] as usize] };
        }
        let mut linked = vec![false; nest.len()];
        for link in graph.links.iter().filter(|l| l.rank && l.from != l.to) {
            linked[level[nest.common(around(nest, link.from), around(nest, link.to)) as usize] as usize] = true;
        }
        let mut boxes = vec![0; nest.len()];
        nest.home.iter().for_each(|&h| boxes[h as usize] += 1);
        for &g in nest.outer_first.iter().rev().filter(|&&g| g != ROOT) {
            boxes[nest.parent[g as usize] as usize] += boxes[g as usize];
        }
        let titled = self.titled();
        let may = |g: usize| {
            let free = self.sealed[g] && self.asked[g].is_none() && !titled[g];
            free && linked[g] && boxes[g] * 2 <= graph.boxes.len()
        };
        (0..nest.len()).map(may).collect()
    }

    /// For each group of the nest whether an outline with a title lies in it: who made the graph has seen to it that there is room for the title where the
    /// drawing flows as it does.
    fn titled(&self) -> Vec<bool> {
        let mut titled = vec![false; self.nest.len()];
        for span in self.graph.spans.iter().filter(|s| s.title.w > 0.0) {
            let mut g = span.members.first().map_or(ROOT, |&m| around(&self.nest, m));
            while g != ROOT && !titled[g as usize] {
                titled[g as usize] = true;
                g = self.nest.parent[g as usize];
            }
        }
        titled
    }

    /// Whether a drawing is too tall for its page, rather than too wide.
    fn is_tall(&self, size: Size) -> bool {
        self.spacing.scale(Size::new(0.0, size.h)) < self.spacing.scale(Size::new(size.w, 0.0))
    }

    /// How large a drawing could at most be shown if all these groups had no extent along its longer side.
    fn most(&self, candidates: &[bool], usual: &Layout) -> f64 {
        let tall = self.is_tall(usual.size);
        let rects = usual.groups.iter().zip(&candidates[1..]).filter(|(_, may)| **may).map(|(r, _)| r);
        let mut extents: Vec<(f64, f64)> =
            rects.map(|r| if tall { (r.y, r.bottom()) } else { (r.x, r.right()) }).collect();
        extents.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut covered, mut end) = (0.0, f64::MIN);
        for (from, to) in extents {
            covered += (to - from.max(end)).max(0.0);
            end = end.max(to);
        }
        let Size { w, h } = usual.size;
        self.spacing.scale(if tall { Size::new(0.0, h - covered) } else { Size::new(w - covered, 0.0) })
    }

    /// What would do each group of the nest good, from the room that it takes either way: all its candidates are cut out, and each, those inside others first,
    /// is as large as it wishes.
    fn wishes(&self, candidates: &[bool], size: Size) -> Vec<Wish> {
        let Self { graph, nest, spacing, .. } = self;
        let (tall, least) = (self.is_tall(size), spacing.scale(size) * WORTH);
        let excess = |s: Size| if tall { s.h } else { s.w };
        let rest = |s: Size| if tall { Size::new(s.w, 0.0) } else { Size::new(0.0, s.h) };
        let mut cut = self.cuts(&self.asked);
        for (cut, _) in cut.iter_mut().zip(candidates).filter(|(_, may)| **may) {
            *cut = Some(graph.flow);
        }
        let mut parts = Parts::new(graph, nest, &cut);
        let mut wishes = vec![(None, 0.0); nest.len()];
        for k in (1..parts.parts.len()).rev() {
            let root = parts.parts[k].root as usize;
            let Some(along) = estimate(&parts.parts[k].graph, spacing) else { continue };
            let mut size = along;
            if candidates[root] {
                parts.parts[k].graph.flow = self.across();
                let Some(across) = estimate(&parts.parts[k].graph, spacing) else { continue };
                let helps = excess(across) <= excess(along) * SHORTER && spacing.scale(rest(across)) >= least;
                let harms = spacing.scale(across) < spacing.scale(along);
                wishes[root].1 = excess(along) - excess(across);
                if helps {
                    wishes[root].0 = Some(self.across());
                    size = across;
                } else if harms {
                    wishes[root].0 = Some(graph.flow);
                }
            }
            parts.sized(k, size);
        }
        wishes
    }

    /// Leaves those families as they are that need not be turned for the drawing to be about as large, or had better not be: first many at once, at last each by
    /// itself. Takes the estimate with all of them turned, and gives the one that is reached.
    fn spare(&self, mut turned: Vec<Vec<u32>>, mut best: f64, flows: &mut Vec<Option<Flow>>) -> f64 {
        let mut tries = BUDGET / (self.graph.boxes.len() + self.graph.links.len()).max(1);
        let mut reached = best;
        // All of them have just been estimated, and so has none.
        let mut many = turned.len() / 2;
        while many > 0 && tries > 0 {
            let mut left = Vec::new();
            for some in turned.chunks(many) {
                let mut fewer = flows.clone();
                some.iter().flatten().for_each(|&g| fewer[g as usize] = None);
                let scale = if tries > 0 { self.estimated(&fewer) } else { None };
                tries = tries.saturating_sub(1);
                if let Some(scale) = scale.filter(|&scale| scale >= best * NEAR) {
                    (*flows, reached, best) = (fewer, scale, best.max(scale));
                } else {
                    left.extend(some.iter().cloned());
                }
            }
            many = if many > 1 { many / 2 } else { 0 };
            turned = left;
        }
        reached
    }

    /// About how large the drawing is shown on its page.
    fn estimated(&self, flows: &[Option<Flow>]) -> Option<f64> {
        let cuts = self.cuts(flows);
        let mut parts = Parts::new(self.graph, &self.nest, &cuts);
        for k in (1..parts.parts.len()).rev() {
            let size = estimate(&parts.parts[k].graph, self.spacing)?;
            parts.sized(k, size);
        }
        estimate(&parts.parts[0].graph, self.spacing).map(|size| self.spacing.scale(size))
    }
}

/// About the size that a graph's drawing has; none if it cannot be drawn. Takes about as long as its layers take.
fn estimate(graph: &Graph, spacing: &Spacing) -> Option<Size> {
    let (down, turned) = orient::downward(graph, spacing);
    let nest = Nest::new(&down);
    let layers = rank(&down, &nest, &turned).ok()?;
    let sizes = layers.iter().map(|ranks| {
        let rooms = Rooms::new(&down, &nest, ranks, &turned);
        Size::new(rooms.width[ROOT as usize], rooms.height(ROOT))
    });
    let size = sizes.max_by(|a, b| turned.scale(*a).total_cmp(&turned.scale(*b)))?;
    Some(if orient::across(graph.flow) { Size::new(size.h, size.w) } else { size })
}
