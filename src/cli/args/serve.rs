//! What can be said after `skyplan serve`.

use super::messages::MessageArgs;
use super::supplies::{FontArgs, PackArgs};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "Examples:
  skyplan serve              shows what skyplan.toml names, else the diagrams of this folder
  skyplan serve web.toml     shows one diagram: visit the address that is printed
  skyplan serve --port 8080";

/// `skyplan serve`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct ServeArgs {
    /// A diagram or a folder of diagrams; the project by default, or the current folder.
    #[arg(value_name = "PATH")]
    pub(in crate::cli) path: Option<PathBuf>,
    /// The project file; by default skyplan.toml here or in the nearest folder around this one.
    #[arg(long, value_name = "FILE", conflicts_with = "path")]
    pub(in crate::cli) project: Option<PathBuf>,
    /// The port; by default the first free one from 4747. 0 takes any free one.
    #[arg(long, value_name = "PORT")]
    pub(in crate::cli) port: Option<u16>,
    /// Icons in place of our own drawings.
    #[command(flatten)]
    pub(in crate::cli) packs: PackArgs,
    /// Fonts for what the embedded ones lack.
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) messages: MessageArgs,
}
