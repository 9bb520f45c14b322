//! What matters about single characters.

use harfrust::Script;
use skrifa::Tag;
use unicode_script::UnicodeScript as _;

/// Characters that take no room and need no glyph: joiners, marks of direction, selectors of variants.
pub(super) fn invisible(c: char) -> bool {
    // None is ASCII: to say so spares most characters the ranges.
    !c.is_ascii()
        && matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Characters that no font should have: what stands in XML at best as a replacement.
pub(super) fn unprintable(c: char) -> bool {
    c.is_control()
        || !c.is_ascii() && (matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF) || matches!(c, '\u{FDD0}'..='\u{FDEF}'))
}

/// Where a line ends whatever its width.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Blanks that SVG draws as one, and not at all at a line's ends.
pub(super) fn blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r')
}

/// Whether a text has letters, numbers or marks that run from right to left.
pub(super) fn mixes_directions(text: &str) -> bool {
    use unicode_bidi::BidiClass::{AL, AN, FSI, LRE, LRI, LRO, PDF, PDI, R, RLE, RLI, RLO};
    let turns =
        |c| matches!(unicode_bidi::bidi_class(c), R | AL | AN | RLE | RLO | RLI | LRE | LRO | LRI | FSI | PDF | PDI);
    // Nothing below Hebrew turns; Hangul, kana and han neither.
    text.chars().any(|c| c >= '\u{590}' && !matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3000}'..='\u{D7FF}') && turns(c))
}

/// Characters that browsers draw in colour, from a font of their own choice: in a picture they are drawings.
pub(super) fn is_emoji(cluster: &str) -> bool {
    cluster.contains(['\u{FE0F}', '\u{20E3}'])
        || cluster.chars().next().is_some_and(|c| {
            matches!(c, '\u{1F000}'..='\u{1FAFF}')
                || matches!(u32::from(c),
                    0x231A | 0x231B | 0x23E9..=0x23EC | 0x23F0 | 0x23F3 | 0x25FD | 0x25FE | 0x2614 | 0x2615
                    | 0x2648..=0x2653 | 0x267F | 0x2693 | 0x26A1 | 0x26AA | 0x26AB | 0x26BD | 0x26BE | 0x26C4
                    | 0x26C5 | 0x26CE | 0x26D4 | 0x26EA | 0x26F2 | 0x26F3 | 0x26F5 | 0x26FA | 0x26FD | 0x2705
                    | 0x270A | 0x270B | 0x2728 | 0x274C | 0x274E | 0x2753..=0x2755 | 0x2757 | 0x2795..=0x2797
                    | 0x27B0 | 0x27BF | 0x2B1B | 0x2B1C | 0x2B50 | 0x2B55)
        })
}

/// The script of a character; `None` for those that go with any.
pub(super) fn script(c: char) -> Option<Script> {
    use unicode_script::Script as Unicode;
    if c.is_ascii() {
        return c.is_ascii_alphabetic().then_some(harfrust::script::LATIN);
    }
    match c.script() {
        Unicode::Common | Unicode::Inherited | Unicode::Unknown => None,
        script => {
            let name: [u8; 4] = script.short_name().as_bytes().try_into().ok()?;
            Script::from_iso15924_tag(Tag::new(&name))
        }
    }
}

/// Whether letters of two scripts make up one word, and so should come from one font: Japanese mixes three.
pub(super) fn go_together(a: Script, b: Script) -> bool {
    use harfrust::script::{BOPOMOFO, HAN, HIRAGANA, KATAKANA};
    let east = |s| [BOPOMOFO, HAN, HIRAGANA, KATAKANA].contains(&s);
    a == b || east(a) && east(b)
}
