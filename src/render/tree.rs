//! Reading an SVG, shut off from files and network.

use super::faces;
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree, fontdb};
use std::sync::Arc;

/// Reads an SVG. Only images that it holds itself are drawn: a path or an address in it opens nothing.
pub(super) fn read(svg: &str, fonts: &Arc<fontdb::Database>) -> Result<Tree, String> {
    read_with(svg, fonts, None)
}

/// The same, with a style sheet over the drawing's own.
pub(super) fn read_with(svg: &str, fonts: &Arc<fontdb::Database>, style_sheet: Option<String>) -> Result<Tree, String> {
    let data = ImageHrefResolver::default_data_resolver();
    let shut = ImageHrefResolver {
        // A packed drawing inside a drawing could grow a thousandfold, with nobody counting.
        resolve_data: Box::new(
            move |kind, bytes, options| {
                if bytes.starts_with(GZIP) { None } else { data(kind, bytes, options) }
            },
        ),
        resolve_string: Box::new(|_, _| None),
    };
    let own = faces::own_fonts(svg, fonts);
    let mut font_resolver = FontResolver::default();
    if own.is_some() {
        // Every letter of such a picture has its font: where one had not, a whole line would change its looks.
        font_resolver.select_fallback = Box::new(|_, _, _| None);
    }
    let fontdb = own.unwrap_or_else(|| Arc::clone(fonts));
    let options = Options { fontdb, image_href_resolver: shut, font_resolver, style_sheet, ..Options::default() };
    Tree::from_str(svg, &options).map_err(|e| e.to_string())
}

/// How packed data begins.
const GZIP: &[u8] = &[0x1f, 0x8b];
