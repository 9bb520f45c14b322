//! `skyplan icons`: icon packs, and where diagrams find them.

mod add;
mod args;
mod folder;
mod list;
mod lock;
mod sheet;
mod shelf;
mod store;

pub(super) use args::IconsArgs;
pub(super) use lock::{Locking, lock, lock_of};
pub(super) use shelf::Icons;

use super::Outcome;
use super::report::Voice;
use args::IconsCommand;

/// Runs the command.
pub(super) fn icons(args: &IconsArgs, voice: &Voice) -> Outcome {
    match &args.command {
        IconsCommand::Add(args) => add::add(args, voice),
        IconsCommand::List => list::list(voice),
        IconsCommand::Search(args) => list::search(args, voice),
        IconsCommand::Remove(args) => list::remove(args, voice),
        IconsCommand::Sheet(args) => sheet::sheet(args, voice),
    }
}
