//! What lies outside a diagram's folder is read only where the command line allows it.

use super::{Folder, text};
use std::fs;

const ICON: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\" fill=\"#ab12cd\"/></svg>";

/// A diagram that includes a file beside its folder and shows icons from there, one by its whole path.
fn diagram(name: &str) -> Folder {
    let f = Folder::new(name);
    fs::create_dir(f.0.join("diagrams")).unwrap();
    f.write("logo.svg", ICON);
    f.write("shared.toml", "[service.shop]\nkind = \"ec2\"\nicon = \"logo.svg\"\n");
    let whole = f.write("whole.svg", ICON.replace("ab12cd", "12cdab"));
    let own = format!(
        "include = [\"../shared.toml\", \"./../diagrams/../shared.toml\"]\n[service.users]\nicon = '{}'\n",
        whole.display()
    );
    f.write("diagrams/web.toml", own);
    f
}

#[test]
fn nothing_outside_is_read_unasked() {
    let f = diagram("outside-unasked");
    let said = text(&f.run(&["render", "diagrams/web.toml"]).stderr);
    assert!(said.contains("`../shared.toml` does not lie below the folder of this file"), "{said}");
    assert!(said.contains("icons must lie below the diagram's folder") && said.contains("--allow-outside"), "{said}");
    assert!(!f.0.join("diagrams/web.svg").exists());
}

#[test]
fn everything_is_read_where_it_is_allowed() {
    let f = diagram("outside-allowed");
    for command in ["check", "render"] {
        let out = f.run(&[command, "diagrams/web.toml", "--allow-outside"]);
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    }
    let svg = fs::read_to_string(f.0.join("diagrams/web.svg")).unwrap();
    assert!(svg.contains("id=\"shop\"") && svg.matches("data:image/svg+xml").count() == 2, "{svg}");
    // A ring is found whichever way its files are named.
    f.write("shared.toml", "include = \"diagrams/../diagrams/web.toml\"\n");
    let said = text(&f.run(&["check", "diagrams/web.toml", "--allow-outside"]).stderr);
    assert!(said.contains("a file cannot include itself"), "{said}");
}
