//! # At rates up to 1 a step pays for the loss once
//!
//! The one-step inequality as width theorems use it: for a rate of at most 1,
//! `eta R(W) <= |W - V|^2 - |W' - V|^2 + 2 eta R_W(V)`.
#![doc = include_str!("../../../proofs/width/one_step_small_rate.md")]

use crate::claim::{Card, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin, Wording};
use crate::exact::Rational;
use crate::generators::steps::{Lapse, Step, steps};

/// The claim.
pub static CLAIM: Claim<Step> = Claim {
    card: Card {
        id: "width/one_step_small_rate",
        title: "At rates up to 1 a step pays for the loss once",
        statement: "η ≤ 1, |x_p| ≤ 1, scale² Σ a² ≤ 1, no bias, 0 ≤ -l' ≤ min(1, l), l convex  ⟹  \
                    η R(W) ≤ |W - V|² - |W' - V|² + 2 η R_W(V)",
        source: Source::new("JiTelgarsky2020", "Lemma 2.6"),
        wording: Wording::Remembered,
        as_printed: Some("stated for the logistic loss and dense layers"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/one_step_small_rate.md",
    },
    cases: || steps(Lapse::default()),
    hypotheses: &[
        Hypothesis::new("rate at most 1", |case| case.rate <= Rational::ONE),
        Hypothesis::new("patches in the unit ball", Step::is_in_unit_ball),
        Hypothesis::new("normalised", Step::is_normalised),
        Hypothesis::new("no bias", Step::is_unbiased),
        Hypothesis::new("pull at most the loss", Step::is_gentle),
    ],
    conclusion: |case| pays(case, case.approach()),
    twins: &[
        Twin::without(
            "rate at most 1",
            || steps(Lapse { fast: true, ..Lapse::default() }),
            "for the rational loss 1 is the limit",
        ),
        Twin::without(
            "patches in the unit ball",
            || steps(Lapse { long_points: true, ..Lapse::default() }),
            "longer points make longer steps",
        ),
        Twin::without(
            "normalised",
            || steps(Lapse { unscaled: true, ..Lapse::default() }),
            "without 1/√m the gradient grows with the width",
        ),
        Twin::without(
            "no bias",
            || steps(Lapse { biased: true, ..Lapse::default() }),
            "the weights no longer account for the whole output",
        ),
        Twin::without(
            "pull at most the loss",
            || steps(Lapse { hinge: true, ..Lapse::default() }),
            "the hinge pulls with 1 where it has almost nothing left",
        ),
        Twin::concluding(
            "gates of the reference",
            |case| {
                let mut there = case.clone();
                there.network.weights.clone_from(&case.reference);
                let own = there.linearised_risk();
                let right = case.approach() + Rational::integer(2) * &case.rate * own;
                Finding::at_most("η R(W)", &case.rate * case.risk(), right)
            },
            "the gates must be those of the step, not those of the reference",
        ),
    ],
};

fn pays(case: &Step, approach: Rational) -> Finding {
    let right = approach + Rational::integer(2) * &case.rate * case.linearised_risk();
    Finding::at_most("η R(W)", &case.rate * case.risk(), right)
}
