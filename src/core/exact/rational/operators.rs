//! The operators of `Rational`, on values and on references alike.

use super::Rational;
use super::Repr::{Big, Small};
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
