//! Colours: parsing, mixing, contrast as WCAG 2 defines it.

use std::fmt::{self, Write as _};

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Color {
    /// Red, 0 to 255.
    pub r: u8,
    /// Green, 0 to 255.
    pub g: u8,
    /// Blue, 0 to 255.
    pub b: u8,
}

impl Color {
    /// White.
    pub const WHITE: Self = Self::hex(0xFFFFFF);
    /// Black.
    pub const BLACK: Self = Self::hex(0);

    /// The colour of a number written like `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self { r, g, b }
    }

    /// Reads `#rrggbb` or `#rgb`, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let digit = |c: char| c.to_digit(16).and_then(|d| u8::try_from(d).ok());
        let values: Vec<u8> = digits.chars().map(digit).collect::<Option<_>>()?;
        match *values.as_slice() {
            [r, g, b] => Some(Self { r: r * 17, g: g * 17, b: b * 17 }),
            [r1, r0, g1, g0, b1, b0] => Some(Self { r: r1 * 16 + r0, g: g1 * 16 + g0, b: b1 * 16 + b0 }),
            _ => None,
        }
    }

    /// This colour with `percent` (0 to 100) of it replaced by `other`.
    #[must_use]
    pub fn mixed(self, other: Self, percent: u32) -> Self {
        let percent = percent.min(100);
        let mix = |a: u8, b: u8| {
            let sum = u32::from(a) * (100 - percent) + u32::from(b) * percent;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b) }
    }

    /// Relative luminance, 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Contrast ratio of two colours, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        contrast(self.luminance(), other.luminance())
    }

    /// The nearest shade of this colour that reads as text on `ground`: darker on a light ground, lighter on a dark one, contrast at least 4.5.
    #[must_use]
    pub fn readable_on(self, ground: Self) -> Self {
        let behind = ground.luminance();
        let on_ground = |c: Self| contrast(c.luminance(), behind);
        if on_ground(self) >= 4.5 {
            return self;
        }
        let toward = if on_ground(Self::BLACK) >= on_ground(Self::WHITE) { Self::BLACK } else { Self::WHITE };
        // What does not read on the ground yet reads on it from some share of black or white on.
        let (mut low, mut high) = (1, 50);
        while low < high {
            let middle = u32::midpoint(low, high);
            if on_ground(self.mixed(toward, 2 * middle)) < 4.5 { low = middle + 1 } else { high = middle }
        }
        self.mixed(toward, 2 * low)
    }
}

/// Contrast ratio of two luminances.
fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |d: u8| char::from(if d < 10 { b'0' + d } else { b'a' + d - 10 });
        f.write_char('#')?;
        [self.r, self.g, self.b].iter().flat_map(|c| [c >> 4, c & 15]).try_for_each(|d| f.write_char(digit(d)))
    }
}

/// A colour in the light and in the dark picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Paint {
    /// On a light page.
    pub light: Color,
    /// On a dark page.
    pub dark: Color,
}

impl Paint {
    /// The colours of two numbers written like `0xRRGGBB`.
    pub const fn new(light: u32, dark: u32) -> Self {
        Self { light: Color::hex(light), dark: Color::hex(dark) }
    }

    /// One colour for both.
    pub const fn same(color: Color) -> Self {
        Self { light: color, dark: color }
    }

    /// Each of the two made readable on its own ground.
    #[must_use]
    pub fn readable_on(self, ground: Self) -> Self {
        Self { light: self.light.readable_on(ground.light), dark: self.dark.readable_on(ground.dark) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_in_both_lengths() {
        assert_eq!(Color::parse("#fA0"), Some(Color::hex(0xFFAA00)));
        assert_eq!(Color::parse("#01a88D"), Some(Color::hex(0x01A88D)));
        assert_eq!(Color::parse("01a88d"), None);
        assert_eq!(Color::parse("#ffé"), None);
    }

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn a_pale_colour_becomes_readable_on_white() {
        assert!(Color::hex(0x00A4A6).readable_on(Color::WHITE).contrast(Color::WHITE) >= 4.5);
    }
}
