//! The mark that stands for a character no font has: a frame with the character's number in it.

use super::face::{Glyph, Loaded};
use super::outline::Outline;

/// Height of the frame: that of capitals, in em.
const HEIGHT: f64 = 0.74;
/// Thickness of the frame.
const LINE: f64 = 0.05;
/// Size of its digits, in em.
const DIGITS: f64 = 0.38;
/// From one digit to the next.
const STEP: f64 = 0.225;
/// Baselines of its two lines: capitals are 0.733 em high, and the same gap is over, between and under the lines.
const LOWER: f64 = 0.078;
const UPPER: f64 = 0.385;
/// Left and right of the frame.
const SIDE: f64 = 0.06;

/// Digits of a line of the frame: four in two lines, or six.
fn columns(c: char) -> usize {
    if u32::from(c) > 0xFFFF { 3 } else { 2 }
}

fn frame_width(c: char) -> f64 {
    STEP * columns(c) as f64 + 2.0 * LINE + 0.08
}

/// The mark as a glyph without a font: its number is the character.
pub(super) fn glyph(at: usize, c: char) -> Glyph {
    let advance = frame_width(c) + 2.0 * SIDE;
    Glyph { id: u32::from(c), at, advance, offset: (0.0, 0.0), natural: 0, kern: 0, shift: 0, parted: true }
}

/// Draws the mark of a character, its left end at `x`; the digits are those of `face`.
pub(super) fn draw(c: char, x: f64, face: Option<&Loaded>, outline: &mut Outline) {
    let (left, width) = (x + SIDE, frame_width(c));
    outline.rect(left, 0.0, width, HEIGHT);
    outline.hole(left + LINE, LINE, width - 2.0 * LINE, HEIGHT - 2.0 * LINE);
    let columns = columns(c);
    let digits = format!("{:0len$X}", u32::from(c), len = 2 * columns);
    let Some(face) = face else { return };
    let map = face.characters();
    for (i, digit) in digits.chars().enumerate() {
        let Some(id) = map.glyph(digit) else { continue };
        let own = face.advance(id.to_u32()) * DIGITS;
        let column = left + LINE + 0.04 + STEP * (i % columns) as f64;
        let y = if i < columns { UPPER } else { LOWER };
        outline.glyph(face, id.to_u32(), column + (STEP - own) / 2.0, y, DIGITS);
    }
}
