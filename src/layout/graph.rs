//! What the engine takes: a compound graph with sizes and constraints. It knows nothing of clouds, text or SVG.

use crate::geometry::{Rect, Size};

/// Index of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BoxId(pub u32);

/// Index of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub u32);

impl BoxId {
    /// As an index.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl GroupId {
    /// As an index.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

/// What a link ends at, or what a class or span holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Member {
    /// A box.
    Box(BoxId),
    /// A group.
    Group(GroupId),
}

pub use crate::topology::{Flow, Side};

/// Nested groups, boxes with sizes, links, and what must hold between them. Order is the order wherever the layout is free.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The direction links run in.
    pub flow: Flow,
    /// Boxes.
    pub boxes: Vec<BoxNode>,
    /// Groups: a forest.
    pub groups: Vec<GroupNode>,
    /// Links.
    pub links: Vec<Link>,
    /// Outlines outside the nesting.
    pub spans: Vec<Span>,
    /// Sets of members that are level: same centre across the flow; the groups of one class also get one size.
    pub classes: Vec<Vec<Member>>,
}

/// A box of fixed size.
#[derive(Debug, Clone)]
pub struct BoxNode {
    /// Its size in pixels.
    pub size: Size,
    /// The part, relative to its top left corner, that links aim at and that rows are aligned by (an icon over its caption); the whole box by default.
    pub core: Rect,
    /// The group around it.
    pub parent: Option<GroupId>,
    /// The group on whose border it stands (then `parent` is not looked at), and the side if it is fixed.
    pub border: Option<(GroupId, Option<Side>)>,
}

/// A rectangle around boxes and groups.
#[derive(Debug, Clone, Default)]
pub struct GroupNode {
    /// The group around it.
    pub parent: Option<GroupId>,
    /// Room for its title along the top edge; zero for none.
    pub title: Size,
    /// Where along the top edge the title stands.
    pub title_place: TitlePlace,
    /// The direction that links in it run in, if not that around it. Only a group that nothing ties to what is outside can have one of its own, see the
    /// module `turned`: no link leads out of it, no box stands on its border, it is in no class and holds no member of one, and no span holds a part of
    /// what it holds. In others this is without effect, and so it is where the drawing would break a hard rule.
    pub flow: Option<Flow>,
}

/// Where along its group's top edge a title stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TitlePlace {
    /// In the top left corner.
    #[default]
    Corner,
    /// In the middle of the top edge.
    Middle,
}

/// A link.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it starts.
    pub from: Member,
    /// Where it ends.
    pub to: Member,
    /// Room for its label.
    pub label: Option<Size>,
    /// Whether it decides who stands before whom.
    pub rank: bool,
    /// How much its length counts; default 1.
    pub weight: f64,
}

/// An outline around members, wherever they stand.
#[derive(Debug, Clone)]
pub struct Span {
    /// Boxes or groups, at least one.
    pub members: Vec<Member>,
    /// Room for its title along the top edge.
    pub title: Size,
}

/// Distances in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Spacing {
    /// Between boxes that are neighbours in one layer; default 40. Between groups half of that, between a box and a group three quarters.
    pub within: f64,
    /// Between layers; default 60.
    pub between: f64,
    /// From a group's border to what it holds; default 15.
    pub padding: f64,
    /// Height of the strip at the top of a group that is kept for its title, at least; default 24.
    pub title: f64,
    /// Between two parallel links, and from a link to a box or wall; default 10.
    pub track: f64,
    /// Size of a group that holds nothing; default 60 x 40.
    pub empty: Size,
    /// Width over height that the drawing should come near to; default 16:9.
    pub aspect: f64,
}

impl Spacing {
    /// How large a drawing is shown on its page: 1 if it just fits, less if it has to be made smaller.
    pub(super) fn scale(&self, size: Size) -> f64 {
        /// Square pixels: 1600 x 900 if it is that wide.
        const PAGE: f64 = 1_440_000.0;
        let (width, height) = (libm::sqrt(PAGE * self.aspect), libm::sqrt(PAGE / self.aspect));
        (width / size.w).min(height / size.h)
    }
}

impl Default for Spacing {
    fn default() -> Self {
        Self {
            within: 40.0,
            between: 60.0,
            padding: 15.0,
            title: 24.0,
            track: 10.0,
            empty: Size::new(60.0, 40.0),
            aspect: 16.0 / 9.0,
        }
    }
}
