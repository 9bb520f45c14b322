//! What pictures are drawn with that is neither the program's nor the diagram's: fonts, and icon packs.

use super::args::FontArgs;
use super::fonts::FontShelf;
use super::project::Project;
use crate::diagnostic::Diagnostics;
use crate::text::Fonts;
use std::sync::Arc;

/// Fonts and icon packs: what the arguments say, then what the project does.
#[derive(Debug, Clone, Default)]
pub(super) struct Supplies {
    /// The embedded fonts, with others behind them.
    pub(super) fonts: Arc<Fonts>,
    /// Icon packs in place of the documents' own.
    pub(super) packs: Option<Vec<String>>,
}

impl Supplies {
    /// Those of a run. What cannot be read goes into `findings`.
    pub(super) fn of(
        with: &FontArgs,
        icons: Option<&[String]>,
        project: Option<&Project>,
        shelf: &mut FontShelf,
        findings: &mut Diagnostics,
    ) -> Self {
        let folders = project.map(|p| p.fonts.as_slice()).unwrap_or_default();
        let packs = icons.or_else(|| project.and_then(|p| p.icons.as_deref()));
        Self { fonts: shelf.fonts(with, folders, findings), packs: packs.map(<[String]>::to_vec) }
    }
}
