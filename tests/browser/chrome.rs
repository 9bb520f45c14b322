//! A headless Chromium, driven over its debugging pipe: no other program, no port.

use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running browser with one page.
pub(crate) struct Chrome {
    child: Child,
    orders: File,
    answers: Receiver<Value>,
    session: Option<String>,
    count: u64,
    folder: tempfile::TempDir,
}

/// The browser's program, if this machine has one.
fn program() -> Option<String> {
    let named = std::env::var("SKYPLAN_CHROMIUM").ok();
    let usual = ["chromium", "chromium-browser", "google-chrome"].map(str::to_owned);
    named.into_iter().chain(usual).find(|name| Command::new(name).arg("--version").output().is_ok())
}

impl Chrome {
    /// Starts a browser with a page; says which test is skipped where there is none.
    pub(crate) fn start(test: &str, width: u32, height: u32) -> Option<Self> {
        let Some(program) = program().filter(|_| cfg!(unix)) else {
            let _ =
                writeln!(std::io::stderr(), "skipped {test}: there is no chromium on PATH, nor in SKYPLAN_CHROMIUM");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert!(Command::new("mkfifo").args([at("orders"), at("answers")]).status().unwrap().success());
        let start = "exec \"$0\" --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --remote-debugging-pipe \
                     --no-first-run --user-data-dir=profile about:blank 3<orders 4>answers";
        let child = Command::new("sh")
            .args(["-c", start, &program])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let orders = OpenOptions::new().write(true).open(at("orders")).unwrap();
        let answers = File::open(at("answers")).unwrap();
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || {
            for message in BufReader::new(answers).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { continue };
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let mut chrome = Self { child, orders, answers: receive, session: None, count: 0, folder };
        let target = chrome.order("Target.createTarget", json!({"url": "about:blank"}));
        let attached = json!({"targetId": target["targetId"], "flatten": true});
        chrome.session = chrome.order("Target.attachToTarget", attached)["sessionId"].as_str().map(str::to_owned);
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        chrome.order("Emulation.setDeviceMetricsOverride", size);
        Some(chrome)
    }

    /// Gives an order and waits for its answer.
    pub(crate) fn order(&mut self, method: &str, params: Value) -> Value {
        self.count += 1;
        let mut order = json!({"id": self.count, "method": method, "params": params});
        if let Some(session) = &self.session {
            order["sessionId"] = json!(session);
        }
        self.orders.write_all((order.to_string() + "\0").as_bytes()).unwrap();
        loop {
            let answer = self.answers.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no answer to {method}"));
            if answer["id"] == self.count {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// Opens an address.
    pub(crate) fn open(&mut self, url: &str) {
        self.order("Page.navigate", json!({"url": url}));
        self.until("document.readyState === 'complete'");
        // Two frames later everything has its size.
        self.until("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
    }

    /// The value of an expression in the page; promises are waited for.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let params = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let result = self.order("Runtime.evaluate", params);
        assert!(result["exceptionDetails"].is_null(), "{expression}: {result}");
        result["result"]["value"].clone()
    }

    /// Waits until an expression is true; how long it took.
    pub(crate) fn until(&mut self, expression: &str) -> Duration {
        let start = Instant::now();
        while self.eval(expression) != json!(true) {
            if start.elapsed() > PATIENCE {
                let page = self.eval("document.body.innerText");
                panic!("{expression} never became true; the page says {page}");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        start.elapsed()
    }

    /// Moves the pointer, presses or turns its wheel.
    pub(crate) fn mouse(&mut self, kind: &str, x: f64, y: f64, more: Value) {
        let mut params = json!({"type": kind, "x": x, "y": y});
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.order("Input.dispatchMouseEvent", params);
    }

    /// Presses a key: a letter, a sign, or one by its name.
    pub(crate) fn key(&mut self, key: &str) {
        let down = if key.chars().count() == 1 {
            json!({"type": "keyDown", "key": key, "text": key})
        } else {
            json!({"type": "rawKeyDown", "key": key})
        };
        self.order("Input.dispatchKeyEvent", down);
        self.order("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": key}));
    }

    /// Moves the focus on.
    pub(crate) fn tab(&mut self) {
        for kind in ["rawKeyDown", "keyUp"] {
            let tab = json!({"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9});
            self.order("Input.dispatchKeyEvent", tab);
        }
    }

    /// The middle of the first element that a selector finds.
    pub(crate) fn middle(&mut self, selector: &str) -> (f64, f64) {
        let expression = format!(
            "(() => {{ const b = document.querySelector({selector:?}).getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()"
        );
        let at = self.eval(&expression);
        (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
    }

    /// Writes what is seen into the folder that `SKYPLAN_SCREENSHOTS` names, for people to look at.
    pub(crate) fn photograph(&mut self, name: &str) {
        use base64::Engine as _;
        let Some(folder) = std::env::var_os("SKYPLAN_SCREENSHOTS") else { return };
        let shot = self.order("Page.captureScreenshot", json!({"format": "png"}));
        let data = base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(name), data).unwrap();
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = &self.folder;
    }
}
