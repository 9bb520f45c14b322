//! The README and the book: every diagram in them is without a finding, every command line does what it says, every picture is current.
//!
//! `SKYPLAN_ACCEPT=1 cargo test --test docs` draws the book's pictures anew.

mod dependencies;
mod phases;
mod reference;

use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::theme::Theme;
use skyplan::{PictureOptions, picture};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|e| panic!("{folder}: {e}"));
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == ending));
    files.sort();
    assert!(!files.is_empty(), "{folder} holds no .{ending}");
    files
}

/// The pages of the book.
fn pages() -> Vec<PathBuf> {
    files("docs/src", "md").into_iter().chain(files("docs/src/language", "md")).collect()
}

/// The pages with their fenced blocks: what stands after the fence, and the lines within.
fn blocks() -> Vec<(PathBuf, String, String)> {
    let mut pages = pages();
    pages.push(root().join("README.md"));
    let mut blocks = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        let mut open: Option<(String, String)> = None;
        for line in text.lines() {
            match (line.strip_prefix("```"), &mut open) {
                (Some(info), None) => open = Some((info.to_owned(), String::new())),
                (Some(_), Some(_)) => blocks.extend(open.take().map(|(info, body)| (page.clone(), info, body))),
                (None, Some((_, body))) => body.extend([included(&page, line).as_str(), "\n"]),
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a fence is not closed", page.display());
    }
    blocks
}

/// The line, or the file that it includes.
fn included(page: &Path, line: &str) -> String {
    let Some(path) = line.strip_prefix("{{#include ").and_then(|l| l.strip_suffix("}}")) else {
        return line.to_owned();
    };
    let file = page.parent().unwrap_or(page).join(path);
    fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {}: {e}", page.display(), file.display()))
}

fn draw(name: &str, text: &str, lang: Option<&str>, view: Option<&str>) -> String {
    let mut findings = Diagnostics::default();
    let includes = |name: &str| match fs::read_to_string(root().join("docs/src/language").join(name)) {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => Err(error.to_string()),
    };
    let options = PictureOptions { lang, view, includes: &includes, ..PictureOptions::default() };
    let drawn = picture(&Source::new("x.toml", text), &options, &mut findings);
    assert!(findings.0.is_empty(), "{name}: {:?}\n{text}", findings.0);
    drawn.unwrap_or_else(|| panic!("{name} gives no picture")).svg
}

#[test]
fn every_diagram_in_the_docs_draws_without_a_finding() {
    let mut count = 0;
    for (page, info, body) in blocks() {
        match info.as_str() {
            "toml" => drop(draw(&page.display().to_string(), &body, None, None)),
            "toml theme" => {
                drop(Theme::parse(&Source::new("theme.toml", body)).unwrap_or_else(|e| panic!("{:?}", e.0)))
            }
            _ => continue,
        }
        count += 1;
    }
    assert!(count > 30, "only {count} diagrams found");
}

/// A copy of the folders that the command lines name.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for source in ["diagrams", "docs/src/tutorial", "docs/src/recipes"] {
        fs::create_dir_all(folder.path().join(source)).unwrap();
        for file in files(source, "toml").into_iter().chain(files(source, "svg")) {
            fs::copy(&file, folder.path().join(source).join(file.file_name().unwrap())).unwrap();
        }
    }
    fs::copy(root().join("docs/src/markdown/guide.md"), folder.path().join("guide.md")).unwrap();
    folder
}

