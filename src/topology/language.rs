//! Choosing a language, and the names that things have when the author gives none.

use super::GroupKind;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Label, PerCopy};
use unicode_normalization::UnicodeNormalization;

/// The language of one picture.
pub(super) struct Language {
    /// The tag asked for, or the first one that the document uses.
    pub(super) tag: Option<String>,
    /// Whether somebody asked for it: only then is a missing text worth a warning.
    asked: bool,
}

impl Language {
    /// The language asked for, else the document's first.
    pub(super) fn choose(document: &Document, asked: Option<&str>) -> Self {
        let tag = asked.map(str::to_owned).or_else(|| first_language(document));
        Self { tag, asked: asked.is_some() }
    }

    /// The text in this language, normalised to NFC.
    pub(super) fn text(&self, label: &Label, findings: &mut Diagnostics) -> String {
        let text = match label {
            Label::Plain(text) => text,
            Label::ByLanguage(texts) => {
                let found = texts.iter().find(|t| Some(&t.0.value) == self.tag.as_ref());
                if found.is_none() && self.asked {
                    let tag = self.tag.clone().unwrap_or_default();
                    let message = format!("no text for the language `{tag}`; `{}` stands in", texts[0].0.value);
                    let warning = Diagnostic::warning("missing-language", message, texts[0].1.place.clone());
                    findings.push(warning.help(format!("add {tag} = \"…\"")));
                }
                &found.unwrap_or(&texts[0]).1
            }
        };
        if text.value.is_ascii() { text.value.clone() } else { text.value.nfc().collect() }
    }

    /// The text of one copy.
    pub(super) fn of_copy(&self, labels: &PerCopy<Label>, copy: usize, findings: &mut Diagnostics) -> Option<String> {
        match labels {
            PerCopy::One(label) => Some(self.text(label, findings)),
            PerCopy::Each(list, _) => list.get(copy).map(|l| self.text(l, findings)),
        }
    }

    fn korean(&self) -> bool {
        self.tag.as_deref().is_some_and(|t| t == "ko" || t.starts_with("ko-"))
    }

    /// What a group is called if the author says nothing.
    pub(super) fn group_name(&self, kind: GroupKind, id: &str) -> String {
        let ko = self.korean();
        let pick = |en: &str, korean: &str| if ko { korean.to_owned() } else { en.to_owned() };
        match kind {
            GroupKind::Cloud => pick("AWS Cloud", "AWS 클라우드"),
            GroupKind::Account => pick("AWS account", "AWS 계정"),
            GroupKind::Vpc => "VPC".to_owned(),
            GroupKind::AvailabilityZone => format!("{} {id}", pick("Availability Zone", "가용 영역")),
            GroupKind::PublicSubnet => pick("Public subnet", "퍼블릭 서브넷"),
            GroupKind::PrivateSubnet => pick("Private subnet", "프라이빗 서브넷"),
            GroupKind::SecurityGroup => pick("Security group", "보안 그룹"),
            GroupKind::AutoScaling => pick("Auto Scaling group", "Auto Scaling 그룹"),
            GroupKind::SpotFleet => pick("Spot Fleet", "스팟 플릿"),
            GroupKind::Ec2Contents => pick("EC2 instance contents", "EC2 인스턴스 내용"),
            GroupKind::Beanstalk => pick("Elastic Beanstalk container", "Elastic Beanstalk 컨테이너"),
            GroupKind::StepFunctions => pick("AWS Step Functions workflow", "AWS Step Functions 워크플로"),
            GroupKind::ServerContents => pick("Server contents", "서버 내용"),
            GroupKind::Region | GroupKind::DataCenter | GroupKind::Generic => spoken(id),
        }
    }
}

/// The first language of the first text that names any.
fn first_language(document: &Document) -> Option<String> {
    let per_copy = |labels: &Option<PerCopy<Label>>| match labels {
        Some(PerCopy::One(label)) => language_of(label),
        Some(PerCopy::Each(list, _)) => list.iter().find_map(language_of),
        None => None,
    };
    let head = [&document.title, &document.subtitle, &document.description];
    (head.into_iter().flatten().find_map(language_of))
        .or_else(|| document.elements.iter().find_map(|e| per_copy(&e.label).or_else(|| per_copy(&e.note))))
        .or_else(|| document.links.iter().filter_map(|l| l.label.as_ref()).find_map(language_of))
        .or_else(|| document.steps.iter().find_map(|s| language_of(&s.1)))
}

fn language_of(label: &Label) -> Option<String> {
    match label {
        Label::Plain(_) => None,
        Label::ByLanguage(texts) => texts.first().map(|t| t.0.value.clone()),
    }
}

/// An id as a name: `media-server` becomes `Media server`.
pub(super) fn spoken(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}
