//! With one bias a hidden layer there are J(3s+2) + 2d - 1 parameters.

use crate::catalogue::prelude::*;
use crate::construct::expansive::{Expansive, Stage};
use crate::generators::expansive::Sizes;

pub(super) static CLAIM: Claim<Sizes> = Claim {
    card: theorem!("convolution/scalar_bias_count", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the number of parameters of the class")
        .as_printed("(5s+2)J + 2d - 2s - 1, with 2s + 1 biases in each hidden layer"),
    statement: "one bias in each hidden layer, all else free  ⟹  J(3s+2) + 2d - 1 parameters",
    cases,
    hypotheses: &[],
    conclusion: |case| equal("parameters", count(case, false), formula(case)),
    twins: &[
        twin("as many as the published count", |case: &Sizes| {
            equal("parameters", count(case, false), case.published_count())
        })
        .because("each hidden layer saves 2 s biases"),
        twin("one bias in the last layer too", |case: &Sizes| {
            equal("parameters", count(case, true), formula(case))
        })
        .because("the formula counts d + J s last biases"),
    ],
    well_formed: Sizes::check,
};

/// The parameters of such a network, counted in the network itself.
fn count(case: &Sizes, single_last_bias: bool) -> usize {
    let Sizes { d, s, depth } = *case;
    let zeros = |n: usize| vec![Rational::ZERO; n];
    let units = case.units(depth);
    let stage = |j: usize| {
        let biases = if j < depth || single_last_bias { 1 } else { units };
        Stage { filter: zeros(s + 1), bias: zeros(biases) }
    };
    let stages = (1..=depth).map(stage).collect();
    let net = Expansive { width: d, coefficients: zeros(units), stages };
    net.network().expect("the parts fit").parameter_count()
}

/// `J (3 s + 2) + 2 d - 1`.
fn formula(case: &Sizes) -> Rational {
    let Sizes { d, s, depth } = *case;
    Rational::from(depth * (3 * s + 2) + 2 * d) - Rational::ONE
}

fn cases() -> Cases<Sizes> {
    let sizes = |d, s, depth| (d, s, depth).prop_map(|(d, s, depth)| Sizes { d, s, depth });
    sizes(1usize..=6, 1usize..=5, 1usize..=6)
        .with("up to 40 inputs, degree 20", 16, sizes(6..=40, 6..=20, 6..=20))
        .with("64 inputs, 64 layers of degree 64", 64, sizes(64..=64, 64..=64, 64..=64))
}
