//! Decomposition of expressions into sums of ridge functions or maxima of affine functions.
//!
//! ```
//! use crease::approximate::Expression;
//! use crease::construct::{piecewise::affine_pieces, ridge_sum::RidgeSum};
//! let f = Expression::parse("x1 - 2*relu(x1 + 3*x2 - 1/2)", 2).expect("it is well made");
//! let sum = RidgeSum::of(&f).expect("one ridge and an affine part");
//! assert_eq!(sum.directions, [[1.into(), 3.into()]]);
//! // It bends down, so it is no maximum of affine functions.
//! assert_eq!(affine_pieces(&f), None);
//! ```

use super::ridge_sum::RidgeSum;
use crate::approximate::{Calculus, Expression, Function};
use crate::exact::Rational;
use crate::net::Form;
use std::convert::Infallible;

/// The most affine functions of one maximum, and the most ridges of one sum.
pub const MAX_PIECES: usize = 1000;

impl RidgeSum {
    /// The sum that an expression is: an affine part, and multiples of `relu`, `abs`, `max` and
    /// `min` of affine functions. `None` if it is none, or one of more than [`MAX_PIECES`] ridges.
    ///
    /// Law: both have one value at every point. The ridges stand in the order of the text.
    pub fn of(f: &Expression) -> Option<Self> {
        let sum = evaluated(f, &Ridges(f.dimension()))?;
        (sum.directions.len() <= MAX_PIECES).then_some(sum)
    }

    /// `self + factor * other`.
    fn plus(&self, factor: &Rational, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.constant += factor * &other.constant;
        sum.slope.iter_mut().zip(&other.slope).for_each(|(a, b)| *a += factor * b);
        if !factor.is_zero() {
            sum.directions.extend(other.directions.iter().cloned());
            sum.coefficients.extend(other.coefficients.iter().map(|c| factor * c));
            sum.knots.extend(other.knots.iter().cloned());
        }
        sum
    }

    /// `factor * self`.
    fn times(&self, factor: &Rational) -> Self {
        Self::constant(self.slope.len(), Rational::ZERO).plus(factor, self)
    }

    fn as_constant(&self) -> Option<&Rational> {
        let is_constant = self.directions.is_empty() && self.slope.iter().all(Rational::is_zero);
        is_constant.then_some(&self.constant)
    }

    /// `relu(self)`, if this is affine.
    fn bent(&self) -> Option<Self> {
        if !self.directions.is_empty() {
            return None;
        }
        let mut sum = Self::constant(self.slope.len(), Rational::ZERO);
        match self.as_constant() {
            Some(constant) => sum.constant = constant.max(&Rational::ZERO).clone(),
            None => {
                sum.directions.push(self.slope.clone());
                sum.coefficients.push(Rational::ONE);
                sum.knots.push(-&self.constant);
            }
        }
        Some(sum)
    }
}

/// The affine functions of which an expression is the maximum: affine terms, positive multiples of
/// `relu`, `abs` and `max`, and sums of these. `None` if it is no such maximum, or one of more than
/// [`MAX_PIECES`].
///
/// Cost: a sum of `a` and `b` functions compares `a b` functions with at most [`MAX_PIECES`]
/// others. Law: the greatest of their values is that of the expression, at every point. No two have
/// the same coefficients.
pub fn affine_pieces(f: &Expression) -> Option<Vec<Form>> {
    evaluated(f, &Pieces(f.dimension()))
}

/// The value of the expression as a function of its inputs.
fn evaluated<T: Clone, C: Linear<T>>(f: &Expression, calculus: &C) -> Option<T> {
    let inputs: Vec<_> = (0..f.dimension()).map(|i| Some(calculus.input(i))).collect();
    calculus.value_of(f, &inputs)
}

/// A calculus of functions that knows the inputs.
trait Linear<T: Clone>: Calculus<Value = Option<T>, Error = Infallible> {
    fn input(&self, i: usize) -> T;

    fn value_of(&self, f: &Expression, inputs: &[Option<T>]) -> Option<T>
    where
        Self: Sized,
    {
        f.at(self, inputs).unwrap_or_else(|never| match never {})
    }
}

/// Sums of ridge functions; the number of variables.
struct Ridges(usize);

impl Linear<RidgeSum> for Ridges {
    fn input(&self, i: usize) -> RidgeSum {
        let mut sum = RidgeSum::constant(self.0, Rational::ZERO);
        sum.slope[i] = Rational::ONE;
        sum
    }
}

impl Calculus for Ridges {
    type Value = Option<RidgeSum>;
    type Error = Infallible;

