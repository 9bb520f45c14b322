//! The graph that the layout engine sees: one box per service, sized by icon and caption.

use super::TextBlock;
use crate::geometry::{Rect, Size};
use crate::layout::{BoxId, BoxNode, Graph, GroupId, GroupNode, Link, Member, Span, TitlePlace};
use crate::theme::{Theme, TitleStyle};
use crate::topology::{ElementId, Flow, GroupKind, Topology, What};
use petgraph::visit::EdgeRef;

/// Which element became which box or group.
pub(super) struct Parts {
    /// By element.
    pub(super) members: Vec<Member>,
    /// The element of each box.
    pub(super) services: Vec<ElementId>,
    /// The element of each group.
    pub(super) groups: Vec<ElementId>,
}

impl Parts {
    /// Numbers services and groups, each in the topology's order.
    pub(super) fn of(topology: &Topology) -> Self {
        let mut parts = Self { members: Vec::new(), services: Vec::new(), groups: Vec::new() };
        for id in topology.graph.node_indices() {
            let (list, member): (_, fn(u32) -> Member) = match topology.graph[id].what {
                What::Service { .. } => (&mut parts.services, |i| Member::Box(BoxId(i))),
                What::Group { .. } => (&mut parts.groups, |i| Member::Group(GroupId(i))),
            };
            parts.members.push(member(u32::try_from(list.len()).unwrap_or(u32::MAX)));
            list.push(id);
        }
        parts
    }

    fn member(&self, id: ElementId) -> Member {
        self.members.get(id.index()).copied().unwrap_or(Member::Box(BoxId(u32::MAX)))
    }

    fn group(&self, id: ElementId) -> Option<GroupId> {
        match self.member(id) {
            Member::Group(group) => Some(group),
            Member::Box(_) => None,
        }
    }
}

/// Puts the sizes together.
pub(super) fn build(
    topology: &Topology,
    parts: &Parts,
    theme: &Theme,
    captions: &[TextBlock],
    titles: &[TextBlock],
    span_titles: &[TextBlock],
    labels: &[TextBlock],
) -> Graph {
    let mut graph = Graph { flow: topology.flow, ..Graph::default() };
    for (&id, caption) in parts.services.iter().zip(captions) {
        let element = &topology.graph[id];
        let border = match element.what {
            What::Service { border: Some((group, side)), .. } => parts.group(group).map(|g| (g, side)),
            _ => None,
        };
        let (size, core) = service_size(theme, caption);
        graph.boxes.push(BoxNode { size, core, parent: element.parent.and_then(|p| parts.group(p)), border });
    }
    for (&id, title) in parts.groups.iter().zip(titles) {
        let element = &topology.graph[id];
        let kind = if let What::Group { kind, .. } = element.what { kind } else { GroupKind::Generic };
        let badge = matches!(element.what, What::Group { badge: Some(_), .. });
        let (title, title_place) = title_size(theme, kind, badge, title);
        graph.groups.push(GroupNode {
            parent: element.parent.and_then(|p| parts.group(p)),
            title,
            title_place,
            flow: None,
        });
    }
    for (edge, text) in topology.graph.edge_references().zip(labels) {
        let link = edge.weight();
        graph.links.push(Link {
            from: parts.member(edge.source()),
            to: parts.member(edge.target()),
            label: label_size(theme, text, link.step.is_some()),
            rank: link.rank,
            weight: link.weight,
        });
    }
    for (span, text) in topology.spans.iter().zip(span_titles) {
        let (title, _) = title_size(theme, span.kind, span.badge.is_some(), text);
        graph.spans.push(Span { members: span.members.iter().map(|&m| parts.member(m)).collect(), title });
    }
    if matches!(topology.flow, Flow::Right | Flow::Left) {
        for span in &graph.spans {
            widen(&mut graph.boxes, span, theme.sizes.track);
        }
    }
    graph.classes = topology.classes.iter().map(|c| c.iter().map(|&id| parts.member(id)).collect()).collect();
    equalise(&mut graph);
    graph
}

