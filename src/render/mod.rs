//! Scene -> SVG; SVG -> PNG.

mod css;
mod number;
#[cfg(feature = "png")]
mod png;
mod svg;
mod symbol;

#[cfg(feature = "png")]
pub use png::{PngError, PngOptions, to_png};
pub use svg::{FontFace, SvgOptions, to_svg};
