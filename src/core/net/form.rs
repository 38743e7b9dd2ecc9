//! Affine forms of the input, the symbols that flow through a network on a pattern.

use super::linear::Linear;
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::geometry::Form;

impl Linear for Form {
    fn constant(&self, c: &Rational) -> Self {
        Self { coefficients: vec![Rational::ZERO; self.coefficients.len()], constant: c.clone() }
    }

    fn add_scaled(&mut self, weight: &Rational, x: &Self) {
        for (y, x) in self.coefficients.iter_mut().zip(&x.coefficients) {
            if !x.is_zero() {
                y.add_scaled(weight, x);
            }
        }
        self.constant.add_scaled(weight, &x.constant);
    }
}

/// `x |-> matrix x + offset`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffineMap {
    /// `[outputs, inputs]`.
    pub matrix: Matrix,
    /// `[outputs]`.
    pub offset: Vec<Rational>,
}

impl AffineMap {
    /// The value at `x`.
    pub fn apply(&self, x: &[Rational]) -> Vec<Rational> {
        self.matrix.apply(x).into_iter().zip(&self.offset).map(|(y, b)| y + b).collect()
    }

    /// The map whose entries are these forms.
    pub fn from_forms(forms: Vec<Form>) -> Self {
        let (rows, offset) = forms.into_iter().map(|f| (f.coefficients, f.constant)).unzip();
        Self { matrix: Matrix::from_rows(rows), offset }
    }
}
