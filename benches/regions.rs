//! All regions of a network: only counted, a point in each, everything that is known of each.

use crease::format::file::NetworkFile;
use crease::geometry::double_description::Progress;
use crease::net::regions::{Cells, Domain, Notion};
use crease::properties::{for_each_point, for_each_region};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::ops::ControlFlow;

fn regions(c: &mut Criterion) {
    for (name, json) in [
        ("50 planes in space", &include_bytes!("../fixtures/networks/arr_n50_d3.json")[..]),
        ("two layers on the plane", include_bytes!("../fixtures/networks/mlp_2-10-10-1.json")),
    ] {
        let network = NetworkFile::read(json).expect("a fixture").network;
        let cells = Cells::new(&network, &Domain::Whole);
        let (count, _) = cells.count(Notion::R2, &[], Progress::UNBOUNDED);
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Elements(count)).sample_size(10);
        let counted = || cells.count(Notion::R2, &[], Progress::UNBOUNDED);
        group.bench_function("count", |b| b.iter(counted));
        let points = || {
            let mut entries = 0;
            for_each_point(&cells, |choices, point| {
                entries += choices.len() + point.len();
                ControlFlow::Continue(())
            });
            entries
        };
        group.bench_function("points", |b| b.iter(points));
        let whole = || {
            let mut facets = 0;
            for_each_region(&network, &Domain::Whole, |region| {
                facets += region.facets.len();
                ControlFlow::Continue(())
            });
            facets
        };
        group.bench_function("regions", |b| b.iter(whole));
        group.finish();
    }
}

criterion_group!(benches, regions);
criterion_main!(benches);
