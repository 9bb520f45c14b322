//! Single elements: what each service and group is, what it is called and how it looks.

use super::language::spoken;
use super::resolve::Maker;
use super::{Element, ElementId, GroupKind, Style, What};
use crate::catalogue::{self, Entry};
use crate::document::{Access, At, ElementDecl, PerCopy, StyleDecl, TableKind};

impl<'a> Maker<'a, '_> {
    /// Lists of values for copies must be as long as there are copies.
    pub(super) fn check_lists(&mut self, decl: &ElementDecl) {
        let Some(k) = self.copies.declared(&decl.id.value) else { return };
        let count = self.copies.of[k].len();
        let lists = [
            ("label", length(&decl.label)),
            ("note", length(&decl.note)),
            ("name", length(&decl.name)),
            ("cidr", length(&decl.cidr)),
        ];
        for (key, list) in lists {
            if let Some((n, place)) = list
                && n != count
                && count > 0
            {
                let values = if n == 1 { "value" } else { "values" };
                let message =
                    format!("`{key}` lists {n} {values}, but there are {count} copies of `{}`", decl.id.value);
                self.error("wrong-count", message, &place, "give one value for all, or one for each copy");
            }
        }
    }

    /// One instance as an element; none where its kind is unknown.
    pub(super) fn element(&mut self, i: usize, decl: &'a ElementDecl, parent: Option<ElementId>) -> Option<Element> {
        let copy = self.copies.all[i].copy;
        let what = if decl.table == TableKind::Service { self.service(decl, parent)? } else { self.group(decl, copy) };
        let label = decl.label.as_ref().and_then(|l| self.language.of_copy(l, copy, self.findings));
        let note = decl.note.as_ref().and_then(|l| self.language.of_copy(l, copy, self.findings));
        let (label, note) = match (&what, label) {
            (_, Some(label)) => (label, note),
            (What::Group { kind, .. }, None) => (self.language.group_name(*kind, &decl.id.value), note),
            (What::Service { kind, .. }, None) => {
                // An id that is the service's own name says nothing more; any other is worth showing.
                let plain = catalogue::find(&decl.id.value).is_some_and(|e| e.id == kind.id);
                if plain {
                    (kind.name.to_owned(), note)
                } else {
                    (spoken(&decl.id.value), note.or_else(|| Some(kind.name.to_owned())))
                }
            }
        };
        Some(Element {
            path: self.copies.path(i),
            what,
            label,
            note,
            parent,
            href: decl.href.as_ref().map(|h| h.value.clone()),
            tooltip: self.text(&decl.tooltip),
            style: self.style(&decl.classes, &decl.style),
            place: Some(decl.id.place.clone()),
        })
    }

    fn service(&mut self, decl: &'a ElementDecl, parent: Option<ElementId>) -> Option<What> {
        let named = decl.kind.as_ref().unwrap_or(&decl.id);
        let kind = match catalogue::find(&named.value) {
            Some(kind) => kind,
            None => {
                let near = catalogue::nearest(&named.value);
                let message = format!("no kind of service is called `{}`", named.value);
                let list = near.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
                let help = match (near.is_empty(), decl.kind.is_some()) {
                    (true, _) => "add kind = \"…\"; `skyplan kinds WORD` lists them".to_owned(),
                    (false, true) => format!("near are {list}"),
                    (false, false) => format!("add kind = \"…\"; near are {list}"),
                };
                self.error("unknown-kind", message, &named.place, help);
                return None;
            }
        };
        let icon = decl.icon.as_ref().and_then(|icon| self.shelf.named(icon, self.findings));
        if let (Some(side), None) = (&decl.side, &decl.on) {
            self.error(
                "side-without-on",
                "`side` needs `on`".to_owned(),
                &side.place,
                "name the group on whose border it stands: on = \"…\"",
            );
        }
        let border = decl.on.as_ref().and(parent).map(|g| (g, decl.side.as_ref().map(|s| s.value)));
        Some(What::Service { kind, icon, border })
    }

    fn group(&mut self, decl: &'a ElementDecl, copy: usize) -> What {
        let (kind, badge) = self.group_look(decl);
        let pick = |list: &Option<PerCopy<At<String>>>| match list {
            Some(PerCopy::One(one)) => Some(one.value.clone()),
            Some(PerCopy::Each(each, _)) => each.get(copy).map(|t| t.value.clone()),
            None => None,
        };
        let detail = match (pick(&decl.name), pick(&decl.cidr)) {
            (Some(name), Some(cidr)) => Some(format!("{name}  {cidr}")),
            (a, b) => a.or(b),
        };
        What::Group { kind, badge, detail }
    }

    pub(super) fn group_look(&mut self, decl: &'a ElementDecl) -> (GroupKind, Option<&'static Entry>) {
        let kind = match decl.table {
            TableKind::Cloud => GroupKind::Cloud,
            TableKind::Account => GroupKind::Account,
            TableKind::Region => GroupKind::Region,
            TableKind::Vpc => GroupKind::Vpc,
            TableKind::Az => GroupKind::AvailabilityZone,
            TableKind::Subnet => match decl.access.as_ref().map(|a| a.value) {
                Some(Access::Public) => GroupKind::PublicSubnet,
                _ => GroupKind::PrivateSubnet,
            },
            TableKind::Site => GroupKind::DataCenter,
            TableKind::Group | TableKind::Service => GroupKind::Generic,
        };
        let Some(named) = &decl.kind else { return (kind, None) };
        if let Some(kind) = group_kind(&named.value) {
            return (kind, None);
        }
        match catalogue::find(&named.value) {
            Some(entry) => (kind, Some(entry)),
            None => {
                let near = catalogue::nearest(&named.value).join("`, `");
                let message = format!("no kind of group is called `{}`", named.value);
                let known = GroupKind::NAMES.iter().map(|k| format!("`{}`", k.0)).collect::<Vec<_>>().join(", ");
                let help = if near.is_empty() {
                    format!("known are {known}, and every service")
                } else {
                    format!("near are `{near}`")
                };
                self.error("unknown-kind", message, &named.place, help);
                (kind, None)
            }
        }
    }

    pub(super) fn style(&mut self, classes: &[At<String>], own: &StyleDecl) -> Style {
        let mut style = Style::default();
        for class in classes {
            match self.document.styles.iter().find(|s| s.0.value == class.value) {
                Some((_, decl)) => paint(&mut style, decl),
                None => {
                    let message = format!("no style is called `{}`", class.value);
                    self.error("unknown-style", message, &class.place, format!("add [style.{}]", class.value));
                }
            }
        }
        paint(&mut style, own);
        style
    }
}

fn length<T>(list: &Option<PerCopy<T>>) -> Option<(usize, crate::diagnostic::Place)> {
    match list {
        Some(PerCopy::Each(list, place)) => Some((list.len(), place.clone())),
        _ => None,
    }
}

fn paint(style: &mut Style, decl: &StyleDecl) {
    let take = |slot: &mut Option<String>, from: &Option<At<String>>| {
        if let Some(value) = from {
            *slot = Some(value.value.clone());
        }
    };
    take(&mut style.stroke, &decl.stroke);
    take(&mut style.fill, &decl.fill);
    take(&mut style.color, &decl.color);
    if let Some(line) = &decl.line {
        style.line = Some(line.value);
    }
}

/// A kind of group by its name in a diagram.
pub(super) fn group_kind(name: &str) -> Option<GroupKind> {
    GroupKind::NAMES.iter().find(|k| k.0 == name).map(|k| k.1)
}
