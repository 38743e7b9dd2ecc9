//! Steps whose sum is below 1/h stop short of the minimum.

use crate::catalogue::prelude::*;
use crate::generators::scalar_descent::{Descent, descent};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/summable_steps", AGAINST_ITS_NOTE)
        .derived_from("RobbinsMonro1951", "why the steps must not be summable"),
    statement: "steps η ≥ 0 with h Σ η ≤ 1  ⟹  E x² ≥ (1 - h Σ η)² E x₀² after any number of them: \
                so steps with a sum below 1/h stop short of the minimum",
    cases: || {
        summable(1..=4).with("any steps", 4, any_steps(1..=6, 4)).with(
            "100 steps",
            16,
            summable(100..=100),
        )
    },
    hypotheses: &[
        given("no step backwards", |case: &Case| case.steps.iter().all(|step| !step.is_negative()))
            .needed("a step of 1/h reaches the minimum, and one of -1/h makes the sum 0", || {
                at_once(2..=2)
                    .prop_map(|mut case| {
                        case.steps[1] = -&case.steps[0];
                        case
                    })
                    .cases()
            }),
        given("a sum of 1 at most", |case: &Case| case.left() >= Rational::ZERO)
            .needed("a step of 1/h reaches the minimum, however far it is", || {
                at_once(3..=12).cases()
            }),
    ],
    conclusion: |case| at_least("mean square", case.found(), case.kept(2)),
    twins: &[
        twin("nothing but the start counts", |case: &Case| {
            equal("mean square", case.found(), case.kept(2))
        })
        .because("the product of the factors is more than that, and noise is added"),
        twin("the distance in place of its square", |case: &Case| {
            at_least("mean square", case.found(), case.kept(1))
        })
        .because("a mean square shrinks by the square"),
        twin("the minimum is reached", |case: &Case| {
            at_most("mean square", case.found(), case.kept(0) / Rational::integer(16))
        })
        .because("three quarters of the way may be all"),
    ],
    well_formed: |case| {
        case.descent.check()?;
        require!(case.steps.len() <= 200, "{} steps; at most 200", case.steps.len())
    },
};

/// The quadratic and its noise, and the steps.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    steps: Vec<Rational>,
    descent: Descent,
}

impl Case {
    fn found(&self) -> Rational {
        self.descent.after(self.steps.iter().cloned())
    }

    /// `1 - h Σ η`.
    fn left(&self) -> Rational {
        Rational::ONE - self.steps.iter().sum::<Rational>() * &self.descent.curvature
    }

    fn kept(&self, power: i32) -> Rational {
        self.left().pow(power) * &self.descent.start
    }
}

/// Steps `c / (h n (n + 1))`, whose sum is below `c / h`, with `c` at most 1.
fn summable(count: Span) -> BoxedStrategy<Case> {
    (count, 1..=8i64, descent())
        .prop_map(|(count, eighths, descent)| {
            let step = |n: usize| {
                let n = Rational::from(n);
                Rational::new(eighths, 8) / (&descent.curvature * &n * (&n + Rational::ONE))
            };
            Case { steps: (1..=count).map(step).collect(), descent }
        })
        .boxed()
}

/// Steps of `1 / h` without noise, from a start that is not the minimum.
fn at_once(count: Span) -> BoxedStrategy<Case> {
    (any_steps(count, 1), 3..=8i64)
        .prop_map(|(mut case, times)| {
            let h = &case.descent.curvature;
            case.steps.iter_mut().for_each(|step| *step = h.recip());
            case.descent.start += Rational::integer(times);
            case.descent.variance = Rational::ZERO;
            case
        })
        .boxed()
}

/// Steps whose sum is the `whole`-th part of `1 / h` at most.
fn any_steps(count: Span, whole: i64) -> BoxedStrategy<Case> {
    (vec(0..=8i64, count), descent())
        .prop_map(move |(parts, descent)| {
            let all = Rational::integer(8 * whole * parts.len() as i64);
            let step = |part| Rational::integer(part) / (&all * &descent.curvature);
            Case { steps: parts.into_iter().map(step).collect(), descent }
        })
        .boxed()
}
