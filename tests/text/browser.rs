//! Every text of the gallery is as wide in a browser as it was measured, within a pixel.

use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::scene::Shape;
use skyplan::{Picture, PictureOptions, picture};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a browser on this machine is called, if there is one.
fn browser() -> Option<String> {
    let named = std::env::var("SKYPLAN_BROWSER").ok();
    let usual = ["chromium", "chromium-browser", "google-chrome", "chrome"].map(str::to_owned);
    named.into_iter().chain(usual).find(|name| Command::new(name).arg("--version").output().is_ok())
}

#[expect(clippy::print_stdout, reason = "who runs the tests must see that one of them did nothing")]
fn say(text: &str) {
    println!("{text}");
}

/// Pictures of the gallery in both languages, and of texts in many scripts.
fn pictures() -> Vec<(String, Picture)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("diagrams")).unwrap().flatten().map(|e| e.path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let fonts = super::given_fonts();
    let mut pictures = Vec::new();
    for file in files {
        for lang in ["en", "ko"] {
            let options = PictureOptions { lang: Some(lang), ..PictureOptions::default() };
            pictures.push((format!("{} {lang}", file.display()), draw(&fs::read_to_string(&file).unwrap(), &options)));
        }
    }
    let scripts = fs::read_to_string(root.join("tests/text/scripts.toml")).unwrap();
    let options = PictureOptions { fonts: &fonts, ..PictureOptions::default() };
    pictures.push(("scripts.toml".to_owned(), draw(&scripts, &options)));
    pictures
}

fn draw(text: &str, options: &PictureOptions) -> Picture {
    picture(&Source::new("x.toml", text), options, &mut Diagnostics::default()).unwrap()
}

/// The page that measures all texts when its fonts are there, and writes each picture's widths on a line.
const SCRIPT: &str = "<script>document.fonts.ready.then(async()=>{
  for(const f of document.fonts)await f.load();
  const all=[...document.querySelectorAll('svg')].map(s=>[...s.querySelectorAll('text')].map(t=>t.getComputedTextLength()).join(' '));
  document.body.innerHTML='<pre>'+all.join('\\n')+'</pre>';
})</script>";

#[test]
fn a_browser_measures_every_text_as_we_do() {
    let Some(browser) = browser() else {
        say("skipped: there is no Chromium here; install one, or name it in SKYPLAN_BROWSER");
        return;
    };
    let pictures = pictures();
    let body: String = pictures.iter().map(|(_, picture)| picture.svg.as_str()).collect();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    fs::write(&page, format!("<!DOCTYPE html><meta charset=utf-8><body>{body}{SCRIPT}")).unwrap();
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let page = format!("file://{}", page.display());
    let flags = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"];
    let done = Command::new(browser).args(flags).args([&profile, &page]).output().unwrap();
    let dom = String::from_utf8_lossy(&done.stdout).into_owned();
    let widths = dom.split_once("<pre>").and_then(|(_, rest)| rest.split_once("</pre>")).map(|(widths, _)| widths);
    let widths: Vec<&str> = widths.unwrap_or_else(|| panic!("no widths: {dom:.300}")).split('\n').collect();
    assert_eq!(widths.len(), pictures.len());
    let (mut count, mut worst) = (0, 0.0_f64);
    for ((name, picture), widths) in pictures.iter().zip(widths) {
        let seen: Vec<f64> = widths.split_whitespace().map(|w| w.parse().unwrap()).collect();
        let shapes = picture.scene.parts.iter().flat_map(|part| &part.shapes);
        let texts: Vec<_> = shapes.filter_map(|s| if let Shape::Text(text) = s { Some(text) } else { None }).collect();
        // Lines with drawings in them have no text of their own width; in this page they stand in one picture only.
        if name == "scripts.toml" {
            compare_letters(picture, &seen);
            continue;
        }
        assert_eq!(texts.len(), seen.len(), "{name}");
        for (text, seen) in texts.iter().zip(seen) {
            // Numbers in discs stand in their middle; nothing depends on their width.
            if text.text.chars().all(|c| c.is_ascii_digit()) {
                continue;
            }
            worst = worst.max((text.width - seen).abs());
            assert!((text.width - seen).abs() < 1.0, "{name}: `{}` is {seen} wide, not {}", text.text, text.width);
            count += 1;
        }
    }
    assert!(count > 1000, "only {count} texts");
    say(&format!("{count} texts, none further off than {worst:.3} px"));
}

/// Texts that are letters only must be as wide as measured, whatever their fonts and direction.
fn compare_letters(picture: &Picture, seen: &[f64]) {
    let document = resvg::usvg::roxmltree::Document::parse(&picture.svg).unwrap();
    let texts: Vec<String> = (document.descendants().filter(|n| n.has_tag_name("text")))
        .map(|n| n.descendants().filter_map(|n| n.is_text().then(|| n.text()).flatten()).collect())
        .collect();
    assert_eq!(texts.len(), seen.len());
    let shapes: Vec<_> = picture.scene.parts.iter().flat_map(|part| &part.shapes).collect();
    let mut count = 0;
    for (text, seen) in texts.iter().zip(seen) {
        let plain = text.trim_matches(['\u{2067}', '\u{2069}']);
        let line = shapes.iter().find_map(|s| match s {
            Shape::Text(t) if t.text == plain => Some(t),
            _ => None,
        });
        if let Some(line) = line.filter(|line| !line.text.chars().all(|c| c.is_ascii_digit())) {
            assert!((line.width - seen).abs() < 1.0, "`{plain}` is {seen} wide, not {}", line.width);
            count += 1;
        }
    }
    assert!(count >= 5, "only {count} texts of letters");
}
