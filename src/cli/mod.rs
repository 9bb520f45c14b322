//! The program's commands: the only place that prints and touches files.

mod args;
mod check;
mod files;
mod kinds;
mod layout;
mod new;
mod render;
mod report;

use args::{Cli, Command};
use clap::Parser as _;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// Something in the input, or on the disk, was wrong: exit code 1.
    Failed,
}

/// Runs the program: 0 when all was done, 1 when something in the input was wrong, 2 for wrong arguments.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match &cli.command {
        Command::Render(args) => render::render(args),
        Command::Check(args) => check::check(args),
        Command::Layout(args) => layout::layout(args),
        Command::Kinds(args) => kinds::kinds(args),
        Command::New(args) => new::new(args),
    };
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Failed => ExitCode::FAILURE,
    }
}
