//! The keys of groups and services.

use super::{Key, Shape, Table, key};
use crate::document::Access;
use crate::document::words::words;
use crate::topology::{Line, Side};

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
    key(
        "href",
        Shape::Text,
        "(none)",
        "\"https://example.com/runbook\"",
        "Where a click in the SVG, HTML or PDF leads.",
    ),
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

/// `[cloud.ID]`.
pub(super) static CLOUD: Table = Table {
    name: "cloud",
    doc: "A cloud: the outermost group of what a provider runs.",
    keys: &[&[IN, LABEL, NAME], &SHARED],
};

/// `[account.ID]`.
pub(super) static ACCOUNT: Table = Table { name: "account", doc: "An account.", keys: &[&[IN, LABEL, NAME], &SHARED] };

/// `[region.ID]`.
pub(super) static REGION: Table =
    Table { name: "region", doc: "A region, such as Seoul.", keys: &[&[IN, LABEL, NAME], &SHARED] };

/// `[vpc.ID]`.
pub(super) static VPC: Table =
    Table { name: "vpc", doc: "A virtual private cloud.", keys: &[&[IN, LABEL, NAME, CIDR], &SHARED] };

/// `[az.ID]`.
pub(super) static AZ: Table = Table {
    name: "az",
    doc: "An availability zone. Zones of one group stand side by side, level and of one size.",
    keys: &[&[IN, LABEL, NAME], &SHARED],
};

/// `[subnet.ID]`.
pub(super) static SUBNET: Table = Table {
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

/// `[site.ID]`.
pub(super) static SITE: Table = Table {
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

/// `[group.ID]`.
pub(super) static GROUP: Table = Table {
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

/// `[service.ID]`.
pub(super) static SERVICE: Table = Table {
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
