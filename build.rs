//! Turns the catalogue and the icons into Rust tables, so that nothing has to be read, parsed or sorted at run time; and says how the program is linked.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    tables();
    link_unwinder();
}

/// Has the C compiler's unwinder linked into the program where it can be found. Rust's library for Linux asks for a shared one, `libgcc_s`, and to find, map and
/// bind that takes a thirtieth of the time of a small picture.
fn link_unwinder() {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|v| v == value);
    let native = env::var("HOST").is_ok_and(|host| is("TARGET", &host));
    // A static C library brings it along.
    let fixed = env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|all| all.split(',').any(|f| f == "crt-static"));
    if !native || fixed || !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let Ok(said) = Command::new(linker).arg("-print-file-name=libgcc_eh.a").output() else { return };
    let said = String::from_utf8_lossy(&said.stdout);
    let archive = Path::new(said.trim());
    // What is not found is named as it was asked for.
    if archive.is_absolute() && archive.exists() {
        for argument in ["-Wl,--whole-archive", said.trim(), "-Wl,--no-whole-archive"] {
            println!("cargo:rustc-link-arg-bins={argument}");
        }
    }
}

fn tables() {
    println!("cargo:rerun-if-changed=src/catalogue/catalogue.csv");
    println!("cargo:rerun-if-changed=icons");
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let csv = fs::read_to_string(Path::new(&root).join("src/catalogue/catalogue.csv")).unwrap_or_default();
    let mut out = String::from("&[\n");
    let mut names: Vec<(String, usize)> = Vec::new();
    for (row, line) in csv.lines().skip(1).filter(|l| !l.is_empty()).enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        assert!(cells.len() == 6, "a row of the catalogue needs six cells: {line}");
        let category: String = cells[2].split('-').map(capitalised).collect();
        let aliases = cells[3].split('|').filter(|a| !a.is_empty());
        names.extend(std::iter::once(cells[0]).chain(aliases).map(|name| (name.to_lowercase(), row)));
        let form = if cells[4].starts_with("Arch_") { "Service" } else { "Resource" };
        let icon = Path::new(&root).join("icons").join(format!("{}.svg", cells[0]));
        assert!(icon.exists(), "the catalogue's entry {} has no drawing: {} is missing", cells[0], icon.display());
        let svg = format!("include_str!({:?})", icon.display().to_string());
        let _ = writeln!(
            out,
            "Entry {{ id: {:?}, name: {:?}, category: Category::{category}, aliases: {:?}, official_icon: {:?}, scope: Scope::{}, form: Form::{form}, svg: {svg} }},",
            cells[0],
            cells[1],
            cells[3],
            cells[4],
            capitalised(cells[5]),
        );
    }
    out.push(']');
    names.sort();
    write("catalogue.rs", &out);
    let mut starts = Vec::new();
    let mut text = String::new();
    for (name, row) in &names {
        starts.push((text.len(), row));
        text.push_str(name);
    }
    write("names.rs", &format!("Names {{ text: {text:?}, starts: &{starts:?} }}"));
}

fn write(name: &str, text: &str) {
    let target = Path::new(&env::var("OUT_DIR").unwrap_or_default()).join(name);
    assert!(fs::write(&target, text).is_ok(), "cannot write {}", target.display());
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}
