//! Strangers' bytes at every door: seeds from `fuzz/seeds`, changed at random from fixed numbers. Inputs that once broke something lie in `fuzz/finds`.
//!
//! `SKYPLAN_FUZZ_SECONDS=300 cargo test --test fuzz --release -- --ignored` goes on for that long at each door.

#[path = "../support/random.rs"]
mod support;
mod targets;

use std::fs;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::Random;

/// What one input may take at most, in a build for tests on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// A door, and how many changed inputs the ordinary test tries.
struct Target {
    name: &'static str,
    check: fn(&[u8]) -> bool,
    tries: usize,
}

const DOCUMENT: Target = Target { name: "document", check: targets::document, tries: 2000 };
const WHOLE: Target = Target { name: "layout", check: targets::whole_layout, tries: 300 };
const LAYOUT: Target = Target { name: "layout", check: targets::layout, tries: 400 };
const ICON: Target = Target { name: "icon", check: targets::icon, tries: 600 };
const ARCHIVE: Target = Target { name: "archive", check: targets::archive, tries: 600 };
const MARKDOWN: Target = Target { name: "markdown", check: targets::markdown, tries: 3000 };

/// The files of a folder of `fuzz/`, by name.
fn files(kind: &str, target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(kind).join(target);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|p| (p.clone(), fs::read(p).unwrap())).collect()
}

/// Another input, made from the seeds: bytes changed, pieces moved, doubled, taken out or taken from another seed, numbers made huge.
fn changed(seeds: &[(PathBuf, Vec<u8>)], r: &mut Random) -> Vec<u8> {
    // Mostly letters and signs: a text with other bytes is refused before anything reads it.
    let byte = |r: &mut Random| if r.below(8) == 0 { r.below(256) as u8 } else { 32 + r.below(95) as u8 };
    const WORDS: [&str; 24] = [
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "\\u0000",
        "99999999999",
        "-1",
        "1e308",
        "nan",
        "<!--",
        "&#x1F;",
        "\u{202E}",
        "한글",
        "\r\n",
        "``` skyplan\n",
        "> ",
        "\t",
        " -> ",
        "../../",
        "\0",
    ];
    let mut bytes = seeds[r.below(seeds.len())].1.clone();
    for _ in 0..1 + r.below(3) {
        let at = r.below(bytes.len() + 1);
        let end = (at + r.below(40)).min(bytes.len());
        match r.below(14) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let piece = bytes[at..end].to_vec();
                let to = r.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            2 => {
                let other = &seeds[r.below(seeds.len())].1;
                let from = r.below(other.len() + 1);
                let piece = other[from..(from + r.below(80)).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => drop(bytes.splice(at..at, WORDS[r.below(WORDS.len())].bytes())),
            4 => bytes.insert(at, byte(r)),
            5 if r.below(4) == 0 => bytes.truncate(at),
            6..10 => {
                // A whole line of another seed: what it says may well mean something here.
                let lines: Vec<&[u8]> = seeds[r.below(seeds.len())].1.split_inclusive(|b| *b == b'\n').collect();
                let to = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
                bytes.splice(to..to, lines.get(r.below(lines.len())).map_or(Vec::new(), |line| line.to_vec()));
            }
            10 | 11 => {
                let from = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
                let to = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
                drop(bytes.drain(from..to));
            }
            _ if at < bytes.len() => bytes[at] = byte(r),
            _ => {}
        }
    }
    bytes
}

/// Tries one input; where it fails, it is kept in a file that the message names.
fn tried(target: &Target, bytes: &[u8]) -> Result<bool, String> {
    let start = Instant::now();
    let held = catch_unwind(AssertUnwindSafe(|| (target.check)(bytes)));
    let why = match held {
        Ok(through) if start.elapsed() < LONGEST => return Ok(through),
        Ok(_) => format!("took {:?}", start.elapsed()),
        Err(_) => "failed".to_owned(),
    };
    let sum = bytes.iter().fold(7u64, |sum, b| sum.wrapping_mul(31).wrapping_add(u64::from(*b)));
    let path = std::env::temp_dir().join(format!("skyplan-find-{}-{sum:016x}", target.name));
    fs::write(&path, bytes).unwrap();
    Err(format!("{why}: {}", path.display()))
}

/// All seeds and finds, then changed ones until `tries` are done and `time` is over.
fn run(target: &Target, first: u64, tries: usize, time: Duration) {
    let seeds = files("seeds", target.name);
    assert!(!seeds.is_empty(), "no seeds for {}", target.name);
    for (path, bytes) in seeds.iter().chain(&files("finds", target.name)) {
        assert!(tried(target, bytes).is_ok(), "{}", path.display());
    }
    let (mut r, start, mut done, mut finds) = (Random(first), Instant::now(), 0, Vec::new());
    let mut through = 0;
    while (done < tries || start.elapsed() < time) && finds.len() < 5 {
        done += 1;
        match tried(target, &changed(&seeds, &mut r)) {
            Ok(came) => through += usize::from(came),
            Err(find) => finds.push(find),
        }
    }
    assert!(finds.is_empty(), "{}: {done} inputs, {} finds: {finds:#?}", target.name, finds.len());
    assert!(through * 20 >= done, "{}: only {through} of {done} inputs came through", target.name);
    let _ = writeln!(
        std::io::stderr(),
        "{}: {done} inputs, {through} came through, in {:.0?}, no find",
        target.name,
        start.elapsed()
    );
}

fn shortly(target: &Target) {
    run(target, 1, target.tries, Duration::ZERO);
}

#[test]
fn no_diagram_breaks_the_program() {
    shortly(&DOCUMENT);
}

#[test]
fn no_graph_breaks_the_layout() {
    shortly(&WHOLE);
}

#[test]
fn no_icon_breaks_the_cleaning() {
    shortly(&ICON);
}

#[test]
fn no_archive_breaks_the_packs() {
    shortly(&ARCHIVE);
}

#[test]
fn no_markdown_breaks_the_embedding() {
    shortly(&MARKDOWN);
}

#[test]
fn the_hard_rules_hold_on_graphs_of_any_sizes() {
    shortly(&LAYOUT);
}

/// A search of `SKYPLAN_FUZZ_SECONDS` at each door that `SKYPLAN_FUZZ_TARGETS` names (all by default), from another number each time.
#[test]
#[ignore = "takes as long as it is told to"]
fn for_as_long_as_asked() {
    let read = |name: &str| std::env::var(name).ok();
    let seconds = read("SKYPLAN_FUZZ_SECONDS").and_then(|s| s.parse().ok()).unwrap_or(60);
    let wanted = read("SKYPLAN_FUZZ_TARGETS");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    for target in [DOCUMENT, LAYOUT, ICON, ARCHIVE, MARKDOWN] {
        if wanted.as_ref().is_none_or(|names| names.split(',').any(|n| n == target.name)) {
            run(&target, now.as_nanos() as u64, 0, Duration::from_secs(seconds));
        }
    }
}
