//! Rectangles in rectangles by place: what lies in one is only looked at where that is.

use super::super::adjacent::Adjacent;
use super::near::{above, below};
use crate::geometry::Rect;

/// No rectangle.
pub(super) const NONE: u32 = u32::MAX;
/// As many in one rectangle are looked at one by one; more are taken together in [`PARTS`], and these again.
const FEW: usize = 12;
/// See [`FEW`].
const PARTS: usize = 8;

/// A rectangle, or some that lie beside each other in one.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The bounds of all that is in it, rounded outwards.
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    /// The entry after all that is in it.
    end: u32,
    /// The rectangle's number, or [`NONE`] for several.
    number: u32,
}

/// A tree of rectangles in an array, each before all that lies in it. Built in O(n log n); a search looks at what lies in each rectangle that it finds.
#[derive(Debug)]
pub(super) struct Nested {
    entries: Vec<Entry>,
    rects: Vec<Rect>,
}

/// What is still to be added to the array.
enum Step {
    /// A rectangle and all that lies in it.
    One(u32),
    /// Some that lie in one rectangle, as places in the list of all.
    Several(usize, usize),
    /// Nothing more to this entry.
    End(usize),
}

impl Nested {
    /// Of rectangles, and for each of them that in which it should lie, or [`NONE`].
    pub(super) fn new(rects: Vec<Rect>, around: &[u32]) -> Self {
        let n = rects.len();
        let outer = |k: usize| if around[k] == NONE { n as u32 } else { around[k] };
        let inside = Adjacent::new(n + 1, (0..n).map(|k| (outer(k), k as u32)));
        // All in an order in which what lies in one comes after it, side by side.
        let mut list: Vec<u32> = inside.of(n as u32).to_vec();
        let mut members = vec![(0, 0); n];
        let mut next = 0;
        while next < list.len() {
            let k = list[next];
            members[k as usize].0 = list.len();
            list.extend_from_slice(inside.of(k));
            members[k as usize].1 = list.len();
            next += 1;
        }
        let mut bounds = rects.clone();
        for &k in list.iter().rev().filter(|&&k| around[k as usize] != NONE) {
            let outer = around[k as usize] as usize;
            bounds[outer] = bounds[outer].union(bounds[k as usize]);
        }
        let outermost = inside.of(n as u32).len();
        let mut nested = Self { entries: Vec::with_capacity(n + n / 4), rects };
        let mut steps = Vec::new();
        split(&mut list, &bounds, (0, outermost), &mut steps);
        while let Some(step) = steps.pop() {
            match step {
                Step::One(k) => {
                    nested.open(bounds[k as usize], k, &mut steps);
                    split(&mut list, &bounds, members[k as usize], &mut steps);
                }
                Step::Several(first, end) => {
                    let all = list[first..end].iter().map(|&k| bounds[k as usize]).reduce(Rect::union);
                    nested.open(all.unwrap_or_default(), NONE, &mut steps);
                    split(&mut list, &bounds, (first, end), &mut steps);
                }
                Step::End(at) => nested.entries[at].end = nested.entries.len() as u32,
            }
        }
        nested
    }

    /// Adds an entry.
    fn open(&mut self, bounds: Rect, number: u32, steps: &mut Vec<Step>) {
        steps.push(Step::End(self.entries.len()));
        let (left, top) = (below(bounds.x), below(bounds.y));
        let (right, bottom) = (above(bounds.right()), above(bounds.bottom()));
        self.entries.push(Entry { left, top, right, bottom, end: 0, number });
    }

    /// Calls `found` with the number of every rectangle that overlaps or touches `place`, but for the one numbered `but` and what lies in it.
    pub(super) fn around(&self, place: Rect, but: u32, mut found: impl FnMut(usize)) {
        let (right, bottom) = (place.right(), place.bottom());
        let touches = |r: &Rect| r.x <= right && place.x <= r.x + r.w && r.y <= bottom && place.y <= r.y + r.h;
        let (left_bound, top_bound) = (below(place.x), below(place.y));
        let (right_bound, bottom_bound) = (above(right), above(bottom));
        let mut at = 0;
        while let Some(entry) = self.entries.get(at) {
            let beside = (entry.left <= right_bound) & (left_bound <= entry.right);
            if beside & (entry.top <= bottom_bound) & (top_bound <= entry.bottom) {
                if entry.number == but && but != NONE {
                    at = entry.end as usize;
                    continue;
                }
                if entry.number != NONE && touches(&self.rects[entry.number as usize]) {
                    found(entry.number as usize);
                }
                at += 1;
            } else {
                at = entry.end as usize;
            }
        }
    }
}

/// Adds the steps for what lies in one rectangle: one for each, or one for each part of them.
fn split(list: &mut [u32], bounds: &[Rect], (first, end): (usize, usize), steps: &mut Vec<Step>) {
    let own = &mut list[first..end];
    if own.len() <= FEW {
        steps.extend(own.iter().rev().map(|&k| Step::One(k)));
        return;
    }
    let all = own.iter().map(|&k| bounds[k as usize]).reduce(Rect::union).unwrap_or_default();
    let place = |k: &u32| if all.w > all.h { bounds[*k as usize].center().x } else { bounds[*k as usize].center().y };
    own.sort_by(|a, b| place(a).total_cmp(&place(b)));
    let part = own.len().div_ceil(PARTS);
    steps.extend((first..end).step_by(part).rev().map(|start| Step::Several(start, (start + part).min(end))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_found_as_by_looking_at_all() {
        let number = |k: usize, by: usize| (k * by % 997) as f64;
        let mut rects: Vec<Rect> = (0..20).map(|k| Rect::new(number(k, 37), number(k, 91), 300.0, 200.0)).collect();
        // Some lie in others, and some of these stick out.
        rects.extend((0..300).map(|k| Rect::new(number(k, 53), number(k, 29), number(k, 13) / 20.0, 30.0)));
        let around: Vec<u32> = (0..320).map(|k| if k < 10 { NONE } else { k % 10 }).collect();
        let nested = Nested::new(rects.clone(), &around);
        for k in 0..200 {
            let place = Rect::new(number(k, 71), number(k, 23), number(k, 11) / 5.0, number(k, 3) / 5.0);
            let mut found = Vec::new();
            nested.around(place, NONE, |i| found.push(i));
            found.sort_unstable();
            let touches = |r: &Rect| {
                r.x <= place.right() && place.x <= r.right() && r.y <= place.bottom() && place.y <= r.bottom()
            };
            let all: Vec<usize> = (0..rects.len()).filter(|&i| touches(&rects[i])).collect();
            assert_eq!(found, all, "around {place:?}");
        }
    }
}
