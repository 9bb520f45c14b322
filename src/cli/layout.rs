//! `skyplan layout`: coordinates as JSON.

use super::args::LayoutArgs;
use super::icons::Icons;
use super::limits::limits;
use super::report::{self, Voice};
use super::{Outcome, files};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::json::{self, Names};
use crate::layout::{Graph, GroupId, Spacing, layout as place};
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
            most: limits().of_diagrams(),
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
    if let Some(error) = too_many(&graph).or_else(|| too_deep(&graph, &names)) {
        findings.push(error);
        return None;
    }
    let start = Instant::now();
    match place(&graph, &Spacing::default()) {
        Ok(drawn) => Some(json::write(&graph, &names, &drawn, Some(start.elapsed().as_secs_f64() * 1e3))),
        Err(error) => {
            findings.push(Diagnostic::error("layout", format!("{}: {error}", args.input.display()), None));
            None
        }
    }
}

/// Says of what a graph has more than allowed: what a diagram may not become by copying, a graph may not be.
fn too_many(graph: &Graph) -> Option<Diagnostic> {
    let most = limits().of_diagrams();
    let elements = (graph.boxes.len() + graph.groups.len(), most.elements, "nodes and groups", "elements");
    let links = (graph.links.len(), most.links, "edges", "links");
    let (count, most, what, limit) = [elements, links].into_iter().find(|(count, most, ..)| count > most)?;
    let help = format!("lift the limit with --limit {limit}={count}");
    Some(Diagnostic::error("too-many", format!("the graph has {count} {what}; {most} are allowed"), None).help(help))
}

/// Says which group of a graph lies in more groups than allowed. A circle of groups is the engine's to tell.
fn too_deep(graph: &Graph, names: &Names) -> Option<Diagnostic> {
    let most = limits().of_diagrams().depth;
    let parent = |g: GroupId| graph.groups.get(g.at()).and_then(|group| group.parent);
    let around = |g: GroupId| std::iter::successors(parent(g), |&up| parent(up)).take(graph.groups.len() + 1);
    let deep = (0..graph.groups.len()).map(|g| GroupId(g as u32)).find(|&g| around(g).nth(most).is_some())?;
    if around(deep).nth(graph.groups.len()).is_some() {
        return None;
    }
    let name = names.groups.get(deep.at()).map_or("", String::as_str);
    let help = format!("lift the limit with --limit depth={}", most.saturating_mul(4));
    Some(Diagnostic::error("too-deep", format!("`{name}` lies in more than {most} groups"), None).help(help))
}
