//! `skyplan.lock`.

use crate::folder::Folder;
use crate::official::package;

const WEB: &str = "icons = \"aws\"\n[service.lambda]\n";

fn folder() -> Folder {
    let f = Folder::new();
    f.write("july.zip", package("07312025", "#ed7100"));
    f.write("october.zip", package("10302025", "#ff9900"));
    f.good(&["icons", "add", "july.zip"]);
    f.write("d/web.toml", WEB);
    f
}

#[test]
fn a_picture_without_packs_leaves_no_lock() {
    let f = folder();
    f.write("d/web.toml", "[service.lambda]\n");
    f.good(&["render", "d/web.toml"]);
    assert!(!f.path("d/skyplan.lock").exists());
}

#[test]
fn another_version_is_not_drawn_with_unasked() {
    let f = folder();
    f.good(&["render", "d/web.toml"]);
    let lock = f.read("d/skyplan.lock");
    assert!(lock.contains("\"aws\"") && lock.contains("\"version\": \"2025-07-31\""), "{lock}");
    f.good(&["render", "d/web.toml", "--check"]);

    f.good(&["icons", "add", "october.zip"]);
    let picture = f.read("d/web.svg");
    for check in [&["render", "d/web.toml", "--check"][..], &["render", "d/web.toml"]] {
        let said = f.bad(check);
        assert!(
            said.contains("the icon pack `aws` is 2025-10-30, but the pictures were drawn with 2025-07-31"),
            "{said}"
        );
        assert!(said.contains("d/skyplan.lock:3:5") && said.contains("--update-icons"), "{said}");
    }
    assert_eq!((f.read("d/web.svg"), f.read("d/skyplan.lock")), (picture, lock));

    f.good(&["render", "d/web.toml", "--update-icons"]);
    assert!(f.read("d/skyplan.lock").contains("2025-10-30"));
    f.good(&["render", "d/web.toml", "--check"]);
}

#[test]
fn a_pack_of_the_same_version_with_other_drawings_is_noticed() {
    let f = folder();
    f.good(&["render", "d/web.toml"]);
    f.write("fake.zip", package("07312025", "#000000"));
    f.good(&["icons", "add", "fake.zip"]);
    assert!(f.bad(&["render", "d/web.toml"]).contains("the icon pack `aws` is 2025-07-31 ("));
}

#[test]
fn checking_wants_the_lock_and_writes_nothing() {
    let f = folder();
    f.good(&["render", "d/web.toml"]);
    std::fs::remove_file(f.path("d/skyplan.lock")).unwrap();
    assert!(f.bad(&["render", "d/web.toml", "--check"]).contains("skyplan.lock is not there"));
    assert!(!f.path("d/skyplan.lock").exists());
}

#[test]
fn a_lock_that_is_none_is_an_error() {
    let f = folder();
    f.write("d/skyplan.lock", "hello");
    let said = f.bad(&["render", "d/web.toml"]);
    assert!(said.contains("d/skyplan.lock cannot be read"), "{said}");
    assert_eq!(f.read("d/skyplan.lock"), "hello");
}

#[test]
fn diagrams_of_a_folder_share_a_lock() {
    let f = folder();
    f.good(&["icons", "add", "october.zip", "--as", "newer"]);
    f.write("d/other.toml", WEB.replace("aws", "newer"));
    f.good(&["render", "d/web.toml"]);
    f.good(&["render", "d/other.toml"]);
    let lock = f.read("d/skyplan.lock");
    assert!(lock.contains("\"aws\"") && lock.contains("\"newer\""), "{lock}");
}

#[test]
fn a_project_draws_all_its_diagrams_with_a_pack() {
    let f = folder();
    f.write("d/web.toml", "[service.lambda]\n");
    f.write("skyplan.toml", "sources = [\"d\"]\nicons = \"aws\"\n");
    f.good(&["render"]);
    assert!(f.read("d/web.svg").contains("_own-aws_x3A_Arch_AWS-Lambda") && f.path("d/skyplan.lock").is_file());
    // A pack may change without any file of the project: the picture is looked at again.
    f.good(&["icons", "add", "october.zip"]);
    assert!(f.bad(&["render"]).contains("the icon pack `aws` is 2025-10-30"));
    assert!(f.bad(&["render", "--check"]).contains("the icon pack `aws` is 2025-10-30"));
    f.good(&["render", "--icons", "skyplan"]);
    assert!(!f.read("d/web.svg").contains("_own-aws"));
}
