//! Finding icons: by the names that people write, and by entries of the catalogue.

use super::Manifest;
use crate::catalogue::Entry;
use std::collections::BTreeMap;

/// The names of a pack's icons, whatever their cases, hyphens and folders.
#[derive(Debug)]
pub struct Names {
    /// Folded name -> name, first in the alphabet winning.
    by_folded: BTreeMap<String, String>,
    /// Folded last part of the path -> name; `None` where several icons end so.
    by_last: BTreeMap<String, Option<String>>,
}

impl Names {
    /// Those of this pack.
    pub fn of(manifest: &Manifest) -> Self {
        let (mut by_folded, mut by_last) = (BTreeMap::new(), BTreeMap::new());
        for name in manifest.icons.keys() {
            by_folded.entry(folded(name)).or_insert_with(|| name.clone());
            let last = folded(name.rsplit('/').next().unwrap_or(name));
            by_last.entry(last).and_modify(|n| *n = None).or_insert_with(|| Some(name.clone()));
        }
        Self { by_folded, by_last }
    }

    /// The icon that somebody means: by its name, or the last part of its path where that tells it from all others.
    pub fn find(&self, wanted: &str) -> Option<&str> {
        let wanted = folded(wanted);
        let found = self.by_folded.get(&wanted).or_else(|| self.by_last.get(&wanted)?.as_ref());
        found.map(String::as_str)
    }

    /// The icon of a kind: by AWS's own file name, then by the kind's id, name and short aliases, with `aws-` before them or not.
    pub fn drawing(&self, kind: &Entry) -> Option<&str> {
        let official = super::aws::file_name(kind.official_icon).stem;
        if let Some(name) = Some(official).filter(|o| !o.is_empty()).and_then(|o| self.find(o)) {
            return Some(name);
        }
        // Types of Terraform and CloudFormation are not how anybody names a picture.
        let aliases = kind.aliases().filter(|a| !a.starts_with("aws_") && !a.contains("::"));
        let words: Vec<&str> = [kind.id, kind.name].into_iter().chain(aliases).collect();
        let with_aws = words.iter().find_map(|w| self.find(&format!("aws-{w}")));
        with_aws.or_else(|| words.iter().find_map(|w| self.find(w)))
    }

    /// The three names that look most like `wanted`, best first.
    pub fn nearest(&self, wanted: &str) -> Vec<&str> {
        let wanted = folded(wanted);
        let mut best: Vec<(f64, &str)> = Vec::new();
        for (folded, name) in &self.by_folded {
            let last = name.rsplit('/').next().map(self::folded).unwrap_or_default();
            let likeness = strsim::jaro_winkler(folded, &wanted).max(strsim::jaro_winkler(&last, &wanted));
            // Names within names are what somebody who forgets a prefix writes.
            let holds = wanted.len() > 1 && folded.contains(&wanted);
            if likeness > 0.8 || holds {
                best.push((likeness + if holds { 0.2 } else { 0.0 }, name));
            }
        }
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        best.into_iter().take(3).map(|b| b.1).collect()
    }
}

/// Letters and digits in lower case; folders stay apart.
fn folded(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '/').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::packs::manifest::Files;

    fn names(list: &[&str]) -> Names {
        let file = || Files { light: "a.svg".to_owned(), dark: None };
        let icons = list.iter().map(|n| ((*n).to_owned(), file())).collect();
        Names::of(&Manifest { icons, ..Manifest::default() })
    }

    #[test]
    fn cases_hyphens_and_folders_do_not_matter() {
        let names = names(&["compute/EC2 Instance", "network/elb", "old/elb"]);
        assert_eq!(names.find("ec2-instance"), Some("compute/EC2 Instance"));
        assert_eq!(names.find("Compute/ec2_instance"), Some("compute/EC2 Instance"));
        assert_eq!(names.find("elb"), None, "two end so");
    }

    #[test]
    fn kinds_are_found_by_official_and_common_names() {
        let kind = |id: &str| catalogue::find(id).expect("it is in the catalogue");
        let names = names(&["Arch_Amazon-EC2", "aws-route53", "s3", "aws-open-search", "Arch_AWS-Marketplace"]);
        assert_eq!(names.drawing(kind("ec2")), Some("Arch_Amazon-EC2"));
        assert_eq!(names.drawing(kind("route53")), Some("aws-route53"));
        assert_eq!(names.drawing(kind("s3")), Some("s3"));
        assert_eq!(names.drawing(kind("opensearch")), Some("aws-open-search"));
        assert_eq!(names.drawing(kind("marketplace")), Some("Arch_AWS-Marketplace"));
        assert_eq!(names.drawing(kind("lambda")), None);
    }

    #[test]
    fn a_typing_error_finds_its_neighbours() {
        assert_eq!(names(&["aws-lambda", "aws-s3", "vue"]).nearest("lambda"), ["aws-lambda"]);
        assert_eq!(names(&["aws-lambda", "aws-s3", "vue"]).nearest("aws-lamda").first(), Some(&"aws-lambda"));
    }
}
