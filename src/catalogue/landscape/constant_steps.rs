//! Constant steps keep a floor.

use crate::catalogue::prelude::*;
use crate::generators::scalar_descent::{Descent, descent};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/constant_steps", AGAINST_ITS_NOTE)
        .derived_from("RobbinsMonro1951", "why the steps must tend to zero"),
    statement: "N steps η, 0 < η h ≠ 2, noise of variance s  ⟹  E x² = F + (1 - η h)^(2N) \
                (E x₀² - F) with the floor F = η s/(h (2 - η h))",
    cases: || {
        drawn(1..=15, 8, 0..=3).with("steps beyond 2/h", 4, drawn(17..=30, 8, 0..=3)).with(
            "60 steps",
            16,
            drawn(1..=9, 10, 60..=60),
        )
    },
    hypotheses: &[],
    conclusion: |case| equal("mean square", case.found(), case.expected(&case.floor())),
    twins: &[
        twin("no floor", |case: &Case| {
            equal("mean square", case.found(), case.expected(&Rational::ZERO))
        })
        .because("every step brings new noise"),
        twin("the floor of small steps", |case: &Case| {
            let Descent { curvature, variance, .. } = &case.descent;
            let floor = &case.step * variance / (curvature + curvature);
            equal("mean square", case.found(), case.expected(&floor))
        })
        .because("η s/(2 h) forgets that a step overshoots"),
        twin("below the floor for ever", |case: &Case| {
            let share = &case.step * &case.descent.curvature;
            if case.count == 0 || share > Rational::integer(2) {
                return Err(Undecided("no step, or the steps diverge"));
            }
            at_most("mean square", case.found(), case.floor())
        })
        .because("who starts above comes down to the floor, not through it"),
    ],
    well_formed: |case| {
        case.descent.check()?;
        let share = &case.step * &case.descent.curvature;
        require!(
            share.is_positive() && share != Rational::integer(2),
            "the step times the curvature is {share}; positive and not 2"
        )?;
        require!(case.count <= 200, "{} steps; at most 200", case.count)
    },
};

/// The quadratic and its noise, the step, and how often it is taken.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    count: usize,
    step: Rational,
    descent: Descent,
}

impl Case {
    fn found(&self) -> Rational {
        self.descent.after(std::iter::repeat_n(self.step.clone(), self.count))
    }

    fn floor(&self) -> Rational {
        let Descent { curvature, variance, .. } = &self.descent;
        let overshoot = Rational::integer(2) - &self.step * curvature;
        &self.step * variance / (curvature * overshoot)
    }

    fn expected(&self, floor: &Rational) -> Rational {
        let shrink = Rational::ONE - &self.step * &self.descent.curvature;
        shrink.pow(2 * self.count as i32) * (&self.descent.start - floor) + floor
    }
}

/// Steps that are so many parts of `1 / h`.
fn drawn(part: RangeInclusive<i64>, parts: i64, count: Span) -> BoxedStrategy<Case> {
    (part, count, descent())
        .prop_map(move |(part, count, descent)| {
            let step = Rational::new(part, parts) / &descent.curvature;
            Case { count, step, descent }
        })
        .boxed()
}
