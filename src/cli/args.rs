//! What can be said on the command line.

use super::icons::IconsArgs;
use super::limits::{self, Limit};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

const RENDER_EXAMPLES: &str = "Examples:
  skyplan render                                 draws what skyplan.toml says
  skyplan render web.toml                        writes web.svg beside it
  skyplan render diagrams/ -o out/ --format png  draws a folder
  cat web.toml | skyplan render - -o - > web.svg";

const EMBED_EXAMPLES: &str = "Examples:
  skyplan embed README.md docs/*.md   draws and links what is new
  skyplan embed --check README.md     for CI";

const MDBOOK_EXAMPLES: &str = "In book.toml:
  [preprocessor.skyplan]
  command = \"skyplan mdbook\"";

const COMPLETIONS_EXAMPLES: &str = "Examples:
  skyplan completions bash > ~/.local/share/bash-completion/completions/skyplan
  skyplan completions zsh > ~/.zfunc/_skyplan
  skyplan completions fish > ~/.config/fish/completions/skyplan.fish";

const EXIT_CODES: &str = "Exit codes:
  0  done
  1  something in the input is wrong, a picture is stale, or a file cannot be read or written
  2  wrong arguments";

const SCHEMA_HELP: &str = "Editors that read JSON Schemas for TOML complete and explain keys once a diagram begins with
  #:schema skyplan.schema.json
and the schema lies beside it:
  skyplan schema > skyplan.schema.json";

/// Draws cloud architecture diagrams from TOML.
#[derive(Debug, Parser)]
#[command(name = "skyplan", version, about, max_term_width = 100, after_help = EXIT_CODES)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// How findings are reported.
    #[command(flatten)]
    pub(super) messages: MessageArgs,
    /// Another limit than the usual: file-bytes=4194304, elements=20000, links=50000, pixels=100000000. May be given several times.
    #[arg(long, global = true, value_name = "NAME=NUMBER", value_parser = limits::parse)]
    pub(super) limit: Vec<Limit>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Draw diagrams as SVG, PNG, PDF or HTML.
    Render(RenderArgs),
    /// Draw again whatever changes, until stopped.
    Watch(DrawArgs),
    /// Show diagrams in the browser, as they are at every save, until stopped; on this machine only.
    Serve(ServeArgs),
    /// Report what is wrong or doubtful, without drawing.
    Check(CheckArgs),
    /// Write the layout of a diagram (.toml) or of a plain graph (.json) as JSON.
    Layout(LayoutArgs),
    /// List the kinds of services.
    Kinds(KindsArgs),
    /// Install, list, search, remove and draw icon packs.
    Icons(IconsArgs),
    /// Write a small, commented diagram to start from.
    New(NewArgs),
    /// Draw the ```skyplan fences of Markdown files beside them, and keep the links to the pictures up to date.
    Embed(EmbedArgs),
    /// Draw the ```skyplan fences of a book: a preprocessor that mdBook starts.
    Mdbook(MdbookArgs),
    /// Print what a shell needs to complete commands and options.
    Completions(CompletionsArgs),
    /// Print the manual page, or write those of all commands into a folder.
    Man(ManArgs),
    /// Print the JSON Schema of the language, for editors.
    #[command(after_help = SCHEMA_HELP)]
    Schema,
}

/// `skyplan render`.
#[derive(Debug, Args)]
#[command(after_help = RENDER_EXAMPLES)]
pub(super) struct RenderArgs {
    /// What is drawn, and how.
    #[command(flatten)]
    pub(super) draw: DrawArgs,
    /// Draw all pictures of a project, also those whose inputs have not changed.
    #[arg(long)]
    pub(super) force: bool,
    /// Write nothing; exit with 1 if a file that would be written is missing or different.
    #[arg(long)]
    pub(super) check: bool,
    /// Print the layout's quality: crossings, bends, area, aspect.
    #[arg(long)]
    pub(super) report: bool,
}

/// `skyplan serve`.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// A diagram or a folder of diagrams; the project by default, or the current folder.
    #[arg(value_name = "PATH")]
    pub(super) path: Option<PathBuf>,
    /// The port; by default the first free one from 4747. 0 takes any free one.
    #[arg(long, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// Icons in place of our own drawings.
    #[command(flatten)]
    pub(super) packs: PackArgs,
    /// Fonts for what the embedded ones lack.
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

/// What is drawn, and how: `skyplan render` and `skyplan watch`.
#[derive(Debug, Args)]
pub(super) struct DrawArgs {
    /// Diagrams, folders of diagrams, or `-` for standard input; all of the project by default.
    #[arg(value_name = "FILE")]
    pub(super) inputs: Vec<PathBuf>,
    /// The project file; by default skyplan.toml here or in the nearest folder around this one.
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub(super) project: Option<PathBuf>,
    /// A file, a folder (ending in `/`, or there already), or `-` for standard output; beside the input by default.
    #[arg(short, long, value_name = "PATH")]
    pub(super) output: Option<PathBuf>,
    /// What to write, separated by commas; by default what the output's name says, else SVG.
    #[arg(long, value_delimiter = ',', value_name = "FORMAT")]
    pub(super) format: Vec<Format>,
    /// Pixels of a PNG for each CSS pixel; 2 by default.
    #[arg(long, value_name = "FACTOR", value_parser = factor)]
    pub(super) scale: Option<f64>,
    /// Width of a PNG in pixels, in place of --scale.
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(1..=20000))]
    pub(super) width: Option<u32>,
    /// Whether PNG files are made quickly, or with less than half the bytes.
    #[arg(long, value_enum, default_value = "quick", value_name = "HOW")]
    pub(super) packing: Packed,
    /// No background.
    #[arg(long)]
    pub(super) transparent: bool,
    /// Language of the texts, such as `ko`; the document's first one by default.
    #[arg(long, value_name = "TAG")]
    pub(super) lang: Option<String>,
    /// Draw this view only, into NAME.VIEW.svg.
    #[arg(long, value_name = "VIEW", conflicts_with = "all_views")]
    pub(super) view: Option<String>,
    /// Draw each view too, into NAME.VIEW.svg.
    #[arg(long)]
    pub(super) all_views: bool,
    /// `light`, `dark`, `auto` (follows the reader's system), or a theme file.
    #[arg(long, value_name = "THEME")]
    pub(super) theme: Option<String>,
    /// Icons in place of our own drawings.
    #[command(flatten)]
    pub(super) packs: PackArgs,
    /// How texts stand in an SVG; `embed` by default.
    #[arg(long, value_enum, value_name = "HOW")]
    pub(super) text: Option<Text>,
    /// Fonts for what the embedded ones lack.
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

/// Icon packs in place of our own drawings.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct PackArgs {
    /// Icon packs in place of our own drawings, separated by commas, or `skyplan` for none; the document's by default.
    #[arg(long, value_delimiter = ',', value_name = "PACK")]
    pub(super) icons: Option<Vec<String>>,
    /// Draw with the icon packs that are there now, also where skyplan.lock names others.
    #[arg(long)]
    pub(super) update_icons: bool,
}

/// Fonts for the characters that the embedded ones lack.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct FontArgs {
    /// A folder of fonts (.ttf, .otf, .ttc, .otc) for characters that the embedded ones lack; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(super) font_dir: Vec<PathBuf>,
    /// Use the machine's fonts for characters that no other font has; pictures may then differ from machine to machine.
    #[arg(long)]
    pub(super) system_fonts: bool,
}

/// `skyplan check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Diagrams, folders of diagrams, or `-` for standard input; all of the project by default.
    #[arg(value_name = "FILE")]
    pub(super) inputs: Vec<PathBuf>,
    /// The project file; by default skyplan.toml here or in the nearest folder around this one.
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub(super) project: Option<PathBuf>,
    /// Language of the texts.
    #[arg(long, value_name = "TAG")]
    pub(super) lang: Option<String>,
    /// Fonts for what the embedded ones lack.
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

/// `skyplan layout`.
#[derive(Debug, Args)]
pub(super) struct LayoutArgs {
    /// A diagram (.toml) or a plain graph (.json).
    #[arg(value_name = "FILE")]
    pub(super) input: PathBuf,
    /// The format of the output.
    #[arg(long, value_enum, default_value = "json")]
    pub(super) format: LayoutFormat,
    /// The view to lay out.
    #[arg(long, value_name = "VIEW")]
    pub(super) view: Option<String>,
    /// Language of the texts.
    #[arg(long, value_name = "TAG")]
    pub(super) lang: Option<String>,
}

/// `skyplan kinds`.
#[derive(Debug, Args)]
pub(super) struct KindsArgs {
    /// Words that the id, name or an alias must hold.
    #[arg(value_name = "WORD")]
    pub(super) words: Vec<String>,
}

/// `skyplan new`.
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// Name of the diagram; its file is NAME.toml.
    #[arg(default_value = "diagram", value_name = "NAME")]
    pub(super) name: String,
}

/// `skyplan embed`.
#[derive(Debug, Args)]
#[command(after_help = EMBED_EXAMPLES)]
pub(super) struct EmbedArgs {
    /// Markdown files.
    #[arg(required = true, value_name = "FILE")]
    pub(super) inputs: Vec<PathBuf>,
    /// Language of the texts, where a fence does not say lang=TAG.
    #[arg(long, value_name = "TAG")]
    pub(super) lang: Option<String>,
    /// Theme, where a fence does not say theme=THEME.
    #[arg(long, value_name = "THEME")]
    pub(super) theme: Option<String>,
    /// Icons in place of our own drawings.
    #[command(flatten)]
    pub(super) packs: PackArgs,
    /// Fonts for what the embedded ones lack.
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    /// Write nothing; exit with 1 if a picture or a link is missing or stale.
    #[arg(long)]
    pub(super) check: bool,
}

/// `skyplan mdbook`.
#[derive(Debug, Args)]
#[command(after_help = MDBOOK_EXAMPLES)]
pub(super) struct MdbookArgs {
    /// What mdBook asks before it sends the book.
    #[command(subcommand)]
    pub(super) question: Option<MdbookQuestion>,
}

/// What mdBook asks.
#[derive(Debug, Subcommand)]
pub(super) enum MdbookQuestion {
    /// Whether the pictures suit a renderer; they suit all.
    Supports {
        /// Name of the renderer.
        renderer: String,
    },
}

/// `skyplan completions`.
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(super) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: Shell,
}

/// `skyplan man`.
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// A folder to write skyplan.1, skyplan-render.1 and so on into.
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
}

/// How the program speaks; the same for all commands.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Messages")]
pub(super) struct MessageArgs {
    /// For people, for programs (one JSON object a line), or as annotations of a GitHub workflow.
    #[arg(long, global = true, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(super) message_format: MessageFormat,
    /// Fail on warnings too.
    #[arg(long, global = true)]
    pub(super) deny_warnings: bool,
    /// Whether messages are coloured; `auto` does it on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(super) color: ColorChoice,
    /// Say nothing but what is wrong.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what is done and how long it takes.
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

/// Formats of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Scalable, text stays text.
    Svg,
    /// Pixels.
    Png,
    /// A page.
    Pdf,
    /// A page for browsers: pan, zoom, links of a service, walk through the steps.
    Html,
}

impl Format {
    /// All formats.
    pub(super) const ALL: [Self; 4] = [Self::Svg, Self::Png, Self::Pdf, Self::Html];

    /// Its media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
        }
    }

    /// The format whose files end so.
    pub(super) fn named(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.ending() == ending)
    }

    /// The ending of its files.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }
}

/// Formats of layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LayoutFormat {
    /// `drawing/1`.
    Json,
}

/// What making a PNG is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Packed {
    /// About 1 ms a megapixel.
    Quick,
    /// Less than half the bytes, eight times the time.
    Small,
}

/// How texts stand in an SVG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Text {
    /// As text, with the glyphs it needs in the file.
    Embed,
    /// As paths: the same even where no font may be loaded.
    Outline,
    /// As text that names fonts.
    System,
}

/// Formats of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// Source lines with underlines.
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands.
    Github,
}

fn factor(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(f) if f.is_finite() && f > 0.0 && f <= 20.0 => Ok(f),
        _ => Err("must be a number above 0 and at most 20".to_owned()),
    }
}
