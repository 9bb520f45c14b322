//! Colours of the look: AWS's, for light and dark pages.

use super::{Color, Paint};
use crate::catalogue::Category;
use crate::topology::{GroupKind, Line};
use std::collections::BTreeMap;

/// Every colour, each for a light and a dark page.
#[derive(Debug, Clone, PartialEq)]
pub struct Colors {
    /// The page.
    pub background: Paint,
    /// Titles, captions and prose.
    pub text: Paint,
    /// Subtitles, notes and link labels.
    pub muted: Paint,
    /// Links.
    pub link: Paint,
    /// A step's disc.
    pub step: Paint,
    /// The number on it.
    pub step_number: Paint,
    /// Pictograms on tiles and badges.
    pub pictogram: Paint,
    /// Thin rules beside notes.
    pub rule: Paint,
    /// Tiles and pictograms, by category.
    pub categories: BTreeMap<Category, Paint>,
    /// Groups, by kind.
    pub groups: BTreeMap<GroupKind, GroupLook>,
}

/// How one kind of group looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupLook {
    /// Border and badge; the name takes the nearest readable shade of it.
    pub border: Paint,
    /// Line style of the border.
    pub line: Line,
    /// Ground inside the border; `None` lets shine through what is behind.
    pub fill: Option<Paint>,
    /// Where the name stands, and whether a badge stands before it.
    pub title: TitleStyle,
}

/// Where a group's name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleStyle {
    /// In the top left corner, after a badge.
    Badge,
    /// Centred on top, after a badge.
    CentredBadge,
    /// Centred on top, no badge.
    Centred,
}

impl Colors {
    /// Names of the single colours, as a theme file writes them.
    pub const NAMES: &[&str] = &["background", "text", "muted", "link", "step", "step_number", "pictogram", "rule"];

    /// The colour of that name.
    pub fn named_mut(&mut self, name: &str) -> Option<&mut Paint> {
        Some(match name {
            "background" => &mut self.background,
            "text" => &mut self.text,
            "muted" => &mut self.muted,
            "link" => &mut self.link,
            "step" => &mut self.step,
            "step_number" => &mut self.step_number,
            "pictogram" => &mut self.pictogram,
            "rule" => &mut self.rule,
            _ => return None,
        })
    }

    /// Colour of a category's tiles and pictograms.
    pub fn category(&self, category: Category) -> Paint {
        self.categories.get(&category).copied().unwrap_or(self.text)
    }

    /// Look of a kind of group.
    pub fn group(&self, kind: GroupKind) -> GroupLook {
        self.groups.get(&kind).copied().unwrap_or(GroupLook {
            border: self.link,
            line: Line::Solid,
            fill: None,
            title: TitleStyle::Centred,
        })
    }
}

/// A white page.
const PAGE: Paint = Paint::new(0xFFFFFF, 0x161D26);
/// AWS's squid ink; white on dark.
const INK: Paint = Paint::new(0x232F3E, 0xFFFFFF);

impl Default for Colors {
    fn default() -> Self {
        Self {
            background: PAGE,
            text: INK,
            muted: Paint::new(0x545B64, 0xB6BEC9),
            link: Paint::new(0x545B64, 0x9BA7B6),
            step: Paint::new(0x000000, 0xFFFFFF),
            step_number: Paint::new(0xFFFFFF, 0x000000),
            pictogram: Paint::same(Color::WHITE),
            rule: Paint::new(0xC6CDD6, 0x414D5C),
            categories: categories(),
            groups: groups(),
        }
    }
}

