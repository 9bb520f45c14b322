//! The keys of every table: name, type, default, meaning. The reader, the hints for unknown keys, the JSON Schema and the reference all follow these lists.

use super::words::words;
use super::{Access, Copies, TableKind};
use crate::topology::{Flow, Line, Side};

/// One key of a table.
pub(super) struct Key {
    /// Its name.
    pub(super) name: &'static str,
    /// What may stand under it.
    pub(super) shape: Shape,
    /// What holds where it is left out: a TOML value, or words in parentheses.
    pub(super) default: &'static str,
    /// A TOML value to learn from; empty for tables.
    pub(super) example: &'static str,
    /// A sentence on what it does.
    pub(super) doc: &'static str,
}

/// The keys of one kind of table.
pub(super) struct Table {
    /// Its name in the JSON Schema.
    pub(super) name: &'static str,
    /// A sentence on what it makes.
    pub(super) doc: &'static str,
    /// Its keys, in the order in which they are explained.
    pub(super) keys: &'static [&'static [Key]],
}

/// What may stand under a key.
pub(super) enum Shape {
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
    pub(super) fn all(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.keys.iter().copied().flatten()
    }

    /// The key of this name.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.all().find(|k| k.name == name)
    }
}

/// The keys of a group's or a service's table.
pub(super) fn element(kind: TableKind) -> &'static Table {
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
pub(super) static DOCUMENT: Table = Table {
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
pub(super) static PAGE: Table = Table {
    name: "page",
    doc: "The page to fit.",
    keys: &[&[
        key("aspect", Shape::Positive, "(16 by 9)", "1.5", "Width over height to aim at."),
        key("width", Shape::Positive, "(as drawn)", "1200", "The width of the picture in pixels."),
    ]],
};

const IN: Key = key(
    "in",
    Shape::Texts,
    "(the page)",
    "[\"a\", \"c\"]",
    "The group that it stands in, by id. A list makes a copy in each; what stands inside is copied with it.",
);
const LABEL: Key =
    key("label", Shape::LabelPerCopy, "(from the kind or the id)", "{ en = \"Web\", ko = \"웹\" }", "The name shown.");
const NAME: Key = key(
    "name",
    Shape::TextPerCopy,
    "(none)",
    "\"ap-northeast-2\"",
    "A technical name beside the label, such as a region's.",
);
const CIDR: Key = key(
    "cidr",
    Shape::TextPerCopy,
    "(none)",
    "[\"10.0.0.0/24\", \"10.0.1.0/24\"]",
    "The address range. It must lie within the range around it and apart from its siblings'.",
);

/// What every service and group takes besides its own keys.
static SHARED: [Key; 7] = [
    key("href", Shape::Text, "(none)", "\"https://example.com/runbook\"", "Where a click in the SVG leads."),
    key("tooltip", Shape::Label, "(none)", "\"two instances\"", "The text shown while a pointer rests on it."),
    key(
        "class",
        Shape::Texts,
        "(none)",
        "[\"ours\"]",
        "Styles of `[style.NAME]`; a later one overrides an earlier one.",
    ),
    key("stroke", Shape::Color, "(the theme's)", "\"#0a58ca\"", "The colour of its border."),
    key("fill", Shape::Color, "(the theme's)", "\"#f0f4ff\"", "The colour of its ground."),
    key("color", Shape::Color, "(the theme's)", "\"#0a58ca\"", "The colour of its name."),
    key("line", Shape::Words(words::<Line>), "(the theme's)", "\"dashed\"", "How its border is drawn."),
];

static CLOUD: Table = Table {
    name: "cloud",
    doc: "A cloud: the outermost group of what a provider runs.",
    keys: &[&[IN, LABEL, NAME], &SHARED],
};

static ACCOUNT: Table = Table { name: "account", doc: "An account.", keys: &[&[IN, LABEL, NAME], &SHARED] };

static REGION: Table = Table { name: "region", doc: "A region, such as Seoul.", keys: &[&[IN, LABEL, NAME], &SHARED] };

static VPC: Table = Table { name: "vpc", doc: "A virtual private cloud.", keys: &[&[IN, LABEL, NAME, CIDR], &SHARED] };

static AZ: Table = Table {
    name: "az",
    doc: "An availability zone. Zones of one group stand side by side, level and of one size.",
    keys: &[&[IN, LABEL, NAME], &SHARED],
};

static SUBNET: Table = Table {
    name: "subnet",
    doc: "A subnet.",
    keys: &[
        &[
            IN,
            LABEL,
            NAME,
            CIDR,
            key(
                "access",
                Shape::Words(words::<Access>),
                "\"private\"",
                "\"public\"",
                "Whether the internet reaches it; decides colour and badge.",
            ),
        ],
        &SHARED,
    ],
};

static SITE: Table = Table {
    name: "site",
    doc: "A place outside the cloud: a data centre, an office, another provider.",
    keys: &[
        &[
            IN,
            key(
                "kind",
                Shape::GroupKind,
                "\"data-center\"",
                "\"data-center\"",
                "How it looks: a kind of group, or a service for its badge.",
            ),
            LABEL,
            NAME,
            CIDR,
        ],
        &SHARED,
    ],
};

static GROUP: Table = Table {
    name: "group",
    doc: "Any other group, or an outline around members wherever they stand.",
    keys: &[
        &[
            IN,
            key(
                "around",
                Shape::Texts,
                "(none)",
                "[\"web\"]",
                "Makes it an outline around these services, copies or groups, outside the nesting.",
            ),
            key(
                "kind",
                Shape::GroupKind,
                "\"generic\"",
                "\"auto-scaling\"",
                "How it looks: a kind of group, or a service for its badge.",
            ),
            LABEL,
            NAME,
        ],
        &SHARED,
    ],
};

static SERVICE: Table = Table {
    name: "service",
    doc: "A service, a resource, a person: a thing with an icon.",
    keys: &[
        &[
            IN,
            key(
                "on",
                Shape::Text,
                "(none)",
                "\"main\"",
                "The group on whose border it stands, such as a gateway's VPC.",
            ),
            key("side", Shape::Words(words::<Side>), "(chosen)", "\"top\"", "The side of that border; only with `on`."),
            key(
                "kind",
                Shape::ServiceKind,
                "(the id)",
                "\"ec2\"",
                "Its entry of the catalogue: an id or any alias, such as `ec2`, `aws_instance`, `AWS::EC2::Instance`.",
            ),
            key(
                "icon",
                Shape::Text,
                "(the kind's)",
                "\"icons/own.svg\"",
                "An icon in place of the kind's: an SVG or PNG file below the diagram's folder, `PACK:NAME`, or `skyplan:KIND` for the drawing of another kind.",
            ),
            LABEL,
            key(
                "note",
                Shape::LabelPerCopy,
                "(the kind's name where the label says another)",
                "\"t3.large\"",
                "A second, smaller line.",
            ),
        ],
        &SHARED,
    ],
};

/// A value of `[links]`.
pub(super) static LINK: Table = Table {
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
        key("href", Shape::Text, "(none)", "\"https://example.com/api\"", "Where a click in the SVG leads."),
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
pub(super) static STYLE: Table = Table {
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
pub(super) static VIEW: Table = Table {
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
