//! Exact evaluation of convolutions, beside the same loop over plain big fractions.

use crease::exact::Rational;
use crease::net::{Layer, Network, Shape, Window};
use criterion::{Criterion, criterion_group, criterion_main};
use num_rational::BigRational;
use num_traits::Zero;
use std::hint::black_box;

/// Dyadic fractions with the given number of bits, as trained weights are.
fn dyadics(n: usize, bits: u32, seed: u64) -> Vec<Rational> {
    let mut state = seed;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> (64 - bits)) as i64 - (1 << (bits - 1))
    };
    (0..n).map(|_| Rational::new(next(), 1 << (bits - 2))).collect()
}

fn layer(channels: usize, window: Window, seen: usize, bits: u32) -> Layer {
    let filter = dyadics(channels * seen * window.taps(), bits, 1);
    Layer::convolution(channels, window, filter, dyadics(channels, bits, 2))
}

/// The same sums, term by term, in `BigRational`.
fn plain(layer: &Layer, input: Shape, outputs: usize, x: &[BigRational]) -> Vec<BigRational> {
    let Layer::Affine(affine) = layer else { unreachable!("convolutions are affine") };
    let weights: Vec<BigRational> = affine.weight.iter().map(BigRational::from).collect();
    let biases: Vec<BigRational> = affine.bias.iter().map(BigRational::from).collect();
    let mut y = vec![BigRational::zero(); outputs];
    affine.for_each_term(input, |o, i, weight| {
        let crease::net::Weight::Parameter(p) = weight else { unreachable!("a parameter") };
        y[o] += &weights[p] * &x[i];
    });
    for (o, y) in y.iter_mut().enumerate() {
        *y += &biases[o * biases.len() / outputs];
    }
    y
}

fn convolutions(c: &mut Criterion) {
    let line = Shape::Line([8, 64]);
    let plane = Shape::Plane([4, 12, 12]);
    for (name, input, window, channels, bits) in [
        ("line 8x64, 3 taps, 12 bits", line, Window::line(3), 8, 12),
        ("line 8x64, 3 taps, 24 bits", line, Window::line(3), 8, 24),
        ("plane 4x12x12, 3x3 taps, 12 bits", plane, Window::plane(3, 3), 4, 12),
    ] {
        let layer = layer(channels, window, input.channels(), bits);
        let net = Network::new(input, vec![layer.clone()]).expect("the layer fits");
        let x = dyadics(input.units(), bits, 3);
        let big: Vec<BigRational> = x.iter().map(BigRational::from).collect();
        let outputs = net.output().units();
        let expected = plain(&layer, input, outputs, &big);
        assert!(net.eval(&x).iter().map(BigRational::from).eq(expected));
        let mut group = c.benchmark_group(name);
        group.bench_function("crease", |b| b.iter(|| net.eval(black_box(&x))));
        group.sample_size(10);
        let run = || plain(&layer, input, outputs, black_box(&big));
        group.bench_function("num-rational", |b| b.iter(run));
        group.finish();
    }
}

fn dense(c: &mut Criterion) {
    let weights = dyadics(64 * 64, 12, 4);
    let layer = Layer::dense(64, weights, dyadics(64, 12, 5));
    let net = Network::new(Shape::Flat(64), vec![layer]).expect("the layer fits");
    let x = dyadics(64, 12, 6);
    c.bench_function("dense 64x64, 12 bits", |b| b.iter(|| net.eval(black_box(&x))));
}

criterion_group!(benches, convolutions, dense);
criterion_main!(benches);
