//! An icon as a definition that is used wherever it is drawn.

use super::number::number;
use super::tags::Tags;
use crate::scene::{Art, Symbol};
use crate::theme::Mode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Edge of the square that every definition fills, in its own units.
pub(super) const GRID: f64 = 64.0;

/// The definition of an icon. Where pages may turn dark and the icon has another drawing for that, it holds both, and the picture's style sheet chooses.
pub(super) fn define(tags: &mut Tags, symbol: &Symbol, mode: Mode) {
    let (light, dark) = match (mode, &symbol.dark) {
        (Mode::Dark, Some(dark)) => (dark, None),
        (Mode::Auto, Some(dark)) => (&symbol.art, Some(dark)),
        _ => (&symbol.art, None),
    };
    if let (Art::Pictogram(text), None) = (light, dark) {
        return pictogram(tags, "symbol", &symbol.id, text, &[]);
    }
    let edge = number(GRID);
    tags.open("symbol").text("id", &symbol.id).text("viewBox", &format!("0 0 {edge} {edge}")).start_content();
    if let Some(dark) = dark {
        drawing(tags, &symbol.id, light, &[("class", ON_LIGHT)]);
        // Programs without style sheets draw the light picture.
        drawing(tags, &format!("{}-dark", symbol.id), dark, &[("class", ON_DARK), ("display", "none")]);
    } else {
        drawing(tags, &symbol.id, light, &[]);
    }
    tags.close_block("symbol");
}

/// Class of drawings for light pages only.
const ON_LIGHT: &str = "on-light";
/// Class of drawings for dark pages only.
const ON_DARK: &str = "on-dark";

/// The rules that choose between the drawings of an icon on dark pages; empty where none has two.
pub(super) fn dark_rules(symbols: &[Symbol]) -> String {
    if symbols.iter().all(|s| s.dark.is_none()) {
        return String::new();
    }
    format!(".{ON_LIGHT}{{display:none}}.{ON_DARK}{{display:inline}}")
}

/// A drawing that fills the grid, with these attributes beside its own.
fn drawing(tags: &mut Tags, id: &str, art: &Art, attributes: &[(&str, &str)]) {
    match art {
        Art::Pictogram(text) => pictogram(tags, "svg", &format!("{id}-shapes"), text, attributes),
        Art::Svg(text) => image(tags, "image/svg+xml", text.as_bytes(), attributes),
        Art::Png(bytes) => image(tags, "image/png", bytes, attributes),
    }
}

/// Shapes in `currentColor`: the root's attributes and content move into an element of this name.
fn pictogram(tags: &mut Tags, name: &str, id: &str, text: &str, attributes: &[(&str, &str)]) {
    let (root, body) = split(text);
    let mut all = attributes_of(root);
    all.retain(|(name, _)| !name.starts_with("xmlns") && !matches!(*name, "width" | "height" | "id" | "overflow"));
    // Nothing of a drawing reaches beyond its grid: renderers need not clip it.
    all.extend([("id", id), ("overflow", "visible")]);
    all.extend(attributes);
    all.sort_unstable();
    tags.open(name);
    for (name, value) in all {
        tags.raw(name, |out| out.push_str(value));
    }
    tags.start_content();
    tags.block(body);
    tags.close_block(name);
}

/// A user's drawing stays a picture of its own: nothing in it can reach the picture around it.
fn image(tags: &mut Tags, kind: &str, bytes: &[u8], attributes: &[(&str, &str)]) {
    tags.open("image").number("width", GRID).number("height", GRID);
    for (name, value) in attributes {
        tags.text(name, value);
    }
    tags.raw("href", |out| {
        out.push_str("data:");
        out.push_str(kind);
        out.push_str(";base64,");
        STANDARD.encode_string(bytes, out);
    });
    tags.end();
}

/// The attributes of the root element as written, and what stands inside it.
fn split(text: &str) -> (&str, &str) {
    let open = text.find("<svg").map_or("", |at| text.get(at + 4..).unwrap_or_default());
    let Some(end) = open.find('>') else { return ("", "") };
    let (root, rest) = open.split_at(end);
    let body = rest.get(1..).unwrap_or_default();
    let body = body.trim_end().strip_suffix("</svg>").unwrap_or_else(|| body.rsplit_once("</svg").map_or("", |b| b.0));
    (root.trim_end_matches('/'), body.trim())
}

/// `name="value"` pairs.
fn attributes_of(root: &str) -> Vec<(&str, &str)> {
    let mut rest = root.trim_start();
    let mut out = Vec::new();
    while let Some((name, tail)) = rest.split_once('=')
        && let Some((value, tail)) = tail.strip_prefix('"').and_then(|tail| tail.split_once('"'))
    {
        out.push((name.trim(), value));
        rest = tail.trim_start();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pictogram_keeps_its_roots_attributes_and_its_content() {
        let (root, body) = split(r#"<svg xmlns="x" viewBox="0 0 64 64" fill="none"><path d="M0 0"/></svg>"#);
        assert_eq!(attributes_of(root), [("xmlns", "x"), ("viewBox", "0 0 64 64"), ("fill", "none")]);
        assert_eq!(body, r#"<path d="M0 0"/>"#);
    }
}
