//! Reads `[TYPE.ID]`: services and groups.

use super::fields::{Fields, Reading};
use super::value::{Name, Node};
use super::{At, ElementDecl, StyleDecl, TableKind, include, keys};
use crate::topology::pack_and_name;

/// Reads one service or group. Which keys it may have is the table's own affair: a key that it lacks is never found here.
pub(super) fn element(reading: &mut Reading, table: TableKind, id: Name, entries: Vec<(Name, Node)>) -> ElementDecl {
    let place = reading.place(id.range);
    let what = format!("[{}.{}]", table.name(), id.text);
    let folder = reading.folder;
    let mut fields = Fields::new(reading, keys::element(table), what, entries);
    let (parents, listed) = fields.texts("in").unwrap_or_default();
    let decl = ElementDecl {
        table,
        id: At { value: id.text, place },
        parents,
        listed,
        on: fields.text("on"),
        side: fields.choice("side"),
        around: fields.texts("around").map(|t| t.0),
        kind: fields.text("kind"),
        icon: fields.text("icon").map(|icon| beside(folder, icon)),
        label: fields.labels("label"),
        note: fields.labels("note"),
        name: fields.texts_per_copy("name"),
        cidr: fields.texts_per_copy("cidr"),
        access: fields.choice("access"),
        href: href(&mut fields),
        tooltip: fields.label("tooltip"),
        classes: fields.texts("class").unwrap_or_default().0,
        style: style(&mut fields),
    };
    fields.finish();
    decl
}

/// The path of an icon is relative to the file that names it.
fn beside(folder: &str, icon: At<String>) -> At<String> {
    if pack_and_name(&icon.value).is_some() {
        return icon;
    }
    At { value: include::beside(folder, &icon.value), ..icon }
}

/// Colours and lines.
pub(super) fn style(fields: &mut Fields) -> StyleDecl {
    StyleDecl {
        stroke: fields.color("stroke"),
        fill: fields.color("fill"),
        color: fields.color("color"),
        line: fields.choice("line"),
    }
}

/// A hyperlink of a harmless scheme.
pub(super) fn href(fields: &mut Fields) -> Option<At<String>> {
    let href = fields.text("href")?;
    let scheme = href.value.split_once(':').map(|s| s.0.to_ascii_lowercase());
    let relative = scheme.as_ref().is_none_or(|s| s.contains(['/', '?', '#']));
    if relative || matches!(scheme.as_deref(), Some("http" | "https" | "mailto")) {
        return Some(href);
    }
    let message = format!("`href` may not lead to `{}:`", scheme.unwrap_or_default());
    fields.error("bad-href", message, href.place.range, "use http, https, mailto or a relative address");
    None
}
