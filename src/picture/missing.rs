//! Warnings about characters that no font has; the picture shows a mark in their place.

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{At, Document};
use crate::measure::{Measured, TextLine};
use crate::text::Compositor;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// Characters that a message names; the others are counted.
const NAMED: usize = 4;

/// Tells each text of which a character cannot be drawn, at that character.
pub(super) fn report(document: &Document, measured: &Measured, set: &Compositor<'_>, findings: &mut Diagnostics) {
    // Letters of ASCII come again and again, and would be most of what is sorted.
    let mut known = [false; 128];
    let mut is_new = |c: &char| known.get_mut(*c as usize).is_none_or(|known| !std::mem::replace(known, true));
    let mut all: Vec<char> = lines(measured).flat_map(|line| line.text.chars()).filter(|c| is_new(c)).collect();
    all.sort_unstable();
    all.dedup();
    let mut undrawn: BTreeSet<char> = set.missing(&all.iter().collect::<String>()).into_iter().collect();
    if undrawn.is_empty() {
        return;
    }
    let mut told = BTreeSet::new();
    for text in document.drawn_texts(measured.topology.lang.as_deref()) {
        let mut missing = set.missing(&text.value.nfc().collect::<String>());
        missing.retain(|c| undrawn.contains(c));
        told.extend(missing.iter().copied());
        tell(&missing, Some(text), findings);
    }
    // Whatever else is drawn: names made from ids and kinds.
    undrawn.retain(|c| !told.contains(c));
    tell(&undrawn.into_iter().collect::<Vec<_>>(), None, findings);
}

/// Everything that is drawn.
fn lines(measured: &Measured) -> impl Iterator<Item = &TextLine> {
    let lists = [
        &measured.captions,
        &measured.titles,
        &measured.span_titles,
        &measured.labels,
        &measured.steps,
        &measured.notes,
        &measured.legend,
    ];
    lists.into_iter().flatten().chain(&measured.heading).flat_map(|block| &block.lines)
}

fn tell(missing: &[char], text: Option<&At<String>>, findings: &mut Diagnostics) {
    let Some(&first) = missing.first() else { return };
    let named: Vec<String> = missing.iter().take(NAMED).map(|&c| name(c)).collect();
    let more = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let message = format!("no font has {}{more}", named.join(", "));
    let help = if missing.iter().all(|c| c.is_control()) {
        "take the control characters out; numbered frames stand for them in the picture"
    } else {
        "give a font that has them with --font-dir DIR, or use --system-fonts; numbered frames stand for them until then"
    };
    findings.push(Diagnostic::warning("missing-glyph", message, text.map(|text| place(first, text))).help(help));
}

/// A character and its number; of those that are no letters only the number.
fn name(c: char) -> String {
    let shown = !c.is_control() && c.escape_debug().len() == 1;
    let letter = if shown { format!("`{c}` ") } else { String::new() };
    let number = format!("U+{:04X}", u32::from(c));
    if shown { format!("{letter}({number})") } else { number }
}

/// Where a character stands: itself if it is written so, else the whole text.
fn place(c: char, text: &At<String>) -> Place {
    let Place { source, range } = &text.place;
    let written = source.text.get(range.clone()).unwrap_or_default();
    let range = written.find(c).map_or(range.clone(), |at| range.start + at..range.start + at + c.len_utf8());
    Place { source: source.clone(), range }
}
