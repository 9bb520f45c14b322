//! The items of the boxes: how far each reaches from its row's line.

use super::super::nest::class_boxes;
use super::super::{Graph, Side};
use super::{Builder, Item, Kind};

impl Builder<'_> {
    /// One item for every box, in the order of the graph.
    pub(super) fn boxes(&mut self) {
        let centred = centred(self.graph);
        for (b, node) in self.graph.boxes.iter().enumerate() {
            let middle = if centred[b] { node.size.h / 2.0 } else { node.core.y + node.core.h / 2.0 };
            let side = matches!(self.nest.border[b], Some(Side::Left | Side::Right));
            let axis = if side { node.size.w / 2.0 } else { node.core.x + node.core.w / 2.0 };
            self.items.push(Item {
                row: self.ranks.of_box[b],
                region: self.nest.home[b],
                kind: Kind::Box(b as u32),
                left: axis,
                right: node.size.w - axis,
                up: middle,
                down: node.size.h - middle,
                label: false,
            });
        }
    }
}

/// Which boxes stand in their rows by their middles: those on borders, and all of classes whose members have their cores at different heights. Members of
/// one class must have their middles level, and unequal ones can only do so by them; so can all that share a class with one of these.
fn centred(graph: &Graph) -> Vec<bool> {
    let shape = |b: usize| (graph.boxes[b].size.h, graph.boxes[b].core.y, graph.boxes[b].core.h);
    let mut centred: Vec<bool> = graph.boxes.iter().map(|b| b.border.is_some()).collect();
    loop {
        let mut changed = false;
        for class in &graph.classes {
            let boxes = || class_boxes(class).map(|b| b as usize);
            let uneven = boxes().any(|b| centred[b] || boxes().next().is_some_and(|first| shape(first) != shape(b)));
            boxes().filter(|_| uneven).for_each(|b| changed |= !std::mem::replace(&mut centred[b], true));
        }
        if !changed {
            return centred;
        }
    }
}
