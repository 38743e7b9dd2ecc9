//! A step of a deep network approaches any target, up to two linearisation errors.

use crate::catalogue::prelude::*;
use crate::generators::deep_dense::{Chain, Extent, chains};
use crate::train::mean;

pub(super) static CLAIM: Claim<Chain> = Claim {
    card: theorem!("width/pathwise_descent", STEP_BY_STEP)
        .derived_from("Chen2021", "the proof for gradient descent")
        .as_printed("a corollary with one bound for all errors: width/pathwise_corollary"),
    statement: "l convex, -l' ≥ 0, e = |f_{W*} - linearisation|  ⟹  |W_t - W*|² - \
                |W_{t+1} - W*|² ≥ 2 η (R(W_t) - R(F*) - mean g (e_t + e_0)) - η² |∇R|²",
    cases: || {
        chains(32, Extent::SMALL)
            .with("6 inputs, 5 hidden layers", 32, chains(32, Extent::LARGE))
            .with("8 inputs, 8 hidden layers", 1024, chains(32, Extent::HUGE))
    },
    hypotheses: &[],
    conclusion: |case| approaches(case, [true, true], true),
    twins: &[
        twin("no linearisation error", |case: &Chain| approaches(case, [false, false], true))
            .because("a closed unit does not know that it would open on the way"),
        twin("no error at the start", |case: &Chain| approaches(case, [true, false], true))
            .because("the target is judged by the linearisation at the start"),
        twin("no error on the way", |case: &Chain| approaches(case, [false, true], true))
            .because("the step is made with the gates of now"),
        twin("no square of the step", |case: &Chain| approaches(case, [true, true], false))
            .because("a long step goes past the target"),
    ],
    well_formed: Chain::check,
};

/// Both sides, with the errors on the way and at the start, and the square of the step, or without.
fn approaches(case: &Chain, counted: [bool; 2], squared: bool) -> Conclusion {
    let error = |(pull, errors): (Rational, [Rational; 2])| {
        let errors = errors.into_iter().zip(counted).filter(|(_, counted)| *counted);
        pull * errors.map(|(error, _)| error).sum::<Rational>()
    };
    let off = mean(case.errors().into_iter().map(error));
    let gain = case.risk() - case.linearised_risk() - off;
    let first = Rational::integer(2) * &case.rate * gain;
    let last = if squared { case.rate.pow(2) * case.squared_gradient() } else { Rational::ZERO };
    at_least("approach to the target", case.approach(), first - last)
}
