//! From a way found to a course in the rows.

use super::super::Member;
use super::super::nest::inner;
use super::super::rows::{Chain, Channel, Foot, Item, ItemId, Joint, Kind};
use super::Courses;
use super::search::{End, Passage, Way};

impl Courses<'_> {
    /// Turns a way into a chain: puts its passes into the rows.
    pub(super) fn adopt(&mut self, link: u32, way: &Way) {
        let label = self.graph.links[link as usize].label;
        // Where a straight course runs along the row, a label would lie on it.
        let off_runs = |p: &Passage| !self.on_run(p.row, p.index as usize);
        let labelled = way.passes.iter().position(off_runs).unwrap_or(0);
        let mut items = Vec::new();
        let mut joints = vec![Joint::Channel(Channel { below: way.start.1, lane: way.start.2 })];
        let mut channel = way.start.1;
        let mut taken: Vec<(u32, u32, f64)> = Vec::new();
        for (k, pass) in way.passes.iter().enumerate() {
            // Passes of this very link that went into the row before it move its place.
            let before =
                |t: &&(u32, u32, f64)| t.0 == pass.row && (t.1 < pass.index || t.1 == pass.index && t.2 <= pass.x);
            let moved = taken.iter().filter(before).count();
            taken.push((pass.row, pass.index, pass.x));
            let item = Item::thin(pass.row, pass.region, Kind::Pass(link), label.filter(|_| k == labelled));
            items.push(self.add(pass.index as usize + moved, pass.x, item));
            channel = if pass.row < channel { pass.row } else { pass.row + 1 };
            joints.push(Joint::Channel(Channel { below: channel, lane: pass.lane }));
        }
        let (a, foot_a) = self.meet(link, way.start.0, way.start.1);
        items.insert(0, a);
        let foot_b = match way.end.0 {
            End::Member(m) => {
                let (b, foot) = self.meet(link, m, way.end.1);
                items.push(b);
                foot
            }
            // The last pass runs on to the wall.
            End::Wall(g) => {
                joints.pop();
                Foot::Inner(g)
            }
        };
        let mut feet = [foot_a, foot_b];
        if way.start.0 != self.graph.links[link as usize].from {
            items.reverse();
            joints.reverse();
            feet.reverse();
        }
        self.rows.chains[link as usize] = Chain { items, joints, feet: Some(feet) };
    }

    /// Where a way meets its end: the box, or a port under the wall on the channel's side.
    fn meet(&mut self, link: u32, m: Member, channel: u32) -> (ItemId, Foot) {
        match m {
            Member::Box(b) => (b.0, Foot::Box),
            Member::Group(g) => {
                let g = inner(g);
                let top = self.rows.top[g as usize];
                let row = if top == channel { channel } else { self.rows.bottom[g as usize] };
                (self.port(0.0, link, g, row), Foot::Outer(g))
            }
        }
    }
}
