//! Document -> Topology: names resolved, copies made, texts in one language.

use super::copies::{Instances, instances, report_unresolved};
use super::elements::group_kind;
use super::icons::IconSource;
use super::language::Language;
use super::shelf::Shelf;
use super::view::Shown;
use super::{ElementId, LegendRow, LegendSample, Line, Note, Page, Step, Topology, What, checks};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{At, Document, Label};
use petgraph::graph::DiGraph;

/// How a document becomes a topology.
pub struct ResolveOptions<'a> {
    /// Language of the texts; the document's first one by default.
    pub lang: Option<&'a str>,
    /// Where icons come from that the catalogue does not bring.
    pub icons: &'a dyn IconSource,
    /// The view to draw, by name; the whole system by default.
    pub view: Option<&'a str>,
    /// Names of icon packs that replace the catalogue's drawings, the first that has one winning; the document's by default.
    pub packs: Option<&'a [String]>,
    /// How large the topology may become.
    pub most: Most,
}

/// How large a topology may become, so that a small file cannot cost hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// Greatest number of elements after copying; default 20,000.
    pub elements: usize,
    /// Greatest number of links after copying; default 50,000.
    pub links: usize,
    /// Greatest number of groups within each other; default 500.
    pub depth: usize,
}

impl Default for Most {
    fn default() -> Self {
        Self { elements: 20_000, links: 50_000, depth: 500 }
    }
}

impl Default for ResolveOptions<'_> {
    fn default() -> Self {
        Self { lang: None, icons: &no_files, view: None, packs: None, most: Most::default() }
    }
}

fn no_files(_: &str) -> Result<super::IconData, String> {
    Err("icon files are not read here".to_owned())
}

impl Topology {
    /// Resolves every name. What is wrong or doubtful goes into `findings`; with an error among them there is no topology.
    pub fn resolve(document: &Document, options: &ResolveOptions, findings: &mut Diagnostics) -> Option<Self> {
        let language = Language::choose(document, options.lang);
        let copies = instances(document, options.most, findings);
        let shelf = Shelf::new(document, options, findings);
        let mut maker = Maker { document, options, language, copies, shelf, findings };
        let mut topology = maker.topology();
        maker.elements(&mut topology);
        if maker.findings.has_errors() {
            // Links and outlines are looked at all the same, so that one run reports everything.
            maker.names_only();
            return None;
        }
        let places = Places::whole(&maker.order());
        maker.joined(&mut topology, &places);
        checks::check(document, &maker.copies, &topology, maker.findings);
        let view = maker.views(&topology);
        if maker.findings.has_errors() {
            return None;
        }
        if let Some(view) = view {
            topology = maker.view(topology, &places, &view);
        }
        maker.shelf.drawings(&mut topology, maker.findings);
        (!findings.has_errors()).then_some(topology)
    }
}

/// Where each instance stands in the graph that is being made.
pub(super) struct Places {
    /// By instance: itself if it is shown, and where its links lead if anywhere.
    all: Vec<(Option<ElementId>, Option<ElementId>)>,
}

impl Places {
    /// Everything is shown, in this order.
    fn whole(order: &[usize]) -> Self {
        Self { all: order.iter().map(|&at| ElementId::new(at)).map(|id| (Some(id), Some(id))).collect() }
    }

    /// Those of a view, by what it makes of each element and which number its elements get.
    pub(super) fn of_view(&self, shown: &[Shown], ids: &[Option<ElementId>]) -> Self {
        let each = |place: &(Option<ElementId>, Option<ElementId>)| match place.0.map(|id| (id, shown[id.index()])) {
            Some((id, Shown::Itself)) => (ids[id.index()], ids[id.index()]),
            Some((_, Shown::Within(group))) => (None, ids[group.index()]),
            Some((_, Shown::No)) | None => (None, None),
        };
        Self { all: self.all.iter().map(each).collect() }
    }

    /// The element of an instance, if it is shown as itself.
    pub(super) fn own(&self, instance: usize) -> Option<ElementId> {
        self.all[instance].0
    }

    /// Where the links of an instance lead: to itself, or to the box that it is inside of.
    pub(super) fn end(&self, instance: usize) -> Option<ElementId> {
        self.all[instance].1
    }
}

/// Makes one topology.
pub(super) struct Maker<'a, 'f> {
    pub(super) document: &'a Document,
    pub(super) options: &'a ResolveOptions<'a>,
    pub(super) language: Language,
    pub(super) copies: Instances<'a>,
    pub(super) shelf: Shelf<'a>,
    pub(super) findings: &'f mut Diagnostics,
}

