//! One font file: its characters, advances and shaper.

use super::font::FontFile;
use harfrust::{BufferClusterLevel, Direction, Feature, Script, ShapeOptions, ShapePlan, ShaperData, ShaperInstance};
use harfrust::{Tag, UnicodeBuffer};
use skrifa::charmap::{Charmap, MappingIndex};
use skrifa::instance::Location;
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::Size;
use skrifa::raw::{FontRef, TableProvider as _};
use skrifa::{GlyphId, MetadataProvider as _};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A font that is read when it is first needed.
pub(super) struct Face {
    file: FontFile,
    loaded: OnceLock<Option<Loaded>>,
}

/// What shaping gives for one glyph; lengths in em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Its number in the font.
    pub(super) id: u32,
    /// Byte of the text where its character starts.
    pub(super) at: usize,
    /// From here to the next glyph.
    pub(super) advance: f64,
    /// From here to its own origin, right and up.
    pub(super) offset: (f64, f64),
    /// Its advance where nothing is kerned, in font units.
    pub(super) natural: i32,
    /// What kerning adds, in font units.
    pub(super) kern: i32,
    /// Whether this glyph and those after it would be the same if the text began with its character, and those before it if the text ended there.
    pub(super) parted: bool,
    /// How far kerning moves it, in font units: kerning of scripts from right to left takes room away before a letter.
    pub(super) shift: i32,
}

impl Glyph {
    /// Whether it stands where the glyphs before it end, or is moved by its kerning only.
    pub(super) fn is_on_its_line(&self) -> bool {
        self.offset.1 == 0.0 && (self.shift == 0 || self.shift == self.kern)
    }
}

impl Face {
    /// A face whose file is not read yet.
    pub(super) fn new(file: FontFile) -> Self {
        Self { file, loaded: OnceLock::new() }
    }

    /// The face; `None` if its file cannot be read as a font.
    pub(super) fn get(&self) -> Option<&Loaded> {
        self.loaded.get_or_init(|| Loaded::new(&self.file)).as_ref()
    }
}

/// A font that has been read.
pub(super) struct Loaded {
    data: Cow<'static, [u8]>,
    index: u32,
    /// Glyphs of the characters of ASCII, which nearly every text is looked up for several times.
    ascii: [Option<GlyphId>; 128],
    mapping: MappingIndex,
    shaper: ShaperData,
    /// The instance of a variable font.
    location: Location,
    instance: Option<ShaperInstance>,
    plans: Mutex<Vec<Plan>>,
    /// Units of an em.
    pub(super) units: f64,
    /// Weight that a variable font is set to.
    pub(super) weight: Option<f32>,
    /// Whether some of its glyphs are pictures.
    pictures: bool,
}

/// The glyphs of a font's characters.
pub(super) struct Characters<'f> {
    face: &'f Loaded,
    /// The font's own map, which texts in ASCII do not need.
    map: OnceCell<Option<Charmap<'f>>>,
}

impl Characters<'_> {
    /// The glyph of a character, if the font has it.
    pub(super) fn glyph(&self, c: char) -> Option<GlyphId> {
        let map = || self.map.get_or_init(|| self.face.font().map(|font| self.face.mapping.charmap(&font))).as_ref();
        self.face.ascii.get(c as usize).copied().unwrap_or_else(|| map()?.map(c))
    }
}

/// Sees whether anything is drawn.
struct Inked(bool);

impl OutlinePen for Inked {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {
        self.0 = true;
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 = true;
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 = true;
    }
    fn close(&mut self) {}
}

/// How texts of one script and direction are shaped.
#[derive(Clone)]
struct Plan {
    script: Script,
    rtl: bool,
    plan: Arc<ShapePlan>,
}

impl Loaded {
    fn new(file: &FontFile) -> Option<Self> {
        let data = file.read()?;
        let font = FontRef::from_index(&data, file.index).ok()?;
        let units = f64::from(font.head().ok()?.units_per_em());
        let weight = if file.bold { 700.0 } else { 400.0 };
        let variable = font.axes().get_by_tag(Tag::new(b"wght")).is_some();
        let location = if variable { font.axes().location([("wght", weight)]) } else { Location::default() };
        let instance = variable.then(|| ShaperInstance::from_variations(&font, [("wght", weight)]));
        let pictures =
            [b"COLR", b"CBDT", b"sbix", b"SVG "].into_iter().any(|tag| font.table_data(Tag::new(tag)).is_some());
        let shaper = ShaperData::new(&font);
        let mapping = MappingIndex::new(&font);
        let map = mapping.charmap(&font);
        let ascii = std::array::from_fn(|code| map.map(code as u32));
        let loaded = Self {
            index: file.index,
            ascii,
            mapping,
            shaper,
            location,
            instance,
            plans: Mutex::default(),
            units,
            weight: variable.then_some(weight),
            pictures,
            data: Cow::Borrowed(&[]),
        };
        (units >= 16.0).then_some(Self { data, ..loaded })
    }

