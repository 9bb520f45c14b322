//! The catalogue: every kind a service can be, its names, category, scope and icon.

use unicode_normalization::UnicodeNormalization as _;

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
    /// Further names, `|` between them. One text: the addresses of so many would have to be written into memory at every start.
    pub aliases: &'static str,
    /// The stem of the file in the official icon package; empty where there is none.
    pub official_icon: &'static str,
    /// Where AWS creates it.
    pub scope: Scope,
    /// Tile or bare pictogram.
    pub form: Form,
    /// Our own drawing: an SVG on a 64 px grid in `currentColor`.
    pub svg: &'static str,
}

impl Entry {
    /// Further names: short names, Terraform and CloudFormation types, Korean names.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.aliases.split('|').filter(|name| !name.is_empty())
    }
}

static ENTRIES: &[Entry] = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

static NAMES: Names = include!(concat!(env!("OUT_DIR"), "/names.rs"));

/// Ids and aliases as they are looked up, in order; one text, as [`Entry::aliases`] are.
struct Names {
    text: &'static str,
    /// Where each name starts, and the number of its row.
    starts: &'static [(u32, u32)],
}

impl Names {
    fn get(&self, at: usize) -> &'static str {
        let start = |at: usize| self.starts.get(at).map_or(self.text.len(), |&(start, _)| start as usize);
        self.text.get(start(at)..start(at + 1)).unwrap_or_default()
    }

    /// The row of a name.
    fn row(&self, name: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.get(middle).cmp(name) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return self.starts.get(middle).map(|&(_, row)| row as usize),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// All rows, in the order of the catalogue's file.
pub fn entries() -> &'static [Entry] {
    ENTRIES
}

/// The row with this id or alias, whatever the case of its letters.
pub fn find(name: &str) -> Option<&'static Entry> {
    ENTRIES.get(NAMES.row(&folded(name))?)
}

/// The three ids or aliases that look most like `name`, best first; fewer where nothing is near.
pub fn nearest(name: &str) -> Vec<&'static str> {
    let wanted = Sound::of(name);
    let mut best: Vec<(f64, &'static Entry)> = Vec::new();
    for entry in ENTRIES {
        let words = std::iter::once(entry.id).chain(entry.aliases());
        let likeness = words.map(|w| Sound::of(w).likeness(&wanted)).fold(0.0, f64::max);
        if likeness > 0.8 {
            best.push((likeness, entry));
        }
    }
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(b.1.id)));
    // Beside a name that is nearly right, those that merely begin alike are noise.
    let enough = best.first().map_or(0.0, |b| b.0 - 0.12);
    best.into_iter().filter(|b| b.0 >= enough).take(3).map(|b| b.1.id).collect()
}

/// A name as it is compared with others: letters of Hangul apart, so that one wrong letter is not a wrong syllable; without the prefixes that all types share.
struct Sound {
    /// Letters and digits, as they follow each other.
    letters: String,
    /// The same with the words in order of the alphabet: `gateway-internet` is nearly `internet-gateway`.
    sorted: String,
}

impl Sound {
    fn of(name: &str) -> Self {
        let lower = name.to_lowercase();
        let bare = ["aws::", "aws_", "aws-", "amazon-", "aws ", "amazon "].iter().find_map(|p| lower.strip_prefix(p));
        let bare = bare.filter(|b| !b.is_empty()).unwrap_or(&lower);
        let mut words: Vec<String> = bare.split(|c: char| !c.is_alphanumeric()).map(|w| w.nfd().collect()).collect();
        let letters = words.concat();
        words.sort_unstable();
        Self { letters, sorted: words.concat() }
    }

    /// From 0 for nothing in common to 1 for the same.
    fn likeness(&self, other: &Self) -> f64 {
        let straight = strsim::jaro_winkler(&self.letters, &other.letters);
        straight.max(0.98 * strsim::jaro_winkler(&self.sorted, &other.sorted))
    }
}

/// Rows of which the id, the name or an alias holds all words of `query`.
pub fn search(query: &str) -> Vec<&'static Entry> {
    let words: Vec<String> = query.split_whitespace().map(folded).collect();
    let matches = |entry: &Entry| {
        let aliases: Vec<&str> = entry.aliases().collect();
        let text = folded(&[entry.id, entry.name, &aliases.join(" ")].join(" "));
        words.iter().all(|w| text.contains(w.as_str()))
    };
    ENTRIES.iter().filter(|e| matches(e)).collect()
}

/// A name as it is looked up: small letters, and syllables of Hangul in one piece however they were typed.
fn folded(name: &str) -> String {
    let small = name.to_lowercase();
    if small.is_ascii() { small } else { small.nfc().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_its_row() {
        for entry in entries() {
            for name in std::iter::once(entry.id).chain(entry.aliases()) {
                assert_eq!(find(name).map(|e| e.id), Some(entry.id), "{name}");
            }
        }
        assert!((1..NAMES.starts.len()).all(|at| NAMES.get(at - 1) < NAMES.get(at)), "a name is used twice");
    }

    #[test]
    fn terraform_types_and_typing_errors_find_their_service() {
        assert_eq!(find("AWS_Instance").map(|e| e.id), Some("ec2"));
        assert_eq!(nearest("cloudfrnt").first(), Some(&"cloudfront"));
    }

    #[test]
    fn typing_errors_of_every_kind_of_name_find_their_neighbours() {
        let cases = [
            ("lamda", "lambda"),
            ("dynamdb", "dynamodb"),
            ("kuberntes", "eks"),
            ("cloud-front", "cloudfront"),
            ("gateway-internet", "internet-gateway"),
            ("aws_lamda_function", "lambda"),
            ("aws_internet_gatway", "internet-gateway"),
            ("AWS::EC2::Instnce", "ec2"),
            ("AWS::DynamoDB::Tabel", "dynamodb-table"),
            ("람따", "lambda"),
            ("가용 영억", "availability-zone"),
        ];
        for (wrong, id) in cases {
            assert!(nearest(wrong).contains(&id), "{wrong}: {:?}", nearest(wrong));
        }
        assert!(nearest("qqqq").is_empty());
    }

    #[test]
    fn terraform_cloudformation_and_korean_names_are_the_catalogues() {
        for (name, id) in [
            ("aws_lambda_function", "lambda"),
            ("AWS::S3::Bucket", "s3"),
            ("aws_nat_gateway", "nat-gateway"),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "elb"),
            ("로드 밸런서", "elb"),
            // As a Mac may write it: each letter of its own.
            ("\u{1105}\u{1161}\u{11B7}\u{1103}\u{1161}", "lambda"),
        ] {
            assert_eq!(find(name).map(|e| e.id), Some(id), "{name}");
        }
        let with = |mark: &dyn Fn(&str) -> bool| ENTRIES.iter().filter(|e| e.aliases().any(mark)).count();
        assert!(with(&|a| a.starts_with("aws_")) >= 187, "Terraform");
        assert!(with(&|a| a.contains("::")) >= 166, "CloudFormation");
        assert!(with(&|a| a.chars().any(|c| ('가'..='힣').contains(&c))) >= 217, "Korean");
    }
}
