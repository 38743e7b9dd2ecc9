//! Bias and variance of least squares of least norm, exactly.

use crate::analysis::rademacher::{mean, signed_sums};
use crate::catalogue::prelude::*;
use crate::generators::designs::{Design, trace, wide};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/interpolation_risk", AGAINST_ITS_NOTE)
        .derived_from("Belkin2019", "bias and variance of least-norm least squares"),
    statement: "y = X β + ε, ε uncorrelated of mean 0 and variance s, X: [n, p] of full rank, b of \
                least squares and least norm  ⟹  E |b - β|² = |(I - P) β|² + s tr (X Xᵀ)⁻¹ for \
                p ≥ n with P on the rows, and s tr (XᵀX)⁻¹ for p ≤ n",
    cases: || {
        drawn(1..=2, 0..=2, 2)
            .with("larger", 4, drawn(1..=3, 0..=2, 9))
            .with("8 signs", 32, drawn(5..=5, 3..=3, 2))
            .with("6 by 40", 64, drawn(6..=6, 34..=34, 2))
    },
    hypotheses: &[],
    conclusion: |case| equal("risk", case.risk(), case.bias() + case.variance()),
    twins: &[
        twin("no bias", |case: &Case| equal("risk", case.risk(), case.variance()))
            .because("what is orthogonal to all samples is never learned"),
        twin("no variance", |case: &Case| equal("risk", case.risk(), case.bias()))
            .because("an interpolant fits the noise, too"),
        twin("noise of one unit a sample", |case: &Case| {
            let n = Rational::from(case.design.samples());
            equal("risk", case.risk(), case.bias() + n * case.noise.pow(2))
        })
        .because("noise is divided by how far a sample is from the span of the others"),
    ],
    well_formed: |case| {
        case.design.check(64)?;
        let Design { rows } = &case.design;
        let (n, p) = (rows.len(), case.design.features());
        require!(case.design.matrix().rank() == n.min(p), "the design has not full rank")?;
        require!(case.beta.len() == p, "{} coefficients and {p} features", case.beta.len())
    },
};

/// The design, the coefficients, and the size of the noise, `±noise` with equal chances.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    noise: Rational,
    beta: Vec<Rational>,
    design: Design,
}

impl Case {
    fn is_wide(&self) -> bool {
        self.design.features() >= self.design.samples()
    }

    /// The matrix that makes `b` of `y`, `[p, n]`.
    fn estimator(&self) -> Matrix {
        let x = self.design.matrix();
        if self.is_wide() {
            return x.transpose().product(&self.design.inverse_gram());
        }
        self.design.transposed().inverse_gram().product(&x.transpose())
    }

    /// The mean of `|b - β|²` over [signs](signs) of the noise.
    fn risk(&self) -> Rational {
        let (n, estimator) = (self.design.samples(), self.estimator());
        let clean = self.design.matrix().apply(&self.beta);
        let squares = signs(n).into_iter().map(|signs| {
            let y: Vec<_> =
                clean.iter().zip(signs).map(|(y, sign)| y + sign * &self.noise).collect();
            let b = estimator.apply(&y);
            b.iter().zip(&self.beta).map(|(b, beta)| (b - beta).pow(2)).sum()
        });
        mean(squares.collect::<Vec<Rational>>().into_iter())
    }

    fn bias(&self) -> Rational {
        if !self.is_wide() {
            return Rational::ZERO;
        }
        // |(I - P) β|² = |β|² less the square of the least-norm vector with the same products.
        let products = self.design.matrix().apply(&self.beta);
        dot(&self.beta, &self.beta) - self.design.least_square(&products)
    }

    fn variance(&self) -> Rational {
        let inverse = match self.is_wide() {
            true => self.design.inverse_gram(),
            false => self.design.transposed().inverse_gram(),
        };
        trace(&inverse) * self.noise.pow(2)
    }
}

/// Equally likely signs of `n` samples, of mean 0 and uncorrelated: all of them up to 8 samples,
/// and a row for each column of a Hadamard matrix beyond, since independence is not asked for.
fn signs(n: usize) -> Vec<Vec<Rational>> {
    if n <= 8 {
        let unit = |i: usize| (0..n).map(|j| Rational::from(i == j)).collect();
        return signed_sums(&(0..n).map(unit).collect::<Vec<_>>());
    }
    let draws = 0..(n + 1).next_power_of_two();
    let sign = |k: usize, i: usize| numbers::sign((k & (i + 1)).count_ones().is_multiple_of(2));
    draws.map(|k| (0..n).map(|i| sign(k, i)).collect()).collect()
}

/// Designs with more features than samples, or the other way round.
fn drawn(samples: Span, more: Span, most: i64) -> BoxedStrategy<Case> {
    (wide(samples, more, most), any::<bool>())
        .prop_flat_map(move |(design, is_wide)| {
            let design = if is_wide { design } else { design.transposed() };
            let beta = numbers::integers(design.features(), most);
            (numbers::eighth(16), beta, Just(design))
        })
        .prop_map(|(noise, beta, design)| Case { noise, beta, design })
        .boxed()
}
