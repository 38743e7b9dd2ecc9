//! One operation at a time: `Rational` against num-rational.

use crate::stream::Stream;
use crease::exact::Rational;
use crease::exact::linear::dot;
use criterion::Criterion;
use num_rational::BigRational;
use std::hint::black_box;

/// 256 fractions of the given sizes, in both types.
fn fractions(seed: u64, bits: u32, denominators: bool) -> (Vec<Rational>, Vec<BigRational>) {
    let mut stream = Stream(seed);
    let most = (1 << bits) - 1;
    let mut fraction = || {
        let denominator = if denominators { 1 + stream.within(most).abs() } else { 1 };
        Rational::new(stream.within(most), denominator)
    };
    let ours: Vec<Rational> = (0..256).map(|_| fraction()).collect();
    let theirs = ours.iter().map(BigRational::from).collect();
    (ours, theirs)
}

/// Weights as single precision stores them: 24 bits over a power of two that varies.
fn weights(seed: u64) -> (Vec<Rational>, Vec<BigRational>) {
    let mut stream = Stream(seed);
    let mut weight = || {
        let shift = 24 + (stream.word() % 6) as u32;
        Rational::new(stream.within((1 << 24) - 1), 1 << shift)
    };
    let ours: Vec<Rational> = (0..256).map(|_| weight()).collect();
    let theirs = ours.iter().map(BigRational::from).collect();
    (ours, theirs)
}

/// Adds, multiplies and compares 256 pairs; scalar products of 256.
pub fn benches(criterion: &mut Criterion) {
    for (name, bits) in [("20 bits", 20), ("60 bits", 60)] {
        let (a, big_a) = fractions(1, bits, true);
        let (b, big_b) = fractions(2, bits, true);
        let mut group = criterion.benchmark_group(format!("256 pairs, {name}"));
        macro_rules! pair {
            ($label:literal, $op:expr) => {
                group.bench_function(concat!($label, ", Rational"), |bencher| {
                    bencher.iter(|| {
                        for (x, y) in black_box(&a).iter().zip(&b) {
                            black_box($op(x, y));
                        }
                    })
                });
                group.bench_function(concat!($label, ", num-rational"), |bencher| {
                    bencher.iter(|| {
                        for (x, y) in black_box(&big_a).iter().zip(&big_b) {
                            black_box($op(x, y));
                        }
                    })
                });
            };
        }
        pair!("add", |x, y| x + y);
        pair!("multiply", |x, y| x * y);
        pair!("compare", |x, y| x < y);
        group.finish();
    }
    let integers = (fractions(3, 20, false), fractions(4, 20, false));
    let singles = (weights(5), weights(6));
    for (name, ((a, big_a), (b, big_b))) in
        [("20-bit integers", integers), ("single-precision weights", singles)]
    {
        let mut group = criterion.benchmark_group(format!("dot of 256, {name}"));
        group.bench_function("Rational", |bencher| bencher.iter(|| dot(black_box(&a), &b)));
        group.bench_function("num-rational", |bencher| {
            bencher.iter(|| {
                let terms = black_box(&big_a).iter().zip(&big_b).map(|(x, y)| x * y);
                terms.fold(BigRational::default(), |sum, term| sum + term)
            })
        });
        group.finish();
    }
}
