//! Keys whose values are a few fixed words.

use super::{Access, Copies};
use crate::topology::{Flow, Line, Side};

/// A type whose values are words of the language.
pub(super) trait Word: Copy + 'static {
    /// Each word with its value, in the order in which they are offered.
    const WORDS: &'static [(&'static str, Self)];
}

/// The words of a type.
pub(super) fn words<T: Word>() -> Vec<&'static str> {
    T::WORDS.iter().map(|w| w.0).collect()
}

impl Word for Flow {
    const WORDS: &'static [(&'static str, Self)] =
        &[("down", Self::Down), ("right", Self::Right), ("up", Self::Up), ("left", Self::Left)];
}

impl Word for Side {
    const WORDS: &'static [(&'static str, Self)] =
        &[("top", Self::Top), ("right", Self::Right), ("bottom", Self::Bottom), ("left", Self::Left)];
}

impl Word for Line {
    const WORDS: &'static [(&'static str, Self)] =
        &[("solid", Self::Solid), ("dashed", Self::Dashed), ("dotted", Self::Dotted)];
}

impl Word for Copies {
    const WORDS: &'static [(&'static str, Self)] = &[("paired", Self::Paired), ("all", Self::All)];
}

impl Word for Access {
    const WORDS: &'static [(&'static str, Self)] = &[("public", Self::Public), ("private", Self::Private)];
}
