//! Formats of pictures.

use clap::ValueEnum;

/// Formats of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// Scalable, text stays text.
    Svg,
    /// Pixels.
    Png,
    /// A page.
    Pdf,
    /// A page for browsers: pan, zoom, links of a service, walk through the steps.
    Html,
}

impl Format {
    /// All formats.
    pub(in crate::cli) const ALL: [Self; 4] = [Self::Svg, Self::Png, Self::Pdf, Self::Html];

    /// Its media type.
    pub(in crate::cli) fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
        }
    }

    /// The format whose files end so.
    pub(in crate::cli) fn named(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.ending() == ending)
    }

    /// The ending of its files.
    pub(in crate::cli) fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn project_files_may_name_every_format() {
        assert_eq!(Format::ALL.map(Format::ending), crate::document::FORMATS);
    }
}
