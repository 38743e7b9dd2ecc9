//! Enclosures in fixed point: two integers over one power of two, every operation rounded outward.

use super::Enclosure;
use crate::exact::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Signed;

/// The interval from `lo / 2^places` to `hi / 2^places`; both operands of an operation have the
/// same number of places.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    lo: BigInt,
    hi: BigInt,
    places: u32,
}

impl Fixed {
    pub(super) fn new(x: &Rational, places: u32) -> Self {
        let (n, d) = (x.numerator() << places, x.denominator());
        Self { lo: n.div_floor(&d), hi: n.div_ceil(&d), places }
    }

    pub(super) fn covering(x: &Enclosure, places: u32) -> Self {
        Self { lo: Self::new(x.lo(), places).lo, hi: Self::new(x.hi(), places).hi, places }
    }

    fn with(&self, lo: BigInt, hi: BigInt) -> Self {
        Self { lo, hi, places: self.places }
    }

    pub(super) fn sum(&self, other: &Self) -> Self {
        self.with(&self.lo + &other.lo, &self.hi + &other.hi)
    }

    pub(super) fn difference(&self, other: &Self) -> Self {
        self.with(&self.lo - &other.hi, &self.hi - &other.lo)
    }

    pub(super) fn product(&self, other: &Self) -> Self {
        let ends = [
            &self.lo * &other.lo,
            &self.lo * &other.hi,
            &self.hi * &other.lo,
            &self.hi * &other.hi,
        ];
        let lo = ends.iter().min().expect("there are four") >> self.places;
        let hi = ceil_shift(ends.iter().max().expect("there are four"), self.places);
        self.with(lo, hi)
    }

    pub(super) fn times(&self, factor: i64) -> Self {
        let (a, b) = (&self.lo * factor, &self.hi * factor);
        if factor < 0 { self.with(b, a) } else { self.with(a, b) }
    }

    pub(super) fn times_big(&self, factor: &BigInt) -> Self {
        let (a, b) = (&self.lo * factor, &self.hi * factor);
        if factor.is_negative() { self.with(b, a) } else { self.with(a, b) }
    }

    /// The quotient by a positive integer.
    pub(super) fn over(&self, divisor: u64) -> Self {
        let divisor = BigInt::from(divisor);
        self.with(self.lo.div_floor(&divisor), self.hi.div_ceil(&divisor))
    }

    /// The quotient of a number that is not negative by one that is positive.
    pub(super) fn quotient(&self, other: &Self) -> Self {
        let lo = (&self.lo << self.places).div_floor(&other.hi);
        self.with(lo, (&self.hi << self.places).div_ceil(&other.lo))
    }

    /// The square root of a number that is not negative.
    pub(super) fn root(&self) -> Self {
        let lo = (&self.lo << self.places).sqrt();
        self.with(lo, ceil_root(&(&self.hi << self.places)))
    }

    /// The largest absolute value, in units of the last place.
    pub(super) fn magnitude(&self) -> BigInt {
        self.lo.abs().max(self.hi.abs())
    }

    /// The interval with both ends moved outward, in units of the last place.
    pub(super) fn widened(&self, by: &BigInt) -> Self {
        self.with(&self.lo - by, &self.hi + by)
    }

    /// Both ends rounded outward to fewer places.
    fn shortened(&self, places: u32) -> Self {
        let drop = self.places - places;
        Self { lo: &self.lo >> drop, hi: ceil_shift(&self.hi, drop), places }
    }

    /// Computes with more and more places until the result, rounded to `bits + 2` of them, is at
    /// most `2^-bits` wide.
    pub(super) fn to_width(bits: u32, guard: u32, attempt: impl Fn(u32) -> Self) -> Enclosure {
        let mut extra = guard.max(2);
        loop {
            let found = attempt(bits + extra).shortened(bits + 2);
            if &found.hi - &found.lo <= BigInt::from(4) {
                return found.enclosure();
            }
            extra *= 2;
        }
    }

    fn enclosure(self) -> Enclosure {
        let unit = BigInt::from(1) << self.places;
        let lo = Rational::from_parts(self.lo, unit.clone());
        Enclosure::new(lo, Rational::from_parts(self.hi, unit))
    }
}

/// `x / 2^places` rounded up; the shift itself rounds down, also below zero.
fn ceil_shift(x: &BigInt, places: u32) -> BigInt {
    -(-x >> places)
}

/// The least integer whose square is at least `x`, which is not negative.
pub(super) fn ceil_root(x: &BigInt) -> BigInt {
    let root = x.sqrt();
    if &root * &root == *x { root } else { root + 1 }
}

/// The greatest integer whose power of this order, which is not 0, is at most `x`, which is not
/// negative.
///
/// Newton's method from above: the root of the leading half of `x` is rounded up, and no later
/// value falls below the result. Cost: a few dozen powers; from a power of two, as libraries begin,
/// it would be as many as the order.
pub(super) fn floor_root(x: &BigInt, order: u32) -> BigInt {
    let bits = x.bits().div_ceil(order.into());
    // A guess that is not within a part in `order` comes nearer only step by step.
    if bits <= 16 {
        return (0..bits).rev().fold(BigInt::ZERO, |root, bit| {
            let greater: BigInt = &root + (1u32 << bit);
            if greater.pow(order) <= *x { greater } else { root }
        });
    }
    let half = bits / 2;
    let mut root: BigInt = (floor_root(&(x >> (half * u64::from(order))), order) + 1) << half;
    loop {
        let next = (&root * (order - 1) + x / root.pow(order - 1)) / order;
        if next >= root {
            return root;
        }
        root = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_the_greatest_whose_power_fits() {
        let numbers = [0u64, 1, 2, 7, 8, 9, 80, 81, 1 << 33, u64::MAX].map(BigInt::from);
        let long = numbers.iter().map(|n| (n + 3u32).pow(40) - 1u32);
        for x in numbers.iter().cloned().chain(long) {
            for order in [1, 2, 3, 5, 64, 1000] {
                let root = floor_root(&x, order);
                assert!(root.pow(order) <= x && (&root + 1u32).pow(order) > x, "{x}, {order}");
            }
        }
    }

    /// The thousandth root of 533^253 to a hundred places: seven hundred steps from a power of two.
    #[test]
    fn a_high_root_of_a_long_number_takes_few_steps() {
        let x = BigInt::from(533).pow(253) << 100_000;
        let root = floor_root(&x, 1000);
        assert_eq!(&root >> 98, BigInt::from(19), "4.8969, four times");
        assert!(root.pow(1000) <= x && (root + 1u32).pow(1000) > x);
    }
}
