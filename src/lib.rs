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

pub mod catalogue;
pub mod diagnostic;
pub mod document;
pub mod geometry;
pub mod layout;
pub mod measure;
pub mod render;
pub mod scene;
pub mod text;
pub mod theme;
pub mod topology;
