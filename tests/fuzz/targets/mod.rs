//! What has to hold for every input, one function for each door through which strangers' bytes come. The ordinary tests call them with seeded inputs, the
//! targets in `fuzz/` with libFuzzer's. Each says whether the input came through the door:
//! a search whose inputs are all refused finds nothing.

mod graph;

use resvg::usvg::roxmltree::{Document as Xml, ParsingOptions};
use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::layout::{Spacing, json, layout as place, verify};
use skyplan::markdown::{Fence, Link, fences, with_links, with_pictures};
use skyplan::render::clean_icon;
use skyplan::text::Fonts;
use skyplan::topology::IconData;
use skyplan::{Most, PictureOptions, picture};
use std::io::Cursor;

/// Sizes that keep one input to milliseconds.
const MOST: Most = Most { elements: 120, links: 240, depth: 30 };

/// A diagram: there is a picture or an error, all findings point into the text, the picture is well-formed and keeps the hard rules.
pub(crate) fn document(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let source = Source::new("fuzz.toml", text.as_ref());
    let options = PictureOptions { most: MOST, ..PictureOptions::default() };
    let mut findings = Diagnostics::default();
    let drawn = picture(&source, &options, &mut findings);
    for finding in &findings.0 {
        let places = finding.place.iter().chain(finding.related.iter().map(|r| &r.0));
        for place in places {
            assert!(
                source.text.get(place.range.clone()).is_some(),
                "{} points outside: {:?}",
                finding.code,
                place.range
            );
        }
        assert!(!finding.message.is_empty(), "{} says nothing", finding.code);
    }
    let Some(picture) = drawn else {
        assert!(findings.has_errors(), "no picture and no error");
        return false;
    };
    well_formed(&picture.svg);
    let breaches = verify::breaches(&picture.measured.graph, &picture.layout);
    assert!(breaches.is_empty(), "{breaches:?}");
    true
}

/// A graph made of bytes with the sizes that diagrams have: there is a drawing of every part, or a typed error.
pub(crate) fn whole_layout(bytes: &[u8]) -> bool {
    let graph = graph::of(bytes, graph::Sizes::Usual);
    let Ok(drawn) = place(&graph, &Spacing::default()) else { return false };
    assert_eq!(drawn.boxes.len(), graph.boxes.len());
    assert_eq!(drawn.groups.len(), graph.groups.len());
    assert!(drawn.links.len() == graph.links.len() && drawn.links.iter().all(|l| l.points.len() >= 2));
    assert!(drawn.boxes.iter().chain(&drawn.groups).all(|r| r.x.is_finite() && r.y.is_finite()));
    true
}

/// A graph made of bytes with any sizes and borders, and the bytes as a graph in JSON: the drawing keeps the hard rules, or there is a typed error.
pub(crate) fn layout(bytes: &[u8]) -> bool {
    let made = judge(&graph::of(bytes, graph::Sizes::Any)).is_some();
    let Ok((graph, names)) = json::read(&String::from_utf8_lossy(bytes)) else { return made };
    let small = graph.boxes.len() + graph.groups.len() <= MOST.elements && graph.links.len() <= MOST.links;
    if let Some(drawn) = small.then(|| judge(&graph)).flatten() {
        let text = json::write(&graph, &names, &drawn, None);
        assert!(text.starts_with('{'), "no JSON: {text}");
    }
    made
}

fn judge(graph: &skyplan::layout::Graph) -> Option<skyplan::layout::Layout> {
    let drawn = place(graph, &Spacing::default()).ok()?;
    let breaches = verify::breaches(graph, &drawn);
    assert!(breaches.is_empty(), "{breaches:?} in {graph:?}");
    Some(drawn)
}

/// An icon's file: there is a reason, or a clean icon without script, events or references to the outside.
pub(crate) fn icon(bytes: &[u8]) -> bool {
    let Ok(clean) = clean_icon(bytes, &Fonts::database()) else { return false };
    let (IconData::Svg(svg) | IconData::Pictogram(svg)) = clean.data else { return true };
    let xml = well_formed(&svg);
    for node in xml.descendants().filter(|n| n.is_element()) {
        let name = node.tag_name().name();
        assert!(!matches!(name, "script" | "foreignObject" | "a" | "style" | "animate" | "set"), "<{name}> in {svg}");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on"), "{name} in {svg}");
            let inside = value.starts_with('#') || value.starts_with("data:image/");
            assert!(name != "href" || inside, "a reference to {value:.80}");
            let outside =
                value.split("url(").skip(1).any(|rest| !rest.trim_start_matches(['"', '\'']).starts_with('#'));
            assert!(!outside, "a reference to {value:.80}");
        }
    }
    true
}

/// An archive, a JSON set: there is a pack with at least one icon, or a reason.
pub(crate) fn archive(bytes: &[u8]) -> bool {
    let pack = skyplan::packs::open(Cursor::new(bytes.to_vec()), "fuzz.json")
        .and_then(|mut bundle| skyplan::packs::gather(bundle.as_mut(), "fuzz", &Fonts::database()));
    let Ok(pack) = pack else { return false };
    assert!(!pack.manifest.icons.is_empty(), "a pack without icons");
    for (path, _) in &pack.files {
        assert!(
            !path.starts_with('/') && !path.contains('\\') && path.split('/').all(|p| p != ".."),
            "a file at {path}"
        );
    }
    true
}

/// A Markdown text: its diagrams stay as they are when links to their pictures are written, and doing that twice changes nothing more.
pub(crate) fn markdown(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    // With an error nothing is written.
    let Some(found) = diagrams(&text) else { return false };
    let _ = with_pictures(&text, &linked(found.clone()));
    let once = with_links(&text, &linked(found.clone()));
    let Some(again) = diagrams(&once) else { panic!("links make an error of {text:?} in {once:?}") };
    let texts = |fences: &[Fence]| fences.iter().map(|f| f.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&found), texts(&again), "links change the diagrams of {text:?} in {once:?}");
    assert_eq!(once, with_links(&once, &linked(again)), "links are written twice into {text:?}");
    !found.is_empty()
}

/// The diagrams of a text, unless there is an error.
fn diagrams(text: &str) -> Option<Vec<Fence>> {
    let mut findings = Diagnostics::default();
    let source = Source::new("fuzz.md", text);
    let found = fences(&source, &mut findings);
    for place in findings.0.iter().filter_map(|f| f.place.as_ref()) {
        assert!(text.get(place.range.clone()).is_some(), "a finding points outside: {:?}", place.range);
    }
    for fence in &found {
        assert!(text.get(fence.range.clone()).is_some() && text.get(fence.info.clone()).is_some(), "{fence:?}");
    }
    (!findings.has_errors()).then_some(found)
}

fn linked(fences: Vec<Fence>) -> Vec<(Fence, Link)> {
    let link = |k: usize| Link { target: format!("fuzz-{k}.svg"), alt: format!("Picture {k}") };
    fences.into_iter().enumerate().map(|(k, fence)| (fence, link(k))).collect()
}

fn well_formed(svg: &str) -> Xml<'_> {
    match Xml::parse_with_options(svg, ParsingOptions { nodes_limit: 10_000_000, ..ParsingOptions::default() }) {
        Ok(xml) => xml,
        Err(error) => panic!("not well-formed: {error}: {svg:.400}"),
    }
}
