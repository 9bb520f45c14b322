//! A contact sheet: icons in rows under headings, each over its name.

use super::ids::Ids;
use super::{Anchor, Art, Part, PartRole, Scene, Shape, Symbol, Text, icon};
use crate::catalogue::{Category, Entry};
use crate::geometry::{Point, Rect, Size};
use crate::measure::{Ruler, TextRole};
use crate::theme::{Paint, Theme};
use crate::topology::{CustomIcon, GroupKind};

/// Width of a sheet, in pixels.
const WIDTH: f64 = 1240.0;
/// Around the whole sheet.
const MARGIN: f64 = 24.0;
/// Between two columns, and two rows.
const GAP: f64 = 12.0;
/// Greatest width of a column beyond the icon's own.
const CAPTION: f64 = 56.0;

/// Icons under one heading.
#[derive(Debug)]
pub struct SheetSection {
    /// The heading.
    pub title: String,
    /// Its icons, in order.
    pub icons: Vec<SheetIcon>,
}

/// One icon of a sheet.
#[derive(Debug)]
pub struct SheetIcon {
    /// The name under it.
    pub name: String,
    /// The drawing.
    pub drawing: SheetDrawing,
}

/// Whose drawing it is.
#[derive(Debug)]
pub enum SheetDrawing {
    /// The catalogue's.
    Own(&'static Entry),
    /// A user's.
    Custom(CustomIcon),
}

/// Places the sections below each other; icons have this edge in pixels.
pub fn sheet(title: &str, sections: &[SheetSection], edge: f64, ruler: &dyn Ruler, theme: &Theme) -> Scene {
    let mut sheet =
        Sheet { edge, ruler, theme, ids: Ids::default(), parts: Vec::new(), symbols: Vec::new(), y: MARGIN };
    sheet.heading(title, TextRole::Title);
    for section in sections.iter().filter(|s| !s.icons.is_empty()) {
        sheet.y += GAP;
        sheet.heading(&format!("{} ({})", section.title, section.icons.len()), TextRole::GroupTitle);
        sheet.rows(&section.icons);
    }
    let count: usize = sections.iter().map(|s| s.icons.len()).sum();
    Scene {
        size: Size::new(WIDTH, sheet.y + MARGIN),
        shown_width: None,
        mode: theme.mode,
        background: theme.colors.background,
        title: title.to_owned(),
        description: format!("{count} icons with their names."),
        lang: None,
        symbols: sheet.symbols,
        parts: sheet.parts,
        ties: Vec::new(),
        steps: Vec::new(),
    }
}

/// A sheet being filled from top to bottom.
struct Sheet<'a> {
    edge: f64,
    ruler: &'a dyn Ruler,
    theme: &'a Theme,
    ids: Ids,
    parts: Vec<Part>,
    symbols: Vec<Symbol>,
    y: f64,
}

impl Sheet<'_> {
    fn heading(&mut self, text: &str, role: TextRole) {
        let height = self.theme.line_height(role);
        let at = Point::new(MARGIN, self.y + height * 0.78);
        let shape = self.text(text, role, at, Anchor::Start, self.theme.colors.text);
        let id = self.ids.unique("_heading");
        self.parts.push(Part { id, role: PartRole::Heading, title: None, href: None, shapes: vec![shape] });
        self.y += height + GAP / 2.0;
    }

    fn text(&self, text: &str, role: TextRole, at: Point, anchor: Anchor, paint: Paint) -> Shape {
        let font = self.theme.font(role);
        let width = self.ruler.width(text, font);
        Shape::Text(Text { at, anchor, text: text.to_owned(), width, font, paint, halo: None })
    }

    /// As many equal columns as fit; each row is as high as its longest name.
    fn rows(&mut self, icons: &[SheetIcon]) {
        let room = WIDTH - 2.0 * MARGIN + GAP;
        let columns = (room / (self.edge + CAPTION + GAP)).floor().max(1.0);
        let pitch = room / columns;
        for row in icons.chunks(columns as usize) {
            let names: Vec<Vec<String>> = row.iter().map(|icon| self.name_lines(&icon.name, pitch - GAP)).collect();
            let lines = names.iter().map(Vec::len).max().unwrap_or(0) as f64;
            for (column, (icon, lines)) in row.iter().zip(&names).enumerate() {
                self.cell(icon, lines, MARGIN + column as f64 * pitch + (pitch - GAP) / 2.0);
            }
            self.y += self.edge + self.theme.sizes.caption_gap + lines * self.line() + GAP;
        }
    }

    fn line(&self) -> f64 {
        self.theme.line_height(TextRole::Note)
    }

    /// A name in lines: it breaks after its own signs, which is where people read a pause.
    fn name_lines(&self, name: &str, width: f64) -> Vec<String> {
        let font = self.theme.font(TextRole::Note);
        let mut lines: Vec<String> = Vec::new();
        for piece in name.split_inclusive(['-', '_', '/', ' ', ':']) {
            match lines.last_mut() {
                Some(line) if self.ruler.width(&format!("{line}{piece}"), font) <= width => line.push_str(piece),
                _ => lines.extend(self.ruler.break_lines(piece, font, width)),
            }
        }
        lines
    }

    /// One icon, centred on `x`, and its name under it.
    fn cell(&mut self, icon: &SheetIcon, lines: &[String], x: f64) {
        let rect = Rect::new(x - self.edge / 2.0, self.y, self.edge, self.edge);
        let mut shapes = self.icon(icon, rect);
        let mut y = rect.bottom() + self.theme.sizes.caption_gap;
        for line in lines {
            let at = Point::new(x, y + self.line() * 0.78);
            shapes.push(self.text(line.trim_end(), TextRole::Note, at, Anchor::Middle, self.theme.colors.text));
            y += self.line();
        }
        let id = self.ids.unique(&icon.name);
        let title = Some(icon.name.clone());
        self.parts.push(Part { id, role: PartRole::Service, title, href: None, shapes });
    }

    fn icon(&mut self, icon: &SheetIcon, rect: Rect) -> Vec<Shape> {
        match &icon.drawing {
            SheetDrawing::Custom(own) => {
                let symbol = self.symbol(&icon.name, icon::art(&own.data), own.dark.as_ref().map(icon::art));
                vec![Shape::Icon { symbol, rect, paint: self.theme.colors.category(Category::General) }]
            }
            SheetDrawing::Own(entry) => {
                let symbol = self.symbol(entry.id, Art::Pictogram(entry.svg.into()), None);
                let badge = GroupKind::NAMES.iter().find(|k| k.1.badge_id() == Some(entry.id));
                match badge {
                    Some((_, kind)) => icon::badge(symbol, rect, self.theme.colors.group(*kind).border, self.theme),
                    None => icon::of_kind(entry, symbol, rect, self.theme),
                }
            }
        }
    }

    fn symbol(&mut self, name: &str, art: Art, dark: Option<Art>) -> usize {
        let id = self.ids.unique(&format!("_icon-{name}"));
        self.symbols.push(Symbol { id, art, dark });
        self.symbols.len() - 1
    }
}
