//! The list of what is drawn, back to front.

use super::page::Page;
use super::pen::Pen;
use super::{Scene, describe, groups, links, panel, services};
use crate::catalogue::Entry;
use crate::diagnostic::Diagnostics;
use crate::layout::Layout;
use crate::measure::Measured;
use crate::theme::Theme;

/// Finds a catalogue entry by its id: groups' badges are entries of the catalogue.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<&'static Entry>;

/// Turns places into shapes. What cannot be drawn as asked goes to `findings`.
pub fn draw(
    measured: &Measured,
    layout: &Layout,
    theme: &Theme,
    catalogue: Lookup<'_>,
    findings: &mut Diagnostics,
) -> Scene {
    let page = Page::plan(measured, layout, theme);
    let mut pen = Pen::new(measured, layout, theme, catalogue, &page, findings);
    panel::heading(&mut pen);
    groups::groups(&mut pen);
    groups::spans(&mut pen);
    links::links(&mut pen);
    services::services(&mut pen);
    panel::panel(&mut pen);
    let ties = pen.ties();
    let (symbols, parts) = pen.finish();
    let topology = &measured.topology;
    Scene {
        size: page.size,
        shown_width: topology.page.width,
        mode: theme.mode,
        background: theme.colors.background,
        title: describe::title(topology),
        description: describe::description(topology),
        lang: topology.lang.clone(),
        symbols,
        parts,
        ties,
        steps: topology.steps.iter().map(|s| (s.number, s.text.clone())).collect(),
    }
}
