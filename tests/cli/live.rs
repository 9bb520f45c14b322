//! `watch` and `serve`: what keeps running while files change.

use super::{Folder, GOOD};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// A program that runs until the test is over.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(f: &Folder, args: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
        let mut child = program.args(args).current_dir(&f.0).stderr(Stdio::piped()).spawn().unwrap();
        let (send, lines) = mpsc::channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Self { child, lines }
    }

    /// Waits for a line with these words, and returns it.
    fn says(&self, words: &str) -> String {
        let start = Instant::now();
        let mut heard = Vec::new();
        while start.elapsed() < Duration::from_secs(30) {
            match self.lines.recv_timeout(Duration::from_secs(1)) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => heard.push(line),
                Err(_) => {}
            }
        }
        panic!("`{words}` was never said, but {heard:#?}");
    }

    fn port(&self) -> u16 {
        let line = self.says("http://127.0.0.1:");
        line.split("127.0.0.1:").nth(1).unwrap().split('/').next().unwrap().parse().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

fn get(port: u16, path: &str) -> String {
    ask(port, &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"))
}

#[test]
fn watching_draws_what_changes_and_survives_what_breaks() {
    let f = Folder::new("watch");
    f.write("a.toml", GOOD);
    f.write("b.toml", GOOD);
    let watch = Running::start(&f, &["watch", "a.toml", "b.toml"]);
    watch.says("watching 2 pictures");
    let before = fs::read(f.0.join("a.svg")).unwrap();
    f.write("a.toml", GOOD.replace("HTTPS", "HTTP"));
    watch.says("wrote a.svg");
    assert_ne!(fs::read(f.0.join("a.svg")).unwrap(), before);

    f.write("a.toml", "[service.users\n");
    watch.says("error[not-toml]");
    fs::remove_file(f.0.join("a.toml")).unwrap();
    watch.says("cannot read a.toml");
    f.write("a.toml.new", GOOD);
    fs::rename(f.0.join("a.toml.new"), f.0.join("a.toml")).unwrap();
    watch.says("wrote a.svg");
    assert_eq!(fs::read(f.0.join("a.svg")).unwrap(), before);

    for i in 0..10 {
        f.write("b.toml", GOOD.replace("HTTPS", &format!("HTTP/{i}")));
        std::thread::sleep(Duration::from_millis(50));
    }
    let start = Instant::now();
    while !fs::read_to_string(f.0.join("b.svg")).unwrap().contains("HTTP/9") {
        assert!(start.elapsed() < Duration::from_secs(20), "the last save was not drawn");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn watching_notices_icons_and_new_files_of_a_project() {
    let f = Folder::new("watch-project");
    f.write("skyplan.toml", "sources = [\"*.diagram.toml\"]\n");
    f.write("a.diagram.toml", GOOD.replace("[service.alb]", "[service.alb]\nicon = \"own.svg\""));
    let watch = Running::start(&f, &["watch"]);
    watch.says("own.svg");
    f.write("own.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>");
    watch.says("wrote a.diagram.svg");
    f.write("own.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h5v9z\"/></svg>");
    watch.says("wrote a.diagram.svg");
    f.write("b.diagram.toml", GOOD);
    watch.says("wrote b.diagram.svg");
    f.write("skyplan.toml", "sources = [\"*.diagram.toml\"]\nformat = 1\n");
    watch.says("unknown key `format`");
    f.write("skyplan.toml", "sources = [\"*.diagram.toml\"]\nformats = [\"svg\", \"html\"]\n");
    watch.says("a.diagram.html");
}

#[test]
fn the_preview_shows_diagrams_and_nothing_else() {
    let f = Folder::new("serve");
    fs::create_dir(f.0.join("shown")).unwrap();
    f.write("shown/web.toml", GOOD);
    f.write("secret.toml", GOOD);
    let serve = Running::start(&f, &["serve", "shown", "--port", "0"]);
    let port = serve.port();
    assert!(get(port, "/").contains("Content-Security-Policy: default-src 'none'"));
    assert!(get(port, "/list").contains("shown/web.toml"));
    assert!(get(port, "/picture?diagram=shown%2Fweb.toml").contains("<svg"));
    for outside in [
        "/picture?diagram=secret.toml",
        "/picture?diagram=shown/../secret.toml",
        "/picture?diagram=%2Fetc%2Fpasswd",
        "/../secret.toml",
        "/shown/web.toml",
        "/%2e%2e/secret.toml",
        "//etc/passwd",
    ] {
        assert!(get(port, outside).starts_with("HTTP/1.1 404"), "{outside}");
    }
    let theme = get(port, "/picture?diagram=shown%2Fweb.toml&theme=..%2Fsecret.toml");
    assert!(theme.contains("<svg") && !theme.contains("secret"), "a theme that is not in the list is none");
    let foreign = ask(port, "GET /list HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert!(foreign.starts_with("HTTP/1.1 403"), "{foreign}");
    let page =
        ask(port, &format!("GET /list HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://evil.example\r\n\r\n"));
    assert!(page.starts_with("HTTP/1.1 403"), "{page}");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = ask(port, &format!("{method} / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 405"), "{answer}");
    }
    let long = ask(port, &format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(40_000)));
    assert!(long.is_empty() || long.starts_with("HTTP/1.1 431"), "{long}");
    assert!(get(port, "/list").contains("shown/web.toml"), "the server is still there");
}

#[test]
fn the_preview_says_what_is_wrong_with_the_project_and_keeps_its_list() {
    let f = Folder::new("serve-project");
    fs::create_dir(f.0.join("diagrams")).unwrap();
    f.write("diagrams/web.toml", format!("title = {{ en = \"Web\", ko = \"웹\" }}\n{GOOD}"));
    f.write("own.toml", "sources = \"diagrams\"\nlanguages = \"ko\"\n");
    let serve = Running::start(&f, &["serve", "--project", "own.toml", "--port", "0"]);
    let port = serve.port();
    assert!(get(port, "/list").contains("\"findings\":[]"));
    let drawn = get(port, "/picture?diagram=diagrams%2Fweb.toml");
    assert!(drawn.contains(">웹<") || drawn.contains(">웹</"), "the project's first language: {drawn:.300}");
    let until = |words: &str| {
        let start = Instant::now();
        loop {
            let list = get(port, "/list");
            if list.contains(words) {
                return list;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{words} is not in {list}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    f.write("own.toml", "sources = \"diagrams\"\nlangages = \"ko\"\n");
    let list = until("unknown key `langages`");
    assert!(list.contains("\"line\":2") && list.contains("diagrams/web.toml"), "{list}");
    f.write("own.toml", "sources = \"elsewhere\"\n");
    until("there is no file or folder `elsewhere`");
    f.write("own.toml", "sources = \"diagrams\"\n");
    until("\"findings\":[]");

    // A preview that starts with a broken project waits for it to be mended.
    f.write("own.toml", "sources = \"diagrams\"\nlangages = \"ko\"\n");
    let late = Running::start(&f, &["serve", "--project", "own.toml", "--port", "0"]);
    late.says("unknown key `langages`");
    let port = late.port();
    assert!(get(port, "/list").contains("\"diagrams\":[],\"findings\":[{"));
    f.write("own.toml", "sources = \"diagrams\"\n");
    let start = Instant::now();
    while !get(port, "/list").contains("diagrams/web.toml") {
        assert!(start.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_folder_that_goes_away_and_comes_back_is_shown_again() {
    let f = Folder::new("serve-gone");
    let folder = f.0.join("shown");
    fs::create_dir(&folder).unwrap();
    f.write("shown/web.toml", GOOD);
    let serve = Running::start(&f, &["serve", "shown", "--port", "0"]);
    let port = serve.port();
    let until = |words: &str| {
        let start = Instant::now();
        while !get(port, "/list").contains(words) {
            assert!(start.elapsed() < Duration::from_secs(20), "{words} is not in {}", get(port, "/list"));
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    fs::remove_dir_all(&folder).unwrap();
    until("the folder shown is gone");
    fs::create_dir(&folder).unwrap();
    f.write("shown/other.toml", GOOD);
    until("shown/other.toml");
}

#[test]
fn a_port_in_use_is_told_or_passed_over() {
    let f = Folder::new("ports");
    f.write("web.toml", GOOD);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let out = f.run(&["serve", "--port", &port]);
    assert_eq!(out.status.code(), Some(1));
    let said = super::text(&out.stderr);
    assert!(said.contains(&format!("cannot listen on port {port}: another program uses it")), "{said}");
    // Two previews without a wish get two ports.
    let (one, two) = (Running::start(&f, &["serve"]), Running::start(&f, &["serve"]));
    assert_ne!(one.port(), two.port());
}

#[test]
fn a_change_is_told_to_pages_that_listen() {
    let f = Folder::new("events");
    f.write("web.toml", GOOD);
    let serve = Running::start(&f, &["serve", "web.toml", "--port", "0"]);
    let port = serve.port();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(stream, "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").unwrap();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.by_ref().any(|line| line == "data: 0"));
    f.write("web.toml", GOOD.replace("HTTPS", "HTTP"));
    assert!(lines.by_ref().any(|line| line == "data: 1"));
}
