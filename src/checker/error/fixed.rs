//! Fixed point: intervals of integers over one power of two, every operation rounded outward.

use super::Fraction;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The longest number that a function may lead to, in bits.
const MAX_LENGTH: u64 = 1 << 14;
/// The largest argument of the exponential.
const MAX_EXPONENT: i64 = 1 << 12;

/// The places after the point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fixed {
    pub(super) places: u64,
}

/// An interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) lo: BigInt,
    pub(super) hi: BigInt,
}

/// A function that has no value on an interval, as far as is known, or none within the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoValue;

type Known<T> = Result<T, NoValue>;

impl Span {
    pub(super) fn point(x: BigInt) -> Self {
        Self { lo: x.clone(), hi: x }
    }

    pub(super) fn of(lo: i64, hi: i64) -> Self {
        Self { lo: lo.into(), hi: hi.into() }
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self { lo: &self.lo + &other.lo, hi: &self.hi + &other.hi }
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        Self { lo: &self.lo - &other.hi, hi: &self.hi - &other.lo }
    }

    pub(super) fn meet(&self, other: &Self) -> Self {
        Self { lo: (&self.lo).max(&other.lo).clone(), hi: (&self.hi).min(&other.hi).clone() }
    }

    /// The largest absolute value.
    pub(super) fn size(&self) -> BigInt {
        self.lo.abs().max(self.hi.abs())
    }

    pub(super) fn widened(&self, by: &BigInt) -> Self {
        Self { lo: &self.lo - by, hi: &self.hi + by }
    }

    /// Times an integer, over a positive one.
    fn scaled(&self, factor: i64, divisor: u64) -> Self {
        let (a, b) = (&self.lo * factor, &self.hi * factor);
        let (lo, hi) = if factor < 0 { (b, a) } else { (a, b) };
        let divisor = BigInt::from(divisor);
        Self { lo: lo.div_floor(&divisor), hi: hi.div_ceil(&divisor) }
    }

    fn shifted(&self, right: u64) -> Self {
        Self { lo: &self.lo >> right, hi: ceil_shift(&self.hi, right) }
    }

    pub(super) fn is_short(&self) -> Known<()> {
        if self.lo.bits().max(self.hi.bits()) <= MAX_LENGTH { Ok(()) } else { Err(NoValue) }
    }
}

pub(super) fn ceil_shift(x: &BigInt, right: u64) -> BigInt {
    -(-x >> right)
}

impl Fixed {
    pub(super) fn one(self) -> BigInt {
        BigInt::one() << self.places
    }

    fn finer(self, by: u64) -> Self {
        Self { places: self.places + by }
    }

    pub(super) fn fraction(self, x: &Fraction) -> Span {
        let num = &x.num << self.places;
        Span { lo: num.div_floor(&x.den), hi: num.div_ceil(&x.den) }
    }

    pub(super) fn times(self, a: &Span, b: &Span) -> Span {
        let ends = [&a.lo * &b.lo, &a.lo * &b.hi, &a.hi * &b.lo, &a.hi * &b.hi];
        let (lo, hi) = (ends.iter().min(), ends.iter().max());
        let (lo, hi) = (lo.expect("there are four"), hi.expect("there are four"));
        Span { lo: lo >> self.places, hi: ceil_shift(hi, self.places) }
    }

    /// `e^t`: the `2^k`-th power of `e^y` with `y = t / 2^k` and `|y| < 2^-8`. In the series of
    /// that, what follows a term is less than the term.
    pub(super) fn exp(self, t: &BigInt) -> Known<Span> {
        let whole = (t >> self.places).to_i64().filter(|n| *n <= MAX_EXPONENT).ok_or(NoValue);
        let whole = if t.is_negative() { whole.unwrap_or(i64::MIN / 2) } else { whole? };
        if whole < -self.places.to_i64().ok_or(NoValue)? {
            // Below e^(-places), which is less than a unit.
            return Ok(Span::of(0, 1));
        }
        let k = 8 + u64::from(64 - whole.unsigned_abs().leading_zeros()) + 1;
        let extra = 48 + 2 * whole.max(0).unsigned_abs();
        let fine = self.finer(extra);
        let y = Span::point(t << extra).shifted(k);
        let mut term = Span::point(fine.one());
        let mut sum = term.clone();
        for n in 1.. {
            term = fine.times(&term, &y).scaled(1, n);
            sum = sum.plus(&term);
            if term.size() <= BigInt::one() {
                break;
            }
        }
        sum = sum.widened(&term.size());
        for _ in 0..k {
            sum = fine.times(&sum, &sum);
        }
        Ok(sum.shifted(extra))
    }

