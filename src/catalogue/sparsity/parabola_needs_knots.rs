//! A function with K knots misses the parabola by 1 / (16 (K + 1)²).

use crate::catalogue::prelude::*;
use crate::spline::univariate::Data;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/parabola_needs_knots", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "rates of approximation"),
    statement: "f with K knots on [0, 1]  ⟹  max |f(x) - x²/2| ≥ 1 / (16 (K + 1)²)",
    cases: || drawn(0..=4).cases().with("up to 30 knots", 8, drawn(10..=30)),
    hypotheses: &[],
    conclusion: |case| case.compare(|pieces| (pieces * pieces * Rational::from(16)).recip()),
    twins: &[
        twin("an eighth", |case: &Case| {
            case.compare(|pieces| (pieces * pieces * Rational::from(8)).recip())
        })
        .because("chords have that error; moved down by half of it they have half"),
        twin("knots instead of pieces", |case: &Case| {
            if case.knots() == 0 {
                return Err(Undecided("without knots there is no such bound"));
            }
            let knots = Rational::from(case.knots());
            at_least("error", case.error(), (&knots * &knots * Rational::from(16)).recip())
        })
        .because("K knots make K + 1 pieces"),
        twin("the first order", |case: &Case| {
            case.compare(|pieces| (pieces * Rational::from(16)).recip())
        })
        .because("the error falls with the square"),
    ],
    well_formed: |case| {
        let data = Data::new(case.corners.clone(), case.values.clone());
        let data = data.map_err(|error| error.to_string())?;
        let is_whole = data.x()[0].is_zero() && data.x()[data.len() - 1] == Rational::ONE;
        require!(is_whole && data.len() >= 2, "corners from 0 to 1 are expected")
    },
};

/// Corners of the function, increasing from 0 to 1, and the values there.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    corners: Vec<Rational>,
    values: Vec<Rational>,
}

impl Case {
    fn knots(&self) -> usize {
        self.corners.len() - 2
    }

    fn compare(&self, bound: fn(&Rational) -> Rational) -> Conclusion {
        at_least("error", self.error(), bound(&Rational::from(self.knots() + 1)))
    }

    /// Of each piece at both ends, and where its slope is that of the parabola.
    fn error(&self) -> Rational {
        let data = Data::new(self.corners.clone(), self.values.clone());
        let data = data.expect("the case is well formed");
        let parabola = |x: &Rational| x * x * Rational::new(1, 2);
        let mut worst = Rational::ZERO;
        for i in 0..data.len() - 1 {
            let slope = data.slope(i);
            let [from, to] = [&data.x()[i], &data.x()[i + 1]];
            let inside = slope.clone().clamp(from.clone(), to.clone());
            for x in [from, to, &inside] {
                let line = &data.y()[i] + &slope * (x - from);
                worst = worst.max((line - parabola(x)).abs());
            }
        }
        worst
    }
}

/// The parabola at equal or unequal corners, moved down by what is best for equal ones, and perhaps
/// changed a little.
fn drawn(knots: Span) -> BoxedStrategy<Case> {
    knots
        .prop_flat_map(|k| (vec(1i64..=3, k + 1), any::<bool>(), vec(numbers::integer(2), k + 2)))
        .prop_map(|(gaps, is_best, steps)| {
            let pieces = gaps.len();
            let gaps = if is_best { vec![1; pieces] } else { gaps };
            let whole: i64 = gaps.iter().sum();
            let sums = gaps.iter().scan(0, |sum, gap| {
                *sum += gap;
                Some(*sum)
            });
            let corners: Vec<_> =
                [0].into_iter().chain(sums).map(|sum| Rational::new(sum, whole)).collect();
            let unit = Rational::new(1, 16) / Rational::from(pieces).pow(2);
            let value = |(x, step): (&Rational, &Rational)| {
                let change = if is_best { Rational::ZERO } else { step * &unit };
                x * x * Rational::new(1, 2) - &unit + change
            };
            let values = corners.iter().zip(&steps).map(value).collect();
            Case { corners, values }
        })
        .boxed()
}
