//! A package laid out as AWS publishes its own, with other drawings in it.

use crate::folder::Folder;
use skyplan::catalogue::{Category, entries};
use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A zip archive of these files.
pub(crate) fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A drawing of one colour; its view box is larger than its nominal size, as in the official ones.
fn drawing(edge: u32, color: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><svg width="{edge}px" height="{edge}px" viewBox="0 0 {edge} {edge}" version="1.1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title>Icon</title><g stroke="none" stroke-width="1" fill="none" fill-rule="evenodd"><rect fill="{color}" x="0" y="0" width="{edge}" height="{edge}"/><circle cx="50%" cy="50%" r="25%" fill="white"/></g></svg>"#
    )
    .into_bytes()
}

/// The colour of the drawings of this nominal size.
const BY_SIZE: [(u32, u32, &str); 4] =
    [(16, 24, "#161616"), (32, 40, "#323232"), (48, 64, "#484848"), (64, 80, "#646464")];

/// Every stem of the catalogue, in the layout of this release.
pub(crate) fn package(release: &str, service: &str) -> Vec<u8> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let stems: BTreeSet<(&str, bool)> = entries()
        .iter()
        .map(|e| (e.official_icon, e.category == Category::General))
        .filter(|s| !s.0.is_empty())
        .collect();
    for (stem, general) in stems {
        let plain = stem.trim_end_matches("_Light");
        if let Some(rest) = plain.strip_prefix("Arch_") {
            for (size, edge, gray) in BY_SIZE {
                let color = if size == 48 { service } else { gray };
                let folder = format!("Architecture-Service-Icons_{release}/Arch_Some-Category/{size}");
                let shades: &[&str] = if stem == plain { &[""] } else { &["_Light", "_Dark"] };
                for shade in shades {
                    files.push((format!("{folder}/Arch_{rest}{shade}_{size}.svg"), drawing(edge, color)));
                    files.push((format!("{folder}/Arch_{rest}{shade}_{size}@5x.png"), b"\x89PNG not needed".to_vec()));
                }
            }
        } else if general {
            for (shade, color) in [("Light", "#232f3d"), ("Dark", "#fefefe")] {
                let folder = format!("Resource-Icons_{release}/Res_General-Icons/Res_48_{shade}");
                files.push((format!("{folder}/{plain}_48_{shade}.svg"), drawing(48, color)));
            }
        } else if plain.starts_with("Res_") {
            files.push((format!("Resource-Icons_{release}/Res_Some-Category/{plain}_48.svg"), drawing(48, "#8c4fff")));
        } else {
            let folder = format!("Architecture-Group-Icons_{release}");
            files.push((format!("{folder}/{plain}_32.svg"), drawing(40, "#123456")));
            if plain == "AWS-Cloud" {
                files.push((format!("{folder}/{plain}_32_Dark.svg"), drawing(40, "#fedcba")));
            }
        }
    }
    files.push((format!("__MACOSX/Architecture-Group-Icons_{release}/._AWS-Cloud_32.svg"), b"rubbish".to_vec()));
    files.push((format!("Architecture-Service-Icons_{release}/.DS_Store"), b"rubbish".to_vec()));
    zip(&files)
}

const SYSTEM: &str = r#"icons = "aws"
[cloud.aws]
[service.users]
[service.lambda]
in = "aws"
[service.queue]
kind = "sqs"
in = "aws"
[service.rule]
kind = "security-group"
in = "aws"
[links]
"users -> lambda -> queue" = ""
"#;

/// How often a cleaned drawing with this colour stands in a picture.
fn count(svg: &str, color: &str) -> usize {
    use base64::Engine as _;
    let images = svg.split("data:image/svg+xml;base64,").skip(1).filter_map(|part| part.split('"').next());
    let decode = |data| base64::engine::general_purpose::STANDARD.decode(data).ok();
    images.filter_map(decode).filter(|bytes| String::from_utf8_lossy(bytes).contains(color)).count()
}

#[test]
fn the_official_package_replaces_our_drawings_by_name() {
    let f = Folder::new();
    f.write("Asset-Package.zip", package("07312025", "#ed7100"));
    let said = f.good(&["icons", "add", "Asset-Package.zip"]);
    assert!(said.contains("added `aws` for all your diagrams (AWS asset package, 2025-07-31, "), "{said}");
    let drawn = entries().iter().filter(|e| !e.official_icon.is_empty()).count();
    assert!(said.contains(&format!("draws {drawn} of the {} kinds", entries().len())), "{said}");
    assert!(!said.contains("left out"), "{said}");

    f.write("web.toml", SYSTEM);
    f.good(&["render", "web.toml", "--format", "svg,png,pdf"]);
    let svg = f.read("web.svg");
    assert_eq!(count(&svg, "#ed7100"), 2, "two services in their 48 pixel form");
    assert_eq!((count(&svg, "#232f3d"), count(&svg, "#fefefe")), (1, 0), "users for light pages");
    assert_eq!((count(&svg, "#123456"), count(&svg, "#fedcba")), (1, 0), "the cloud's badge");
    // What the package has no icon of is drawn as ever.
    assert!(svg.contains("id=\"_icon-security-group\""));
    assert!(!svg.contains("id=\"_icon-lambda\"") && !svg.contains("id=\"_icon-aws-cloud\""));
}

