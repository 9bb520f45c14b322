//! One picture from one file, in all its formats: the work that `render`, `watch` and the project file share.

use super::args::Format;
use super::files;
use super::icons::Icons;
use super::limits::limits;
use super::project::cache::digest;
use super::supplies::Supplies;
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::document::{Document, ParseOptions};
use crate::layout::{Form, score};
use crate::picture::written;
use crate::render::{Ground, Packing, PdfOptions, PngOptions, Zoom, to_html, to_pdf, to_png};
use crate::text::{Compositor, Fonts};
use crate::theme::Theme;
use crate::topology::PackId;
use crate::{Picture, PictureOptions, TextMode};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A picture to draw, and the files it goes to.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// The diagram; `-` for standard input.
    pub(super) input: PathBuf,
    /// Its view; the whole system by default.
    pub(super) view: Option<String>,
    /// Its language; the document's own by default.
    pub(super) lang: Option<String>,
    /// Its theme; the document's own by default.
    pub(super) theme: Option<Arc<NamedTheme>>,
    /// What is written where.
    pub(super) files: Vec<(Format, PathBuf)>,
    /// Whether the layout's quality is wanted beside the picture.
    pub(super) report: bool,
    /// The rest of its settings.
    pub(super) look: Look,
}

/// Settings that all pictures of a run share.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// Size of PNG files.
    pub(super) zoom: Zoom,
    /// Whether they are made small or quickly.
    pub(super) packing: Packing,
    /// What stands behind the picture.
    pub(super) ground: Ground,
    /// How texts stand in an SVG.
    pub(super) text: TextMode,
    /// The fonts of texts.
    pub(super) fonts: Arc<Fonts>,
    /// Icon packs in place of the documents' own.
    pub(super) packs: Option<Vec<String>>,
}

impl Look {
    /// The look where nobody asks for another.
    pub(super) fn usual(supplies: Supplies) -> Self {
        Self {
            zoom: Zoom::Scale(2.0),
            packing: Packing::Quick,
            ground: Ground::Page,
            text: TextMode::default(),
            fonts: supplies.fonts,
            packs: supplies.packs,
        }
    }
}

/// A theme with what it is called.
pub(super) struct NamedTheme {
    /// Name of a theme of the program, or the stem of its file.
    pub(super) name: String,
    theme: Theme,
    /// The file, and a hash of its content.
    file: Option<(PathBuf, String)>,
}

impl Debug for NamedTheme {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // What tells it from others wherever the program is started: not its path.
        write!(f, "{} {:?}", self.name, self.file.as_ref().map(|file| &file.1))
    }
}

/// What became of a job.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// What is wrong or doubtful.
    pub(super) findings: Diagnostics,
    /// Where to, and what.
    pub(super) files: Vec<(PathBuf, Vec<u8>)>,
    /// The files it was made from, each with a hash of its content.
    pub(super) inputs: BTreeMap<PathBuf, String>,
    /// The icon packs of which it shows icons: those may change without any file of the project.
    pub(super) packs: Vec<Arc<PackId>>,
    /// The picture's title.
    pub(super) title: Option<String>,
    /// The layout's quality, where it is wanted.
    pub(super) report: Option<String>,
}

impl Job {
    /// A diagram as it is, whole, and for no file.
    pub(super) fn of(input: PathBuf, look: Look) -> Self {
        Self { input, view: None, lang: None, theme: None, files: Vec::new(), report: false, look }
    }

    /// The picture's name in messages: the diagram, and what tells it from others of the same diagram.
    pub(super) fn title(&self) -> String {
        let theme = self.theme.as_ref().map(|t| t.name.as_str());
        let marks: Vec<&str> = self.view.as_deref().into_iter().chain(self.lang.as_deref()).chain(theme).collect();
        if marks.is_empty() {
            return self.input.display().to_string();
        }
        format!("{} ({})", self.input.display(), marks.join(", "))
    }
}

/// A theme by its name, or from a file.
pub(super) fn read_theme(name: &str, path: &Path) -> Result<Arc<NamedTheme>, Diagnostics> {
    if let Some(theme) = Theme::named(name) {
        return Ok(Arc::new(NamedTheme { name: name.to_owned(), theme, file: None }));
    }
    let source = files::read(path)
        .map_err(|error| Diagnostics(vec![error.help("use `light`, `dark`, `auto` or the path of a theme file")]))?;
    let theme = Theme::parse(&source)?;
    let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Arc::new(NamedTheme { name, theme, file: Some((path.to_owned(), digest(source.text.as_bytes()))) }))
}

/// Draws a picture in all its formats; nothing is written yet.
pub(super) fn draw(job: &Job) -> Drawn {
    match files::read(&job.input) {
        Ok(source) => draw_source(job, &source),
        Err(error) => Drawn { findings: Diagnostics(vec![error]), ..Drawn::default() },
    }
}

/// The same where the text is there already.
pub(super) fn draw_source(job: &Job, source: &Arc<Source>) -> Drawn {
    let mut drawn = Drawn::default();
    drawn.inputs.extend(job.theme.iter().filter_map(|t| t.file.clone()));
    // Hashed as it is on the disk, with its byte order mark if it has one.
    let hash = fs::read(&job.input).map_or_else(|_| String::new(), |bytes| digest(&bytes));
    drawn.inputs.insert(job.input.clone(), hash);
    let Some(mut picture) = picture_of(job, source, &mut drawn) else { return drawn };
    drawn.title = picture.measured.topology.title.clone();
    drawn.report = job.report.then(|| quality(&picture));
    for (i, (format, path)) in job.files.iter().enumerate() {
        if let Some(source) = drawn.inputs.keys().find(|input| files::same_file(input, path)) {
            let message = format!("{} would be overwritten, but the picture is made from it", source.display());
            drawn.findings.push(Diagnostic::error("own-source", message, None).help("give the picture another name"));
            continue;
        }
        // The last file may have the text itself, for nothing more is made from it.
        let encoded = match format {
            Format::Svg if i + 1 == job.files.len() => Ok(std::mem::take(&mut picture.svg).into_bytes()),
            _ => encode(&picture, *format, &job.look),
        };
        match encoded {
            Ok(bytes) => drawn.files.push((path.clone(), bytes)),
            Err(why) => {
                let message = format!("cannot draw {}: {why}", job.title());
                let pixels = limits().pixels.saturating_mul(4);
                let help = format!("use a smaller --scale, or lift the limit with --limit pixels={pixels}");
                let error = Diagnostic::error("unrenderable", message, None);
                drawn.findings.push(if *format == Format::Png { error.help(help) } else { error });
            }
        }
    }
    drawn
}

