//! How much a drawing multiplies itself: a few lines of SVG can ask for more shapes than any memory holds.
//!
//! Markers stand on every corner of a path, and patterns, masks and copies may hold others of their kind. The weight is what all that would come to if every
//! reference were replaced by what it refers to; it is estimated from above, without doing it. An arc is drawn by the more curves the larger it is.

use resvg::usvg::roxmltree::{Attribute, Document, Node};
use std::collections::BTreeMap;

/// Greatest weight of an icon: some 300,000 shapes, which take a second or two.
pub(super) const MOST: u64 = 300_000;
/// What a pattern, a mask, a clip path, a marker or a filter weighs beside its content: each is drawn on a ground of its own.
const LAYER: u64 = 40;
/// Deepest nesting of elements and references; real icons have a few dozen.
const DEEPEST: usize = 1000;
/// Greatest number in a filter, of pixels or of steps.
const MOST_FILTER: f64 = 500.0;
/// Greatest length or coordinate: an arc of that radius takes a few dozen curves, one of 10^50 takes all memory.
const MOST_LENGTH: f64 = 1e7;

/// The weight of a drawing; above [`MOST`] it must not be drawn.
pub(super) fn weight(document: &Document<'_>) -> u64 {
    if document.descendants().any(|node| is_heavy_filter(node) || is_far_out(node)) {
        return u64::MAX;
    }
    let ids = document.descendants().filter_map(|n| n.attribute("id").map(|id| (id, n))).collect();
    let corners = document.descendants().map(corners).max().unwrap_or(0);
    let mut scales = Scales { ids, corners, known: BTreeMap::new() };
    let drawn = scales.of(document.root_element(), 0);
    // A style sheet may apply to any element, but to each only one fill and one line.
    let sheets = document.descendants().filter(|n| n.has_tag_name("style")).filter_map(|n| n.text());
    let heaviest = sheets.flat_map(references).map(|id| scales.reference(id, 0)).max().unwrap_or(0);
    drawn.saturating_add(drawn.saturating_mul(2).saturating_mul(heaviest))
}

/// Weighs each element once.
struct Scales<'a, 'input> {
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
    /// Most corners that any one shape has.
    corners: u64,
    /// Weights; `None` while one is being found, for references in a circle, which the reader cuts.
    known: BTreeMap<u32, Option<u64>>,
}

impl<'a, 'input> Scales<'a, 'input> {
    fn of(&mut self, node: Node<'a, 'input>, depth: usize) -> u64 {
        if depth > DEEPEST {
            return u64::MAX;
        }
        if let Some(known) = self.known.get(&node.id().get()) {
            return known.unwrap_or(0);
        }
        self.known.insert(node.id().get(), None);
        let mut inner = 1_u64;
        for child in node.children().filter(Node::is_element) {
            inner = inner.saturating_add(self.of(child, depth + 1));
        }
        if let Some(id) = href(node) {
            inner = inner.saturating_add(self.reference(id, depth));
        }
        let mut sum = inner;
        for (name, value) in node.attributes().flat_map(|a| declarations(a.name(), a.value())) {
            // Colours and markers pass on to everything within; all else holds for the whole.
            let passed_on = matches!(name, "fill" | "stroke") || name.starts_with("marker");
            let times = if passed_on { inner } else { 1 };
            for id in references(value) {
                sum = sum.saturating_add(times.saturating_mul(self.reference(id, depth)));
            }
        }
        self.known.insert(node.id().get(), Some(sum));
        sum
    }

    /// The weight of what is referred to, once for each corner if it is a marker.
    fn reference(&mut self, id: &str, depth: usize) -> u64 {
        let Some(&target) = self.ids.get(id) else { return 0 };
        let once = self.of(target, depth + 1);
        match target.tag_name().name() {
            "marker" => once.saturating_add(LAYER).saturating_mul(self.corners),
            "pattern" | "mask" | "clipPath" | "filter" => once.saturating_add(LAYER),
            _ => once,
        }
    }
}

/// The properties that an attribute sets: itself, or what a `style` says.
fn declarations<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    if name == "style" {
        return value.split(';').filter_map(|d| d.split_once(':')).map(|(n, v)| (n.trim(), v)).collect();
    }
    vec![(name, value)]
}

/// The ids in `url(#id)`.
fn references(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let inside = rest.split(')').next()?.trim().trim_matches(['"', '\'']);
        inside.trim().strip_prefix('#')
    })
}

/// The id that an element takes its content from.
fn href<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let href = node.attributes().find(|a| a.name() == "href")?;
    href.value().trim().strip_prefix('#')
}

/// At most how many corners a shape has: no step of a path is shorter than a sign.
fn corners(node: Node<'_, '_>) -> u64 {
    let data = node.attribute("d").or_else(|| node.attribute("points"));
    data.map_or(4, |d| d.bytes().filter(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b',' | b'-')).count() as u64)
}

/// Whether a filter's numbers are beyond what anybody could see.
fn is_heavy_filter(node: Node<'_, '_>) -> bool {
    let numbers = |name| node.attribute(name).into_iter().flat_map(|v| v.split([' ', ',']));
    let heavy = |name, most: f64| numbers(name).filter_map(|n| n.parse::<f64>().ok()).any(|n| n.abs() > most);
    node.tag_name().name().starts_with("fe")
        && (heavy("numOctaves", 10.0)
            || heavy("order", 16.0)
            || heavy("radius", 64.0)
            || heavy("stdDeviation", MOST_FILTER))
}

