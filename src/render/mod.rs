//! Scene -> SVG; SVG -> PNG.
