//! What every drawing function works with: the sources, and the parts and symbols made so far.

use super::icon::art;
use super::ids::Ids;
use super::page::Page;
use super::{Anchor, Art, Lookup, Part, PartRole, Shape, Symbol, Text, Tie};
use crate::catalogue::Entry;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::geometry::{Point, Rect};
use crate::layout::{GroupId, Layout, Member};
use crate::measure::{Measured, TextBlock, TextRole};
use crate::theme::{Color, GroupLook, Paint, Theme};
use crate::topology::{CustomIcon, ElementId, GroupKind, Line, LinkId, Style, What};
use std::collections::{BTreeMap, BTreeSet};

/// Collects parts, back to front.
pub(super) struct Pen<'a> {
    /// The sizes and the model.
    pub(super) measured: &'a Measured,
    /// The places.
    pub(super) layout: &'a Layout,
    /// The look.
    pub(super) theme: &'a Theme,
    /// Where drawing, heading and panel stand.
    pub(super) page: &'a Page,
    catalogue: Lookup<'a>,
    findings: &'a mut Diagnostics,
    ids: Ids,
    parts: Vec<Part>,
    /// Which parts are of which links and elements.
    subjects: Vec<(Subject, usize)>,
    symbols: Vec<Symbol>,
    symbol_by_name: BTreeMap<String, usize>,
    undrawn: BTreeSet<&'static str>,
    grounds: Vec<Paint>,
}

impl<'a> Pen<'a> {
    /// A pen with nothing drawn.
    pub(super) fn new(
        measured: &'a Measured,
        layout: &'a Layout,
        theme: &'a Theme,
        catalogue: Lookup<'a>,
        page: &'a Page,
        findings: &'a mut Diagnostics,
    ) -> Self {
        let mut pen = Self {
            measured,
            layout,
            theme,
            page,
            catalogue,
            findings,
            ids: Ids::default(),
            parts: Vec::new(),
            subjects: Vec::new(),
            symbols: Vec::new(),
            symbol_by_name: BTreeMap::new(),
            undrawn: BTreeSet::new(),
            grounds: Vec::new(),
        };
        pen.grounds = (0..measured.groups.len()).map(|g| pen.ground_of(g)).collect();
        pen
    }

    /// What each link joins, in the order of the links.
    pub(super) fn ties(&self) -> Vec<Tie> {
        let id = |part: usize| self.parts.get(part).map(|p| p.id.clone());
        let elements: BTreeMap<ElementId, usize> = (self.subjects.iter())
            .filter_map(|(subject, part)| if let Subject::Element(e) = subject { Some((*e, *part)) } else { None })
            .collect();
        let end = |element: ElementId| elements.get(&element).and_then(|part| id(*part));
        let graph = &self.measured.topology.graph;
        let tie = |(subject, part): &(Subject, usize)| {
            let Subject::Link(link) = subject else { return None };
            let (from, to) = graph.edge_endpoints(*link)?;
            Some(Tie { link: id(*part)?, from: end(from)?, to: end(to)?, step: graph.edge_weight(*link)?.step })
        };
        self.subjects.iter().filter_map(tie).collect()
    }

    /// Symbols and parts.
    pub(super) fn finish(self) -> (Vec<Symbol>, Vec<Part>) {
        (self.symbols, self.parts)
    }

    /// Adds a part.
    pub(super) fn part(&mut self, role: PartRole, label: Label<'_>, shapes: Vec<Shape>) {
        if shapes.is_empty() {
            return;
        }
        let id = self.ids.unique(label.id);
        self.subjects.push((label.subject, self.parts.len()));
        let href = label.href.filter(|href| self.allows(href, label.place)).map(str::to_owned);
        self.parts.push(Part { id, role, title: label.title, href, shapes });
    }

    /// Whether a link may lead there: schemes that run code are not written into a picture.
    fn allows(&mut self, href: &str, place: Option<&Place>) -> bool {
        let head: String = href.chars().take_while(|c| !matches!(c, '/' | '?' | '#')).collect();
        let scheme = head.split_once(':').map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
        let allowed = scheme.is_none_or(|s| matches!(s.as_str(), "http" | "https" | "mailto"));
        if !allowed {
            self.findings.push(
                Diagnostic::warning(
                    "unsafe-href",
                    format!("the link `{href}` is left out of the picture"),
                    place.cloned(),
                )
                .help("use `https:`, `http:`, `mailto:`, or a relative address"),
            );
        }
        allowed
    }

