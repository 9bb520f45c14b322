//! How the program speaks.

use clap::{Args, ColorChoice, ValueEnum};

/// How a command speaks.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Messages")]
pub(in crate::cli) struct MessageArgs {
    /// For people, for programs (one JSON object a line), or as annotations of a GitHub workflow.
    #[arg(long, global = true, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(in crate::cli) message_format: MessageFormat,
    /// Whether messages are coloured; `auto` does it on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(in crate::cli) color: ColorChoice,
    /// Say nothing but what is wrong.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(in crate::cli) quiet: bool,
    /// Say what is done and how long it takes.
    #[arg(short, long, global = true)]
    pub(in crate::cli) verbose: bool,
}

/// Formats of findings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MessageFormat {
    /// Source lines with underlines.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands.
    Github,
}

/// How a command speaks that judges diagrams.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Messages")]
pub(in crate::cli) struct FindingArgs {
    /// Fail on warnings too.
    #[arg(long, global = true)]
    pub(in crate::cli) deny_warnings: bool,
    /// How findings are reported.
    #[command(flatten)]
    pub(in crate::cli) messages: MessageArgs,
}
