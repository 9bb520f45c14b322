//! The program as its users run it.

mod deep;
mod faults;
mod live;
mod markdown;
mod outside;
mod project;
mod repository;
mod views;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("skyplan-test-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_skyplan")).args(args).current_dir(&self.0).output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Says that a test could not be run, past the test runner's capture.
fn skipped(test: &str, why: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "skipped {test}: {why}");
}

const GOOD: &str = "[service.users]\n[service.alb]\n[links]\n\"users -> alb\" = \"HTTPS\"\n";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_picture_is_written_beside_its_source() {
    let f = Folder::new("beside");
    f.write("web.toml", GOOD);
    let out = f.run(&["render", "web.toml"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(fs::read_to_string(f.0.join("web.svg")).unwrap().starts_with("<svg"));
    assert!(text(&out.stderr).contains("wrote web.svg"));
}

#[test]
fn folders_are_made_and_all_formats_written() {
    let f = Folder::new("formats");
    f.write("web.toml", GOOD);
    let out = f.run(&["render", "web.toml", "-o", "deep/er/", "--format", "svg,png,pdf"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(fs::read(f.0.join("deep/er/web.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(fs::read(f.0.join("deep/er/web.pdf")).unwrap().starts_with(b"%PDF"));
    assert!(f.0.join("deep/er/web.svg").exists());
}

#[test]
fn standard_input_goes_to_standard_output() {
    use std::io::Write as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_skyplan"))
        .args(["render", "-", "-o", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(GOOD.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.stdout.starts_with(b"<svg"), "{}", text(&out.stderr));
}

#[test]
fn with_an_error_nothing_is_touched() {
    let f = Folder::new("untouched");
    f.write("a.toml", GOOD);
    f.write("b.toml", "[service.users\n");
    f.write("a.svg", "old");
    let out = f.run(&["render", "a.toml", "b.toml"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(fs::read_to_string(f.0.join("a.svg")).unwrap(), "old");
    assert!(!f.0.join("b.svg").exists());
}

#[test]
fn what_a_picture_is_made_from_is_never_overwritten() {
    let f = Folder::new("own-source");
    let icon = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    let diagram = GOOD.replace("[service.alb]", "[service.alb]\nicon = \"web.svg\"");
    f.write("web.svg", icon);
    f.write("web.toml", &diagram);
    f.write("doc.md", format!("```skyplan web\n{diagram}```\n"));
    for (args, told) in [
        (vec!["render", "web.toml", "-o", "web.toml"], "web.toml would be overwritten"),
        (vec!["render", "web.toml", "-o", "./web.toml", "--format", "png"], "web.toml would be overwritten"),
        (vec!["render", "web.toml"], "web.svg would be overwritten"),
        (vec!["embed", "doc.md"], "web.svg would be overwritten"),
    ] {
        let out = f.run(&args);
        let said = text(&out.stderr);
        assert!(out.status.code() == Some(1) && said.contains(told), "{args:?}: {said}");
    }
    let read = |name: &str| fs::read_to_string(f.0.join(name)).unwrap();
    assert!(read("web.toml") == diagram && read("web.svg") == icon);
    assert_eq!(f.run(&["render", "web.toml", "-o", "out/"]).status.code(), Some(0));
}

#[test]
fn wrong_arguments_are_exit_code_two() {
    let f = Folder::new("arguments");
    assert_eq!(f.run(&["render"]).status.code(), Some(2));
    assert_eq!(f.run(&["render", "x.toml", "--scale", "0"]).status.code(), Some(2));
    assert_eq!(f.run(&["paint"]).status.code(), Some(2));
}

#[test]
fn check_tells_stale_pictures() {
    let f = Folder::new("stale");
    f.write("web.toml", GOOD);
    assert_eq!(f.run(&["render", "web.toml", "--check"]).status.code(), Some(1));
    assert!(!f.0.join("web.svg").exists());
    f.run(&["render", "web.toml"]);
    assert_eq!(f.run(&["render", "web.toml", "--check"]).status.code(), Some(0));
    f.write("web.toml", GOOD.replace("HTTPS", "HTTP"));
    let out = f.run(&["render", "web.toml", "--check"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("error[stale]: web.svg is not what its source gives now"));
}

#[test]
fn a_file_that_is_not_there_or_not_text_is_an_error() {
    let f = Folder::new("unreadable");
    let out = f.run(&["render", "no.toml"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("cannot read no.toml: there is no such file"), "{}", text(&out.stderr));
    f.write("latin.toml", b"title = \"caf\xE9\"\n");
    let out = f.run(&["check", "latin.toml"]);
    assert!(
        text(&out.stderr).contains("not UTF-8") && text(&out.stderr).contains("latin.toml:1:13"),
        "{}",
        text(&out.stderr)
    );
}

#[test]
fn messages_can_be_read_by_programs() {
    let f = Folder::new("messages");
    f.write("x.toml", "[service.usrs]\n");
    let out = f.run(&["check", "x.toml", "--message-format", "json", "-q"]);
    let line: serde_json::Value = serde_json::from_str(text(&out.stderr).lines().next().unwrap()).unwrap();
    assert_eq!(
        (line["code"].as_str(), line["line"].as_u64(), line["column"].as_u64()),
        (Some("unknown-kind"), Some(1), Some(10))
    );
    let out = f.run(&["check", "x.toml", "--message-format", "github", "-q"]);
    assert!(text(&out.stderr).starts_with("::error file=x.toml,line=1,col=10::"), "{}", text(&out.stderr));
}

#[test]
fn a_new_diagram_draws_without_a_finding() {
    let f = Folder::new("new");
    assert_eq!(f.run(&["new", "mine"]).status.code(), Some(0));
    let out = f.run(&["check", "mine.toml", "--deny-warnings"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(f.run(&["render", "mine.toml", "--format", "png"]).status.code(), Some(0));
    assert_eq!(f.run(&["new", "mine"]).status.code(), Some(1), "an existing file is kept");
}

#[test]
fn layouts_of_plain_graphs_and_diagrams_are_json() {
    let f = Folder::new("layout");
    f.write("g.json", r#"{"nodes":[{"id":"a","w":40,"h":30},{"id":"b","w":40,"h":30}],"edges":[["a","b"]]}"#);
    f.write("web.toml", GOOD);
    for file in ["g.json", "web.toml"] {
        let out = f.run(&["layout", file]);
        let drawing: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!(drawing["format"], "drawing/1");
        assert_eq!(drawing["nodes"].as_array().map(Vec::len), Some(2));
    }
    f.write("bad.json", r#"{"nodes":[],"edges":[["a","b"]]}"#);
    let out = f.run(&["layout", "bad.json"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("nothing has the id `a`"), "{}", text(&out.stderr));
}

#[test]
fn a_report_tells_the_quality_of_each_picture() {
    let f = Folder::new("report");
    f.write("web.toml", GOOD);
    let quality = "web.toml (dark): 0 crossings, 0 bends, length ";
    assert!(text(&f.run(&["render", "web.toml", "--theme", "dark", "--report"]).stderr).contains(quality));
    assert!(!text(&f.run(&["render", "web.toml"]).stderr).contains("crossings"));
}

#[test]
fn snippets_of_the_readme_draw() {
    let f = Folder::new("readme");
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let mut count = 0;
    for block in readme.split("```toml\n").skip(1) {
        f.write("snippet.toml", block.split("```").next().unwrap());
        let out = f.run(&["check", "snippet.toml", "--deny-warnings"]);
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn the_readmes_first_command_draws_the_picture() {
    let f = Folder::new("command");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("diagrams/django-on-aws.toml");
    let source = source.display().to_string();
    let out = f.run(&["render", &source, "-o", "out/", "--format", "svg,png"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let korean = f.run(&["render", &source, "-o", "out/ko.svg", "--lang", "ko"]);
    assert_eq!(korean.status.code(), Some(0));
    assert!(fs::read_to_string(f.0.join("out/ko.svg")).unwrap().contains("한국 사용자"));
}

#[test]
fn every_shell_gets_completions_and_every_command_a_page() {
    let f = Folder::new("manual");
    for (shell, sign) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef skyplan"),
        ("fish", "complete -c skyplan"),
        ("powershell", "Register"),
    ] {
        let out = f.run(&["completions", shell]);
        assert!(text(&out.stdout).contains(sign) && text(&out.stdout).contains("message-format"), "{shell}");
    }
    assert_eq!(f.run(&["completions", "cmd"]).status.code(), Some(2));
    assert!(text(&f.run(&["man"]).stdout).contains("Exit codes"));
    assert_eq!(f.run(&["man", "-o", "man/"]).status.code(), Some(0));
    assert!(fs::read_to_string(f.0.join("man/skyplan-render.1")).unwrap().contains("transparent"));
    let help = text(&f.run(&["--help"]).stdout);
    for page in fs::read_dir(f.0.join("man")).unwrap().flatten() {
        let name = page.file_name().to_string_lossy().into_owned();
        let command = name.trim_start_matches("skyplan").trim_start_matches('-').trim_end_matches(".1");
        assert!(help.contains(command), "{name} is of no command");
    }
}

#[test]
fn options_stand_where_they_do_something() {
    let f = Folder::new("options");
    let helps = |command: &str, option: &str| text(&f.run(&[command, "--help"]).stdout).contains(option);
    for command in ["render", "watch", "check", "layout", "embed", "mdbook"] {
        assert!(helps(command, "--deny-warnings") && helps(command, "--message-format"), "{command}");
    }
    for command in ["serve", "icons", "kinds", "new", "man"] {
        assert!(!helps(command, "--deny-warnings") && helps(command, "--message-format"), "{command}");
    }
    for command in ["schema", "completions"] {
        assert!(!helps(command, "--deny-warnings") && !helps(command, "--color"), "{command}");
    }
    assert_eq!(f.run(&["schema", "--deny-warnings"]).status.code(), Some(2));
}

#[test]
fn colour_and_talk_are_the_callers_choice() {
    let f = Folder::new("voice");
    f.write("web.toml", GOOD);
    f.write("x.toml", "[service.usrs]\n");
    let said = |args: &[&str]| text(&f.run(args).stderr);
    assert!(!said(&["check", "x.toml"]).contains('\u{1b}'), "no terminal, no colour");
    assert!(said(&["check", "x.toml", "--color", "always"]).contains('\u{1b}'));
    assert_eq!(said(&["render", "web.toml", "--quiet"]), "");
    assert!(said(&["render", "web.toml", "--verbose"]).contains("web.toml drawn in "));
    assert!(said(&["check", "x.toml", "-q"]).contains("unknown-kind"), "what is wrong is said all the same");
    assert!(f.run(&["icons", "list", "--quiet"]).status.success(), "also behind a command of a command");
    assert_eq!(f.run(&["check", "x.toml", "-q", "-v"]).status.code(), Some(2));
}
