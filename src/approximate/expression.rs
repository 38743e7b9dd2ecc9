//! Expressions: a function as a list of steps.
//!
//! ```text
//! sum      = product { ("+" | "-") product }
//! product  = signed { ("*" | "/") signed }
//! signed   = "-" signed | power
//! power    = primary [ "^" exponent ]             x^2^3 must say which power is meant
//! exponent = number | "(" ["-"] number ["/" number] ")"
//! primary  = number | "pi" | "x1" | "x2" | .. | "|x|^2" | call | "(" sum ")"
//! call     = name "(" sum { "," sum } ")"
//! name     = "abs" | "relu" | "sqrt" | "exp" | "log" | "sin" | "cos"      of one argument
//!          | "max" | "min"                                               of two or more
//! number   = digits [ "." digits ]
//! ```
//!
//! Spaces may stand between any two of these. `x` is `x1` where there is one input; `|x|^2`, also
//! written `normsq`, is the sum of the squares of all inputs. A fraction such as `3/7` is a
//! quotient of two numbers, and computed at once, like every other operation on numbers. An
//! exponent is a number without a variable: whole, or a fraction `p/q`, which is the `p`-th power
//! of the `q`-th root.
//!
//! Between quantities, which have names instead of numbers, stands a comparison:
//!
//! ```text
//! comparison = sum ( "<=" | ">=" | "<" | ">" | "=" ) sum
//! exponent   = primary
//! primary    = number | quantity | quantity "(" number ")" | call | "(" sum ")"
//! name       = "abs" | "relu" | "sqrt" | "choose", which has two arguments | "max" | "min"
//! ```

use crate::exact::Rational;
use std::fmt;

/// A real function of `dimension` variables.
///
/// ```
/// use crease::approximate::Expression;
/// use crease::exact::Rational;
/// let f = Expression::parse("abs(x1) - x2^2/3", 2).expect("it is well made");
/// let point = [Rational::integer(-2), Rational::integer(3)];
/// assert_eq!(f.exact(&point), Some(Rational::integer(-1)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    pub(super) dimension: usize,
    pub(super) text: String,
    /// Each step uses earlier ones only; the last one is the value.
    pub(super) steps: Vec<Operation>,
}

/// One step of an expression. Operands are indices of earlier steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A number.
    Constant(Rational),
    /// The number pi.
    Pi,
    /// An input, counted from zero.
    Input(usize),
    /// The sum of the squares of all inputs.
    SquaredNorm,
    /// The sum of two steps.
    Sum(usize, usize),
    /// The first step minus the second.
    Difference(usize, usize),
    /// The product of two steps.
    Product(usize, usize),
    /// The first step over the second.
    Quotient(usize, usize),
    /// The greater one of two steps.
    Larger(usize, usize),
    /// The lesser one of two steps.
    Smaller(usize, usize),
    /// A positive power.
    Power(usize, u32),
    /// The root of this order, at least 2, of what is not negative.
    Root(usize, u32),
    /// A function of one step.
    Apply(Function, usize),
    /// A function of two quantities; a function of real inputs has no such step.
    Count(Counted, usize, usize),
}

/// What counts: functions of two quantities, the second of which is a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The binomial coefficient.
    Choose,
    /// The power.
    Power,
}

/// The functions of one argument; roots are operations of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The opposite number.
    Negate,
    /// The absolute value.
    Abs,
    /// The greater one of the argument and 0.
    Relu,
    /// The exponential.
    Exp,
    /// The natural logarithm.
    Log,
    /// The sine.
    Sin,
    /// The cosine.
    Cos,
}

