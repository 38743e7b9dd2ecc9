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
use std::marker::PhantomData;

/// The most affine functions of one maximum, and the most ridges of one sum.
pub const MAX_PIECES: usize = 1000;

impl RidgeSum {
    /// The sum that an expression is: an affine part, and multiples of `relu`, `abs`, `max` and
    /// `min` of affine functions. `None` if it is none, or one of more than [`MAX_PIECES`] ridges.
    ///
    /// Law: both have one value at every point. The ridges stand in the order of the text.
    pub fn of(f: &Expression) -> Option<Self> {
        evaluated(f).filter(|sum: &Self| sum.directions.len() <= MAX_PIECES)
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
    evaluated(f)
}

/// The value of the expression as a function of its inputs.
fn evaluated<T: Combined>(f: &Expression) -> Option<T> {
    let inputs = f.dimension();
    let input = |i: usize| {
        let slope = (0..inputs).map(|j| Rational::from(usize::from(i == j))).collect();
        Some(T::affine(slope, Rational::ZERO))
    };
    let values: Vec<_> = (0..inputs).map(input).collect();
    f.at(&Combinations(inputs, PhantomData), &values).unwrap_or_else(|never| match never {})
}

/// Functions that are made of affine ones; what is none of their kind is `None`.
trait Combined: Clone {
    fn affine(slope: Vec<Rational>, constant: Rational) -> Self;
    fn as_constant(&self) -> Option<&Rational>;
    fn sum(&self, other: &Self) -> Option<Self>;
    fn times(&self, factor: &Rational) -> Option<Self>;
    fn larger(&self, other: &Self) -> Option<Self>;
    fn smaller(&self, other: &Self) -> Option<Self>;
    fn abs(&self) -> Option<Self>;

    fn difference(&self, other: &Self) -> Option<Self> {
        self.sum(&other.times(&-Rational::ONE)?)
    }
}

/// Calculation with such functions of so many variables.
struct Combinations<T>(usize, PhantomData<T>);

impl<T: Combined> Calculus for Combinations<T> {
    type Value = Option<T>;
    type Error = Infallible;

    fn constant(&self, x: &Rational) -> Option<T> {
        Some(T::affine(vec![Rational::ZERO; self.0], x.clone()))
    }
    fn pi(&self) -> Result<Option<T>, Infallible> {
        Ok(None)
    }
    fn sum(&self, a: &Option<T>, b: &Option<T>) -> Option<T> {
        a.as_ref()?.sum(b.as_ref()?)
    }
    fn difference(&self, a: &Option<T>, b: &Option<T>) -> Option<T> {
        a.as_ref()?.difference(b.as_ref()?)
    }
    fn product(&self, a: &Option<T>, b: &Option<T>) -> Option<T> {
        let (a, b) = (a.as_ref()?, b.as_ref()?);
        match (a.as_constant(), b.as_constant()) {
            (Some(factor), _) => b.times(factor),
            (_, Some(factor)) => a.times(factor),
            _ => None,
        }
    }
    fn quotient(&self, a: &Option<T>, b: &Option<T>) -> Result<Option<T>, Infallible> {
        let divisor = b.as_ref().and_then(T::as_constant).filter(|d| !d.is_zero());
        Ok(a.as_ref().zip(divisor).and_then(|(a, divisor)| a.times(&divisor.recip())))
    }
    fn larger(&self, a: &Option<T>, b: &Option<T>) -> Option<T> {
        a.as_ref()?.larger(b.as_ref()?)
    }
    fn smaller(&self, a: &Option<T>, b: &Option<T>) -> Option<T> {
        a.as_ref()?.smaller(b.as_ref()?)
    }
    fn root(&self, _: &Option<T>, _: u32) -> Result<Option<T>, Infallible> {
        Ok(None)
    }
    fn apply(&self, function: Function, a: &Option<T>) -> Result<Option<T>, Infallible> {
        Ok(match function {
            Function::Negate => a.as_ref().and_then(|a| a.times(&-Rational::ONE)),
            Function::Abs => a.as_ref().and_then(T::abs),
            Function::Relu => self.larger(a, &self.constant(&Rational::ZERO)),
            Function::Exp | Function::Log | Function::Sin | Function::Cos => None,
        })
    }
}

impl Combined for RidgeSum {
    fn affine(slope: Vec<Rational>, constant: Rational) -> Self {
        Self { slope, ..Self::constant(0, constant) }
    }
    fn as_constant(&self) -> Option<&Rational> {
        let is_constant = self.directions.is_empty() && self.slope.iter().all(Rational::is_zero);
        is_constant.then_some(&self.constant)
    }
    fn sum(&self, other: &Self) -> Option<Self> {
        Some(self.plus(&Rational::ONE, other))
    }
    fn times(&self, factor: &Rational) -> Option<Self> {
        Some(Self::constant(self.slope.len(), Rational::ZERO).plus(factor, self))
    }
    fn larger(&self, other: &Self) -> Option<Self> {
        other.sum(&self.difference(other)?.bent()?)
    }
    fn smaller(&self, other: &Self) -> Option<Self> {
        self.difference(&self.difference(other)?.bent()?)
    }
    fn abs(&self) -> Option<Self> {
        self.bent()?.times(&Rational::integer(2))?.difference(self)
    }
}

/// `a + b`.
fn sum(a: &Form, b: &Form) -> Form {
    let pairs = a.coefficients.iter().zip(&b.coefficients);
    let coefficients = pairs.map(|(a, b)| a + b).collect();
    Form { coefficients, constant: &a.constant + &b.constant }
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

/// Maxima of affine functions.
impl Combined for Vec<Form> {
    fn affine(coefficients: Vec<Rational>, constant: Rational) -> Self {
        vec![Form { coefficients, constant }]
    }
    fn as_constant(&self) -> Option<&Rational> {
        match &self[..] {
            [one] if one.coefficients.iter().all(Rational::is_zero) => Some(&one.constant),
            _ => None,
        }
    }
    fn sum(&self, other: &Self) -> Option<Self> {
        distinct(self.iter().flat_map(|a| other.iter().map(|b| sum(a, b))))
    }
    fn times(&self, factor: &Rational) -> Option<Self> {
        if factor.is_negative() && self.len() > 1 {
            return None;
        }
        distinct(self.iter().map(|form| Form {
            coefficients: form.coefficients.iter().map(|a| factor * a).collect(),
            constant: factor * &form.constant,
        }))
    }
    fn larger(&self, other: &Self) -> Option<Self> {
        distinct(self.iter().chain(other).cloned())
    }
    fn smaller(&self, other: &Self) -> Option<Self> {
        let least = self.as_constant()?.min(other.as_constant()?);
        Some(Self::affine(vec![Rational::ZERO; self[0].coefficients.len()], least.clone()))
    }
    fn abs(&self) -> Option<Self> {
        self.larger(&self.times(&-Rational::ONE)?)
    }
}
