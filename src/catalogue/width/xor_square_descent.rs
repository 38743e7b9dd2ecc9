//! # On the square of exclusive or descent fits exactly the points that a unit covers
//!
//! The points `±e_1` have the label `+1`, `±e_2` the label `-1`. Gradient descent with the dyadic
//! loss drives the margin of a point to 1 if at the start some unit with the output sign of its
//! label is active on it; otherwise never, at no rate.
#![doc = include_str!("../../../proofs/width/xor_square_descent.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::coverings::{Covering, square};

/// The claim.
pub static CLAIM: Claim<Covering> = Claim {
    card: Card {
        id: "width/xor_square_descent",
        title: "On the square of exclusive or descent fits exactly the points that a unit covers",
        statement: "points ±e_1, ±e_2, one label an axis  ⟹  #(points of margin ≥ 1 within T \
                    steps) = #(points with some a_s = y, ⟨w_s, x⟩ > 0 at the start)",
        source: Source::new("JiTelgarsky2020", "Section 5, the exclusive or; asked here"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/xor_square_descent.md",
    },
    cases: || square(true).cases(),
    hypotheses: &[Hypothesis::new("one label an axis", |case| {
        let labels = &case.samples.positive;
        labels.len() == 4 && labels[0] == labels[1] && labels[2] == labels[3]
    })],
    conclusion: |case| Finding::equal("points that reach margin 1", case.reached(), case.covered()),
    twins: &[
        Twin::without(
            "one label an axis",
            || square(false).cases(),
            "a unit that crosses zero changes its duty where opposite points have opposite labels",
        ),
        Twin::concluding(
            "four units of the right signs",
            |case| {
                let positive = case.network.outputs.iter().filter(|a| a.is_positive()).count();
                let negative = case.network.outputs.len() - positive;
                let count = 2 * positive.min(1) + 2 * negative.min(1);
                Finding::equal("points that reach margin 1", case.reached(), count)
            },
            "two units of a sign may look the same way",
        ),
        Twin::concluding(
            "every unit covers both points of its axis",
            |case| {
                let mut both = case.clone();
                let mirrored = case.network.weights.iter();
                let mirrored: Vec<_> =
                    mirrored.map(|w| w.iter().map(|t| -t).collect::<Vec<Rational>>()).collect();
                both.network.weights.extend(mirrored);
                both.network.outputs.extend(case.network.outputs.clone());
                Finding::equal("points that reach margin 1", case.reached(), both.covered())
            },
            "a unit sees one of two opposite points",
        ),
    ],
};
