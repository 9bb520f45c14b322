//! How many links a run along a channel crosses, about.

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
    above: Vec<Vec<f64>>,
    below: Vec<Vec<f64>>,
}

impl Crowd {
    /// The links that have a course before any level link gets one: those are few, and settle what they cross among themselves later. O(joints log joints).
    pub(super) fn new(rows: &Rows, columns: &Columns) -> Self {
        let mut crowd =
            Self { above: vec![Vec::new(); rows.rows.len() + 1], below: vec![Vec::new(); rows.rows.len() + 1] };
        for chain in &rows.chains {
            for (pair, joint) in chain.items.windows(2).zip(&chain.joints) {
                let Joint::Channel(channel) = joint else { continue };
                for &i in pair {
                    let is_above = rows.items[i as usize].row < channel.below;
                    let side = if is_above { &mut crowd.above } else { &mut crowd.below };
                    side[channel.below as usize].push(columns.item[i as usize]);
                }
            }
        }
        crowd.above.iter_mut().chain(&mut crowd.below).for_each(|side| side.sort_unstable_by(f64::total_cmp));
        crowd
    }

    /// The least number of links that a way through a channel crosses. O(log joints).
    pub(super) fn crossed(&self, channel: u32, from: Gate, to: Gate) -> usize {
        self.before(channel, from).abs_diff(self.before(channel, to))
    }

    /// The number of links left of a gate of a channel. O(log joints).
    pub(super) fn before(&self, channel: u32, gate: Gate) -> usize {
        let side = if gate.above { &self.above } else { &self.below };
        side[channel as usize].partition_point(|&x| x < gate.x)
    }
}

#[cfg(test)]
mod tests {
    use super::{Crowd, Gate};

    #[test]
    fn a_run_crosses_what_lies_between_its_gates() {
        // Three links come from above, at 10, 20 and 30, and all go on below at 20.
        let crowd = Crowd { above: vec![vec![10.0, 20.0, 30.0]], below: vec![vec![20.0, 20.0, 20.0]] };
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
