//! The catalogue: every kind a service can be, its names, category, scope and icon.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What an icon's colour and tile follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are AWS's own categories")]
pub enum Category {
    Analytics,
    ApplicationIntegration,
    ArtificialIntelligence,
    BusinessApplications,
    Category,
    CloudFinancialManagement,
    Compute,
    Containers,
    CustomerEnablement,
    Database,
    DeveloperTools,
    EndUserComputing,
    FrontEndWebMobile,
    General,
    Group,
    InternetOfThings,
    ManagementGovernance,
    MediaServices,
    MigrationModernization,
    NetworkingContentDelivery,
    SecurityIdentityCompliance,
    Storage,
}

/// Where AWS creates a thing of this kind: a hint for the checks, never a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are AWS's own scopes")]
pub enum Scope {
    Global,
    Region,
    Vpc,
    Az,
    Subnet,
    Edge,
    External,
    Any,
}

/// How the icon is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A white pictogram on a square of the category's colour.
    Service,
    /// A pictogram in the category's colour.
    Resource,
}

/// One row of the catalogue.
#[derive(Debug)]
pub struct Entry {
    /// The name in the language, such as `ec2`.
    pub id: &'static str,
    /// The official name, such as `Amazon EC2`.
    pub name: &'static str,
    /// Its category.
    pub category: Category,
    /// Further names: short names, Terraform and CloudFormation types, Korean names.
    pub aliases: &'static [&'static str],
    /// The stem of the file in the official icon package; empty where there is none.
    pub official_icon: &'static str,
    /// Where AWS creates it.
    pub scope: Scope,
    /// Tile or bare pictogram.
    pub form: Form,
    /// Our own drawing: an SVG on a 64 px grid in `currentColor`.
    pub svg: &'static str,
}

static ENTRIES: &[Entry] = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// All rows, in the order of the catalogue's file.
pub fn entries() -> &'static [Entry] {
    ENTRIES
}

/// The row with this id or alias, whatever the case of its letters.
pub fn find(name: &str) -> Option<&'static Entry> {
    index().get(&folded(name)).copied()
}

/// The three ids or aliases that look most like `name`, best first; fewer where nothing is near.
pub fn nearest(name: &str) -> Vec<&'static str> {
    let wanted = folded(name);
    let mut best: Vec<(f64, &'static Entry)> = Vec::new();
    for entry in ENTRIES {
        let words = std::iter::once(entry.id).chain(entry.aliases.iter().copied());
        let likeness = words.map(|w| strsim::jaro_winkler(&folded(w), &wanted)).fold(0.0, f64::max);
        if likeness > 0.75 {
            best.push((likeness, entry));
        }
    }
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(b.1.id)));
    best.into_iter().take(3).map(|b| b.1.id).collect()
}

/// Rows of which the id, the name or an alias holds all words of `query`.
pub fn search(query: &str) -> Vec<&'static Entry> {
    let words: Vec<String> = query.split_whitespace().map(folded).collect();
    let matches = |entry: &Entry| {
        let text = folded(&[entry.id, entry.name, &entry.aliases.join(" ")].join(" "));
        words.iter().all(|w| text.contains(w.as_str()))
    };
    ENTRIES.iter().filter(|e| matches(e)).collect()
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn index() -> &'static BTreeMap<String, &'static Entry> {
    static INDEX: OnceLock<BTreeMap<String, &'static Entry>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let names =
            |e: &'static Entry| std::iter::once(e.id).chain(e.aliases.iter().copied()).map(move |n| (folded(n), e));
        ENTRIES.iter().flat_map(names).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_point_at_one_row() {
        let mut seen = BTreeMap::new();
        for entry in entries() {
            for name in std::iter::once(&entry.id).chain(entry.aliases) {
                assert_eq!(seen.insert(folded(name), entry.id), None, "{name} is used twice");
            }
        }
    }

    #[test]
    fn terraform_types_and_typing_errors_find_their_service() {
        assert_eq!(find("AWS_Instance").map(|e| e.id), Some("ec2"));
        assert_eq!(nearest("cloudfrnt").first(), Some(&"cloudfront"));
    }
}
