//! What can be said after `skyplan check` and `skyplan layout`.

use super::messages::FindingArgs;
use super::supplies::FontArgs;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const CHECK_EXAMPLES: &str = "Examples:
  skyplan check                            all that skyplan.toml draws
  skyplan check web.toml                   one diagram
  skyplan check diagrams/ --deny-warnings  a folder, for CI";

const LAYOUT_EXAMPLES: &str = "Examples:
  skyplan layout web.toml > web.json  where every box, link and label of a diagram stands
  skyplan layout graph.json           the same for {\"nodes\": [{\"id\": \"a\", \"w\": 40, \"h\": 30}, ...], \"edges\": [[\"a\", \"b\"]]}";

/// `skyplan check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(in crate::cli) struct CheckArgs {
    /// Diagrams, folders of diagrams, or `-` for standard input; all of the project by default.
    #[arg(value_name = "FILE")]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// The project file; by default skyplan.toml here or in the nearest folder around this one.
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub(in crate::cli) project: Option<PathBuf>,
    /// Language of the texts; all of the project, else the document's first one, by default.
    #[arg(long, value_name = "TAG")]
    pub(in crate::cli) lang: Option<String>,
    /// Icon packs in place of our own drawings, separated by commas, or `skyplan` for none; the project's or the document's by default.
    #[arg(long, value_delimiter = ',', value_name = "PACK")]
    pub(in crate::cli) icons: Option<Vec<String>>,
    /// Fonts for what the embedded ones lack.
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) findings: FindingArgs,
}

/// `skyplan layout`.
#[derive(Debug, Args)]
#[command(after_help = LAYOUT_EXAMPLES)]
pub(in crate::cli) struct LayoutArgs {
    /// A diagram (.toml) or a plain graph (.json).
    #[arg(value_name = "FILE")]
    pub(in crate::cli) input: PathBuf,
    /// The format of the output.
    #[arg(long, value_enum, default_value = "json")]
    pub(in crate::cli) format: LayoutFormat,
    /// The view to lay out.
    #[arg(long, value_name = "VIEW")]
    pub(in crate::cli) view: Option<String>,
    /// Language of the texts.
    #[arg(long, value_name = "TAG")]
    pub(in crate::cli) lang: Option<String>,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) findings: FindingArgs,
}

/// Formats of layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LayoutFormat {
    /// `drawing/1`.
    Json,
}
