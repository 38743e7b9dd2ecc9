//! # The largest error of the linearisation over a ball is known exactly
//!
//! Let `u_s` be the pre-activations of a layer at a unit point, and `S_k` the sum of the `k`
//! smallest `|u_s|` among units of output `+1`. For all weights with `|W - W_0| <= B`,
//! `sqrt(m) (f(W) - <grad f(W_0), W>) <= max(0, max_k (B sqrt(k) - S_k))`, and some attain it.
//!
//! Compared without roots: some `k` has `(E + S_k)^2 / k <= B^2`.
#![doc = include_str!("../../../proofs/width/linearisation_error.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::flips::{Ball, Flips, flips};

/// The claim.
pub static CLAIM: Claim<Flips> = Claim {
    card: Card {
        id: "width/linearisation_error",
        title: "The largest error of the linearisation over a ball is known exactly",
        statement: "|x| ≤ 1, |W - W_0| ≤ B, E = √m (f(W) - ⟨∇f(W_0), W⟩) > 0  ⟹  \
                    min_k (E + S_k)²/k ≤ B²",
        source: Source::new("Chen2021", "the approximation error of the neural tangent features"),
        wording: Wording::Derived,
        as_printed: Some("a bound of the order B^{4/3} m^{-1/6} up to logarithms"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/linearisation_error.md",
    },
    cases: || flips(Ball::Layer, false).cases(),
    hypotheses: &[
        Hypothesis::new("unit point", Flips::is_in_unit_ball),
        Hypothesis::new("in the ball", |case| {
            case.squared_moves().iter().sum::<Rational>() <= case.radius.pow(2)
        }),
    ],
    conclusion: |case| needs(case, 1..=case.distances().len()),
    twins: &[
        Twin::without(
            "unit point",
            || flips(Ball::Layer, true).cases(),
            "a longer point sees a longer move",
        ),
        Twin::without("in the ball", || flips(Ball::None, false).cases(), "longer moves flip more"),
        Twin::concluding(
            "everything flips",
            |case| {
                let all = case.distances().len();
                needs(case, all.max(1)..=all)
            },
            "units far from zero cost more than they bring",
        ),
        Twin::concluding(
            "one flip is worst",
            |case| needs(case, 1..=case.distances().len().min(1)),
            "the ball is shared among several",
        ),
        Twin::concluding(
            "half the square of the radius",
            |case| {
                let error = Rational::integer(2) * case.error();
                Finding::at_most("twice the error", error, case.radius.pow(2))
            },
            "the bound of a smooth activation; a kink close to zero costs more",
        ),
    ],
};

/// The least squared radius at which so many flips explain the error.
fn needs(case: &Flips, counts: std::ops::RangeInclusive<usize>) -> Conclusion {
    let (error, distances) = (case.error(), case.distances());
    let least = |k: usize| {
        let sum: Rational = distances[..k].iter().sum();
        (&error + sum).pow(2) / Rational::from(k)
    };
    let explained = counts.map(least).min().filter(|_| error.is_positive());
    // Without an error nothing has to be explained.
    let found = explained.unwrap_or_default();
    Finding::at_most("squared radius that the error needs", found, case.radius.pow(2))
}
