//! Cloud architecture diagrams from TOML.
//!
//! # Steps
//!
//! | step | takes | gives |
//! |---|---|---|
//! | [`document`] | TOML text | a document: as written, every name with its place |
//! | [`topology`] | the document | a topology: names resolved, copies made |
//! | [`measure`] | the topology | sizes for every box, title and label |
//! | [`layout`] | the sizes | coordinates |
//! | [`scene`] | the coordinates | shapes, back to front |
//! | [`render`] | the shapes | SVG, PNG, PDF |
//!
//! [`picture`] joins the steps:
//!
//! ```
//! use skyplan::{PictureOptions, diagnostic::{Diagnostics, Source}, picture};
//!
//! let source = Source::new("web.toml", "[service.users]\n[service.alb]\n[links]\n\"users -> alb\" = \"HTTPS\"");
//! let mut findings = Diagnostics::default();
//! let Some(picture) = picture(&source, &PictureOptions::default(), &mut findings) else {
//!     panic!("{:?}", findings.0);
//! };
//! assert!(picture.svg.starts_with("<svg"));
//! ```

/// Tests of single phases take their graphs from the tests of the whole, which know this crate by its name.
#[cfg(test)]
extern crate self as skyplan;

pub mod catalogue;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod geometry;
pub mod layout;
#[cfg(feature = "cli")]
pub mod markdown;
pub mod measure;
#[cfg(feature = "packs")]
pub mod packs;
mod picture;
pub mod render;
pub mod scene;
pub mod text;
pub mod theme;
pub mod topology;

pub use picture::{Picture, PictureOptions, check, picture, picture_of};
pub use text::TextMode;
pub use topology::Most;
