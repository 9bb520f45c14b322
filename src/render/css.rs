//! Colours as attributes, and for pictures that follow their reader's system a style sheet for dark ones.

use super::tags::Tags;
use crate::scene::Scene;
use crate::theme::{Color, Mode, Paint};
use std::collections::BTreeSet;
use std::fmt::Write;

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

    /// Adds the attributes of an element's colours, and its class if any of them differs on dark pages.
    pub(super) fn paint(&mut self, tags: &mut Tags, paints: &[(Property, Paint)]) {
        let mut classes = Vec::new();
        for &(property, paint) in paints {
            let color = if self.mode == Mode::Dark { paint.dark } else { paint.light };
            // Writing to a string cannot fail.
            tags.raw(property.name(), |out| _ = write!(out, "{color}"));
            if self.mode == Mode::Auto && paint.light != paint.dark {
                self.pairs.insert((property, paint.light, paint.dark));
                classes.push(class_name(property, paint.light, paint.dark));
            }
        }
        if !classes.is_empty() {
            tags.text("class", &classes.join(" "));
        }
    }

    /// The style sheet's rules for dark pages, those of the icons among them; empty where nothing differs.
    pub(super) fn style(&self, icons: &str) -> String {
        if self.mode != Mode::Auto || (self.pairs.is_empty() && icons.is_empty()) {
            return String::new();
        }
        let rule = |&(property, light, dark): &(Property, Color, Color)| {
            format!(".{}{{{}:{dark}}}", class_name(property, light, dark), property.name())
        };
        let rules: String = self.pairs.iter().map(rule).collect();
        format!("@media (prefers-color-scheme:dark){{{rules}{icons}}}")
    }
}

/// Says what it does, so that two pictures in one page never disagree about a class.
fn class_name(property: Property, light: Color, dark: Color) -> String {
    format!("{}-{light}-{dark}", property.name()).replace('#', "")
}
