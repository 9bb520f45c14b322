//! Scene -> SVG; SVG -> PNG.

mod css;
mod number;
#[cfg(feature = "png")]
mod png;
mod svg;
mod symbol;

#[cfg(feature = "png")]
pub use png::{Packing, PngError, PngOptions, Zoom, to_png};
pub use svg::{FontFace, Ground, SvgOptions, to_svg};
