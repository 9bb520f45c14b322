//! The keys of every table: name, type, default, meaning. The reader, the hints for unknown keys, the JSON Schema and the reference all follow these lists.

mod elements;

use super::words::words;
use super::{Copies, TableKind};
use crate::topology::{Flow, Line};
use elements::{ACCOUNT, AZ, CLOUD, GROUP, REGION, SERVICE, SITE, SUBNET, VPC};

/// One key of a table.
pub(in crate::document) struct Key {
    /// Its name.
    pub(in crate::document) name: &'static str,
    /// What may stand under it.
    pub(in crate::document) shape: Shape,
    /// What holds where it is left out: a TOML value, or words in parentheses.
    pub(in crate::document) default: &'static str,
    /// A TOML value to learn from; empty for tables.
    pub(in crate::document) example: &'static str,
    /// A sentence on what it does.
    pub(in crate::document) doc: &'static str,
}

/// The keys of one kind of table.
pub(in crate::document) struct Table {
    /// Its name in the JSON Schema.
    pub(in crate::document) name: &'static str,
    /// A sentence on what it makes.
    pub(in crate::document) doc: &'static str,
    /// Its keys, in the order in which they are explained.
    pub(in crate::document) keys: &'static [&'static [Key]],
}

/// What may stand under a key.
pub(in crate::document) enum Shape {
    /// A string.
    Text,
    /// A string, or an array of strings.
    Texts,
    /// A string, or an array with one for each copy.
    TextPerCopy,
    /// A text: a string, or a table by language.
    Label,
    /// A text, or an array with one for each copy.
    LabelPerCopy,
    /// true or false.
    Flag,
    /// A number above 0.
    Positive,
    /// A whole number from 1 to 999.
    Count,
    /// One of some words.
    Words(fn() -> Vec<&'static str>),
    /// One of some words, or an array of them.
    ListOf(fn() -> Vec<&'static str>),
    /// `#rgb` or `#rrggbb`.
    Color,
    /// A name of the catalogue.
    ServiceKind,
    /// A kind of group, or a name of the catalogue.
    GroupKind,
    /// A table.
    One(&'static Table),
    /// A table of tables by id.
    Many(&'static Table),
    /// Texts by name.
    Named,
    /// Texts or numbers by name.
    Vars,
    /// Texts by the numbers of steps.
    Numbered,
    /// Texts by what the legend can show.
    Legend,
    /// Links by the chain of their ends.
    Links(&'static Table),
}

impl Table {
    /// All keys.
    pub(in crate::document) fn all(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.keys.iter().copied().flatten()
    }

    /// The key of this name.
    pub(in crate::document) fn key(&self, name: &str) -> Option<&'static Key> {
        self.all().find(|k| k.name == name)
    }
}

/// The keys of a group's or a service's table.
pub(in crate::document) fn element(kind: TableKind) -> &'static Table {
    match kind {
        TableKind::Cloud => &CLOUD,
        TableKind::Account => &ACCOUNT,
        TableKind::Region => &REGION,
        TableKind::Vpc => &VPC,
        TableKind::Az => &AZ,
        TableKind::Subnet => &SUBNET,
        TableKind::Site => &SITE,
        TableKind::Group => &GROUP,
        TableKind::Service => &SERVICE,
    }
}

const fn key(name: &'static str, shape: Shape, default: &'static str, example: &'static str, doc: &'static str) -> Key {
    Key { name, shape, default, example, doc }
}

const fn table(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, default: "", example: "", doc }
}

/// The whole document.
pub(in crate::document) static DOCUMENT: Table = Table {
    name: "document",
    doc: "A diagram.",
    keys: &[
        &[
            key("title", Shape::Label, "(none)", "{ en = \"Web\", ko = \"웹\" }", "The heading over the picture."),
            key("subtitle", Shape::Label, "(none)", "\"as of 2026\"", "A smaller line under the heading."),
            key(
                "description",
                Shape::Label,
                "(made from the links)",
                "\"Users reach the servers over HTTPS.\"",
                "A description for readers who do not see the picture.",
            ),
            key("flow", Shape::Words(words::<Flow>), "\"down\"", "\"right\"", "The direction in which links lead."),
            key(
                "theme",
                Shape::Text,
                "\"light\"",
                "\"auto\"",
                "`light`, `dark`, or `auto`, which follows the reader's system; `--theme` overrides it.",
            ),
            key("font", Shape::Text, "(the embedded font)", "\"Noto Sans KR\"", "The family that texts are drawn in."),
            key(
                "icons",
                Shape::Texts,
                "\"skyplan\"",
                "[\"ours\", \"skyplan\"]",
                "Icon packs that replace the catalogue's drawings; the first that has a drawing wins.",
            ),
            key(
                "include",
                Shape::Texts,
                "(none)",
                "[\"shared/network.toml\"]",
                "Files whose tables belong to this document too: paths below this file's folder.",
            ),
            table("var", Shape::Vars, "Variables: \"{name}\" in any string stands for the text under that name."),
            table("page", Shape::One(&PAGE), "The page to fit."),
        ],
        &[
            table("cloud", Shape::Many(&CLOUD), CLOUD.doc),
            table("account", Shape::Many(&ACCOUNT), ACCOUNT.doc),
            table("region", Shape::Many(&REGION), REGION.doc),
            table("vpc", Shape::Many(&VPC), VPC.doc),
            table("az", Shape::Many(&AZ), AZ.doc),
            table("subnet", Shape::Many(&SUBNET), SUBNET.doc),
            table("site", Shape::Many(&SITE), SITE.doc),
            table("group", Shape::Many(&GROUP), GROUP.doc),
            table("service", Shape::Many(&SERVICE), SERVICE.doc),
        ],
        &[
            table("links", Shape::Links(&LINK), "Links: the key is a chain of ids such as \"users -> alb -> web\"."),
            table("steps", Shape::Numbered, "The numbered texts beside the picture, by their numbers from 1 to 999."),
            table("notes", Shape::Named, "Texts under the picture, under any names."),
            table(
                "legend",
                Shape::Legend,
                "Explains `solid`, `dashed` and `dotted` lines, the discs of steps (`step`), and kinds of groups.",
            ),
            table("style", Shape::Many(&STYLE), STYLE.doc),
            table("view", Shape::Many(&VIEW), VIEW.doc),
        ],
    ],
};

/// `[page]`.
pub(in crate::document) static PAGE: Table = Table {
    name: "page",
    doc: "The page to fit.",
    keys: &[&[
        key("aspect", Shape::Positive, "(16 by 9)", "1.5", "Width over height to aim at."),
        key("width", Shape::Positive, "(as drawn)", "1200", "The width of the picture in pixels."),
    ]],
};

/// A value of `[links]`.
pub(in crate::document) static LINK: Table = Table {
    name: "link",
    doc: "A link, or each link of a chain.",
    keys: &[&[
        key(
            "label",
            Shape::Label,
            "(none)",
            "{ en = \"upload\", ko = \"업로드\" }",
            "The text on the link; in a chain it stands on the first.",
        ),
        key("step", Shape::Count, "(none)", "1", "The number of a step, drawn as a disc; `[steps]` holds the texts."),
        key("style", Shape::Words(words::<Line>), "\"solid\"", "\"dashed\"", "How the line is drawn."),
        key("color", Shape::Color, "(the theme's)", "\"#d13212\"", "The colour of the line."),
        key("weight", Shape::Positive, "1", "3", "How much the layout cares for its length."),
        key(
            "rank",
            Shape::Flag,
            "true",
            "false",
            "`false` for a relation that is no flow: it does not decide who stands before whom.",
        ),
        key(
            "copies",
            Shape::Words(words::<Copies>),
            "(paired where both ends are copied by the same parents, else all)",
            "\"all\"",
            "Which copies it joins: those within the same parents (`paired`), or every one with every one (`all`).",
        ),
        key(
            "href",
            Shape::Text,
            "(none)",
            "\"https://example.com/api\"",
            "Where a click in the SVG, HTML or PDF leads.",
        ),
        key("tooltip", Shape::Label, "(none)", "\"about 200 a second\"", "The text shown while a pointer rests on it."),
        key(
            "class",
            Shape::Texts,
            "(none)",
            "\"ours\"",
            "Styles of `[style.NAME]`; a later one overrides an earlier one.",
        ),
    ]],
};

/// `[style.NAME]`.
pub(in crate::document) static STYLE: Table = Table {
    name: "style",
    doc: "A style, which `class` applies to services, groups and links.",
    keys: &[&[
        key("stroke", Shape::Color, "(the theme's)", "\"#0a58ca\"", "The colour of borders and lines."),
        key("fill", Shape::Color, "(the theme's)", "\"#f0f4ff\"", "The colour of grounds."),
        key("color", Shape::Color, "(the theme's)", "\"#0a58ca\"", "The colour of names."),
        key("line", Shape::Words(words::<Line>), "(the theme's)", "\"dashed\"", "How borders and lines are drawn."),
    ]],
};

/// `[view.NAME]`.
pub(in crate::document) static VIEW: Table = Table {
    name: "view",
    doc: "A part of the system, drawn by `--view NAME` or `--all-views`.",
    keys: &[&[
        key(
            "only",
            Shape::Texts,
            "(everything)",
            "[\"app\", \"data.a\"]",
            "What it shows, with all that stands inside and the groups around; links whose other end is not shown are left out.",
        ),
        key(
            "without",
            Shape::Texts,
            "(nothing)",
            "[\"monitoring\"]",
            "What it leaves out, with all that stands inside.",
        ),
        key(
            "collapse",
            Shape::Texts,
            "(nothing)",
            "[\"data\"]",
            "Groups drawn as one box, which keeps the links of what stands inside.",
        ),
        key("flow", Shape::Words(words::<Flow>), "(the document's)", "\"right\"", "The direction in which links lead."),
        key("title", Shape::Label, "(the document's)", "\"The data tier\"", "The heading over the picture."),
    ]],
};
