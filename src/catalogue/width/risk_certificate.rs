//! A direction certifies the average risk of a run.

use crate::catalogue::prelude::*;
use crate::generators::descent_runs::{Lapse, Run, on_the_square, with_a_certificate};

pub(super) static CLAIM: Claim<Run> = Claim {
    card: theorem!("width/risk_certificate", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2, its proof"),
    statement: "the setting, η ≤ 1, |U| ≤ 1, V = W_0 + λ U  ⟹  \
                (1/T) Σ R(W_t) ≤ λ²/(η T) + (2/T) Σ R_t(V)",
    cases: || Cases::of(with_a_certificate()),
    hypotheses: &[
        given("the setting", Run::is_in_the_setting)
            .needed("longer points see a longer way", || Lapse::LongPoints.small().cases()),
        given("rate at most 1", Run::is_slow)
            .needed("large steps overshoot", || Lapse::Fast.small().cases()),
        given("direction in the unit ball", Run::is_in_unit_ball)
            .needed("the way is longer than λ", || Lapse::LongDirection.small().cases()),
    ],
    conclusion: |case| {
        let run = case.record();
        at_most("average risk", run.average_risk(), run.certificate())
    },
    twins: &[
        twin("the way alone", |case: &Run| {
            let run = case.record();
            let way = run.lambda.pow(2) / (&run.rate * Rational::from(run.steps));
            at_most("average risk", run.average_risk(), way)
        })
        .because("the reference weights have a risk of their own"),
        twin("margin always positive", |case: &Run| {
            let margin = case.record().least_margin;
            above("least margin of U", margin, Rational::ZERO)
        })
        .because("four units on the square of exclusive or may leave a point uncovered for ever")
        .drawing(|| on_the_square([1, 2]).cases()),
    ],
    well_formed: Run::check,
};
