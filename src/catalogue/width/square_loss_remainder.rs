//! What flipped gates add to a step on the square loss.

use crate::catalogue::prelude::*;
use crate::generators::descent_steps::of_every_size;
use crate::generators::regression::{Regression, regressions};
use crate::train::TwoLayer;

pub(super) static CLAIM: Claim<Regression> = Claim {
    card: theorem!("width/square_loss_remainder", STEP_BY_STEP)
        .derived_from("Du2019", "Theorem 3.2, its proof"),
    statement: "|f_i(W') - y_i - ((I - η H)(f(W) - y))_i| ≤ \
                scale Σ_{s flipped at i} |a_s ⟨w'_s, x_i⟩|",
    cases: || {
        let any = |size| regressions(&[(1, 4), (1, 1), (4, 1)], size);
        Cases::of(of_every_size(any))
    },
    hypotheses: &[],
    conclusion: |case| {
        let after = case.after();
        remainder(case, &after, |s, i| after.before(s, &case.points[i]).abs())
    },
    twins: &[
        twin("no gate flips", |case: &Regression| {
            remainder(case, &case.after(), |_, _| Rational::ZERO)
        })
        .because("gates flip at every width"),
        twin("pre-activations before the step", |case: &Regression| {
            let before = |s, i: usize| case.network.before(s, &case.points[i]).abs();
            remainder(case, &case.after(), before)
        })
        .because("what counts is how far a unit went beyond its kink, not how far it was from it"),
        twin("gates that close", |case: &Regression| {
            let after = case.after();
            remainder(case, &after, |s, i| after.before(s, &case.points[i]).max(Rational::ZERO))
        })
        .because("units that open and units that close both count"),
    ],
    well_formed: Regression::check,
};

/// The point where the remainder exceeds its bound most, or comes closest to it.
fn remainder(
    case: &Regression,
    after: &TwoLayer,
    size: impl Fn(usize, usize) -> Rational,
) -> Conclusion {
    let (new, linear) = (case.residuals(after), case.predicted(&case.gram()));
    let flipped = case.flipped(after);
    let sides = (0..new.len()).map(|i| {
        let share = |&s: &usize| size(s, i) * case.network.outputs[s].abs();
        let bound = flipped[i].iter().map(share).sum::<Rational>();
        ((&new[i] - &linear[i]).abs(), bound * case.network.scale.abs())
    });
    let worst = sides.max_by_key(|(found, bound)| found - bound);
    let (found, bound) = worst.expect("there is a point");
    at_most("remainder", found, bound)
}
