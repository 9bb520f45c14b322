//! SVG -> PNG.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::fmt;
use std::sync::Arc;

/// How an SVG becomes pixels.
#[derive(Debug, Clone)]
pub struct PngOptions {
    /// Pixels per CSS pixel; default 2.
    pub scale: f32,
    /// The fonts that texts are drawn with.
    pub fonts: Arc<fontdb::Database>,
}

/// Why there is no PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PngError {
    /// The SVG cannot be read.
    BadSvg(String),
    /// The picture has more pixels than are allowed: width and height.
    TooLarge(u32, u32),
    /// The pixels cannot be packed.
    Encode(String),
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadSvg(why) => write!(f, "the picture cannot be read back: {why}"),
            Self::TooLarge(w, h) => write!(f, "a picture of {w} x {h} pixels is too large"),
            Self::Encode(why) => write!(f, "the pixels cannot be packed: {why}"),
        }
    }
}

impl std::error::Error for PngError {}

/// Draws an SVG into a PNG file.
///
/// # Errors
/// When the SVG is not one, or the picture is too large.
pub fn to_png(svg: &str, options: &PngOptions) -> Result<Vec<u8>, PngError> {
    let parse = Options { fontdb: Arc::clone(&options.fonts), ..Options::default() };
    let tree = Tree::from_str(svg, &parse).map_err(|e| PngError::BadSvg(e.to_string()))?;
    let size = tree.size().to_int_size().scale_by(options.scale).ok_or(PngError::TooLarge(u32::MAX, u32::MAX))?;
    let mut pixmap = Pixmap::new(size.width(), size.height()).ok_or(PngError::TooLarge(size.width(), size.height()))?;
    pixmap.fill(Color::TRANSPARENT);
    resvg::render(&tree, Transform::from_scale(options.scale, options.scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|e| PngError::Encode(e.to_string()))
}
