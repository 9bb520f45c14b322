//! Archives and packs that mean harm.

use crate::folder::Folder;
use crate::official::zip;
use crate::sets::tgz;
use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

const DOT: &[u8] = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>"#;

#[test]
fn paths_that_lead_out_of_an_archive_are_refused() {
    let f = Folder::new();
    for path in ["../../escaped.svg", "/escaped.svg", "a/../../escaped.svg", "..\\escaped.svg", "C:\\escaped.svg"] {
        f.write("bad.zip", zip(&[("good.svg".to_owned(), DOT.to_vec()), (path.to_owned(), DOT.to_vec())]));
        let said = f.bad(&["icons", "add", "bad.zip"]);
        assert!(said.contains("leads outside"), "{path}: {said}");
    }
    assert!(!f.path("home").exists());
}

/// A tar archive with one header written by hand: the builder writes no bad ones.
fn raw_tar(path: &str, kind: tar::EntryType, link: &str) -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_mode(0o777);
    if !link.is_empty() {
        header.set_link_name(link).unwrap();
    }
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend([0; 1024]);
    bytes
}

#[test]
fn tar_archives_are_guarded_alike() {
    let f = Folder::new();
    f.write("bad.tar", raw_tar("../escaped.svg", tar::EntryType::Regular, ""));
    assert!(f.bad(&["icons", "add", "bad.tar"]).contains("leads outside"));
    f.write("link.tar", raw_tar("link.svg", tar::EntryType::Symlink, "/etc/passwd"));
    assert!(f.bad(&["icons", "add", "link.tar"]).contains("holds no icon"));
    f.write("cut.tgz", &tgz(&[("a/dot.svg", DOT)])[..60]);
    assert!(f.bad(&["icons", "add", "cut.tgz"]).contains("cannot be read"));
}

#[test]
fn symbolic_links_are_not_followed() {
    let f = Folder::new();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("dot.svg", SimpleFileOptions::default()).unwrap();
    writer.write_all(DOT).unwrap();
    writer.add_symlink("link.svg", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    f.write("links.zip", writer.finish().unwrap().into_inner());
    assert!(f.good(&["icons", "add", "links.zip"]).contains("1 icons"));
    #[cfg(unix)]
    {
        f.write("art/dot.svg", DOT);
        std::os::unix::fs::symlink("/etc/passwd", f.path("art/link.svg")).unwrap();
        std::os::unix::fs::symlink("/", f.path("art/all")).unwrap();
        assert!(f.good(&["icons", "add", "art"]).contains("1 icons"));
    }
}

#[test]
fn bombs_do_not_go_off() {
    let f = Folder::new();
    let large = [b"<svg xmlns=\"http://www.w3.org/2000/svg\">".as_slice(), &vec![b' '; 300 << 20]].concat();
    let start = std::time::Instant::now();
    f.write("bomb.zip", zip(&[("dot.svg".to_owned(), DOT.to_vec()), ("bomb.svg".to_owned(), large.clone())]));
    assert!(f.path("bomb.zip").metadata().unwrap().len() < 1 << 20);
    let said = f.good(&["icons", "add", "bomb.zip"]);
    assert!(
        said.contains("left out bomb.svg: `bomb.svg` has more than 1048576 bytes") && said.contains("1 icons"),
        "{said}"
    );
    f.write("bomb.tgz", tgz(&[("package/icons.json", &large)]));
    let said = f.bad(&["icons", "add", "bomb.tgz"]);
    assert!(said.contains("has more than") || said.contains("too large"), "{said}");
    f.write("bomb.json", [b"{\"prefix\":\"x\",\"icons\":".as_slice(), "[".repeat(5_000_000).as_bytes()].concat());
    assert!(f.bad(&["icons", "add", "bomb.json"]).contains("not an Iconify set"));
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn what_is_no_pack_is_told_so() {
    let f = Folder::new();
    f.write("text.txt", "hello");
    f.write("empty/readme.md", "hello");
    f.write("bad.zip", b"PK\x03\x04 not really");
    f.write("bad.json", "{\"icons\": 1}");
    f.write("bad/icon.svg", "hello");
    let cases = [
        ("text.txt", "neither a zip or tar archive nor a JSON file"),
        ("empty", "holds no icon"),
        ("bad.zip", "cannot be read"),
        ("bad.json", "not an Iconify set"),
        ("bad", "neither SVG nor PNG"),
        ("none.zip", "there is no such file"),
    ];
    for (path, why) in cases {
        let said = f.bad(&["icons", "add", path]);
        assert!(said.contains(why) && said.contains("help: "), "{path}: {said}");
    }
}

#[test]
fn a_pack_in_a_project_is_not_trusted() {
    let f = Folder::new();
    f.write("art/dot.svg", DOT);
    f.good(&["icons", "add", "art", "--here"]);
    f.write("web.toml", "[service.a]\nkind = \"server\"\nicon = \"art:dot\"\n");
    f.good(&["render", "web.toml"]);
    f.write(".skyplan/icons/art/dot.svg", String::from_utf8_lossy(DOT).replace("circle", "ellipse"));
    let said = f.bad(&["render", "web.toml"]);
    assert!(said.contains("`dot.svg` is not what was installed"), "{said}");
    let manifest = f.read(".skyplan/icons/art/pack.json");
    f.write(".skyplan/icons/art/pack.json", manifest.replace("dot.svg", "../../../../etc/passwd"));
    assert!(f.bad(&["render", "web.toml"]).contains("cannot be read"));
    assert!(f.bad(&["icons", "list"]).contains("cannot be read"));
}

/// Whatever becomes of a pack's bytes, there is a pack or a reason why there is none.
#[test]
fn no_bytes_make_the_reader_stumble() {
    let art = || ("art/dot.svg".to_owned(), DOT.to_vec());
    let set = br#"{"prefix":"tiny","icons":{"dot":{"body":"<circle r='9'/>","width":9}},"aliases":{"a":{"parent":"dot","rotate":1}}}"#;
    let seeds: [Vec<u8>; 4] = [
        zip(&[art(), ("Arch_AWS-Lambda_48.svg".to_owned(), DOT.to_vec())]),
        tgz(&[("package/icons.json", set), ("package/package.json", b"{\"version\":\"1\"}")]),
        set.to_vec(),
        raw_tar("art/dot.svg", tar::EntryType::Regular, ""),
    ];
    let mut state = 7u64;
    let mut random = move |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n.max(1)
    };
    let fonts = std::sync::Arc::default();
    for round in 0..2000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..1 + random(6) {
            let at = random(bytes.len());
            match random(4) {
                _ if bytes.len() < 2 => {}
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, random(256) as u8),
                2 => bytes[at] = random(256) as u8,
                _ => bytes.truncate(at.max(1)),
            }
        }
        let pack = skyplan::packs::open(Cursor::new(bytes), "x.json")
            .and_then(|mut b| skyplan::packs::gather(b.as_mut(), "x", &fonts));
        assert!(pack.is_err() || pack.is_ok_and(|p| !p.manifest.icons.is_empty()));
    }
}
