//! What can be said after `skyplan embed` and `skyplan mdbook`.

use super::messages::FindingArgs;
use super::supplies::{FontArgs, PackArgs};
use clap::{Args, Subcommand};
use std::path::PathBuf;

const EMBED_EXAMPLES: &str = "Examples:
  skyplan embed README.md docs/*.md   draws and links what is new
  skyplan embed --check README.md     for CI";

const MDBOOK_EXAMPLES: &str = "In book.toml:
  [preprocessor.skyplan]
  command = \"skyplan mdbook\"";

/// `skyplan embed`.
#[derive(Debug, Args)]
#[command(after_help = EMBED_EXAMPLES)]
pub(in crate::cli) struct EmbedArgs {
    /// Markdown files.
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// The project file that says how pictures look; by default skyplan.toml here or in the nearest folder around this one.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) project: Option<PathBuf>,
    /// Language of the texts, where a fence does not say lang=TAG; the project's first one, else the diagram's own, by default.
    #[arg(long, value_name = "TAG")]
    pub(in crate::cli) lang: Option<String>,
    /// Theme, where a fence does not say theme=THEME; the project's first one, else the diagram's own, by default.
    #[arg(long, value_name = "THEME")]
    pub(in crate::cli) theme: Option<String>,
    /// Icons in place of our own drawings.
    #[command(flatten)]
    pub(in crate::cli) packs: PackArgs,
    /// Fonts for what the embedded ones lack.
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    /// Write nothing; exit with 1 if a picture or a link is missing or stale.
    #[arg(long)]
    pub(in crate::cli) check: bool,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) findings: FindingArgs,
}

/// `skyplan mdbook`.
#[derive(Debug, Args)]
#[command(after_help = MDBOOK_EXAMPLES)]
pub(in crate::cli) struct MdbookArgs {
    /// What mdBook asks before it sends the book.
    #[command(subcommand)]
    pub(in crate::cli) question: Option<MdbookQuestion>,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) findings: FindingArgs,
}

/// What mdBook asks.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum MdbookQuestion {
    /// Whether the pictures suit a renderer; they suit all.
    Supports {
        /// Name of the renderer.
        renderer: String,
    },
}
