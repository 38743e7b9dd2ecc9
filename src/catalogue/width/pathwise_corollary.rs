//! With small linearisation errors a deep step pays for the loss.

use crate::catalogue::prelude::*;
use crate::generators::deep_dense::{Chain, Extent, at_the_limit, chains, with_the_hinge};

pub(super) static CLAIM: Claim<Chain> = Claim {
    card: theorem!("width/pathwise_corollary", STEP_BY_STEP)
        .remembered_from("Chen2021", "the proof for gradient descent")
        .as_printed("for the logistic loss"),
    statement: "l convex, 0 ≤ -l' ≤ min(1, l) at W_t, all errors ≤ e, |∇_{W_l} f| ≤ M, \
                η L M² ≤ 1/2  ⟹  \
                |W_t - W*|² - |W_{t+1} - W*|² ≥ (3/2 - 4e) η R(W_t) - 2 η R(F*)",
    cases: || {
        chains(2, Extent::SMALL)
            .with("the largest rate", 4, at_the_limit(Extent::SMALL))
            .with("6 inputs, 5 hidden layers", 32, at_the_limit(Extent::LARGE))
            .with("8 inputs, 8 hidden layers", 1024, at_the_limit(Extent::HUGE))
    },
    hypotheses: &[
        given("small step", |case: &Chain| &case.rate * case.reach() <= Rational::new(1, 2))
            .needed("a long step goes past the target", || chains(128, Extent::SMALL).cases()),
        given("pull at most the loss", Chain::is_gentle)
            .needed("the hinge pulls with 1 where it has almost nothing left", || {
                with_the_hinge().cases()
            }),
    ],
    conclusion: |case| pays(case, Rational::new(3, 2), 4),
    twins: &[
        twin("steps for nothing", |case: &Chain| pays(case, Rational::integer(2), 4))
            .because("half of the loss is spent on the square of the step"),
        twin("no linearisation error", |case: &Chain| pays(case, Rational::new(3, 2), 0))
            .because("a closed unit does not know that it would open on the way"),
    ],
    well_formed: Chain::check,
};

/// Both sides, with this share of the loss, and so many times the largest error.
fn pays(case: &Chain, share: Rational, times: i64) -> Conclusion {
    let errors = case.errors().into_iter().flat_map(|(_, errors)| errors);
    let error = errors.max().expect("there is a point");
    let share = share - Rational::integer(times) * error;
    let loss = share * case.risk() - Rational::integer(2) * case.linearised_risk();
    at_least("approach to the target", case.approach(), &case.rate * loss)
}
