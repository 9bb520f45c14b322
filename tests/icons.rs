//! Every entry of the catalogue has a drawing that keeps the rules of `icons/README.md`, and all of them can be drawn in one picture.

use skyplan::catalogue::{Category, entries};
use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::{PictureOptions, picture};
use std::collections::BTreeMap;

const ROOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\" stroke-linecap=\"round\" stroke-linejoin=\"round\">";

#[test]
fn drawings_keep_the_rules() {
    let mut seen = BTreeMap::new();
    for entry in entries() {
        let svg = entry.svg.trim_end();
        let inner = svg.strip_prefix(ROOT).and_then(|s| s.strip_suffix("</svg>"));
        let inner = inner.unwrap_or_else(|| panic!("{} has another root", entry.id));
        assert!(svg.len() <= 1400, "{} has {} bytes", entry.id, svg.len());
        for element in inner.split('<').skip(1).filter(|e| !e.starts_with('/')) {
            let name: String = element.chars().take_while(char::is_ascii_alphabetic).collect();
            let allowed = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "g"];
            assert!(allowed.contains(&name.as_str()), "{} holds <{name}>", entry.id);
        }
        for word in ["id=", "class=", "style=", "href", "url(", "#", "stroke-width"] {
            assert!(!inner.contains(word), "{} holds {word}", entry.id);
        }
        assert_eq!(seen.insert(svg, entry.id), None, "{} is drawn like another", entry.id);
    }
}

#[test]
fn all_entries_fit_into_one_picture() {
    let mut text = String::new();
    for (k, entry) in entries().iter().filter(|e| e.category != Category::Group).enumerate() {
        text += &format!("[service.s{k}]\nkind = \"{}\"\n", entry.id);
    }
    let mut findings = Diagnostics::default();
    let drawn = picture(&Source::new("sheet.toml", text), &PictureOptions::default(), &mut findings);
    assert!(findings.0.iter().all(|f| f.code == "long-label"), "{:?}", findings.0);
    let symbols = drawn.map_or(0, |p| p.svg.matches("<symbol").count());
    assert_eq!(symbols, entries().iter().filter(|e| e.category != Category::Group).count());
}
