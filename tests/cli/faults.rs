//! When the disk is full, the folder read-only, the program killed or started twice: every file is either the old or the new one, whole.

use super::{Folder, GOOD, skipped, text};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

/// A project of eight diagrams in three formats.
fn project(name: &str) -> Folder {
    let f = Folder::new(name);
    f.write("skyplan.toml", "sources = \"d\"\noutput = \"out\"\nformats = [\"svg\", \"png\", \"html\"]\n");
    fs::create_dir(f.0.join("d")).unwrap();
    write_diagrams(&f, "HTTPS");
    f
}

fn write_diagrams(f: &Folder, label: &str) {
    for i in 0..8 {
        f.write(&format!("d/{i}.toml"), GOOD.replace("HTTPS", &format!("{label} {i}")));
    }
}

/// Everything in a folder, by name; temporary files of killed runs aside.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).unwrap_or_default()))
        .filter(|(name, _)| !name.ends_with(".tmp"))
        .collect();
    all.sort();
    all
}

fn shell(f: &Folder, script: &str) -> Output {
    Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_skyplan")]).current_dir(&f.0).output().unwrap()
}

#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let f = project("full");
    f.run(&["render"]);
    let before = contents(&f.0.join("out"));
    write_diagrams(&f, "HTTP");
    // A limit on the size of files fails in the middle of a file, as a full disk does.
    let out = shell(&f, "trap '' XFSZ; ulimit -f 16; exec \"$0\" render");
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("error[unwritable]: cannot write out/"), "{}", text(&out.stderr));
    assert_eq!(contents(&f.0.join("out")), before);
    assert!(
        fs::read_dir(f.0.join("out")).unwrap().flatten().all(|e| !e.file_name().to_string_lossy().ends_with(".tmp"))
    );
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let f = Folder::new("read-only");
    f.write("web.toml", GOOD);
    f.write("out", "a file");
    let out = f.run(&["render", "web.toml", "-o", "out/web.svg"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("cannot write out/web.svg: out is no folder"), "{}", text(&out.stderr));

    let locked = f.0.join("locked");
    fs::create_dir(&locked).unwrap();
    // Root may write everywhere, so somebody else tries.
    let script = "chmod a+rx . && chmod 555 locked && if [ \"$(id -u)\" = 0 ]; then \
                  exec setpriv --reuid=65534 --clear-groups \"$0\" render web.toml -o locked/web.svg; \
                  else exec \"$0\" render web.toml -o locked/web.svg; fi";
    let out = shell(&f, script);
    let said = text(&out.stderr);
    if said.contains("setpriv") || out.status.code() == Some(126) || out.status.code() == Some(127) {
        return skipped("a_folder_that_cannot_be_written_to_is_told", "nobody else than root can be had here");
    }
    assert_eq!(out.status.code(), Some(1));
    assert!(said.contains("cannot write locked/web.svg: permission denied"), "{said}");
}

#[test]
fn a_killed_run_leaves_old_or_new_files_whole() {
    let f = project("killed");
    f.run(&["render"]);
    let old = contents(&f.0.join("out"));
    write_diagrams(&f, "HTTP");
    let new = {
        let other = project("killed-new");
        write_diagrams(&other, "HTTP");
        other.run(&["render"]);
        contents(&other.0.join("out"))
    };
    assert_eq!(old.len(), 24);
    for delay in 0..25 {
        // In turns, for what is there already is not written again.
        write_diagrams(&f, if delay % 2 == 0 { "HTTP" } else { "HTTPS" });
        let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
        let mut child = program.args(["render", "--force"]).current_dir(&f.0).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay * 4));
        child.kill().unwrap();
        child.wait().unwrap();
        for (i, file) in contents(&f.0.join("out")).iter().enumerate() {
            assert!(*file == old[i] || *file == new[i], "after {delay}: {} is neither the old nor the new one", file.0);
        }
    }
    assert_eq!(f.run(&["render"]).status.code(), Some(0));
    assert_eq!(contents(&f.0.join("out")), new);
}

#[test]
fn what_a_killed_run_left_behind_is_swept_away() {
    let f = project("swept");
    f.run(&["render"]);
    let left = f.write("out/.skyplan-a1b2c3.tmp", "half a picture");
    let young = f.write("out/.skyplan-d4e5f6.tmp", "of a run that is still going on");
    let foreign = f.write("out/own.tmp", "not ours");
    for path in [&left, &foreign] {
        let long_ago = SystemTime::now() - Duration::from_secs(7200);
        fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    }
    write_diagrams(&f, "HTTP");
    f.run(&["render"]);
    assert!(!left.exists() && young.exists() && foreign.exists());
}