/// An icon over its caption: the whole, and the icon within it.
fn service_size(theme: &Theme, caption: &TextBlock) -> (Size, Rect) {
    let icon = theme.sizes.icon;
    let w = icon.max(caption.size.w.ceil());
    let h = if caption.is_empty() { icon } else { icon + theme.sizes.caption_gap + caption.size.h };
    (Size::new(w, h), Rect::new((w - icon) / 2.0, 0.0, icon, icon))
}

/// Room for a group's badge and name, and where it stands.
fn title_size(theme: &Theme, kind: GroupKind, own_badge: bool, text: &TextBlock) -> (Size, TitlePlace) {
    let sizes = &theme.sizes;
    let place = match theme.colors.group(kind).title {
        TitleStyle::Badge => TitlePlace::Corner,
        TitleStyle::CentredBadge | TitleStyle::Centred => TitlePlace::Middle,
    };
    let badge = own_badge || theme.colors.group(kind).title != TitleStyle::Centred;
    let text_height = if text.is_empty() { 0.0 } else { text.size.h + 2.0 * sizes.title_margin };
    let size = match (badge, text.is_empty()) {
        (false, true) => Size::default(),
        (false, false) => Size::new(text.size.w + 2.0 * sizes.badge_gap, text_height),
        (true, true) => Size::new(sizes.badge, sizes.badge),
        (true, false) => Size::new(sizes.badge + 2.0 * sizes.badge_gap + text.size.w, sizes.badge.max(text_height)),
    };
    (Size::new(size.w.ceil(), size.h.ceil()), place)
}

/// Room for a step's disc and a text beside it.
fn label_size(theme: &Theme, text: &TextBlock, step: bool) -> Option<Size> {
    let sizes = &theme.sizes;
    let disc = if step { 2.0 * sizes.step_radius } else { 0.0 };
    let gap = if step && !text.is_empty() { sizes.step_gap } else { 0.0 };
    let size = Size::new(disc + gap + text.size.w, disc.max(text.size.h));
    (step || !text.is_empty())
        .then(|| Size::new((size.w + 2.0 * sizes.label_margin).ceil(), (size.h + 2.0 * sizes.label_margin).ceil()))
}

/// Makes room for the title of an outline whose members stand over each other: the boxes in it become as wide as the title is, less what the outline keeps free
/// around them on either side.
fn widen(boxes: &mut [BoxNode], span: &Span, around: f64) {
    let least = span.title.w - 2.0 * around;
    for member in &span.members {
        if let Member::Box(b) = member
            && let Some(node) = boxes.get_mut(b.at()).filter(|n| n.size.w < least)
        {
            node.core.x += (least - node.size.w) / 2.0;
            node.size.w = least;
        }
    }
}

/// Gives the members of each class one size: copies look alike even where one has a longer name.
fn equalise(graph: &mut Graph) {
    for class in &graph.classes {
        let boxes = class.iter().filter_map(|m| if let Member::Box(b) = m { graph.boxes.get(b.at()) } else { None });
        let size = boxes.fold(Size::default(), |s, b| Size::new(s.w.max(b.size.w), s.h.max(b.size.h)));
        let titles =
            class.iter().filter_map(|m| if let Member::Group(g) = m { graph.groups.get(g.at()) } else { None });
        let title = titles.fold(Size::default(), |s, g| Size::new(s.w.max(g.title.w), s.h.max(g.title.h)));
        for member in class {
            match member {
                Member::Box(b) => {
                    if let Some(node) = graph.boxes.get_mut(b.at()) {
                        node.core.x += (size.w - node.size.w) / 2.0;
                        node.size = size;
                    }
                }
                Member::Group(g) => {
                    if let Some(node) = graph.groups.get_mut(g.at()) {
                        node.title = title;
                    }
                }
            }
        }
    }
}
