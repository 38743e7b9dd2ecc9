//! What proves that fitted values are best, and how much every other choice loses.

use crate::catalogue::prelude::*;
use crate::generators::line_data;
use crate::spline::univariate::{Data, Interpolation, Penalised};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/penalised", AGAINST_ITS_NOTE)
        .derived_from("Debarre2022", "the penalised problem"),
    statement: "y = z + Dᵀu, |u| ≤ λ, u_i = λ sign a_i if a_i ≠ 0  ⟹  J(z') - J(z) ≥ |z' - z|² / 2",
    cases: || Cases::of(drawn(Dual::Whole)),
    hypotheses: &[
        given("dual within lambda", |case: &Case| case.dual.iter().all(|u| u.abs() <= case.lambda))
            .needed("a bend there would pay for itself", || Cases::of(drawn(Dual::TooLarge))),
        given("dual full at every jump", |case: &Case| {
            let data = case.fitted();
            let signs = Interpolation::new(&data).signs().to_vec();
            let inner = &signs[1..signs.len() - 1];
            let full = |(u, sign): (&Rational, &i8)| *u == &case.lambda * Rational::from(*sign);
            case.dual.iter().zip(inner).all(|pair| *pair.1 == 0 || full(pair))
        })
        .needed("interpolation, with the dual 0, is not optimal for any lambda", || {
            Cases::of(drawn(Dual::Empty))
        }),
    ],
    conclusion: |case| case.compare(Rational::new(1, 2)),
    twins: &[
        twin("loss without one half", |case: &Case| {
            let (problem, z) = (case.problem(), case.fitted());
            let square = |values: &[Rational]| -> Rational {
                let misses = problem.data().y().iter().zip(values).map(|(y, z)| y - z);
                misses.map(|miss| &miss * &miss).sum::<Rational>() * Rational::new(1, 2)
            };
            let [other, own] =
                [&case.other[..], z.y()].map(|values| problem.objective(values) + square(values));
            at_least("objective", other, own)
        })
        .because("the loss counts half the squares, twice as many double lambda"),
        twin("growth by the whole square", |case: &Case| case.compare(Rational::ONE))
            .because("along a direction in which the cost is linear the growth is half the square"),
    ],
    well_formed: |case| {
        let n = case.x.len();
        Data::new(case.x.clone(), case.fitted.clone()).map_err(|error| error.to_string())?;
        require!(n >= 3, "three points at least are expected, found {n}")?;
        require!(case.lambda.is_positive(), "lambda is positive")?;
        let fits = case.dual.len() == n - 2 && case.other.len() == n;
        require!(fits, "n values to compare with and n - 2 of the dual are expected")
    },
};

/// Abscissae, fitted values, the dual at the inner points, and other values to compare with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    lambda: Rational,
    x: Vec<Rational>,
    fitted: Vec<Rational>,
    dual: Vec<Rational>,
    other: Vec<Rational>,
}

impl Case {
    fn fitted(&self) -> Data {
        Data::new(self.x.clone(), self.fitted.clone()).expect("the case is well formed")
    }

    /// The problem whose data are `z + D^T u`.
    fn problem(&self) -> Penalised {
        let ones = vec![Rational::ONE; self.x.len()];
        let problem = |data| {
            let problem = Penalised::new(data, ones.clone(), self.lambda.clone());
            problem.expect("one weight a point")
        };
        let ends = [Rational::ZERO];
        let adjoint = problem(self.fitted()).adjoint(&[&ends[..], &self.dual, &ends].concat());
        let y = self.fitted.iter().zip(&adjoint).map(|(z, g)| z + g).collect();
        problem(Data::new(self.x.clone(), y).expect("the case is well formed"))
    }

    fn compare(&self, factor: Rational) -> Conclusion {
        let problem = self.problem();
        let growth = problem.objective(&self.other) - problem.objective(&self.fitted);
        let steps = self.other.iter().zip(&self.fitted).map(|(a, b)| a - b);
        let square: Rational = steps.map(|step| &step * &step).sum();
        at_least("growth", growth, factor * square)
    }
}

/// What is wrong with the dual.
#[derive(Clone, Copy, Debug)]
enum Dual {
    Whole,
    TooLarge,
    Empty,
}

fn drawn(dual: Dual) -> Vec<(&'static str, u32, BoxedStrategy<Case>)> {
    let strata = line_data::bare().into_iter().filter(|(name, ..)| !name.contains("1,000"));
    let case = move |rivals: BoxedStrategy<line_data::Rival>| {
        rivals
            .prop_flat_map(|rival| {
                let n = rival.x.len();
                (vec(-4i64..=4, n), vec(-4i64..=4, n), 1i64..=6, any::<bool>(), Just(rival))
            })
            .prop_map(move |(shares, steps, lambda, is_near, mut rival)| {
                if rival.x.len() < 3 {
                    rival.x.push(&rival.x[1] + Rational::ONE);
                    rival.y.push(rival.y[1].clone());
                }
                let lambda = Rational::new(lambda, 2);
                let data = rival.data();
                let signs = Interpolation::new(&data).signs().to_vec();
                let inner = 1..signs.len() - 1;
                let value = |i: usize| {
                    let share = Rational::new(shares[i % shares.len()], 4);
                    match (dual, signs[i]) {
                        (Dual::Empty, _) => Rational::ZERO,
                        (Dual::TooLarge, 0) => &lambda * share * Rational::from(4),
                        (_, 0) => &lambda * share,
                        (_, sign) => &lambda * Rational::from(sign),
                    }
                };
                let dual = inner.map(value).collect();
                let size = if is_near { Rational::new(1, 8) } else { Rational::ONE };
                let step = |i: usize| Rational::from(steps[i % steps.len()]) * &size;
                let other = (0..data.len()).map(|i| &data.y()[i] + step(i)).collect();
                Case { lambda, x: rival.x, fitted: rival.y, dual, other }
            })
            .boxed()
    };
    strata.map(|(name, every, rivals)| (name, every, case(rivals))).collect()
}