/// Whether a shape, or what its lengths are fractions of, is larger than anything that could be seen.
fn is_far_out(node: Node<'_, '_>) -> bool {
    let sheet = node.text().filter(|_| node.has_tag_name("style"));
    let far = |attribute: Attribute<'_, '_>| match attribute.name() {
        "d" | "points" => numbers(attribute.value(), Numbers::BehindLetters).any(|n| n > MOST_LENGTH),
        "r" | "rx" | "ry" | "cx" | "cy" | "x" | "y" | "x1" | "y1" | "x2" | "y2" | "width" | "height" | "viewBox"
        | "font-size" | "style" => numbers(attribute.value(), Numbers::Apart).any(|n| n > MOST_LENGTH),
        _ => false,
    };
    node.attributes().any(far) || sheet.is_some_and(|s| numbers(s, Numbers::Apart).any(|n| n > MOST_LENGTH))
}

/// Where numbers stand in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// Also right behind letters, as in paths.
    BehindLetters,
    /// Not within words: `#1e50ff` is a colour, `SVGID_00000012` a name.
    Apart,
}

/// The numbers in a text, without their signs.
fn numbers(text: &str, stand: Numbers) -> impl Iterator<Item = f64> {
    let bytes = text.as_bytes();
    let behind = move |at: usize| at + bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
    let is = move |at: usize, signs: &[u8]| bytes.get(at).is_some_and(|b| signs.contains(b));
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes.iter().skip(at).position(|b| b.is_ascii_digit() || *b == b'.')?;
            at = behind(start);
            if is(at, b".") {
                at = behind(at + 1);
            }
            if is(at, b"eE") {
                let exponent = at + 1 + usize::from(is(at + 1, b"+-"));
                at = if behind(exponent) > exponent { behind(exponent) } else { at };
            }
            let before = start.checked_sub(1).and_then(|b| bytes.get(b));
            let in_word = before.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'#' | b'_'));
            if !in_word || stand == Numbers::BehindLetters {
                return Some(text.get(start..at).and_then(|n| n.parse().ok()).unwrap_or(0.0));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inner: &str) -> u64 {
        let text = format!(r#"<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>"#);
        Document::parse(&text).map_or(0, |d| weight(&d))
    }

    #[test]
    fn plain_drawings_weigh_their_elements() {
        assert_eq!(of("<g><path/><path/></g>"), 4);
        let gradient = r##"<linearGradient id="a"><stop/><stop/></linearGradient><path fill="url(#a)"/>"##;
        assert!(of(gradient) < 20);
        let layers = format!(r##"<mask id="m"/>{}{}"##, "<g mask=\"url(#m)\">".repeat(20), "</g>".repeat(20));
        assert!(of(&layers) < 2000);
    }

    #[test]
    fn what_multiplies_itself_is_heavy() {
        let chain = |tag: &str, name: &str| {
            let level = |i: u32| {
                format!(r##"<{tag} id="p{i}"><g {name}="url(#p{0})"/><g {name}="url(#p{0})"/></{tag}>"##, i + 1)
            };
            (0..30).map(level).collect::<String>() + "<path fill=\"url(#p0)\"/>"
        };
        assert!(of(&chain("pattern", "fill")) > MOST);
        assert!(of(&chain("mask", "mask")) > MOST);
        let marker = format!(
            r##"<marker id="m">{}</marker><path marker-mid="url(#m)" d="M0 0{}"/>"##,
            "<path/>".repeat(300),
            "h1v1".repeat(3000)
        );
        assert!(of(&marker) > MOST);
        let sheet = format!(r##"<style>path{{marker-mid:url(#m)}}</style>{}"##, marker.replace("marker-mid", "x"));
        assert!(of(&sheet) > MOST);
        assert!(of(r#"<filter><feTurbulence numOctaves="100000000"/></filter>"#) > MOST);
    }

    #[test]
    fn arcs_without_measure_are_heavy() {
        for huge in [
            r#"<path d="M0 0a4 4 0 0 0 7777777777777777-6"/>"#,
            r#"<path d="m0 0A1e50 4 0 0 0 7 6"/>"#,
            r#"<path d="M.5.5-9e-3 1.5.5E+33"/>"#,
            r#"<circle r="1e50"/>"#,
            r#"<g style="fill:#1e50ff;font-size:9e9px"><circle r="1em"/></g>"#,
            "<style>text{font-size:1e30px}</style>",
            r#"<svg viewBox="0 0 1e60 1"><circle r="50%"/></svg>"#,
        ] {
            assert!(of(huge) > MOST, "{huge}");
        }
        for usual in [
            r#"<path id="a1e50" d="M24.5.5e-3 28a4 4 0 0 0 7-6V14" fill="url(#SVGID_00000012345678901234)"/>"#,
            r##"<g style="fill:#1e50ff;clip-path:url(#SVGID_00000012345678901234)"/>"##,
            "<style>.st99999999999{fill:#9e9999}</style>",
        ] {
            assert!(of(usual) < MOST, "{usual}");
        }
    }

    #[test]
    fn references_in_a_circle_or_without_end_do_not_hang() {
        assert!(
            of(r##"<pattern id="a"><g fill="url(#b)"/></pattern><pattern id="b"><g fill="url(#a)"/></pattern>"##)
                < MOST
        );
        let long: String =
            (0..5000).map(|i| format!(r##"<pattern id="p{i}"><g fill="url(#p{})"/></pattern>"##, i + 1)).collect();
        assert!(of(&long) > MOST);
    }
}
