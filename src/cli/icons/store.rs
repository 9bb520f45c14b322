//! Packs on the disk: a folder for each, with `pack.json` and its files.
//!
//! They lie in `.skyplan/icons` of a project, found from the diagram's folder upwards, or in the user's data folder, which `SKYPLAN_ICONS` moves.

use crate::cli::files::reason;
use crate::packs::{MOST_ICON_BYTES, MOST_JSON_BYTES, Manifest, Names, Pack, digest};
use crate::render::clean_icon;
use crate::text::Fonts;
use crate::topology::{CustomIcon, IconData, PackId};
use etcetera::BaseStrategy as _;
use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{env, fs};

/// The file that makes a folder a pack.
const MANIFEST: &str = "pack.json";

/// Whose packs a folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A project's: for diagrams below it.
    Project,
    /// The user's: for all diagrams.
    User,
}

/// A folder of packs.
#[derive(Debug, Clone)]
pub(super) struct Root {
    /// Its path; it need not exist.
    pub(super) path: PathBuf,
    /// Whose it is.
    pub(super) owner: Owner,
}

/// The project's folder of packs in this folder.
pub(super) fn project(folder: &Path) -> Root {
    Root { path: folder.join(".skyplan").join("icons"), owner: Owner::Project }
}

/// The user's folder of packs; `None` where nothing says where users' data lie.
pub(super) fn user() -> Option<Root> {
    let path = match env::var_os("SKYPLAN_ICONS").filter(|p| !p.is_empty()) {
        Some(path) => PathBuf::from(path),
        None => etcetera::choose_base_strategy().ok()?.data_dir().join("skyplan").join("icons"),
    };
    Some(Root { path, owner: Owner::User })
}

/// The folders in which diagrams of this folder look for packs, the first that has one winning.
pub(super) fn roots(folder: &Path) -> Vec<Root> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let projects = folder.ancestors().map(project).filter(|root| root.path.is_dir());
    projects.chain(user()).collect()
}

impl Root {
    /// The names of its packs, in order.
    pub(super) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        let packs = entries.filter(|e| e.path().join(MANIFEST).is_file());
        let mut names: Vec<String> = packs.filter_map(|e| e.file_name().into_string().ok()).collect();
        names.retain(|name| super::args::pack_name(name).is_ok());
        names.sort();
        names
    }

    /// Reads a pack's manifest; `None` where it has no such pack.
    pub(super) fn open(&self, name: &str) -> Option<Result<Arc<OpenPack>, String>> {
        super::args::pack_name(name).ok()?;
        let folder = self.path.join(name);
        folder.join(MANIFEST).is_file().then(|| OpenPack::of(name, folder, self.owner))
    }

    /// Writes a pack whole, in place of one of that name.
    pub(super) fn install(&self, name: &str, pack: &Pack) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.path)?;
        let fresh = tempfile::Builder::new().prefix(".new-").tempdir_in(&self.path)?;
        for (file, bytes) in &pack.files {
            fs::write(fresh.path().join(file), bytes)?;
        }
        let mut manifest = fs::File::create(fresh.path().join(MANIFEST))?;
        manifest.write_all(pack.manifest.to_json().as_bytes())?;
        let target = self.path.join(name);
        // The old one is moved away first, so that at no time a pack is half old and half new.
        let old = tempfile::Builder::new().prefix(".old-").tempdir_in(&self.path)?;
        if target.exists() {
            fs::rename(&target, old.path().join("pack"))?;
        }
        fs::rename(fresh.keep(), &target)?;
        readable(&target);
        Ok(target)
    }

    /// Removes a pack. Whether it was there.
    pub(super) fn remove(&self, name: &str) -> io::Result<bool> {
        let folder = self.path.join(name);
        if super::args::pack_name(name).is_err() || !folder.join(MANIFEST).is_file() {
            return Ok(false);
        }
        fs::remove_dir_all(folder).map(|()| true)
    }
}

/// Temporary folders are private; a pack is as readable as any other folder.
fn readable(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// The fonts for texts in icons, read once.
pub(super) fn fonts() -> &'static Arc<resvg::usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<resvg::usvg::fontdb::Database>> = OnceLock::new();
    FONTS.get_or_init(Fonts::database)
}

/// A pack that is installed.
#[derive(Debug)]
pub(super) struct OpenPack {
    /// Name, version, hash.
    pub(super) id: Arc<PackId>,
    /// What there is.
    pub(super) manifest: Manifest,
    /// How to find it.
    pub(super) names: Names,
    /// Whose it is.
    pub(super) owner: Owner,
    folder: PathBuf,
}

/// Packs that were read, by their folders: to understand a large one takes longer than to draw a picture.
static READ: Mutex<BTreeMap<PathBuf, Kept>> = Mutex::new(BTreeMap::new());

/// A pack that was read.
struct Kept {
    /// The bytes of its manifest then.
    manifest: Vec<u8>,
    pack: Arc<OpenPack>,
}

impl OpenPack {
    /// A pack as it is now; what is the same as before is not read anew.
    fn of(name: &str, folder: PathBuf, owner: Owner) -> Result<Arc<Self>, String> {
        let bytes = bytes(&folder.join(MANIFEST), MOST_JSON_BYTES)?;
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = read.get(&folder).filter(|kept| kept.manifest == bytes) {
            return Ok(Arc::clone(&kept.pack));
        }
        let pack = Arc::new(Self::read(&bytes, name, folder.clone(), owner)?);
        read.insert(folder, Kept { manifest: bytes, pack: Arc::clone(&pack) });
        Ok(pack)
    }

    fn read(bytes: &[u8], name: &str, folder: PathBuf, owner: Owner) -> Result<Self, String> {
        let manifest = Manifest::parse(bytes).map_err(|e| e.to_string())?;
        let id = PackId { name: name.to_owned(), version: manifest.version.clone(), hash: manifest.hash.clone() };
        Ok(Self { id: Arc::new(id), names: Names::of(&manifest), manifest, owner, folder })
    }

    /// Reads and cleans an icon of this exact name.
    pub(super) fn icon(&self, name: &str) -> Result<CustomIcon, String> {
        let files = self.manifest.icons.get(name).ok_or_else(|| format!("the pack has no icon `{name}`"))?;
        let (data, dropped) = self.data(&files.light)?;
        let dark = files.dark.as_deref().map(|file| self.data(file)).transpose()?.map(|d| d.0);
        let name = format!("{}:{name}", self.id.name);
        Ok(CustomIcon { name, data, dark, pack: Some(Arc::clone(&self.id)), dropped })
    }

    fn data(&self, file: &str) -> Result<(IconData, Vec<String>), String> {
        let bytes = bytes(&self.folder.join(file), MOST_ICON_BYTES)?;
        if self.manifest.files.get(file) != Some(&digest(&bytes)) {
            return Err(format!("the pack is damaged: `{file}` is not what was installed"));
        }
        clean_icon(&bytes, fonts()).map(|icon| (icon.data, icon.dropped)).map_err(|e| e.to_string())
    }
}

/// The bytes of a plain file.
fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let reason = |e: io::Error| format!("{}: {}", path.display(), reason(&e));
    // A pack in a project comes from anybody: nothing in it leads elsewhere.
    if !fs::symlink_metadata(path).map_err(reason)?.is_file() {
        return Err(format!("{} is not a file", path.display()));
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|f| f.take(most + 1).read_to_end(&mut bytes)).map_err(reason)?;
    if bytes.len() as u64 > most { Err(format!("{} is too large", path.display())) } else { Ok(bytes) }
}
