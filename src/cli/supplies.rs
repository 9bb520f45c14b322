//! What pictures are drawn with that is neither the program's nor the diagram's: fonts, and icon packs.

use super::args::{FontArgs, PackArgs};
use super::fonts::fonts;
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
    pub(super) fn of(with: &FontArgs, packs: &PackArgs, project: Option<&Project>, findings: &mut Diagnostics) -> Self {
        let folders = project.map(|p| p.fonts.as_slice()).unwrap_or_default();
        Self { fonts: fonts(with, folders, findings), packs: packs_of(packs, project) }
    }

    /// Those of a command that is not about a project's diagrams, where a project around the current folder still says with what is drawn.
    pub(super) fn around(with: &FontArgs, packs: &PackArgs, findings: &mut Diagnostics) -> Self {
        let project = Project::find().and_then(|file| Project::read(&file, findings));
        Self::of(with, packs, project.as_ref(), findings)
    }
}

/// Icon packs as the arguments say, else the project.
pub(super) fn packs_of(packs: &PackArgs, project: Option<&Project>) -> Option<Vec<String>> {
    packs.icons.clone().or_else(|| project.and_then(|p| p.icons.clone()))
}