#[test]
fn every_command_line_in_the_docs_succeeds() {
    let accept = std::env::var_os("SKYPLAN_ACCEPT").is_some();
    let mut count = 0;
    // The commands of one page follow each other: what one of them makes, the next ones use.
    let mut at: Option<(PathBuf, tempfile::TempDir)> = None;
    for (page, info, body) in blocks() {
        let folder = match at.take().filter(|a| a.0 == page) {
            Some(same) => &at.insert(same).1,
            None => &at.insert((page.clone(), sample())).1,
        };
        // A block with a file's name behind its language is that file.
        if let Some(name) = info.split(' ').nth(1).filter(|name| name.contains('.')) {
            fs::write(folder.path().join(name), &body).unwrap();
        }
        for line in body.lines().filter(|_| info == "sh") {
            let line = line.split(" # ").next().unwrap_or(line).trim();
            if line.starts_with("mkdir ") || line.starts_with("cp ") {
                let done = Command::new("sh").args(["-c", line]).current_dir(folder.path()).status().unwrap();
                assert!(done.success(), "{}: `{line}` fails", page.display());
            }
            let arguments = line.strip_prefix("skyplan ").or_else(|| line.strip_prefix("cargo run --release -- "));
            let Some(arguments) = arguments else { continue };
            // What stands beside the sources may be the old pictures until all tests have accepted the new ones.
            if accept && arguments.contains("--check") {
                continue;
            }
            let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
            let done = program.args(arguments.split_whitespace()).current_dir(folder.path()).output().unwrap();
            let said = String::from_utf8_lossy(&done.stderr);
            assert!(done.status.success(), "{}: `{line}` fails: {said}", page.display());
            count += 1;
        }
    }
    assert!(count > 15, "only {count} command lines found");
}

#[test]
fn pictures_of_the_book_are_current() {
    let accept = std::env::var_os("SKYPLAN_ACCEPT").is_some();
    let mut stale = Vec::new();
    let mut compare = |source: &Path, target: PathBuf, lang: Option<&str>, view: Option<&str>| {
        let text = fs::read_to_string(source).unwrap();
        let svg = draw(&source.display().to_string(), &text, lang, view);
        if accept {
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(&target, &svg).unwrap();
        } else if fs::read_to_string(&target).ok().as_ref() != Some(&svg) {
            stale.push(target);
        }
    };
    for folder in ["docs/src/tutorial", "docs/src/recipes", "docs/src/language"] {
        files(folder, "toml").iter().for_each(|f| compare(f, f.with_extension("svg"), None, None));
    }
    let views = root().join("docs/src/language/view.toml");
    compare(&views, views.with_extension("data.svg"), None, Some("data"));
    compare(&views, views.with_extension("overview.svg"), None, Some("overview"));
    for source in files("diagrams", "toml") {
        let name = source.with_extension("svg").file_name().unwrap().to_owned();
        compare(&source, root().join("docs/src/gallery/en").join(&name), None, None);
        compare(&source, root().join("docs/src/gallery/ko").join(&name), Some("ko"), None);
    }
    assert!(stale.is_empty(), "stale: {stale:?}; accept them with SKYPLAN_ACCEPT=1 cargo test --test docs");
}

#[test]
fn the_sheet_of_all_icons_is_current() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
    let done = program.args(["icons", "sheet", "-o", "sheet.svg"]).current_dir(folder.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let svg = fs::read_to_string(folder.path().join("sheet.svg")).unwrap();
    let book = root().join("docs/src/icons/sheet.svg");
    if std::env::var_os("SKYPLAN_ACCEPT").is_some() {
        fs::write(&book, &svg).unwrap();
    }
    assert!(fs::read_to_string(&book).ok() == Some(svg), "{} is stale", book.display());
}

#[test]
fn pages_and_pictures_that_the_docs_name_are_there() {
    let mut pages = pages();
    pages.push(root().join("README.md"));
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        // What stands in fences is an example.
        let prose: String = text.split("```").step_by(2).collect();
        for part in prose.split("](").skip(1) {
            let Some(path) = part.split(')').next().filter(|p| !p.contains(':') && !p.is_empty()) else { continue };
            let (file, anchor) = path.split_once('#').map_or((path, None), |(file, anchor)| (file, Some(anchor)));
            let target = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: {path} is not there", page.display());
            let headings = |text: String| {
                text.lines().filter_map(|l| l.trim_start_matches('#').strip_prefix(' ').map(slug)).collect::<Vec<_>>()
            };
            let there = anchor.is_none_or(|a| headings(fs::read_to_string(&target).unwrap()).iter().any(|h| h == a));
            assert!(there, "{}: {path} is no heading", page.display());
        }
    }
}

/// A heading as the anchor that mdBook and GitHub make of it.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_diagram_is_in_the_gallery() {
    let gallery = fs::read_to_string(root().join("docs/src/gallery.md")).unwrap();
    for file in files("diagrams", "toml") {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(gallery.contains(&format!("gallery/ko/{name}.svg")), "{name} is not in the gallery");
    }
}
