//! `skyplan serve`, seen in the browser.

use super::chrome::Chrome;
use serde_json::json;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const GOOD: &str = "title = { en = \"Web\", ko = \"웹\" }\n[service.users]\n[service.alb]\n[links]\n\"users -> alb\" = \"HTTPS\"\n\
                    [view.door]\nonly = [\"alb\"]\n";

/// A running preview.
struct Preview {
    child: Child,
    url: String,
}

impl Preview {
    fn start(folder: &Path) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
        let mut child =
            program.args(["serve", "--port", "0"]).current_dir(folder).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address =
            |line: String| line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).map(str::to_owned);
        let url = lines.find_map(address).unwrap();
        Self { url: format!("http://{url}/"), child }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether the list has so many diagrams.
fn listed(count: usize) -> String {
    format!("document.querySelectorAll('nav li').length === {count}")
}

const PLACE: &str = "document.querySelector('.stage svg').style.transform";

/// A browser that shows the preview of a folder with one sound diagram, `web.toml`; none where there is no browser.
fn opened(test: &str) -> Option<(Chrome, tempfile::TempDir, Preview)> {
    let mut chrome = Chrome::start(test, 1000, 700)?;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("web.toml"), GOOD).unwrap();
    let preview = Preview::start(folder.path());
    chrome.open(&preview.url);
    Some((chrome, folder, preview))
}

#[test]
fn the_preview_follows_every_save_and_keeps_its_place() {
    let Some((mut chrome, folder, _preview)) = opened("the_preview_follows_every_save_and_keeps_its_place") else {
        return;
    };
    let file = folder.path().join("web.toml");
    chrome.until("document.querySelector('[id=alb]') !== null");
    chrome.photograph("preview.png");

    // A new node is seen soon, and the picture stays where it was put.
    chrome.mouse("mouseWheel", 400.0, 300.0, json!({"deltaX": 0, "deltaY": -300}));
    chrome.mouse("mousePressed", 400.0, 300.0, json!({"button": "left", "buttons": 1}));
    chrome.mouse("mouseMoved", 450.0, 340.0, json!({"button": "left", "buttons": 1}));
    chrome.mouse("mouseReleased", 450.0, 340.0, json!({"button": "left"}));
    let place = chrome.eval(PLACE);
    fs::write(&file, GOOD.replace("[links]", "[service.db]\nkind = \"rds\"\n[links]\n\"alb -> db\" = \"SQL\""))
        .unwrap();
    let start = Instant::now();
    chrome.until("document.querySelector('[id=db]') !== null");
    let seen = start.elapsed();
    assert!(seen < Duration::from_secs(2), "a save was seen after {seen:?}");
    assert_eq!(chrome.eval(PLACE), place);

    // Half a file: the error with its line; the old picture stays, and the server too.
    fs::write(&file, GOOD.replace("[service.alb]", "[service.alb")).unwrap();
    chrome.until("document.querySelector('.findings').innerText.includes('web.toml:3:')");
    assert_eq!(chrome.eval("document.querySelector('.findings pre').innerText"), json!("3 | [service.alb"));
    assert_eq!(chrome.eval("document.querySelector('[id=db]') !== null"), json!(true));
    chrome.photograph("preview-broken.png");
    fs::write(&file, GOOD).unwrap();
    chrome.until("document.querySelector('.findings').hidden && document.querySelector('[id=db]') === null");
    assert_eq!(chrome.eval(PLACE), place);

    // Ten saves in a second: the last one counts.
    for i in 0..10 {
        fs::write(&file, GOOD.replace("HTTPS", &format!("HTTP/{i}"))).unwrap();
        std::thread::sleep(Duration::from_millis(60));
    }
    chrome.until("document.querySelector('.stage').textContent.includes('HTTP/9')");
}

#[test]
fn files_come_and_go_while_the_preview_runs() {
    let Some((mut chrome, folder, _preview)) = opened("files_come_and_go_while_the_preview_runs") else { return };
    let file = folder.path().join("web.toml");
    chrome.until("document.querySelector('[id=alb]') !== null");
    fs::write(folder.path().join("more.toml"), "[service.more]\nkind = \"s3\"\n").unwrap();
    chrome.until(&listed(2));
    fs::remove_file(&file).unwrap();
    chrome.until("document.querySelector('[id=more]') !== null && document.querySelector('[id=alb]') === null");
    fs::remove_file(folder.path().join("more.toml")).unwrap();
    chrome.until("document.querySelector('.status').textContent.includes('no diagrams yet')");
    // As editors save: a new file takes the old one's place.
    fs::write(folder.path().join("web.toml~"), GOOD).unwrap();
    fs::rename(folder.path().join("web.toml~"), &file).unwrap();
    chrome.until("document.querySelector('[id=alb]') !== null");
}

