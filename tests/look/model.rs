//! Small systems, as the language would resolve them.

use petgraph::graph::DiGraph;
use skyplan::catalogue::{Category, Entry, Form, Scope};
use skyplan::diagnostic::Diagnostics;
use skyplan::layout::layout;
use skyplan::measure::{Ruler, measure};
use skyplan::render::{SvgOptions, to_svg};
use skyplan::scene;
use skyplan::theme::{FontSpec, Theme};
use skyplan::topology::*;

/// Texts that break careless writers.
pub(crate) const NASTY: &str =
    "</text><script>alert(1)</script> ]]> <!-- &amp; &#0; \" ' \u{1}\u{FFFF} url(#x) \u{202E}שלום 안녕👩‍💻 {{x}}";

/// Every letter half an em wide.
struct Even;

impl Ruler for Even {
    fn width(&self, text: &str, font: FontSpec) -> f64 {
        text.chars().count() as f64 * font.size / 2.0
    }

    fn break_lines(&self, text: &str, font: FontSpec, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), font) <= width => *line += &format!(" {word}"),
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

/// The whole way from a model to its SVG.
pub(crate) fn draw(topology: Topology, theme: &Theme) -> (String, Diagnostics) {
    let mut findings = Diagnostics::default();
    let measured = measure(topology, &Even, theme, &mut findings);
    let layout = layout(&measured.graph, &measured.spacing(theme)).expect("the model can be laid out");
    let scene = scene::draw(&measured, &layout, theme, &|_| Some(&SERVER), &mut findings);
    (to_svg(&scene, &SvgOptions::default()), findings)
}

static SERVER: Entry = Entry {
    id: "server",
    name: "Server",
    category: Category::General,
    aliases: "",
    official_icon: "",
    scope: Scope::Any,
    form: Form::Resource,
    svg: r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" fill="none" stroke="currentColor"><path d="M12 12H52V52H12Z"/></svg>"#,
};

fn element(path: &str, label: &str, parent: Option<ElementId>, what: What) -> Element {
    Element {
        path: path.to_owned(),
        what,
        label: label.to_owned(),
        note: Some(label.to_owned()),
        parent,
        href: Some("https://example.com/?a=1&b=2".to_owned()),
        tooltip: None,
        style: Style::default(),
        place: None,
    }
}

fn link(label: &str, step: u32) -> Link {
    Link {
        label: Some(label.to_owned()),
        step: Some(step),
        heads: Heads::Both,
        line: Line::Dashed,
        color: None,
        weight: 1.0,
        rank: true,
        tooltip: None,
        href: None,
        place: None,
    }
}

/// Two servers in a VPC, one outside; every text is `text`.
fn of(text: &str) -> Topology {
    let mut graph = DiGraph::default();
    let server = || What::Service { kind: &SERVER, icon: None, border: None };
    let group = What::Group { kind: GroupKind::Vpc, badge: Some(&SERVER), detail: Some(text.to_owned()) };
    let vpc = graph.add_node(element("vpc", text, None, group));
    let a = graph.add_node(element("a", text, Some(vpc), server()));
    let b = graph.add_node(element("b", text, Some(vpc), server()));
    let c = graph.add_node(element("c", text, None, server()));
    graph.add_edge(c, a, link(text, 1));
    graph.add_edge(a, b, link(text, 2));
    let span = Span {
        path: "span".to_owned(),
        kind: GroupKind::AutoScaling,
        badge: None,
        label: text.to_owned(),
        members: vec![a, b],
        style: Style::default(),
        tooltip: None,
        href: None,
        place: None,
    };
    Topology {
        title: Some(text.to_owned()),
        subtitle: Some(text.to_owned()),
        description: None,
        lang: Some("en".to_owned()),
        flow: Flow::Down,
        page: Page { aspect: 16.0 / 9.0, width: None },
        drawings: Default::default(),
        packs: Vec::new(),
        theme: None,
        font: None,
        graph,
        spans: vec![span],
        classes: vec![vec![a, b]],
        steps: vec![Step { number: 1, text: text.to_owned() }, Step { number: 2, text: text.to_owned() }],
        notes: vec![Note { text: text.to_owned() }],
        legend: vec![LegendRow { sample: LegendSample::Line(Line::Dotted, None), text: text.to_owned() }],
    }
}

/// A harmless system.
pub(crate) fn model() -> Topology {
    of("Some name")
}

/// A system of names that are too long.
pub(crate) fn wordy() -> Topology {
    of("A name that goes on and on until nobody wants to read it any more in a picture")
}

/// The same with hostile texts, names and links.
pub(crate) fn nasty() -> Topology {
    let mut topology = of(NASTY);
    topology.lang = Some("\"><script>".to_owned());
    for (i, element) in topology.graph.node_weights_mut().enumerate() {
        if i == 1 {
            element.path = NASTY.to_owned();
            element.href = Some(" JavaScript:alert(1)".to_owned());
        }
        element.style.stroke = Some("url(#x)".to_owned());
        element.style.fill = Some("#ffe".to_owned());
    }
    topology
}
