//! Copies: a declaration becomes one instance for each of its parents, at any depth.

use super::Most;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{At, Document, ElementDecl, TableKind};
use std::collections::BTreeMap;

/// One copy of a declaration.
#[derive(Debug, Clone)]
pub(super) struct Instance {
    /// Index of the declaration.
    pub(super) decl: usize,
    /// Which copy of it, from 0.
    pub(super) copy: usize,
    /// Index of the instance around it; for one on a border, of the group whose border it is.
    pub(super) parent: Option<usize>,
    /// Number of groups around it.
    pub(super) depth: usize,
    /// What its name says after the id: the list entries chosen for it, from the inside out.
    pub(super) suffix: Vec<String>,
}

/// All instances, by declaration and in the order of their lists.
pub(super) struct Instances<'a> {
    document: &'a Document,
    /// The instances.
    pub(super) all: Vec<Instance>,
    /// Instances of each declaration.
    pub(super) of: Vec<Vec<usize>>,
    ids: BTreeMap<&'a str, usize>,
}

/// What a name that cannot be resolved is wrong about.
pub(super) enum Unresolved {
    /// No such id; the nearest one.
    Id(Option<String>),
    /// The id exists, but none of its copies has this name; those that exist.
    Copy(Vec<String>),
    /// It is an outline around members, which holds nothing itself.
    Outline,
    /// It could not be placed, which has been reported.
    Unplaced,
}

/// Makes all copies, up to the limits.
pub(super) fn instances<'a>(document: &'a Document, most: Most, findings: &mut Diagnostics) -> Instances<'a> {
    let mut ids = BTreeMap::new();
    for (k, decl) in document.elements.iter().enumerate() {
        ids.entry(decl.id.value.as_str()).or_insert(k);
    }
    let n = document.elements.len();
    let mut made = Instances { document, all: Vec::new(), of: vec![Vec::new(); n], ids };
    for k in made.parents_first(findings) {
        made.expand(k, most.elements, findings);
        let place = || document.elements[k].id.place.clone();
        if made.of[k].iter().any(|&i| made.all[i].depth > most.depth) {
            let message = format!("`{}` lies in more than {} groups", document.elements[k].id.value, most.depth);
            findings.push(Diagnostic::error("too-deep", message, place()).help(format!(
                "take groups out that say nothing, or lift the limit with --limit depth={}",
                most.depth.saturating_mul(4)
            )));
            break;
        }
        if made.all.len() > most.elements {
            let message = format!("copying makes more than {} elements", most.elements);
            findings.push(Diagnostic::error("too-large", message, place()).help(format!(
                "split the diagram, shorten the `in` lists, or lift the limit with --limit elements={}",
                most.elements.saturating_mul(4)
            )));
            break;
        }
    }
    made
}

