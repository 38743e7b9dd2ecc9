//! Fixed-point interval arithmetic: integers over one power of two, rounded outward at each
//! operation.

use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};

/// The longest number that a function may lead to, in bits.
const MAX_LENGTH: u64 = 1 << 14;
/// The largest argument of the exponential.
const MAX_EXPONENT: i64 = 1 << 12;

/// The number format: how many binary places a number has.
#[derive(Clone, Copy, Debug)]
pub(super) struct FixedPoint {
    pub(super) places: usize,
}

/// A closed interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) lo: Integer,
    pub(super) hi: Integer,
}

/// A function may have no value on an interval, or its value exceeds a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoValue;

type Known<T> = Result<T, NoValue>;

impl Interval {
    pub(super) fn point(x: Integer) -> Self {
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
    pub(super) fn size(&self) -> Integer {
        self.lo.abs().max(self.hi.abs())
    }

    pub(super) fn widened(&self, by: &Integer) -> Self {
        Self { lo: &self.lo - by, hi: &self.hi + by }
    }

    /// Times an integer, over a positive one.
    fn scaled(&self, factor: i64, divisor: u64) -> Self {
        let (a, b) = (&self.lo * factor, &self.hi * factor);
        let (lo, hi) = if factor < 0 { (b, a) } else { (a, b) };
        let divisor = Integer::from(divisor);
        Self { lo: lo.div_floor(&divisor), hi: hi.div_ceil(&divisor) }
    }

    fn shifted(&self, right: usize) -> Self {
        Self { lo: &self.lo >> right, hi: ceil_shift(&self.hi, right) }
    }

    pub(super) fn is_short(&self) -> Known<()> {
        if self.lo.bits().max(self.hi.bits()) <= MAX_LENGTH { Ok(()) } else { Err(NoValue) }
    }
}

pub(super) fn ceil_shift(x: &Integer, right: usize) -> Integer {
    let down = x >> right;
    if is_multiple(x, right) { down } else { down + 1 }
}

/// Whether a power of two, given by its exponent, divides the number.
pub(super) fn is_multiple(x: &Integer, exponent: usize) -> bool {
    x.trailing_zeros().is_none_or(|zeros| zeros >= exponent)
}

impl FixedPoint {
    pub(super) fn one(self) -> Integer {
        Integer::ONE << self.places
    }

    fn finer(self, by: usize) -> Self {
        Self { places: self.places + by }
    }

    pub(super) fn fraction(self, x: &Fraction) -> Interval {
        let num = &x.num << self.places;
        Interval { lo: num.div_floor(&x.den), hi: num.div_ceil(&x.den) }
    }

    pub(super) fn times(self, a: &Interval, b: &Interval) -> Interval {
        let is_mixed = |x: &Interval| x.lo.is_negative() && x.hi.is_positive();
        let (a, b) = if is_mixed(a) { (b, a) } else { (a, b) };
        let (lo, hi) = if is_mixed(a) {
            let [least, most] = [&a.lo * &b.hi, &a.lo * &b.lo];
            (least.min(&a.hi * &b.lo), most.max(&a.hi * &b.hi))
        } else {
            // The factor that makes an end of `b`, or its opposite, extreme.
            let far = |is_far: bool| if is_far { &a.hi } else { &a.lo };
            match a.lo.is_negative() {
                false => (far(b.lo.is_negative()) * &b.lo, far(!b.hi.is_negative()) * &b.hi),
                true => (far(b.hi.is_negative()) * &b.hi, far(!b.lo.is_negative()) * &b.lo),
            }
        };
        Interval { lo: lo >> self.places, hi: ceil_shift(&hi, self.places) }
    }

