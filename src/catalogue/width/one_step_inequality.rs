//! One step of gradient descent pays for the loss with distance.

use crate::catalogue::prelude::*;
use crate::generators::descent_steps::{Lapse, Size, Step, steps};

pub(super) static CLAIM: Claim<Step> = Claim {
    card: theorem!("width/one_step_inequality", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Lemma 2.6")
        .as_printed(
            "remembered with η on the left and η ≤ 1; the factor 2 - η, every rate and shared \
             filters are ours",
        ),
    statement: "|x_p| ≤ 1, scale² Σ a² ≤ 1, no bias, l convex, 0 ≤ -l' ≤ min(1, l) at the \
                margins of W  ⟹  (2 - η) η R(W) ≤ |W - V|² - |W' - V|² + 2 η R_W(V)",
    cases: || {
        let fast = Lapse::FAST;
        let hinge = Lapse { hinge: true, ..fast };
        fast.small()
            .with("up to 16 units", 8, steps(fast, Size::MIDDLE))
            .with("the hinge, where it is gentle", 16, hinge.small())
            .with("6 inputs, 26 to 49 units", 32, steps(fast, Size::LARGE))
            .with("8 inputs, up to 144 units", 256, steps(fast, Size::HUGE))
    },
    hypotheses: &[
        given("patches in the unit ball", Step::is_in_unit_ball)
            .needed("longer points make longer steps", || {
                Lapse { long_points: true, ..Lapse::NONE }.small().cases()
            }),
        given("normalised", Step::is_normalised)
            .needed("without 1/√m the gradient grows with the width", || {
                Lapse { unscaled: true, ..Lapse::NONE }.small().cases()
            }),
        given("no bias", Step::is_unbiased)
            .needed("the weights no longer account for the whole output", || {
                Lapse { biased: true, ..Lapse::NONE }.small().cases()
            }),
        given("pull at most the loss", Step::is_gentle)
            .needed("the hinge pulls with 1 where it has almost nothing left", || {
                Lapse::HINGE.small().cases()
            }),
    ],
    conclusion: |case| pays(case, &case.linearised_risk(), 2),
    twins: &[
        twin("reference counted once", |case: &Step| pays(case, &case.linearised_risk(), 1))
            .because("the cross term of the square is double"),
        twin("true risk of the reference", |case: &Step| {
            let mut there = case.clone();
            there.network.weights.clone_from(&case.reference);
            pays(case, &there.risk(), 2)
        })
        .because("the risk is not convex in the weights, only with frozen gates"),
    ],
    well_formed: Step::check,
};

/// The two sides, with `factor eta` before the risk of the reference.
fn pays(case: &Step, reference: &Rational, factor: i64) -> Conclusion {
    let rate = &case.rate;
    let left = (Rational::integer(2) - rate) * rate * case.risk();
    let right = case.approach() + Rational::integer(factor) * rate * reference;
    at_most("(2 - η) η R(W)", left, right)
}
