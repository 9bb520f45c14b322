//! Fonts, shaping, width, line breaking.
