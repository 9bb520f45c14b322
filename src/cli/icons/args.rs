//! What can be said after `skyplan icons`.

use crate::cli::args::MessageArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

const ICONS_EXAMPLES: &str = "Examples:
  skyplan icons add ~/Downloads/Asset-Package_07312025.zip   installs AWS's official icons as `aws`
  skyplan icons add iconify-json-logos-1.2.19.tgz            installs an Iconify set as `logos`
  skyplan icons add art/ --as ours --here                    keeps a folder's icons with the project
  skyplan icons search lambda
  skyplan icons sheet aws -o aws.png
Then say icons = \"aws\" in a diagram, or icon = \"logos:redis\" at a service.";

/// `skyplan icons`.
#[derive(Debug, Args)]
#[command(after_help = ICONS_EXAMPLES)]
pub(in crate::cli) struct IconsArgs {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: IconsCommand,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) messages: MessageArgs,
}

/// Its commands.
#[derive(Debug, Subcommand)]
pub(super) enum IconsCommand {
    /// Install a pack: AWS's asset package, an Iconify JSON file or npm tarball, or a folder or archive of SVG and PNG.
    Add(AddArgs),
    /// List the packs that diagrams in this folder find.
    List,
    /// Search all packs and our own drawings.
    Search(SearchArgs),
    /// Remove a pack.
    Remove(RemoveArgs),
    /// Draw all icons of a pack, or our own, on one sheet by category.
    Sheet(SheetArgs),
}

/// `skyplan icons add`.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// A zip or tar archive, a JSON file, or a folder.
    #[arg(value_name = "PATH")]
    pub(super) path: PathBuf,
    /// The name of the pack in diagrams; by default `aws`, the Iconify prefix, or the name of the folder or archive.
    #[arg(long = "as", value_name = "NAME", value_parser = pack_name)]
    pub(super) name: Option<String>,
    /// Keep it in `.skyplan/icons` of this folder, for diagrams here and below, in place of the user's data folder.
    #[arg(long)]
    pub(super) here: bool,
}

/// `skyplan icons search`.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Words that the name must hold.
    #[arg(required = true, value_name = "WORD")]
    pub(super) words: Vec<String>,
}

/// `skyplan icons remove`.
#[derive(Debug, Args)]
pub(super) struct RemoveArgs {
    /// The pack's name.
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    /// Remove the one in `.skyplan/icons` of this folder, not the user's.
    #[arg(long)]
    pub(super) here: bool,
}

/// `skyplan icons sheet`.
#[derive(Debug, Args)]
pub(super) struct SheetArgs {
    /// The pack; our own drawings by default.
    #[arg(value_name = "PACK")]
    pub(super) pack: Option<String>,
    /// Only icons of which the name holds this word.
    #[arg(long, value_name = "WORD")]
    pub(super) only: Option<String>,
    /// Where to: an SVG or PNG file, by its ending.
    #[arg(short, long, value_name = "FILE", default_value = "icons.svg")]
    pub(super) output: PathBuf,
    /// `light`, `dark` or `auto`.
    #[arg(long, value_name = "THEME", default_value = "light")]
    pub(super) theme: String,
    /// Edge of an icon in pixels.
    #[arg(long, value_name = "PIXELS", default_value_t = 48, value_parser = clap::value_parser!(u32).range(12..=256))]
    pub(super) size: u32,
    /// Pixels of a PNG for each CSS pixel.
    #[arg(long, value_name = "FACTOR", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=8))]
    pub(super) scale: u32,
}

/// Names that diagrams can write before a colon, and that are no folder's path.
pub(super) fn pack_name(text: &str) -> Result<String, String> {
    let good = (2..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    match (good, text) {
        (_, crate::topology::OWN_PACK) => Err("this is the name of our own drawings".to_owned()),
        (true, name) => Ok(name.to_owned()),
        (false, _) => Err("a name is 2 to 64 small Latin letters, digits, `-` and `_`".to_owned()),
    }
}
