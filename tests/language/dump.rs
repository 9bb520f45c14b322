//! A topology in words.

use skyplan::topology::{ElementId, Heads, LegendSample, Line, Link, Style, Topology, What};
use std::fmt::Write as _;

/// Everything that a picture could show, one thing a line.
pub(crate) fn dump(t: &Topology) -> String {
    let mut out = String::new();
    let head = [("title", &t.title), ("subtitle", &t.subtitle), ("description", &t.description), ("language", &t.lang)];
    for (key, text) in head.into_iter().chain([("theme", &t.theme), ("font", &t.font)]) {
        text.iter().for_each(|text| line(&mut out, &format!("{key}: {text}")));
    }
    line(&mut out, &format!("flow: {:?}, page: {:.3} by {:?}", t.flow, t.page.aspect, t.page.width));
    let ids: Vec<ElementId> = t.graph.node_indices().collect();
    ids.iter().filter(|id| t.graph[**id].parent.is_none()).for_each(|&id| element(t, id, 0, &mut out));
    for edge in t.graph.edge_indices() {
        let (a, b) = t.graph.edge_endpoints(edge).unwrap();
        let link = &t.graph[edge];
        let heads = match link.heads {
            Heads::None => "--",
            Heads::Target => "->",
            Heads::Source => "<-",
            Heads::Both => "<->",
        };
        line(&mut out, &format!("{} {heads} {}{}", t.graph[a].path, t.graph[b].path, details(link)));
    }
    let paths = |ids: &[ElementId]| ids.iter().map(|&id| t.graph[id].path.as_str()).collect::<Vec<_>>().join(", ");
    for class in &t.classes {
        line(&mut out, &format!("level: {}", paths(class)));
    }
    for s in &t.spans {
        let badge = s.badge.map_or_else(String::new, |b| format!(" with the badge of {}", b.id));
        let style = style(&s.style);
        line(
            &mut out,
            &format!("outline {} {:?}{badge} \"{}\" around {}{style}", s.path, s.kind, s.label, paths(&s.members)),
        );
    }
    t.steps.iter().for_each(|s| line(&mut out, &format!("step {}: {}", s.number, s.text)));
    t.notes.iter().for_each(|n| line(&mut out, &format!("note: {}", n.text)));
    for row in &t.legend {
        let sample = match &row.sample {
            LegendSample::Line(style, color) => format!("{style:?} {color:?}"),
            LegendSample::Group(kind) => format!("{kind:?}"),
            LegendSample::Step => "Step".to_owned(),
        };
        line(&mut out, &format!("legend: {sample} {}", row.text));
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// An element and what stands in it, indented.
fn element(t: &Topology, id: ElementId, depth: usize, out: &mut String) {
    let e = &t.graph[id];
    let mut text = format!("{:depth$}{}", "", e.path, depth = 2 * depth);
    match &e.what {
        What::Service { kind, icon, border } => {
            let _ = write!(text, ": {} \"{}\"", kind.id, e.label);
            if let Some(icon) = icon {
                let _ = write!(text, " icon {}", icon.name);
            }
            if let Some((group, side)) = border {
                let side = side.map_or_else(String::new, |s| format!(" {s:?}"));
                let _ = write!(text, " on {}{side}", t.graph[*group].path);
            }
        }
        What::Group { kind, badge, detail } => {
            let badge = badge.map_or_else(String::new, |b| format!(" with the badge of {}", b.id));
            let detail = detail.as_ref().map_or_else(String::new, |d| format!(" ({d})"));
            let _ = write!(text, ": {kind:?}{badge} \"{}\"{detail}", e.label);
        }
    }
    for (key, value) in [("note", &e.note), ("href", &e.href), ("tooltip", &e.tooltip)] {
        if let Some(value) = value {
            let _ = write!(text, " {key} \"{value}\"");
        }
    }
    line(out, &(text + &style(&e.style)));
    let inside = t.graph.node_indices().filter(|&i| t.graph[i].parent == Some(id));
    inside.for_each(|i| element(t, i, depth + 1, out));
}

fn details(link: &Link) -> String {
    let mut out = String::new();
    for (key, value) in [("", &link.label), (" color", &link.color), (" href", &link.href), (" tooltip", &link.tooltip)]
    {
        if let Some(value) = value {
            let _ = write!(out, "{key} \"{value}\"");
        }
    }
    if let Some(step) = link.step {
        let _ = write!(out, " step {step}");
    }
    if link.line != Line::Solid {
        let _ = write!(out, " {:?}", link.line);
    }
    if link.weight != 1.0 {
        let _ = write!(out, " weight {}", link.weight);
    }
    if !link.rank {
        out.push_str(" without rank");
    }
    out
}

fn style(style: &Style) -> String {
    let mut out = String::new();
    for (key, value) in [("stroke", &style.stroke), ("fill", &style.fill), ("color", &style.color)] {
        if let Some(value) = value {
            let _ = write!(out, " {key} {value}");
        }
    }
    style.line.iter().for_each(|l| out += &format!(" line {l:?}"));
    out
}
