//! Rational enclosures of irrational numbers, rounded outward to a requested width.
//!
//! Arithmetic on enclosures is exact on their ends, so it never loses the enclosed number; to keep
//! the ends short, round them outward now and then. The functions return dyadic ends: fractions
//! over a power of two, at most two places longer than the width asks for.

mod functions;
mod integer_root;

pub use functions::{arccos, cos, erf, exp, ln, pi, root, sin, sqrt};
pub use integer_root::floor_root;

use crate::exact::Rational;
use num_bigint::BigInt;

/// A closed interval of rationals that is known to hold a number.
///
/// Law: the lower end is at most the upper one, and every operation holds all results of the
/// operation on held numbers.
///
/// ```
/// use crease::analysis::enclosure;
/// use crease::exact::Rational;
/// let root = enclosure::sqrt(&Rational::integer(2), 10).expect("2 is not negative");
/// assert_eq!(root.lo().to_string(), "181/128");
/// assert_eq!(root.hi().to_string(), "1449/1024");
/// assert!(root.product(&root).contains(&Rational::integer(2)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    lo: Rational,
    hi: Rational,
}

/// Why a function has no value to enclose.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// The square root of a negative number.
    #[error("the square root of {0} is not real")]
    NegativeRoot(Rational),
    /// The logarithm of a number that is not positive.
    #[error("the logarithm of {0} does not exist")]
    LogarithmOfNonPositive(Rational),
    /// The inverse cosine of a number beyond 1 or -1.
    #[error("{0} is no cosine")]
    NoCosine(Rational),
    /// The exponential of a number so large that its integer part would not be kept in memory.
    #[error("the exponential of a number above {} is not computed", functions::MAX_EXPONENT)]
    ExponentTooLarge,
    /// The quotient by a number that may be zero.
    #[error("the divisor between {0} and {1} may be zero")]
    DivisorMayBeZero(Rational, Rational),
}

impl Enclosure {
    /// The interval from `lo` to `hi`. Panics if `lo > hi`.
    pub fn new(lo: Rational, hi: Rational) -> Self {
        assert!(lo <= hi, "an enclosure runs upwards, not from {lo} to {hi}");
        Self { lo, hi }
    }

    /// The interval that holds `x` alone.
    pub fn point(x: Rational) -> Self {
        Self { lo: x.clone(), hi: x }
    }

    /// The lower end.
    pub fn lo(&self) -> &Rational {
        &self.lo
    }

    /// The upper end.
    pub fn hi(&self) -> &Rational {
        &self.hi
    }

    /// The number, if the interval holds no other.
    pub fn value(&self) -> Option<&Rational> {
        (self.lo == self.hi).then_some(&self.lo)
    }

    /// The distance of the ends.
    pub fn width(&self) -> Rational {
        &self.hi - &self.lo
    }

    /// Whether `x` lies in the interval, its ends included.
    pub fn contains(&self, x: &Rational) -> bool {
        self.lo <= *x && *x <= self.hi
    }

    /// Whether some number lies in both intervals.
    pub fn meets(&self, other: &Self) -> bool {
        self.lo <= other.hi && other.lo <= self.hi
    }

    /// Holds every sum of held numbers.
    pub fn sum(&self, other: &Self) -> Self {
        Self::new(&self.lo + &other.lo, &self.hi + &other.hi)
    }

    /// Holds every difference of held numbers.
    pub fn difference(&self, other: &Self) -> Self {
        Self::new(&self.lo - &other.hi, &self.hi - &other.lo)
    }

    /// Holds every product of held numbers.
    pub fn product(&self, other: &Self) -> Self {
        Self::hull([
            &self.lo * &other.lo,
            &self.lo * &other.hi,
            &self.hi * &other.lo,
            &self.hi * &other.hi,
        ])
    }

    /// Holds every quotient of held numbers, unless the divisor may be zero.
    pub fn quotient(&self, other: &Self) -> Result<Self, DomainError> {
        if other.contains(&Rational::ZERO) {
            return Err(DomainError::DivisorMayBeZero(other.lo.clone(), other.hi.clone()));
        }
        Ok(self.product(&Self::new(other.hi.recip(), other.lo.recip())))
    }

    /// Holds `factor` times every held number.
    pub fn scale(&self, factor: &Rational) -> Self {
        self.product(&Self::point(factor.clone()))
    }

    /// Holds every value of a function that does not decrease, which `function` encloses.
    pub fn increasing(&self, function: impl Fn(&Rational) -> Self) -> Self {
        match self.value() {
            Some(x) => function(x),
            None => Self::new(function(&self.lo).lo, function(&self.hi).hi),
        }
    }

    /// The smallest enclosing interval whose ends are multiples of `2^-places`.
    pub fn outward(&self, places: u32) -> Self {
        let unit = Rational::from(BigInt::from(1) << places);
        Self::new((&self.lo * &unit).floor() / &unit, (&self.hi * &unit).ceil() / &unit)
    }

    fn hull(ends: [Rational; 4]) -> Self {
        let lo = ends.iter().min().expect("there are four").clone();
        let hi = ends.into_iter().max().expect("there are four");
        Self::new(lo, hi)
    }
}
