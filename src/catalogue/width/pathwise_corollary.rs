//! # With small linearisation errors a deep step pays for the loss
//!
//! With all linearisation errors at most `e`, gradients by one layer of norm at most `M` and
//! `eta L M^2 <= 1/2`, a step of a network of `L` layers has
//! `|W_t - W*|^2 - |W_{t+1} - W*|^2 >= (3/2 - 4 e) eta R(W_t) - 2 eta R(F*)`.
#![doc = include_str!("../../../proofs/width/pathwise_corollary.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::chains::{Chain, chains};

/// The claim.
pub static CLAIM: Claim<Chain> = Claim {
    card: Card {
        id: "width/pathwise_corollary",
        title: "With small linearisation errors a deep step pays for the loss",
        statement: "0 ≤ -l' ≤ min(1, l), all errors ≤ e, |∇_{W_l} f| ≤ M, η L M² ≤ 1/2  ⟹  \
                    |W_t - W*|² - |W_{t+1} - W*|² ≥ (3/2 - 4e) η R(W_t) - 2 η R(F*)",
        source: Source::new("Chen2021", "the proof for gradient descent"),
        wording: Wording::Remembered,
        as_printed: Some("for the logistic loss"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/pathwise_corollary.md",
    },
    cases: || chains(2).cases(),
    hypotheses: &[Hypothesis::new("small step", |case| {
        &case.rate * case.reach() <= Rational::new(1, 2)
    })],
    conclusion: |case| pays(case, Rational::new(3, 2), 4),
    twins: &[
        Twin::without("small step", || chains(128).cases(), "a long step goes past the target"),
        Twin::concluding(
            "steps for nothing",
            |case| pays(case, Rational::integer(2), 4),
            "half of the loss is spent on the square of the step",
        ),
        Twin::concluding(
            "no linearisation error",
            |case| pays(case, Rational::new(3, 2), 0),
            "a closed unit does not know that it would open on the way",
        ),
    ],
};

/// Both sides, with this share of the loss, and so many times the largest error.
fn pays(case: &Chain, share: Rational, times: i64) -> Conclusion {
    let errors = case.errors().into_iter().flat_map(|(_, errors)| errors);
    let error = errors.max().expect("there is a point");
    let share = share - Rational::integer(times) * error;
    let loss = share * case.risk() - Rational::integer(2) * case.linearised_risk();
    Finding::at_least("approach to the target", case.approach(), &case.rate * loss)
}
