//! The families that texts are set in, one after the other.

use super::face::{Face, Loaded};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Family name of the embedded fonts.
pub const FAMILY: &str = "Noto Sans KR";
/// Family name of the embedded fonts for Latin, Greek and Cyrillic letters that the first one lacks.
pub const SECOND_FAMILY: &str = "Noto Sans";

static REGULAR: &[u8] = include_bytes!("fonts/NotoSansKR-Regular.ttf");
static BOLD: &[u8] = include_bytes!("fonts/NotoSansKR-Bold.ttf");
static SECOND_REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");
static SECOND_BOLD: &[u8] = include_bytes!("fonts/NotoSans-Bold.ttf");

/// Where a font's bytes come from.
#[derive(Clone)]
pub enum FontBytes {
    /// They are there.
    Static(&'static [u8]),
    /// They are read when a text first needs them; `None` if they cannot be read.
    Later(Arc<dyn Fn() -> Option<Vec<u8>> + Send + Sync>),
}

/// One face of a family in a font file.
#[derive(Clone)]
pub struct FontFile {
    /// The family's name.
    pub family: String,
    /// Whether it is for bold texts.
    pub bold: bool,
    /// Its bytes: TrueType or OpenType, or a collection of them.
    pub bytes: FontBytes,
    /// Which font of a collection; 0 for a file with one.
    pub index: u32,
}

impl FontFile {
    /// The bytes, if they can be had.
    pub(super) fn read(&self) -> Option<Cow<'static, [u8]>> {
        match &self.bytes {
            FontBytes::Static(bytes) => Some(Cow::Borrowed(bytes)),
            FontBytes::Later(read) => read().map(Cow::Owned),
        }
    }
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} #{}", self.family, if self.bold { "bold" } else { "regular" }, self.index)
    }
}

/// A family in two weights; one that has only one weight is drawn in it everywhere, never thickened by a renderer.
pub(super) struct Family {
    /// Its name.
    pub(super) name: String,
    regular: Option<Face>,
    bold: Option<Face>,
}

impl Family {
    /// The face for a weight.
    pub(super) fn face(&self, bold: bool) -> Option<&Loaded> {
        let (first, second) = if bold { (&self.bold, &self.regular) } else { (&self.regular, &self.bold) };
        first.as_ref().and_then(Face::get).or_else(|| second.as_ref().and_then(Face::get))
    }
}

/// The fonts that a picture may use: the embedded ones, then what a user gives.
pub struct Fonts {
    /// In the order in which they are asked for a character.
    pub(super) families: Vec<Family>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.families.iter().map(|family| &family.name)).finish()
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::embedded()
    }
}

impl Fonts {
    /// The fonts inside the library. Costs next to nothing: pages of the files are touched when a glyph is.
    pub fn embedded() -> Self {
        let file = |family: &str, bold, bytes| FontFile {
            family: family.to_owned(),
            bold,
            bytes: FontBytes::Static(bytes),
            index: 0,
        };
        Self { families: Vec::new() }.with([
            file(FAMILY, false, REGULAR),
            file(FAMILY, true, BOLD),
            file(SECOND_FAMILY, false, SECOND_REGULAR),
            file(SECOND_FAMILY, true, SECOND_BOLD),
        ])
    }

    /// The same embedded fonts for everybody, read at most once.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Fonts> = OnceLock::new();
        SHARED.get_or_init(Self::embedded)
    }

    /// Adds fonts behind those that are there, in the order given. Of two files for the same family and weight the first stays.
    #[must_use]
    pub fn with(mut self, files: impl IntoIterator<Item = FontFile>) -> Self {
        for file in files {
            let at = self.families.iter().position(|f| f.name == file.family).unwrap_or_else(|| {
                self.families.push(Family { name: file.family.clone(), regular: None, bold: None });
                self.families.len() - 1
            });
            let Some(family) = self.families.get_mut(at) else { continue };
            let slot = if file.bold { &mut family.bold } else { &mut family.regular };
            slot.get_or_insert_with(|| Face::new(file));
        }
        self
    }

    /// Whether there are others than the embedded ones: what is drawn with them depends on files.
    pub fn has_more_than_embedded(&self) -> bool {
        self.families.len() > 2
    }

    /// Whether there is a family of that name, whatever its capitals.
    pub fn has(&self, family: &str) -> bool {
        self.find(family).is_some()
    }

    pub(super) fn find(&self, family: &str) -> Option<usize> {
        let family = family.trim();
        self.families.iter().position(|f| f.name.eq_ignore_ascii_case(family) || f.name == family)
    }

    /// The embedded fonts for renderers that ask by name, such as those of users' own icons: no font of the machine is ever used.
    #[cfg(any(feature = "png", feature = "pdf"))]
    pub fn database() -> Arc<resvg::usvg::fontdb::Database> {
        use resvg::usvg::fontdb::{Database, Source};
        static DATABASE: OnceLock<Arc<Database>> = OnceLock::new();
        let make = || {
            let mut database = Database::new();
            for file in [REGULAR, BOLD, SECOND_REGULAR, SECOND_BOLD] {
                database.load_font_source(Source::Binary(Arc::new(file)));
            }
            // Users' icons name any font: what is not there is drawn in this one, not left out.
            database.set_sans_serif_family(FAMILY);
            database.set_serif_family(FAMILY);
            database.set_monospace_family(FAMILY);
            database.set_cursive_family(FAMILY);
            database.set_fantasy_family(FAMILY);
            Arc::new(database)
        };
        Arc::clone(DATABASE.get_or_init(make))
    }
}
