#![doc = include_str!("../../../proofs/width/risk_certificate.md")]

use crate::claim::prelude::*;
use crate::generators::descent_runs::{Lapse, Run, on_the_square, runs, with_a_certificate};
use crate::generators::descent_steps::Size;

pub(super) static CLAIM: Claim<Run> = Claim {
    card: theorem!("width/risk_certificate", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2, its proof"),
    statement: "the setting, η ≤ 1, |U| ≤ 1, V = W_0 + λ U  ⟹  \
                (1/T) Σ R(W_t) ≤ λ²/(η T) + (2/T) Σ R_t(V)",
    cases: || Cases::of(with_a_certificate()),
    hypotheses: &[
        Hypothesis::new("the setting", Run::is_in_the_setting),
        Hypothesis::new("rate at most 1", Run::is_slow),
        Hypothesis::new("direction in the unit ball", Run::is_in_unit_ball),
    ],
    conclusion: |case| {
        let run = case.record();
        Finding::at_most("average risk", run.average_risk(), run.certificate())
    },
    twins: &[
        Twin::without(
            "the setting",
            || runs(Lapse::LongPoints, Size::SMALL).cases(),
            "longer points see a longer way",
        ),
        Twin::without(
            "rate at most 1",
            || runs(Lapse::Fast, Size::SMALL).cases(),
            "large steps overshoot",
        ),
        Twin::without(
            "direction in the unit ball",
            || runs(Lapse::LongDirection, Size::SMALL).cases(),
            "the way is longer than λ",
        ),
        Twin::concluding(
            "the way alone",
            |case| {
                let run = case.record();
                let way = run.lambda.pow(2) / (&run.rate * Rational::from(run.steps));
                Finding::at_most("average risk", run.average_risk(), way)
            },
            "the reference weights have a risk of their own",
        ),
        Twin::concluding(
            "margin always positive",
            |case: &Run| {
                let margin = case.record().least_margin;
                Finding::above("least margin of U", margin, Rational::ZERO)
            },
            "four units on the square of exclusive or may leave a point uncovered for ever",
        )
        .drawing(|| on_the_square([1, 2]).cases()),
    ],
};
