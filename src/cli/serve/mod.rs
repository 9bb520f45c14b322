//! `skyplan serve`: a live preview in the browser, for this machine only.

mod http;
mod shelf;
mod studio;

use super::args::ServeArgs;
use super::changes::changes;
use super::project::Project;
use super::report::Voice;
use super::{Outcome, files};
use crate::diagnostic::Diagnostic;
use crate::render::{SCRIPTS, STYLE};
use http::{Answer, Request};
use shelf::Scope;
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use studio::{Studio, Wish};

/// The first port that is tried where none is asked for, and how many.
const PORTS: (u16, u16) = (4747, 20);
/// Most connections at once: one page needs two.
const MOST_CONNECTIONS: usize = 64;
/// How often an idle stream of events says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);

const PAGE: &str = include_str!("page.html");
const PAGE_STYLE: &str = include_str!("page.css");
const PAGE_SCRIPT: &str = include_str!("page.js");

/// Runs the command. It ends when the program is stopped.
pub(super) fn serve(args: &ServeArgs, voice: &Voice) -> Outcome {
    let scope = match scope(args) {
        Ok(scope) => scope,
        Err(error) => {
            voice.report_one(&error);
            return Outcome::Failed;
        }
    };
    let (listener, port) = match bind(args.port) {
        Ok(bound) => bound,
        Err(error) => {
            voice.report_one(&error);
            return Outcome::Failed;
        }
    };
    let (follower, wakes) = changes();
    let studio = Arc::new(Studio::new(scope, args.fonts.clone(), args.packs.clone(), follower));
    let watcher = Arc::clone(&studio);
    // Looked at before anybody is served: what is saved a moment later is a change.
    let before = studio.contents();
    thread::spawn(move || watcher.keep_watch(&wakes, before));
    voice.report(&studio.problems());
    let count = studio.sources().len();
    voice.tell(&format!("serving {count} diagrams at http://127.0.0.1:{port}/; Ctrl-C ends"));
    let connections = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        // A connection that failed before it was accepted is no reason to stop.
        let Ok(mut stream) = stream else { continue };
        if connections.load(Ordering::SeqCst) >= MOST_CONNECTIONS {
            let _ = http::send(&mut stream, &Answer::refuse("503 Service Unavailable", "too many connections"), false);
            continue;
        }
        connections.fetch_add(1, Ordering::SeqCst);
        let (studio, connections) = (Arc::clone(&studio), Arc::clone(&connections));
        thread::spawn(move || {
            // Who goes away in the middle misses something, and nobody else does.
            let _ = converse(&mut stream, &studio, port);
            connections.fetch_sub(1, Ordering::SeqCst);
        });
    }
    Outcome::Done
}

/// What is shown: the path, or the project, or the current folder.
fn scope(args: &ServeArgs) -> Result<Scope, Diagnostic> {
    let found = || Ok(Project::find().map_or_else(|| Scope::Folder(PathBuf::from(".")), Scope::Project));
    match (&args.path, &args.project) {
        (Some(path), _) if path.is_dir() => Ok(Scope::Folder(path.clone())),
        (Some(path), _) => files::read(path).map(|_| Scope::File(path.clone())),
        (None, Some(file)) => files::read(file).map(|_| Scope::Project(file.clone())),
        (None, None) => found(),
    }
}

/// The port asked for, or the first free one; on the loopback address, which no other machine reaches.
fn bind(wanted: Option<u16>) -> Result<(TcpListener, u16), Diagnostic> {
    let ports = match wanted {
        Some(port) => port..=port,
        None => PORTS.0..=PORTS.0 + PORTS.1,
    };
    let mut last = None;
    for port in ports.clone() {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|l| l.local_addr().map(|a| (l, a.port())));
        match bound {
            Ok(bound) => return Ok(bound),
            Err(error) => last = Some(error),
        }
    }
    let why = match &last {
        Some(error) if error.kind() == io::ErrorKind::AddrInUse => "another program uses it".to_owned(),
        Some(error) => files::reason(error),
        None => String::new(),
    };
    let message = match wanted {
        Some(port) => format!("cannot listen on port {port}: {why}"),
        None => format!("cannot listen on any port from {} to {}: {why}", ports.start(), ports.end()),
    };
    Err(Diagnostic::error("no-port", message, None).help("give another one with --port, or 0 for any free one"))
}

/// One request and its answer.
fn converse(stream: &mut TcpStream, studio: &Studio, port: u16) -> io::Result<()> {
    match http::receive(stream, port)? {
        None => Ok(()),
        Some(Err(refusal)) => http::send(stream, &refusal, false),
        Some(Ok(request)) if request.path == "/events" && !request.head_only => events(stream, studio),
        Some(Ok(request)) => http::send(stream, &answer(&request, studio), request.head_only),
    }
}

fn answer(request: &Request, studio: &Studio) -> Answer {
    let value = |name: &str| request.query.iter().find(|q| q.0 == name).map_or("", |q| q.1.as_str());
    match request.path.as_str() {
        "/" => Answer::ok("text/html; charset=utf-8", PAGE),
        "/page.css" => Answer::ok("text/css; charset=utf-8", STYLE.to_owned() + PAGE_STYLE),
        "/page.js" => Answer::ok("text/javascript; charset=utf-8", SCRIPTS.concat() + PAGE_SCRIPT),
        "/list" => Answer::ok("application/json", studio.list().to_string()),
        "/picture" => {
            let wish =
                Wish { diagram: value("diagram"), lang: value("lang"), theme: value("theme"), view: value("view") };
            match studio.picture(&wish) {
                Some(picture) => Answer::ok("application/json", picture.to_string()),
                None => Answer::refuse("404 Not Found", "there is no such diagram"),
            }
        }
        _ => Answer::refuse("404 Not Found", "there is nothing here"),
    }
}

/// Tells of every change until the page goes away.
fn events(stream: &mut TcpStream, studio: &Studio) -> io::Result<()> {
    http::begin_events(stream)?;
    let mut seen = studio.version();
    stream.write_all(format!("data: {seen}\n\n").as_bytes())?;
    loop {
        let version = studio.await_change(seen, HEARTBEAT);
        let event = if version == seen { ": still here\n\n".to_owned() } else { format!("data: {version}\n\n") };
        stream.write_all(event.as_bytes())?;
        seen = version;
    }
}