impl<'a> Instances<'a> {
    fn decl(&self, k: usize) -> &'a ElementDecl {
        &self.document.elements[k]
    }

    /// The names that say where a declaration stands.
    fn places_of(&self, k: usize) -> impl Iterator<Item = &'a At<String>> + use<'a> {
        let decl = &self.document.elements[k];
        decl.parents.iter().chain(&decl.on)
    }

    /// Declarations with parents before what stands in them; those in a cycle are reported and left out.
    fn parents_first(&self, findings: &mut Diagnostics) -> Vec<usize> {
        let n = self.document.elements.len();
        let parents: Vec<Vec<usize>> = (0..n)
            .map(|k| self.places_of(k).filter_map(|p| self.ids.get(first_part(&p.value)).copied()).collect())
            .collect();
        let (mut state, mut order) = (vec![0u8; n], Vec::with_capacity(n));
        for root in 0..n {
            let mut stack = vec![(root, 0usize)];
            while let Some(top) = stack.last_mut() {
                let (k, at) = *top;
                if state[k] == 2 {
                    stack.pop();
                    continue;
                }
                state[k] = 1;
                let Some(&p) = parents[k].get(at) else {
                    state[k] = 2;
                    order.push(k);
                    stack.pop();
                    continue;
                };
                top.1 += 1;
                if state[p] == 1 {
                    let ring: Vec<&str> = stack
                        .iter()
                        .map(|s| s.0)
                        .skip_while(|&s| s != p)
                        .map(|s| self.decl(s).id.value.as_str())
                        .collect();
                    self.report_cycle(k, at, &ring, findings);
                } else if state[p] == 0 {
                    stack.push((p, 0));
                }
            }
        }
        order
    }

    fn report_cycle(&self, k: usize, at: usize, ring: &[&str], findings: &mut Diagnostics) {
        let place = self.places_of(k).nth(at).map_or(self.decl(k).id.place.clone(), |p| p.place.clone());
        let chain = ring.iter().chain(ring.first()).map(|s| format!("`{s}`")).collect::<Vec<_>>().join(" in ");
        let message = format!("{chain}: nothing can stand inside itself");
        findings.push(Diagnostic::error("nesting-cycle", message, place).help("remove one of these `in` keys"));
    }

    fn expand(&mut self, k: usize, most: usize, findings: &mut Diagnostics) {
        let decl = self.decl(k);
        if decl.around.is_some() {
            return;
        }
        let entries: Vec<&At<String>> = if let Some(on) = &decl.on { vec![on] } else { decl.parents.iter().collect() };
        if entries.is_empty() {
            self.add(k, None, Vec::new());
            return;
        }
        let starts: Vec<&str> = entries.iter().map(|e| first_part(&e.value)).collect();
        let several = decl.listed && decl.on.is_none() && entries.len() > 1;
        for (at, entry) in entries.iter().enumerate() {
            let found = match self.resolve(&entry.value) {
                Ok(found) => found,
                Err(why) => {
                    report_unresolved(&entry.value, why, entry, findings);
                    continue;
                }
            };
            for parent in found {
                let holder = self.decl(self.all[parent].decl);
                if holder.table == TableKind::Service {
                    let message = format!("`{}` is a service and cannot hold anything", entry.value);
                    let help = "put it into the service's group, or link the two";
                    findings.push(Diagnostic::error("not-a-group", message, entry.place.clone()).help(help));
                    break;
                }
                // An entry that is itself a copy's name says its part already; entries of different ids add their own.
                let alike = starts.iter().filter(|s| **s == starts[at]).count();
                let mut suffix = Vec::new();
                if several && (alike == 1 || !entry.value.contains('.')) {
                    suffix.push(starts[at].to_owned());
                }
                suffix.extend(self.all[parent].suffix.iter().cloned());
                self.add(k, Some(parent), suffix);
                if self.all.len() > most {
                    return;
                }
            }
        }
    }

    fn add(&mut self, decl: usize, parent: Option<usize>, suffix: Vec<String>) {
        let copy = self.of[decl].len();
        self.of[decl].push(self.all.len());
        let depth = parent.map_or(0, |p| self.all[p].depth + 1);
        self.all.push(Instance { decl, copy, parent, depth, suffix });
    }

    /// The unique name of an instance.
    pub(super) fn path(&self, i: usize) -> String {
        let instance = &self.all[i];
        let mut path = self.decl(instance.decl).id.value.clone();
        if self.of[instance.decl].len() > 1 {
            for part in &instance.suffix {
                path.push('.');
                path.push_str(part);
            }
        }
        path
    }

    /// Index of the declaration with this id.
    pub(super) fn declared(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// All instances that a name means: those of its id whose further parts it names, in order.
    pub(super) fn resolve(&self, name: &str) -> Result<Vec<usize>, Unresolved> {
        let mut parts = name.split('.');
        let id = parts.next().unwrap_or("");
        let Some(&decl) = self.ids.get(id) else {
            return Err(Unresolved::Id(self.nearest(id)));
        };
        let parts: Vec<&str> = parts.collect();
        let fits = |i: &usize| {
            let mut left = self.all[*i].suffix.iter();
            parts.iter().all(|p| left.any(|s| s == p))
        };
        let found: Vec<usize> = self.of[decl].iter().copied().filter(fits).collect();
        if self.of[decl].is_empty() {
            return Err(if self.decl(decl).around.is_some() { Unresolved::Outline } else { Unresolved::Unplaced });
        }
        if found.is_empty() {
            return Err(Unresolved::Copy(self.of[decl].iter().take(4).map(|&i| self.path(i)).collect()));
        }
        Ok(found)
    }

    /// The id that looks most like this one.
    pub(super) fn nearest(&self, id: &str) -> Option<String> {
        let likeness = |k: &&str| strsim::jaro_winkler(&k.to_lowercase(), &id.to_lowercase());
        let best = self.ids.keys().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(&best) > 0.7).then(|| best.to_owned())
    }
}

fn first_part(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Reports a name that points at nothing.
pub(super) fn report_unresolved(name: &str, why: Unresolved, at: &At<String>, findings: &mut Diagnostics) {
    let (message, help) = match why {
        Unresolved::Id(near) => (
            format!("nothing has the id `{}`", first_part(name)),
            near.map_or_else(
                || "add a table for it, such as [service.ID]".to_owned(),
                |n| format!("did you mean `{n}`?"),
            ),
        ),
        Unresolved::Unplaced => return,
        Unresolved::Outline => (
            format!("`{name}` is an outline around its members, not a place"),
            "name its members, or make it a group of the nesting with `in`".to_owned(),
        ),
        Unresolved::Copy(paths) => {
            let list = paths.iter().map(|p| format!("`{p}`")).collect::<Vec<_>>().join(", ");
            (format!("no copy is called `{name}`"), format!("there are {list}"))
        }
    };
    findings.push(Diagnostic::error("unknown-id", message, at.place.clone()).help(help));
}
