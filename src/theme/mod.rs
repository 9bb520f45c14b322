//! How a picture looks: every colour, gap and size, with its unit and default. See [`Theme`].

mod color;
mod colors;
mod file;
mod names;
mod sizes;

pub use color::{Color, Paint};
pub use colors::{Colors, GroupLook, TitleStyle};
pub use sizes::Sizes;

use crate::measure::TextRole;

/// Whether a picture is light, dark, or follows its reader's system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// For light pages.
    #[default]
    Light,
    /// For dark pages.
    Dark,
    /// One SVG that follows the reader's system; light where there is none to follow (PNG, PDF, printing).
    Auto,
}

/// Every value that decides how a picture looks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// Light, dark or both.
    pub mode: Mode,
    /// Colours.
    pub colors: Colors,
    /// Lengths.
    pub sizes: Sizes,
}

impl Theme {
    /// The names [`Theme::named`] knows.
    pub const NAMES: [&str; 3] = ["light", "dark", "auto"];

    /// One of the themes that come with the program.
    pub fn named(name: &str) -> Option<Self> {
        let mode = match name {
            "light" => Mode::Light,
            "dark" => Mode::Dark,
            "auto" => Mode::Auto,
            _ => return None,
        };
        Some(Self { mode, ..Self::default() })
    }

    /// Size and weight of a text, by its role.
    pub fn font(&self, role: TextRole) -> FontSpec {
        let s = &self.sizes;
        let (size, bold) = match role {
            TextRole::Title => (s.title_text, true),
            TextRole::Subtitle => (s.subtitle_text, false),
            TextRole::GroupTitle => (s.group_text, false),
            TextRole::Caption => (s.caption_text, false),
            TextRole::Note => (s.note_text, false),
            TextRole::LinkLabel => (s.label_text, false),
            TextRole::StepNumber => (s.step_text, true),
            TextRole::Prose => (s.prose_text, false),
        };
        FontSpec { size, bold }
    }

    /// Height of a line of text in pixels, by its role.
    pub fn line_height(&self, role: TextRole) -> f64 {
        let factor = if role == TextRole::Prose { self.sizes.prose_leading } else { self.sizes.leading };
        self.font(role).size * factor
    }
}

/// Size and weight of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FontSpec {
    /// Size in pixels per em.
    pub size: f64,
    /// Bold or regular.
    pub bold: bool,
}
