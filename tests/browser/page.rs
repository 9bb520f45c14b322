//! `render --format html`.

use super::chrome::Chrome;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The page of a diagram, in a folder that goes with it.
fn page_of(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("x.toml"), text).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_skyplan"));
    let out = program.args(["render", "x.toml", "--format", "html"]).current_dir(folder.path()).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let url = format!("file://{}", folder.path().join("x.html").display());
    (folder, url)
}

fn django() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("diagrams/django-on-aws.toml")).unwrap()
}

/// Ids of the parts that are lit.
const LIT: &str = "[...document.querySelectorAll('.lit')].map(e => e.id).sort()";
const DIM: &str = "document.querySelector('svg').classList.contains('dim')";

#[test]
fn a_page_shows_links_of_a_service_and_walks_through_the_steps() {
    let Some(mut chrome) = Chrome::start("a_page_shows_links_of_a_service_and_walks_through_the_steps", 1200, 800)
    else {
        return;
    };
    let (_folder, url) = page_of(&django());
    chrome.open(&url);
    chrome.photograph("page.png");
    assert_eq!(chrome.eval(DIM), json!(false));

    let (x, y) = chrome.middle("[id='route53']");
    chrome.mouse("mouseMoved", x, y, json!({}));
    assert_eq!(chrome.eval(LIT), json!(["route53", "users", "users..route53"]));
    assert_eq!(chrome.eval(DIM), json!(true));
    chrome.photograph("page-hover.png");
    chrome.mouse("mouseMoved", 3.0, 3.0, json!({}));
    assert_eq!(chrome.eval(DIM), json!(false));

    chrome.key("n");
    chrome.key("n");
    assert_eq!(chrome.eval(LIT), json!(["_step-2", "cloudfront", "users", "users..cloudfront"]));
    let told = chrome.eval("document.querySelector('.step-text').textContent");
    assert_eq!(told, json!("2. Browsers ask CloudFront, which caches in Seoul."));
    chrome.photograph("page-step.png");
    chrome.key("p");
    assert!(chrome.eval(LIT).to_string().contains("route53"));
}

#[test]
fn a_page_can_be_moved_zoomed_and_fitted() {
    let Some(mut chrome) = Chrome::start("a_page_can_be_moved_zoomed_and_fitted", 1000, 700) else { return };
    let (_folder, url) = page_of(&django());
    chrome.open(&url);
    let place = "(() => { const b = document.querySelector('svg').getBoundingClientRect(); return [b.x, b.y, b.width].map(Math.round); })()";
    let fitted = chrome.eval(place);
    assert!(chrome.eval("(() => { const b = document.querySelector('svg').getBoundingClientRect(), s = document.querySelector('.stage').getBoundingClientRect(); return b.left >= s.left && b.right <= s.right && b.top >= s.top && b.bottom <= s.bottom; })()") == json!(true), "the whole picture is seen first");

    // What is under the pointer stays there while its surroundings grow.
    let (x, y) = chrome.middle("[id='cloudfront'] rect");
    // Wheels report whole pixels.
    chrome.mouse("mouseWheel", x.round(), y.round(), json!({"deltaX": 0, "deltaY": -600}));
    chrome.until(&format!("document.querySelector('svg').getBoundingClientRect().width > 1.5 * {}", fitted[2]));
    let (zoomed_x, zoomed_y) = chrome.middle("[id='cloudfront'] rect");
    assert!((x - zoomed_x).abs() < 1.0 && (y - zoomed_y).abs() < 1.0, "{x} {y} -> {zoomed_x} {zoomed_y}");

    let before = chrome.eval(place);
    chrome.mouse("mousePressed", 500.0, 300.0, json!({"button": "left", "buttons": 1}));
    chrome.mouse("mouseMoved", 520.0, 310.0, json!({"button": "left", "buttons": 1}));
    chrome.mouse("mouseMoved", 560.0, 330.0, json!({"button": "left", "buttons": 1}));
    chrome.mouse("mouseReleased", 560.0, 330.0, json!({"button": "left"}));
    let after = chrome.eval(place);
    let moved = |i: usize| after[i].as_f64().unwrap() - before[i].as_f64().unwrap();
    assert!(moved(0) > 30.0 && moved(1) > 15.0 && moved(2) == 0.0, "{before} {after}");

    chrome.key("0");
    assert_eq!(chrome.eval(place), fitted);
}

#[test]
fn no_text_of_a_diagram_becomes_part_of_the_page() {
    let hostile = "</title></script><script>window.hacked=1</script><img src=x onerror=window.hacked=2>";
    let text = format!(
        "title = '{hostile}'\n[service.a]\nkind='ec2'\nlabel = '{hostile}'\ntooltip = '{hostile}'\n[service.b]\nkind='s3'\n\
         [links]\n\"a -> b\" = {{ label = '{hostile}', step = 1 }}\n[steps]\n1 = '{hostile}'\n"
    );
    let (folder, url) = page_of(&text);
    let page = fs::read_to_string(folder.path().join("x.html")).unwrap();
    assert_eq!(page.matches("<script").count(), 2, "one holds data, one is ours");
    assert!(!page.contains("<img"));
    let Some(mut chrome) = Chrome::start("no_text_of_a_diagram_becomes_part_of_the_page", 800, 600) else { return };
    chrome.open(&url);
    chrome.key("n");
    assert_eq!(chrome.eval("document.querySelector('.step-text').textContent"), json!(format!("1. {hostile}")));
    assert_eq!(chrome.eval("document.title"), json!(hostile));
    assert_eq!(chrome.eval("window.hacked === undefined && document.images.length === 0"), json!(true));
}