    fn constant(&self, x: &Rational) -> Self::Value {
        Some(RidgeSum::constant(self.0, x.clone()))
    }
    fn pi(&self) -> Result<Self::Value, Infallible> {
        Ok(None)
    }
    fn sum(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        Some(a.as_ref()?.plus(&Rational::ONE, b.as_ref()?))
    }
    fn difference(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        Some(a.as_ref()?.plus(&-Rational::ONE, b.as_ref()?))
    }
    fn product(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        let (a, b) = (a.as_ref()?, b.as_ref()?);
        match (a.as_constant(), b.as_constant()) {
            (Some(factor), _) => Some(b.times(factor)),
            (_, Some(factor)) => Some(a.times(factor)),
            _ => None,
        }
    }
    fn quotient(&self, a: &Self::Value, b: &Self::Value) -> Result<Self::Value, Infallible> {
        let divisor = b.as_ref().and_then(RidgeSum::as_constant).filter(|d| !d.is_zero());
        Ok(a.as_ref().zip(divisor).map(|(a, divisor)| a.times(&divisor.recip())))
    }
    fn larger(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        let lead = self.difference(a, b)?.bent();
        self.sum(b, &lead)
    }
    fn smaller(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        let lead = self.difference(a, b)?.bent();
        self.difference(a, &lead)
    }
    fn root(&self, _: &Self::Value, _: u32) -> Result<Self::Value, Infallible> {
        Ok(None)
    }
    fn apply(&self, function: Function, a: &Self::Value) -> Result<Self::Value, Infallible> {
        Ok(a.as_ref().and_then(|a| match function {
            Function::Negate => Some(a.times(&-Rational::ONE)),
            Function::Relu => a.bent(),
            Function::Abs => {
                let twice = a.bent()?.times(&Rational::integer(2));
                Some(twice.plus(&-Rational::ONE, a))
            }
            Function::Exp | Function::Log | Function::Sin | Function::Cos => None,
        }))
    }
}

/// Maxima of affine functions; the number of variables.
struct Pieces(usize);

impl Pieces {
    fn one(&self, constant: Rational) -> Vec<Form> {
        vec![Form { coefficients: vec![Rational::ZERO; self.0], constant }]
    }
}

impl Linear<Vec<Form>> for Pieces {
    fn input(&self, i: usize) -> Vec<Form> {
        let mut forms = self.one(Rational::ZERO);
        forms[0].coefficients[i] = Rational::ONE;
        forms
    }
}

/// `a + factor * b`.
fn combined(a: &Form, factor: &Rational, b: &Form) -> Form {
    let pairs = a.coefficients.iter().zip(&b.coefficients);
    Form {
        coefficients: pairs.map(|(a, b)| a + factor * b).collect(),
        constant: &a.constant + factor * &b.constant,
    }
}

/// Of forms with the same coefficients the greatest; `None` if there are too many.
fn distinct(forms: impl Iterator<Item = Form>) -> Option<Vec<Form>> {
    let mut kept: Vec<Form> = Vec::new();
    for form in forms {
        let is_full = kept.len() == MAX_PIECES;
        match kept.iter_mut().find(|other| other.coefficients == form.coefficients) {
            Some(other) if other.constant < form.constant => other.constant = form.constant,
            Some(_) => {}
            None if is_full => return None,
            None => kept.push(form),
        }
    }
    Some(kept)
}

/// The value of a constant.
fn number(forms: &[Form]) -> Option<&Rational> {
    match forms {
        [one] if one.coefficients.iter().all(Rational::is_zero) => Some(&one.constant),
        _ => None,
    }
}

/// Every form times a factor, which is not negative unless there is one form only.
fn scaled(forms: &[Form], factor: &Rational) -> Option<Vec<Form>> {
    if factor.is_negative() && forms.len() > 1 {
        return None;
    }
    let zero = Form {
        coefficients: vec![Rational::ZERO; forms[0].coefficients.len()],
        constant: Rational::ZERO,
    };
    distinct(forms.iter().map(|form| combined(&zero, factor, form)))
}

impl Calculus for Pieces {
    type Value = Option<Vec<Form>>;
    type Error = Infallible;

    fn constant(&self, x: &Rational) -> Self::Value {
        Some(self.one(x.clone()))
    }
    fn pi(&self) -> Result<Self::Value, Infallible> {
        Ok(None)
    }
    fn sum(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        let (a, b) = (a.as_ref()?, b.as_ref()?);
        distinct(a.iter().flat_map(|a| b.iter().map(|b| combined(a, &Rational::ONE, b))))
    }
    fn difference(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        self.sum(a, &scaled(b.as_ref()?, &-Rational::ONE))
    }
    fn product(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        let (a, b) = (a.as_ref()?, b.as_ref()?);
        match (number(a), number(b)) {
            (Some(factor), _) => scaled(b, factor),
            (_, Some(factor)) => scaled(a, factor),
            _ => None,
        }
    }
    fn quotient(&self, a: &Self::Value, b: &Self::Value) -> Result<Self::Value, Infallible> {
        let divisor = b.as_deref().and_then(number).filter(|d| !d.is_zero());
        Ok(a.as_ref().zip(divisor).and_then(|(a, divisor)| scaled(a, &divisor.recip())))
    }
    fn larger(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        distinct(a.as_ref()?.iter().chain(b.as_ref()?).cloned())
    }
    fn smaller(&self, a: &Self::Value, b: &Self::Value) -> Self::Value {
        match (number(a.as_ref()?), number(b.as_ref()?)) {
            (Some(a), Some(b)) => self.constant(a.min(b)),
            _ => None,
        }
    }
    fn root(&self, _: &Self::Value, _: u32) -> Result<Self::Value, Infallible> {
        Ok(None)
    }
    fn apply(&self, function: Function, a: &Self::Value) -> Result<Self::Value, Infallible> {
        let opposite = || scaled(a.as_ref()?, &-Rational::ONE);
        Ok(match function {
            Function::Negate => opposite(),
            Function::Abs => self.larger(a, &opposite()),
            Function::Relu => self.larger(a, &self.constant(&Rational::ZERO)),
            Function::Exp | Function::Log | Function::Sin | Function::Cos => None,
        })
    }
}
