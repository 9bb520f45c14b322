//! Icons that users bring: files beside a diagram, and icon packs.

mod files;
mod folder;
