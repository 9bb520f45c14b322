//! `skyplan icons sheet`: all icons of a pack, or our own, in one picture.

use super::args::SheetArgs;
use super::shelf;
use super::store::OpenPack;
use crate::TextMode;
use crate::catalogue::{Category, Entry, entries};
use crate::cli::report::Voice;
use crate::cli::{Outcome, files};
use crate::diagnostic::Diagnostic;
use crate::packs::Origin;
use crate::picture::written;
use crate::render::{Ground, PngOptions, Zoom, to_png};
use crate::scene::{SheetDrawing, SheetIcon, SheetSection, sheet as place};
use crate::text::{Compositor, Fonts};
use crate::theme::Theme;
use crate::topology::OWN_PACK;
use std::collections::BTreeMap;
use std::path::Path;

/// Runs the command.
pub(super) fn sheet(args: &SheetArgs, voice: &Voice) -> Outcome {
    match draw(args, voice) {
        Ok(()) => Outcome::Done,
        Err(error) => {
            voice.report_one(&error);
            Outcome::Failed
        }
    }
}

fn draw(args: &SheetArgs, voice: &Voice) -> Result<(), Diagnostic> {
    let theme = Theme::named(&args.theme).ok_or_else(|| {
        let message = format!("no theme is called `{}`", args.theme);
        Diagnostic::error("unknown-theme", message, None).help("use `light`, `dark` or `auto`")
    })?;
    let (title, mut sections) = match args.pack.as_deref().filter(|p| *p != OWN_PACK) {
        None => ("Skyplan's own icons".to_owned(), own()),
        Some(name) => {
            let pack = shelf::find(Path::new("."), name)
                .map_err(|p| Diagnostic::error("unknown-pack", p.why, None).help(p.help))?;
            (format!("{name} {}", pack.id.version), of_pack(&pack)?)
        }
    };
    if let Some(word) = args.only.as_deref().map(str::to_lowercase) {
        sections.iter_mut().for_each(|s| s.icons.retain(|i| i.name.to_lowercase().contains(&word)));
    }
    let count: usize = sections.iter().map(|s| s.icons.len()).sum();
    if count == 0 {
        let error = Diagnostic::error("empty-sheet", "no icon's name holds this word", None);
        return Err(error.help("`skyplan icons search WORD` finds names"));
    }
    let fonts = Compositor::new(Fonts::shared(), None);
    let scene = place(title.trim(), &sections, f64::from(args.size), &fonts, &theme);
    let svg = written(&scene, &fonts, TextMode::Embed, Ground::Page);
    files::write(&args.output, &encoded(args, svg)?)?;
    voice.tell(&format!("wrote {} ({count} icons)", args.output.display()));
    Ok(())
}

fn encoded(args: &SheetArgs, svg: String) -> Result<Vec<u8>, Diagnostic> {
    if args.output.extension().is_none_or(|e| !e.eq_ignore_ascii_case("png")) {
        return Ok(svg.into_bytes());
    }
    let options = PngOptions {
        zoom: Zoom::Scale(f64::from(args.scale)),
        fonts: super::store::fonts().clone(),
        ..Default::default()
    };
    to_png(&svg, &options).map_err(|e| {
        Diagnostic::error("unrenderable", format!("cannot draw the sheet: {e}"), None)
            .help("write an SVG, or choose icons with --only WORD")
    })
}

/// Our own drawings, in the catalogue's order.
fn own() -> Vec<SheetSection> {
    let mut sections: Vec<(Category, SheetSection)> = Vec::new();
    for entry in entries() {
        let at = sections.iter().position(|s| s.0 == entry.category).unwrap_or_else(|| {
            sections.push((entry.category, SheetSection { title: title(entry.category), icons: Vec::new() }));
            sections.len() - 1
        });
        sections[at].1.icons.push(SheetIcon { name: entry.id.to_owned(), drawing: SheetDrawing::Own(entry) });
    }
    sections.into_iter().map(|s| s.1).collect()
}

/// A category's name in words: `NetworkingContentDelivery` becomes `Networking content delivery`.
fn title(category: Category) -> String {
    let mut out = String::new();
    for c in format!("{category:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// The icons of a pack: AWS's by category, those of a folder by its folders.
fn of_pack(pack: &OpenPack) -> Result<Vec<SheetSection>, Diagnostic> {
    let by_stem: BTreeMap<&str, &'static Entry> = entries().iter().map(|e| (e.official_icon, e)).collect();
    let mut sections: BTreeMap<String, Vec<SheetIcon>> = BTreeMap::new();
    for name in pack.manifest.icons.keys() {
        let icon = pack.icon(name).map_err(|why| {
            let message = format!("the icon pack `{}` cannot be read: {why}", pack.id.name);
            Diagnostic::error("bad-pack", message, None).help("add it again with `skyplan icons add PATH`")
        })?;
        let section = match pack.manifest.origin {
            Origin::Aws => category_of(name, &by_stem).map_or_else(|| "Others".to_owned(), title),
            Origin::Iconify => "Icons".to_owned(),
            Origin::Folder => name.rsplit_once('/').map_or("Icons", |n| n.0).to_owned(),
        };
        let icon = SheetIcon { name: name.clone(), drawing: SheetDrawing::Custom(icon) };
        sections.entry(section).or_default().push(icon);
    }
    Ok(sections.into_iter().map(|(title, icons)| SheetSection { title, icons }).collect())
}

/// The category of an official icon: its own, or that of the service which its name begins with (`Res_Amazon-EC2_Instance`).
fn category_of(stem: &str, by_stem: &BTreeMap<&str, &'static Entry>) -> Option<Category> {
    let entry = by_stem.get(stem).or_else(|| {
        let service = stem.strip_prefix("Res_")?.split('_').next()?;
        by_stem.get(format!("Arch_{service}").as_str())
    });
    entry.map(|e| e.category)
}
