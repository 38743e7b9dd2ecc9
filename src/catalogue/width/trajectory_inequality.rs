//! A trajectory pays for all its losses with distance.

use crate::catalogue::prelude::*;
use crate::generators::descent_runs::{Lapse, Run, runs};
use crate::generators::descent_steps::of_every_size;

pub(super) static CLAIM: Claim<Run> = Claim {
    card: theorem!("width/trajectory_inequality", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2, its proof"),
    statement: "the setting of the one-step inequality, η ≤ 1  ⟹  \
                η Σ_t R(W_t) + |W_T - V|² ≤ |W_0 - V|² + 2 η Σ_t R_t(V)",
    cases: || Cases::of(of_every_size(|size| runs(Lapse::Nothing, size))),
    hypotheses: &[
        given("the setting", Run::is_in_the_setting).needed(
            "longer points make longer steps than the loss pays for, and the hinge pulls too hard",
            || {
                let hinge = Lapse::Hinge.small();
                Lapse::LongPoints.small().with("the hinge", 2, hinge)
            },
        ),
        given("rate at most 1", Run::is_slow)
            .needed("large steps overshoot", || Lapse::Fast.small().cases()),
    ],
    conclusion: |case| pays(case, 2),
    twins: &[twin("reference counted once", |case: &Run| pays(case, 1))
        .because("the cross term of the square is double")],
    well_formed: Run::check,
};

fn pays(case: &Run, factor: i64) -> Conclusion {
    let run = case.record();
    let [before, after] = &run.to_reference;
    let paid = before + Rational::integer(factor) * &run.rate * &run.linearised;
    at_most("η Σ R(W_t) + |W_T - V|²", &run.rate * &run.risks + after, paid)
}
