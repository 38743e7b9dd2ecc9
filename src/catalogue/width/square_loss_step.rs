//! While no gate flips, descent on the square loss is linear.

use crate::catalogue::prelude::*;
use crate::generators::descent_steps::Size;
use crate::generators::regression::{Regression, regressions};

pub(super) static CLAIM: Claim<Regression> = Claim {
    card: theorem!("width/square_loss_step", STEP_BY_STEP)
        .derived_from("Du2019", "Theorem 3.2, its proof"),
    statement: "no gate flips in the step  ⟹  f(W') - y = (I - η H(W)) (f(W) - y)",
    cases: || {
        let slow = |size| regressions(&[(1, 512), (1, 4096)], size);
        regressions(&[(1, 64), (1, 16), (1, 4)], Size::SMALL)
            .with("up to 16 units", 8, slow(Size::MIDDLE))
            .with("6 inputs, 26 to 49 units", 32, slow(Size::LARGE))
            .with("8 inputs, up to 144 units", 256, slow(Size::HUGE))
    },
    hypotheses: &[given("no gate flips", Regression::keeps_its_gates)
        .needed("a gate that flips takes its unit along", || {
            regressions(&[(1, 2), (2, 1), (8, 1)], Size::SMALL).cases()
        })],
    conclusion: |case| gap(case, &case.rate),
    twins: &[
        twin("mean in place of the sum", |case: &Regression| {
            gap(case, &(&case.rate / Rational::from(2 * case.points.len())))
        })
        .because("the loss is half the sum of squares"),
        twin("other points ignored", |case: &Regression| {
            let gram = case.gram();
            let own = |(i, r): (usize, Rational)| {
                let factor = Rational::ONE - &case.rate * &gram.row(i)[i];
                r * factor
            };
            let before = case.residuals(&case.network).into_iter().enumerate();
            differ(case, before.map(own).collect())
        })
        .because("points share units"),
    ],
    well_formed: Regression::check,
};

fn gap(case: &Regression, rate: &Rational) -> Conclusion {
    let other = Regression { rate: rate.clone(), ..case.clone() };
    differ(case, other.predicted(&case.gram()))
}

/// The largest difference between the residuals after the step and these.
fn differ(case: &Regression, predicted: Vec<Rational>) -> Conclusion {
    let after = case.residuals(&case.after());
    let gaps = after.iter().zip(predicted).map(|(r, p)| (r - p).abs());
    let largest = gaps.max().expect("there is a point");
    equal("largest difference of residuals", largest, 0)
}
