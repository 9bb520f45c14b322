//! The languages that a diagram's texts are written in.

use super::{Document, Label, PerCopy};

impl Document {
    /// The languages of all texts, in the order of their first use.
    pub fn languages(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.visit_labels(&mut |label| {
            let Label::ByLanguage(texts) = label else { return };
            for (language, _) in texts {
                if !found.contains(&language.value) {
                    found.push(language.value.clone());
                }
            }
        });
        found
    }

    fn visit_labels(&self, visit: &mut dyn FnMut(&Label)) {
        [&self.title, &self.subtitle, &self.description].into_iter().flatten().for_each(&mut *visit);
        for element in &self.elements {
            for labels in [&element.label, &element.note].into_iter().flatten() {
                match labels {
                    PerCopy::One(label) => visit(label),
                    PerCopy::Each(list, _) => list.iter().for_each(&mut *visit),
                }
            }
            element.tooltip.iter().for_each(&mut *visit);
        }
        self.links.iter().flat_map(|l| [&l.label, &l.tooltip]).flatten().for_each(&mut *visit);
        self.steps.iter().map(|s| &s.1).for_each(&mut *visit);
        self.notes.iter().map(|n| &n.1).for_each(&mut *visit);
        self.legend.iter().map(|l| &l.1).for_each(&mut *visit);
        self.views.iter().filter_map(|v| v.title.as_ref()).for_each(visit);
    }
}