#[test]
fn dark_pages_get_the_drawings_for_them() {
    let f = Folder::new();
    f.write("package.zip", package("07312025", "#ed7100"));
    f.good(&["icons", "add", "package.zip"]);
    f.write("web.toml", SYSTEM);
    f.good(&["render", "web.toml", "--theme", "dark"]);
    let dark = f.read("web.svg");
    assert_eq!((count(&dark, "#232f3d"), count(&dark, "#fefefe")), (0, 1));
    assert_eq!((count(&dark, "#123456"), count(&dark, "#fedcba")), (0, 1));
    f.good(&["render", "web.toml", "--theme", "auto"]);
    let auto = f.read("web.svg");
    assert_eq!((count(&auto, "#232f3d"), count(&auto, "#fefefe")), (1, 1));
    assert!(auto.contains(".on-light{display:none}.on-dark{display:inline}"));
    assert_eq!(auto.matches("class=\"on-dark\" display=\"none\"").count(), 2);
}

#[test]
fn the_command_line_chooses_other_packs_than_the_document() {
    let f = Folder::new();
    f.write("package.zip", package("07312025", "#ed7100"));
    f.good(&["icons", "add", "package.zip", "--as", "official"]);
    f.write("plain.toml", SYSTEM.replace("icons = \"aws\"\n", ""));
    f.good(&["render", "plain.toml", "--icons", "official"]);
    assert_eq!(count(&f.read("plain.svg"), "#ed7100"), 2);
    f.write("named.toml", SYSTEM.replacen("aws", "official", 1));
    f.good(&["render", "named.toml", "--icons", "skyplan"]);
    assert!(!f.read("named.svg").contains("data:image"));
    let said = f.bad(&["render", "plain.toml", "--icons", "oficial"]);
    assert!(said.contains("no icon pack is called `oficial`") && said.contains("there are `official`"), "{said}");
}

#[test]
fn a_pack_that_is_not_there_is_an_error_at_its_place() {
    let f = Folder::new();
    f.write("web.toml", SYSTEM);
    let said = f.bad(&["check", "web.toml"]);
    assert!(said.contains("no icon pack is called `aws`") && said.contains("web.toml:1:9"), "{said}");
    assert!(said.contains("download AWS's asset package"), "{said}");
}

#[test]
fn an_unpacked_package_is_one_too() {
    let f = Folder::new();
    for (size, edge, gray) in BY_SIZE {
        f.write(
            &format!("Architecture-Service-Icons_02072025/Arch_Compute/{size}/Arch_AWS-Lambda_{size}.svg"),
            drawing(edge, gray),
        );
    }
    let said = f.good(&["icons", "add", "Architecture-Service-Icons_02072025"]);
    assert!(said.contains("added `aws` for all your diagrams (AWS asset package, 2025-02-07, 1 icons)"), "{said}");
    f.write("web.toml", "icons = \"aws\"\n[service.lambda]\n");
    f.good(&["render", "web.toml"]);
    assert_eq!(count(&f.read("web.svg"), "#484848"), 1);
}

#[test]
fn a_single_icon_is_named_as_its_file_or_by_its_kind() {
    let f = Folder::new();
    f.write("package.zip", package("07312025", "#ed7100"));
    f.good(&["icons", "add", "package.zip"]);
    for name in ["aws:Arch_AWS-Lambda", "aws:arch-aws-lambda", "aws:lambda"] {
        f.write("web.toml", format!("[service.fn]\nkind = \"server\"\nicon = \"{name}\"\n"));
        f.good(&["render", "web.toml"]);
        assert_eq!(count(&f.read("web.svg"), "#ed7100"), 1, "{name}");
    }
    f.write("web.toml", "[service.fn]\nkind = \"server\"\nicon = \"aws:Arch_AWS-Lamda\"\n");
    let said = f.bad(&["render", "web.toml"]);
    assert!(said.contains("web.toml:3:8") && said.contains("near are `aws:Arch_AWS-Lambda`"), "{said}");
}
