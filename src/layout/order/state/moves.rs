//! Members of groups in other places, and back.

use super::super::super::Side;
use super::super::super::nest::NONE;
use super::{Row, State};

/// What was done to the members of a node.
pub(super) enum Change {
    /// One was moved: row, node, from where, to where.
    Moved(u32, u32, u32, u32),
    /// They were like this before: row, node, members.
    Members(u32, u32, Vec<u32>),
}

impl State<'_> {
    /// Numbers the tokens of all rows.
    pub(in crate::layout::order) fn place_all(&mut self) {
        for r in 0..self.rows.len() {
            self.place(r, 0);
        }
    }

    /// Numbers the tokens below one node of a row anew, after its members changed places.
    pub(in crate::layout::order) fn place(&mut self, r: usize, root: u32) {
        let Row { nodes, members, tokens } = &mut self.rows[r];
        let mut token = nodes[root as usize].low;
        if nodes[root as usize].group == NONE {
            (nodes[root as usize].high, tokens[token as usize]) = (token, root);
            self.at[nodes[root as usize].item as usize] = token;
            return;
        }
        tokens[token as usize] = root;
        token += 1;
        let (mut v, stack) = (root, &mut self.stack);
        let mut next = nodes[v as usize].first;
        stack.clear();
        loop {
            let end = nodes[v as usize].first + nodes[v as usize].count;
            if next < end {
                let c = members[next as usize];
                next += 1;
                let node = &mut nodes[c as usize];
                node.low = token;
                tokens[token as usize] = c;
                token += 1;
                if node.group == NONE {
                    node.high = node.low;
                    self.at[node.item as usize] = node.low;
                } else {
                    stack.push((v, next));
                    (v, next) = (c, node.first);
                }
                continue;
            }
            nodes[v as usize].high = token;
            tokens[token as usize] = v;
            token += 1;
            let Some(up) = stack.pop() else { return };
            (v, next) = up;
        }
    }

    /// Puts the members of a node in another order.
    pub(in crate::layout::order) fn reorder(&mut self, r: usize, v: u32, members: &[u32]) {
        if self.recording {
            self.log.push(Change::Members(r as u32, v, self.rows[r].members(v).to_vec()));
        }
        self.rows[r].members_mut(v).copy_from_slice(members);
        self.touch(r);
        self.place(r, v);
    }

    /// Moves one member of a node to the place of another; those between move by one.
    pub(in crate::layout::order) fn shift(&mut self, r: usize, v: u32, from: usize, to: usize) {
        if self.recording {
            self.log.push(Change::Moved(r as u32, v, from as u32, to as u32));
        }
        self.touch(r);
        let (first, last) = (from.min(to), from.max(to));
        let row = &mut self.rows[r];
        let start = row.nodes[v as usize].first as usize;
        let mut token = row.nodes[row.members[start + first] as usize].low;
        let moved = &mut row.members[start + first..=start + last];
        if from < to {
            moved.rotate_left(1);
        } else {
            moved.rotate_right(1);
        }
        for k in start + first..=start + last {
            let m = self.rows[r].members[k];
            self.rows[r].nodes[m as usize].low = token;
            self.place(r, m);
            token = self.rows[r].nodes[m as usize].high + 1;
        }
    }

    /// Turns a group round with all that it holds; boxes astride its side walls stay there.
    pub(in crate::layout::order) fn turn_round(&mut self, group: u32) {
        for &g in self.nest.within(group) {
            for r in self.top[g as usize] as usize..=self.bottom[g as usize] as usize {
                let v = self.node_at(NONE, g, r);
                let row = &self.rows[r];
                let mut members = row.members(v).to_vec();
                members.reverse();
                members.sort_by_key(|&m| match self.wall(&row[m as usize]) {
                    Some(Side::Left) => 0,
                    None => 1,
                    Some(_) => 2,
                });
                if members != row.members(v) {
                    self.reorder(r, v, &members);
                }
            }
        }
    }

    /// Notes that a row has changed.
    pub(in crate::layout::order) fn touch(&mut self, r: usize) {
        self.clock += 1;
        self.changed[r] = self.clock;
    }

    /// From here on changes can be taken back.
    pub(in crate::layout::order) fn record(&mut self) {
        self.log.clear();
        self.recording = true;
    }

    /// How many changes there are to take back.
    pub(in crate::layout::order) fn mark(&self) -> usize {
        self.log.len()
    }

    /// Takes back all changes but the first so many since [`Self::record`].
    pub(in crate::layout::order) fn take_back(&mut self, mark: usize) {
        self.recording = false;
        for change in self.log.split_off(mark).into_iter().rev() {
            match change {
                Change::Moved(r, v, from, to) => self.shift(r as usize, v, to as usize, from as usize),
                Change::Members(r, v, members) => self.reorder(r as usize, v, &members),
            }
        }
        self.recording = true;
    }

    /// Puts the members of a group in an order that they had before.
    pub(in crate::layout::order) fn put_members(&mut self, group: u32, mut members: &[u32]) {
        for r in self.top[group as usize] as usize..=self.bottom[group as usize] as usize {
            let v = self.node_at(NONE, group, r);
            let own;
            (own, members) = members.split_at(self.rows[r].members(v).len());
            if self.rows[r].members(v) != own {
                self.reorder(r, v, own);
            }
        }
    }
}
