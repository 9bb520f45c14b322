//! `skyplan icons sheet`.

use crate::folder::Folder;
use crate::official::package;
use skyplan::catalogue::entries;

#[test]
fn our_own_sheet_shows_every_entry_of_the_catalogue() {
    let f = Folder::new();
    f.good(&["icons", "sheet", "-o", "own.svg"]);
    let svg = f.read("own.svg");
    for entry in entries() {
        assert!(svg.contains(&format!("id=\"_icon-{}\"", entry.id)), "{} is not on the sheet", entry.id);
        assert!(svg.contains(&format!("<g class=\"service\" id=\"{}\">", entry.id)), "{}", entry.id);
    }
    assert!(svg.contains(">Compute (22)</text>") && svg.contains(">Networking content delivery (37)</text>"));
    f.good(&["icons", "sheet", "-o", "own.png", "--theme", "dark", "--size", "24"]);
    assert!(std::fs::read(f.path("own.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn a_packs_sheet_is_ordered_by_category() {
    let f = Folder::new();
    f.write("package.zip", package("07312025", "#ed7100"));
    f.good(&["icons", "add", "package.zip"]);
    f.good(&["icons", "sheet", "aws", "-o", "aws.svg", "--theme", "auto"]);
    let svg = f.read("aws.svg");
    assert!(svg.contains(">aws 2025-07-31</text>") && svg.contains(">Containers ("), "headings");
    assert!(svg.contains("id=\"Arch_AWS-Lambda\""));
    f.good(&["icons", "sheet", "aws", "-o", "few.svg", "--only", "lambda"]);
    assert!(f.read("few.svg").contains("id=\"Arch_AWS-Lambda\"") && !f.read("few.svg").contains("Arch_Amazon-EC2"));
    assert!(f.bad(&["icons", "sheet", "aws", "--only", "nothing-like-it"]).contains("holds this word"));
    assert!(f.bad(&["icons", "sheet", "nopack"]).contains("no icon pack is called `nopack`"));
}
