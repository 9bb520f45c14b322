//! Views and included files, as the program draws them.

use super::{Folder, text};
use std::fs;

const SHARED: &str = "[vpc.main]\n[service.web]\nkind = \"ec2\"\nin = \"main\"\n";
const MODEL: &str = "include = \"shared/network.toml\"\n[service.users]\n[links]\n\"users -> web\" = \"HTTPS\"\n\
    [view.inside]\nonly = \"main\"\n[view.overview]\ncollapse = \"main\"\n";

fn model(name: &str) -> Folder {
    let f = Folder::new(name);
    fs::create_dir(f.0.join("shared")).unwrap();
    f.write("shared/network.toml", SHARED);
    f.write("model.toml", MODEL);
    f
}

#[test]
fn each_view_is_a_picture_of_its_own() {
    let f = model("views");
    let out = f.run(&["render", "model.toml", "--all-views", "-o", "out/"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let svg = |name: &str| fs::read_to_string(f.0.join("out").join(name)).unwrap();
    assert!(svg("model.svg").contains(">Users<") && svg("model.svg").contains(">Web<"));
    assert!(!svg("model.inside.svg").contains(">Users<") && svg("model.inside.svg").contains(">Web<"));
    assert!(svg("model.overview.svg").contains(">Users<") && !svg("model.overview.svg").contains(">Web<"));
    let out = f.run(&["render", "model.toml", "--all-views", "-o", "out/", "--check"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
}

#[test]
fn one_view_goes_where_it_is_sent() {
    let f = model("view");
    assert_eq!(f.run(&["render", "model.toml", "--view", "inside"]).status.code(), Some(0));
    assert!(f.0.join("model.inside.svg").exists() && !f.0.join("model.svg").exists());
    assert_eq!(f.run(&["render", "model.toml", "--view", "inside", "-o", "x.png"]).status.code(), Some(0));
    assert!(fs::read(f.0.join("x.png")).unwrap().starts_with(b"\x89PNG"));
    let out = f.run(&["render", "model.toml", "--view", "insid"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("there are `inside`, `overview`"), "{}", text(&out.stderr));
}

#[test]
fn several_views_do_not_go_into_one_file() {
    let f = model("one-file");
    assert_eq!(f.run(&["render", "model.toml", "--all-views", "-o", "x.svg"]).status.code(), Some(1));
    assert!(!f.0.join("x.svg").exists());
}

#[test]
fn findings_in_an_included_file_are_shown_in_that_file() {
    let f = model("included");
    f.write("shared/network.toml", format!("{SHARED}[service.users]\n"));
    let out = f.run(&["check", "model.toml"]);
    let said = text(&out.stderr);
    assert!(said.contains("model.toml:2:10") && said.contains("shared/network.toml:5:10"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_of_the_file_system_leads_to_no_file_outside() {
    let (f, outside) = (model("outside"), Folder::new("elsewhere"));
    let elsewhere = outside.write("network.toml", SHARED);
    fs::remove_file(f.0.join("shared/network.toml")).unwrap();
    std::os::unix::fs::symlink(elsewhere, f.0.join("shared/network.toml")).unwrap();
    let out = f.run(&["check", "model.toml"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("it lies outside the diagram's folder"), "{}", text(&out.stderr));
}
