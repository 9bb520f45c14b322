//! Fonts and icon packs: `render`, `watch`, `serve`, `check` and `embed`.

use clap::Args;
use std::path::PathBuf;

/// Icon packs in place of our own drawings.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct PackArgs {
    /// Icon packs in place of our own drawings, separated by commas, or `skyplan` for none; the project's or the document's by default.
    #[arg(long, value_delimiter = ',', value_name = "PACK")]
    pub(in crate::cli) icons: Option<Vec<String>>,
    /// Draw with the icon packs that are there now, also where skyplan.lock names others.
    #[arg(long)]
    pub(in crate::cli) update_icons: bool,
}

/// Fonts for the characters that the embedded ones lack.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct FontArgs {
    /// A folder of fonts (.ttf, .otf, .ttc, .otc) for characters that the embedded ones lack; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) font_dir: Vec<PathBuf>,
    /// Use the machine's fonts for characters that no other font has; pictures may then differ from machine to machine.
    #[arg(long)]
    pub(in crate::cli) system_fonts: bool,
}
