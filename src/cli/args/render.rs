//! What can be said after `skyplan render` and `skyplan watch`.

use super::format::Format;
use super::messages::FindingArgs;
use super::supplies::{FontArgs, PackArgs};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const RENDER_EXAMPLES: &str = "Examples:
  skyplan render                                 draws what skyplan.toml says
  skyplan render web.toml                        writes web.svg beside it
  skyplan render diagrams/ -o out/ --format png  draws a folder
  cat web.toml | skyplan render - -o - > web.svg";

/// `skyplan render`.
#[derive(Debug, Args)]
#[command(after_help = RENDER_EXAMPLES)]
pub(in crate::cli) struct RenderArgs {
    /// What is drawn, and how.
    #[command(flatten)]
    pub(in crate::cli) draw: DrawArgs,
    /// Draw all pictures of a project, also those whose inputs have not changed.
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Write nothing; exit with 1 if a file that would be written is missing or different.
    #[arg(long)]
    pub(in crate::cli) check: bool,
    /// Print the layout's quality: crossings, bends, length, area, aspect, and its form if that is a plainer one.
    #[arg(long)]
    pub(in crate::cli) report: bool,
}

/// What is drawn, and how: `skyplan render` and `skyplan watch`.
#[derive(Debug, Args)]
pub(in crate::cli) struct DrawArgs {
    /// Diagrams, folders of diagrams, or `-` for standard input; all of the project by default.
    #[arg(value_name = "FILE")]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// The project file; by default skyplan.toml here or in the nearest folder around this one.
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub(in crate::cli) project: Option<PathBuf>,
    /// A file, a folder (ending in `/`, or there already), or `-` for standard output; beside the input by default.
    #[arg(short, long, value_name = "PATH")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// What to write, separated by commas; by default what the output's name says, else SVG.
    #[arg(long, value_delimiter = ',', value_name = "FORMAT")]
    pub(in crate::cli) format: Vec<Format>,
    /// Pixels of a PNG for each CSS pixel; 2 by default.
    #[arg(long, value_name = "FACTOR", value_parser = factor)]
    pub(in crate::cli) scale: Option<f64>,
    /// Width of a PNG in pixels, in place of --scale.
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(1..=20000))]
    pub(in crate::cli) width: Option<u32>,
    /// Whether PNG files are made quickly, or with less than half the bytes.
    #[arg(long, value_enum, default_value = "quick", value_name = "HOW")]
    pub(in crate::cli) packing: Packed,
    /// No background.
    #[arg(long)]
    pub(in crate::cli) transparent: bool,
    /// Language of the texts, such as `ko`; the document's first one by default.
    #[arg(long, value_name = "TAG")]
    pub(in crate::cli) lang: Option<String>,
    /// Draw this view only, into NAME.VIEW.svg.
    #[arg(long, value_name = "VIEW", conflicts_with = "all_views")]
    pub(in crate::cli) view: Option<String>,
    /// Draw each view too, into NAME.VIEW.svg.
    #[arg(long)]
    pub(in crate::cli) all_views: bool,
    /// `light`, `dark`, `auto` (follows the reader's system), or a theme file.
    #[arg(long, value_name = "THEME")]
    pub(in crate::cli) theme: Option<String>,
    /// Icons in place of our own drawings.
    #[command(flatten)]
    pub(in crate::cli) packs: PackArgs,
    /// How texts stand in an SVG; `embed` by default.
    #[arg(long, value_enum, value_name = "HOW")]
    pub(in crate::cli) text: Option<Text>,
    /// Fonts for what the embedded ones lack.
    #[command(flatten)]
    pub(in crate::cli) fonts: FontArgs,
    /// How it speaks.
    #[command(flatten)]
    pub(in crate::cli) findings: FindingArgs,
}

/// What making a PNG is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Packed {
    /// About 1 ms a megapixel.
    Quick,
    /// Less than half the bytes, eight times the time.
    Small,
}

/// How texts stand in an SVG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Text {
    /// As text, with the glyphs it needs in the file.
    Embed,
    /// As paths: the same even where no font may be loaded.
    Outline,
    /// As text that names fonts.
    System,
}

fn factor(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(f) if f.is_finite() && f > 0.0 && f <= 20.0 => Ok(f),
        _ => Err("must be a number above 0 and at most 20".to_owned()),
    }
}
