//! Values of expressions in floating point: proposals.

use super::expression::{Calculus, Expression, Function};
use crate::exact::{Rational, float};
use std::convert::Infallible;

/// Doubles. Where a function is not defined, not a number.
struct Nearest;

impl Calculus for Nearest {
    type Value = f64;
    type Error = Infallible;

    fn constant(&self, x: &Rational) -> f64 {
        float::nearest(x)
    }
    fn pi(&self) -> Result<f64, Infallible> {
        Ok(std::f64::consts::PI)
    }
    fn sum(&self, a: &f64, b: &f64) -> f64 {
        a + b
    }
    fn difference(&self, a: &f64, b: &f64) -> f64 {
        a - b
    }
    fn product(&self, a: &f64, b: &f64) -> f64 {
        a * b
    }
    fn quotient(&self, a: &f64, b: &f64) -> Result<f64, Infallible> {
        Ok(a / b)
    }
    fn larger(&self, a: &f64, b: &f64) -> f64 {
        a.max(*b)
    }
    fn smaller(&self, a: &f64, b: &f64) -> f64 {
        a.min(*b)
    }
    fn root(&self, a: &f64, order: u32) -> Result<f64, Infallible> {
        Ok(if order == 2 { a.sqrt() } else { a.powf(f64::from(order).recip()) })
    }
    fn apply(&self, function: Function, a: &f64) -> Result<f64, Infallible> {
        Ok(match function {
            Function::Negate => -a,
            Function::Abs => a.abs(),
            Function::Relu => a.max(0.0),
            Function::Exp => a.exp(),
            Function::Log => a.ln(),
            Function::Sin => a.sin(),
            Function::Cos => a.cos(),
        })
    }
}

impl Expression {
    /// The value in floating point: a proposal. Panics if the point has another dimension.
    pub fn nearest(&self, point: &[f64]) -> f64 {
        self.at(&Nearest, point).unwrap_or_else(|never| match never {})
    }
}
