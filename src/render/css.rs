//! Colours as attributes, and for pictures that follow their reader's system a style sheet for dark ones.

use crate::scene::Scene;
use crate::theme::{Color, Mode, Paint};
use std::collections::BTreeSet;

/// An attribute that holds a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Property {
    /// Inside of shapes, and letters.
    Fill,
    /// Lines.
    Stroke,
    /// What `currentColor` stands for in a pictogram.
    Color,
}

impl Property {
    /// Name of the attribute.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Stroke => "stroke",
            Self::Color => "color",
        }
    }
}

/// Chooses colours; remembers which differ on dark pages.
///
/// A colour is always written as a plain attribute, so that programs without style sheets draw the light picture; where the dark one differs, a class says so in a
/// `prefers-color-scheme` rule, which wins over the attribute.
#[derive(Debug)]
pub(super) struct Palette {
    mode: Mode,
    pairs: BTreeSet<(Property, Color, Color)>,
}

impl Palette {
    /// The palette of a scene.
    pub(super) fn new(scene: &Scene) -> Self {
        Self { mode: scene.mode, pairs: BTreeSet::new() }
    }

    /// The attribute's value, and the class to add, if any.
    pub(super) fn pick(&mut self, property: Property, paint: Paint) -> (Color, Option<String>) {
        match self.mode {
            Mode::Light => (paint.light, None),
            Mode::Dark => (paint.dark, None),
            Mode::Auto if paint.light == paint.dark => (paint.light, None),
            Mode::Auto => {
                self.pairs.insert((property, paint.light, paint.dark));
                (paint.light, Some(class_name(property, paint.light, paint.dark)))
            }
        }
    }

    /// The style sheet's rules for dark pages; empty where none differ.
    pub(super) fn style(&self) -> String {
        if self.pairs.is_empty() {
            return String::new();
        }
        let rule = |&(property, light, dark): &(Property, Color, Color)| {
            format!(".{}{{{}:{dark}}}", class_name(property, light, dark), property.name())
        };
        let rules: String = self.pairs.iter().map(rule).collect();
        format!("@media (prefers-color-scheme:dark){{{rules}}}")
    }
}

/// Says what it does, so that two pictures in one page never disagree about a class.
fn class_name(property: Property, light: Color, dark: Color) -> String {
    format!("{}-{light}-{dark}", property.name()).replace('#', "")
}
