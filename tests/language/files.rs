//! What files look like inside changes nothing: line ends, byte order marks, size, depth.

use crate::{folder, meaning};
use std::fmt::Write as _;
use std::fs;

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_change_nothing() {
    for file in fs::read_dir(folder()).unwrap().flatten().map(|e| e.path()) {
        if file.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
            let expected = meaning(&text);
            let places_aside = |text: String| text.lines().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(
                places_aside(meaning(&text.replace('\n', "\r\n"))),
                places_aside(expected.clone()),
                "{}",
                file.display()
            );
            assert_eq!(meaning(&format!("\u{FEFF}{text}")), expected, "{}", file.display());
        }
    }
}

#[test]
fn a_file_of_a_megabyte_is_read() {
    let mut text = String::from("[group.all]\n");
    let mut count = 0;
    while text.len() < 1 << 20 {
        let _ = writeln!(text, "[service.s{count}]\nkind = \"ec2\"\nin = \"all\"\nlabel = \"한국어 이름 {count}\"");
        count += 1;
    }
    let found = meaning(&text);
    assert_eq!(found.matches(": ec2 \"한국어 이름").count(), count);
    assert!(count > 10_000 && !found.contains("Error"), "{count}");
}

#[test]
fn a_hundred_groups_stand_in_each_other() {
    let mut text = String::from("[group.g0]\n");
    for k in 1..100 {
        let _ = writeln!(text, "[group.g{k}]\nin = \"g{}\"", k - 1);
    }
    text += "[service.alb]\nin = \"g99\"\n";
    let found = meaning(&text);
    assert!(found.contains(&format!("\n{}alb: alb", " ".repeat(200))), "{found}");
}

#[test]
fn values_nested_without_end_are_an_error_with_a_place() {
    let deep = format!("[service.alb]\nlabel = {}\"x\"{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let found = meaning(&deep);
    assert!(found.starts_with("nothing\nError 2:") && found.contains("not-toml"), "{found}");
}