fn categories() -> BTreeMap<Category, Paint> {
    use Category as C;
    let orange = Paint::same(Color::hex(0xED7100));
    let green = Paint::same(Color::hex(0x7AA116));
    let magenta = Paint::same(Color::hex(0xC925D1));
    let purple = Paint::same(Color::hex(0x8C4FFF));
    let pink = Paint::same(Color::hex(0xE7157B));
    let red = Paint::same(Color::hex(0xDD344C));
    let teal = Paint::same(Color::hex(0x01A88D));
    [
        (C::Analytics, purple),
        (C::ApplicationIntegration, pink),
        (C::ArtificialIntelligence, teal),
        (C::BusinessApplications, red),
        (C::Category, INK),
        (C::CloudFinancialManagement, green),
        (C::Compute, orange),
        (C::Containers, orange),
        (C::CustomerEnablement, magenta),
        (C::Database, magenta),
        (C::DeveloperTools, magenta),
        (C::EndUserComputing, teal),
        (C::FrontEndWebMobile, red),
        (C::General, INK),
        (C::Group, INK),
        (C::InternetOfThings, green),
        (C::ManagementGovernance, pink),
        (C::MediaServices, orange),
        (C::MigrationModernization, teal),
        (C::NetworkingContentDelivery, purple),
        (C::SecurityIdentityCompliance, red),
        (C::Storage, green),
    ]
    .into()
}

fn groups() -> BTreeMap<GroupKind, GroupLook> {
    use GroupKind as G;
    use Line::{Dashed, Dotted, Solid};
    use TitleStyle::{Badge, Centred, CentredBadge};
    let look = |border, line, title| GroupLook { border: Paint::same(Color::hex(border)), line, fill: None, title };
    let tinted = |border, fill| GroupLook { fill: Some(fill), ..look(border, Solid, Badge) };
    [
        (G::Cloud, GroupLook { border: Paint::new(0x242F3E, 0xFFFFFF), ..look(0, Solid, Badge) }),
        (G::Account, look(0xE7157B, Solid, Badge)),
        (G::Region, look(0x00A4A6, Dotted, Badge)),
        (G::Vpc, look(0x8C4FFF, Solid, Badge)),
        (G::AvailabilityZone, look(0x00A4A6, Dashed, Centred)),
        (G::PublicSubnet, tinted(0x7AA116, Paint::new(0xF2F6E8, 0x222D24))),
        (G::PrivateSubnet, tinted(0x00A4A6, Paint::new(0xE6F6F7, 0x132E36))),
        (G::SecurityGroup, look(0xDD344C, Solid, Centred)),
        (G::AutoScaling, look(0xED7100, Dashed, CentredBadge)),
        (G::SpotFleet, look(0xED7100, Solid, Badge)),
        (G::Ec2Contents, look(0xED7100, Solid, Badge)),
        (G::Beanstalk, look(0xED7100, Solid, Badge)),
        (G::StepFunctions, look(0xE7157B, Solid, Badge)),
        (G::DataCenter, look(0x7D8998, Solid, Badge)),
        (G::ServerContents, look(0x7D8998, Solid, Badge)),
        (G::Generic, look(0x7D8998, Dashed, Centred)),
    ]
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of text and ground that a picture can hold, in light and dark.
    #[test]
    fn every_text_has_a_contrast_of_at_least_four_and_a_half() {
        let c = Colors::default();
        let grounds: Vec<Paint> = c.groups.values().filter_map(|g| g.fill).chain([c.background]).collect();
        for ground in grounds {
            let titles = c.groups.values().map(|g| g.border.readable_on(ground));
            for text in titles.chain([c.text, c.muted]) {
                assert!(text.light.contrast(ground.light) >= 4.5, "{} on {}", text.light, ground.light);
                assert!(text.dark.contrast(ground.dark) >= 4.5, "{} on {}", text.dark, ground.dark);
            }
        }
        assert!(c.step_number.light.contrast(c.step.light) >= 4.5 && c.step_number.dark.contrast(c.step.dark) >= 4.5);
    }

    #[test]
    fn links_and_borders_stand_out_from_the_page() {
        let c = Colors::default();
        let borders = c.groups.values().map(|g| g.border).chain([c.link]).chain(c.categories.values().copied());
        for paint in borders {
            assert!(paint.light.contrast(c.background.light) >= 2.8, "{}", paint.light);
            assert!(paint.dark.contrast(c.background.dark) >= 2.8, "{}", paint.dark);
        }
    }
}
