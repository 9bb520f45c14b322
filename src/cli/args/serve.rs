//! What can be said after `skyplan serve`.

use super::messages::MessageArgs;
use super::supplies::{FontArgs, PackArgs};
use clap::Args;
use std::path::PathBuf;

/// `skyplan serve`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ServeArgs {
    /// A diagram or a folder of diagrams; the project by default, or the current folder.
    #[arg(value_name = "PATH")]
    pub(in crate::cli) path: Option<PathBuf>,
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
