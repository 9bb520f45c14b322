//! A theme file: a base, and what differs from it.
//!
//! ```toml
//! base = "auto"                    # light (default), dark, auto
//!
//! [colors]                         # of everything; `{ light = ..., dark = ... }` or one for both
//! background = "#ffffff"
//! link       = { light = "#545b64", dark = "#9ba7b6" }
//!
//! [categories]                     # of services' tiles
//! compute = "#ed7100"
//!
//! [groups.vpc]                     # border and badge, line, ground, place of the name
//! border = "#8c4fff"
//! line   = "solid"                 # solid, dashed, dotted
//! fill   = "none"                  # a colour, or none
//! title  = "badge"                 # badge, centred-badge, centred
//!
//! [sizes]                          # CSS pixels; ratios without unit
//! icon = 48
//! ```

use super::names::CATEGORIES;
use super::{Color, Colors, GroupLook, Paint, Sizes, Theme, TitleStyle};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::topology::{GroupKind, Line};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Greatest length that a theme may ask for, in pixels.
const LONGEST: f64 = 4000.0;

impl Theme {
    /// Reads a theme file.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn parse(source: &Arc<Source>) -> Result<Self, Diagnostics> {
        let mut reader = Reader { source, findings: Diagnostics::default() };
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for error in errors {
            let range = error.span().unwrap_or(0..0);
            reader.error("bad-toml", range, error.message(), None);
        }
        let mut theme = Self::default();
        if reader.findings.0.is_empty() {
            reader.theme(table.get_ref(), &mut theme);
        }
        reader.findings.0.sort_by_key(|f| f.place.as_ref().map_or(0, |p| p.range.start));
        if reader.findings.0.is_empty() { Ok(theme) } else { Err(reader.findings) }
    }
}

