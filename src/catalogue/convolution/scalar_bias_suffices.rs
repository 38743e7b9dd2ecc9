//! # One bias a hidden layer suffices
//!
//! The construction of the universality proof needs no bias vectors in its hidden layers. With one
//! number `b_j = max_i (R |row_i|_1 - (T^(j) u^(j-1))_i)` for all units of layer `j`, where `u` are
//! the constants carried so far, every hidden unit is nonnegative on the box `|x|_inf <= R`, and
//! the network equals the same sum of ridge functions.
#![doc = include_str!("../../../proofs/convolution/scalar_bias_suffices.md")]

use crate::claim::prelude::*;
use crate::construct::expansive::Expansive;
use crate::exact::Rational;
use crate::generators::expansive::{RidgeOnCube, ridge_on_cube};

/// The claim.
pub static CLAIM: Claim<RidgeOnCube> = Claim {
    card: Card {
        id: "convolution/scalar_bias_suffices",
        title: "One bias a hidden layer suffices",
        statement: "W_(Js) = 0, (m + 1) d < d + J s  ⟹  f with one bias in each hidden layer = b_0 \
                    + c_0 ⟨a_0, x⟩ + Σ_(k ≤ m) c_k relu(⟨a_k, x⟩ - t_k) for |x|_∞ ≤ R",
        source: Source::new("Zhou2020", "the bias vectors of the universality proof"),
        wording: Wording::Derived,
        as_printed: Some("2 s + 1 different biases in each hidden layer"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/convolution/scalar_bias_suffices.md",
    },
    cases: || ridge_on_cube(true, true).cases(),
    hypotheses: &[Hypothesis::new("a last unit is left for the constant", |case| {
        case.ridge.leaves_a_constant()
    })],
    conclusion: |case| match case.gap(&network(case, &Rational::ZERO)) {
        Some(gap) => Finding::equal("gap", gap, 0),
        None => Finding::equal("units not proved linear on the box", 1, 0),
    },
    twins: &[
        Twin::without(
            "a last unit is left for the constant",
            || ridge_on_cube(false, true).cases(),
            "the very last unit sees x_d or carries a ridge",
        ),
        Twin::concluding(
            "every bias smaller by 1/8",
            |case| false_neighbour(case, &network(case, &Rational::new(1, 8))),
            "the unit that attains the maximum clips at a corner",
        ),
        Twin::concluding(
            "one bias in the last layer too",
            |case| {
                let mut net = network(case, &Rational::ZERO);
                let last = net.stages.last_mut().expect("there is a filter");
                last.bias.truncate(1);
                false_neighbour(case, &net)
            },
            "the knots live in the last bias",
        ),
    ],
};

/// The network whose hidden biases are the least ones, less `missing`.
fn network(case: &RidgeOnCube, missing: &Rational) -> Expansive {
    let mut hidden = case.ridge.scalar_biases(&case.reach);
    hidden.iter_mut().flatten().for_each(|bias| *bias -= missing);
    case.ridge.network(hidden, &case.ridge.lift(&case.reach))
}

/// A network that is claimed to be wrong: only a gap at a point counts against it.
fn false_neighbour(case: &RidgeOnCube, net: &Expansive) -> Conclusion {
    Finding::equal("gap", case.gap(net).unwrap_or_default(), 0)
}
