//! What can be said after `skyplan kinds`, `new`, `completions` and `man`.

use super::messages::MessageArgs;
use clap::Args;
use clap_complete::Shell;
use std::path::PathBuf;

const COMPLETIONS_EXAMPLES: &str = "Examples:
  skyplan completions bash > ~/.local/share/bash-completion/completions/skyplan
  skyplan completions zsh > ~/.zfunc/_skyplan
  skyplan completions fish > ~/.config/fish/completions/skyplan.fish";

/// `skyplan kinds`.
#[derive(Debug, Args)]
pub(in crate::cli) struct KindsArgs {
    /// Words that the id, name or an alias must hold.
    #[arg(value_name = "WORD")]
    pub(in crate::cli) words: Vec<String>,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) messages: MessageArgs,
}

/// `skyplan new`.
#[derive(Debug, Args)]
pub(in crate::cli) struct NewArgs {
    /// Name of the diagram; its file is NAME.toml.
    #[arg(default_value = "diagram", value_name = "NAME")]
    pub(in crate::cli) name: String,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) messages: MessageArgs,
}

/// `skyplan completions`.
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub(in crate::cli) shell: Shell,
}

/// `skyplan man`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ManArgs {
    /// A folder to write skyplan.1, skyplan-render.1 and so on into.
    #[arg(short, long, value_name = "FOLDER")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) messages: MessageArgs,
}