/// Walks the file and collects what is wrong.
struct Reader<'a> {
    source: &'a Arc<Source>,
    findings: Diagnostics,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn error(&mut self, code: &'static str, range: Range<usize>, message: impl Into<String>, help: Option<String>) {
        let place = Place { source: Arc::clone(self.source), range };
        let finding = Diagnostic::error(code, message, place);
        self.findings.push(if let Some(help) = help { finding.help(help) } else { finding });
    }

    fn theme(&mut self, table: &DeTable<'_>, theme: &mut Theme) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "base" => {
                    let names = Theme::NAMES.map(|name| (name, name));
                    if let Some(base) = self.choice(value, &names).and_then(Theme::named) {
                        theme.mode = base.mode;
                    }
                }
                "colors" => self.colors(value, &mut theme.colors),
                "categories" => self.categories(value, &mut theme.colors),
                "groups" => self.groups(value, &mut theme.colors),
                "sizes" => self.sizes(value, &mut theme.sizes),
                name => self.unknown(name, key.span(), &["base", "colors", "categories", "groups", "sizes"]),
            }
        }
    }

    fn colors(&mut self, value: &Value<'_>, colors: &mut Colors) {
        for (key, value) in self.table(value) {
            let name = key.get_ref().as_ref();
            if colors.named_mut(name).is_none() {
                self.unknown(name, key.span(), Colors::NAMES);
            } else if let Some(paint) = self.paint(value)
                && let Some(slot) = colors.named_mut(name)
            {
                *slot = paint;
            }
        }
    }

    fn categories(&mut self, value: &Value<'_>, colors: &mut Colors) {
        for (key, value) in self.table(value) {
            let name = key.get_ref().as_ref();
            if let Some((_, category)) = CATEGORIES.iter().find(|(known, _)| *known == name) {
                if let Some(paint) = self.paint(value) {
                    colors.categories.insert(*category, paint);
                }
            } else {
                self.unknown(name, key.span(), &CATEGORIES.map(|(name, _)| name));
            }
        }
    }

    fn groups(&mut self, value: &Value<'_>, colors: &mut Colors) {
        for (key, value) in self.table(value) {
            let name = key.get_ref().as_ref();
            if let Some((_, kind)) = GroupKind::NAMES.iter().find(|(known, _)| *known == name) {
                let look = self.group(value, colors.group(*kind));
                colors.groups.insert(*kind, look);
            } else {
                self.unknown(name, key.span(), &GroupKind::NAMES.map(|(name, _)| name));
            }
        }
    }

    fn group(&mut self, value: &Value<'_>, mut look: GroupLook) -> GroupLook {
        for (key, value) in self.table(value) {
            match key.get_ref().as_ref() {
                "border" => look.border = self.paint(value).unwrap_or(look.border),
                "fill" if value.get_ref().as_str() == Some("none") => look.fill = None,
                "fill" => look.fill = self.paint(value).or(look.fill),
                "line" => {
                    let names = [("solid", Line::Solid), ("dashed", Line::Dashed), ("dotted", Line::Dotted)];
                    look.line = self.choice(value, &names).unwrap_or(look.line);
                }
                "title" => {
                    let names = [
                        ("badge", TitleStyle::Badge),
                        ("centred-badge", TitleStyle::CentredBadge),
                        ("centred", TitleStyle::Centred),
                    ];
                    look.title = self.choice(value, &names).unwrap_or(look.title);
                }
                name => self.unknown(name, key.span(), &["border", "line", "fill", "title"]),
            }
        }
        look
    }

    fn sizes(&mut self, value: &Value<'_>, sizes: &mut Sizes) {
        for (key, value) in self.table(value) {
            let name = key.get_ref().as_ref();
            let Some(slot) = sizes.named_mut(name) else {
                self.unknown(name, key.span(), Sizes::NAMES);
                continue;
            };
            let text = match value.get_ref() {
                DeValue::Integer(number) => number.as_str(),
                DeValue::Float(number) => number.as_str(),
                _ => "",
            };
            match text.parse::<f64>() {
                Ok(number) if (0.0..=LONGEST).contains(&number) => *slot = number,
                _ => {
                    let message = format!("`{name}` is not a number between 0 and {LONGEST}");
                    self.error("bad-size", value.span(), message, None);
                }
            }
        }
    }

    /// The entries of a table; an error for anything else.
    fn table<'v, 'i>(&mut self, value: &'v Value<'i>) -> Vec<(&'v Spanned<std::borrow::Cow<'i, str>>, &'v Value<'i>)> {
        if let Some(table) = value.get_ref().as_table() {
            return table.iter().collect();
        }
        self.error("bad-type", value.span(), format!("expected a table, found {}", value.get_ref().type_str()), None);
        Vec::new()
    }

    /// One colour, or one for light and one for dark pages.
    fn paint(&mut self, value: &Value<'_>) -> Option<Paint> {
        if value.get_ref().as_str().is_some() {
            return self.color(value).map(Paint::same);
        }
        let (mut light, mut dark) = (None, None);
        for (key, value) in self.table(value) {
            match key.get_ref().as_ref() {
                "light" => light = self.color(value),
                "dark" => dark = self.color(value),
                name => self.unknown(name, key.span(), &["light", "dark"]),
            }
        }
        let (light, dark) = (light.or(dark)?, dark.or(light)?);
        Some(Paint { light, dark })
    }

    fn color(&mut self, value: &Value<'_>) -> Option<Color> {
        let color = value.get_ref().as_str().and_then(Color::parse);
        if color.is_none() {
            let help = "write it as `#rrggbb` or `#rgb`".to_owned();
            self.error("bad-color", value.span(), "this is not a colour", Some(help));
        }
        color
    }

    fn choice<T: Copy>(&mut self, value: &Value<'_>, names: &[(&str, T)]) -> Option<T> {
        let text = value.get_ref().as_str().unwrap_or_default();
        let found = names.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice);
        if found.is_none() {
            let names: Vec<_> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
            self.error("bad-value", value.span(), format!("expected one of {}", names.join(", ")), None);
        }
        found
    }

    fn unknown(&mut self, name: &str, span: Range<usize>, known: &[&str]) {
        let near = known.iter().map(|k| (strsim::damerau_levenshtein(name, k), *k)).min();
        let help = match near {
            Some((distance, near)) if distance <= 3 => format!("did you mean `{near}`?"),
            _ => format!("known here: {}", known.join(", ")),
        };
        self.error("unknown-key", span, format!("unknown key `{name}`"), Some(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Theme, Vec<String>> {
        let source = Arc::new(Source { name: "t.toml".into(), text: text.into() });
        Theme::parse(&source).map_err(|all| all.0.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn what_a_theme_file_leaves_out_stays_as_it_was() {
        assert_eq!(parse("base = 'dark'"), Ok(Theme::named("dark").unwrap_or_default()));
    }

    #[test]
    fn a_theme_file_changes_what_it_names() {
        let theme =
            parse("[groups.vpc]\nborder = '#123'\nfill = { light = '#fff', dark = '#000' }\n[sizes]\nicon = 64");
        let theme = theme.unwrap_or_default();
        let look = theme.colors.group(crate::topology::GroupKind::Vpc);
        assert_eq!((look.border, look.fill), (Paint::new(0x112233, 0x112233), Some(Paint::new(0xFFFFFF, 0))));
        assert_eq!(theme.sizes.icon, 64.0);
    }

    #[test]
    fn all_mistakes_of_a_theme_file_are_told_at_once() {
        let found = parse("base = 'pink'\ncolor = 1\n[sizes]\nicon = -1\n[colors]\ntext = 'red'\nlnk = '#fff'");
        assert_eq!(
            found,
            Err(vec![
                "expected one of `light`, `dark`, `auto`".to_owned(),
                "unknown key `color`".to_owned(),
                "`icon` is not a number between 0 and 4000".to_owned(),
                "this is not a colour".to_owned(),
                "unknown key `lnk`".to_owned(),
            ])
        );
    }
}
