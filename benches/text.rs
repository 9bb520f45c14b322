//! How long the texts of a picture take: measuring and breaking them, and the fonts that go into the SVG.

use criterion::{Criterion, criterion_group, criterion_main};
use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::measure::measure;
use skyplan::text::{Compositor, Fonts, TextMode};
use skyplan::theme::Theme;
use skyplan::{PictureOptions, picture};
use std::hint::black_box;
use std::path::Path;

/// The Django picture in Korean: 80 texts.
fn django(c: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("diagrams/django-on-aws.toml");
    let source = Source::new("django.toml", std::fs::read_to_string(path).unwrap_or_default());
    let options = PictureOptions { lang: Some("ko"), ..PictureOptions::default() };
    let draw = || picture(&source, &options, &mut Diagnostics::default());
    let Some(drawn) = draw() else { return };
    let theme = Theme::default();
    let topology = || draw().map(|p| p.measured.topology);
    c.bench_function("measure the texts of django-on-aws", |b| {
        b.iter_batched(
            topology,
            |topology| {
                let set = Compositor::new(Fonts::shared(), None);
                topology.map(|t| black_box(measure(t, &set, &theme, &mut Diagnostics::default())))
            },
            criterion::BatchSize::SmallInput,
        );
    });
    let set = Compositor::new(Fonts::shared(), None);
    c.bench_function("take the fonts of django-on-aws", |b| {
        b.iter(|| black_box(set.set(&drawn.scene, TextMode::Embed)));
    });
}

criterion_group!(benches, django);
criterion_main!(benches);
