//! Affine forms.

use crate::exact::linear::dot;
use crate::exact::{IntegerRow, Rational};

/// An affine form `x -> coefficients . x + constant`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// One for each input.
    pub coefficients: Vec<Rational>,
    /// The value at the origin.
    pub constant: Rational,
}

impl Form {
    /// The inputs themselves: `x_0, .., x_(n - 1)`.
    pub fn inputs(n: usize) -> Vec<Self> {
        let entry = |i: usize, j: usize| Rational::from(i32::from(i == j));
        let row = |i| (0..n).map(|j| entry(i, j)).collect();
        (0..n).map(|i| Self { coefficients: row(i), constant: Rational::ZERO }).collect()
    }

    /// Whether the form is zero at every point.
    pub fn is_zero(&self) -> bool {
        self.constant.is_zero() && self.coefficients.iter().all(Rational::is_zero)
    }

    /// The value at `x`. Cost: one multiplication an input.
    pub fn eval(&self, x: &[Rational]) -> Rational {
        dot(&self.coefficients, x) + &self.constant
    }

    /// The positive multiple whose entries are integers without a common divisor.
    pub fn primitive(&self) -> Self {
        let mut coefficients =
            IntegerRow::new(self.coefficients.iter().chain([&self.constant])).coprime();
        let constant = coefficients.pop().expect("the constant is the last number");
        Self { coefficients, constant }
    }
}
