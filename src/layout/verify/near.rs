//! Rectangles by place: which of many overlap one, without looking at all of them.

use crate::geometry::Rect;

/// Entries of a node.
const FULL: usize = 8;
/// Levels at most: as many as the numbers of entries have room for.
const DEEP: usize = 12;

/// A packed tree of rectangles (Leutenegger, Lopez, Edgington 1997): cut into strips by `x`, the strips into nodes by `y`, and each level of nodes packed
/// by the one above. Built in O(n log n); a search takes O(log n + found) where rectangles do not overlap much.
#[derive(Debug)]
pub(in crate::layout) struct Near {
    /// The entries' own numbers, in the order of the lowest level.
    order: Vec<u32>,
    /// Bounds of the entries, then of the nodes over each [`FULL`] of them, and so on up to one.
    levels: Vec<Vec<Rect>>,
}

impl Near {
    /// Of rectangles numbered as they come.
    pub(in crate::layout) fn new(rects: &[Rect]) -> Self {
        let mut keyed: Vec<(f64, u32)> = rects.iter().map(|r| r.center().x).zip(0..).collect();
        keyed.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let nodes = rects.len().div_ceil(FULL);
        let strip = (libm::ceil(libm::sqrt(nodes as f64)) as usize).max(1) * FULL;
        for part in keyed.chunks_mut(strip) {
            part.iter_mut().for_each(|k| k.0 = rects[k.1 as usize].center().y);
            part.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        let order: Vec<u32> = keyed.into_iter().map(|k| k.1).collect();
        let mut levels = vec![order.iter().map(|&i| rects[i as usize]).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|l| l.len() > 1) {
            let around = |part: &[Rect]| part.iter().copied().reduce(Rect::union).unwrap_or_default();
            let above = below.chunks(FULL).map(around).collect();
            levels.push(above);
        }
        Self { order, levels }
    }

    /// Calls `found` with the number of every rectangle that overlaps or touches `place`.
    pub(in crate::layout) fn around(&self, place: Rect, mut found: impl FnMut(usize)) {
        let (right, bottom) = (place.right(), place.bottom());
        let touches = |r: &Rect| r.x <= right && place.x <= r.x + r.w && r.y <= bottom && place.y <= r.y + r.h;
        // Each step takes one and leaves at most FULL of the level below it.
        let mut open = [(0, 0); FULL * DEEP];
        open[0].0 = self.levels.len() - 1;
        let mut count = 1;
        while count > 0 {
            count -= 1;
            let (level, first) = open[count];
            let nodes = &self.levels[level];
            for (k, node) in nodes.iter().enumerate().skip(first).take(FULL) {
                if !touches(node) {
                    continue;
                }
                match level.checked_sub(1) {
                    Some(below) => {
                        open[count] = (below, k * FULL);
                        count += 1;
                    }
                    None => found(self.order[k] as usize),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
