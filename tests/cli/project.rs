//! Whole repositories, drawn as `skyplan.toml` says.

use super::{Folder, GOOD, text};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PROJECT: &str =
    "sources = [\"diagrams\"]\noutput = \"out\"\nformats = [\"svg\", \"png\"]\nthemes = [\"light\", \"dark\"]\n";

/// A project of two diagrams.
fn repository(name: &str, project: &str) -> Folder {
    let f = Folder::new(name);
    fs::create_dir_all(f.0.join("diagrams/deep/er")).unwrap();
    f.write("diagrams/a.toml", GOOD);
    f.write("diagrams/b.toml", GOOD.replace("HTTPS", "HTTP"));
    f.write("skyplan.toml", project);
    f
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_plain_render_draws_every_source_in_every_format_and_theme() {
    let f = repository("project", PROJECT);
    let out = f.run(&["render"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let wanted = ["a-dark.png", "a-dark.svg", "a-light.png", "a-light.svg"];
    let wanted: BTreeSet<String> = wanted.iter().flat_map(|n| [n.to_string(), n.replace("a-", "b-")]).collect();
    assert_eq!(names(&f.0.join("out")), wanted);
    assert!(text(&out.stderr).contains("8 files written, 0 pictures unchanged"), "{}", text(&out.stderr));
    assert_eq!(f.run(&["render", "--check"]).status.code(), Some(0));
    assert!(text(&f.run(&["check"]).stderr).contains("2 checked"));
}

#[test]
fn only_what_has_changed_is_drawn_again() {
    let f = repository("changed", PROJECT);
    let said = |args: &[&str]| text(&f.run(args).stderr);
    said(&["render"]);
    assert!(said(&["render"]).contains("0 files written, 4 pictures unchanged"));
    f.write("diagrams/a.toml", GOOD.replace("alb", "nlb"));
    let third = said(&["render"]);
    assert!(third.contains("4 files written, 2 pictures unchanged") && !third.contains("b-dark"), "{third}");
    fs::remove_file(f.0.join("out/b-dark.svg")).unwrap();
    f.write("out/b-light.svg", "edited by hand");
    assert!(said(&["render"]).contains("4 files written, 2 pictures unchanged"));
    assert!(said(&["render", "--scale", "1"]).contains("8 files written"), "another setting is another picture");
    assert!(said(&["render", "--force"]).contains("8 files written"));
    f.write(".skyplan-cache", "{\"format\": 1, \"half");
    assert!(said(&["render"]).contains("8 files written"), "a broken cache is none");
}

#[test]
fn icons_and_themes_are_inputs_too() {
    let f = repository("inputs", "sources = [\"diagrams/a.toml\"]\nthemes = [\"looks/own.toml\"]\n");
    fs::create_dir_all(f.0.join("looks")).unwrap();
    let icon = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    f.write("looks/own.toml", "[sizes]\nicon = 48\n");
    f.write("diagrams/own.svg", icon);
    f.write("diagrams/a.toml", GOOD.replace("[service.alb]", "[service.alb]\nicon = \"own.svg\""));
    let said = || text(&f.run(&["render"]).stderr);
    assert!(said().contains("wrote diagrams/a.svg"));
    assert!(said().contains("1 pictures unchanged"));
    f.write("diagrams/own.svg", icon.replace("h9", "h5"));
    assert!(said().contains("wrote diagrams/a.svg"), "the icon has changed");
    f.write("looks/own.toml", "[sizes]\nicon = 60\n");
    assert!(said().contains("wrote diagrams/a.svg"), "the theme has changed");
}

#[test]
fn a_picture_with_warnings_is_drawn_and_warned_of_every_time() {
    let f = repository("warned", "sources = [\"diagrams/a.toml\"]\nlanguages = [\"ko\"]\n");
    f.write("diagrams/a.toml", "title = { en = \"Only English\" }\n".to_owned() + GOOD);
    for _ in 0..2 {
        assert!(text(&f.run(&["render"]).stderr).contains("missing-language"));
    }
    assert_eq!(f.run(&["render", "--deny-warnings"]).status.code(), Some(1));
}

#[test]
fn a_check_looks_at_every_language_theme_and_icon_pack_that_is_drawn() {
    let f = repository("checked", "sources = \"diagrams\"\nlanguages = [\"en\", \"ko\"]\n");
    f.write("diagrams/a.toml", "title = { en = \"Only English\" }\n".to_owned() + GOOD);
    let said = text(&f.run(&["check"]).stderr);
    assert!(said.contains("missing-language") && said.contains("2 checked: 0 errors, 1 warnings"), "{said}");
    for (written, wrong) in [
        ("icons = \"artists\"", "no icon pack is called `artists`"),
        ("themes = \"looks.toml\"", "cannot read looks.toml"),
    ] {
        f.write("skyplan.toml", format!("sources = \"diagrams\"\n{written}\n"));
        let out = f.run(&["check"]);
        assert!(out.status.code() == Some(1) && text(&out.stderr).contains(wrong), "{}", text(&out.stderr));
    }
    f.write("skyplan.toml", "sources = \"diagrams\"\nicons = \"artists\"\n");
    assert_eq!(f.run(&["check", "--icons", "skyplan"]).status.code(), Some(0), "the command line has the last word");
}

#[test]
fn a_check_tells_missing_and_stale_pictures_and_writes_nothing() {
    let f = repository("staleness", PROJECT);
    let out = f.run(&["render", "--check"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(text(&out.stderr).matches("error[stale]").count(), 8);
    assert_eq!(names(&f.0), ["diagrams", "skyplan.toml"].map(str::to_owned).into());
    f.run(&["render"]);
    f.write("diagrams/b.toml", GOOD);
    let out = f.run(&["render", "--check", "--message-format", "github"]);
    let said = text(&out.stderr);
    assert!(said.contains("::error file=out/b-dark.png,line=1,col=1::out/b-dark.png is not what its source gives now"));
    assert!(!said.contains("a-dark"), "{said}");
}

#[test]
fn pixels_count_in_a_png_and_not_how_they_are_packed() {
    let f = repository("pixels", "sources = [\"diagrams/a.toml\"]\nformats = [\"png\"]\n");
    f.run(&["render", "--packing", "small"]);
    let small = fs::read(f.0.join("diagrams/a.png")).unwrap();
    assert_eq!(f.run(&["render", "--check"]).status.code(), Some(0));
    f.run(&["render", "--force"]);
    let quick = fs::read(f.0.join("diagrams/a.png")).unwrap();
    assert!(small.len() < quick.len());
    f.run(&["render", "--force", "--theme", "dark"]);
    assert_eq!(f.run(&["render", "--check"]).status.code(), Some(1), "a dark picture has other pixels");
}

#[test]
fn the_project_is_found_from_any_folder_of_it() {
    let f = repository("found", PROJECT);
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_skyplan"));
    let out = program.arg("render").current_dir(f.0.join("diagrams/deep/er")).output().unwrap();
    assert!(text(&out.stderr).contains("wrote ../../../out/a-dark.svg"), "{}", text(&out.stderr));
    assert!(text(&f.run(&["render"]).stderr).contains("4 pictures unchanged"), "the cache holds from any folder");
    let named = Folder::new("found-by-name");
    let out = named.run(&["render", "--project", &f.0.join("skyplan.toml").display().to_string()]);
    assert!(text(&out.stderr).contains("4 pictures unchanged"), "{}", text(&out.stderr));
    let out = named.run(&["render"]);
    assert!(text(&out.stderr).contains("there is no skyplan.toml"), "{}", text(&out.stderr));
}

#[test]
fn a_folder_of_diagrams_may_hold_the_project_file() {
    let f = Folder::new("among");
    f.write("a.toml", GOOD);
    f.write("skyplan.toml", "sources = [\".\"]\n");
    assert!(text(&f.run(&["check", "."]).stderr).contains("1 checked: 0 errors"));
    assert_eq!(f.run(&["render"]).status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_or_outside_are_not_followed() {
    let f = repository("circles", "sources = [\"**/*.toml\"]\n");
    let outside = Folder::new("circles-outside");
    outside.write("secret.toml", "secret\n");
    std::os::unix::fs::symlink(&f.0, f.0.join("diagrams/deep/circle")).unwrap();
    assert!(text(&f.run(&["check"]).stderr).contains("2 checked: 0 errors"));
    std::os::unix::fs::symlink("ring.toml", f.0.join("diagrams/ring.toml")).unwrap();
    for args in [&["check"][..], &["check", "diagrams"]] {
        let said = text(&f.run(args).stderr);
        assert!(said.contains("cannot read diagrams/ring.toml: too many levels of symbolic links\n"), "{said}");
    }
    fs::remove_file(f.0.join("diagrams/ring.toml")).unwrap();
    std::os::unix::fs::symlink(outside.0.join("secret.toml"), f.0.join("diagrams/c.toml")).unwrap();
    let said = text(&f.run(&["render"]).stderr);
    assert!(
        said.contains("diagrams/c.toml leads outside the project's folder") && !said.contains("secret\n"),
        "{said}"
    );
}

#[test]
fn wrong_project_files_get_their_findings() {
    let wrong = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/projects");
    let accept = std::env::var_os("SKYPLAN_ACCEPT").is_some();
    for name in names(&wrong) {
        let written = fs::read_to_string(wrong.join(&name)).unwrap();
        let (body, expected): (Vec<&str>, Vec<&str>) = written.lines().partition(|l| !l.starts_with("#! "));
        let body = body.join("\n") + "\n";
        let f = repository(&name, &body);
        let out = f.run(&["render", "--message-format", "json", "-q"]);
        assert_eq!(out.status.code(), Some(1), "{name}");
        let said = text(&out.stderr);
        let findings: Vec<serde_json::Value> = said.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let found: Vec<String> = findings
            .iter()
            .map(|f| {
                assert!(f["help"].is_string(), "{name}: {f} shows no way out");
                let word = |key: &str| f[key].as_str().unwrap_or_default().to_owned();
                format!("#! {}:{} {}: {}", f["line"], f["column"], word("code"), word("message"))
            })
            .collect();
        if accept {
            fs::write(wrong.join(&name), body + &found.join("\n") + "\n").unwrap();
            continue;
        }
        assert_eq!(found, expected, "{name}");
        assert!(names(&f.0).len() == 2, "{name}: something was written");
    }
}
