//! Fonts: widths of texts, breaking them into lines, and the part of a font that a picture needs.
//!
//! The default family, Noto Sans KR in two weights, is inside the library; see `fonts/subset.sh` for how its files are made. It has no kerning, so the
//! width of a text is the sum of its advances, here as in every renderer.

mod breaking;
mod face;
mod subset;

use crate::measure::Ruler;
use crate::theme::FontSpec;
use base64::Engine as _;
use face::Face;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Family name of the embedded fonts.
pub const FAMILY: &str = "Noto Sans KR";
/// Families that stand in for the embedded one where a reader's program does not take fonts from the file.
const STAND_INS: &str = "\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif";

static REGULAR: &[u8] = include_bytes!("fonts/NotoSansKR-Regular.ttf");
static BOLD: &[u8] = include_bytes!("fonts/NotoSansKR-Bold.ttf");

/// The fonts of a run: one family in two weights.
pub struct Fonts {
    faces: [Face<'static>; 2],
}

impl Default for Fonts {
    fn default() -> Self {
        Self::embedded()
    }
}

/// The value of a picture's `font-family`, and its `@font-face` rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Embedded {
    /// `font-family`.
    pub family: String,
    /// Rules with the fonts as data; empty where none are embedded.
    pub css: String,
}

impl Fonts {
    /// The fonts inside the library. Costs next to nothing: pages of the files are touched when a glyph is.
    pub fn embedded() -> Self {
        Self { faces: [Face::new(REGULAR), Face::new(BOLD)] }
    }

    fn face(&self, font: FontSpec) -> &Face<'static> {
        &self.faces[usize::from(font.bold)]
    }

    /// Characters of a text for which there is no glyph, each once, in order.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut found = Vec::new();
        for c in text.chars() {
            if !c.is_control() && !breaking::invisible(c) && self.faces[0].glyph(c) == 0 && !found.contains(&c) {
                found.push(c);
            }
        }
        found
    }

    /// The names that a picture gives its font without embedding any.
    pub fn named() -> Embedded {
        Embedded { family: STAND_INS.to_owned(), css: String::new() }
    }

    /// The glyphs of some characters as `@font-face` rules, under a family name made from their content: pictures in one page never take each other's.
    /// `used` holds the characters of each weight.
    pub fn embed(&self, used: [&BTreeSet<char>; 2]) -> Embedded {
        let mut rules = Vec::new();
        let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
        for (weight, (face, chars)) in [400, 700].into_iter().zip(self.faces.iter().zip(used)) {
            if chars.is_empty() {
                continue;
            }
            let Some(file) = subset::subset(face, chars) else { continue };
            for byte in &file {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
            }
            rules.push((weight, base64::engine::general_purpose::STANDARD.encode(file)));
        }
        let family = format!("Skyplan-{hash:016x}");
        let mut css = String::new();
        for (weight, data) in &rules {
            let _ = write!(
                css,
                "@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(data:font/ttf;base64,{data}) format(\"truetype\")}}"
            );
        }
        Embedded { family: format!("\"{family}\",{STAND_INS}"), css }
    }

    /// The embedded fonts for the renderer of PNG and PDF: no font of the machine is ever used.
    #[cfg(feature = "png")]
    pub fn database(&self) -> std::sync::Arc<resvg::usvg::fontdb::Database> {
        use resvg::usvg::fontdb::{Database, Source};
        let mut database = Database::new();
        for file in [REGULAR, BOLD] {
            database.load_font_source(Source::Binary(std::sync::Arc::new(file)));
        }
        database.set_sans_serif_family(FAMILY);
        std::sync::Arc::new(database)
    }
}

impl Ruler for Fonts {
    fn width(&self, text: &str, font: FontSpec) -> f64 {
        self.face(font).width(text, font.size)
    }

    fn break_lines(&self, text: &str, font: FontSpec, width: f64) -> Vec<String> {
        breaking::break_lines(text, width, &|piece| self.width(piece, font))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font(bold: bool) -> FontSpec {
        FontSpec { size: 12.0, bold }
    }

    #[test]
    fn every_hangul_syllable_has_a_glyph() {
        let all: String = ('\u{AC00}'..='\u{D7A3}').collect();
        assert_eq!(Fonts::embedded().missing(&all), Vec::<char>::new());
    }

    #[test]
    fn emoji_are_missing_and_named() {
        assert_eq!(Fonts::embedded().missing("a🚀b"), vec!['🚀']);
    }

    #[test]
    fn korean_breaks_between_words_first() {
        let fonts = Fonts::embedded();
        let lines = fonts.break_lines("Django 웹 애플리케이션을 배포합니다", font(false), 110.0);
        assert_eq!(lines, ["Django 웹", "애플리케이션을", "배포합니다"].map(str::to_owned)[..].to_vec());
    }

    #[test]
    fn words_too_long_for_a_line_are_cut() {
        let fonts = Fonts::embedded();
        let lines = fonts.break_lines(&"x".repeat(60), font(false), 100.0);
        assert!(lines.len() > 2 && lines.iter().all(|l| fonts.width(l, font(false)) <= 100.0));
    }
}
