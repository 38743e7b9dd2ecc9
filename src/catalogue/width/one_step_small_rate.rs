//! At rates up to 1 a step pays for the loss once.

use crate::catalogue::prelude::*;
use crate::generators::descent_steps::{Lapse, Step, of_every_size, steps};

pub(super) static CLAIM: Claim<Step> = Claim {
    card: theorem!("width/one_step_small_rate", STEP_BY_STEP)
        .remembered_from("JiTelgarsky2020", "Lemma 2.6")
        .as_printed("stated for the logistic loss and dense layers"),
    statement: "the setting of width/one_step_inequality, η ≤ 1  ⟹  \
                η R(W) ≤ |W - V|² - |W' - V|² + 2 η R_W(V)",
    cases: || Cases::of(of_every_size(|size| steps(Lapse::NONE, size))),
    hypotheses: &[
        given("the setting", Step::is_in_the_setting)
            .needed("the hinge pulls with 1 where it has almost nothing left", || {
                Lapse::HINGE.small().cases()
            }),
        given("rate at most 1", |case: &Step| case.rate <= Rational::ONE)
            .needed("for the rational loss 1 is the limit", || Lapse::FAST.small().cases()),
    ],
    conclusion: |case| pays(case, &case.linearised_risk(), 2),
    twins: &[
        twin("reference counted once", |case: &Step| pays(case, &case.linearised_risk(), 1))
            .because("the cross term of the square is double"),
        twin("gates of the reference", |case: &Step| {
            let mut there = case.clone();
            there.network.weights.clone_from(&case.reference);
            pays(case, &there.linearised_risk(), 2)
        })
        .because("the gates must be those of the step, not those of the reference"),
    ],
    well_formed: Step::check,
};

/// The two sides, with `factor eta` before the risk of the reference.
fn pays(case: &Step, reference: &Rational, factor: i64) -> Conclusion {
    let right = case.approach() + Rational::integer(factor) * &case.rate * reference;
    at_most("η R(W)", &case.rate * case.risk(), right)
}
