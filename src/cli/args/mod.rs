//! What can be said on the command line: one file for each command, or for commands that take the same.

mod check;
mod format;
mod later;
mod manual;
mod markdown;
mod messages;
mod render;
mod serve;
mod supplies;

pub(super) use check::{CheckArgs, LayoutArgs};
pub(super) use format::Format;
pub(super) use later::Later;
pub(super) use manual::{CompletionsArgs, KindsArgs, ManArgs, NewArgs, SchemaArgs, SchemaOf};
pub(super) use markdown::{EmbedArgs, MdbookArgs, MdbookQuestion};
pub(super) use messages::{FindingArgs, MessageArgs, MessageFormat};
pub(super) use render::{DrawArgs, Packed, RenderArgs, Text};
pub(super) use serve::ServeArgs;
pub(super) use supplies::{FontArgs, PackArgs};

use super::icons::IconsArgs;
use super::limits::{self, Limit};
use clap::{Parser, Subcommand};

const WATCH_EXAMPLES: &str = "Examples:
  skyplan watch                        keeps all pictures of skyplan.toml up to date
  skyplan watch web.toml --format png  writes web.png at every save of web.toml";

const START: &str = "Start here:
  skyplan new web          writes web.toml: a small, commented diagram
  skyplan render web.toml  draws it as web.svg
  skyplan serve web.toml   shows it in the browser, as it is at every save
  skyplan kinds cache      finds the names of services

Exit codes:
  0  done
  1  something in the input is wrong, a picture is stale, or a file cannot be read or written
  2  wrong arguments";

/// Draws cloud architecture diagrams from TOML.
#[derive(Debug, Parser)]
#[command(name = "skyplan", version, about, max_term_width = 100, after_help = START)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// Another limit than the usual: file-bytes=4194304, elements=20000, links=50000, depth=500, pixels=100000000. May be given several times.
    #[arg(long, global = true, value_name = "NAME=NUMBER", value_parser = limits::parse)]
    pub(super) limit: Vec<Limit>,
    /// Let diagrams include files and show icons from any folder, not only from below their own: for files that you trust.
    #[arg(long, global = true)]
    pub(super) allow_outside: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a small, commented diagram to start from.
    New(Later<NewArgs>),
    /// Draw diagrams as SVG, PNG, PDF or HTML.
    Render(Later<RenderArgs>),
    /// Show diagrams in the browser, as they are at every save, until stopped; on this machine only.
    Serve(Later<ServeArgs>),
    /// Draw again whatever changes, until stopped.
    #[command(after_help = WATCH_EXAMPLES)]
    Watch(Later<DrawArgs>),
    /// Report what is wrong or doubtful, without drawing.
    Check(Later<CheckArgs>),
    /// List the kinds of services.
    Kinds(Later<KindsArgs>),
    /// Install, list, search, remove and draw icon packs.
    Icons(Later<IconsArgs>),
    /// Draw the ```skyplan fences of Markdown files beside them, and keep the links to the pictures up to date.
    Embed(Later<EmbedArgs>),
    /// Draw the ```skyplan fences of a book: a preprocessor that mdBook starts.
    Mdbook(Later<MdbookArgs>),
    /// Write the layout of a diagram (.toml) or of a plain graph (.json) as JSON.
    Layout(Later<LayoutArgs>),
    /// Print the JSON Schema of diagrams or of skyplan.toml, for editors.
    Schema(Later<SchemaArgs>),
    /// Print what a shell needs to complete commands and options.
    Completions(Later<CompletionsArgs>),
    /// Print the manual page, or write those of all commands into a folder.
    Man(Later<ManArgs>),
}

impl Command {
    /// How it speaks; a command that never does has nothing to say about it.
    pub(super) fn messages(&self) -> FindingArgs {
        let spoken = |messages: &MessageArgs| FindingArgs { messages: messages.clone(), deny_warnings: false };
        match self {
            Self::Render(Later(args)) => args.draw.findings.clone(),
            Self::Watch(Later(args)) => args.findings.clone(),
            Self::Check(Later(args)) => args.findings.clone(),
            Self::Layout(Later(args)) => args.findings.clone(),
            Self::Embed(Later(args)) => args.findings.clone(),
            Self::Mdbook(Later(args)) => args.findings.clone(),
            Self::Serve(Later(args)) => spoken(&args.messages),
            Self::Kinds(Later(args)) => spoken(&args.messages),
            Self::Icons(Later(args)) => spoken(&args.messages),
            Self::New(Later(args)) => spoken(&args.messages),
            Self::Man(Later(args)) => spoken(&args.messages),
            Self::Completions(_) | Self::Schema(_) => FindingArgs::default(),
        }
    }
}
