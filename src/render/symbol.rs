//! An icon as a definition that is used wherever it is drawn.

use crate::scene::{Art, Symbol};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use svg::node::Blob;
use svg::node::element::Element;

/// Edge of the square that every definition fills, in its own units.
pub(super) const GRID: f64 = 64.0;

/// The definition of an icon.
pub(super) fn define(symbol: &Symbol) -> Element {
    match &symbol.art {
        Art::Pictogram(text) => pictogram(&symbol.id, text),
        Art::Svg(text) => image(&symbol.id, "image/svg+xml", text.as_bytes()),
        Art::Png(bytes) => image(&symbol.id, "image/png", bytes),
    }
}

/// Our own drawings: the root's attributes and content move into a `symbol`.
fn pictogram(id: &str, text: &str) -> Element {
    let mut symbol = Element::new("symbol");
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
fn image(id: &str, kind: &str, bytes: &[u8]) -> Element {
    let mut symbol = Element::new("symbol");
    let edge = super::number::number(GRID);
    let mut image = Element::new("image");
    for (name, value) in [("width", edge.clone()), ("height", edge.clone())] {
        image.get_attributes_mut().insert(name.to_owned(), value.into());
    }
    let data = format!("data:{kind};base64,{}", STANDARD.encode(bytes));
    image.get_attributes_mut().insert("href".to_owned(), data.into());
    symbol.get_attributes_mut().insert("id".to_owned(), id.into());
    symbol.get_attributes_mut().insert("viewBox".to_owned(), format!("0 0 {edge} {edge}").into());
    symbol.get_children_mut().push(Box::new(image));
    symbol
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
