//! How pictures are named: `{folder}/{name}-{lang}`.

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
}

const HOLES: [(&str, Hole); 4] =
    [("folder", Hole::Folder), ("name", Hole::Name), ("lang", Hole::Lang), ("theme", Hole::Theme)];

/// What the placeholders stand for in one picture.
#[derive(Debug)]
pub(super) struct Parts {
    folder: String,
    name: String,
    lang: String,
    theme: String,
}

impl Parts {
    /// Those of one picture. Without a language or a theme of its own the placeholder is `default`.
    pub(super) fn of(input: &Path, root: &Path, lang: Option<&str>, theme: Option<&str>) -> Self {
        let folder = input.parent().map(|p| p.strip_prefix(root).unwrap_or(p)).unwrap_or(Path::new(""));
        Self {
            folder: folder.to_string_lossy().replace('\\', "/"),
            name: input.file_stem().unwrap_or(input.as_os_str()).to_string_lossy().into_owned(),
            lang: lang.unwrap_or("default").to_owned(),
            theme: theme.unwrap_or("default").to_owned(),
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
        let sample = pattern.fill(&Parts { folder: "f".into(), name: "n".into(), lang: "l".into(), theme: "t".into() });
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

    /// The name of one picture, without an ending.
    pub(super) fn fill(&self, parts: &Parts) -> String {
        let filled: String = (self.0.iter())
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Hole(Hole::Folder) => &parts.folder,
                Piece::Hole(Hole::Name) => &parts.name,
                Piece::Hole(Hole::Lang) => &parts.lang,
                Piece::Hole(Hole::Theme) => &parts.theme,
            })
            .collect();
        // A source in the project's own folder has no folder to name.
        filled.trim_start_matches('/').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str) -> String {
        let parts = Parts::of(Path::new("../x/docs/a.b.toml"), Path::new("../x"), Some("ko"), None);
        NamePattern::parse(pattern).unwrap().fill(&parts)
    }

    #[test]
    fn placeholders_are_filled() {
        assert_eq!(filled("{folder}/{name}-{lang}.{theme}"), "docs/a.b-ko.default");
    }

    #[test]
    fn names_stay_inside_their_folder() {
        for wrong in ["../{name}", "{name}/../../x", "/{name}", "{name}/", "", "{nmae}", "{name"] {
            assert!(NamePattern::parse(wrong).is_err(), "{wrong}");
        }
    }
}
