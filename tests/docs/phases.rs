//! The pictures of the phases in the page about the layout.

use super::root;
use skyplan::PictureOptions;
use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::geometry::Rect;
use skyplan::layout::phases::{Phase, phases};
use skyplan::theme::Theme;
use std::fmt::Write;
use std::fs;

/// Boxes, groups, dots and lines as they are, on a white page.
fn svg(phase: &Phase, names: &[&str]) -> String {
    let points = phase.lines.iter().flatten().chain(&phase.dots).map(|p| Rect::new(p.x, p.y, 0.0, 0.0));
    let all = phase.boxes.iter().chain(&phase.groups).copied().chain(points).reduce(Rect::union).unwrap_or_default();
    let page = all.grown(12.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w:.0}\" height=\"{h:.0}\" viewBox=\"{:.1} {:.1} {w:.1} {h:.1}\" \
         font-family=\"sans-serif\" font-size=\"10\" role=\"img\">\n<title>{}</title>\n\
         <rect x=\"{:.1}\" y=\"{:.1}\" width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        page.x,
        page.y,
        phase.name,
        page.x,
        page.y,
        w = page.w,
        h = page.h,
    );
    let mut rect = |r: &Rect, look: &str| {
        writeln!(out, "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" {look}/>", r.x, r.y, r.w, r.h)
            .unwrap();
    };
    phase.groups.iter().for_each(|r| rect(r, "fill=\"none\" stroke=\"#8c4fff\" stroke-dasharray=\"4 3\""));
    for line in &phase.lines {
        let corners: Vec<_> = line.iter().map(|p| format!("{:.1},{:.1}", p.x, p.y)).collect();
        writeln!(out, "<polyline points=\"{}\" fill=\"none\" stroke=\"#545b64\"/>", corners.join(" ")).unwrap();
    }
    for dot in &phase.dots {
        writeln!(out, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"#ed7100\"/>", dot.x, dot.y).unwrap();
    }
    for (r, name) in phase.boxes.iter().zip(names) {
        writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#e6f2f8\" stroke=\"#232f3e\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{name}</text>",
            r.x,
            r.y,
            r.w,
            r.h,
            r.center().x,
            r.center().y + 3.5,
        )
        .unwrap();
    }
    out + "</svg>\n"
}

#[test]
fn the_pictures_of_the_phases_are_current() {
    let folder = root().join("docs/src/layout");
    let text = fs::read_to_string(folder.join("sample.toml")).unwrap();
    let mut findings = Diagnostics::default();
    let drawn = skyplan::picture(&Source::new("sample.toml", text), &PictureOptions::default(), &mut findings).unwrap();
    assert!(findings.0.is_empty(), "{:?}", findings.0);
    let names: Vec<_> =
        drawn.measured.services.iter().map(|&id| drawn.measured.topology.graph[id].path.as_str()).collect();
    let all = phases(&drawn.measured.graph, &drawn.measured.spacing(&Theme::default())).unwrap();
    let told: Vec<_> = all.iter().map(|phase| phase.name).collect();
    assert_eq!(told, ["rank", "rows", "order", "columns", "lines"]);
    for phase in &all {
        let (kept, now) = (folder.join(format!("{}.svg", phase.name)), svg(phase, &names));
        if std::env::var_os("SKYPLAN_ACCEPT").is_some() {
            fs::write(&kept, &now).unwrap();
        }
        let old = fs::read_to_string(&kept).unwrap_or_default();
        assert!(old == now, "{} is stale; accept it with SKYPLAN_ACCEPT=1", kept.display());
    }
}
