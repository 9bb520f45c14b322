//! Rectangles by place: which of many overlap one, without looking at all of them.

use crate::geometry::Rect;

/// Entries of a node.
const FULL: usize = 8;
/// Levels at most: as many as the numbers of entries have room for.
const DEEP: usize = 12;

/// The bounds of a node's entries, one number after the other: all are compared at once. They are rounded outwards; entries that are missing touch nothing.
#[derive(Debug, Clone, Copy)]
struct Node {
    left: [f32; FULL],
    top: [f32; FULL],
    right: [f32; FULL],
    bottom: [f32; FULL],
}

/// The nearest number that is no more.
pub(super) fn below(v: f64) -> f32 {
    let near = v as f32;
    if f64::from(near) > v { near.next_down() } else { near }
}

/// The nearest number that is no less.
pub(super) fn above(v: f64) -> f32 {
    -below(-v)
}

/// A whole number that comes before and after others as a coordinate does, to an eighth of a pixel, with a number in its lower half: quickly sorted.
fn key(v: f64, number: u32) -> u64 {
    let whole = (v * 8.0) as i32;
    (u64::from(whole as u32 ^ (1 << 31)) << 32) | u64::from(number)
}

impl Node {
    const EMPTY: Self = Self {
        left: [f32::INFINITY; FULL],
        top: [f32::INFINITY; FULL],
        right: [f32::NEG_INFINITY; FULL],
        bottom: [f32::NEG_INFINITY; FULL],
    };

    /// Over so many rectangles at most.
    fn over(rects: impl Iterator<Item = Rect>) -> Self {
        let mut node = Self::EMPTY;
        for (k, r) in rects.enumerate() {
            (node.left[k], node.top[k]) = (below(r.x), below(r.y));
            (node.right[k], node.bottom[k]) = (above(r.right()), above(r.bottom()));
        }
        node
    }

    /// Over so many nodes at most.
    fn around(nodes: &[Self]) -> Self {
        let mut node = Self::EMPTY;
        for (k, inner) in nodes.iter().enumerate() {
            let least = |all: &[f32]| all.iter().copied().fold(f32::INFINITY, f32::min);
            let most = |all: &[f32]| all.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            (node.left[k], node.top[k]) = (least(&inner.left), least(&inner.top));
            (node.right[k], node.bottom[k]) = (most(&inner.right), most(&inner.bottom));
        }
        node
    }

    /// The entries that a place may overlap or touch, one bit each.
    #[inline]
    fn touched(&self, [left, top, right, bottom]: [f32; 4]) -> u32 {
        let mut bits = [0; FULL];
        for (k, bit) in bits.iter_mut().enumerate() {
            let beside = (self.left[k] <= right) & (left <= self.right[k]);
            *bit = if beside & (self.top[k] <= bottom) & (top <= self.bottom[k]) { 1 << k } else { 0 };
        }
        bits.into_iter().sum()
    }
}

/// A packed tree of rectangles (Leutenegger, Lopez, Edgington 1997): cut into strips by `x`, the strips into nodes by `y`, and each level of nodes packed
/// by the one above. Built in O(n log n); a search takes O(log n + found) where rectangles do not overlap much.
#[derive(Debug)]
pub(in crate::layout) struct Near {
    /// The rectangles with their own numbers, in the order of the lowest level.
    entries: Vec<(Rect, u32)>,
    /// Nodes over each [`FULL`] of them, then over each [`FULL`] of those, and so on up to one.
    levels: Vec<Vec<Node>>,
}

impl Near {
    /// Of rectangles numbered as they come.
    pub(in crate::layout) fn new(rects: &[Rect]) -> Self {
        let number = |key: u64| key as u32;
        let mut keyed: Vec<u64> = rects.iter().zip(0..).map(|(r, k)| key(r.center().x, k)).collect();
        keyed.sort_unstable();
        let nodes = rects.len().div_ceil(FULL);
        let strip = (libm::ceil(libm::sqrt(nodes as f64)) as usize).max(1) * FULL;
        for part in keyed.chunks_mut(strip) {
            part.iter_mut().for_each(|k| *k = key(rects[number(*k) as usize].center().y, number(*k)));
            part.sort_unstable();
        }
        let entries: Vec<(Rect, u32)> = keyed.into_iter().map(|k| (rects[number(k) as usize], number(k))).collect();
        let mut levels = Vec::new();
        let mut level: Vec<Node> = entries.chunks(FULL).map(|part| Node::over(part.iter().map(|e| e.0))).collect();
        while level.len() > 1 {
            let above = level.chunks(FULL).map(Node::around).collect();
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        Self { entries, levels }
    }

    /// Calls `found` with the number of every rectangle that overlaps or touches `place`.
    pub(in crate::layout) fn around(&self, place: Rect, mut found: impl FnMut(usize)) {
        if self.entries.is_empty() {
            return;
        }
        let (right, bottom) = (place.right(), place.bottom());
        let touches = |r: &Rect| r.x <= right && place.x <= r.x + r.w && r.y <= bottom && place.y <= r.y + r.h;
        let bounds = [below(place.x), below(place.y), above(right), above(bottom)];
        // Of each level the node that is looked at, and which of its entries are still to be looked at.
        let mut open = [(0, 0); DEEP];
        let top = self.levels.len() - 1;
        let mut level = top;
        open[top].1 = self.levels[top][0].touched(bounds);
        loop {
            let (node, bits) = &mut open[level];
            if level == 0 {
                while *bits > 0 {
                    let (rect, number) = &self.entries[*node * FULL + bits.trailing_zeros() as usize];
                    *bits &= *bits - 1;
                    if touches(rect) {
                        found(*number as usize);
                    }
                }
            }
            if *bits > 0 {
                let k = bits.ilog2() as usize;
                *bits &= !(1 << k);
                let inner = *node * FULL + k;
                level -= 1;
                open[level] = (inner, self.levels[level][inner].touched(bounds));
            } else if level < top {
                level += 1;
            } else {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_sorted_as_whole_numbers() {
        let all = [f64::NEG_INFINITY, -2.5, -0.125, 0.0, 0.25, 3.0, f64::INFINITY];
        assert!(all.windows(2).all(|pair| key(pair[0], 9) < key(pair[1], 3)));
    }

    #[test]
    fn the_same_is_found_as_by_looking_at_all() {
        let number = |k: usize, by: usize| (k * by % 997) as f64;
        let rects: Vec<Rect> = (0..300)
            .map(|k| Rect::new(number(k, 37), number(k, 91), number(k, 13) / 20.0, number(k, 7) / 20.0))
            .collect();
        let near = Near::new(&rects);
        for k in 0..200 {
            let place = Rect::new(number(k, 53), number(k, 29), number(k, 11) / 5.0, number(k, 3) / 5.0);
            let mut found = Vec::new();
            near.around(place, |i| found.push(i));
            found.sort_unstable();
            let touches = |r: &Rect| {
                r.x <= place.right() && place.x <= r.right() && r.y <= place.bottom() && place.y <= r.bottom()
            };
            let all: Vec<usize> = (0..rects.len()).filter(|&i| touches(&rects[i])).collect();
            assert_eq!(found, all, "around {place:?}");
        }
    }
}
