//! A direction with a margin bounds how far every unit moves.

use crate::catalogue::prelude::*;
use crate::generators::descent_runs::{Lapse, Run, with_a_certificate};

pub(super) static CLAIM: Claim<Run> = Claim {
    card: theorem!("width/movement_certificate", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2, its proof"),
    statement: "the setting, η ≤ 1, |U| ≤ 1, V = W_0 + λ U, S = λ² + 2 η Σ R_t(V)  ⟹  \
                √m g max_s |w_{s,T} - w_{s,0}| ≤ λ + √S",
    cases: || Cases::of(with_a_certificate()),
    hypotheses: &[
        given("the setting", Run::is_in_the_setting)
            .needed("longer points move units farther", || Lapse::LongPoints.small().cases()),
        given("rate at most 1", Run::is_slow)
            .needed("large steps overshoot", || Lapse::Fast.small().cases()),
        given("direction in the unit ball", Run::is_in_unit_ball)
            .needed("a long direction has a large margin for nothing", || {
                Lapse::LongDirection.small().cases()
            }),
    ],
    conclusion: bounded,
    twins: &[twin("the way alone", |case: &Run| {
        let run = case.record();
        let margin = run.least_margin.max(Rational::ZERO);
        let moved = margin.pow(2) * case.units() * &run.farthest;
        at_most("g² m max |..|²", moved, Rational::integer(4) * run.lambda.pow(2))
    })
    .because("the reference weights have a risk of their own, and the run pays for it")],
    well_formed: Run::check,
};

/// `E^2` beside `4 lambda^2 S`; a negative margin or a negative `E` counts as zero.
fn bounded(case: &Run) -> Conclusion {
    let run = case.record();
    let square = run.lambda.pow(2);
    let sum = &square + Rational::integer(2) * &run.rate * &run.linearised;
    let margin = run.least_margin.max(Rational::ZERO);
    let moved = margin.pow(2) * case.units() * &run.farthest;
    let excess = (moved - &square - &sum).max(Rational::ZERO);
    at_most("E²", excess.pow(2), Rational::integer(4) * square * sum)
}
