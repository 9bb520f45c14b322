//! File names of the official AWS asset package.
//!
//! The folders' names change between releases, the files' hardly: `Arch_Amazon-EC2_48.svg`, `Res_User_48_Light.svg`, `AWS-Cloud_32_Dark.svg`, `Arch_AWS-Lambda_64@5x.png`.

use super::archive::ending;

/// The pages that a drawing is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shade {
    /// Light ones, or all.
    Light,
    /// Dark ones.
    Dark,
}

/// What a file's name says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileName<'a> {
    /// The name without sizes and variants.
    pub(super) stem: &'a str,
    /// The pages it is for.
    pub(super) shade: Shade,
    /// Nominal size in pixels, where it has one.
    pub(super) size: Option<u32>,
}

/// Takes a file's name apart.
pub(super) fn file_name(path: &str) -> FileName<'_> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut stem = name.rsplit_once('.').map_or(name, |n| n.0);
    stem = stem.strip_suffix("@5x").unwrap_or(stem);
    let (mut shade, mut size) = (Shade::Light, None);
    // `_48_Light` in the general icons, `_Light_48` in others.
    for _ in 0..3 {
        let Some((rest, last)) = stem.rsplit_once('_') else { break };
        match last {
            "Light" => {}
            "Dark" => shade = Shade::Dark,
            "16" | "32" | "48" | "64" => size = last.parse().ok(),
            _ => break,
        }
        stem = rest;
    }
    FileName { stem, shade, size }
}

/// Whether these are files of the official package.
pub(super) fn is_package(paths: &[String]) -> bool {
    paths.iter().any(|path| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let drawn = matches!(ending(path), "svg" | "png");
        drawn && (name.starts_with("Arch_") || name.starts_with("Res_")) && file_name(path).size.is_some()
    })
}

/// The release: the latest date in the folders' names, as `2025-07-31`; empty where there is none.
pub(super) fn version(paths: &[String]) -> String {
    let folders = paths.iter().flat_map(|p| p.split('/'));
    folders.filter_map(|f| date(f.rsplit_once('_')?.1)).max().unwrap_or_default()
}

/// `07312025`, or in some releases `20250731`.
fn date(digits: &str) -> Option<String> {
    let digits = digits.strip_suffix(".zip").unwrap_or(digits);
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let (year, month, day) = if part(0, 2) == "20" && part(4, 6) <= "12" && part(4, 6) >= "01" {
        (part(0, 4), part(4, 6), part(6, 8))
    } else {
        (part(4, 8), part(0, 2), part(2, 4))
    };
    Some(format!("{year}-{month}-{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_variants_are_no_part_of_a_name() {
        let of = |path| {
            let name = file_name(path);
            (name.stem, name.shade, name.size)
        };
        assert_eq!(of("a/48/Arch_Amazon-EC2_48.svg"), ("Arch_Amazon-EC2", Shade::Light, Some(48)));
        assert_eq!(of("Arch_AWS-Lambda_64@5x.png"), ("Arch_AWS-Lambda", Shade::Light, Some(64)));
        assert_eq!(of("Res_User_48_Dark.svg"), ("Res_User", Shade::Dark, Some(48)));
        assert_eq!(of("Arch_AWS-Marketplace_Dark_16.svg"), ("Arch_AWS-Marketplace", Shade::Dark, Some(16)));
        assert_eq!(of("Res_Amazon-S3_Bucket.svg"), ("Res_Amazon-S3_Bucket", Shade::Light, None));
    }

    #[test]
    fn the_release_is_in_the_folders_names() {
        let of = |path: &str| version(&[path.to_owned()]);
        assert_eq!(of("Asset-Package/Resource-Icons_02072025/Res_X/Res_Y_48.svg"), "2025-02-07");
        assert_eq!(of("Architecture-Group-Icons_20260731/Region_32.svg"), "2026-07-31");
        assert_eq!(of("Arch_Compute/48/Arch_Amazon-EC2_48.svg"), "");
    }
}
