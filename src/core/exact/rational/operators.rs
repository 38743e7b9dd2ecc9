//! The operators of `Rational`, on values and on references alike.

use super::Repr::{Big, Small};
use super::{Rational, one, rem_abs};
use crate::exact::gcd::{gcd_big, gcd_word};
use num_bigint::BigInt;
use num_traits::{One, Zero};
use std::borrow::Cow;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        match &self.0 {
            Small(n, d) => Rational(Small(-n, *d)),
            Big(r) => Rational::from_coprime(-r.numer(), r.denom().clone()),
        }
    }
}

impl Neg for Rational {
    type Output = Self;
    fn neg(self) -> Self {
        -&self
    }
}

/// One for what is true, zero for what is not.
impl From<bool> for Rational {
    fn from(holds: bool) -> Self {
        Self::integer(i64::from(holds))
    }
}

macro_rules! operators {
    ($($op:ident $f:ident $assign:ident $g:ident = $body:expr;)*) => {$(
        impl $op<&Rational> for &Rational {
            type Output = Rational;
            #[inline]
            fn $f(self, other: &Rational) -> Rational {
                let apply: fn(&Rational, &Rational) -> Rational = $body;
                apply(self, other)
            }
        }
        impl $op<Rational> for Rational {
            type Output = Rational;
            fn $f(self, other: Rational) -> Rational {
                $op::$f(&self, &other)
            }
        }
        impl $op<&Rational> for Rational {
            type Output = Rational;
            fn $f(self, other: &Rational) -> Rational {
                $op::$f(&self, other)
            }
        }
        impl $op<Rational> for &Rational {
            type Output = Rational;
            fn $f(self, other: Rational) -> Rational {
                $op::$f(self, &other)
            }
        }
        impl $assign<&Rational> for Rational {
            fn $g(&mut self, other: &Rational) {
                *self = $op::$f(&*self, other);
            }
        }
        impl $assign<Rational> for Rational {
            fn $g(&mut self, other: Rational) {
                *self = $op::$f(&*self, &other);
            }
        }
    )*};
}
operators! {
    Add add AddAssign add_assign = |a, b| a.add_signed(b, false);
    Sub sub SubAssign sub_assign = |a, b| a.add_signed(b, true);
    Mul mul MulAssign mul_assign = |a, b| a.product(b);
    Div div DivAssign div_assign = |a, b| a.product(&b.recip());
}

impl std::iter::Sum for Rational {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |total, x| total + x)
    }
}

impl<'a> std::iter::Sum<&'a Rational> for Rational {
    fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |total, x| total + x)
    }
}

impl std::iter::Product for Rational {
    fn product<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ONE, |total, x| total * x)
    }
}

impl Rational {
    /// The integer that this is, if it is one.
    fn whole(&self) -> Option<Cow<'_, BigInt>> {
        match &self.0 {
            Small(n, d) => (d.get() == 1).then(|| Cow::Owned((*n).into())),
            Big(r) => r.is_integer().then(|| Cow::Borrowed(r.numer())),
        }
    }

    /// `self + sign * other` on the heap. Source of the gcd saving: Knuth, section 4.5.1.
    fn add_big(&self, other: &Self, negate: bool) -> Self {
        if other.is_zero() {
            return self.clone();
        }
        if let (Some(a), Some(c)) = (self.whole(), other.whole()) {
            return Self::from(if negate { &*a - &*c } else { &*a + &*c });
        }
        let (a, b, d) = (self.numerator(), self.denominator(), other.denominator());
        let c = if negate { -other.numerator() } else { other.numerator() };
        let g = BigInt::from(gcd_big(b.magnitude(), d.magnitude()));
        if g.is_one() {
            return Self::from_coprime(a * &d + c * &b, b * d);
        }
        let b_rest = &b / &g;
        let mut sum = a * (&d / &g) + c * &b_rest;
        let mut rest = g;
        let shared = BigInt::from(gcd_big(sum.magnitude(), rest.magnitude()));
        if !shared.is_one() {
            sum /= &shared;
            rest /= &shared;
        }
        Self::from_coprime(sum, b_rest * (d / (&rest * &shared)) * rest)
    }

    fn mul_big(a: &BigInt, b: &BigInt, c: &BigInt, d: &BigInt) -> Self {
        let g = BigInt::from(gcd_big(a.magnitude(), d.magnitude()));
        let h = BigInt::from(gcd_big(c.magnitude(), b.magnitude()));
        if a.is_zero() || c.is_zero() {
            return Self::ZERO;
        }
        Self::from_coprime((a / &g) * (c / &h), (b / h) * (d / g))
    }

    fn add_signed(&self, other: &Self, negate: bool) -> Self {
        let (Small(a, b), Small(c, d)) = (&self.0, &other.0) else {
            return self.add_big(other, negate);
        };
        let (a, b, d) = (*a, b.get(), d.get());
        let c = if negate { -*c } else { *c };
        if b == d {
            let sum = i128::from(a) + i128::from(c);
            if b == 1 {
                return Self::from_reduced(sum, 1);
            }
            let g = gcd_word(rem_abs(sum, b), b.unsigned_abs()) as i64;
            return Self::from_reduced(sum / i128::from(g), i128::from(b / g));
        }
        let g = gcd_word(b.unsigned_abs(), d.unsigned_abs()) as i64;
        // Each product is below 2^126, so the sum fits.
        let sum = i128::from(a) * i128::from(d / g) + i128::from(c) * i128::from(b / g);
        if g == 1 {
            return Self::from_reduced(sum, i128::from(b) * i128::from(d));
        }
        let h = gcd_word(rem_abs(sum, g), g.unsigned_abs()) as i64;
        Self::from_reduced(sum / i128::from(h), i128::from(b / g) * i128::from(d / h))
    }

    fn product(&self, other: &Self) -> Self {
        let (Small(a, b), Small(c, d)) = (&self.0, &other.0) else {
            // What a ReLU that is on does.
            if matches!(self.0, Small(1, d) if d == one()) {
                return other.clone();
            }
            if let (Some(a), Some(c)) = (self.whole(), other.whole()) {
                return Self::from(&*a * &*c);
            }
            let (a, b) = (self.numerator(), self.denominator());
            return Self::mul_big(&a, &b, &other.numerator(), &other.denominator());
        };
        let (a, b, c, d) = (*a, b.get(), *c, d.get());
        if b == 1 && d == 1 {
            return Self::from_reduced(i128::from(a) * i128::from(c), 1);
        }
        let g = gcd_word(a.unsigned_abs(), d.unsigned_abs()) as i64;
        let h = gcd_word(c.unsigned_abs(), b.unsigned_abs()) as i64;
        let n = i128::from(a / g) * i128::from(c / h);
        Self::from_reduced(n, i128::from(b / h) * i128::from(d / g))
    }
}
