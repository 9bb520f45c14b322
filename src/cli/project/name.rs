//! How pictures are named: `{folder}/{name}-{lang}.{view}`.

use std::path::{Component, Path};

/// A name with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamePattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Hole(Hole),
}

/// A placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hole {
    Folder,
    Name,
    Lang,
    Theme,
    View,
}

const HOLES: [(&str, Hole); 5] = [
    ("folder", Hole::Folder),
    ("name", Hole::Name),
    ("lang", Hole::Lang),
    ("theme", Hole::Theme),
    ("view", Hole::View),
];

/// What tells the pictures of one diagram apart; what is not there is the diagram's own, or the whole system.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks<'a> {
    /// Language.
    pub(super) lang: Option<&'a str>,
    /// Theme.
    pub(super) theme: Option<&'a str>,
    /// View.
    pub(super) view: Option<&'a str>,
}

/// What the placeholders stand for in one picture.
#[derive(Debug)]
pub(super) struct Parts {
    folder: String,
    name: String,
    lang: String,
    theme: String,
    view: Option<String>,
}

impl Parts {
    /// Those of one picture. Without a language, a theme or a view of its own the placeholder is `default`.
    pub(super) fn of(input: &Path, root: &Path, marks: Marks<'_>) -> Self {
        let folder = input.parent().map(|p| p.strip_prefix(root).unwrap_or(p)).unwrap_or(Path::new(""));
        Self {
            folder: folder.to_string_lossy().replace('\\', "/"),
            name: input.file_stem().unwrap_or(input.as_os_str()).to_string_lossy().into_owned(),
            lang: marks.lang.unwrap_or("default").to_owned(),
            theme: marks.theme.unwrap_or("default").to_owned(),
            view: marks.view.map(str::to_owned),
        }
    }
}

impl NamePattern {
    /// The pattern where the project file has none: what differs between pictures of one source is in the name.
    pub(super) fn usual(languages: bool, themes: bool) -> Self {
        let mut pieces = vec![Piece::Hole(Hole::Name)];
        for (wanted, hole) in [(languages, Hole::Lang), (themes, Hole::Theme)] {
            if wanted {
                pieces.extend([Piece::Text("-".to_owned()), Piece::Hole(hole)]);
            }
        }
        Self(pieces)
    }

    /// Reads a pattern.
    ///
    /// # Errors
    /// Why it is none, with a way out.
    pub(super) fn parse(text: &str) -> Result<Self, (String, String)> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            let Some((word, after)) = after.split_once('}') else {
                return Err(("a `{` is not closed".to_owned(), "write placeholders as {name}".to_owned()));
            };
            let Some((_, hole)) = HOLES.iter().find(|h| h.0 == word) else {
                let known: Vec<String> = HOLES.iter().map(|h| format!("{{{}}}", h.0)).collect();
                return Err((format!("there is no placeholder {{{word}}}"), format!("known are {}", known.join(", "))));
            };
            pieces.push(Piece::Hole(*hole));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        let pattern = Self(pieces);
        let sample = pattern.fill(&Parts::of(Path::new("f/n.toml"), Path::new(""), Marks::default()));
        if sample.is_empty() || sample.ends_with('/') {
            return Err(("this names no file".to_owned(), "the last part may be {name}; endings are added".to_owned()));
        }
        if text.starts_with('/')
            || !Path::new(&sample).components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir))
        {
            return Err((
                "this leads outside the folder of the pictures".to_owned(),
                "leave out `..` and a leading `/`".to_owned(),
            ));
        }
        Ok(pattern)
    }

    /// The name of one picture, without an ending. A view without a placeholder of its own stands at the end: `web.VIEW`, as on the command line.
    pub(super) fn fill(&self, parts: &Parts) -> String {
        let mut filled: String = (self.0.iter())
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Hole(Hole::Folder) => &parts.folder,
                Piece::Hole(Hole::Name) => &parts.name,
                Piece::Hole(Hole::Lang) => &parts.lang,
                Piece::Hole(Hole::Theme) => &parts.theme,
                Piece::Hole(Hole::View) => parts.view.as_deref().unwrap_or("default"),
            })
            .collect();
        if let Some(view) = parts.view.as_ref().filter(|_| !self.0.contains(&Piece::Hole(Hole::View))) {
            filled.extend([".", view]);
        }
        // A source in the project's own folder has no folder to name.
        filled.trim_start_matches('/').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str) -> String {
        let marks = Marks { lang: Some("ko"), view: Some("data"), theme: None };
        let parts = Parts::of(Path::new("../x/docs/a.b.toml"), Path::new("../x"), marks);
        NamePattern::parse(pattern).unwrap().fill(&parts)
    }

    #[test]
    fn placeholders_are_filled() {
        assert_eq!(filled("{folder}/{view}/{name}-{lang}.{theme}"), "docs/data/a.b-ko.default");
    }

    #[test]
    fn a_view_is_in_the_name_also_where_no_placeholder_is() {
        assert_eq!(filled("{name}-{lang}"), "a.b-ko.data");
    }

    #[test]
    fn names_stay_inside_their_folder() {
        for wrong in ["../{name}", "{name}/../../x", "/{name}", "{name}/", "", "{nmae}", "{name"] {
            assert!(NamePattern::parse(wrong).is_err(), "{wrong}");
        }
    }
}
