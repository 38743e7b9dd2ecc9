//! Values of expressions in fractions, without rounding, where every step is a fraction.

use super::expression::{Calculus, Expression, Function};
use crate::analysis::enclosure;
use crate::exact::Rational;

/// Fractions.
struct Exactly;

/// A step whose result is not defined, or not known to be a fraction.
struct NoFraction;

impl Calculus for Exactly {
    type Value = Rational;
    type Error = NoFraction;

    fn constant(&self, x: &Rational) -> Rational {
        x.clone()
    }
    fn pi(&self) -> Result<Rational, NoFraction> {
        Err(NoFraction)
    }
    fn sum(&self, a: &Rational, b: &Rational) -> Rational {
        a + b
    }
    fn difference(&self, a: &Rational, b: &Rational) -> Rational {
        a - b
    }
    fn product(&self, a: &Rational, b: &Rational) -> Rational {
        a * b
    }
    fn quotient(&self, a: &Rational, b: &Rational) -> Result<Rational, NoFraction> {
        if b.is_zero() { Err(NoFraction) } else { Ok(a / b) }
    }
    fn larger(&self, a: &Rational, b: &Rational) -> Rational {
        a.max(b).clone()
    }
    fn smaller(&self, a: &Rational, b: &Rational) -> Rational {
        a.min(b).clone()
    }
    fn root(&self, a: &Rational, order: u32) -> Result<Rational, NoFraction> {
        // No place after the point is asked for: only the width of the enclosure tells.
        let root = enclosure::root(a, order, 0).map_err(|_| NoFraction)?;
        if root.width().is_zero() { Ok(root.lo().clone()) } else { Err(NoFraction) }
    }
    fn apply(&self, function: Function, a: &Rational) -> Result<Rational, NoFraction> {
        let at = |argument: Rational, value: Rational| {
            if *a == argument { Ok(value) } else { Err(NoFraction) }
        };
        match function {
            Function::Negate => Ok(-a),
            Function::Abs => Ok(a.abs()),
            Function::Relu => Ok(a.max(&Rational::ZERO).clone()),
            Function::Exp | Function::Cos => at(Rational::ZERO, Rational::ONE),
            Function::Log => at(Rational::ONE, Rational::ZERO),
            Function::Sin => at(Rational::ZERO, Rational::ZERO),
        }
    }
}

impl Expression {
    /// The value, if every step of it is a fraction: sums, products, roots of powers, and the
    /// exponential, logarithm, sine and cosine where they are 0 or 1 for a fraction, which they are
    /// nowhere else. `None` also where the function is not defined. Panics if the point has another
    /// dimension.
    pub fn exact(&self, point: &[Rational]) -> Option<Rational> {
        self.at(&Exactly, point).ok()
    }
}
