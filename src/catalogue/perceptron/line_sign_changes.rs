//! m ReLU units change the sign at most m times on a line, m + 1 times from three units on.

use crate::catalogue::prelude::*;
use crate::construct::line_labels::{labelled, most_changes};
use crate::generators::ridges::{RidgeNet, integral, nets};
use crate::spline::univariate::{along_line, sign_changes};

pub(super) static CLAIM: Claim<RidgeNet> = Claim {
    card: theorem!("perceptron/line_sign_changes", AGAINST_ITS_NOTE).derived_from(
        "VapnikChervonenkis1971",
        "the dimension of networks with one input, from above",
    ),
    statement: "f one input, one hidden layer of m ReLU units, no skip  ⟹  [f > 0] changes at \
                most m times along the line, m + 1 times for m ≥ 3",
    cases: || {
        prop_oneof![without_skip(0..=4), alternating(1..=6)]
            .with("12 units", 16, prop_oneof![without_skip(12..=12), alternating(12..=12)])
            .with("60 units", 64, alternating(60..=60))
    },
    hypotheses: &[given("no skip connection", |case: &RidgeNet| {
        case.slope.iter().all(Rational::is_zero)
    })
    .needed("x - 2 relu(x) is negative on both sides of 0, and 1 more is positive at 0", || {
        nets(1, 1..=2, integral).cases()
    })],
    conclusion: |case| at_most("changes of sign", changes(case), most_changes(case.weights.len())),
    twins: &[
        twin("m changes for any m", |case: &RidgeNet| {
            at_most("changes of sign", changes(case), case.weights.len())
        })
        .because("three units, one of them backwards, have four slopes of alternating signs")
        .drawing(|| alternating(3..=6).cases()),
        twin("a change less", |case: &RidgeNet| {
            below("changes of sign", changes(case), most_changes(case.weights.len()))
        })
        .because("there are networks that attain the bound"),
    ],
    well_formed: |case| {
        case.check()?;
        require!(case.slope.len() == 1, "{} inputs; one is asked about", case.slope.len())?;
        require!(
            case.weights.len() <= 100,
            "{} units; up to 100 are asked about",
            case.weights.len()
        )
    },
};

fn changes(case: &RidgeNet) -> usize {
    let functions = along_line(&case.ridges().network(), &[Rational::ZERO], &[Rational::ONE]);
    functions.iter().map(sign_changes).sum()
}

fn without_skip(units: Span) -> BoxedStrategy<RidgeNet> {
    nets(1, units, integral).prop_map(|net| RidgeNet { slope: vec![Rational::ZERO], ..net }).boxed()
}

/// Networks that label points at different distances with alternating labels, with so many units.
fn alternating(units: Span) -> BoxedStrategy<RidgeNet> {
    (units.prop_flat_map(|m| vec(1i64..=3, most_changes(m) + 1)), any::<bool>())
        .prop_map(|(gaps, first)| {
            let sums = gaps.iter().scan(0, |sum, gap| {
                *sum += gap;
                Some(Rational::integer(*sum))
            });
            let labels: Vec<_> = (0..gaps.len()).map(|i| i.is_multiple_of(2) == first).collect();
            RidgeNet::of_shallow(&labelled(&sums.collect::<Vec<_>>(), &labels))
        })
        .boxed()
}
