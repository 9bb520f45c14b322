//! One font file: its characters, advances and tables.

use skrifa::prelude::{LocationRef, Size};
use skrifa::raw::{FontRef, TableProvider as _};
use skrifa::{GlyphId, MetadataProvider as _, charmap::Charmap, metrics::GlyphMetrics};

/// A font of the default family.
pub(super) struct Face<'a> {
    charmap: Option<Charmap<'a>>,
    metrics: Option<GlyphMetrics<'a>>,
    units: f64,
    /// The file.
    pub(super) data: &'a [u8],
    /// Widths of ASCII, in units.
    ascii: [f32; 128],
}

impl<'a> Face<'a> {
    /// Reads the headers of a file.
    pub(super) fn new(data: &'a [u8]) -> Self {
        let font = FontRef::new(data).ok();
        let metrics = font.as_ref().map(|f| f.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let charmap = font.as_ref().map(MetadataProviderExt::map);
        let units = font.as_ref().and_then(|f| f.head().ok()).map_or(1000.0, |h| f64::from(h.units_per_em()));
        let mut face = Self { charmap, metrics, units, data, ascii: [0.0; 128] };
        face.ascii = std::array::from_fn(|c| u8::try_from(c).map_or(0.0, |c| face.advance(char::from(c))));
        face
    }

    /// Number of the glyph of a character; 0 for none.
    pub(super) fn glyph(&self, c: char) -> u32 {
        self.charmap.as_ref().and_then(|m| m.map(c)).map_or(0, GlyphId::to_u32)
    }

    fn advance(&self, c: char) -> f32 {
        let glyph = GlyphId::new(self.glyph(c));
        self.metrics.as_ref().and_then(|m| m.advance_width(glyph)).unwrap_or(0.0)
    }

    /// Width of one line at a size in pixels.
    pub(super) fn width(&self, text: &str, size: f64) -> f64 {
        let advance = |c: char| self.ascii.get(c as usize).copied().unwrap_or_else(|| self.advance(c));
        let sum: f64 = text.chars().map(|c| f64::from(advance(c))).sum();
        sum * size / self.units
    }
}

/// The charmap of a font.
trait MetadataProviderExt<'a> {
    /// The charmap.
    fn map(&self) -> Charmap<'a>;
}

impl<'a> MetadataProviderExt<'a> for FontRef<'a> {
    fn map(&self) -> Charmap<'a> {
        self.charmap()
    }
}
