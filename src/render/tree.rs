//! Reading an SVG, shut off from files and network.

use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};
use std::sync::Arc;

/// Reads an SVG. Only images that it holds itself are drawn: a path or an address in it opens nothing.
pub(super) fn read(svg: &str, fonts: &Arc<fontdb::Database>) -> Result<Tree, String> {
    let shut = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options { fontdb: Arc::clone(fonts), image_href_resolver: shut, ..Options::default() };
    Tree::from_str(svg, &options).map_err(|e| e.to_string())
}
