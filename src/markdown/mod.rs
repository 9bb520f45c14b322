//! Diagrams in Markdown: fenced blocks that begin with ```` ```skyplan ````, and the links to their pictures.

mod fence;
mod link;

pub use fence::{Fence, fences};
pub use link::{Link, with_links, with_pictures};
