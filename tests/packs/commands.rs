//! `embed`, `mdbook` and `serve` draw with the icon packs and fonts that `render` draws with, and keep to the same lock.

use crate::folder::Folder;
use crate::official::package;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const WEB: &str = "icons = \"aws\"\n[service.lambda]\n";
const PLAIN: &str = "[service.lambda]\n";
const HEBREW: &str = "[service.lambda]\nlabel = \"שלום\"\n";
/// What an SVG with AWS's own icon holds.
const OFFICIAL: &str = "_own-aws_x3A_Arch_AWS-Lambda";
const CHANGED: &str = "the icon pack `aws` is 2025-10-30, but the pictures were drawn with 2025-07-31";

fn folder() -> Folder {
    let f = Folder::new();
    f.write("july.zip", package("07312025", "#ed7100"));
    f.write("october.zip", package("10302025", "#ff9900"));
    f.good(&["icons", "add", "july.zip"]);
    f
}

fn fence(body: &str) -> String {
    format!("```skyplan web\n{body}```\n")
}

fn fonts() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text/fonts").display().to_string()
}

/// What `skyplan mdbook` makes of a book of one chapter: its exit code, the chapter, what it says.
fn book(f: &Folder, table: serde_json::Value, body: &str) -> (Option<i32>, String, String) {
    f.write("src/one.md", fence(body));
    let chapter = serde_json::json!({"Chapter": {"name": "One", "content": fence(body), "path": "one.md"}});
    let config = serde_json::json!({"book": {"src": "src"}, "preprocessor": {"skyplan": table}});
    let input = serde_json::json!([{"root": f.path(""), "config": config}, {"items": [chapter]}]).to_string();
    let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
    program.arg("mdbook").current_dir(f.path("")).env("SKYPLAN_ICONS", f.path("home"));
    let pipes = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    let given: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap_or_default();
    let page = given["items"][0]["Chapter"]["content"].as_str().unwrap_or_default();
    let data = page.split("base64,").nth(1).and_then(|rest| rest.split(')').next()).unwrap_or_default();
    let svg = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, data).unwrap();
    (out.status.code(), String::from_utf8(svg).unwrap(), String::from_utf8(out.stderr).unwrap())
}

/// A preview that is stopped at the end of the test.
struct Preview(Child, u16);

impl Preview {
    fn of(f: &Folder, args: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
        program.args(["serve", "--port", "0"]).args(args).current_dir(f.path("")).env("SKYPLAN_ICONS", f.path("home"));
        let mut child = program.stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        Self(child, port.parse().unwrap())
    }

    fn picture(&self, diagram: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.1)).unwrap();
        write!(stream, "GET /picture?diagram={diagram} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.1).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn embedding_keeps_to_the_lock_as_drawing_does() {
    let f = folder();
    f.write("doc.md", fence(WEB));
    assert!(f.bad(&["embed", "doc.md", "--check"]).contains("skyplan.lock is not there"));
    f.good(&["embed", "doc.md"]);
    assert!(f.read("web.svg").contains(OFFICIAL) && f.read("skyplan.lock").contains("2025-07-31"));
    f.good(&["embed", "doc.md", "--check"]);
    f.good(&["icons", "add", "october.zip"]);
    assert!(f.bad(&["embed", "doc.md"]).contains(CHANGED));
    assert!(f.bad(&["embed", "doc.md", "--check"]).contains(CHANGED));
    f.good(&["embed", "doc.md", "--update-icons"]);
    assert!(f.read("skyplan.lock").contains("2025-10-30"));
}

#[test]
fn embedding_takes_icons_and_fonts_from_the_arguments_and_the_project() {
    let f = folder();
    f.write("doc.md", fence(PLAIN));
    f.good(&["embed", "doc.md"]);
    assert!(!f.read("web.svg").contains(OFFICIAL) && !f.path("skyplan.lock").exists());
    f.good(&["embed", "doc.md", "--icons", "aws"]);
    assert!(f.read("web.svg").contains(OFFICIAL));
    f.write("d/x.toml", PLAIN);
    f.write("skyplan.toml", "sources = \"d\"\nicons = \"aws\"\nfonts = \"letters\"\n");
    f.write("letters/h.ttf", std::fs::read(fonts() + "/NotoSansHebrew-Variable.ttf").unwrap());
    f.write("doc.md", fence(HEBREW));
    f.good(&["embed", "doc.md", "--deny-warnings"]);
    assert!(f.read("web.svg").contains(OFFICIAL));
    f.good(&["embed", "doc.md", "--icons", "skyplan"]);
    assert!(!f.read("web.svg").contains(OFFICIAL));
    std::fs::remove_file(f.path("skyplan.toml")).unwrap();
    assert!(f.bad(&["embed", "doc.md", "--deny-warnings"]).contains("missing-glyph"));
    f.good(&["embed", "doc.md", "--deny-warnings", "--font-dir", &fonts()]);
}

