//! Texts: hostile ones, those in many scripts, and their widths in a browser.
//!
//! * Each file in `hostile/` is drawn, and its picture stays well-formed and whole. Lines that begin with `#!` in it are its findings;
//!   `SKYPLAN_ACCEPT=1 cargo test --test text` writes them anew.
//! * `scripts.toml` has labels in the scripts that the fonts in `fonts/` have letters of.

#![cfg(all(feature = "cli", feature = "png", feature = "pdf"))]

mod browser;
mod hostile;
mod scripts;

use skyplan::text::{FontBytes, FontFile, Fonts};
use std::path::Path;
use std::sync::Arc;

/// The embedded fonts and those in `fonts/`.
fn given_fonts() -> Fonts {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text/fonts");
    let file = |(family, bold, name): (&str, bool, &str)| {
        let path = folder.join(name);
        assert!(path.exists(), "{}", path.display());
        let bytes = FontBytes::Later(Arc::new(move || std::fs::read(&path).ok()));
        FontFile { family: family.to_owned(), bold, bytes, index: 0 }
    };
    Fonts::embedded().with(
        [
            ("Noto Sans CJK JP", false, "NotoSansCJKjp-Regular.otf"),
            ("Noto Sans SC", false, "NotoSansSC-Regular.ttf"),
            ("Noto Sans SC", true, "NotoSansSC-Bold.ttf"),
            ("Noto Sans Arabic", false, "NotoSansArabic-Regular.ttf"),
            ("Noto Sans Hebrew", false, "NotoSansHebrew-Variable.ttf"),
            ("Noto Emoji", false, "NotoEmoji-Regular.ttf"),
        ]
        .map(file),
    )
}
