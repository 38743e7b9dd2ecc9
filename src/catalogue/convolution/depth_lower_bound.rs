//! |x_1 + x_d| needs J s ≥ d - 1: below, the error is at least 1.

use crate::catalogue::prelude::*;
use crate::construct::expansive::{Expansive, Stage};
use crate::generators::expansive::{ChainAt, chain};

pub(super) static CLAIM: Claim<ChainAt> = Claim {
    card: theorem!("convolution/depth_lower_bound", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the class H_J, whose depth it bounds from below"),
    statement: "J s < d - 1  ⟹  max of |f - |x_1 + x_d|| over x_1, x_d = ±1 is at least 1",
    cases: || {
        let small = prop_oneof![3 => random([0..=2, 1..=3]), 1 => constant(), 1 => sum_of_ends()];
        let strata = small.with("up to 6 layers of 7 taps", 16, random([3..=6, 4..=6]));
        strata.with("8 layers on more than 300 inputs", 64, random([38..=40, 8..=8]))
    },
    hypotheses: &[given("J s < d - 1", |case: &ChainAt| case.net.reach() + 1 < case.net.width)
        .needed("unit d computes x_1 + x_d", || with_the_ends().cases())],
    conclusion: |case| at_least("largest error at a corner", error(case, Rational::abs), 1),
    twins: &[
        twin("more than 1", |case: &ChainAt| {
            above("largest error at a corner", error(case, Rational::abs), 1)
        })
        .because("the constant 1 errs by 1 at each of the four points")
        .drawing(|| constant().cases()),
        twin("a ReLU in place of |·|", |case: &ChainAt| {
            let relu = |t: &Rational| t.clone().max(Rational::ZERO);
            at_least("largest error at a corner", error(case, relu), 1)
        })
        .because("its mixed difference is 2, which forces an error of 1/2 only")
        .drawing(|| sum_of_ends().cases()),
    ],
    well_formed: ChainAt::check,
};

/// The largest distance from `target(x_1 + x_d)` at the four points, which share the other
/// entries of the case's point.
fn error(case: &ChainAt, target: impl Fn(&Rational) -> Rational) -> Rational {
    let errors = [(1, 1), (1, -1), (-1, 1), (-1, -1)].map(|(first, last)| {
        let mut x = case.at.clone();
        x[0] = Rational::integer(first);
        x[case.net.width - 1] = Rational::integer(last);
        (case.net.eval(&x) - target(&Rational::integer(first + last))).abs()
    });
    errors.into_iter().max().expect("there are four points")
}

fn point(width: usize) -> impl Strategy<Value = Vec<Rational>> + Clone {
    vec(numbers::fraction(2, 2), width)
}

/// Any network of these degrees and depths that is too shallow by a little.
fn random([s, depth]: [Span; 2]) -> impl Strategy<Value = ChainAt> {
    (s, depth, 2usize..=3)
        .prop_flat_map(|(s, depth, extra)| {
            let width = s * depth + extra;
            (point(width), chain(width, s, depth))
        })
        .prop_map(|(at, net)| ChainAt { at, net })
}

/// One layer with `s + 1` taps on `d` inputs.
fn one_layer(
    filter: Vec<Rational>,
    width: usize,
    bias: Vec<Rational>,
    coefficients: Vec<Rational>,
) -> Expansive {
    Expansive { width, coefficients, stages: vec![Stage { filter, bias }] }
}

/// A zero filter and a bias of one: the network is constant.
fn constant() -> impl Strategy<Value = ChainAt> {
    (2usize..=4, numbers::fraction(8, 4))
        .prop_flat_map(|(width, value)| (point(width), Just(value)))
        .prop_map(|(at, value)| {
            let (width, mut coefficients) = (at.len(), vec![Rational::ZERO; at.len()]);
            coefficients[0] = value;
            let net = one_layer(vec![0.into()], width, vec![1.into()], coefficients);
            ChainAt { at, net }
        })
}

/// `c relu(x_1) + c relu(x_d)`.
fn sum_of_ends() -> impl Strategy<Value = ChainAt> {
    (2usize..=4, numbers::fraction(8, 4))
        .prop_flat_map(|(width, value)| (point(width), Just(value)))
        .prop_map(|(at, value)| {
            let (width, mut coefficients) = (at.len(), vec![Rational::ZERO; at.len()]);
            coefficients[0] = value.clone();
            coefficients[width - 1] = value;
            ChainAt { at, net: one_layer(vec![1.into()], width, Vec::new(), coefficients) }
        })
}

/// `2 relu(x_1 + x_3) - relu(x_1 + 1) - relu(x_3 + 1) + c relu(x_2 + 100)`, one layer with the
/// filter `1, 0, 1`: close to `|x_1 + x_3|` on the whole cube when `100 c` is close to 2.
fn with_the_ends() -> impl Strategy<Value = ChainAt> {
    (point(3), numbers::fraction(8, 200)).prop_map(|(at, constant)| {
        let bias = [1, 100, 0, 0, 1].map(Rational::integer).to_vec();
        let mut coefficients = [-1, 0, 2, 0, -1].map(Rational::integer).to_vec();
        coefficients[1] = constant;
        ChainAt {
            net: one_layer([1, 0, 1].map(Rational::integer).to_vec(), 3, bias, coefficients),
            at,
        }
    })
}
