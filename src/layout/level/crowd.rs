//! How many links a run along a channel crosses, about.

use super::super::adjacent::Adjacent;
use super::super::columns::Columns;
use super::super::rows::{Joint, Rows};

/// Where a channel is entered or left: from the row above it or below it, and the place across the flow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gate {
    /// Whether the row is the one above.
    pub(super) above: bool,
    /// Place across the flow.
    pub(super) x: f64,
}

/// Where the links that pass each channel come from above, and where they go to below: sorted.
pub(super) struct Crowd {
    /// By channel, those from above and those to below, one after the other.
    sides: Adjacent<f64>,
}

impl Crowd {
    /// The links that have a course before any level link gets one: those are few, and settle what they cross among themselves later. O(joints log joints),
    /// but hardly more than O(joints), as most items of a row stand from left to right.
    pub(super) fn new(rows: &Rows, columns: &Columns) -> Self {
        // Of each item, how many links leave it upwards, and downwards.
        let mut ends = vec![[0u32; 2]; rows.items.len()];
        for chain in &rows.chains {
            for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
                let Joint::Channel(c) = joint else { continue };
                for &i in pair {
                    ends[i as usize][usize::from(rows.items[i as usize].row < c.below)] += 1;
                }
            }
        }
        let sides = (0..).zip(&rows.rows).flat_map(|(r, row)| {
            let ends = &ends;
            row.iter().flat_map(move |&i| {
                let [up, down] = ends[i as usize];
                let x = columns.item[i as usize];
                let up = (0..up).map(move |_| (side(r, false), x));
                up.chain((0..down).map(move |_| (side(r + 1, true), x)))
            })
        });
        let mut sides = Adjacent::new(2 * rows.rows.len() + 2, sides);
        sides.each_mut(|side| {
            if !side.is_sorted() {
                side.sort_unstable_by(f64::total_cmp);
            }
        });
        Self { sides }
    }

    /// The least number of links that a way through a channel crosses. O(log joints).
    pub(super) fn crossed(&self, channel: u32, from: Gate, to: Gate) -> usize {
        self.before(channel, from).abs_diff(self.before(channel, to))
    }

    /// The number of links left of a gate of a channel. O(log joints).
    pub(super) fn before(&self, channel: u32, gate: Gate) -> usize {
        self.sides.of(side(channel, gate.above)).partition_point(|&x| x < gate.x)
    }
}

/// The number of the list of a channel's side.
fn side(channel: u32, above: bool) -> u32 {
    2 * channel + u32::from(above)
}

#[cfg(test)]
mod tests {
    use super::{Adjacent, Crowd, Gate, side};

    #[test]
    fn a_run_crosses_what_lies_between_its_gates() {
        // Three links come from above, at 10, 20 and 30, and all go on below at 20.
        let ends = [(10.0, true), (20.0, true), (30.0, true), (20.0, false), (20.0, false), (20.0, false)];
        let crowd = Crowd { sides: Adjacent::new(2, ends.into_iter().map(|(x, above)| (side(0, above), x))) };
        let crossed = |a: (bool, f64), b: (bool, f64)| {
            let [from, to] = [a, b].map(|(above, x)| Gate { above, x });
            crowd.crossed(0, from, to)
        };
        assert_eq!(crossed((true, 5.0), (true, 35.0)), 3);
        assert_eq!(crossed((true, 15.0), (true, 25.0)), 1);
        assert_eq!(crossed((false, 5.0), (false, 15.0)), 0);
        assert_eq!(crossed((true, 15.0), (false, 25.0)), 2);
    }
}
