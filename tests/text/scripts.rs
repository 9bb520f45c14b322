//! Labels in many scripts: nothing that a font has is missing, and nothing of the machine gets into a picture unasked.

use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::text::Fonts;
use skyplan::{PictureOptions, TextMode, picture};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> PathBuf {
    root().join("tests/text/scripts.toml")
}

fn draw(fonts: &Fonts, text: TextMode) -> (String, Vec<String>) {
    let mut findings = Diagnostics::default();
    let options = PictureOptions { fonts, text, ..PictureOptions::default() };
    let source = Source::new("scripts.toml", fs::read_to_string(page()).unwrap());
    let drawn = picture(&source, &options, &mut findings).unwrap();
    let missing = findings.0.into_iter().filter(|f| f.code == "missing-glyph");
    (drawn.svg, missing.map(|f| f.message).collect())
}

#[test]
fn nothing_is_missing_that_a_given_font_has() {
    let fonts = super::given_fonts();
    for mode in [TextMode::Embed, TextMode::Outline] {
        let (svg, missing) = draw(&fonts, mode);
        assert_eq!(missing, Vec::<String>::new());
        assert_eq!(svg, draw(&fonts, mode).0);
    }
}

#[test]
fn text_stays_text_where_letters_look_the_same_everywhere() {
    let (svg, _) = draw(&super::given_fonts(), TextMode::Embed);
    for text in ["日本語注文管理", "北京订单服务", "한국 사용자", "שלום"] {
        assert!(svg.contains(text), "{text}");
    }
    for drawn in ["aria-label=\"مرحبا بالعالم\"", "aria-label=\"🚀\""] {
        assert!(svg.contains(drawn), "{drawn}");
    }
}

#[test]
fn outlines_need_no_font_and_keep_their_words() {
    let (svg, _) = draw(&super::given_fonts(), TextMode::Outline);
    assert!(!svg.contains("<text") && !svg.contains("@font-face") && !svg.contains("font-family"));
    assert!(svg.contains("aria-label=\"북") || svg.contains("aria-label=\"한국 사용자\""));
}

#[test]
fn without_those_fonts_every_missing_character_is_told_and_marked() {
    let (svg, missing) = draw(Fonts::shared(), TextMode::Embed);
    assert!(missing.len() >= 9, "{missing:?}");
    assert!(missing.iter().any(|m| m.contains("`数` (U+6570)")), "{missing:?}");
    assert!(svg.contains("aria-label=\"日本語注文管理\"") || svg.contains("aria-label=\"日\""));
}

#[test]
fn pixels_do_not_depend_on_how_texts_stand_in_an_svg() {
    let home = tempfile::tempdir().unwrap();
    let folder = root().join("tests/text/fonts").display().to_string();
    let [embed, system] = ["embed", "system"]
        .map(|text| run(home.path(), &["--font-dir", &folder, "--format", "png", "--text", text]).stdout);
    assert!(!embed.is_empty() && embed == system);
}

/// Runs the program in a home folder whose fonts are those of `fonts/`, or none.
fn run(home: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
    program.args(["render", "-o", "-", "-q"]).args(arguments).arg(page());
    program.env("HOME", home).env_remove("XDG_DATA_HOME").output().unwrap()
}

#[test]
fn fonts_of_the_machine_change_nothing_unless_asked_for() {
    let (empty, full) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = full.path().join(".fonts");
    fs::create_dir(&folder).unwrap();
    for file in fs::read_dir(root().join("tests/text/fonts")).unwrap().flatten() {
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    for format in ["svg", "png", "pdf"] {
        let [without, with] = [&empty, &full].map(|home| run(home.path(), &["--format", format]).stdout);
        assert!(!without.is_empty() && without == with, "{format}");
    }
    if cfg!(target_os = "linux") {
        let asked = run(full.path(), &["--system-fonts"]);
        assert!(String::from_utf8_lossy(&asked.stdout).contains("北京订单服务</text>"));
    }
}

#[test]
fn a_folder_of_fonts_is_used_in_all_formats() {
    let home = tempfile::tempdir().unwrap();
    let folder = root().join("tests/text/fonts").display().to_string();
    for format in ["svg", "png", "pdf"] {
        let done = run(home.path(), &["--font-dir", &folder, "--format", format]);
        assert!(done.status.success() && done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(done.stdout != run(home.path(), &["--format", format]).stdout, "{format}");
    }
}

#[test]
fn a_folder_without_fonts_is_an_error() {
    let home = tempfile::tempdir().unwrap();
    for (folder, message) in [("nowhere", "cannot read the font folder"), (".", "holds no font")] {
        let folder = home.path().join(folder).display().to_string();
        let done = run(home.path(), &["--font-dir", &folder]);
        assert_eq!(done.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&done.stderr).contains(message));
    }
}
