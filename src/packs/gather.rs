//! A bundle of files -> a pack.

use super::aws::{self, Shade};
use super::manifest::{Files, Manifest, Origin, digest};
use super::{Bundle, MOST_ICON_BYTES, MOST_ICONS, MOST_JSON_BYTES, PackError, archive::ending, iconify};
use crate::render::clean_icon;
use resvg::usvg::fontdb;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Icons that were found, ready to be kept.
#[derive(Debug)]
pub struct Pack {
    /// What its own files call it.
    pub name: String,
    /// What there is.
    pub manifest: Manifest,
    /// The files that the manifest names, as they were published.
    pub files: Vec<(String, Vec<u8>)>,
    /// Paths of files that are no part of it, and why.
    pub left_out: Vec<(String, String)>,
}

/// Collects the icons of a bundle; `from` is the name of the file or folder that it was opened from.
///
/// # Errors
/// When nothing in it is an icon, or it is larger than allowed.
pub fn gather(bundle: &mut dyn Bundle, from: &str, fonts: &Arc<fontdb::Database>) -> Result<Pack, PackError> {
    let paths: Vec<String> = bundle.paths();
    let drawn: Vec<usize> = (0..paths.len()).filter(|&i| is_drawing(&paths[i])).collect();
    let mut collector = Collector { fonts, pack: empty(), taken: BTreeSet::new() };
    if drawn.is_empty() {
        collector.set(bundle, &paths)?;
    } else if aws::is_package(&paths) {
        collector.pack.name = "aws".to_owned();
        collector.pack.manifest.origin = Origin::Aws;
        collector.pack.manifest.version = aws::version(&paths);
        if collector.pack.manifest.version.is_empty() {
            collector.pack.manifest.version = aws::version(&[from.to_owned()]);
        }
        collector.drawings(bundle, &paths, best_of_package(&paths, &drawn))?;
    } else {
        collector.pack.name = plain_name(from.split('.').next().unwrap_or_default());
        collector.drawings(bundle, &paths, best_of_folder(&paths, &drawn))?;
    }
    let mut pack = collector.pack;
    if pack.manifest.icons.is_empty() {
        // The first reason is as good as any, and better than none.
        return Err(pack
            .left_out
            .pop()
            .map_or(PackError::Empty, |(path, why)| PackError::Unreadable(format!("`{path}`: {why}"))));
    }
    pack.manifest.hash = pack.manifest.whole_hash();
    Ok(pack)
}

fn empty() -> Pack {
    Pack { name: String::new(), manifest: Manifest::default(), files: Vec::new(), left_out: Vec::new() }
}

/// Whether a file may be an icon: not what operating systems leave in folders.
fn is_drawing(path: &str) -> bool {
    let hidden = path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    !hidden && matches!(ending(path), "svg" | "png")
}

/// A name for diagrams and folders: small Latin letters, digits, `-`.
pub(super) fn plain_name(text: &str) -> String {
    let plain: String =
        text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    plain.trim_matches('-').chars().take(64).collect()
}

/// The places of an icon's files among the bundle's: for light pages, and for dark ones where that is another.
type Choice = BTreeMap<String, (usize, Option<usize>)>;

/// Of each icon of the AWS package the best file: SVG before PNG, 48 pixels before 64, 32 and 16.
fn best_of_package(paths: &[String], drawn: &[usize]) -> Choice {
    let rank = |index: usize| {
        let size = match aws::file_name(&paths[index]).size {
            Some(48) => 0,
            Some(64) => 1,
            Some(32) => 2,
            Some(_) => 3,
            None => 4,
        };
        (ending(&paths[index]), size)
    };
    let mut best: BTreeMap<(String, Shade), usize> = BTreeMap::new();
    for &index in drawn {
        let name = aws::file_name(&paths[index]);
        let slot = best.entry((name.stem.to_owned(), name.shade)).or_insert(index);
        let ((e1, s1), (e2, s2)) = (rank(index), rank(*slot));
        // "svg" comes after "png": the greater ending, then the lower rank, then the first path.
        if (std::cmp::Reverse(e1), s1, &paths[index]) < (std::cmp::Reverse(e2), s2, &paths[*slot]) {
            *slot = index;
        }
    }
    let mut icons = Choice::new();
    for ((stem, shade), index) in best {
        match shade {
            Shade::Light => drop(icons.insert(stem, (index, None))),
            Shade::Dark => icons.entry(stem).or_insert((index, None)).1 = Some(index),
        }
    }
    icons
}

