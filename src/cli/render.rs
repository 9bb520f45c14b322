//! `skyplan render`: diagrams to pictures, several at once.

use super::args::{Format, RenderArgs, Text};
use super::icons::Icons;
use super::report::{self, Voice};
use super::{Outcome, files};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::layout::score;
use crate::render::{Ground, PdfOptions, PngOptions, Zoom, to_pdf, to_png};
use crate::text::Fonts;
use crate::theme::Theme;
use crate::{Picture, PictureOptions, TextMode, picture};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What became of one input.
#[derive(Default)]
struct Drawn {
    findings: Diagnostics,
    /// Where to, and what.
    files: Vec<(PathBuf, Vec<u8>)>,
    lines: Vec<String>,
}

/// Runs the command.
pub(super) fn render(args: &RenderArgs, voice: &Voice) -> Outcome {
    let mut findings = Diagnostics::default();
    let theme = args.theme.as_deref().map(read_theme).transpose().unwrap_or_else(|found| {
        findings.0.extend(found.0);
        None
    });
    let inputs = files::expand(&args.inputs).unwrap_or_else(|error| {
        findings.push(error);
        Vec::new()
    });
    findings.0.extend(ambiguous(args, &inputs));
    if findings.has_errors() {
        voice.report(&findings);
        return Outcome::Failed;
    }
    let drawn: Vec<Drawn> = inputs
        .par_iter()
        .map(|input| {
            let start = Instant::now();
            let drawn = draw(input, args, theme.as_ref());
            voice.detail(|| format!("{} drawn in {:.1} ms", input.display(), start.elapsed().as_secs_f64() * 1e3));
            drawn
        })
        .collect();
    let mut lines = Vec::new();
    for one in &drawn {
        findings.0.extend(one.findings.0.iter().cloned());
        lines.extend(one.lines.iter().cloned());
    }
    let mut failed = voice.report(&findings);
    // Nothing is written while anything is wrong: a run leaves either all new files or all old ones.
    if !failed {
        for (path, bytes) in drawn.iter().flat_map(|d| &d.files) {
            failed |= !deliver(path, bytes, args, voice, &mut lines);
        }
    }
    lines.iter().for_each(|line| voice.tell(line));
    if failed { Outcome::Failed } else { Outcome::Done }
}

/// Writes one file, or compares it. Whether all is well.
fn deliver(path: &Path, bytes: &[u8], args: &RenderArgs, voice: &Voice, lines: &mut Vec<String>) -> bool {
    if args.check {
        let same = fs::read(path).is_ok_and(|old| old == bytes);
        if !same {
            voice.report_one(&stale(path));
        }
        return same;
    }
    if path == Path::new("-") {
        report::print(bytes);
        return true;
    }
    match files::write(path, bytes) {
        Ok(()) => {
            lines.push(format!("wrote {} ({} KB)", path.display(), bytes.len().div_ceil(1024)));
            true
        }
        Err(error) => {
            voice.report_one(&error);
            false
        }
    }
}

/// A picture that its source does not give, as a finding about the picture.
fn stale(path: &Path) -> Diagnostic {
    let place = Place { source: Source::new(path.display().to_string(), ""), range: 0..0 };
    let what = if path.exists() { "is not what its source gives now" } else { "is not there" };
    Diagnostic::error("stale", format!("{} {what}", path.display()), place).help("draw it with `skyplan render`")
}

/// Several pictures cannot go into one file.
fn ambiguous(args: &RenderArgs, inputs: &[PathBuf]) -> Option<Diagnostic> {
    let output = args.output.as_ref()?;
    let count = inputs.len() * args.format.len().max(1);
    let single = output == Path::new("-") || !is_folder(output);
    let message = format!("{count} pictures cannot all be written to {}", output.display());
    (count > 1 && single).then(|| Diagnostic::error("one-output", message, None).help("name a folder, ending in `/`"))
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

fn read_theme(name: &str) -> Result<Theme, Diagnostics> {
    if let Some(theme) = Theme::named(name) {
        return Ok(theme);
    }
    match files::read(Path::new(name)) {
        Ok(source) => Theme::parse(&source),
        Err(error) => Err(Diagnostics(vec![error.help("use `light`, `dark`, `auto` or a theme file")])),
    }
}

/// Draws one input in all formats.
fn draw(input: &Path, args: &RenderArgs, theme: Option<&Theme>) -> Drawn {
    let mut drawn = Drawn::default();
    let source = match files::read(input) {
        Ok(source) => source,
        Err(error) => {
            drawn.findings.push(error);
            return drawn;
        }
    };
    let icons = Icons::of(input);
    let options = PictureOptions {
        lang: args.lang.as_deref(),
        theme,
        text: if args.text == Text::System { TextMode::System } else { TextMode::Embed },
        ground: if args.transparent { Ground::Transparent } else { Ground::Page },
        icons: &icons,
        packs: None,
    };
    let Some(picture) = picture(&source, &options, &mut drawn.findings) else { return drawn };
    if args.report {
        drawn.lines.push(format!("{}: {}", input.display(), score::score(&picture.measured.graph, &picture.layout)));
    }
    for format in formats(args) {
        match encode(&picture, format, args) {
            Ok(bytes) => drawn.files.push((target(input, args, format), bytes)),
            Err(why) => {
                let message = format!("cannot draw {}: {why}", input.display());
                drawn.findings.push(Diagnostic::error("unrenderable", message, None));
            }
        }
    }
    drawn
}

/// The formats asked for, or what the output's name says, or SVG.
fn formats(args: &RenderArgs) -> Vec<Format> {
    if !args.format.is_empty() {
        return args.format.clone();
    }
    let ending = args.output.as_ref().and_then(|o| o.extension()).map(|e| e.to_string_lossy().to_lowercase());
    let named = [Format::Svg, Format::Png, Format::Pdf].into_iter().find(|f| ending.as_deref() == Some(f.ending()));
    vec![named.unwrap_or(Format::Svg)]
}

fn encode(picture: &Picture, format: Format, args: &RenderArgs) -> Result<Vec<u8>, String> {
    match format {
        Format::Svg => Ok(picture.svg.clone().into_bytes()),
        Format::Png => {
            let zoom = args.width.map_or(Zoom::Scale(args.scale), Zoom::Width);
            let options = PngOptions { zoom, fonts: Fonts::embedded().database(), ..PngOptions::default() };
            to_png(&picture.svg, &options).map_err(|e| e.to_string())
        }
        Format::Pdf => {
            let fonts = Fonts::embedded().database();
            let title = picture.measured.topology.title.clone();
            let lang = picture.measured.topology.lang.clone();
            to_pdf(&picture.svg, &PdfOptions { fonts, title, lang }).map_err(|e| e.to_string())
        }
    }
}

/// Where a picture goes.
fn target(input: &Path, args: &RenderArgs, format: Format) -> PathBuf {
    let stdin = input == Path::new("-");
    let own = if stdin { PathBuf::from("diagram") } else { input.to_owned() }.with_extension(format.ending());
    match &args.output {
        None if stdin => PathBuf::from("-"),
        None => own,
        Some(output) if is_folder(output) => output.join(own.file_name().unwrap_or(own.as_os_str())),
        Some(output) => output.clone(),
    }
}
