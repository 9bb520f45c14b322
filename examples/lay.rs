//! Temporary: lays bench graphs out.
#![allow(missing_docs, clippy::all)]
use serde_json::{Value, json};
use skyplan::geometry::*;
use skyplan::layout::*;
use std::collections::HashMap;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let out = &args[1];
    std::fs::create_dir_all(out).unwrap();
    for f in &args[2..] {
        let v: Value = serde_json::from_str(&std::fs::read_to_string(f).unwrap()).unwrap();
        let mut g = Graph::default();
        if v["flow"] == "right" {
            g.flow = Flow::Right;
        }
        let mut id: HashMap<String, Member> = HashMap::new();
        let empty = vec![];
        let arr = |k: &str| v[k].as_array().unwrap_or(&empty).clone();
        for (i, x) in arr("groups").iter().enumerate() {
            id.insert(x["id"].as_str().unwrap().into(), Member::Group(GroupId(i as u32)));
        }
        for (i, x) in arr("nodes").iter().enumerate() {
            id.insert(x["id"].as_str().unwrap().into(), Member::Box(BoxId(i as u32)));
        }
        let par = |x: &Value| {
            x["parent"].as_str().and_then(|p| match id.get(p) {
                Some(Member::Group(g)) => Some(*g),
                _ => None,
            })
        };
        for x in arr("groups") {
            g.groups.push(GroupNode { parent: par(&x), ..Default::default() });
        }
        for x in arr("nodes") {
            let s = Size::new(x["w"].as_f64().unwrap(), x["h"].as_f64().unwrap());
            g.boxes.push(BoxNode { size: s, core: Rect::new(0.0, 0.0, s.w, s.h), parent: par(&x), border: None });
        }
        for e in arr("edges") {
            g.links.push(Link {
                from: id[e[0].as_str().unwrap()],
                to: id[e[1].as_str().unwrap()],
                label: None,
                rank: true,
                weight: 1.0,
            });
        }
        for l in arr("elabels") {
            g.links[l[0].as_u64().unwrap() as usize].label =
                Some(Size::new(l[1].as_f64().unwrap(), l[2].as_f64().unwrap()));
        }
        for b in arr("border") {
            let (Member::Box(n), Member::Group(q)) = (id[b[0].as_str().unwrap()], id[b[1].as_str().unwrap()]) else {
                continue;
            };
            let side = b[2].as_str().map(|s| match s {
                "N" => Side::Top,
                "E" => Side::Right,
                "S" => Side::Bottom,
                _ => Side::Left,
            });
            g.boxes[n.at()].border = Some((q, side));
        }
        for s in arr("spans") {
            g.spans.push(Span {
                members: s["members"].as_array().unwrap().iter().map(|m| id[m.as_str().unwrap()]).collect(),
                title: Size::default(),
            });
        }
        for c in arr("align") {
            g.classes.push(c.as_array().unwrap().iter().map(|m| id[m.as_str().unwrap()]).collect());
        }
        let start = std::time::Instant::now();
        let l = match layout(&g, &Spacing::default()) {
            Ok(l) => l,
            Err(e) => {
                eprintln!("{f}: {e}");
                continue;
            }
        };
        let ms = start.elapsed().as_secs_f64() * 1e3;
        let r = |r: Rect| json!([r.x, r.y, r.w, r.h]);
        let nodes: Vec<Value> = arr("nodes")
            .iter()
            .enumerate()
            .map(|(i, x)| {
                let q = l.boxes[i];
                json!({"id": x["id"], "x": q.x, "y": q.y, "w": q.w, "h": q.h, "parent": x["parent"]})
            })
            .collect();
        let groups: Vec<Value> = arr("groups")
            .iter()
            .enumerate()
            .map(|(i, x)| {
                let q = l.groups[i];
                json!({"id": x["id"], "x": q.x, "y": q.y, "w": q.w, "h": q.h, "parent": x["parent"]})
            })
            .collect();
        let edges: Vec<Value> = arr("edges").iter().enumerate().map(|(i, e)| json!({"i": i, "src": e[0], "dst": e[1], "points": l.links[i].points.iter().map(|p| vec![p.x, p.y]).collect::<Vec<_>>()})).collect();
        let labels: Vec<Value> = l
            .links
            .iter()
            .enumerate()
            .filter_map(|(i, k)| {
                k.label.map(|q| json!({"kind": "edge", "of": i, "x": q.x, "y": q.y, "w": q.w, "h": q.h}))
            })
            .collect();
        let spans: Vec<Value> = arr("spans").iter().enumerate().map(|(i, s)| json!({"id": s["id"], "members": s["members"], "rects": l.spans[i].parts.iter().map(|q| r(*q)).collect::<Vec<_>>()})).collect();
        let d = json!({"format": "drawing/1", "engine": "skyplan", "flow": v["flow"].as_str().unwrap_or("down"), "ms": ms, "nodes": nodes, "groups": groups, "edges": edges, "labels": labels, "spans": spans, "border": v["border"], "align": v["align"]});
        std::fs::write(std::path::Path::new(out).join(std::path::Path::new(f).file_name().unwrap()), d.to_string())
            .unwrap();
    }
}
