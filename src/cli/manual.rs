//! `skyplan completions` and `skyplan man`: both are made from the very arguments that the program takes.

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::report::{self, Voice};
use super::{Outcome, files};
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

/// Prints the completions of a shell.
pub(super) fn completions(args: &CompletionsArgs) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "skyplan", &mut script);
    report::print(&script);
    Outcome::Done
}

/// Prints the program's own page, or writes the pages of all commands.
pub(super) fn man(args: &ManArgs, voice: &Voice) -> Outcome {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = &args.output else {
        report::print(&page(program));
        return Outcome::Done;
    };
    let commands: Vec<Command> = program.get_subcommands().cloned().collect();
    for command in std::iter::once(program).chain(commands) {
        // The full name of a command is `skyplan render`, that of its page `skyplan-render`.
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        let path = folder.join(format!("{name}.1"));
        match files::write(&path, &page(command)) {
            Ok(()) => voice.tell(&format!("wrote {}", path.display())),
            Err(error) => {
                voice.report_one(&error);
                return Outcome::Failed;
            }
        }
    }
    Outcome::Done
}

/// One page in roff. Writing to memory cannot fail.
fn page(command: Command) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = Man::new(command).render(&mut out);
    out
}
