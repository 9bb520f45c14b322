//! The program's commands: the only place that prints and touches files.

mod args;
mod changes;
mod check;
mod draw;
mod embed;
mod files;
mod fonts;
mod icons;
mod kinds;
mod layout;
mod limits;
mod manual;
mod markdown;
mod mdbook;
mod new;
mod progress;
mod project;
mod render;
mod report;
mod serve;
mod supplies;
mod views;
mod watch;

use crate::document::Reach;
use args::{Cli, Command, Later, SchemaOf};
use clap::Parser as _;
use report::Voice;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// Something in the input, or on the disk, was wrong: exit code 1.
    Failed,
    /// The arguments ask for nothing that can be done: exit code 2.
    Misused,
}

/// Runs the program: 0 when all was done, 1 when something in the input was wrong, 2 for wrong arguments.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let voice = Voice::new(&cli.command.messages());
    limits::choose(&cli.limit, if cli.allow_outside { Reach::Anywhere } else { Reach::Below });
    let outcome = match &cli.command {
        Command::Render(Later(args)) => render::render(args, &voice),
        Command::Watch(Later(args)) => watch::watch(args, &voice),
        Command::Serve(Later(args)) => serve::serve(args, &voice),
        Command::Check(Later(args)) => check::check(args, &voice),
        Command::Layout(Later(args)) => layout::layout(args, &voice),
        Command::Kinds(Later(args)) => kinds::kinds(args, &voice),
        Command::Icons(Later(args)) => icons::icons(args, &voice),
        Command::New(Later(args)) => new::new(args, &voice),
        Command::Embed(Later(args)) => embed::embed(args, &voice),
        Command::Mdbook(Later(args)) => mdbook::mdbook(args, &voice),
        Command::Completions(Later(args)) => manual::completions(args),
        Command::Man(Later(args)) => manual::man(args, &voice),
        Command::Schema(Later(args)) => {
            let schema = match args.of {
                SchemaOf::Diagram => crate::document::schema(),
                SchemaOf::Project => crate::document::project_schema(),
            };
            report::print(schema.as_bytes());
            Outcome::Done
        }
    };
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Failed => ExitCode::FAILURE,
        Outcome::Misused => ExitCode::from(2),
    }
}
