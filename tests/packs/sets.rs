//! Iconify sets, and folders.

use crate::folder::Folder;
use std::path::Path;

const SET: &str = r#"{
  "prefix": "tiny", "width": 24, "height": 24, "lastModified": 1753920000,
  "info": { "license": { "title": "Zero", "spdx": "CC0-1.0" } },
  "icons": {
    "dot": { "body": "<circle cx=\"12\" cy=\"12\" r=\"9\" fill=\"currentColor\"/>" },
    "fade": { "body": "<defs><linearGradient id=\"a\"><stop stop-color=\"red\"/><stop offset=\"1\" stop-color=\"blue\"/></linearGradient></defs><path fill=\"url(#a)\" d=\"M0 0h24v24H0z\"/>" },
    "arrow": { "body": "<path fill=\"red\" d=\"M0 0h8v4H0z\"/>", "width": 8, "height": 4 },
    "broken": { "body": "<path d=" },
    "wild": { "body": "<script>alert(1)</script><path fill=\"green\" d=\"M0 0h8v8H0z\" onclick=\"alert(2)\"/>" }
  },
  "aliases": { "lambda": { "parent": "dot" }, "down": { "parent": "arrow", "rotate": 1 }, "lost": { "parent": "gone" } }
}"#;

/// A tar archive of these files, packed as npm packs them.
pub(crate) fn tgz(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (path, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, *bytes).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

#[test]
fn a_json_file_is_a_pack() {
    let f = Folder::new();
    f.write("tiny.json", SET);
    let said = f.good(&["icons", "add", "tiny.json"]);
    assert!(said.contains("added `tiny` for all your diagrams (Iconify set, 2025-07-31, 6 icons)"), "{said}");
    assert!(
        said.contains("licence CC0-1.0") && said.contains("left out broken") && said.contains("left out lost"),
        "{said}"
    );
    f.write("web.toml", "icons = [\"tiny\"]\n[service.lambda]\n[service.b]\nkind = \"server\"\nicon = \"tiny:fade\"\n[service.c]\nkind = \"server\"\nicon = \"tiny:wild\"\n");
    let said = f.good(&["render", "web.toml"]);
    assert!(said.contains("`tiny:wild` holds what no picture may: <script>, onclick"), "{said}");
    let svg = f.read("web.svg");
    assert_eq!(svg.matches("data:image/svg+xml").count(), 2);
    assert!(
        svg.contains("fill=\"currentColor\"") && svg.contains("color=\"#ed7100\""),
        "one colour takes that of compute"
    );
    assert!(!svg.contains("alert"));
}

#[test]
fn an_npm_package_is_a_pack_of_its_version() {
    let f = Folder::new();
    let files: [(&str, &[u8]); 3] = [
        ("package/icons.json", SET.as_bytes()),
        ("package/package.json", br#"{"name":"@iconify-json/tiny","version":"1.2.3","license":"CC0-1.0"}"#),
        ("package/chars.json", b"{}"),
    ];
    f.write("iconify-json-tiny-1.2.3.tgz", tgz(&files));
    assert!(f.good(&["icons", "add", "iconify-json-tiny-1.2.3.tgz"]).contains("(Iconify set, 1.2.3, 6 icons)"));
    // The folder that npm unpacks it to is the same pack.
    files.iter().for_each(|(path, bytes)| drop(f.write(path, bytes)));
    assert!(f.good(&["icons", "add", "package"]).contains("(Iconify set, 1.2.3, 6 icons, in place of 1.2.3)"));
}

#[test]
fn a_folder_stays_with_the_project() {
    let f = Folder::new();
    f.write(
        "art/compute/lambda.svg",
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="teal" d="M0 0h8v8H0z"/></svg>"#,
    );
    f.write(
        "art/other/bee.svg",
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="gold" d="M0 0h8v8H0z"/></svg>"#,
    );
    f.write("art/readme.txt", "no icon");
    let said = f.good(&["icons", "add", "art", "--as", "ours", "--here"]);
    assert!(said.contains("added `ours` to .skyplan/icons (folder, no version, 2 icons)"), "{said}");
    assert!(f.path(".skyplan/icons/ours/pack.json").is_file() && !f.path("home").exists());
    // Diagrams below find it too.
    f.write(
        "docs/web.toml",
        "icons = \"ours\"\n[service.lambda]\n[service.hive]\nkind = \"server\"\nicon = \"ours:bee\"\n",
    );
    f.good(&["render", "docs/web.toml"]);
    assert_eq!(f.read("docs/web.svg").matches("data:image/svg+xml").count(), 2);

    assert!(f.good(&["icons", "list"]).contains("ours  2 icons, folder, the project's"));
    assert!(f.good(&["icons", "search", "bee"]).contains("ours:other/bee\n"));
    let said = f.bad(&["icons", "search", "beee"]);
    assert!(said.contains("near are ours:other/bee"), "{said}");
    let said = f.bad(&["icons", "remove", "ours"]);
    assert!(said.contains("you have no icon pack `ours`") && said.contains("use --here"), "{said}");
    f.good(&["icons", "remove", "ours", "--here"]);
    assert!(!f.path(".skyplan/icons/ours").exists());
    f.bad(&["render", "docs/web.toml"]);
}

#[test]
fn adding_the_same_twice_gives_the_same_pack() {
    let f = Folder::new();
    f.write("tiny.json", SET);
    f.good(&["icons", "add", "tiny.json"]);
    let first = f.read("home/tiny/pack.json");
    f.good(&["icons", "add", "tiny.json"]);
    assert_eq!(f.read("home/tiny/pack.json"), first);
    let left: Vec<_> = std::fs::read_dir(f.path("home")).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["tiny"], "no temporary folder is left");
}

#[test]
fn a_name_that_is_no_name_asks_for_another() {
    let f = Folder::new();
    f.write("tiny.json", SET.replace("\"tiny\"", "\"스카이\""));
    assert!(f.bad(&["icons", "add", "tiny.json"]).contains("--as NAME"));
    for name in ["skyplan", "../up", "A", "a b"] {
        assert_eq!(f.run(&["icons", "add", "tiny.json", "--as", name]).status.code(), Some(2), "{name}");
    }
    f.good(&["icons", "add", "tiny.json", "--as", "sky"]);
}

/// `.ci/run` puts the package there.
#[test]
#[expect(clippy::print_stderr, reason = "a test that was skipped must say so")]
fn a_set_from_the_npm_registry_is_drawn() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/npm");
    let found = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path());
    let package = found.filter(|p| p.to_string_lossy().contains("iconify-json-logos-")).max();
    let Some(package) = package else {
        eprintln!("SKIPPED: {} holds no iconify-json-logos-*.tgz; .ci/run puts it there", folder.display());
        return;
    };
    let f = Folder::new();
    let said = f.good(&["icons", "add", &package.display().to_string()]);
    assert!(said.contains("added `logos`") && !said.contains("left out"), "{said}");
    f.write("web.toml", "icons = \"logos\"\n[vpc.main]\n[service.users]\n[service.lambda]\nin = \"main\"\n[service.cache]\nkind = \"server\"\nicon = \"logos:redis\"\nin = \"main\"\n[links]\n\"users -> lambda -> cache\" = \"\"\n");
    f.good(&["render", "web.toml", "--format", "svg,png,pdf"]);
    let svg = f.read("web.svg");
    assert_eq!(svg.matches("data:image/svg+xml").count(), 3, "the VPC's badge, Lambda and Redis");
    assert!(svg.contains("_own-logos_x3A_aws-lambda") && svg.contains("_own-logos_x3A_redis"));
}
