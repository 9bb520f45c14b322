//! Scene -> SVG; SVG -> PNG, PDF, HTML.

mod css;
#[cfg(any(feature = "png", feature = "pdf"))]
mod faces;
mod html;
#[cfg(feature = "png")]
mod icon;
mod lettering;
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
#[cfg(feature = "png")]
mod weight;

pub use html::{SCRIPTS, STYLE, flow_data, to_html};
#[cfg(feature = "png")]
pub use icon::{CleanIcon, IconError, clean_icon};
pub use lettering::{FontFace, LinePiece, LineSetting, Span};
#[cfg(feature = "pdf")]
pub use pdf::{PdfError, PdfOptions, to_pdf};
#[cfg(feature = "png")]
pub use png::{Packing, PngError, PngOptions, Zoom, same_pixels, to_png};
pub use svg::{Ground, SvgOptions, to_svg};