    /// `e^t`: the `2^k`-th power of `e^y` with `y = t / 2^k` and `|y| < 2^-8`. In the series of
    /// that, what follows a term is less than the term.
    pub(super) fn exp(self, t: &Integer) -> Known<Interval> {
        let whole =
            i64::try_from(t >> self.places).ok().filter(|n| *n <= MAX_EXPONENT).ok_or(NoValue);
        let whole = if t.is_negative() { whole.unwrap_or(i64::MIN / 2) } else { whole? };
        if whole < -(self.places as i64) {
            // Below e^(-places), which is less than a unit.
            return Ok(Interval::of(0, 1));
        }
        let k = 8 + (64 - whole.unsigned_abs().leading_zeros()) as usize + 1;
        let extra = 48 + 2 * whole.max(0) as usize;
        let fine = self.finer(extra);
        let y = Interval::point(t << extra).shifted(k);
        let mut term = Interval::point(fine.one());
        let mut sum = term.clone();
        for n in 1.. {
            term = fine.times(&term, &y).scaled(1, n);
            sum = sum.plus(&term);
            if term.size() <= Integer::ONE {
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
    pub(super) fn ln(self, t: &Integer) -> Known<Interval> {
        if !t.is_positive() {
            return Err(NoValue);
        }
        let top = t.bits() as usize - 1;
        let m = top as i64 - self.places as i64;
        let fine = self.finer(32 + top);
        let f = t << (fine.places - top);
        let (num, den) = ((&f - fine.one()) << fine.places, f + fine.one());
        let z = Interval { lo: num.div_floor(&den), hi: num.div_ceil(&den) };
        let third = Interval { lo: fine.one() / 3, hi: fine.one() / 3 + 1 };
        let sum = fine.odd_series(&z).scaled(2, 1).plus(&fine.odd_series(&third).scaled(2 * m, 1));
        Ok(sum.shifted(fine.places - self.places))
    }

    /// `artanh z` for `0 <= z <= 1/3`: what follows a power of the series is less than the power.
    fn odd_series(self, z: &Interval) -> Interval {
        let square = self.times(z, z);
        let (mut power, mut sum) = (z.clone(), z.clone());
        for n in 1.. {
            power = self.times(&power, &square);
            sum = sum.plus(&power.scaled(1, 2 * n + 1));
            if power.size() <= Integer::ONE {
                break;
            }
        }
        sum.widened(&power.size())
    }

    /// The root of what is not negative.
    pub(super) fn root(self, t: &Integer, order: u32) -> Known<Interval> {
        if t.is_negative() {
            return Err(NoValue);
        }
        if order > 64 && !t.is_zero() {
            // By the logarithm: libraries take as many steps as the order.
            let fine = self.finer(32);
            let ln = fine.ln(&(t << 32))?.scaled(1, order.into());
            return Ok(Interval { lo: fine.exp(&ln.lo)?.lo, hi: fine.exp(&ln.hi)?.hi }.shifted(32));
        }
        let power = t << (self.places * (order as usize - 1));
        let order = order as usize;
        let lo = power.nth_root(order);
        let hi = if lo.pow(order) == power { lo.clone() } else { &lo + 1 };
        Ok(Interval { lo, hi })
    }

    /// Machin's formula; the series of the inverse tangents alternate.
    pub(super) fn pi(self) -> Interval {
        let fine = self.finer(32);
        let arctan = |q: u64| {
            let (mut power, mut sum) = (fine.one() / q, Integer::ZERO);
            let mut n = 0u64;
            while !power.is_zero() {
                let term = &power / (2 * n + 1);
                sum = if n.is_multiple_of(2) { sum + term } else { sum - term };
                power /= q * q;
                n += 1;
            }
            // Each term is short by at most three units, and so is what follows.
            Interval::point(sum).widened(&Integer::from(4 * n + 4))
        };
        arctan(5).scaled(16, 1).minus(&arctan(239).scaled(4, 1)).shifted(32)
    }

    /// `sin(t + quarters pi / 2)`: the series of sine or cosine near a multiple of `pi / 2`.
    pub(super) fn wave(self, t: &Integer, quarters: u64) -> Known<Interval> {
        let extra = 32 + t.bits() as usize;
        let fine = self.finer(extra);
        let (pi, t) = (fine.pi(), t << extra);
        let turns = ((&t << 2) + &pi.lo).div_floor(&(&pi.lo << 1));
        let turned = [&turns * &pi.lo, &turns * &pi.hi];
        let [lo, hi] = if turns.is_negative() { [1, 0] } else { [0, 1] }.map(|k| &turned[k]);
        let turned = Interval { lo: lo.clone(), hi: hi.clone() }.shifted(1);
        let y = Interval::point(t).minus(&turned);
        if y.size() > fine.one() {
            return Err(NoValue);
        }
        let quarter = (&turns + quarters).rem_floor(&Integer::from(4));
        let quarter = u64::try_from(quarter).unwrap_or(0);
        let square = fine.times(&y, &y);
        let is_sine = quarter.is_multiple_of(2);
        let mut term = if is_sine { y } else { Interval::point(fine.one()) };
        let mut sum = term.clone();
        for n in 1u64.. {
            let k = 2 * n + u64::from(is_sine);
            term = fine.times(&term, &square).scaled(-1, k * (k - 1));
            sum = sum.plus(&term);
            if term.size() <= Integer::ONE {
                break;
            }
        }
        let sum = sum.widened(&term.size()).shifted(extra);
        Ok(if quarter < 2 { sum } else { sum.scaled(-1, 1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By signs two products suffice: the extremes are those of all four.
    #[test]
    fn a_product_of_intervals_is_spanned_by_the_products_of_their_ends() {
        let fixed = FixedPoint { places: 2 };
        let ends = [-9i64, -5, -4, 0, 3, 4, 7];
        let pairs = ends.iter().flat_map(|lo| ends.iter().map(move |hi| (*lo, *hi)));
        let pairs: Vec<_> = pairs.filter(|(lo, hi)| lo <= hi).collect();
        for (a, b) in pairs.iter().flat_map(|a| pairs.iter().map(move |b| (*a, *b))) {
            let products = [a.0 * b.0, a.0 * b.1, a.1 * b.0, a.1 * b.1];
            let (lo, hi) = (products.iter().min().unwrap(), products.iter().max().unwrap());
            let expected = Interval::of(lo.div_euclid(4), -(-hi).div_euclid(4));
            let found = fixed.times(&Interval::of(a.0, a.1), &Interval::of(b.0, b.1));
            assert_eq!(found, expected, "{a:?} times {b:?}");
        }
    }
}