    /// The symbol of a catalogue entry; `None`, and a warning, where it has no drawing.
    pub(super) fn pictogram(&mut self, entry: &'static Entry) -> Option<usize> {
        if !entry.svg.trim().is_empty() {
            return Some(self.symbol(&format!("_icon-{}", entry.id), Art::Pictogram(entry.svg.into()), None));
        }
        if self.undrawn.insert(entry.id) {
            let message = format!("the kind `{}` has no icon; a plain tile stands for it", entry.id);
            let finding = Diagnostic::warning("missing-icon", message, None);
            self.findings.push(finding.help("give the service an `icon` of your own"));
        }
        None
    }

    /// The entry that gives a kind of group its badge; `None` for kinds that have none.
    pub(super) fn badge(&self, kind: GroupKind) -> Option<&'static Entry> {
        kind.badge_id().and_then(|id| (self.catalogue)(id))
    }

    /// The drawing of an icon pack that stands in for the catalogue's.
    pub(super) fn drawing(&self, entry: &Entry) -> Option<&'a CustomIcon> {
        self.measured.topology.drawings.get(entry.id).map(AsRef::as_ref)
    }

    /// The symbol of a user's icon.
    pub(super) fn custom(&mut self, icon: &CustomIcon) -> usize {
        self.symbol(&format!("_own-{}", icon.name), art(&icon.data), icon.dark.as_ref().map(art))
    }

    fn symbol(&mut self, name: &str, art: Art, dark: Option<Art>) -> usize {
        if let Some(&known) = self.symbol_by_name.get(name) {
            return known;
        }
        let id = self.ids.unique(name);
        self.symbols.push(Symbol { id, art, dark });
        self.symbol_by_name.insert(name.to_owned(), self.symbols.len() - 1);
        self.symbols.len() - 1
    }

    /// Moves a rectangle of the layout to its place on the page.
    pub(super) fn on_page(&self, rect: Rect) -> Rect {
        rect.moved(self.page.drawing.x, self.page.drawing.y)
    }

    /// Moves a point of the layout to its place on the page.
    pub(super) fn point_on_page(&self, point: Point) -> Point {
        Point::new(point.x + self.page.drawing.x, point.y + self.page.drawing.y)
    }

    /// Name for hover and screen readers: the tooltip, else the label in one line, else the id.
    pub(super) fn name_of(&self, id: ElementId) -> String {
        let element = &self.measured.topology.graph[id];
        let label = [element.tooltip.as_deref(), Some(element.label.as_str())];
        let named = label.into_iter().flatten().map(one_line).find(|text| !text.is_empty());
        named.unwrap_or_else(|| element.path.clone())
    }

    /// The group around an element, by its place in the layout.
    pub(super) fn group_around(&self, id: ElementId) -> Option<usize> {
        let element = &self.measured.topology.graph[id];
        let parent = match element.what {
            What::Service { border: Some((group, _)), .. } => self.measured.topology.graph[group].parent,
            _ => element.parent,
        };
        match self.measured.members.get(parent?.index())? {
            Member::Group(GroupId(group)) => Some(*group as usize),
            Member::Box(_) => None,
        }
    }

    /// Colour behind what stands inside a group; the page's for none.
    pub(super) fn ground(&self, group: Option<usize>) -> Paint {
        group.and_then(|g| self.grounds.get(g)).copied().unwrap_or(self.theme.colors.background)
    }

    /// Colour behind a point of the layout: that of the innermost group around it.
    pub(super) fn ground_at(&self, point: Point) -> Paint {
        let inside = |r: &Rect| r.x <= point.x && point.x <= r.right() && r.y <= point.y && point.y <= r.bottom();
        let around = self.layout.groups.iter().enumerate().filter(|(_, rect)| inside(rect));
        let smallest = around.min_by(|(_, a), (_, b)| (a.w * a.h).total_cmp(&(b.w * b.h)));
        self.ground(smallest.map(|(group, _)| group))
    }

    /// Colour inside the group, looking outward until one has a fill.
    fn ground_of(&self, group: usize) -> Paint {
        let mut at = self.measured.groups.get(group).copied();
        // A forest is at most as deep as it has nodes: the bound ends the walk on any input.
        for _ in 0..=self.measured.groups.len() {
            let Some(id) = at else { break };
            let element = &self.measured.topology.graph[id];
            if let What::Group { kind, .. } = element.what
                && let Some(fill) = self.group_look(kind, &element.style).fill
            {
                return fill;
            }
            at = element.parent;
        }
        self.theme.colors.background
    }

    /// A kind's look with an element's own style over it.
    pub(super) fn group_look(&self, kind: GroupKind, style: &Style) -> GroupLook {
        let look = self.theme.colors.group(kind);
        GroupLook {
            border: style.stroke.as_deref().and_then(Color::parse).map_or(look.border, Paint::same),
            line: style.line.unwrap_or(look.line),
            fill: style.fill.as_deref().and_then(Color::parse).map(|c| self.own_fill(c)).or(look.fill),
            ..look
        }
    }

    /// An author's ground: as it is on light pages; on dark ones only a breath of it where it is light, so that white text stays readable.
    pub(super) fn own_fill(&self, color: Color) -> Paint {
        let page = self.theme.colors.background.dark;
        let dark = if color.contrast(self.theme.colors.text.dark) >= 4.5 { color } else { page.mixed(color, 18) };
        Paint { light: color, dark }
    }

    /// Lines of text from `top` down; `x` is their left edge or their middle. The author's colour, if any, replaces the theme's.
    pub(super) fn lines(&self, block: &TextBlock, x: f64, top: f64, ink: Ink<'_>) -> Vec<Shape> {
        let mut y = top;
        let mut shapes = Vec::new();
        for line in &block.lines {
            let (font, height) = (self.theme.font(line.role), self.theme.line_height(line.role));
            let paint = ink.own.and_then(Color::parse).map(Paint::same).or(ink.paint);
            shapes.push(Shape::Text(Text {
                at: Point::new(x, y + height / 2.0 + CAP_MIDDLE * font.size),
                anchor: ink.anchor,
                text: line.text.clone(),
                width: line.width,
                font,
                paint: paint.unwrap_or(self.role_paint(line.role)),
                halo: ink.halo.map(|ground| (ground, self.theme.sizes.halo)),
            }));
            y += height;
        }
        shapes
    }

    fn role_paint(&self, role: TextRole) -> Paint {
        let colors = &self.theme.colors;
        match role {
            TextRole::Title | TextRole::GroupTitle | TextRole::Caption | TextRole::Prose => colors.text,
            TextRole::Subtitle | TextRole::Note | TextRole::LinkLabel => colors.muted,
            TextRole::StepNumber => colors.step_number,
        }
    }

    /// A step's disc with its number.
    pub(super) fn disc(&self, number: u32, center: Point) -> [Shape; 2] {
        let font = self.theme.font(TextRole::StepNumber);
        let text = number.to_string();
        // Three digits and more shrink, so that all discs stay of one size.
        let size = if text.len() > 2 { font.size * 2.2 / text.len() as f64 } else { font.size };
        let colors = &self.theme.colors;
        [
            Shape::Disc { center, radius: self.theme.sizes.step_radius, fill: colors.step },
            Shape::Text(Text {
                at: Point::new(center.x, center.y + CAP_MIDDLE * size),
                anchor: Anchor::Middle,
                width: 0.6 * size * text.len() as f64,
                text,
                font: crate::theme::FontSpec { size, ..font },
                paint: colors.step_number,
                halo: None,
            }),
        ]
    }
}

