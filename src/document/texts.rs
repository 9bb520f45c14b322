//! The texts of a document that a picture draws.

use super::{At, Document, Label, PerCopy};

impl Document {
    /// Every text that a picture in that language draws, as written, in no order that matters. Names made from ids and kinds are not among them.
    pub fn drawn_texts(&self, lang: Option<&str>) -> Vec<&At<String>> {
        let mut texts: Vec<&At<String>> = Vec::new();
        let labels = (self.title.iter().chain(&self.subtitle))
            .chain(self.elements.iter().flat_map(|e| all(&e.label).chain(all(&e.note))))
            .chain(self.links.iter().filter_map(|link| link.label.as_ref()))
            .chain(self.steps.iter().map(|step| &step.1))
            .chain(self.notes.iter().map(|note| &note.1))
            .chain(self.legend.iter().map(|row| &row.1));
        texts.extend(labels.filter_map(|label| chosen(label, lang)));
        texts.extend(self.elements.iter().flat_map(|e| all(&e.name).chain(all(&e.cidr))));
        texts
    }
}

fn all<T>(values: &Option<PerCopy<T>>) -> impl Iterator<Item = &T> {
    let values = match values {
        Some(PerCopy::One(one)) => std::slice::from_ref(one),
        Some(PerCopy::Each(list, _)) => list,
        None => &[],
    };
    values.iter()
}

/// The text of a label in a language; its first one if it has none in that.
fn chosen<'a>(label: &'a Label, lang: Option<&str>) -> Option<&'a At<String>> {
    match label {
        Label::Plain(text) => Some(text),
        Label::ByLanguage(texts) => {
            let own = texts.iter().find(|(tag, _)| Some(tag.value.as_str()) == lang);
            own.or_else(|| texts.first()).map(|(_, text)| text)
        }
    }
}
