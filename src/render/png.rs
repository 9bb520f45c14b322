//! SVG -> PNG.

use super::tree;
use png::{BitDepth, ColorType, Compression, Encoder, Filter, Limits, PixelDimensions, Transformations, Unit};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb;
use std::fmt;
use std::io::Cursor;
use std::sync::Arc;

/// Largest picture that is unpacked to be compared, in bytes: 100 million pixels.
const MOST_UNPACKED: usize = 400_000_000;

/// A CSS pixel is 1/96 of an inch.
const CSS_PIXELS_PER_METER: f64 = 96.0 / 0.0254;

/// How an SVG becomes pixels.
#[derive(Debug, Clone)]
pub struct PngOptions {
    /// How large it becomes; default twice the CSS pixels.
    pub zoom: Zoom,
    /// The fonts that texts are drawn with.
    pub fonts: Arc<fontdb::Database>,
    /// Quick to make or small to keep; default quick.
    pub packing: Packing,
    /// Greatest number of pixels; default 100 million (400 MB while drawing).
    pub most_pixels: u64,
}

impl Default for PngOptions {
    fn default() -> Self {
        Self { zoom: Zoom::Scale(2.0), fonts: Arc::default(), packing: Packing::Quick, most_pixels: 100_000_000 }
    }
}

/// What packing a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Packing {
    /// About 1 ms a megapixel.
    #[default]
    Quick,
    /// Less than half the bytes, eight times the time.
    Small,
}

/// The size of a picture in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Zoom {
    /// Pixels per CSS pixel.
    Scale(f64),
    /// Width in pixels.
    Width(u32),
}

/// Why there is no PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PngError {
    /// The SVG cannot be read.
    BadSvg(String),
    /// The scale or width is not a number above 0.
    BadZoom,
    /// The picture would have this width and height, and that is more pixels than allowed.
    TooLarge(u64, u64),
    /// The pixels cannot be packed.
    Encode(String),
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadSvg(why) => write!(f, "the picture cannot be read back: {why}"),
            Self::BadZoom => write!(f, "the scale of a picture must be a number above 0"),
            Self::TooLarge(w, h) => write!(f, "a picture of {w} x {h} pixels is too large; use a smaller scale"),
            Self::Encode(why) => write!(f, "the pixels cannot be packed: {why}"),
        }
    }
}

impl std::error::Error for PngError {}

/// Draws an SVG into a PNG file. Where the SVG has no ground, the PNG is transparent.
///
/// # Errors
/// When the SVG is not one, or the picture is too large.
pub fn to_png(svg: &str, options: &PngOptions) -> Result<Vec<u8>, PngError> {
    let tree = tree::read(svg, &options.fonts).map_err(PngError::BadSvg)?;
    let (w, h) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let scale = match options.zoom {
        Zoom::Scale(scale) => scale,
        Zoom::Width(pixels) => f64::from(pixels) / w,
    };
    if !scale.is_finite() || scale <= 0.0 {
        return Err(PngError::BadZoom);
    }
    let (columns, rows) = ((w * scale).round().max(1.0), (h * scale).round().max(1.0));
    let too_large = PngError::TooLarge(columns as u64, rows as u64);
    if columns * rows > options.most_pixels as f64 {
        return Err(too_large);
    }
    let mut pixels = Pixmap::new(columns as u32, rows as u32).ok_or(too_large)?;
    // The ground reaches the last pixel on both axes, also where the size in pixels had to be rounded.
    let transform = Transform::from_scale((columns / w) as f32, (rows / h) as f32);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    encode(&pixels, options.packing, scale).map_err(|e| PngError::Encode(e.to_string()))
}

/// Whether two PNG files hold the same pixels, however they are packed. What is no PNG is like nothing.
pub fn same_pixels(one: &[u8], other: &[u8]) -> bool {
    unpack(one).zip(unpack(other)).is_some_and(|(one, other)| one == other)
}

/// Width, height and pixels with alpha. A file from elsewhere may claim to be huge: it is not believed.
fn unpack(file: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(file), Limits { bytes: MOST_UNPACKED });
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let size = reader.output_buffer_size().filter(|size| *size <= MOST_UNPACKED)?;
    let mut bytes = vec![0; size];
    let info = reader.next_frame(&mut bytes).ok()?;
    bytes.truncate(info.buffer_size());
    Some((info.width, info.height, bytes))
}

/// Packs pixels, without the alpha channel where nothing is transparent.
fn encode(pixels: &Pixmap, packing: Packing, scale: f64) -> Result<Vec<u8>, png::EncodingError> {
    let opaque = pixels.pixels().iter().all(|p| p.alpha() == u8::MAX);
    let bytes = if opaque { without_alpha(pixels) } else { straight_alpha(pixels) };
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, pixels.width(), pixels.height());
    encoder.set_color(if opaque { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_depth(BitDepth::Eight);
    // Flat drawings pack best unfiltered, but only with a compressor that looks for long repeats.
    let (compression, filter) = match packing {
        Packing::Quick => (Compression::Fast, Filter::Paeth),
        Packing::Small => (Compression::Balanced, Filter::NoFilter),
    };
    encoder.set_compression(compression);
    encoder.set_filter(filter);
    // What one CSS pixel is: pages that know of it show the picture at its own size.
    let per_meter = (scale * CSS_PIXELS_PER_METER).round().clamp(1.0, f64::from(u32::MAX)) as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_meter, yppu: per_meter, unit: Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&bytes)?;
    writer.finish()?;
    Ok(out)
}

/// Three bytes a pixel.
fn without_alpha(pixels: &Pixmap) -> Vec<u8> {
    let mut bytes = vec![0; pixels.pixels().len() * 3];
    for (to, from) in bytes.chunks_exact_mut(3).zip(pixels.data().chunks_exact(4)) {
        if let (Some(to), Some(from)) = (to.get_mut(..3), from.get(..3)) {
            to.copy_from_slice(from);
        }
    }
    bytes
}

/// Four bytes a pixel, colours as they are before transparency.
fn straight_alpha(pixels: &Pixmap) -> Vec<u8> {
    let quad = |p: &resvg::tiny_skia::PremultipliedColorU8| {
        let c = p.demultiply();
        [c.red(), c.green(), c.blue(), c.alpha()]
    };
    pixels.pixels().iter().flat_map(quad).collect()
}
