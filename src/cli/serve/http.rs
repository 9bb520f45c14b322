//! As much of HTTP/1.1 as a browser on the same machine needs: small requests without a body, one for each connection.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// Longest head of a request, in bytes.
const LONGEST: usize = 16 << 10;
/// Most headers of a request.
const MOST_HEADERS: usize = 64;
/// Longest time in which a browser must ask, and take what it is given.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every answer says: nothing may be kept, guessed, framed or sent elsewhere, and the page loads nothing from anywhere else.
const HEADERS: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n\
Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; \
img-src 'self' data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\nConnection: close\r\n";

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// The path, from its first `/`.
    pub(super) path: String,
    /// Names and values behind the `?`.
    pub(super) query: Vec<(String, String)>,
    /// Whether only the head of the answer is wanted.
    pub(super) head_only: bool,
}

/// What a request gets.
#[derive(Debug)]
pub(super) struct Answer {
    /// Status code and reason.
    pub(super) status: &'static str,
    /// Media type.
    pub(super) kind: &'static str,
    /// Content.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// Something that is there.
    pub(super) fn ok(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", kind, body: body.into() }
    }

    /// Why there is nothing.
    pub(super) fn refuse(status: &'static str, why: &str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", body: format!("{why}\n").into_bytes() }
    }
}

/// Reads a request. `None` where the other side went away.
pub(super) fn receive(stream: &mut TcpStream, port: u16) -> io::Result<Option<Result<Request, Answer>>> {
    // Small answers go at once, not when the last one has been acknowledged.
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() > LONGEST {
            return Ok(Some(Err(Answer::refuse("431 Request Header Fields Too Large", "the request is too long"))));
        }
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Ok(None);
        }
        head.extend(piece.iter().take(count));
    }
    Ok(Some(understand(&head, port)))
}

/// Whether a request may be answered: it reads, it was meant for this server, and no other page sent it.
fn understand(head: &[u8], port: u16) -> Result<Request, Answer> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let bad = || Answer::refuse("400 Bad Request", "this is not a request that can be understood");
    if !parsed.parse(head).map_err(|_| bad())?.is_complete() {
        return Err(bad());
    }
    let (Some(method), Some(target)) = (parsed.method, parsed.path) else { return Err(bad()) };
    let values = |name: &str| -> Vec<&[u8]> {
        parsed.headers.iter().filter(|h| h.name.eq_ignore_ascii_case(name)).map(|h| h.value).collect()
    };
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    // A foreign name that leads to this machine would make this server part of a foreign site.
    if !matches!(values("host")[..], [host] if own.iter().any(|o| o.as_bytes() == host)) {
        return Err(Answer::refuse("403 Forbidden", "the host is not this server"));
    }
    let own_origin = |origin: &&[u8]| own.iter().any(|o| format!("http://{o}").as_bytes() == *origin);
    if !values("origin").iter().all(own_origin) || values("sec-fetch-site").contains(&b"cross-site".as_slice()) {
        return Err(Answer::refuse("403 Forbidden", "another site asks"));
    }
    if !matches!(method, "GET" | "HEAD") {
        return Err(Answer::refuse("405 Method Not Allowed", "this server only shows"));
    }
    if !target.starts_with('/') {
        return Err(bad());
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    let query = query.split('&').filter(|p| !p.is_empty()).map(pair).collect();
    Ok(Request { path: path.to_owned(), query, head_only: method == "HEAD" })
}

/// Text with `%41` and `+` read.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or(&[]);
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends an answer.
pub(super) fn send(stream: &mut TcpStream, answer: &Answer, head_only: bool) -> io::Result<()> {
    let Answer { status, kind, body } = answer;
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{HEADERS}\r\n", body.len());
    let mut all = head.into_bytes();
    if !head_only {
        all.extend_from_slice(body);
    }
    stream.write_all(&all)
}

/// Begins a stream of events.
pub(super) fn begin_events(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{HEADERS}\r\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(head: &str) -> &'static str {
        understand(head.as_bytes(), 80).map_or_else(|answer| answer.status, |_| "200 OK")
    }

    #[test]
    fn only_this_servers_own_pages_are_answered() {
        assert_eq!(status("GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"), "200 OK");
        assert_eq!(status("GET / HTTP/1.1\r\nHost: localhost:80\r\nOrigin: http://localhost:80\r\n\r\n"), "200 OK");
        for wrong in [
            "Host: evil.example:80",
            "Host: 127.0.0.1:81",
            "Host: 127.0.0.1:80\r\nHost: evil.example",
            "X: y",
            "Host: 127.0.0.1:80\r\nOrigin: http://evil.example",
            "Host: 127.0.0.1:80\r\nOrigin: null",
            "Host: 127.0.0.1:80\r\nSec-Fetch-Site: cross-site",
        ] {
            assert_eq!(status(&format!("GET / HTTP/1.1\r\n{wrong}\r\n\r\n")), "403 Forbidden", "{wrong}");
        }
        assert_eq!(status("POST / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"), "405 Method Not Allowed");
        assert_eq!(status("GET http://x/ HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"), "400 Bad Request");
        assert_eq!(status("\u{0} / HTTP/9\r\n\r\n"), "400 Bad Request");
    }

    #[test]
    fn queries_are_decoded() {
        let request = understand(b"GET /a?x=%ED%95%9C+1&y HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n", 80).unwrap();
        assert_eq!(request.query, [("x".into(), "한 1".into()), ("y".into(), String::new())]);
        assert_eq!(decoded("%zz%e"), "%zz%e");
    }
}
