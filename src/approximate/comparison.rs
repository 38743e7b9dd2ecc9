//! Comparisons of quantities: two expressions, computed in fractions or not at all.

use super::expression::{Calculus, Counted, Expression, Function, Operation};
use super::parse::{ExpressionError, comparison};
use crate::analysis::enclosure;
use crate::exact::Rational;
use std::collections::BTreeSet;

/// The longest number that is computed, in bits.
const LONGEST: u64 = 1 << 18;

/// A comparison of quantities with names.
///
/// ```
/// use crease::approximate::Comparison;
/// use crease::exact::Rational;
/// let names = ["regions".to_owned(), "n".to_owned()];
/// let statement = Comparison::parse("regions <= 2^n - choose(n, 2)", &names);
/// let statement = statement.expect("it is well made");
/// let values = [Ok(Rational::integer(5)), Ok(Rational::integer(3))];
/// assert_eq!(statement.right.computed(&values), Ok(Rational::integer(5)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What is compared.
    pub left: Expression,
    /// `<=`, `<`, `>=`, `>` or `=`.
    pub sign: &'static str,
    /// With what.
    pub right: Expression,
}

impl Comparison {
    /// Reads a comparison of quantities with these names; the grammar stands at the head of
    /// `expression.rs`.
    ///
    /// Errors: as for [`Expression::parse`].
    pub fn parse(text: &str, names: &[String]) -> Result<Self, ExpressionError> {
        comparison(text, names)
    }

    /// The quantities that occur, as indices into the names, increasing.
    pub fn quantities(&self) -> BTreeSet<usize> {
        let steps = self.left.steps().iter().chain(self.right.steps());
        let index = |step: &Operation| match step {
            Operation::Input(index) => Some(*index),
            _ => None,
        };
        steps.filter_map(index).collect()
    }
}

/// Why a number is not computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It would be too long.
    TooLong,
    /// There is none, or none that is a fraction, for this reason.
    Undefined(&'static str),
}

impl Why {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooLong => "a number is too long",
            Self::Undefined(why) => why,
        }
    }
}

type Value = Result<Rational, Why>;

impl Expression {
    /// The value for these quantities, each of which may be unknown for a reason.
    ///
    /// Errors: the first reason met.
    pub fn computed(&self, quantities: &[Value]) -> Value {
        let value = self.value(&Fractions, quantities, &Ok(Rational::ZERO));
        value.unwrap_or_else(Err)
    }
}

/// A function of two numbers, the second of which has to be whole.
pub(super) fn counted(what: Counted, a: &Rational, b: &Rational) -> Value {
    match what {
        Counted::Choose => choose(a, b),
        Counted::Power => power(a, b),
    }
}

fn choose(n: &Rational, k: &Rational) -> Value {
    let whole = |x: &Rational| x.is_integer() && !x.is_negative();
    if !whole(n) || !whole(k) {
        return Err(Why::Undefined("choose is of two whole numbers"));
    }
    if k > n {
        return Ok(Rational::ZERO);
    }
    let fewer = k.min(&(n - k)).clone();
    let index = |x: &Rational| x.wide_integer().and_then(|x| usize::try_from(x).ok());
    let Some(steps) = index(&fewer) else { return Err(Why::TooLong) };
    // It is at least (n / k)^k, and at most (3 n / k)^k.
    let bits = (n / fewer.clone().max(Rational::ONE)).floor().bits().max(1);
    if bits.saturating_mul(steps as u64) > Expression::MAX_BITS {
        return Err(Why::TooLong);
    }
    let factor = |i: usize| (n - Rational::from(i)) / Rational::from(i + 1);
    Ok((0..steps).map(factor).product())
}

fn power(a: &Rational, b: &Rational) -> Value {
    if !b.is_integer() {
        return Err(Why::Undefined("a power whose exponent is not whole"));
    }
    if a.is_zero() && b.is_negative() {
        return Err(Why::Undefined("a division by zero"));
    }
    if a.is_zero() || *a == Rational::ONE {
        return Ok(if b.is_zero() { Rational::ONE } else { a.clone() });
    }
    let exponent = b.wide_integer().and_then(|b| i32::try_from(b).ok()).ok_or(Why::TooLong)?;
    let bits = a.bits().max(1).saturating_mul(exponent.unsigned_abs().into());
    if bits > LONGEST { Err(Why::TooLong) } else { Ok(a.pow(exponent)) }
}

/// Fractions, or why there is none.
struct Fractions;

fn both(a: &Value, b: &Value, f: impl Fn(&Rational, &Rational) -> Rational) -> Value {
    match (a, b) {
        (Ok(a), Ok(b)) => short(f(a, b)),
        (Err(why), _) | (_, Err(why)) => Err(*why),
    }
}

fn short(x: Rational) -> Value {
    if x.bits() > LONGEST { Err(Why::TooLong) } else { Ok(x) }
}

impl Calculus for Fractions {
    type Value = Value;
    type Error = Why;

    fn constant(&self, x: &Rational) -> Value {
        Ok(x.clone())
    }
    fn pi(&self) -> Result<Value, Why> {
        Err(Why::Undefined("a number that is no fraction"))
    }
    fn sum(&self, a: &Value, b: &Value) -> Value {
        both(a, b, |a, b| a + b)
    }
    fn difference(&self, a: &Value, b: &Value) -> Value {
        both(a, b, |a, b| a - b)
    }
    fn product(&self, a: &Value, b: &Value) -> Value {
        both(a, b, |a, b| a * b)
    }
    fn quotient(&self, a: &Value, b: &Value) -> Result<Value, Why> {
        match b {
            Ok(b) if b.is_zero() => Err(Why::Undefined("a division by zero")),
            _ => Ok(both(a, b, |a, b| a / b)),
        }
    }
    fn larger(&self, a: &Value, b: &Value) -> Value {
        both(a, b, |a, b| a.max(b).clone())
    }
    fn smaller(&self, a: &Value, b: &Value) -> Value {
        both(a, b, |a, b| a.min(b).clone())
    }
    fn root(&self, a: &Value, order: u32) -> Result<Value, Why> {
        let none = Why::Undefined("a root that is no fraction");
        // No place after the point is asked for: only the width of the enclosure tells.
        let root = enclosure::root(a.as_ref().map_err(|why| *why)?, order, 0).map_err(|_| none)?;
        if root.width().is_zero() { Ok(Ok(root.lo().clone())) } else { Err(none) }
    }
    fn apply(&self, function: Function, a: &Value) -> Result<Value, Why> {
        let a = a.as_ref().map_err(|why| *why)?;
        Ok(Ok(match function {
            Function::Negate => -a,
            Function::Abs => a.abs(),
            Function::Relu => a.max(&Rational::ZERO).clone(),
            Function::Exp | Function::Log | Function::Sin | Function::Cos => {
                return Err(Why::Undefined("a number that is no fraction"));
            }
        }))
    }
    fn count(&self, what: Counted, a: &Value, b: &Value) -> Result<Value, Why> {
        let [a, b] = [a, b].map(|x| x.as_ref().map_err(|why| *why));
        counted(what, a?, b?).map(Ok)
    }
}
