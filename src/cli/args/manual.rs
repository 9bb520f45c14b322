//! What can be said after `skyplan kinds`, `new`, `completions`, `man` and `schema`.

use super::messages::MessageArgs;
use clap::{Args, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

const COMPLETIONS_EXAMPLES: &str = "Examples:
  skyplan completions bash > ~/.local/share/bash-completion/completions/skyplan
  skyplan completions zsh > ~/.zfunc/_skyplan
  skyplan completions fish > ~/.config/fish/completions/skyplan.fish";

const SCHEMA_HELP: &str =
    "Editors that read JSON Schemas for TOML complete and explain keys once a file names its schema
in its first line, as a path from its own folder:
  skyplan schema > skyplan.schema.json                  #:schema skyplan.schema.json
  skyplan schema project > skyplan-project.schema.json  #:schema skyplan-project.schema.json";

const KINDS_EXAMPLES: &str = "Examples:
  skyplan kinds                all of them
  skyplan kinds load balancer  those with both words in the name or an alias
  skyplan kinds 캐시           also by Korean, Terraform and CloudFormation names";

const NEW_EXAMPLES: &str = "Examples:
  skyplan new web
  skyplan render web.toml";

/// `skyplan kinds`.
#[derive(Debug, Args)]
#[command(after_help = KINDS_EXAMPLES)]
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
#[command(after_help = NEW_EXAMPLES)]
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

/// `skyplan schema`.
#[derive(Debug, Args)]
#[command(after_help = SCHEMA_HELP)]
pub(in crate::cli) struct SchemaArgs {
    /// What it describes.
    #[arg(value_enum, default_value = "diagram", value_name = "FILES")]
    pub(in crate::cli) of: SchemaOf,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SchemaOf {
    /// Diagrams.
    Diagram,
    /// The project file, skyplan.toml.
    Project,
}
