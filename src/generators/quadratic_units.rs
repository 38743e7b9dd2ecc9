//! Networks of quadratic units under the square loss, at points of known slope.

use super::prelude::*;
use std::ops::RangeInclusive;

/// Units `W: [k, d]`, the network `f(x) = Σ (w_j . x)^2`, data `[N, d]` and the residuals of `f` on
/// them, which say what the targets are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Quadratic {
    /// The units.
    pub units: Vec<Vec<Rational>>,
    /// The samples.
    pub points: Vec<Vec<Rational>>,
    /// The value minus the target, one a sample.
    pub residuals: Vec<Rational>,
}

impl Quadratic {
    /// The number of inputs. Panics without a point.
    pub fn dimension(&self) -> usize {
        self.points[0].len()
    }

    /// `M = Σ r_i x_i x_i^T`: the gradient is `2 W M`.
    pub fn certificate(&self) -> Matrix {
        let d = self.dimension();
        let mut sum = Matrix::zero(d, d);
        for (x, r) in self.points.iter().zip(&self.residuals) {
            for i in 0..d {
                (0..d).for_each(|j| sum[(i, j)] += r * &x[i] * &x[j]);
            }
        }
        sum
    }

    /// Whether `W M = 0`.
    pub fn is_critical(&self) -> bool {
        let m = self.certificate();
        self.units.iter().all(|w| m.apply(w).iter().all(Rational::is_zero))
    }

    /// Half the sum of the squared residuals that other units, any number, would have.
    pub fn loss(&self, units: &[Vec<Rational>]) -> Rational {
        let samples = self.points.iter().zip(&self.residuals);
        let errors = samples.map(|(x, r)| value(units, x) - value(&self.units, x) + r);
        errors.map(|error| error.pow(2)).sum::<Rational>() / Rational::integer(2)
    }

    /// The second derivatives of the loss by the units, row by row.
    pub fn hessian(&self) -> Matrix {
        let (k, d, m) = (self.units.len(), self.dimension(), self.certificate());
        let mut hessian = Matrix::zero(k * d, k * d);
        let four = Rational::integer(4);
        let slopes = self.points.iter().map(|x| -> Vec<Rational> {
            let products = self.units.iter().map(|w| dot(w, x));
            products.flat_map(|p| x.iter().map(move |x| x * &p)).collect()
        });
        for slope in slopes {
            for a in 0..k * d {
                (0..k * d).for_each(|b| hessian[(a, b)] += &four * &slope[a] * &slope[b]);
            }
        }
        for a in 0..k * d {
            let unit = a / d * d;
            (0..d).for_each(|j| hessian[(a, unit + j)] += Rational::integer(2) * &m[(a % d, j)]);
        }
        hessian
    }

    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let d = numbers::length_of_first(&self.points, "there must be a sample")?;
        if d == 0 || self.units.iter().chain(&self.points).any(|x| x.len() != d) {
            return Err(format!("units and samples have {d} entries, one at least"));
        }
        refuse_if!(
            self.residuals.len() != self.points.len(),
            "{} residuals and {} samples",
            self.residuals.len(),
            self.points.len()
        );
        require!(
            self.units.len() * d <= 36 && self.points.len() <= 64,
            "at most 36 weights and 64 samples"
        )
    }
}

fn value(units: &[Vec<Rational>], x: &[Rational]) -> Rational {
    units.iter().map(|w| dot(w, x).pow(2)).sum()
}

/// What a quadratic network is drawn from.
#[derive(Clone)]
pub struct Units {
    /// The number of inputs.
    pub inputs: Span,
    /// The number of units, given that of inputs.
    pub units: fn(usize) -> Span,
    /// The signs that residuals may have where no unit sees the sample: -1, 0, 1.
    pub signs: RangeInclusive<i64>,
    /// The largest number.
    pub most: i64,
}

/// Critical points: units in fewer than all directions; samples that no unit sees, with any
/// residuals of these signs; samples without a residual; and opposite ones whose residuals cancel.
pub fn critical(sizes: Units) -> BoxedStrategy<Quadratic> {
    let Units { inputs, units, signs, most } = sizes;
    inputs
        .prop_flat_map(move |d| (Just(d), units(d), 1..d.max(2)))
        .prop_flat_map(move |(d, k, rank)| {
            let rows = vec(numbers::integers(d, most), rank);
            let mixed = vec(numbers::integers(rank, 1), k);
            let seen = vec((numbers::integers(d, most), numbers::eighth(8)), 0..=3);
            let sign = (signs.clone(), 1..=8i64).prop_map(|(sign, n)| Rational::new(sign * n, 8));
            (rows, mixed, seen, vec(sign, d), Just(d))
        })
        .prop_map(|(rows, mixed, seen, residuals, d)| {
            let unit = |mix: Vec<Rational>| -> Vec<Rational> {
                (0..d).map(|j| mix.iter().zip(&rows).map(|(m, row)| m * &row[j]).sum()).collect()
            };
            let units: Vec<_> = mixed.into_iter().map(unit).collect();
            let unseen = Matrix::from_rows(units.clone()).null_space();
            let mut samples: Vec<_> = unseen.into_iter().zip(residuals).collect();
            for (x, residual) in seen {
                let opposite = x.iter().map(|x| -x).collect();
                samples.push((opposite, -&residual));
                samples.push((x.clone(), residual));
                samples.push((x, Rational::ZERO));
            }
            if samples.is_empty() {
                samples.push((vec![Rational::ONE; d], Rational::ZERO));
            }
            let (points, residuals) = samples.into_iter().unzip();
            Quadratic { units, points, residuals }
        })
        .boxed()
}
