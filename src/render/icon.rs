//! Users' icons: read, checked and cleaned before anything else sees them.

use super::{tree, weight};
use crate::topology::IconData;
use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{Group, ImageKind, Node, WriteOptions, fontdb};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// Greatest size of an icon's file, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// Greatest edge of a PNG icon, in pixels.
const MOST_PIXELS: u32 = 2048;

/// An icon that is safe to put into a picture.
#[derive(Debug, Clone)]
pub struct CleanIcon {
    /// Its content.
    pub data: IconData,
    /// What was in it and is not any more, such as `<script>`, in alphabetical order.
    pub dropped: Vec<String>,
}

/// Why a file cannot be an icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IconError {
    /// It is larger than 1 MiB: its bytes.
    TooLarge(usize),
    /// Its width or height is larger than 2048 pixels.
    TooManyPixels(u32, u32),
    /// It is neither SVG nor PNG.
    UnknownFormat,
    /// It cannot be read.
    Bad(String),
    /// It multiplies itself beyond measure: patterns in patterns, markers on thousands of corners, arcs without end.
    TooHeavy,
    /// Nothing in it can be seen.
    Empty,
}

impl fmt::Display for IconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(bytes) => write!(f, "the icon has {bytes} bytes; {MOST_BYTES} are allowed"),
            Self::TooManyPixels(w, h) => write!(f, "the icon has {w} x {h} pixels; {MOST_PIXELS} each way are allowed"),
            Self::UnknownFormat => write!(f, "the icon is neither SVG nor PNG"),
            Self::Bad(why) => write!(f, "the icon cannot be read: {why}"),
            Self::TooHeavy => {
                write!(
                    f,
                    "the icon multiplies itself beyond measure by its patterns, masks, markers, filters or lengths"
                )
            }
            Self::Empty => write!(f, "the icon shows nothing"),
        }
    }
}

impl std::error::Error for IconError {}

/// Reads an icon's file. An SVG is rewritten from what can be seen of it: shapes, colours, gradients; scripts, event handlers, embedded HTML and references to the
/// outside are gone, and its letters become shapes.
///
/// # Errors
/// When it is no icon, or too large.
pub fn clean_icon(bytes: &[u8], fonts: &Arc<fontdb::Database>) -> Result<CleanIcon, IconError> {
    if bytes.len() > MOST_BYTES {
        return Err(IconError::TooLarge(bytes.len()));
    }
    if bytes.starts_with(b"\x89PNG") {
        return clean_png(bytes);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| IconError::UnknownFormat)?;
    let text = text.trim_start_matches('\u{FEFF}');
    if !text.contains("<svg") {
        return Err(IconError::UnknownFormat);
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|e| IconError::Bad(e.to_string()))?;
    if weight::weight(&document) > weight::MOST {
        return Err(IconError::TooHeavy);
    }
    let stand_in = text.contains("currentColor").then(|| stand_in(text)).flatten();
    let style = stand_in.as_ref().map(|color| format!("svg{{color:{color}}}"));
    let tree = tree::read_with(text, fonts, style).map_err(IconError::Bad)?;
    if !tree.root().has_children() {
        return Err(IconError::Empty);
    }
    images_are_small(tree.root())?;
    let write = WriteOptions { coordinates_precision: 3, transforms_precision: 4, ..WriteOptions::default() };
    let clean = tree.to_string(&write);
    let data = match stand_in {
        Some(color) if only_shapes(&clean) => {
            let size = tree.size();
            IconData::Pictogram(pictogram(&clean, &color, size.width(), size.height()))
        }
        _ => IconData::Svg(clean),
    };
    Ok(CleanIcon { data, dropped: dropped(&document) })
}

/// A colour that stands for `currentColor` while a drawing is cleaned: one that the drawing does not use itself.
fn stand_in(text: &str) -> Option<String> {
    let used = text.to_lowercase();
    (1..=64).map(|i| format!("#01{i:02x}fe")).find(|color| !used.contains(color.as_str()))
}

/// Whether a cleaned drawing can stand in another document as it is: nothing in it refers or can be referred to.
fn only_shapes(clean: &str) -> bool {
    !["<image", "<text", "<style", "id=", "href", "url("].iter().any(|word| clean.contains(word))
}

/// A cleaned drawing with `currentColor` again, and a view box in place of its size.
fn pictogram(clean: &str, color: &str, width: f32, height: f32) -> String {
    let body = clean.find("<svg").and_then(|at| clean.get(at..)).and_then(|svg| svg.split_once('>'));
    let body = body.map_or("", |b| b.1).replace(&format!("\"{color}\""), "\"currentColor\"");
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">{body}")
}

/// Looks at the sizes of images inside a drawing: a few bytes can hold a picture that fills the memory.
fn images_are_small(group: &Group) -> Result<(), IconError> {
    for node in group.children() {
        match node {
            Node::Group(inner) => images_are_small(inner)?,
            Node::Image(image) => match image.kind() {
                ImageKind::SVG(inner) => images_are_small(inner.root())?,
                _ => {
                    let (w, h) = (image.size().width() as u32, image.size().height() as u32);
                    if w > MOST_PIXELS || h > MOST_PIXELS {
                        return Err(IconError::TooManyPixels(w, h));
                    }
                }
            },
            Node::Path(_) | Node::Text(_) => {}
        }
    }
    Ok(())
}

