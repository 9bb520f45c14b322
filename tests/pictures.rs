//! Every diagram in `diagrams/` draws without a finding, keeps the engine's hard rules in all its languages, and gives the SVG that stands beside it.
//!
//! `SKYPLAN_ACCEPT=1 cargo test --test pictures` accepts a change.

use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::layout::verify;
use skyplan::scene::{Scene, Shape};
use skyplan::theme::{Paint, Theme};
use skyplan::{Picture, PictureOptions, picture};
use std::fs;
use std::path::PathBuf;

fn diagrams() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("diagrams");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are no diagrams");
    files
}

fn draw(file: &PathBuf, name: &str, lang: Option<&str>) -> Picture {
    draw_in(&Theme::default(), file, name, lang)
}

fn draw_in(theme: &Theme, file: &PathBuf, name: &str, lang: Option<&str>) -> Picture {
    let text = fs::read_to_string(file).unwrap_or_default();
    let mut findings = Diagnostics::default();
    let options = PictureOptions { lang, theme: Some(theme), ..PictureOptions::default() };
    let drawn = picture(&Source::new(name, text), &options, &mut findings);
    assert!(findings.0.is_empty(), "{}: {:?}", file.display(), findings.0);
    drawn.unwrap_or_else(|| panic!("{} gives no picture", file.display()))
}

#[test]
fn diagrams_give_the_pictures_beside_them() {
    let accept = std::env::var_os("SKYPLAN_ACCEPT").is_some();
    for file in diagrams() {
        let svg = draw(&file, "x.toml", None).svg;
        let beside = file.with_extension("svg");
        if accept {
            fs::write(&beside, &svg).unwrap_or_else(|e| panic!("{}: {e}", beside.display()));
        }
        let old = fs::read_to_string(&beside).unwrap_or_default();
        assert!(old == svg, "{} is not what its source gives now; accept it with SKYPLAN_ACCEPT=1", beside.display());
    }
}

#[test]
fn diagrams_keep_the_hard_rules_in_every_language() {
    for file in diagrams() {
        for lang in [None, Some("ko")] {
            let drawn = draw(&file, "x.toml", lang);
            let breaches = verify::breaches(&drawn.measured.graph, &drawn.layout);
            assert!(breaches.is_empty(), "{} ({lang:?}): {breaches:?}", file.display());
        }
    }
}

#[test]
fn the_name_of_the_file_changes_nothing() {
    for file in diagrams() {
        assert_eq!(draw(&file, "a.toml", None).svg, draw(&file, "/b/c.toml", None).svg);
    }
}

#[test]
fn pictures_refer_to_nothing_outside_themselves() {
    for file in diagrams() {
        let svg = draw(&file, "x.toml", None).svg;
        for (at, _) in svg.match_indices("url(") {
            assert!(svg[at..].starts_with("url(data:") || svg[at..].starts_with("url(#"), "{}", file.display());
        }
        let outside =
            svg.matches("href=\"").count() - svg.matches("href=\"#").count() - svg.matches("href=\"data:").count();
        assert_eq!(outside, 0, "{}", file.display());
    }
}

fn shapes(scene: &Scene) -> impl Iterator<Item = &Shape> {
    scene.parts.iter().flat_map(|part| &part.shapes)
}

#[test]
fn every_text_can_be_read_on_a_landscape_page() {
    /// The page, and the least size of text on it, in pixels.
    const PAGE: (f64, f64) = (1600.0, 900.0);
    const LEAST: f64 = 8.0;
    for file in diagrams() {
        for lang in [None, Some("ko")] {
            let scene = draw(&file, "x.toml", lang).scene;
            let scale = (PAGE.0 / scene.size.w).min(PAGE.1 / scene.size.h);
            let sizes =
                shapes(&scene).filter_map(|s| if let Shape::Text(text) = s { Some(text.font.size) } else { None });
            let least = sizes.fold(f64::INFINITY, f64::min) * scale;
            assert!(least >= LEAST, "{} ({lang:?}): {least:.2} px at {:?}", file.display(), scene.size);
        }
    }
}

/// What a shape covers the ground with, and where: left, top, right, bottom.
fn ground(shape: &Shape) -> Option<(Paint, [f64; 4])> {
    match shape {
        Shape::Rect { rect, fill: Some(fill), .. } => Some((*fill, [rect.x, rect.y, rect.right(), rect.bottom()])),
        Shape::Disc { center: c, radius: r, fill } => Some((*fill, [c.x - r, c.y - r, c.x + r, c.y + r])),
        _ => None,
    }
}

#[test]
fn every_text_stands_out_from_what_it_stands_on() {
    for file in diagrams() {
        let scene = draw(&file, "x.toml", Some("ko")).scene;
        let mut grounds = vec![(scene.background, [0.0, 0.0, scene.size.w, scene.size.h])];
        for shape in shapes(&scene) {
            grounds.extend(ground(shape));
            if let Shape::Text(text) = shape {
                let (x, y) = (text.at.x + 1.0, text.at.y - text.font.size / 3.0);
                let under = |&&(_, [left, top, right, bottom]): &&(Paint, [f64; 4])| {
                    (left..=right).contains(&x) && (top..=bottom).contains(&y)
                };
                let ground = grounds.iter().rfind(under).map_or(scene.background, |g| g.0);
                let ground = text.halo.map_or(ground, |(halo, _)| halo);
                let least = text.paint.light.contrast(ground.light).min(text.paint.dark.contrast(ground.dark));
                assert!(least >= 4.5, "{}: {} has a contrast of {least:.1}", file.display(), text.text);
            }
        }
    }
}

/// A few pictures as pixels: what no comparison of SVG sees is a fault in drawing it.
#[cfg(feature = "png")]
#[test]
fn a_few_pictures_give_the_pixels_kept_for_them() {
    use skyplan::render::{Packing, PngOptions, Zoom, same_pixels, to_png};
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pixels");
    let options = PngOptions { zoom: Zoom::Width(480), packing: Packing::Small, ..PngOptions::default() };
    for (name, theme, lang) in [
        ("event-driven", "light", "en"),
        ("three-tier", "dark", "en"),
        ("serverless-web-app", "light", "ko"),
        ("cdn", "dark", "ko"),
    ] {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("diagrams/{name}.toml"));
        let theme_named = Theme::named(theme).unwrap_or_default();
        let svg = draw_in(&theme_named, &file, "x.toml", Some(lang)).svg;
        let png = to_png(&svg, &options).unwrap_or_else(|e| panic!("{name}: {e}"));
        let kept = folder.join(format!("{name}.{theme}.{lang}.png"));
        let old = fs::read(&kept).unwrap_or_default();
        if std::env::var_os("SKYPLAN_ACCEPT").is_some() && !same_pixels(&old, &png) {
            fs::create_dir_all(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
            fs::write(&kept, &png).unwrap_or_else(|e| panic!("{}: {e}", kept.display()));
        } else {
            assert!(
                same_pixels(&old, &png),
                "{} has other pixels now; accept them with SKYPLAN_ACCEPT=1",
                kept.display()
            );
        }
    }
}
