//! Fonts of the user's folders and of the machine, behind the embedded ones.

use super::args::FontArgs;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{FontBytes, FontFile, Fonts};
use fontdb::{Database, FaceInfo, Source, Stretch, Style};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Weights that texts are drawn in, as fonts count them.
const WEIGHTS: [(bool, u16); 2] = [(false, 400), (true, 700)];

/// Fonts that are read once, however often pictures are drawn: to read all those of a machine takes longer than to draw.
#[derive(Debug, Default)]
pub(super) struct FontShelf(Option<(Vec<PathBuf>, Arc<Fonts>)>);

impl FontShelf {
    /// The fonts of the arguments, which stay the same, and of a project's folders, which may be others now.
    pub(super) fn fonts(&mut self, args: &FontArgs, project: &[PathBuf], findings: &mut Diagnostics) -> Arc<Fonts> {
        if let Some((_, fonts)) = self.0.as_ref().filter(|kept| kept.0 == project) {
            return Arc::clone(fonts);
        }
        let mut own = Diagnostics::default();
        let fonts = fonts(args, project, &mut own);
        // What cannot be read is tried again, and told again, the next time.
        self.0 = (!own.has_errors()).then(|| (project.to_owned(), Arc::clone(&fonts)));
        findings.0.extend(own.0);
        fonts
    }
}

/// The fonts that the arguments and a project ask for: the embedded ones, then each folder's by name, then the machine's by name.
fn fonts(args: &FontArgs, project: &[PathBuf], findings: &mut Diagnostics) -> Arc<Fonts> {
    let mut fonts = Fonts::embedded();
    for folder in args.font_dir.iter().chain(project) {
        match of_folder(folder) {
            Ok(files) => fonts = fonts.with(files),
            Err(error) => findings.push(error),
        }
    }
    if args.system_fonts {
        let mut database = Database::new();
        database.load_system_fonts();
        fonts = fonts.with(files(database));
    }
    Arc::new(fonts)
}

fn of_folder(folder: &Path) -> Result<Vec<FontFile>, Diagnostic> {
    fs::read_dir(folder).map_err(|error| {
        let reason = super::files::reason(&error);
        let message = format!("cannot read the font folder {}: {reason}", folder.display());
        Diagnostic::error("unreadable", message, None).help("name a folder with .ttf, .otf, .ttc or .otc files")
    })?;
    let mut database = Database::new();
    database.load_fonts_dir(folder);
    if database.is_empty() {
        let message = format!("the font folder {} holds no font", folder.display());
        let help = "TrueType and OpenType fonts can be used: .ttf, .otf, .ttc and .otc files; web fonts (.woff, .woff2) cannot";
        return Err(Diagnostic::error("no-fonts", message, None).help(help));
    }
    Ok(files(database))
}

/// Two faces of each family, in the order of the families' names; their files are read when a text first needs them.
fn files(database: Database) -> Vec<FontFile> {
    let database = Arc::new(database);
    let mut families: BTreeMap<&str, Vec<&FaceInfo>> = BTreeMap::new();
    for face in database.faces().filter(|face| face.style == Style::Normal) {
        if let Some((name, _)) = face.families.first() {
            families.entry(name).or_default().push(face);
        }
    }
    let mut files = Vec::new();
    for (family, faces) in families {
        for (bold, weight) in WEIGHTS {
            let Some(face) = faces.iter().min_by_key(|face| (distance(face, weight), name(face))) else { continue };
            let (id, index, database) = (face.id, face.index, Arc::clone(&database));
            let read = move || database.with_face_data(id, |bytes, _| bytes.to_vec());
            files.push(FontFile { family: family.to_owned(), bold, bytes: FontBytes::Later(Arc::new(read)), index });
        }
    }
    files
}

/// How far a face is from a weight at normal width.
fn distance(face: &FaceInfo, weight: u16) -> (u16, u16) {
    (face.stretch.to_number().abs_diff(Stretch::Normal.to_number()), face.weight.0.abs_diff(weight))
}

/// What tells faces apart wherever the folder's own order comes from.
fn name(face: &FaceInfo) -> (String, String, u32) {
    let path = match &face.source {
        Source::File(path) => path.display().to_string(),
        _ => String::new(),
    };
    (face.post_script_name.clone(), path, face.index)
}