/// From the middle of capitals and Hangul down to the baseline, in em.
const CAP_MIDDLE: f64 = 0.36;

/// What a part is called and where it leads.
#[derive(Debug, Default)]
pub(super) struct Label<'a> {
    /// The id it would like.
    pub(super) id: &'a str,
    /// Hover text.
    pub(super) title: Option<String>,
    /// Hyperlink.
    pub(super) href: Option<&'a str>,
    /// Where it is defined.
    pub(super) place: Option<&'a Place>,
    /// What it is of.
    pub(super) subject: Subject,
}

/// What a part is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Subject {
    /// A service or a group.
    Element(ElementId),
    /// A link.
    Link(LinkId),
    /// Anything else.
    #[default]
    Other,
}

/// How lines of text are set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink<'a> {
    /// Left edge or middle.
    pub(super) anchor: Anchor,
    /// In place of the role's colour.
    pub(super) paint: Option<Paint>,
    /// The author's own colour.
    pub(super) own: Option<&'a str>,
    /// The ground to keep free around the letters.
    pub(super) halo: Option<Paint>,
}

impl Ink<'_> {
    /// The role's own colour, no halo.
    pub(super) const fn plain(anchor: Anchor) -> Self {
        Self { anchor, paint: None, own: None, halo: None }
    }
}

/// Dash and gap of a line style.
pub(super) fn dash(line: Line, width: f64) -> Option<(f64, f64)> {
    match line {
        Line::Solid => None,
        Line::Dashed => Some((5.0 * width.max(1.0), 3.0 * width.max(1.0))),
        Line::Dotted => Some((1.5 * width.max(1.0), 2.0 * width.max(1.0))),
    }
}

/// A text without line breaks and doubled blanks.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
