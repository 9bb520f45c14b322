//! The engine's two formats: a plain graph in, a drawing out. Pixels, y down.
//!
//! ```json
//! {"flow": "down",
//!  "nodes":   [{"id": "web", "w": 64, "h": 64, "parent": "app"}],
//!  "groups":  [{"id": "vpc"}, {"id": "app", "parent": "vpc"}, {"id": "jobs", "flow": "right"}],
//!  "edges":   [["igw", "web"]],
//!  "elabels": [[0, 40, 14]],
//!  "border":  [["igw", "vpc", "N"]],
//!  "spans":   [{"id": "asg", "members": ["web"]}],
//!  "align":   [["web", "other"]]}
//! ```
//!
//! Only `nodes` is needed. `flow` is `down`, `right`, `up` or `left`; a group may have a `flow` of its own, which holds if nothing in it is tied to anything
//! outside, see [`GroupNode::flow`]. An edge's end is a node or a group; `elabels` gives an edge's number and the size of its label; `border` puts a node
//! astride a side of a group (`N`, `E`, `S`, `W`, or null for the engine's choice); members of an `align` class stand level.
//!
//! The drawing has `nodes` and `groups` with `x`, `y`, `w`, `h`; `edges` with their number `i` and the `points` from source to target; `labels`; `spans` with
//! their `rects`; the constraints as given; and which `form` of drawing it is: `finished` but for rare graphs, see [`Form`](super::Form).

use super::{BoxId, BoxNode, Flow, Graph, GroupId, GroupNode, Layout, Link, Member, Side, Span};
use crate::geometry::{Rect, Size};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A graph as written: nodes, groups, edges and constraints by name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainGraph {
    #[serde(default)]
    flow: Option<String>,
    nodes: Vec<PlainNode>,
    #[serde(default)]
    groups: Vec<PlainGroup>,
    #[serde(default)]
    edges: Vec<(String, String)>,
    #[serde(default)]
    elabels: Vec<(usize, f64, f64)>,
    #[serde(default)]
    border: Vec<(String, String, Option<String>)>,
    #[serde(default)]
    spans: Vec<PlainSpan>,
    #[serde(default)]
    align: Vec<Vec<String>>,
    /// Anything else a producer wants to say about the graph.
    #[serde(default, rename = "meta")]
    _meta: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct PlainNode {
    id: String,
    w: f64,
    h: f64,
    #[serde(default)]
    parent: Option<String>,
}

#[derive(Debug, Deserialize)]
struct PlainGroup {
    id: String,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    flow: Option<String>,
}

#[derive(Debug, Deserialize)]
struct PlainSpan {
    id: String,
    members: Vec<String>,
}

/// Names of a graph's parts, in its order.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Of the boxes.
    pub boxes: Vec<String>,
    /// Of the groups.
    pub groups: Vec<String>,
    /// Of the spans.
    pub spans: Vec<String>,
}

/// Reads a plain graph.
///
/// # Errors
/// What is wrong, as a lower-case sentence: not JSON, of another shape, a name that is used twice or points at nothing.
pub fn read(text: &str) -> Result<(Graph, Names), String> {
    let plain: PlainGraph = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut members: BTreeMap<&str, Member> = BTreeMap::new();
    let ids = (plain.groups.iter().enumerate().map(|(k, g)| (&g.id, Member::Group(GroupId(k as u32)))))
        .chain(plain.nodes.iter().enumerate().map(|(k, n)| (&n.id, Member::Box(BoxId(k as u32)))));
    for (id, member) in ids {
        if members.insert(id, member).is_some() {
            return Err(format!("the id `{id}` is used twice"));
        }
    }
    let find = |id: &str| members.get(id).copied().ok_or_else(|| format!("nothing has the id `{id}`"));
    let group = |id: &str| match find(id)? {
        Member::Group(g) => Ok(g),
        Member::Box(_) => Err(format!("`{id}` is a node, not a group")),
    };
    let parent = |id: &Option<String>| id.as_deref().map(group).transpose();
    let mut graph =
        Graph { flow: plain.flow.as_deref().map(flow).transpose()?.unwrap_or_default(), ..Graph::default() };
    for node in &plain.nodes {
        let size = Size::new(node.w, node.h);
        let core = Rect::new(0.0, 0.0, size.w, size.h);
        graph.boxes.push(BoxNode { size, core, parent: parent(&node.parent)?, border: None });
    }
    for g in &plain.groups {
        let flow = g.flow.as_deref().map(flow).transpose()?;
        graph.groups.push(GroupNode { parent: parent(&g.parent)?, flow, ..GroupNode::default() });
    }
    for (from, to) in &plain.edges {
        graph.links.push(Link { from: find(from)?, to: find(to)?, label: None, rank: true, weight: 1.0 });
    }
    for &(edge, w, h) in &plain.elabels {
        let link = graph.links.get_mut(edge).ok_or_else(|| format!("there is no edge {edge} to label"))?;
        link.label = Some(Size::new(w, h));
    }
    for (node, of, side) in &plain.border {
        let Member::Box(b) = find(node)? else {
            return Err(format!("`{node}` is a group and cannot stand on a border"));
        };
        graph.boxes[b.at()].border = Some((group(of)?, side.as_deref().map(read_side).transpose()?));
    }
    for span in &plain.spans {
        let members = span.members.iter().map(|m| find(m)).collect::<Result<_, _>>()?;
        graph.spans.push(Span { members, title: Size::default() });
    }
    for class in &plain.align {
        graph.classes.push(class.iter().map(|m| find(m)).collect::<Result<_, _>>()?);
    }
    let names = Names {
        boxes: plain.nodes.into_iter().map(|n| n.id).collect(),
        groups: plain.groups.into_iter().map(|g| g.id).collect(),
        spans: plain.spans.into_iter().map(|s| s.id).collect(),
    };
    Ok((graph, names))
}

