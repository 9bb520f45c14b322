//! SVG -> PDF: one page of vectors, text that can be searched and copied, links that can be followed, fonts embedded as subsets.

mod convert;
mod links;
mod text;

use super::tree;
use krilla::geom::{PathBuilder, Size as PageSize, Transform as PageTransform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, BlendMode, Group, ImageKind, Node, Opacity, Paint, Tree, fontdb};
use std::fmt;
use std::sync::Arc;

/// Points of a PDF page per CSS pixel.
const POINTS: f32 = 0.75;
/// Pixels per CSS pixel for users' icons that a PDF can hold only as pixels (filters, masks, gradients).
const PIXELS: f32 = 4.0;
/// Greatest edge of such an icon, in pixels.
const MOST_PIXELS: f32 = 4096.0;

/// How an SVG becomes a page.
#[derive(Debug, Clone, Default)]
pub struct PdfOptions {
    /// The fonts that texts are drawn with.
    pub fonts: Arc<fontdb::Database>,
    /// The document's title.
    pub title: Option<String>,
    /// Its language (BCP 47).
    pub lang: Option<String>,
}

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PdfError {
    /// The SVG cannot be read.
    BadSvg(String),
    /// The page cannot be written.
    Write(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadSvg(why) => write!(f, "the picture cannot be read back: {why}"),
            Self::Write(why) => write!(f, "the page cannot be written: {why}"),
        }
    }
}

impl std::error::Error for PdfError {}

/// Draws an SVG onto a PDF page of its size.
///
/// # Errors
/// When the SVG is not one, or its fonts cannot be embedded.
pub fn to_pdf(svg: &str, options: &PdfOptions) -> Result<Vec<u8>, PdfError> {
    let tree = tree::read(svg, &options.fonts).map_err(PdfError::BadSvg)?;
    let (w, h) = (tree.size().width() * POINTS, tree.size().height() * POINTS);
    let settings = PageSettings::from_wh(w, h).ok_or_else(|| PdfError::BadSvg("it has no size".to_owned()))?;
    let mut document = krilla::Document::new();
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface.push_transform(&PageTransform::from_scale(POINTS, POINTS));
    let mut painter = Painter { fonts: text::Fonts::new(tree.fontdb()) };
    painter.group(tree.root(), &mut surface);
    surface.pop();
    surface.finish();
    links::annotations(svg, &tree).into_iter().for_each(|link| page.add_annotation(link));
    page.finish();
    document.set_metadata(metadata(options));
    document.finish().map_err(|e| PdfError::Write(format!("{e:?}")))
}

/// No clock: the same picture gives the same bytes.
fn metadata(options: &PdfOptions) -> Metadata {
    let mut metadata = Metadata::new().creator("Skyplan".to_owned());
    if let Some(title) = &options.title {
        metadata = metadata.title(title.clone());
    }
    if let Some(lang) = &options.lang {
        metadata = metadata.language(lang.clone());
    }
    metadata
}

/// Walks the tree.
struct Painter<'a> {
    fonts: text::Fonts<'a>,
}

impl Painter<'_> {
    fn group(&mut self, group: &Group, surface: &mut Surface<'_>) {
        surface.push_transform(&convert::transform(group.transform()));
        let clip = group.clip_path().and_then(convert::clip);
        if let Some((path, rule)) = &clip {
            surface.push_clip_path(path, rule);
        }
        for child in group.children() {
            match child {
                Node::Group(group) => self.group(group, surface),
                Node::Path(path) => path_shape(path, surface),
                Node::Text(text) => self.fonts.draw(text, surface),
                Node::Image(image) => self.image(image, surface),
            }
        }
        if clip.is_some() {
            surface.pop();
        }
        surface.pop();
    }

    fn image(&mut self, image: &usvg::Image, surface: &mut Surface<'_>) {
        let size = PageSize::from_wh(image.size().width(), image.size().height());
        let pixels = match image.kind() {
            ImageKind::SVG(tree) if is_plain(tree.root()) => return self.group(tree.root(), surface),
            ImageKind::SVG(tree) => as_pixels(tree, image.abs_transform()),
            ImageKind::PNG(data) => Some(data.as_ref().clone()),
            ImageKind::JPEG(_) | ImageKind::GIF(_) | ImageKind::WEBP(_) => None,
        };
        let drawn = pixels.and_then(|data| Image::from_png(data.into(), true).ok());
        if let (Some(drawn), Some(size)) = (drawn, size) {
            surface.draw_image(drawn, size);
        }
    }
}

fn path_shape(path: &usvg::Path, surface: &mut Surface<'_>) {
    let (fill, stroke) = (path.fill().and_then(convert::fill), path.stroke().and_then(convert::stroke));
    if !path.is_visible() || (fill.is_none() && stroke.is_none()) {
        return;
    }
    let mut builder = PathBuilder::new();
    convert::append(&mut builder, path.data());
    if let Some(shape) = builder.finish() {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_path(&shape);
    }
}

/// Whether flat colours, plain clips and text are all there is.
fn is_plain(group: &Group) -> bool {
    let flat = |paint: &Paint| matches!(paint, Paint::Color(_));
    group.mask().is_none()
        && group.filters().is_empty()
        && group.opacity() == Opacity::ONE
        && group.blend_mode() == BlendMode::Normal
        && group.clip_path().is_none_or(|clip| clip.clip_path().is_none())
        && group.children().iter().all(|child| match child {
            Node::Group(group) => is_plain(group),
            Node::Path(path) => {
                path.fill().is_none_or(|f| flat(f.paint())) && path.stroke().is_none_or(|s| flat(s.paint()))
            }
            Node::Text(_) => true,
            Node::Image(image) => matches!(image.kind(), ImageKind::PNG(_)),
        })
}

/// A drawing as a PNG, fine enough for print.
fn as_pixels(tree: &Tree, placed: Transform) -> Option<Vec<u8>> {
    let (w, h) = (tree.size().width(), tree.size().height());
    let zoom = (placed.sx.abs().max(placed.ky.abs()) * PIXELS).min(MOST_PIXELS / w.max(h)).max(f32::MIN_POSITIVE);
    let mut pixels = Pixmap::new((w * zoom).ceil().max(1.0) as u32, (h * zoom).ceil().max(1.0) as u32)?;
    resvg::render(tree, Transform::from_scale(zoom, zoom), &mut pixels.as_mut());
    pixels.encode_png().ok()
}
