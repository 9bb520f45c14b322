//! An icon as a definition that is used wherever it is drawn.

use super::number::number;
use super::tags::Tags;
use crate::scene::{Art, Symbol};
use crate::theme::Mode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;

/// Edge of the square that every definition fills, in its own units.
pub(super) const GRID: f64 = 64.0;

/// Defines an icon. Where pages may turn dark and the icon has another drawing for that, the definition holds both, and the picture's style sheet chooses.
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
    tags.close_on_line("symbol");
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

/// An attribute: its name, and its value.
type Attribute<'a> = (&'a str, &'a str);

/// A drawing that fills the grid.
fn drawing(tags: &mut Tags, id: &str, art: &Art, attributes: &[Attribute]) {
    match art {
        Art::Pictogram(text) => pictogram(tags, "svg", &format!("{id}-shapes"), text, attributes),
        Art::Svg(text) => image(tags, "image/svg+xml", text.as_bytes(), attributes),
        Art::Png(bytes) => image(tags, "image/png", bytes, attributes),
    }
}

/// Opens a tag with attributes in the order of their names; of two with the same name the last one counts.
fn open<'a>(tags: &mut Tags, name: &str, attributes: impl IntoIterator<Item = Attribute<'a>>) {
    tags.open(name);
    let sorted: BTreeMap<&str, &str> = attributes.into_iter().collect();
    sorted.into_iter().for_each(|(name, value)| _ = tags.text(name, value));
}

/// Shapes in `currentColor`: the root's attributes and content move into an element of this name.
fn pictogram(tags: &mut Tags, name: &str, id: &str, text: &str, attributes: &[Attribute]) {
    let (root, body) = split(text);
    let kept = |a: &Attribute| !a.0.starts_with("xmlns") && !matches!(a.0, "width" | "height" | "id");
    let own = attributes_of(root).into_iter().filter(kept);
    // Nothing of a drawing reaches beyond its grid: renderers need not clip it.
    let given = [("id", id), ("overflow", "visible")];
    open(tags, name, own.chain(given).chain(attributes.iter().copied()));
    tags.start_content();
    tags.verbatim(body);
    tags.close_on_line(name);
}

/// A user's drawing stays a picture of its own: nothing in it can reach the picture around it.
fn image(tags: &mut Tags, kind: &str, bytes: &[u8], attributes: &[Attribute]) {
    let (edge, data) = (number(GRID), format!("data:{kind};base64,{}", STANDARD.encode(bytes)));
    let given = [("width", edge.as_str()), ("height", &edge), ("href", &data)];
    open(tags, "image", given.into_iter().chain(attributes.iter().copied()));
    tags.end();
}

/// The attributes of the root element as written, and what stands inside it.
fn split(text: &str) -> (&str, &str) {
    let open = text.find("<svg").map_or("", |at| text.get(at + 4..).unwrap_or_default());
    let Some(end) = open.find('>') else { return ("", "") };
    let (root, rest) = open.split_at(end);
    let body = rest.get(1..).unwrap_or_default();
    let body = body.rfind("</svg").map_or("", |at| body.get(..at).unwrap_or_default());
    (root.trim_end_matches('/'), body.trim())
}

/// `name="value"` pairs.
fn attributes_of(root: &str) -> Vec<(&str, &str)> {
    let mut rest = root.trim_start();
    let mut out = Vec::new();
    while let Some((name, tail)) = rest.split_once("=\"")
        && let Some((value, tail)) = tail.split_once('"')
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
