//! Affine forms of the input, the symbols that flow through a network on a pattern.

use super::value::Value;
use crate::exact::Rational;
use crate::exact::linear::{Matrix, dot};

/// `x |-> coefficients . x + constant`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// One for every input.
    pub coefficients: Vec<Rational>,
    /// The value at zero.
    pub constant: Rational,
}

impl Form {
    /// The inputs themselves: `x_0, .., x_(n - 1)`.
    pub(super) fn inputs(n: usize) -> Vec<Self> {
        let zero = Self { coefficients: vec![Rational::ZERO; n], constant: Rational::ZERO };
        let mut forms = vec![zero; n];
        for (i, form) in forms.iter_mut().enumerate() {
            form.coefficients[i] = Rational::ONE;
        }
        forms
    }

    /// `self -= other`.
    pub(super) fn subtract(&mut self, other: &Self) {
        self.add_scaled(&-Rational::ONE, other);
    }

    /// Whether this is zero everywhere.
    pub fn is_zero(&self) -> bool {
        self.constant.is_zero() && self.coefficients.iter().all(Rational::is_zero)
    }

    /// The value at `x`.
    pub fn eval(&self, x: &[Rational]) -> Rational {
        dot(&self.coefficients, x) + &self.constant
    }
}

impl Value for Form {
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
    pub(super) fn of(forms: Vec<Form>) -> Self {
        let (rows, offset) = forms.into_iter().map(|f| (f.coefficients, f.constant)).unzip();
        Self { matrix: Matrix::from_rows(rows), offset }
    }
}
