//! Scene -> SVG; SVG -> PNG, PDF, HTML.

mod css;
mod html;
#[cfg(feature = "png")]
mod icon;
mod number;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "png")]
mod png;
mod svg;
mod symbol;
mod tags;
#[cfg(any(feature = "png", feature = "pdf"))]
mod tree;

pub use html::{SCRIPTS, STYLE, flow_data, to_html};
#[cfg(feature = "png")]
pub use icon::{CleanIcon, IconError, clean_icon};
#[cfg(feature = "pdf")]
pub use pdf::{PdfError, PdfOptions, to_pdf};
#[cfg(feature = "png")]
pub use png::{Packing, PngError, PngOptions, Zoom, same_pixels, to_png};
pub use svg::{FontFace, Ground, SvgOptions, to_svg};
