//! `skyplan layout`: coordinates as JSON.

use super::args::LayoutArgs;
use super::icons::Icons;
use super::limits::limits;
use super::report::{self, Voice};
use super::{Outcome, files};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::json::{self, Names};
use crate::layout::{Spacing, layout as place};
use crate::{PictureOptions, picture};
use std::time::Instant;

/// Runs the command.
pub(super) fn layout(args: &LayoutArgs, voice: &Voice) -> Outcome {
    let mut findings = Diagnostics::default();
    let text = drawing(args, &mut findings);
    let failed = voice.report(&findings);
    match text {
        Some(text) if !failed => {
            report::print(text.as_bytes());
            report::print(b"\n");
            Outcome::Done
        }
        _ => Outcome::Failed,
    }
}

fn drawing(args: &LayoutArgs, findings: &mut Diagnostics) -> Option<String> {
    let source = match files::read(&args.input) {
        Ok(source) => source,
        Err(error) => {
            findings.push(error);
            return None;
        }
    };
    if args.input.extension().is_none_or(|e| e != "json") {
        let (icons, includes) = (Icons::of(&args.input), files::includes(&args.input));
        let (lang, view) = (args.lang.as_deref(), args.view.as_deref());
        let options = PictureOptions {
            lang,
            view,
            icons: &icons,
            most: limits().elements_and_links(),
            includes: &includes,
            ..PictureOptions::default()
        };
        let picture = picture(&source, &options, findings)?;
        let graph = &picture.measured.topology.graph;
        let path = |id: &crate::topology::ElementId| graph[*id].path.clone();
        let names = Names {
            boxes: picture.measured.services.iter().map(path).collect(),
            groups: picture.measured.groups.iter().map(path).collect(),
            spans: picture.measured.topology.spans.iter().map(|s| s.path.clone()).collect(),
        };
        return Some(json::write(&picture.measured.graph, &names, &picture.layout, None));
    }
    let (graph, names) = match json::read(&source.text) {
        Ok(read) => read,
        Err(why) => {
            let message = format!("{} is not a graph: {why}", args.input.display());
            findings.push(
                Diagnostic::error("bad-graph", message, None)
                    .help("nodes need `id`, `w` and `h`; edges are pairs of ids; all constraints name ids"),
            );
            return None;
        }
    };
    let start = Instant::now();
    match place(&graph, &Spacing::default()) {
        Ok(drawn) => Some(json::write(&graph, &names, &drawn, Some(start.elapsed().as_secs_f64() * 1e3))),
        Err(error) => {
            findings.push(Diagnostic::error("layout", format!("{}: {error}", args.input.display()), None));
            None
        }
    }
}
