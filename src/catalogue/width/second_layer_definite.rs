//! # With two hidden layers the kernel is positive definite for distinct inputs
//!
//! The tangent kernel of a network with two hidden ReLU layers and no biases, all layers trained,
//! is positive definite on inputs of distinct directions, opposite ones included: depth repairs
//! what one hidden layer cannot do.
#![doc = include_str!("../../../proofs/width/second_layer_definite.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::directions;
use crate::kernel::{Points, least_pivot, tangent};

/// The claim.
pub static CLAIM: Claim<Points> = Claim {
    card: Card {
        id: "width/second_layer_definite",
        title: "With two hidden layers the kernel is positive definite for distinct inputs",
        statement: "directions distinct, two hidden layers  ⟹  every pivot is positive",
        source: Source::new("Jacot2018", "positive definiteness of the limiting kernel"),
        wording: Wording::Remembered,
        as_printed: Some("for inputs on the sphere, with biases, from two affine maps on"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/second_layer_definite.md",
    },
    cases: || directions::distinct().cases(),
    hypotheses: &[Hypothesis::new("distinct", is_distinct)],
    conclusion: |case| Finding::above("least pivot", least(case), 0),
    twins: &[
        Twin::without("distinct", || directions::on_a_hexagon(7).cases(), "a point and itself"),
        Twin::concluding(
            "one hidden layer",
            |case| Finding::above("least pivot", least_pivot(case), 0),
            "deeper does help: one layer leaves the hexagon singular",
        ),
    ],
};

fn is_distinct(case: &Points) -> bool {
    case.directions().len() == case.len()
}

/// The least pivot, rounded down; 0 where rows are multiples of each other, as the kernel is
/// homogeneous in each input.
fn least(case: &Points) -> Rational {
    if !is_distinct(case) {
        return Rational::ZERO;
    }
    let pivots = tangent(case, 2, 80).pivots(120);
    pivots.into_iter().map(|p| p.lo().clone()).min().expect("there is a point")
}
