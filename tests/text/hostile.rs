//! Hostile texts are drawn or refused with a clear finding.

use resvg::usvg::roxmltree::Document;
use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::render::{PdfOptions, PngOptions, Zoom, to_pdf, to_png};
use skyplan::text::Fonts;
use skyplan::{PictureOptions, TextMode, picture};
use std::fs;
use std::path::{Path, PathBuf};

/// The files, each with its text and the findings it expects.
fn files() -> Vec<(PathBuf, String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text/hostile");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).collect();
    files.sort();
    assert!(files.len() >= 6, "only {} files", files.len());
    let split = |file: PathBuf| {
        let written = fs::read_to_string(&file).unwrap();
        let (body, findings): (Vec<&str>, Vec<&str>) = written.lines().partition(|l| !l.starts_with("#! "));
        (file, body.join("\n") + "\n", findings.into_iter().map(str::to_owned).collect())
    };
    files.into_iter().map(split).collect()
}

fn draw(text: &str, mode: TextMode) -> (Option<String>, Vec<String>) {
    let mut findings = Diagnostics::default();
    let options = PictureOptions { text: mode, ..PictureOptions::default() };
    let drawn = picture(&Source::new("x.toml", text), &options, &mut findings);
    findings.sort();
    let line = |f: &skyplan::diagnostic::Diagnostic| {
        let (line, column) = f.place.as_ref().map_or((0, 0), |p| p.line_column());
        // Long labels are told whole; their beginning is enough here.
        let message: String = f.message.chars().take(160).collect();
        format!("#! {line}:{column} {}: {}", f.code, message.escape_debug())
    };
    (drawn.map(|p| p.svg), findings.0.iter().map(line).collect())
}

#[test]
fn every_hostile_file_gives_a_well_formed_picture_and_its_findings() {
    let accept = std::env::var_os("SKYPLAN_ACCEPT").is_some();
    for (file, text, expected) in files() {
        for mode in [TextMode::Embed, TextMode::System] {
            let (svg, findings) = draw(&text, mode);
            if accept {
                let lines = if findings.is_empty() { String::new() } else { findings.join("\n") + "\n" };
                fs::write(&file, format!("{text}{lines}")).unwrap();
            } else {
                assert_eq!(findings, expected, "{}", file.display());
            }
            let svg = svg.unwrap_or_else(|| panic!("{} gives no picture", file.display()));
            let document = Document::parse(&svg).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            for node in document.descendants() {
                assert!(!matches!(node.tag_name().name(), "script" | "image" | "b" | "i"), "{}", file.display());
            }
        }
    }
}

#[test]
fn every_hostile_file_gives_pixels_and_a_page() {
    for (file, text, _) in files() {
        let (svg, _) = draw(&text, TextMode::Embed);
        let svg = svg.unwrap_or_default();
        let fonts = Fonts::database();
        let small = PngOptions { zoom: Zoom::Width(400), fonts: fonts.clone(), ..PngOptions::default() };
        assert!(to_png(&svg, &small).is_ok(), "{}", file.display());
        assert!(to_pdf(&svg, &PdfOptions { fonts, ..PdfOptions::default() }).is_ok(), "{}", file.display());
    }
}

#[test]
fn not_one_letter_of_a_long_label_is_lost() {
    let (_, text, _) = files().into_iter().find(|f| f.0.ends_with("ten-thousand-letters.toml")).unwrap();
    let (svg, _) = draw(&text, TextMode::Embed);
    let svg = svg.unwrap_or_default();
    let document = Document::parse(&svg).unwrap();
    let drawn: String = document.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()).collect();
    let label = text.lines().find_map(|l| l.strip_prefix("label = \"")).unwrap().trim_end_matches('"');
    let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert!(letters(&drawn).contains(&letters(label)));
}
