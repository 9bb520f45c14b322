//! Texts that nest beyond all reason: an error that says so, or a picture, and never the end of the stack.

use super::{Folder, text};

/// A service in so many groups; the innermost group comes first where `inwards` is false.
fn nested(depth: usize, inwards: bool) -> String {
    let group = |k: usize| match k {
        0 => "[group.g0]\n".to_owned(),
        k => format!("[group.g{k}]\nin = \"g{}\"\n", k - 1),
    };
    let groups: String = if inwards { (0..depth).map(group).collect() } else { (0..depth).rev().map(group).collect() };
    format!("[service.ec2]\nin = \"g{}\"\n{groups}", depth - 1)
}

/// The same as a graph for the engine.
fn nested_graph(depth: usize) -> String {
    let group = |k: usize| match k {
        0 => r#"{"id":"g0"}"#.to_owned(),
        k => format!(r#"{{"id":"g{k}","parent":"g{}"}}"#, k - 1),
    };
    let groups = (0..depth).map(group).collect::<Vec<_>>().join(",");
    format!(r#"{{"nodes":[{{"id":"a","w":9,"h":9,"parent":"g{}"}}],"groups":[{groups}]}}"#, depth - 1)
}

#[test]
fn groups_within_groups_are_drawn_up_to_the_limit() {
    let f = Folder::new("deep-groups");
    for inwards in [true, false] {
        f.write("deep.toml", nested(500, inwards));
        let out = f.run(&["render", "deep.toml"]);
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        f.write("deeper.toml", nested(5000, inwards));
        let out = f.run(&["render", "deeper.toml"]);
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{said}");
        assert!(said.contains("`g501` lies in more than 500 groups") && said.contains("--limit depth=2000"), "{said}");
        let out = f.run(&["check", "deeper.toml", "--limit", "depth=5000"]);
        assert!(!text(&out.stderr).contains("lies in more"), "{}", text(&out.stderr));
    }
}

#[test]
fn graphs_within_groups_are_laid_out_up_to_the_limit() {
    let f = Folder::new("deep-graphs");
    f.write("deep.json", nested_graph(501));
    assert_eq!(f.run(&["layout", "deep.json"]).status.code(), Some(0));
    f.write("deeper.json", nested_graph(2000));
    let said = text(&f.run(&["layout", "deeper.json"]).stderr);
    assert!(said.contains("`g501` lies in more than 500 groups"), "{said}");
    assert_eq!(f.run(&["layout", "deeper.json", "--limit", "depth=2000"]).status.code(), Some(0));
    f.write("ring.json", nested_graph(700).replacen(r#"{"id":"g0"}"#, r#"{"id":"g0","parent":"g699"}"#, 1));
    let said = text(&f.run(&["layout", "ring.json"]).stderr);
    assert!(said.contains("lies inside itself"), "{said}");
}

#[test]
fn values_within_values_are_refused() {
    let f = Folder::new("deep-values");
    let n = 100_000;
    let many = |piece: &str| piece.repeat(n);
    let texts = [
        format!("title = {}{}", many("["), many("]")),
        format!("title = {}1{}", many("{a="), many("}")),
        format!("a{} = 1", many(".a")),
        format!("[a{}]", many(".a")),
        format!("title = {}", many("[")),
    ];
    for written in texts {
        f.write("deep.toml", &written);
        let out = f.run(&["check", "deep.toml"]);
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{said:.400}");
        assert!(said.contains("recurs"), "{written:.20}: {said:.400}");
    }
    let graphs = [
        format!(r#"{{"nodes":[],"meta":{}{}}}"#, many("["), many("]")),
        format!(r#"{{"nodes":[],"meta":{}1{}}}"#, many(r#"{"a":"#), many("}")),
    ];
    for graph in graphs {
        f.write("deep.json", graph);
        let out = f.run(&["layout", "deep.json"]);
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{said:.400}");
        assert!(said.contains("recursion limit exceeded"), "{said:.400}");
    }
}
