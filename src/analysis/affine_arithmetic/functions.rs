//! Products and functions of affine forms.
//!
//! A function `g` of a form `u` becomes `s u + [lo, hi]`, where `s` is a slope near those of `g` on
//! the range `[l, h]` of `u`, and the interval holds `g(t) - s t` for all `t` in it. For convex `g`
//! and any `s`, the greatest of these numbers stands at an end, and they are above the tangent at
//! any point minus `s t`; for concave `g` the other way round.

use super::{AffineArithmetic, AffineForm, FixedInterval, SignRange, Sum};
use crate::analysis::enclosure::{self, DomainError, Enclosure};
use crate::exact::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

impl AffineArithmetic {
    /// The sum.
    pub fn sum(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        self.combined(&[(1, a), (1, b)])
    }

    /// The difference.
    pub fn difference(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        self.combined(&[(1, a), (-1, b)])
    }

    fn combined(&self, terms: &[(i64, &AffineForm)]) -> AffineForm {
        let mut sum = Sum::new(self);
        terms.iter().for_each(|(weight, x)| sum.add(&Rational::integer(*weight), x));
        sum.finish()
    }

    /// The product. What is left out: the product of the two linear parts.
    pub fn product(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        let second_order = self.up(&(a.radius() * b.radius()));
        self.charge(a, &second_order);
        self.charge(b, &second_order);
        let natural = a.range.product(&b.range, self.places);
        let rest =
            a.rest.product(&b.range, self.places).sum(&b.rest.product(&a.linear(), self.places));
        let rest = rest.sum(&FixedInterval { lo: -&second_order, hi: second_order });
        self.bilinear(a, b, rest).within(&natural)
    }

    /// The square: never negative, and half as much is left out.
    pub fn square(&self, a: &AffineForm) -> AffineForm {
        let radius = a.radius();
        let second_order = self.up(&(&radius * &radius));
        self.charge(a, &second_order);
        let (lo, hi) = (&a.range.lo * &a.range.lo, &a.range.hi * &a.range.hi);
        let least = match a.range.contains_zero() {
            true => BigInt::ZERO,
            false => self.down((&lo).min(&hi)),
        };
        let natural = FixedInterval { lo: least, hi: self.up(&lo.max(hi)) };
        let rest = a.rest.product(&a.range.sum(&a.linear()), self.places);
        let rest = rest.sum(&FixedInterval { lo: BigInt::ZERO, hi: second_order });
        self.bilinear(a, a, rest).within(&natural)
    }

