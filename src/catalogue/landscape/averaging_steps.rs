//! Steps c/n on a quadratic have an exact second moment.

use crate::catalogue::prelude::*;
use crate::generators::scalar_descent::{Descent, descent};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/averaging_steps", AGAINST_ITS_NOTE)
        .derived_from("RobbinsMonro1951", "steps c/n on a quadratic, in closed form"),
    statement: "curvature h, noise of variance s, steps a/(h (n + a - 1)) for n = 1, .., N with \
                a ≥ 1 whole  ⟹  E x² = (s/h²) Σ C(k+a-2, a-1)² / C(N+a-1, a)², wherever x \
                started: about a²/(2a - 1) s/(h² N)",
    cases: || {
        drawn(1..=2, 1..=4).with("orders to 5", 4, drawn(1..=5, 1..=20)).with(
            "200 steps",
            32,
            drawn(1..=3, 200..=200),
        )
    },
    hypotheses: &[],
    conclusion: |case| equal("mean square", case.found(), case.expected(case.order)),
    twins: &[
        twin("the mean of the noise at every order", |case: &Case| {
            equal("mean square", case.found(), case.expected(1))
        })
        .because("larger steps weigh late noise more, and that costs a²/(2a - 1)"),
        twin("the rate 1/N²", |case: &Case| {
            let fast = case.expected(1) / Rational::from(case.count);
            at_most("mean square", case.found(), fast * Rational::integer(2))
        })
        .because("noise averages out like 1/N, for any step"),
        twin("where it started counts", |case: &Case| {
            let own = case.descent.start.clone() / Rational::from(case.count).pow(2);
            equal("mean square", case.found(), case.expected(case.order) + own)
        })
        .because("the first step forgets it"),
    ],
    well_formed: |case| {
        case.descent.check()?;
        let (order, count) = (case.order, case.count);
        require!((1..=8).contains(&order), "the order is {order}; 1 to 8")?;
        require!((1..=300).contains(&count), "{count} steps; 1 to 300")
    },
};

/// The quadratic and its noise, the order `a`, and the number of steps.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    order: u32,
    count: u32,
    descent: Descent,
}

impl Case {
    fn found(&self) -> Rational {
        let (a, h) = (Rational::from(self.order), &self.descent.curvature);
        let step = |n: u32| &a / (h * Rational::from(n + self.order - 1));
        self.descent.after((1..=self.count).map(step))
    }

    /// The weights of the noises are those of lattice paths: each `C(k + a - 2, a - 1)`.
    fn expected(&self, order: u32) -> Rational {
        let (mut weight, mut sum, mut squares) = (Rational::ONE, Rational::ZERO, Rational::ZERO);
        for k in 1..=self.count {
            sum += &weight;
            squares += &weight * &weight;
            weight = weight * Rational::from(k + order - 1) / Rational::from(k);
        }
        squares / sum.pow(2) * &self.descent.variance / self.descent.curvature.pow(2)
    }
}

fn drawn(order: RangeInclusive<u32>, count: RangeInclusive<u32>) -> BoxedStrategy<Case> {
    (order, count, descent())
        .prop_map(|(order, count, descent)| Case { order, count, descent })
        .boxed()
}
