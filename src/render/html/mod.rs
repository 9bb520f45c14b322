//! A picture as a page of its own: it can be moved and zoomed, shows what belongs to a service, and walks through the steps.

use super::tags::escape;
use crate::scene::Scene;
use crate::theme::Mode;
use serde_json::json;
use std::fmt::Write as _;

/// The picture's movements and lights, for every page that shows one.
pub const SCRIPTS: [&str; 2] = [include_str!("view.js"), include_str!("flow.js")];
/// The look of such a page.
pub const STYLE: &str = include_str!("page.css");
/// What starts them in a page with one picture.
const START: &str = include_str!("export.js");

/// The one script that the page may run, as its SHA-256: whatever a label says, it never runs.
const SCRIPT_HASH: &str = "Z+QI/pXNegsnH39M4QeqwQxqhn9E8UpS1tBQQ6eyrww=";

/// What the page's buttons say.
struct Words {
    zoom_in: &'static str,
    zoom_out: &'static str,
    fit: &'static str,
    previous: &'static str,
    next: &'static str,
    /// How many steps there are, `{n}` standing for the number.
    steps: &'static str,
}

const ENGLISH: Words = Words {
    zoom_in: "Zoom in (+)",
    zoom_out: "Zoom out (-)",
    fit: "Fit (0)",
    previous: "Previous step (p)",
    next: "Next step (n)",
    steps: "{n} steps",
};
const KOREAN: Words = Words {
    zoom_in: "확대 (+)",
    zoom_out: "축소 (-)",
    fit: "맞춤 (0)",
    previous: "이전 단계 (p)",
    next: "다음 단계 (n)",
    steps: "{n}단계",
};

/// What pages know of a picture beside its shapes: which parts its links join, and its steps.
pub fn flow_data(scene: &Scene) -> serde_json::Value {
    let tie = |t: &crate::scene::Tie| json!({"link": t.link, "from": t.from, "to": t.to, "step": t.step});
    let step = |s: &(u32, String)| json!({"number": s.0, "text": s.1});
    json!({
        "ties": scene.ties.iter().map(tie).collect::<Vec<_>>(),
        "steps": scene.steps.iter().map(step).collect::<Vec<_>>(),
    })
}

/// Writes a page around the SVG of a scene. It refers to nothing outside itself.
pub fn to_html(scene: &Scene, svg: &str) -> String {
    let lang = scene.lang.as_deref().unwrap_or("en");
    let words = if lang == "ko" || lang.starts_with("ko-") { KOREAN } else { ENGLISH };
    let [title, lang] = [scene.title.as_str(), lang].map(escaped);
    // A label that reads `</script>` must not end the element.
    let data = flow_data(scene).to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; \
         img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'sha256-{SCRIPT_HASH}'\">\n\
         <title>{title}</title>\n<style>\n{}{STYLE}</style>\n</head>\n<body>\n<main class=\"stage\">\n{svg}</main>\n",
        ground(scene),
    );
    bar(&mut page, &words);
    let _ = write!(
        page,
        "<script type=\"application/json\" class=\"data\">{data}</script>\n<script>{}</script>\n</body>\n</html>\n",
        script()
    );
    page
}

/// All that the page runs.
fn script() -> String {
    SCRIPTS.concat() + START
}

/// The buttons under the picture. Their signs are drawn: not every font has them, and some show them as emoji.
fn bar(page: &mut String, words: &Words) {
    page.push_str("<div class=\"bar\" hidden>\n");
    page.push_str(&button("zoomOut", words.zoom_out, "M3 8h10"));
    page.push_str("<output class=\"scale\"></output>\n");
    page.push_str(&button("zoomIn", words.zoom_in, "M3 8h10M8 3v10"));
    page.push_str(&button("fit", words.fit, "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"));
    let _ = writeln!(page, "<div class=\"steps\" data-idle=\"{}\" hidden>", words.steps);
    page.push_str(&button("previous", words.previous, "M10 3 5 8l5 5"));
    page.push_str(&button("next", words.next, "m6 3 5 5-5 5"));
    page.push_str("<span class=\"step-text\" aria-live=\"polite\"></span></div>\n</div>\n");
}

fn button(class: &str, label: &str, sign: &str) -> String {
    format!(
        "<button type=\"button\" class=\"{class}\" title=\"{label}\" aria-label=\"{label}\">\
         <svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"{sign}\"/></svg></button>\n"
    )
}

/// The colours of the page follow those of the picture.
fn ground(scene: &Scene) -> String {
    let paint = scene.background;
    match scene.mode {
        Mode::Light => format!(":root{{color-scheme:light;--ground:{}}}\n", paint.light),
        Mode::Dark => format!(":root{{color-scheme:dark;--ground:{}}}\n", paint.dark),
        Mode::Auto => format!(
            ":root{{color-scheme:light dark;--ground:{}}}\n@media (prefers-color-scheme:dark){{:root{{--ground:{}}}}}\n",
            paint.light, paint.dark
        ),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use sha2::{Digest as _, Sha256};

    #[test]
    fn the_page_may_run_its_own_script_and_no_other() {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script()));
        assert_eq!(SCRIPT_HASH, hash, "write the new hash into SCRIPT_HASH");
    }
}
