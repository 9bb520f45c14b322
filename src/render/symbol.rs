//! An icon as a definition that is used wherever it is drawn.

use crate::scene::{Art, Symbol};
use crate::theme::Mode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use svg::node::Blob;
use svg::node::element::Element;

/// Edge of the square that every definition fills, in its own units.
pub(super) const GRID: f64 = 64.0;

/// The definition of an icon. Where pages may turn dark and the icon has another drawing for that, it holds both, and the picture's style sheet chooses.
pub(super) fn define(symbol: &Symbol, mode: Mode) -> Element {
    let (light, dark) = match (mode, &symbol.dark) {
        (Mode::Dark, Some(dark)) => (dark, None),
        (Mode::Auto, Some(dark)) => (&symbol.art, Some(dark)),
        _ => (&symbol.art, None),
    };
    if let (Art::Pictogram(text), None) = (light, dark) {
        return pictogram("symbol", &symbol.id, text);
    }
    let mut both = Element::new("symbol");
    assign(&mut both, "id", &symbol.id);
    let edge = super::number::number(GRID);
    assign(&mut both, "viewBox", &format!("0 0 {edge} {edge}"));
    let mut light = drawing(&symbol.id, light);
    if let Some(dark) = dark {
        assign(&mut light, "class", ON_LIGHT);
        both.get_children_mut().push(Box::new(light));
        let mut dark = drawing(&format!("{}-dark", symbol.id), dark);
        assign(&mut dark, "class", ON_DARK);
        // Programs without style sheets draw the light picture.
        assign(&mut dark, "display", "none");
        both.get_children_mut().push(Box::new(dark));
    } else {
        both.get_children_mut().push(Box::new(light));
    }
    both
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

/// A drawing that fills the grid.
fn drawing(id: &str, art: &Art) -> Element {
    match art {
        Art::Pictogram(text) => pictogram("svg", &format!("{id}-shapes"), text),
        Art::Svg(text) => image("image/svg+xml", text.as_bytes()),
        Art::Png(bytes) => image("image/png", bytes),
    }
}

fn assign(element: &mut Element, name: &str, value: &str) {
    element.get_attributes_mut().insert(name.to_owned(), value.into());
}

/// Shapes in `currentColor`: the root's attributes and content move into an element of this name.
fn pictogram(name: &str, id: &str, text: &str) -> Element {
    let mut symbol = Element::new(name);
    let mut attributes = symbol.get_attributes_mut().clone();
    let (root, body) = split(text);
    for (name, value) in attributes_of(root) {
        if !name.starts_with("xmlns") && !matches!(name, "width" | "height" | "id") {
            attributes.insert(name.to_owned(), value.into());
        }
    }
    attributes.insert("id".to_owned(), id.into());
    // Nothing of a drawing reaches beyond its grid: renderers need not clip it.
    attributes.insert("overflow".to_owned(), "visible".into());
    *symbol.get_attributes_mut() = attributes;
    symbol.get_children_mut().push(Box::new(Blob::new(body)));
    symbol
}

/// A user's drawing stays a picture of its own: nothing in it can reach the picture around it.
fn image(kind: &str, bytes: &[u8]) -> Element {
    let edge = super::number::number(GRID);
    let mut image = Element::new("image");
    assign(&mut image, "width", &edge);
    assign(&mut image, "height", &edge);
    assign(&mut image, "href", &format!("data:{kind};base64,{}", STANDARD.encode(bytes)));
    image
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
