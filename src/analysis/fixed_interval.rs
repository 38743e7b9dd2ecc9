//! Intervals with fixed-point ends, every operation rounded outward.

use super::enclosure::Enclosure;
use crate::exact::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

/// The interval from `lo / 2^places` to `hi / 2^places`.
///
/// The caller keeps the number of places, which is the same for all operands of an operation.
/// Law: the result of an operation holds all results of the operation on held numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FixedInterval {
    /// The lower end, in units of the last place.
    pub lo: BigInt,
    /// The upper end, in units of the last place.
    pub hi: BigInt,
}

impl FixedInterval {
    /// The interval that holds zero alone.
    pub fn zero() -> Self {
        Self { lo: BigInt::ZERO, hi: BigInt::ZERO }
    }

    /// The smallest interval around a number.
    pub fn around(x: &Rational, places: u32) -> Self {
        Self::covering(x, x, places)
    }

    /// The smallest interval that holds two numbers, `lo <= hi`, and all numbers between them.
    pub fn covering(lo: &Rational, hi: &Rational, places: u32) -> Self {
        let (n, d) = (lo.numerator() << places, lo.denominator());
        let (m, e) = (hi.numerator() << places, hi.denominator());
        Self { lo: n.div_floor(&d), hi: m.div_ceil(&e) }
    }

    pub fn sum(&self, other: &Self) -> Self {
        Self { lo: &self.lo + &other.lo, hi: &self.hi + &other.hi }
    }

    pub fn difference(&self, other: &Self) -> Self {
        Self { lo: &self.lo - &other.hi, hi: &self.hi - &other.lo }
    }

    pub fn negated(self) -> Self {
        Self { lo: -self.hi, hi: -self.lo }
    }

    pub fn product(&self, other: &Self, places: u32) -> Self {
        if self.lo.is_zero() && self.hi.is_zero() {
            return Self::zero();
        }
        let ends = [
            &self.lo * &other.lo,
            &self.lo * &other.hi,
            &self.hi * &other.lo,
            &self.hi * &other.hi,
        ];
        let lo = ends.iter().min().expect("there are four") >> places;
        Self { lo, hi: shifted_up(ends.iter().max().expect("there are four"), places) }
    }

    /// The product with an integer.
    pub fn times(&self, factor: &BigInt) -> Self {
        let product = Self { lo: &self.lo * factor, hi: &self.hi * factor };
        if factor.is_negative() { Self { lo: product.hi, hi: product.lo } } else { product }
    }

    /// The quotient by a positive integer.
    pub fn over(&self, divisor: u64) -> Self {
        let divisor = BigInt::from(divisor);
        Self { lo: self.lo.div_floor(&divisor), hi: self.hi.div_ceil(&divisor) }
    }

    /// The quotient of a number that is not negative by one that is positive.
    pub fn quotient(&self, other: &Self, places: u32) -> Self {
        let lo = (&self.lo << places).div_floor(&other.hi);
        Self { lo, hi: (&self.hi << places).div_ceil(&other.lo) }
    }

    /// The intersection; the two intervals have a common number.
    pub fn meet(self, other: &Self) -> Self {
        Self { lo: self.lo.max(other.lo.clone()), hi: self.hi.min(other.hi.clone()) }
    }

    pub fn contains_zero(&self) -> bool {
        !self.lo.is_positive() && !self.hi.is_negative()
    }

    /// The largest absolute value, in units of the last place.
    pub fn magnitude(&self) -> BigInt {
        self.lo.abs().max(self.hi.abs())
    }

    /// The interval with both ends moved outward, in units of the last place.
    pub fn widened(&self, by: &BigInt) -> Self {
        Self { lo: &self.lo - by, hi: &self.hi + by }
    }

    /// The interval in fewer places: both ends divided by `2^drop` and rounded outward.
    pub fn shortened(&self, drop: u32) -> Self {
        Self { lo: &self.lo >> drop, hi: shifted_up(&self.hi, drop) }
    }

    /// The interval as an enclosure.
    pub fn enclosure(&self, places: u32) -> Enclosure {
        Enclosure::new(number(&self.lo, places), number(&self.hi, places))
    }
}

/// `x / 2^places`.
pub(super) fn number(x: &BigInt, places: u32) -> Rational {
    Rational::from_parts(x.clone(), BigInt::from(1) << places)
}

/// `x / 2^places` rounded up; the shift itself rounds down, also below zero.
pub(super) fn shifted_up(x: &BigInt, places: u32) -> BigInt {
    -(-x >> places)
}