    /// `ln t = m ln 2 + ln f` with `1 <= f < 2`, and `ln f = 2 artanh((f - 1) / (f + 1))`.
    pub(super) fn ln(self, t: &BigInt) -> Known<Span> {
        if !t.is_positive() {
            return Err(NoValue);
        }
        let top = t.bits() - 1;
        let m = top as i64 - self.places as i64;
        let fine = self.finer(32 + top);
        let f = t << (fine.places - top);
        let (num, den) = ((&f - fine.one()) << fine.places, f + fine.one());
        let z = Span { lo: num.div_floor(&den), hi: num.div_ceil(&den) };
        let third = Span { lo: fine.one() / 3, hi: fine.one() / 3 + 1 };
        let sum = fine.odd_series(&z).scaled(2, 1).plus(&fine.odd_series(&third).scaled(2 * m, 1));
        Ok(sum.shifted(fine.places - self.places))
    }

    /// `artanh z` for `0 <= z <= 1/3`: what follows a power of the series is less than the power.
    fn odd_series(self, z: &Span) -> Span {
        let square = self.times(z, z);
        let (mut power, mut sum) = (z.clone(), z.clone());
        for n in 1.. {
            power = self.times(&power, &square);
            sum = sum.plus(&power.scaled(1, 2 * n + 1));
            if power.size() <= BigInt::one() {
                break;
            }
        }
        sum.widened(&power.size())
    }

    /// The root of what is not negative.
    pub(super) fn root(self, t: &BigInt, order: u32) -> Known<Span> {
        if t.is_negative() {
            return Err(NoValue);
        }
        if order > 64 && !t.is_zero() {
            // By the logarithm: libraries take as many steps as the order.
            let fine = self.finer(32);
            let ln = fine.ln(&(t << 32u8))?.scaled(1, order.into());
            return Ok(Span { lo: fine.exp(&ln.lo)?.lo, hi: fine.exp(&ln.hi)?.hi }.shifted(32));
        }
        let power = t << (self.places * u64::from(order - 1));
        let lo = power.nth_root(order);
        let hi = if lo.pow(order) == power { lo.clone() } else { &lo + 1 };
        Ok(Span { lo, hi })
    }

    /// Machin's formula; the series of the inverse tangents alternate.
    pub(super) fn pi(self) -> Span {
        let fine = self.finer(32);
        let arctan = |q: u64| {
            let (mut power, mut sum) = (fine.one() / q, BigInt::zero());
            let mut n = 0u64;
            while !power.is_zero() {
                let term = &power / (2 * n + 1);
                sum = if n.is_multiple_of(2) { sum + term } else { sum - term };
                power /= q * q;
                n += 1;
            }
            // Each term is short by at most three units, and so is what follows.
            Span::point(sum).widened(&BigInt::from(4 * n + 4))
        };
        arctan(5).scaled(16, 1).minus(&arctan(239).scaled(4, 1)).shifted(32)
    }

    /// `sin(t + quarters pi / 2)`: the series of sine or cosine near a multiple of `pi / 2`.
    pub(super) fn wave(self, t: &BigInt, quarters: u64) -> Known<Span> {
        let extra = 32 + t.bits();
        let fine = self.finer(extra);
        let (pi, t) = (fine.pi(), t << extra);
        let turns = ((&t << 2u8) + &pi.lo).div_floor(&(&pi.lo << 1u8));
        let turned = [&turns * &pi.lo, &turns * &pi.hi];
        let [lo, hi] = if turns.is_negative() { [1, 0] } else { [0, 1] }.map(|k| &turned[k]);
        let turned = Span { lo: lo.clone(), hi: hi.clone() }.shifted(1);
        let y = Span::point(t).minus(&turned);
        if y.size() > fine.one() {
            return Err(NoValue);
        }
        let quarter = (&turns + quarters).mod_floor(&BigInt::from(4)).to_u64().unwrap_or(0);
        let square = fine.times(&y, &y);
        let is_sine = quarter.is_multiple_of(2);
        let mut term = if is_sine { y } else { Span::point(fine.one()) };
        let mut sum = term.clone();
        for n in 1u64.. {
            let k = 2 * n + u64::from(is_sine);
            term = fine.times(&term, &square).scaled(-1, k * (k - 1));
            sum = sum.plus(&term);
            if term.size() <= BigInt::one() {
                break;
            }
        }
        let sum = sum.widened(&term.size()).shifted(extra);
        Ok(if quarter < 2 { sum } else { sum.scaled(-1, 1) })
    }
}