#[test]
fn languages_themes_and_views_are_switched_in_the_page() {
    let Some(mut chrome) = Chrome::start("languages_themes_and_views_are_switched_in_the_page", 1000, 700) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("web.toml"), GOOD).unwrap();
    fs::write(folder.path().join("hostile.toml"), "title = '<img src=x onerror=window.hacked=1>'\n[service.'<b>']\n")
        .unwrap();
    let preview = Preview::start(folder.path());
    chrome.open(&preview.url);
    // The first in the list is the hostile one: its text is shown as text.
    chrome.until("document.querySelector('.findings').innerText.includes('<b>')");
    chrome.until("document.querySelector('nav').innerText.includes('<img')");
    assert_eq!(chrome.eval("document.querySelectorAll('.findings b, main img, nav img').length"), json!(0));
    chrome.until("document.querySelector('nav a.wrong').title === 'has errors'");
    let choose = |chrome: &mut Chrome, name: &str, value: &str| {
        chrome.eval(&format!(
            "(() => {{ const s = document.querySelector('select.{name}'); s.value = '{value}'; s.dispatchEvent(new Event('change')); }})()"
        ));
    };
    chrome.eval("[...document.querySelectorAll('nav a')].find(a => a.textContent.includes('web.toml')).click()");
    chrome.until("document.querySelector('.stage').textContent.includes('Web')");
    assert_eq!(chrome.eval("document.querySelector('nav [aria-current]').textContent"), json!("Web./web.toml"));
    assert_eq!(
        chrome.eval("document.querySelector('select.lang').textContent"),
        json!("defaultEnglish (en)한국어 (ko)")
    );
    choose(&mut chrome, "lang", "ko");
    chrome.until("document.querySelector('.stage').textContent.includes('웹')");
    // Half a file names no languages; the choice stays all the same.
    let file = folder.path().join("web.toml");
    fs::write(&file, "title = { en").unwrap();
    chrome.until("!document.querySelector('.findings').hidden");
    fs::write(&file, GOOD).unwrap();
    chrome.until("document.querySelector('.findings').hidden");
    chrome.until("document.querySelector('.stage').textContent.includes('웹')");
    choose(&mut chrome, "theme", "dark");
    chrome.until("document.querySelector('.stage svg > rect').getAttribute('fill').toLowerCase() !== '#ffffff'");
    choose(&mut chrome, "view", "door");
    chrome.until("document.querySelector('[id=users]') === null && document.querySelector('[id=alb]') !== null");
    chrome.photograph("preview-view.png");
    // What was chosen is in the address: loading the page anew keeps it.
    chrome.order("Page.reload", json!({}));
    chrome.until("document.querySelector('[id=users]') === null && document.querySelector('[id=alb]') !== null");
    // And the way back leads to what was seen before.
    chrome.until(&listed(2));
    chrome.eval("[...document.querySelectorAll('nav a')].find(a => a.textContent.includes('hostile.toml')).click()");
    chrome.until("document.querySelector('.stage').classList.contains('broken')");
    chrome.eval("history.back()");
    chrome.until("!document.querySelector('.stage').classList.contains('broken')");
    assert_eq!(chrome.eval("window.hacked === undefined"), json!(true));
}

#[test]
fn what_is_wrong_with_the_project_is_shown_with_its_line() {
    let Some(mut chrome) = Chrome::start("what_is_wrong_with_the_project_is_shown_with_its_line", 1000, 700) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("skyplan.toml");
    let sound = "sources = \"*.diagram.toml\"\nlanguages = \"ko\"\n";
    fs::write(folder.path().join("web.diagram.toml"), GOOD).unwrap();
    fs::write(&project, sound.replace("sources", "source")).unwrap();
    let preview = Preview::start(folder.path());
    chrome.open(&preview.url);
    chrome.until("document.querySelector('.findings').innerText.includes('skyplan.toml:1:1')");
    assert_eq!(
        chrome.eval("document.querySelector('.findings pre').innerText"),
        json!("1 | source = \"*.diagram.toml\"")
    );
    fs::write(&project, sound).unwrap();
    chrome.until(
        "document.querySelector('.findings').hidden && document.querySelector('.stage').textContent.includes('웹')",
    );
    fs::write(&project, sound.replace("languages", "langages")).unwrap();
    chrome.until("document.querySelector('.findings').innerText.includes('unknown key `langages`')");
    chrome.photograph("preview-project.png");
    assert_eq!(
        chrome.eval("document.querySelector('.stage').textContent.includes('웹')"),
        json!(true),
        "the picture stays"
    );
    fs::write(&project, sound.replace("ko", "en")).unwrap();
    chrome.until(
        "document.querySelector('.findings').hidden && document.querySelector('.stage').textContent.includes('Web')",
    );
}

#[test]
fn the_keys_reach_everything_and_a_save_takes_nothing_from_them() {
    let Some((mut chrome, folder, _preview)) = opened("the_keys_reach_everything_and_a_save_takes_nothing_from_them")
    else {
        return;
    };
    let file = folder.path().join("web.toml");
    chrome.until("document.querySelector('[id=alb][role=button]') !== null");
    let focused = "document.activeElement.getAttribute('aria-label')";
    for _ in 0..20 {
        chrome.tab();
        if chrome.eval(focused) == json!("Application Load Balancer") {
            break;
        }
    }
    assert_eq!(chrome.eval(focused), json!("Application Load Balancer"));
    chrome.key("Enter");
    let pinned = "document.querySelector('[aria-pressed=true]').id";
    assert_eq!(chrome.eval(pinned), json!("alb"));
    // Zoomed in so far that it is out of sight, it comes back with the focus.
    fs::write(&file, GOOD.replace("HTTPS", "HTTP/3")).unwrap();
    chrome.until("document.querySelector('.stage').textContent.includes('HTTP/3')");
    assert_eq!(chrome.eval(focused), json!("Application Load Balancer"), "the focus stays");
    assert_eq!(chrome.eval(pinned), json!("alb"), "and what is lit");
    for _ in 0..12 {
        chrome.key("+");
    }
    for key in ["ArrowDown"; 40] {
        chrome.key(key);
    }
    chrome.tab();
    chrome.tab();
    for _ in 0..20 {
        chrome.tab();
        if chrome.eval(focused) == json!("Application Load Balancer") {
            break;
        }
    }
    let seen = "(() => { const a = document.querySelector('[id=alb]').getBoundingClientRect(), s = document.querySelector('.stage').getBoundingClientRect(); \
                return a.top >= s.top && a.bottom <= s.bottom && a.left >= s.left && a.right <= s.right; })()";
    chrome.until(seen);
}
