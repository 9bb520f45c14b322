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

/// A project of the model and of a diagram with other views.
fn project(name: &str, written: &str) -> Folder {
    let f = model(name);
    f.write("a.toml", "[service.web]\nkind = \"ec2\"\n[service.db]\nkind = \"rds\"\n[view.data]\nonly = \"db\"\n");
    f.write("skyplan.toml", format!("sources = \"*.toml\"\noutput = \"out\"\n{written}"));
    f
}

fn pictures(f: &Folder) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut folders = vec![f.0.join("out")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(f.0.join("out")).unwrap().display().to_string());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_project_draws_the_views_that_it_names() {
    let f = project("project-named", "views = [\"data\", \"inside\"]\n");
    let out = f.run(&["render"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(pictures(&f), ["a.data.svg", "a.svg", "model.inside.svg", "model.svg"]);
    let inside = fs::read_to_string(f.0.join("out/model.inside.svg")).unwrap();
    assert!(!inside.contains(">Users<") && inside.contains(">Web<"));
    assert!(text(&f.run(&["render"]).stderr).contains("0 files written, 4 pictures unchanged"));
    let model = fs::read_to_string(f.0.join("model.toml")).unwrap();
    f.write("model.toml", model.replace("only = \"main\"", "only = \"users\""));
    assert_eq!(f.run(&["render", "--check"]).status.code(), Some(1));
    assert!(text(&f.run(&["render"]).stderr).contains("2 files written, 2 pictures unchanged"));
    assert_eq!(f.run(&["render", "--view", "inside", "-o", "one"]).status.code(), Some(1), "a.toml has no such view");
}

#[test]
fn a_project_draws_all_views_where_its_names_say() {
    let f = project("project-all", "views = \"*\"\nname = \"{view}/{name}\"\n");
    assert_eq!(f.run(&["render"]).status.code(), Some(0));
    let all = ["data/a.svg", "default/a.svg", "default/model.svg", "inside/model.svg", "overview/model.svg"]
        .map(str::to_owned);
    assert_eq!(pictures(&f), all);
    f.write("skyplan.toml", "sources = \"*.toml\"\noutput = \"out\"\nname = \"{view}/{name}\"\n");
    fs::remove_dir_all(f.0.join("out")).unwrap();
    assert_eq!(f.run(&["render", "--all-views"]).status.code(), Some(0));
    assert_eq!(pictures(&f), all, "the command line asks for the same");
}

#[test]
fn a_view_that_no_diagram_has_is_told_unless_a_diagram_is_broken() {
    let f = project("project-unknown", "views = [\"insid\"]\n");
    let out = f.run(&["render"]);
    let said = text(&out.stderr);
    assert!(out.status.code() == Some(1) && said.contains("skyplan.toml:3:10") && said.contains("`inside`"), "{said}");
    f.write("model.toml", "[service.users\n");
    let said = text(&f.run(&["render"]).stderr);
    assert!(said.contains("not-toml") && !said.contains("unknown-view"), "{said}");
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