    /// The file.
    pub(super) fn data(&self) -> (&[u8], u32) {
        (&self.data, self.index)
    }

    /// The tables; read once already, so there is nothing that could fail now.
    pub(super) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.data, self.index).ok()
    }

    /// Whether its outlines are plain ones that our own subsetter knows.
    pub(super) fn is_plain_truetype(&self) -> bool {
        let table = |tag: &[u8; 4]| self.font().and_then(|f| f.table_data(Tag::new(tag))).is_some();
        self.weight.is_none() && table(b"glyf") && !table(b"gvar")
    }

    /// Where a variable font stands.
    pub(super) fn location(&self) -> &Location {
        &self.location
    }

    /// Numbers of characters' glyphs.
    pub(super) fn characters(&self) -> Characters<'_> {
        Characters { face: self, map: OnceCell::new() }
    }

    fn metrics(&self) -> Option<GlyphMetrics<'_>> {
        self.font().map(|f| f.glyph_metrics(Size::unscaled(), &self.location))
    }

    /// Advance of a glyph in em.
    pub(super) fn advance(&self, id: u32) -> f64 {
        let units = self.metrics().and_then(|m| m.advance_width(GlyphId::new(id)));
        units.map_or(0.0, |units| f64::from(units) / self.units)
    }

    /// Whether the glyph of a character can be drawn: in fonts with pictures, glyphs may have no outline.
    pub(super) fn draws(&self, id: GlyphId, c: char) -> bool {
        !self.pictures || c.is_whitespace() || {
            let outline = self.font().and_then(|f| f.outline_glyphs().get(id));
            let mut pen = Inked(false);
            let settings = DrawSettings::unhinted(Size::unscaled(), &self.location);
            outline.is_some_and(|o| o.draw(settings, &mut pen).is_ok()) && pen.0
        }
    }

    /// Glyphs of a text of one script and direction, in the order of the text.
    pub(super) fn shape(&self, text: &str, script: Script, rtl: bool) -> Vec<Glyph> {
        let (Some(font), Some(metrics)) = (self.font(), self.metrics()) else { return Vec::new() };
        let shaper = self.shaper.shaper(&font).instance(self.instance.as_ref()).build();
        let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        // Ligatures that no script asks for would only keep letters from being letters in the picture.
        let features = [Feature::new(Tag::new(b"liga"), 0, ..), Feature::new(Tag::new(b"clig"), 0, ..)];
        let plan = self.plan(script, rtl, || ShapePlan::new(&shaper, direction, Some(script), None, &features));
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(direction);
        buffer.set_script(script);
        buffer.set_cluster_level(BufferClusterLevel::Characters);
        let shaped = shaper.shape(buffer, ShapeOptions::new().plan(Some(&plan)).features(&features));
        let em = |units: i32| f64::from(units) / self.units;
        let glyph = |(info, place): (&harfrust::GlyphInfo, &harfrust::GlyphPosition)| {
            let natural = metrics.advance_width(GlyphId::new(info.glyph_id)).map_or(0, |a| a.round() as i32);
            Glyph {
                id: info.glyph_id,
                at: info.cluster as usize,
                advance: em(place.x_advance),
                offset: (em(place.x_offset), em(place.y_offset)),
                natural,
                kern: place.x_advance - natural,
                shift: place.x_offset,
                parted: !info.unsafe_to_break(),
            }
        };
        let mut glyphs: Vec<Glyph> = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(glyph).collect();
        if rtl {
            glyphs.reverse();
        }
        glyphs
    }

    /// The plan for a script and direction, made once.
    fn plan(&self, script: Script, rtl: bool, make: impl FnOnce() -> ShapePlan) -> Arc<ShapePlan> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = plans.iter().find(|p| p.script == script && p.rtl == rtl) {
            return Arc::clone(&known.plan);
        }
        let plan = Arc::new(make());
        plans.push(Plan { script, rtl, plan: Arc::clone(&plan) });
        plan
    }
}