fn flow(name: &str) -> Result<Flow, String> {
    match name {
        "down" => Ok(Flow::Down),
        "right" => Ok(Flow::Right),
        "up" => Ok(Flow::Up),
        "left" => Ok(Flow::Left),
        other => Err(format!("`{other}` is not a flow; possible are down, right, up, left")),
    }
}

fn read_side(name: &str) -> Result<Side, String> {
    match name {
        "N" => Ok(Side::Top),
        "E" => Ok(Side::Right),
        "S" => Ok(Side::Bottom),
        "W" => Ok(Side::Left),
        other => Err(format!("`{other}` is not a side; possible are N, E, S, W")),
    }
}

/// The drawing as written.
#[derive(Debug, Serialize)]
struct Drawing<'a> {
    format: &'a str,
    engine: &'a str,
    version: &'a str,
    flow: &'a str,
    form: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<f64>,
    nodes: Vec<Value>,
    groups: Vec<Value>,
    spans: Vec<Value>,
    edges: Vec<Value>,
    labels: Vec<Value>,
    border: Vec<Value>,
    align: Vec<Vec<&'a str>>,
}

/// Writes a drawing (`drawing/1`); `ms` is the time that the layout took.
pub fn write(graph: &Graph, names: &Names, layout: &Layout, ms: Option<f64>) -> String {
    let name = |m: &Member| match m {
        Member::Box(b) => names.boxes[b.at()].as_str(),
        Member::Group(g) => names.groups[g.at()].as_str(),
    };
    let parent = |p: Option<GroupId>| p.map(|g| names.groups[g.at()].as_str());
    let boxed = |id: &str, r: Rect, parent: Option<&str>| serde_json::json!({ "id": id, "x": r.x, "y": r.y, "w": r.w, "h": r.h, "parent": parent });
    let list = |r: &Rect| [r.x, r.y, r.w, r.h];
    let edge = |i: usize| {
        let points: Vec<[f64; 2]> = layout.links[i].points.iter().map(|p| [p.x, p.y]).collect();
        let link = &graph.links[i];
        serde_json::json!({ "i": i, "src": name(&link.from), "dst": name(&link.to), "points": points, "curve": false })
    };
    let groups = graph.groups.iter().enumerate().map(|(k, g)| {
        let mut value = boxed(&names.groups[k], layout.groups[k], parent(g.parent));
        if g.title.w > 0.0 {
            value["title"] = serde_json::json!(list(&layout.titles[k]));
        }
        if let Some(flow) = g.flow {
            value["flow"] = serde_json::json!(flow_name(flow));
        }
        value
    });
    let labels = layout.links.iter().enumerate().filter_map(|(i, l)| {
        l.label.map(|r| serde_json::json!({ "kind": "edge", "of": i, "x": r.x, "y": r.y, "w": r.w, "h": r.h }))
    });
    let border = graph.boxes.iter().enumerate().filter_map(|(k, b)| {
        b.border.map(|(g, side)| serde_json::json!([names.boxes[k], names.groups[g.at()], side.map(side_name)]))
    });
    let drawing = Drawing {
        format: "drawing/1",
        engine: "skyplan",
        version: env!("CARGO_PKG_VERSION"),
        flow: flow_name(graph.flow),
        form: layout.form.to_string(),
        ms,
        nodes: graph
            .boxes
            .iter()
            .enumerate()
            .map(|(k, b)| boxed(&names.boxes[k], layout.boxes[k], parent(b.parent)))
            .collect(),
        groups: groups.collect(),
        spans: graph
            .spans
            .iter()
            .enumerate()
            .map(|(k, s)| {
                let members: Vec<&str> = s.members.iter().map(name).collect();
                let rects: Vec<_> = layout.spans[k].parts.iter().map(list).collect();
                serde_json::json!({ "id": names.spans[k], "members": members, "rects": rects })
            })
            .collect(),
        edges: (0..graph.links.len()).map(edge).collect(),
        labels: labels.collect(),
        border: border.collect(),
        align: graph.classes.iter().map(|c| c.iter().map(name).collect()).collect(),
    };
    serde_json::to_string(&drawing).unwrap_or_default()
}

fn flow_name(flow: Flow) -> &'static str {
    match flow {
        Flow::Down => "down",
        Flow::Right => "right",
        Flow::Up => "up",
        Flow::Left => "left",
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Top => "N",
        Side::Right => "E",
        Side::Bottom => "S",
        Side::Left => "W",
    }
}