#[test]
fn what_is_there_already_is_only_dated_anew() {
    let f = Folder::new("renewed");
    f.write("web.toml", GOOD);
    let draw = || assert_eq!(f.run(&["render", "web.toml", "-o", "web.svg"]).status.code(), Some(0));
    draw();
    // A second name shows whether the file itself stayed.
    let (path, twin) = (f.0.join("web.svg"), f.0.join("twin.svg"));
    fs::hard_link(&path, &twin).unwrap();
    let long_ago = SystemTime::now() - Duration::from_secs(7200);
    fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
    let dated = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
    draw();
    assert!(dated(&path) > long_ago && dated(&twin) == dated(&path), "the same file, with a new date");

    // A file of the same length that holds something else is replaced.
    let whole = fs::read(&path).unwrap();
    let mut other = whole.clone();
    *other.last_mut().unwrap() = b'?';
    fs::write(&path, &other).unwrap();
    draw();
    assert!(fs::read(&path).unwrap() == whole && fs::read(&twin).unwrap() == other, "another file in its place");
}

#[test]
fn two_runs_at_once_give_what_one_gives() {
    let f = project("twice");
    f.run(&["render"]);
    let wanted = contents(&f.0.join("out"));
    for _ in 0..5 {
        let mut runs = Vec::new();
        for _ in 0..3 {
            let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
            runs.push(program.args(["render", "--force"]).current_dir(&f.0).stderr(Stdio::null()).spawn().unwrap());
        }
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        assert_eq!(contents(&f.0.join("out")), wanted);
    }
    assert_eq!(f.run(&["render", "--check"]).status.code(), Some(0));
}

#[test]
fn limits_end_with_an_error_and_can_be_lifted() {
    let f = Folder::new("limits");
    f.write("web.toml", GOOD);
    for (limit, help) in [
        ("file-bytes=10", "--limit file-bytes="),
        ("elements=1", "--limit elements="),
        ("pixels=100", "--limit pixels="),
    ] {
        let out = f.run(&["render", "web.toml", "--format", "png", "--limit", limit]);
        assert_eq!(out.status.code(), Some(1), "{limit}");
        assert!(text(&out.stderr).contains(help), "{limit}: {}", text(&out.stderr));
        assert!(!f.0.join("web.png").exists());
    }
    // A chain of copies: four lists of ten make ten thousand boxes.
    let many =
        |kind: &str, inside: &str| -> String { (0..10).map(|i| format!("[{kind}.{kind}{i}]\n{inside}\n")).collect() };
    let all = |kind: &str| (0..10).map(|i| format!("\"{kind}{i}\"")).collect::<Vec<_>>().join(", ");
    let copies = many("account", "")
        + &many("region", &format!("in = [{}]", all("account")))
        + &many("vpc", &format!("in = [{}]", all("region")))
        + &many("az", &format!("in = [{}]", all("vpc")))
        + &many("subnet", &format!("in = [{}]", all("az")))
        + "[service.x]\nkind = \"ec2\"\nin = \"subnet1\"\n";
    f.write("copies.toml", copies);
    let out = f.run(&["check", "copies.toml"]);
    assert!(text(&out.stderr).contains("copying makes more than 20000 elements"), "{}", text(&out.stderr));
    f.write("large.toml", GOOD.to_owned() + &"# a comment\n".repeat(400_000));
    let said = text(&f.run(&["check", "large.toml"]).stderr);
    assert!(said.contains("it is larger than 4194304 bytes") && said.contains("--limit file-bytes="), "{said}");
    assert_eq!(f.run(&["check", "large.toml", "--limit", "file-bytes=10_000_000"]).status.code(), Some(0));
    // A plain graph for the engine has the same limits.
    f.write("g.json", r#"{"nodes":[{"id":"a","w":9,"h":9},{"id":"b","w":9,"h":9}],"edges":[["a","b"],["b","a"]]}"#);
    for (limit, told) in [("elements=1", "2 nodes and groups; 1 are allowed"), ("links=1", "2 edges; 1 are allowed")] {
        let out = f.run(&["layout", "g.json", "--limit", limit]);
        let (said, help) = (text(&out.stderr), limit.replace('1', "2"));
        assert!(said.contains(told) && said.contains(&format!("--limit {help}")), "{said}");
        assert_eq!((out.status.code(), out.stdout.len()), (Some(1), 0));
        assert_eq!(f.run(&["layout", "g.json", "--limit", &help]).status.code(), Some(0));
    }
    for wrong in ["boxes=1", "elements", "elements=0", "elements=-1", "elements=1e9"] {
        assert_eq!(f.run(&["check", "web.toml", "--limit", wrong]).status.code(), Some(2), "{wrong}");
    }
}
