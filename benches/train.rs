//! Exact gradient descent beside the same loop in floating point.
//!
//! One iteration is the whole run: ten thousand steps of 64 units on 256 points.

use crease::exact::Rational;
use crease::train::float::FloatDescent;
use crease::train::random::Stream;
use crease::train::{Descent, ExactLoss, Samples, TwoLayer};
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;

const UNITS: usize = 64;
const POINTS: usize = 256;
const DIMENSION: usize = 16;
const STEPS: usize = 10_000;

/// Corners of a cube scaled into the unit ball, with random labels: nothing that is soon learnt.
fn samples(random: &mut Stream) -> Samples {
    let corner = |random: &mut Stream| -> Vec<Rational> {
        (0..DIMENSION).map(|_| Rational::new(if random.coin() { 1 } else { -1 }, 4)).collect()
    };
    let points = (0..POINTS).map(|_| corner(random)).collect();
    Samples::dense(points, (0..POINTS).map(|_| random.coin()).collect())
}

fn network(random: &mut Stream) -> TwoLayer {
    TwoLayer {
        weights: (0..UNITS).map(|_| (0..DIMENSION).map(|_| random.weight()).collect()).collect(),
        outputs: (0..UNITS).map(|_| Rational::from(if random.coin() { 1 } else { -1 })).collect(),
        scale: Rational::new(1, 8),
        bias: vec![],
    }
}

fn descents(c: &mut Criterion) {
    let mut random = Stream::new(1, 0);
    let (samples, network) = (samples(&mut random), network(&mut random));
    let rate = Rational::integer(8);
    let exact = || {
        let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &rate);
        (0..STEPS).for_each(|_| run.step());
        run
    };
    let mut end = exact();
    assert!(end.is_fixed(), "a number left fixed point");
    let bits = end.network().weights.iter().flatten().map(Rational::bits).max();
    let fitted = end.margins().iter().filter(|z| z.is_positive()).count();
    println!("longest weight: {bits:?} bits; {fitted} of {POINTS} points fitted");
    let mut group = c.benchmark_group("10,000 steps, 64 units, 256 points in R^16");
    group.bench_function("exact", |b| b.iter(exact));
    group.bench_function("f64", |b| {
        b.iter(|| {
            let mut run = FloatDescent::new(&network, &samples, &rate);
            (0..STEPS).for_each(|_| run.step());
            run
        })
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_secs(1));
    targets = descents
}
criterion_main!(benches);