    /// The terms of order at most one of the product, with the rest widened by what is rounded.
    fn bilinear(&self, a: &AffineForm, b: &AffineForm, rest: FixedInterval) -> AffineForm {
        let mut slopes: Vec<(usize, BigInt)> = Vec::with_capacity(a.slopes.len());
        let (mut left, mut right) = (a.slopes.iter().peekable(), b.slopes.iter().peekable());
        loop {
            let symbol = match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some((i, _)), None) | (None, Some((i, _))) => *i,
                (Some((i, _)), Some((j, _))) => *i.min(j),
            };
            let mut slope = BigInt::ZERO;
            if let Some((_, g)) = left.next_if(|(i, _)| *i == symbol) {
                slope += g * &b.centre;
            }
            if let Some((_, g)) = right.next_if(|(i, _)| *i == symbol) {
                slope += g * &a.centre;
            }
            slopes.push((symbol, self.down(&slope)));
        }
        let count = BigInt::from(slopes.len());
        let rest = FixedInterval { lo: rest.lo - &count, hi: rest.hi + count + 1 };
        slopes.retain(|(_, slope)| !slope.is_zero());
        let centre = self.down(&(&a.centre * &b.centre));
        AffineForm { centre, slopes, rest, range: FixedInterval::zero() }
    }

    /// `s x + rest`, inside of `natural`.
    fn tangent(
        &self,
        x: &AffineForm,
        slope: &BigInt,
        rest: FixedInterval,
        natural: &FixedInterval,
    ) -> AffineForm {
        self.charge(x, &(&rest.hi - &rest.lo));
        let mut sum = Sum::new(self);
        sum.add_on_grid(slope, x);
        sum.add_span(&BigInt::ZERO, &rest);
        sum.within(natural).finish()
    }

    /// The positive part `max(x, 0)`: where both signs occur, enclosed between the chord and its
    /// parallel through zero.
    pub fn relu(&self, x: &AffineForm) -> AffineForm {
        match x.side() {
            SignRange::Nonnegative => x.clone(),
            SignRange::Nonpositive => self.constant(&Rational::ZERO),
            SignRange::Unknown => {
                let FixedInterval { lo, hi } = &x.range;
                let slope = (hi << self.places).div_floor(&(hi - lo));
                let above = hi - self.down(&(&slope * hi));
                let rest =
                    FixedInterval { lo: BigInt::ZERO, hi: above.max(self.up(&(-&slope * lo))) };
                let natural = FixedInterval { lo: BigInt::ZERO, hi: hi.clone() };
                self.tangent(x, &slope, rest, &natural)
            }
        }
    }

    /// `max(x, 0)` where one of the two sides is so small that it counts as rest: `x` plus what is
    /// missing below zero, or what there is above it. Never a crossing of its own.
    pub fn nearly_relu(&self, x: &AffineForm) -> AffineForm {
        let below = -&x.range.lo;
        let zero = BigInt::ZERO;
        let mut sum = Sum::new(self);
        if below <= x.range.hi {
            sum.add(&Rational::ONE, x);
            sum.add_span(&zero, &FixedInterval { lo: zero.clone(), hi: below });
        } else {
            sum.add_span(&zero, &FixedInterval { lo: zero.clone(), hi: x.range.hi.clone() });
        }
        sum.within(&FixedInterval { lo: zero, hi: x.range.hi.clone() }).finish()
    }

    /// The absolute value, `2 max(x, 0) - x`.
    pub fn abs(&self, x: &AffineForm) -> AffineForm {
        match x.side() {
            SignRange::Nonnegative => x.clone(),
            SignRange::Nonpositive => self.combined(&[(-1, x)]),
            SignRange::Unknown => {
                let mut sum = Sum::new(self);
                sum.add(&Rational::integer(2), &self.relu(x));
                sum.add(&-Rational::ONE, x);
                sum.within(&FixedInterval { lo: BigInt::ZERO, hi: x.range.magnitude() }).finish()
            }
        }
    }

    /// The greater one, `b + max(a - b, 0)`.
    pub fn larger(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        let lo = (&a.range.lo).max(&b.range.lo).clone();
        let known = FixedInterval { lo, hi: (&a.range.hi).max(&b.range.hi).clone() };
        self.sum(b, &self.relu(&self.difference(a, b))).within(&known)
    }

    /// The lesser one, `a - max(a - b, 0)`.
    pub fn smaller(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        let lo = (&a.range.lo).min(&b.range.lo).clone();
        let known = FixedInterval { lo, hi: (&a.range.hi).min(&b.range.hi).clone() };
        self.difference(a, &self.relu(&self.difference(a, b))).within(&known)
    }

    /// The quotient. Errors: the divisor may be zero.
    pub fn quotient(&self, a: &AffineForm, b: &AffineForm) -> Result<AffineForm, DomainError> {
        Ok(self.product(a, &self.reciprocal(b)?))
    }

    /// `1 / x`, with the tangent at the middle `m`: above it for `x > 0`, where `1 / x` is convex.
    fn reciprocal(&self, x: &AffineForm) -> Result<AffineForm, DomainError> {
        if x.range.contains_zero() {
            let range = self.bounds(x);
            return Err(DomainError::DivisorMayBeZero(range.lo().clone(), range.hi().clone()));
        }
        if x.range.hi.is_negative() {
            let opposite = self.reciprocal(&self.combined(&[(-1, x)]))?;
            return Ok(self.combined(&[(-1, &opposite)]));
        }
        let FixedInterval { lo, hi } = &x.range;
        let one = BigInt::one() << (2 * self.places);
        let middle: BigInt = (lo + hi) >> 1;
        // The slope -1 / m^2 rounded down; the tangent is 2 / m - t / m^2 >= 2 / m + (s) t.
        let slope = -((&one << self.places).div_ceil(&(&middle * &middle)));
        let least = (&one << 1u8).div_floor(&middle);
        let at = |t: &BigInt| one.div_ceil(t) - self.down(&(&slope * t));
        let rest = FixedInterval { lo: least, hi: at(lo).max(at(hi)) };
        let natural = FixedInterval { lo: one.div_floor(hi), hi: one.div_ceil(lo) };
        Ok(self.tangent(x, &slope, rest, &natural))
    }

    /// The exponential; convex. Errors: above [`enclosure::exp`]'s limit.
    pub fn exp(&self, x: &AffineForm) -> Result<AffineForm, DomainError> {
        let FixedInterval { lo, hi } = &x.range;
        let middle: BigInt = (lo + hi) >> 1;
        let at = |t: &BigInt| self.enclosed(enclosure::exp(&self.number(t), self.places));
        let (below, value, above) = (at(lo)?, at(&middle)?, at(hi)?);
        let slope = value.lo.clone();
        // e^t >= e^m + e^m (t - m), and e^m lies between the ends of `value`.
        let constant = value.product(&self.one_minus(&middle), self.places);
        let off = FixedInterval { lo: BigInt::ZERO, hi: &value.hi - &value.lo };
        let least = constant.lo + off.product(&x.range, self.places).lo;
        let over = |end: &FixedInterval, t: &BigInt| &end.hi - self.down(&(&slope * t));
        let rest = FixedInterval { lo: least, hi: over(&below, lo).max(over(&above, hi)) };
        let natural = FixedInterval { lo: below.lo, hi: above.hi };
        Ok(self.tangent(x, &slope, rest, &natural))
    }

    /// `1 - t`.
    fn one_minus(&self, t: &BigInt) -> FixedInterval {
        let difference = (BigInt::one() << self.places) - t;
        FixedInterval { lo: difference.clone(), hi: difference }
    }

    /// The natural logarithm; concave. Errors: the argument may not be positive.
    pub fn ln(&self, x: &AffineForm) -> Result<AffineForm, DomainError> {
        let FixedInterval { lo, hi } = &x.range;
        let middle: BigInt = (lo + hi) >> 1;
        let at = |t: &BigInt| self.enclosed(enclosure::ln(&self.number(t), self.places));
        let (below, value, above) = (at(lo)?, at(&middle)?, at(hi)?);
        // ln t <= ln m - 1 + t / m, and 1 / m is above the slope by less than one unit.
        let slope = (BigInt::one() << (2 * self.places)).div_floor(&middle);
        let most = value.hi - (BigInt::one() << self.places) + self.up(hi);
        let under = |end: &FixedInterval, t: &BigInt| &end.lo - self.up(&(&slope * t));
        let rest = FixedInterval { lo: under(&below, lo).min(under(&above, hi)), hi: most };
        Ok(self.tangent(x, &slope, rest, &FixedInterval { lo: below.lo, hi: above.hi }))
    }

    /// The root of this order, which is at least 2; concave. Errors: the argument may be negative.
    pub fn root(&self, x: &AffineForm, order: u32) -> Result<AffineForm, DomainError> {
        let FixedInterval { lo, hi } = &x.range;
        let at = |t: &BigInt| self.enclosed(enclosure::root(&self.number(t), order, self.places));
        let (below, above) = (at(lo)?, at(hi)?);
        let middle: BigInt = (lo + hi) >> 1;
        if !middle.is_positive() {
            let rest = FixedInterval { lo: BigInt::ZERO, hi: above.hi.clone() };
            return Ok(self.tangent(
                x,
                &BigInt::ZERO,
                rest,
                &FixedInterval { lo: below.lo, hi: above.hi },
            ));
        }
        let value = at(&middle)?;
        // With v = g(m): g(t) <= v (1 - 1/q) + v / (q m) t, v up to the upper end of `value`.
        let divisor = &middle * order;
        let slope = (&value.lo << self.places).div_floor(&divisor);
        let steepest = (&value.hi << self.places).div_ceil(&divisor);
        let constant = (&value.hi * (order - 1)).div_ceil(&BigInt::from(order));
        let most = constant + self.up(&((steepest - &slope) * hi));
        let under = |end: &FixedInterval, t: &BigInt| &end.lo - self.up(&(&slope * t));
        let rest = FixedInterval { lo: under(&below, lo).min(under(&above, hi)), hi: most };
        Ok(self.tangent(x, &slope, rest, &FixedInterval { lo: below.lo, hi: above.hi }))
    }

    /// The sine.
    pub fn sin(&self, x: &AffineForm) -> AffineForm {
        self.wave(x, enclosure::sin, enclosure::cos, false)
    }

    /// The cosine.
    pub fn cos(&self, x: &AffineForm) -> AffineForm {
        self.wave(x, enclosure::cos, enclosure::sin, true)
    }

    /// A function with this derivative, up to its sign, whose second derivative is at most 1:
    /// within `(t - m)^2 / 2` of the tangent at `m`.
    fn wave(
        &self,
        x: &AffineForm,
        function: fn(&Rational, u32) -> Enclosure,
        derivative: fn(&Rational, u32) -> Enclosure,
        is_opposite: bool,
    ) -> AffineForm {
        let FixedInterval { lo, hi } = &x.range;
        let one = BigInt::one() << self.places;
        let natural = FixedInterval { lo: -&one, hi: one.clone() };
        let radius: BigInt = ((hi - lo) >> 1) + 1;
        if radius >= &one << 1u8 {
            return self.tangent(x, &BigInt::ZERO, natural.clone(), &natural);
        }
        let middle: BigInt = (lo + hi) >> 1;
        let at = |f: fn(&Rational, u32) -> Enclosure| {
            let value = f(&self.number(&middle), self.places);
            FixedInterval::covering(value.lo(), value.hi(), self.places)
        };
        let (value, mut slope) = (at(function), at(derivative));
        if is_opposite {
            slope = slope.negated();
        }
        // g(m) + g'(m) (t - m) = s t + g(m) - g'(m) m + (g'(m) - s) t, with g'(m) - s in `off`.
        let point = FixedInterval { lo: middle.clone(), hi: middle.clone() };
        let minus = slope.product(&point, self.places);
        let off = FixedInterval { lo: BigInt::ZERO, hi: &slope.hi - &slope.lo };
        let half_square = self.up(&(&radius * &radius)).div_ceil(&BigInt::from(2));
        let rest = value.difference(&minus);
        let rest = rest.sum(&off.product(&x.range, self.places));
        let rest = rest.sum(&FixedInterval { lo: -&half_square, hi: half_square });
        self.tangent(x, &slope.lo, rest, &natural)
    }

    fn enclosed(
        &self,
        value: Result<Enclosure, DomainError>,
    ) -> Result<FixedInterval, DomainError> {
        value.map(|value| FixedInterval::covering(value.lo(), value.hi(), self.places))
    }
}