#[test]
fn a_book_keeps_to_the_lock_as_drawing_does() {
    let f = folder();
    let empty = || serde_json::json!({});
    assert!(book(&f, empty(), WEB).1.contains(OFFICIAL));
    assert!(f.read("src/skyplan.lock").contains("2025-07-31"));
    f.good(&["icons", "add", "october.zip"]);
    let (code, _, said) = book(&f, empty(), WEB);
    assert!(code == Some(1) && said.contains(CHANGED), "{said}");
    assert_eq!(book(&f, serde_json::json!({"update-icons": true}), WEB).0, Some(0));
    assert!(f.read("src/skyplan.lock").contains("2025-10-30"));
}

#[test]
fn a_book_takes_icons_and_fonts_from_its_table_and_the_project() {
    let f = folder();
    f.write("letters/h.ttf", std::fs::read(fonts() + "/NotoSansHebrew-Variable.ttf").unwrap());
    let table = serde_json::json!({"command": "skyplan mdbook", "icons": "aws", "fonts": ["letters"]});
    let (code, svg, said) = book(&f, table, HEBREW);
    assert!(code == Some(0) && svg.contains(OFFICIAL) && said.is_empty(), "{said}");
    let (_, svg, said) = book(&f, serde_json::json!({"fonst": "letters"}), HEBREW);
    assert!(!svg.contains(OFFICIAL) && said.contains("missing-glyph") && said.contains("`fonst` means nothing"));
    for (table, said) in [(serde_json::json!({"icons": 3}), "`icons`"), (serde_json::json!({"lang": ["ko"]}), "`lang`")]
    {
        let wrong = book(&f, table, HEBREW);
        assert!(wrong.0 == Some(1) && wrong.2.contains(said) && wrong.2.contains("help"), "{}", wrong.2);
    }
    f.write("skyplan.toml", "sources = \"d\"\nicons = \"aws\"\nfonts = \"letters\"\n");
    let (code, svg, said) = book(&f, serde_json::json!({}), HEBREW);
    assert!(code == Some(0) && svg.contains(OFFICIAL) && said.is_empty(), "{said}");
}

#[test]
fn a_preview_shows_what_drawing_would_give_and_writes_no_lock() {
    let f = folder();
    f.write("d/web.toml", HEBREW);
    f.write("letters/h.ttf", std::fs::read(fonts() + "/NotoSansHebrew-Variable.ttf").unwrap());
    let plain = Preview::of(&f, &["d"]).picture("d/web.toml");
    assert!(!plain.contains(OFFICIAL) && plain.contains("missing-glyph"), "{plain}");
    let asked = Preview::of(&f, &["d", "--icons", "aws", "--font-dir", "letters"]).picture("d/web.toml");
    assert!(asked.contains(OFFICIAL) && !asked.contains("missing-glyph") && !f.path("d/skyplan.lock").exists());

    f.write("skyplan.toml", "sources = \"d\"\nicons = \"aws\"\nfonts = \"letters\"\n");
    let project = Preview::of(&f, &[]);
    let shown = project.picture("d/web.toml");
    assert!(shown.contains(OFFICIAL) && !shown.contains("missing-glyph"), "{shown}");
    f.good(&["render"]);
    f.good(&["icons", "add", "october.zip"]);
    let changed = project.picture("d/web.toml");
    assert!(changed.contains(CHANGED) && changed.contains("\"svg\":null"), "{changed}");
    let taken = Preview::of(&f, &["--update-icons"]).picture("d/web.toml");
    assert!(taken.contains(OFFICIAL) && !taken.contains(CHANGED));
    assert!(f.read("d/skyplan.lock").contains("2025-07-31"), "a preview writes nothing");
    f.write("skyplan.toml", "sources = \"d\"\n");
    assert!(!project.picture("d/web.toml").contains(OFFICIAL), "the project is read anew");
}
