//! Descent by noisy differences has an exact second moment on a quadratic.

use crate::analysis::rademacher::{mean, signed_sums};
use crate::catalogue::prelude::*;
use crate::train::second_moment::after;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/finite_differences", AGAINST_ITS_NOTE)
        .derived_from("KieferWolfowitz1952", "the quadratic case, exactly"),
    statement: "f(x) = h x²/2 seen with noise ±σ, x ↦ x - η (f(x + c) - f(x - c))/(2c)  ⟹  E x² \
                obeys m ↦ (1 - η h)² m + η² σ²/(2 c²); here averaged over all signs",
    cases: || {
        drawn(1..=2, 2, false).with("fractions", 4, drawn(1..=3, 9, false)).with(
            "five steps",
            32,
            drawn(5..=5, 3, false),
        )
    },
    hypotheses: &[given("a quadratic", |case: &Case| case.cubic.is_zero())
        .needed("a third derivative tilts every difference", || drawn(1..=2, 2, true).cases())],
    conclusion: |case| case.compare(Case::central, |c| (c * c * Rational::integer(2)).recip()),
    twins: &[
        twin("a difference to one side", |case: &Case| {
            case.compare(Case::one_sided, |c| Rational::integer(2) / (c * c))
        })
        .because("it is the slope at the middle between the two points: off by h c/2"),
        twin("narrow differences cost nothing", |case: &Case| {
            case.compare(Case::central, |_| Rational::new(1, 2))
        })
        .because("the noise is divided by the width"),
        twin("one measurement in two", |case: &Case| {
            case.compare(Case::central, |c| (c * c * Rational::integer(4)).recip())
        })
        .because("both measurements are noisy, and their variances add up"),
    ],
    well_formed: |case| {
        let steps = case.steps.len();
        require!(steps <= 5, "{steps} steps; at most 5")?;
        require!(
            case.steps.iter().all(|[_, width]| width.is_positive()),
            "the width of a difference is positive"
        )
    },
};

/// The curvature, the third derivative over 6, the size of the noise, the start, and the steps
/// with the widths of their differences.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    curvature: Rational,
    cubic: Rational,
    noise: Rational,
    start: Rational,
    steps: Vec<[Rational; 2]>,
}

impl Case {
    fn value(&self, x: &Rational) -> Rational {
        &self.curvature * x * x / Rational::integer(2) + &self.cubic * x.pow(3)
    }

    fn central(&self, x: &Rational, c: &Rational, [plus, minus]: [Rational; 2]) -> Rational {
        let difference = self.value(&(x + c)) + plus - self.value(&(x - c)) - minus;
        difference / (c + c)
    }

    fn one_sided(&self, x: &Rational, c: &Rational, [plus, minus]: [Rational; 2]) -> Rational {
        (self.value(&(x + c)) + plus - self.value(x) - minus) / c
    }

    /// The mean square by all signs, against that by the recursion, whose noise is this often that
    /// of a measurement.
    fn compare(
        &self,
        slope: fn(&Self, &Rational, &Rational, [Rational; 2]) -> Rational,
        share: fn(&Rational) -> Rational,
    ) -> Conclusion {
        let count = 2 * self.steps.len();
        let unit = |i: usize| (0..count).map(move |j| Rational::from(i == j) * &self.noise);
        let units: Vec<Vec<_>> = (0..count).map(|i| unit(i).collect()).collect();
        // Without a step there is one choice of no signs.
        let squares = signed_sums(&units).into_iter().map(|noises| {
            let steps = self.steps.iter().zip(noises.chunks(2));
            let end = steps.fold(self.start.clone(), |x, ([eta, c], noise)| {
                let noise = [noise[0].clone(), noise[1].clone()];
                &x - eta * slope(self, &x, c, noise)
            });
            end.pow(2)
        });
        let found = mean(squares.collect::<Vec<_>>().into_iter());
        let expected = self.steps.iter().fold(self.start.pow(2), |m, [eta, c]| {
            after(&m, &self.curvature, &(self.noise.pow(2) * share(c)), eta)
        });
        equal("mean square", found, expected)
    }
}

fn drawn(steps: Span, most: i64, is_cubic: bool) -> BoxedStrategy<Case> {
    let number = move || numbers::fraction(most, 2);
    let width = (1..=most).prop_map(|c| Rational::new(c, 2));
    let step = (numbers::eighth(8), width).prop_map(|(eta, c)| [eta, c]);
    (number(), numbers::nonzero_integer(2), number(), number(), vec(step, steps))
        .prop_map(move |(curvature, cubic, noise, start, steps)| {
            let cubic = if is_cubic { cubic } else { Rational::ZERO };
            Case { curvature, cubic, noise, start, steps }
        })
        .boxed()
}
