//! How far a run is: a bar on a terminal, nothing elsewhere.

use super::report::Voice;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar, where there is one.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar for so many steps, if anybody would see it: a project's run on a terminal.
    pub(super) fn new(steps: usize, project: bool, voice: &Voice) -> Self {
        if !project || !voice.is_live() || steps < 2 {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr());
        // The template is a constant: if it were wrong, the bar would only look different.
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        Self(Some(bar))
    }

    /// One step is done.
    pub(super) fn step(&self, title: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(title.to_owned());
            bar.inc(1);
        }
    }

    /// All steps are done: the bar goes.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