/// What an expression can be computed in: floats, fractions, enclosures.
pub trait Calculus {
    /// What stands for a number.
    type Value: Clone;
    /// Why a step has no value.
    type Error;
    /// The number itself.
    fn constant(&self, x: &Rational) -> Self::Value;
    /// The number pi.
    fn pi(&self) -> Result<Self::Value, Self::Error>;
    /// `a + b`.
    fn sum(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// `a - b`.
    fn difference(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// `a b`.
    fn product(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// `a / b`.
    fn quotient(&self, a: &Self::Value, b: &Self::Value) -> Result<Self::Value, Self::Error>;
    /// `a^2`, by default a product.
    fn square(&self, a: &Self::Value) -> Self::Value {
        self.product(a, a)
    }
    /// The greater one.
    fn larger(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// The lesser one.
    fn smaller(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// The root of this order.
    fn root(&self, a: &Self::Value, order: u32) -> Result<Self::Value, Self::Error>;
    /// A function of one argument.
    fn apply(&self, function: Function, a: &Self::Value) -> Result<Self::Value, Self::Error>;
    /// A function of two quantities. Panics, unless quantities are what this computes with: nothing
    /// else has such a step.
    fn count(
        &self,
        _: Counted,
        _: &Self::Value,
        _: &Self::Value,
    ) -> Result<Self::Value, Self::Error> {
        unreachable!("functions of real inputs count nothing")
    }

    /// The power with a positive exponent, by squares and products.
    fn power(&self, a: &Self::Value, exponent: u32) -> Self::Value {
        let mut power = a.clone();
        for bit in (0..exponent.max(1).ilog2()).rev() {
            power = self.square(&power);
            if exponent >> bit & 1 == 1 {
                power = self.product(&power, a);
            }
        }
        power
    }
}

impl Expression {
    /// The longest text that is read, in bytes.
    pub const MAX_TEXT: usize = 10_000;
    /// The most steps.
    pub const MAX_STEPS: usize = 2_000;
    /// The deepest nesting of parentheses and signs.
    pub const MAX_DEPTH: usize = 50;
    /// The largest exponent, and the largest order of a root.
    pub const MAX_EXPONENT: u32 = 1_000;
    /// The longest numerator or denominator of a number, in bits.
    pub const MAX_BITS: u64 = 4_096;

    /// The number of variables.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The steps; each uses earlier ones, and the last one is the value.
    pub fn steps(&self) -> &[Operation] {
        &self.steps
    }

    /// Whether the inputs occur in `|x|^2` only.
    pub fn is_radial(&self) -> bool {
        !self.steps.iter().any(|step| matches!(step, Operation::Input(_)))
    }

    /// Whether `|x|^2` occurs.
    pub fn uses_squared_norm(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Operation::SquaredNorm))
    }

    /// The function of one variable that `|x|^2` is put into, if the inputs occur there only.
    pub fn profile(&self) -> Option<Self> {
        let text = self.text.replace("|x|^2", "x").replace("normsq", "x");
        let step = |step: &Operation| match step {
            Operation::SquaredNorm => Operation::Input(0),
            other => other.clone(),
        };
        let steps = self.steps.iter().map(step).collect();
        self.is_radial().then_some(Self { dimension: 1, text, steps })
    }

    /// The value where the inputs, and the sum of their squares, are these.
    ///
    /// Errors: those of the calculus. Panics if a variable is missing.
    pub fn value<C: Calculus>(
        &self,
        calculus: &C,
        inputs: &[C::Value],
        squared_norm: &C::Value,
    ) -> Result<C::Value, C::Error> {
        let mut values: Vec<C::Value> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let value = match step {
                Operation::Constant(x) => calculus.constant(x),
                Operation::Pi => calculus.pi()?,
                Operation::Input(i) => inputs[*i].clone(),
                Operation::SquaredNorm => squared_norm.clone(),
                Operation::Sum(a, b) => calculus.sum(&values[*a], &values[*b]),
                Operation::Difference(a, b) => calculus.difference(&values[*a], &values[*b]),
                Operation::Product(a, b) => calculus.product(&values[*a], &values[*b]),
                Operation::Quotient(a, b) => calculus.quotient(&values[*a], &values[*b])?,
                Operation::Larger(a, b) => calculus.larger(&values[*a], &values[*b]),
                Operation::Smaller(a, b) => calculus.smaller(&values[*a], &values[*b]),
                Operation::Power(a, exponent) => calculus.power(&values[*a], *exponent),
                Operation::Root(a, order) => calculus.root(&values[*a], *order)?,
                Operation::Apply(function, a) => calculus.apply(*function, &values[*a])?,
                Operation::Count(counted, a, b) => {
                    calculus.count(*counted, &values[*a], &values[*b])?
                }
            };
            values.push(value);
        }
        Ok(values.pop().expect("an expression has a step"))
    }

    /// The value at a point. Errors: those of the calculus. Panics if the lengths differ.
    pub fn at<C: Calculus>(&self, calculus: &C, point: &[C::Value]) -> Result<C::Value, C::Error> {
        let (expected, found) = (self.dimension, point.len());
        assert!(expected == found, "the function has {expected} variables, found {found}");
        let squares = point.iter().map(|x| calculus.square(x));
        let sum = squares.reduce(|a, b| calculus.sum(&a, &b));
        let sum = sum.unwrap_or_else(|| calculus.constant(&Rational::ZERO));
        self.value(calculus, point, &sum)
    }
}

/// The text without its spaces.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
