//! What every picture promises, whatever its author writes into it.

#![cfg(all(feature = "png", feature = "pdf"))]

mod model;
mod place;

use model::{NASTY, draw, model, nasty, wordy};
use resvg::usvg::roxmltree::{Document, Node};
use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::render::{PdfOptions, PngError, PngOptions, Zoom, to_pdf, to_png};
use skyplan::text::Fonts;
use skyplan::theme::{Sizes, Theme};
use skyplan::{PictureOptions, picture};
use std::collections::BTreeSet;

fn theme(name: &str) -> Theme {
    Theme::named(name).unwrap_or_default()
}

fn attributes<'a>(document: &'a Document<'a>) -> impl Iterator<Item = (Node<'a, 'a>, &'a str, &'a str)> {
    document.descendants().flat_map(|n| n.attributes().map(move |a| (n, a.name(), a.value())))
}

#[test]
fn hostile_texts_stay_texts() {
    let (svg, _) = draw(nasty(), &theme("auto"));
    let document = Document::parse(&svg).expect("the picture is well-formed");
    let names: BTreeSet<_> = document.descendants().map(|n| n.tag_name().name()).collect();
    let known =
        ["", "a", "circle", "defs", "desc", "g", "path", "rect", "style", "svg", "symbol", "text", "title", "use"];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    assert!(!attributes(&document).any(|(_, name, _)| name.starts_with("on")));
    let texts: String = document.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()).collect();
    for part in NASTY.split_whitespace().filter(|part| !part.contains('\u{1}')) {
        assert!(texts.contains(part), "{part} is not in the picture");
    }
}

#[test]
fn ids_are_unique_and_every_reference_points_at_one() {
    let (svg, _) = draw(nasty(), &theme("light"));
    let document = Document::parse(&svg).expect("the picture is well-formed");
    let all: Vec<_> = attributes(&document).filter(|(_, name, _)| *name == "id").map(|(_, _, id)| id).collect();
    let ids: BTreeSet<_> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len());
    for (node, name, value) in attributes(&document) {
        match name {
            "href" if node.has_tag_name("a") => assert!(!value.to_lowercase().contains("script:"), "{value}"),
            "href" => assert!(value.strip_prefix('#').is_some_and(|id| ids.contains(id)), "{value}"),
            _ => assert!(!value.contains("url(") || node.has_tag_name("a"), "{name}={value}"),
        }
    }
}

#[test]
fn a_link_that_would_run_code_is_told_and_left_out() {
    let (svg, findings) = draw(nasty(), &theme("light"));
    assert!(findings.0.iter().any(|f| f.code == "unsafe-href"), "{findings:?}");
    assert!(!svg.contains("href=\"javascript"));
    assert!(svg.contains("href=\"https://example.com/?a=1&amp;b=2\""));
}

#[test]
fn the_picture_for_both_is_the_light_one_with_a_style_sheet() {
    let (auto, light) = (draw(model(), &theme("auto")).0, draw(model(), &theme("light")).0);
    let plain = |svg: &str| -> Vec<String> {
        let lines = svg.lines().filter(|line| !line.starts_with("<style"));
        let strip = |line: &str| match line.split_once(" class=\"") {
            Some((head, tail)) => format!("{head}{}", tail.split_once('"').map_or("", |(_, tail)| tail)),
            None => line.to_owned(),
        };
        lines.map(strip).collect()
    };
    assert_eq!(plain(&auto), plain(&light));
    assert!(auto.contains("@media (prefers-color-scheme:dark)"));
    assert!(!light.contains("<style"));
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    assert_eq!(draw(model(), &theme("auto")).0, draw(model(), &theme("auto")).0);
}

#[test]
fn a_picture_for_both_is_light_where_no_system_says_otherwise() {
    let (auto, light) = (draw(model(), &theme("auto")).0, draw(model(), &theme("light")).0);
    let options = PngOptions { zoom: Zoom::Width(300), ..PngOptions::default() };
    assert_eq!(to_png(&auto, &options), to_png(&light, &options));
}

#[test]
fn the_width_of_a_png_is_the_one_asked_for() {
    let (svg, _) = draw(model(), &theme("light"));
    let png = to_png(&svg, &PngOptions { zoom: Zoom::Width(321), ..PngOptions::default() }).expect("it is small");
    assert_eq!(png.get(16..20), Some(321_u32.to_be_bytes().as_slice()));
}

#[test]
fn a_png_too_large_for_memory_is_refused() {
    let (svg, _) = draw(model(), &theme("light"));
    let huge = PngOptions { zoom: Zoom::Scale(1e6), ..PngOptions::default() };
    assert!(matches!(to_png(&svg, &huge), Err(PngError::TooLarge(..))));
    let none = PngOptions { zoom: Zoom::Scale(f64::NAN), ..PngOptions::default() };
    assert_eq!(to_png(&svg, &none), Err(PngError::BadZoom));
}

