//! Icons that users bring: files beside a diagram, and icon packs.

mod commands;
mod files;
mod folder;
mod hostile;
mod lock;
mod official;
mod sets;
mod sheet;