/// Icons of a folder by their paths without endings; SVG before PNG.
fn best_of_folder(paths: &[String], drawn: &[usize]) -> Choice {
    let mut icons = Choice::new();
    for &index in drawn {
        let name = paths[index].rsplit_once('.').map_or(paths[index].as_str(), |p| p.0).trim_start_matches("./");
        let slot = icons.entry(name.to_owned()).or_insert((index, None));
        if ending(&paths[index]) == "svg" {
            slot.0 = index;
        }
    }
    icons
}

/// Fills a pack.
struct Collector<'a> {
    fonts: &'a Arc<fontdb::Database>,
    pack: Pack,
    /// File names in use, in lower case: not all disks tell cases apart.
    taken: BTreeSet<String>,
}

impl Collector<'_> {
    /// Reads the chosen files.
    fn drawings(&mut self, bundle: &mut dyn Bundle, paths: &[String], choice: Choice) -> Result<(), PackError> {
        within_count(choice.len())?;
        for (name, (light, dark)) in choice {
            let Some(light) = self.file(bundle, paths, light, &name)? else { continue };
            let dark = match dark {
                Some(dark) => self.file(bundle, paths, dark, &format!("{name}_Dark"))?,
                None => None,
            };
            self.pack.manifest.icons.insert(name, Files { light, dark });
        }
        Ok(())
    }

    /// Reads one file; `None` where it is no icon, which is noted.
    fn file(
        &mut self,
        bundle: &mut dyn Bundle,
        paths: &[String],
        index: usize,
        name: &str,
    ) -> Result<Option<String>, PackError> {
        let path = &paths[index];
        let bytes = match bundle.read(index, MOST_ICON_BYTES) {
            Ok(bytes) => bytes,
            Err(error @ (PackError::LargeFile(_) | PackError::Unreadable(_))) => {
                self.pack.left_out.push((path.clone(), error.to_string()));
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        Ok(self.keep(name, path, bytes))
    }

    /// Keeps the file of an icon if it is one. The name of its file.
    fn keep(&mut self, name: &str, path: &str, bytes: Vec<u8>) -> Option<String> {
        if let Err(why) = clean_icon(&bytes, self.fonts) {
            self.pack.left_out.push((path.to_owned(), why.to_string()));
            return None;
        }
        let ending = if bytes.starts_with(b"\x89PNG") { "png" } else { "svg" };
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let stem: String = name.chars().map(|c| if allowed(c) { c } else { '_' }).take(100).collect();
        let mut file = format!("{stem}.{ending}");
        let mut again = 1;
        while !self.taken.insert(file.to_lowercase()) {
            again += 1;
            file = format!("{stem}_{again}.{ending}");
        }
        self.pack.manifest.files.insert(file.clone(), digest(&bytes));
        self.pack.files.push((file.clone(), bytes));
        Some(file)
    }

    /// Reads an Iconify set.
    fn set(&mut self, bundle: &mut dyn Bundle, paths: &[String]) -> Result<(), PackError> {
        let named = |name: &str| paths.iter().position(|p| p.rsplit('/').next() == Some(name));
        let json: Vec<usize> = (0..paths.len()).filter(|&i| ending(&paths[i]) == "json").collect();
        let index = match (named("icons.json"), json.as_slice()) {
            (Some(index), _) => index,
            (None, &[only]) => only,
            _ => return Err(PackError::Empty),
        };
        let set = iconify::Set::parse(&bundle.read(index, MOST_JSON_BYTES)?)?;
        let mut beside = |name: &str| named(name).and_then(|i| bundle.read(i, MOST_JSON_BYTES).ok());
        let info = beside("info.json").and_then(|json| iconify::info(&json));
        let version = beside("package.json").and_then(|json| iconify::package_version(&json));
        self.pack.name = plain_name(&set.prefix);
        self.pack.manifest.origin = Origin::Iconify;
        self.pack.manifest.license = set.license(info.as_ref());
        self.pack.manifest.version = version.unwrap_or_else(|| set.version());
        let drawings = set.drawings();
        within_count(drawings.len())?;
        for (name, drawing) in drawings {
            let kept = match drawing {
                Ok(svg) => self.keep(&name, &name, svg.into_bytes()),
                Err(why) => {
                    self.pack.left_out.push((name.clone(), why));
                    None
                }
            };
            if let Some(light) = kept {
                self.pack.manifest.icons.insert(name, Files { light, dark: None });
            }
        }
        Ok(())
    }
}

fn within_count(count: usize) -> Result<(), PackError> {
    if count > MOST_ICONS {
        return Err(PackError::TooLarge(format!("{count} icons; {MOST_ICONS} are allowed")));
    }
    Ok(())
}