/// The picture itself; findings and inputs go into `drawn`.
pub(super) fn picture_of(job: &Job, source: &Arc<Source>, drawn: &mut Drawn) -> Option<Picture> {
    let picture = with_options(job, source, drawn, crate::picture_of);
    drawn.packs = picture.as_ref().map(|p| p.measured.topology.packs.clone()).unwrap_or_default();
    picture
}

/// Finds all that is wrong or doubtful with a picture, without drawing it.
pub(super) fn check(job: &Job) -> Diagnostics {
    let mut drawn = Drawn::default();
    match files::read(&job.input) {
        Ok(source) => with_options(job, &source, &mut drawn, crate::check),
        Err(error) => drawn.findings.push(error),
    }
    drawn.findings
}

/// Reads a document and does something with it, with all that a job says; findings and inputs go into `drawn`.
fn with_options<T>(
    job: &Job,
    source: &Arc<Source>,
    drawn: &mut Drawn,
    work: impl FnOnce(&Document, &PictureOptions<'_>, &mut Diagnostics) -> T,
) -> T {
    let (icons, includes) = (Icons::of(&job.input), files::includes(&job.input));
    let document =
        Document::parse_with(source, &ParseOptions { includes: &includes, reach: limits().reach }, &mut drawn.findings);
    let included = document.files.iter().filter(|f| !Arc::ptr_eq(f, source)).map(|f| PathBuf::from(&f.name));
    let hash = |path: PathBuf| fs::read(&path).map(|bytes| (path, digest(&bytes)));
    drawn.inputs.extend(included.filter_map(|path| hash(path).ok()));
    let options = PictureOptions {
        lang: job.lang.as_deref(),
        theme: job.theme.as_ref().map(|t| &t.theme),
        fonts: &job.look.fonts,
        text: job.look.text,
        ground: job.look.ground,
        icons: &icons,
        includes: &includes,
        reach: limits().reach,
        view: job.view.as_deref(),
        most: limits().of_diagrams(),
        packs: job.look.packs.as_deref(),
    };
    let done = work(&document, &options, &mut drawn.findings);
    drawn.inputs.extend(icons.read());
    done
}

/// The layout's quality in words; of its form only where that is not the usual one.
fn quality(picture: &Picture) -> String {
    let score = score::score(&picture.measured.graph, &picture.layout);
    match picture.layout.form {
        Form::Finished => score.to_string(),
        plainer => format!("{score}; drawn in the form `{plainer}`, as the usual one would break a rule of the layout"),
    }
}

/// The SVG that pixels and pages are made from: where it only names fonts, one that holds them, so that no machine's fonts matter.
fn with_fonts<'a>(picture: &'a Picture, look: &Look) -> Cow<'a, str> {
    if look.text != TextMode::System {
        return Cow::Borrowed(&picture.svg);
    }
    let set = Compositor::new(&look.fonts, picture.measured.topology.font.as_deref());
    Cow::Owned(written(&picture.scene, &set, TextMode::Embed, look.ground))
}

/// A picture as the bytes of a file.
pub(super) fn encode(picture: &Picture, format: Format, look: &Look) -> Result<Vec<u8>, String> {
    match format {
        Format::Svg => Ok(picture.svg.clone().into_bytes()),
        Format::Html => Ok(to_html(&picture.scene, &picture.svg).into_bytes()),
        Format::Png => {
            let options = PngOptions {
                zoom: look.zoom,
                fonts: Fonts::database(),
                packing: look.packing,
                most_pixels: limits().pixels,
            };
            to_png(&with_fonts(picture, look), &options).map_err(|e| e.to_string())
        }
        Format::Pdf => {
            let title = picture.measured.topology.title.clone();
            let lang = picture.measured.topology.lang.clone();
            to_pdf(&with_fonts(picture, look), &PdfOptions { fonts: Fonts::database(), title, lang })
                .map_err(|e| e.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(report: bool) -> Job {
        let look = Look::usual(Supplies::default());
        Job { report, ..Job::of(PathBuf::from("web.toml"), look) }
    }

    fn web() -> Arc<Source> {
        Source::new("web.toml", "[service.users]\n[service.alb]\n[links]\n\"users -> alb\" = \"HTTPS\"")
    }

    #[test]
    fn quality_is_measured_only_where_it_is_wanted() {
        assert_eq!(draw_source(&job(false), &web()).report, None);
        let report = draw_source(&job(true), &web()).report.unwrap();
        assert!(report.starts_with("0 crossings, 0 bends") && !report.contains("form"), "{report}");
    }

    #[test]
    fn the_report_names_a_plainer_form() {
        let mut picture = picture_of(&job(true), &web(), &mut Drawn::default()).unwrap();
        picture.layout.form = Form::Plain;
        assert!(
            quality(&picture).ends_with("drawn in the form `plain`, as the usual one would break a rule of the layout")
        );
    }
}