fn clean_png(bytes: &[u8]) -> Result<CleanIcon, IconError> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let (w, h) = decoder.read_header_info().map_err(|e| IconError::Bad(e.to_string()))?.size();
    if w > MOST_PIXELS || h > MOST_PIXELS {
        return Err(IconError::TooManyPixels(w, h));
    }
    let mut reader = decoder.read_info().map_err(|e| IconError::Bad(e.to_string()))?;
    let size = reader.output_buffer_size().ok_or(IconError::TooManyPixels(w, h))?;
    reader.next_frame(&mut vec![0; size]).map_err(|e| IconError::Bad(e.to_string()))?;
    Ok(CleanIcon { data: IconData::Png(bytes.to_vec()), dropped: Vec::new() })
}

/// What an SVG holds that no picture may.
fn dropped(document: &Document<'_>) -> Vec<String> {
    let mut found = BTreeSet::new();
    for node in document.descendants().filter(|n| n.is_element()) {
        let name = node.tag_name().name();
        if matches!(name, "script" | "foreignObject" | "iframe" | "animate" | "animateTransform" | "set") {
            found.insert(format!("<{name}>"));
        }
        for attribute in node.attributes() {
            let value = attribute.value().trim_start();
            if attribute.name().starts_with("on") {
                found.insert(attribute.name().to_owned());
            } else if attribute.name() == "href" && !value.starts_with('#') && !value.starts_with("data:") {
                found.insert(format!("<{name} href>"));
            }
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> Result<(String, Vec<String>), IconError> {
        clean_icon(text.as_bytes(), &Arc::default()).map(|icon| match icon.data {
            IconData::Svg(svg) => (svg, icon.dropped),
            IconData::Pictogram(svg) => (svg, icon.dropped),
            IconData::Png(_) => (String::new(), icon.dropped),
        })
    }

    #[test]
    fn what_could_run_or_call_out_is_dropped_and_told() {
        let text = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="x()"><script>x()</script><image href="/etc/passwd" width="9" height="9"/><rect width="9" height="9"/></svg>"#;
        let (svg, dropped) = clean(text).expect("it shows a rectangle");
        assert_eq!(dropped, ["<image href>", "<script>", "onload"]);
        assert!(!svg.contains("x()") && !svg.contains("passwd") && svg.contains("<path"));
    }

    #[test]
    fn drawings_in_the_current_colour_stay_so() {
        let text = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12" width="1em" height=".5em"><g fill="currentColor"><path d="M0 0h9v9z"/></g><path fill="#ff0000" d="M9 9h9v3z"/></svg>"##;
        let (svg, _) = clean(text).expect("it shows a triangle");
        assert!(
            svg.contains(r#"viewBox="0 0 12 6""#) && svg.contains("currentColor") && svg.contains("#ff0000"),
            "{svg}"
        );
        assert!(!svg.contains("#0101fe"), "{svg}");
    }

    #[test]
    fn drawings_that_multiply_themselves_are_refused() {
        let mut text = String::from(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs><path id="a0" d="M0 0h9v9z"/>"#,
        );
        for i in 1..30 {
            text += &format!(r##"<g id="a{i}"><use href="#a{0}"/><use href="#a{0}"/></g>"##, i - 1);
        }
        text += r##"</defs><use href="#a29"/></svg>"##;
        assert_eq!(clean(&text).err(), Some(IconError::TooHeavy));
    }

    #[test]
    fn a_huge_image_inside_a_drawing_is_refused() {
        use base64::Engine as _;
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 1, 0, 0, 0, 1, 0, 0, 8, 6, 0, 0, 0]);
        let data = base64::engine::general_purpose::STANDARD.encode(png);
        let text = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image width="9" height="9" href="data:image/png;base64,{data}"/></svg>"#
        );
        assert_eq!(clean(&text).err(), Some(IconError::TooManyPixels(65536, 65536)));
    }

    #[test]
    fn an_icon_that_shows_nothing_is_refused() {
        assert_eq!(
            clean(r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#).err(),
            Some(IconError::Empty)
        );
        assert_eq!(clean("hello").err(), Some(IconError::UnknownFormat));
        assert!(matches!(clean("<svg").err(), Some(IconError::Bad(_))));
        assert!(matches!(clean_icon(b"\x89PNG....", &Arc::default()).err(), Some(IconError::Bad(_))));
    }

    #[test]
    fn entities_that_grow_without_end_are_refused() {
        let mut text = String::from("<!DOCTYPE svg [<!ENTITY a0 \"aaaaaaaaaa\">");
        for i in 1..40 {
            text += &format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10));
        }
        text += "]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>&a39;</text></svg>";
        assert!(matches!(clean(&text).err(), Some(IconError::Bad(_))));
    }
}