impl<'a> Maker<'a, '_> {
    pub(super) fn error(
        &mut self,
        code: &'static str,
        message: String,
        at: &crate::diagnostic::Place,
        help: impl Into<String>,
    ) {
        self.findings.push(Diagnostic::error(code, message, at.clone()).help(help));
    }

    pub(super) fn text(&mut self, label: &Option<Label>) -> Option<String> {
        label.as_ref().map(|l| self.language.text(l, self.findings))
    }

    fn topology(&mut self) -> Topology {
        let d = self.document;
        let page = Page {
            aspect: d.page.0.as_ref().map_or(16.0 / 9.0, |a| a.value.clamp(0.1, 10.0)),
            width: d.page.1.as_ref().map(|w| w.value),
        };
        Topology {
            title: self.text(&d.title),
            subtitle: self.text(&d.subtitle),
            description: self.text(&d.description),
            lang: self.language.tag.clone(),
            flow: d.flow.as_ref().map_or_else(Default::default, |f| f.value),
            page,
            theme: d.theme.as_ref().map(|t| t.value.clone()),
            font: d.font.as_ref().map(|f| f.value.clone()),
            graph: DiGraph::default(),
            spans: Vec::new(),
            classes: Vec::new(),
            steps: self.steps(),
            notes: d.notes.iter().map(|n| Note { text: self.language.text(&n.1, self.findings) }).collect(),
            legend: self.legend(),
            drawings: Default::default(),
            packs: Vec::new(),
        }
    }

    fn steps(&mut self) -> Vec<Step> {
        let d = self.document;
        for pair in d.steps.windows(2) {
            if pair[0].0.value == pair[1].0.value {
                let (number, place) = (pair[1].0.value, pair[1].0.place.clone());
                self.error(
                    "duplicate-step",
                    format!("step {number} has two texts"),
                    &place,
                    "number the steps differently",
                );
            }
        }
        d.steps.iter().map(|s| Step { number: s.0.value, text: self.language.text(&s.1, self.findings) }).collect()
    }

    /// Legend rows by the names of what they show: a line style, a kind of group, or `step`.
    fn legend(&mut self) -> Vec<LegendRow> {
        let mut rows = Vec::new();
        for (what, label) in &self.document.legend {
            let sample = match what.value.as_str() {
                "solid" => LegendSample::Line(Line::Solid, None),
                "dashed" => LegendSample::Line(Line::Dashed, None),
                "dotted" => LegendSample::Line(Line::Dotted, None),
                "step" => LegendSample::Step,
                name => match group_kind(name) {
                    Some(kind) => LegendSample::Group(kind),
                    None => {
                        let message = format!("the legend cannot show `{name}`");
                        self.error(
                            "unknown-value",
                            message,
                            &what.place,
                            "use `solid`, `dashed`, `dotted`, `step` or a kind of group",
                        );
                        continue;
                    }
                },
            };
            rows.push(LegendRow { sample, text: self.language.text(label, self.findings) });
        }
        rows
    }

    /// Position of each instance among the elements: file order, copies together.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut order = vec![0; self.copies.all.len()];
        let in_file = self.copies.of.iter().flatten();
        in_file.enumerate().for_each(|(at, &i)| order[i] = at);
        order
    }

    fn elements(&mut self, topology: &mut Topology) {
        let order = self.order();
        let list: Vec<usize> = self.copies.of.iter().flatten().copied().collect();
        for i in list {
            let instance = self.copies.all[i].clone();
            let decl = &self.document.elements[instance.decl];
            let parent = instance.parent.map(|p| ElementId::new(order[p]));
            if let Some(element) = self.element(i, decl, parent) {
                topology.graph.add_node(element);
            }
        }
        // An element on a border stands in whatever holds the group with that border.
        for (i, &at) in order.iter().enumerate() {
            let id = ElementId::new(at);
            let on_border =
                topology.graph.node_weight(id).is_some_and(|e| matches!(e.what, What::Service { border: Some(_), .. }));
            if on_border {
                let outer =
                    self.copies.all[i].parent.and_then(|p| self.copies.all[p].parent).map(|p| ElementId::new(order[p]));
                if let Some(element) = topology.graph.node_weight_mut(id) {
                    element.parent = outer;
                }
            }
        }
        for decl in &self.document.elements {
            self.check_lists(decl);
        }
    }

    /// Links, outlines and what must be level, between elements that are there.
    pub(super) fn joined(&mut self, topology: &mut Topology, places: &Places) {
        self.links(topology, places);
        self.spans(topology, places);
        topology.classes = self.classes(topology, places);
    }

    /// Looks up the names of links and outlines only to report what is wrong with them.
    fn names_only(&mut self) {
        let names = (self.document.links.iter().flat_map(|l| &l.ends))
            .chain(self.document.elements.iter().filter_map(|e| e.around.as_ref()).flatten())
            .chain(
                self.document.views.iter().flat_map(|v| v.only.iter().flatten().chain(&v.without).chain(&v.collapse)),
            );
        for name in names {
            // What is declared but could not be placed has been reported already.
            if self.copies.declared(name.value.split('.').next().unwrap_or("")).is_none() {
                self.find(name);
            }
        }
    }

    /// The instances that a name means, or an error.
    pub(super) fn find(&mut self, name: &At<String>) -> Vec<usize> {
        self.copies.resolve(&name.value).unwrap_or_else(|why| {
            report_unresolved(&name.value, why, name, self.findings);
            Vec::new()
        })
    }
}
