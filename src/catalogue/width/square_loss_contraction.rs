//! While no gate flips, the square loss contracts by the least eigenvalue.

use crate::catalogue::prelude::*;
use crate::generators::descent_steps::Size;
use crate::generators::regression::{Regression, is_at_least, regressions};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/square_loss_contraction", STEP_BY_STEP)
        .derived_from("Du2019", "Theorem 3.2, its proof"),
    statement: "H ⪰ l I, η tr H ≤ 1, no gate flips  ⟹  |f(W') - y|² ≤ (1 - η l)² |f(W) - y|²",
    cases: || {
        let slow = |size| cases(&[(1, 512), (1, 4096)], true, size);
        cases(&[(1, 64), (1, 8), (1, 3)], true, Size::SMALL)
            .with("up to 16 units", 8, slow(Size::MIDDLE))
            .with("6 inputs, 26 to 49 units", 32, slow(Size::LARGE))
            .with("8 inputs, up to 144 units", 256, slow(Size::HUGE))
    },
    hypotheses: &[
        given("least eigenvalue", |case: &Case| is_at_least(&case.step.gram(), &case.least))
            .needed("two equal points with different targets have the eigenvalue zero", || {
                cases(&[(1, 64), (1, 8), (1, 3)], false, Size::SMALL).cases()
            }),
        given("small rate", |case: &Case| case.step.rate.clone() * case.trace() <= Rational::ONE)
            .needed("a step beyond the minimum", || {
                cases(&[(4, 1), (8, 1)], true, Size::SMALL).cases()
            }),
        given("no gate flips", |case: &Case| case.step.keeps_its_gates())
            .needed("a gate that flips changes the matrix on the way", || {
                cases(&[(1, 2), (1, 1)], true, Size::SMALL).cases()
            }),
    ],
    conclusion: |case| {
        let factor = (Rational::ONE - &case.step.rate * &case.least).pow(2);
        contracts(case, &factor)
    },
    twins: &[twin("by the trace", |case: &Case| {
        let factor = (Rational::ONE - &case.step.rate * case.trace()).pow(2);
        contracts(case, &factor)
    })
    .because("the slowest direction decides")],
    well_formed: |case| case.step.check(),
};

/// A step, and a bound `l` for the least eigenvalue of its Gram matrix.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    least: Rational,
    step: Regression,
}

impl Case {
    fn trace(&self) -> Rational {
        let gram = self.step.gram();
        (0..gram.rows()).map(|i| gram.row(i)[i].clone()).sum()
    }
}

fn contracts(case: &Case, factor: &Rational) -> Conclusion {
    let before = case.step.residuals(&case.step.network);
    let after = case.step.residuals(&case.step.after());
    at_most("squared residual", dot(&after, &after), factor * dot(&before, &before))
}

/// Steps with the largest multiple of 1/32 below the least eigenvalue, or with 1/8 in any case.
fn cases(rates: &'static [(i64, i64)], known: bool, size: Size) -> impl Strategy<Value = Case> {
    regressions(rates, size).prop_map(move |step| {
        let gram = step.gram();
        let part = |k| Rational::new(k, 32);
        let least = (0..=32).take_while(|&k| is_at_least(&gram, &part(k))).last();
        let least = if known { least.expect("0 is a bound for a Gram matrix") } else { 4 };
        Case { least: part(least), step }
    })
}
