//! Steps a/(h n) have the rate 1/n if a is above one half.

use crate::catalogue::prelude::*;
use crate::generators::scalar_descent::{Descent, descent};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/harmonic_rate", AGAINST_ITS_NOTE)
        .derived_from("RobbinsMonro1951", "the rate of steps c/n on a quadratic"),
    statement: "steps a/(h n) for n = n₀, .., N - 1, noise of variance s, n₀ E x₀² ≤ Q and \
                a² s/h² ≤ (2a - 1 - a²/n₀) Q  ⟹  E x² ≤ Q/N",
    cases: || {
        drawn(5..=16, 4, 1..=6).with("long runs", 8, drawn(6..=40, 8, 40..=80)).with(
            "just above one half",
            8,
            drawn(5..=5, 8, 1..=30),
        )
    },
    hypotheses: &[
        given("a pays for the noise", |case: &Case| {
            let (a, one) = (&case.factor, Rational::ONE);
            let room = a + a - one - a.pow(2) / Rational::from(case.first);
            case.noise() <= room * &case.most
        })
        .needed("for a below one half the start is forgotten like n^(-2a) only", || {
            drawn(1..=2, 1, 30..=60).cases()
        }),
        given("Q pays for the start", |case: &Case| {
            Rational::from(case.first) * &case.descent.start <= case.most
        })
        .needed("a start that is far away is not forgotten at once", || {
            drawn(5..=16, 4, 1..=6)
                .prop_map(|mut case| {
                    case.descent.start += Rational::integer(2) * &case.most;
                    case
                })
                .cases()
        }),
    ],
    conclusion: |case| case.compare(Rational::from),
    twins: &[
        twin("steps a/√n as well", |case: &Case| {
            refuse_if!(case.descent.variance.is_zero(), Undecided("there is no noise"));
            case.compare(|n| Rational::from(n.isqrt() + 1))
        })
        .because("slow steps let in noise of their order; the root is rounded up, above itself"),
        twin("the rate 1/N²", |case: &Case| {
            let mut descent = case.descent.clone();
            descent.start = Rational::ZERO;
            let step = |n: u32| &case.factor / (&descent.curvature * Rational::from(n));
            let after = descent.after((case.first..case.last).map(step));
            at_most("mean square", after, &case.most / Rational::from(case.last).pow(2))
        })
        .because("the noise of the last steps alone is more"),
    ],
    well_formed: |case| {
        case.descent.check()?;
        let (first, last) = (case.first, case.last);
        require!(0 < first && first <= last, "steps from {first} to {last}")?;
        require!(last <= 400, "N is {last}; at most 400")?;
        require!(case.factor.is_positive(), "a is {}; positive", case.factor)
    },
};

/// The quadratic and its noise, `a`, the first `n`, `N`, and `Q`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    factor: Rational,
    first: u32,
    last: u32,
    most: Rational,
    descent: Descent,
}

impl Case {
    /// `a² s / h²`.
    fn noise(&self) -> Rational {
        self.factor.pow(2) * &self.descent.variance / self.descent.curvature.pow(2)
    }

    fn after(&self, decay: fn(u32) -> Rational) -> Rational {
        let step = |n| &self.factor / (&self.descent.curvature * decay(n));
        self.descent.after((self.first..self.last).map(step))
    }

    fn compare(&self, decay: fn(u32) -> Rational) -> Conclusion {
        at_most("mean square", self.after(decay), &self.most / Rational::from(self.last))
    }
}

/// `a` in eighths, the first `n` as small as it may be, or a little more, and the least `Q`.
fn drawn(
    eighths: RangeInclusive<i64>,
    later: u32,
    steps: RangeInclusive<u32>,
) -> BoxedStrategy<Case> {
    (eighths, 0..=later, steps, descent())
        .prop_map(|(eighths, later, steps, descent)| {
            let factor = Rational::new(eighths, 8);
            let excess = &factor + &factor - Rational::ONE;
            // The first n with a²/n below half of 2a - 1; 1 where there is none.
            let first = (1..=400).find(|&n| {
                excess.is_positive()
                    && factor.pow(2) * Rational::integer(2) <= Rational::from(n) * &excess
            });
            let first = first.into_iter().chain([1]).max().into_iter().sum::<u32>() + later;
            let last = first + steps;
            let mut case = Case { factor, first, last, most: Rational::ZERO, descent };
            let room = &excess - case.factor.pow(2) / Rational::from(first);
            let by_noise = if room.is_positive() { case.noise() / room } else { case.noise() };
            case.most = by_noise.max(Rational::from(first) * &case.descent.start);
            case
        })
        .boxed()
}
