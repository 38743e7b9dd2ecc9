//! The error of the linearisation over a ball is at most that of the best flips.

use crate::catalogue::prelude::*;
use crate::generators::descent_steps::{Size, of_every_size};
use crate::generators::gate_flips::{Ball, Flips, flips};

pub(super) static CLAIM: Claim<Flips> = Claim {
    card: theorem!("width/linearisation_error", STEP_BY_STEP)
        .derived_from("Chen2021", "the approximation error of the neural tangent features")
        .as_printed("a bound of the order B^{4/3} m^{-1/6} up to logarithms"),
    statement: "|x| ≤ 1, |W - W_0| ≤ B, E = √m (f(W) - ⟨∇f(W_0), W⟩) > 0  ⟹  \
                min_k (E + S_k)²/k ≤ B²",
    cases: || Cases::of(of_every_size(|size| flips(Ball::Layer, false, size))),
    hypotheses: &[
        given("unit point", Flips::is_in_unit_ball)
            .needed("a longer point sees a longer move", || {
                flips(Ball::Layer, true, Size::SMALL).cases()
            }),
        given("in the ball", |case: &Flips| {
            case.squared_moves().iter().sum::<Rational>() <= case.radius.pow(2)
        })
        .needed("longer moves flip more", || flips(Ball::None, false, Size::SMALL).cases()),
    ],
    conclusion: |case| needs(case, 1..=case.distances().len()),
    twins: &[
        twin("everything flips", |case: &Flips| {
            let all = case.distances().len();
            needs(case, all.max(1)..=all)
        })
        .because("units far from zero cost more than they bring"),
        twin("one flip is worst", |case: &Flips| needs(case, 1..=case.distances().len().min(1)))
            .because("the ball is shared among several"),
        twin("half the square of the radius", |case: &Flips| {
            let error = Rational::integer(2) * case.error();
            at_most("twice the error", error, case.radius.pow(2))
        })
        .because("the bound of a smooth activation; a kink close to zero costs more"),
    ],
    well_formed: Flips::check,
};

/// The least squared radius at which so many flips explain the error.
fn needs(case: &Flips, counts: Span) -> Conclusion {
    const QUANTITY: &str = "squared radius that the error needs";
    let (error, distances) = (case.error(), case.distances());
    if !error.is_positive() {
        // No move at all has the error 0, which is as large.
        return at_most(QUANTITY, 0, case.radius.pow(2));
    }
    let least = |k: usize| {
        let sum: Rational = distances[..k].iter().sum();
        (&error + sum).pow(2) / Rational::from(k)
    };
    let found = counts.map(least).min().ok_or(Undecided("no unit of output 1 that could flip"));
    at_most(QUANTITY, found, case.radius.pow(2))
}