#[test]
fn a_pdf_has_the_same_bytes_twice() {
    let (svg, _) = draw(model(), &theme("light"));
    let pdf = to_pdf(&svg, &PdfOptions::default()).expect("it can be written");
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(Ok(pdf), to_pdf(&svg, &PdfOptions::default()));
}

/// A picture in the program's own font, as a PDF.
fn page(text: &str) -> Vec<u8> {
    let mut findings = Diagnostics::default();
    let drawn = picture(&Source::new("x.toml", text), &PictureOptions::default(), &mut findings).expect("it is sound");
    let options = PdfOptions { fonts: Fonts::database(), ..PdfOptions::default() };
    to_pdf(&drawn.svg, &options).expect("it can be written")
}

const LINKED: &str = "[vpc.main]\nhref = 'https://example.com/vpc'\n\
    [service.alb]\nin = 'main'\nhref = 'https://example.com/한글'\ntooltip = 'runbook'\n\
    [service.web]\nkind = 'ec2'\nin = 'main'\nlabel = '웹 서버'\n\
    [links]\n'alb -> web' = { label = 'HTTPS', href = 'docs/a.html' }\n";

/// The objects of a PDF that are links, in the order in which the page names them: the last one lies on top.
fn annotations(pdf: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(pdf).into_owned();
    text.split("/Subtype/Link").skip(1).filter_map(|rest| rest.split("endobj").next()).map(str::to_owned).collect()
}

#[test]
fn a_pdf_leads_where_the_svg_leads() {
    let links = annotations(&page(LINKED));
    let uris: Vec<&str> = links.iter().filter_map(|l| l.split("/URI(").nth(1)?.split(')').next()).collect();
    assert_eq!(uris, ["https://example.com/vpc", "docs/a.html", "https://example.com/%ED%95%9C%EA%B8%80"]);
    let areas: Vec<usize> = links
        .iter()
        .map(|l| {
            l.split("/QuadPoints[").nth(1).and_then(|q| q.split(']').next()).map_or(0, |q| q.split(' ').count() / 8)
        })
        .collect();
    // Four sides, a tile and its title, but not what stands within; a line and its label; an icon and two lines.
    assert!(areas[0] >= 6 && areas[1] >= 2 && areas[2] >= 2, "{areas:?}");
    assert!(links[2].contains("/Contents(runbook)"), "{}", links[2]);
    assert_eq!(annotations(&page("[service.alb]\n")), [""; 0]);
}

#[test]
fn the_text_of_a_pdf_can_be_copied_and_its_fonts_are_in_it() {
    let pdf = page(LINKED);
    let text = String::from_utf8_lossy(&pdf);
    let fonts = text.matches("/Type/Font/Subtype/Type0").count();
    assert!(fonts > 0 && text.matches("/ToUnicode").count() == fonts && text.matches("/FontFile").count() == fonts);
    let file = std::env::temp_dir().join(format!("skyplan-look-{}.pdf", std::process::id()));
    std::fs::write(&file, &pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg(&file).arg("-").output();
    let _ = std::fs::remove_file(&file);
    // Without poppler the structure says it all the same.
    let Ok(read) = read else { return };
    let read = String::from_utf8_lossy(&read.stdout);
    for part in ["VPC", "Load Balancer", "웹 서버"] {
        assert!(read.contains(part), "{part} is not in {read}");
    }
    assert_eq!(read.matches("HTTPS").count(), 1, "a halo is no second text: {read}");
}

#[test]
fn no_length_of_a_theme_breaks_a_picture() {
    for name in Sizes::NAMES {
        for value in [0.0, 0.3, 4000.0] {
            let mut theme = theme("light");
            if let Some(size) = theme.sizes.named_mut(name) {
                *size = value;
            }
            let (svg, _) = draw(model(), &theme);
            assert!(Document::parse(&svg).is_ok(), "{name} = {value}");
            assert!(
                !svg.contains(" width=\"-") && !svg.contains(" height=\"-") && !svg.contains(" r=\"-"),
                "{name} = {value}"
            );
        }
    }
}

#[test]
fn names_longer_than_two_lines_are_told_once() {
    let (_, findings) = draw(wordy(), &theme("light"));
    let long: Vec<_> = findings.0.iter().filter(|f| f.code == "long-label").collect();
    assert_eq!(long.len(), 1, "{long:?}");
    assert!(draw(model(), &theme("light")).1.0.is_empty());
}
