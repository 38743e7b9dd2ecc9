//! `Rational`: exact fractions, a pair of machine words until that no longer fits.
//!
//! The heap arm is num-rational's `BigRational`; its gcd is ours ([`super::gcd`]). Which arm holds
//! a number is invisible: the small arm holds exactly the numbers that fit it.

mod operators;
mod text;

pub use text::ParseRationalError;

use super::gcd::{gcd_big, gcd_word};
use num_bigint::{BigInt, BigUint, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;
use std::num::NonZeroI64;

/// An exact rational number in lowest terms, printed as `p` or `p/q`.
///
/// Law: the field axioms and a total order compatible with them; `a == b` exactly when the printed
/// forms agree. Cost: a few nanoseconds an operation while numerator and denominator fit a machine
/// word, then that of big integers with one Lehmer gcd.
///
/// ```
/// use crease_core::exact::Rational;
/// let third: Rational = "2/6".parse().expect("a fraction");
/// assert_eq!((&third + &third).to_string(), "2/3");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

/// Invariant: lowest terms, positive denominator, and `Small` whenever both parts fit
/// (`i64::MIN` does not count as fitting, so that negation stays inside the arm).
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64, NonZeroI64),
    Big(Box<BigRational>),
}
use Repr::{Big, Small};

impl Rational {
    /// The longest text accepted by parsing, in characters.
    pub const MAX_DIGITS: usize = 10_000;

    /// Zero.
    pub const ZERO: Self = Self::integer(0);
    /// One.
    pub const ONE: Self = Self::integer(1);

    /// The integer `n`. Panics if `n` is `i64::MIN`; use `From` for that one.
    pub const fn integer(n: i64) -> Self {
        assert!(n != i64::MIN, "i64::MIN needs the heap arm");
        Self(Small(n, one()))
    }

    /// The fraction `numerator / denominator`. Panics if the denominator is zero.
    pub fn new(numerator: i64, denominator: i64) -> Self {
        assert!(denominator != 0, "the denominator of {numerator}/0 is zero");
        let g = gcd_word(numerator.unsigned_abs(), denominator.unsigned_abs());
        let sign = if denominator < 0 { -1 } else { 1 };
        let part = |x: i64| i128::from(x) / i128::from(g) * sign;
        Self::from_reduced(part(numerator), part(denominator))
    }

    /// The quotient of two big integers. Panics if the denominator is zero.
    pub fn from_parts(numerator: BigInt, denominator: BigInt) -> Self {
        assert!(!denominator.is_zero(), "the denominator of {numerator}/0 is zero");
        let (mut n, mut d) = (numerator, denominator);
        if d.is_negative() {
            (n, d) = (-n, -d);
        }
        reduce(&mut n, &mut d);
        Self::from_coprime(n, d)
    }

    /// The numerator of the lowest terms; it carries the sign.
    pub fn numerator(&self) -> BigInt {
        match &self.0 {
            Small(n, _) => BigInt::from(*n),
            Big(r) => r.numer().clone(),
        }
    }

    /// The denominator of the lowest terms; always positive.
    pub fn denominator(&self) -> BigInt {
        match &self.0 {
            Small(_, d) => BigInt::from(d.get()),
            Big(r) => r.denom().clone(),
        }
    }

    /// Numerator and denominator when both fit a machine word.
    pub fn small_parts(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Small(n, d) => Some((*n, d.get())),
            Big(_) => None,
        }
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small(0, _))
    }

    /// Whether this is greater than zero.
    pub fn is_positive(&self) -> bool {
        self.signum() > 0
    }

    /// Whether this is less than zero.
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// Whether the denominator is one.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small(_, d) => d.get() == 1,
            Big(r) => r.denom().is_one(),
        }
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i8 {
        match &self.0 {
            Small(n, _) => n.signum() as i8,
            Big(r) if r.numer().sign() == Sign::Minus => -1,
            Big(_) => 1,
        }
    }

    /// The absolute value.
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The inverse. Law: `x * x.recip() == 1`. Panics if this is zero.
    pub fn recip(&self) -> Self {
        match &self.0 {
            Small(n, d) => {
                let n = NonZeroI64::new(*n).expect("zero has no inverse");
                let sign = n.get().signum();
                Self(Small(
                    d.get() * sign,
                    n.checked_abs().expect("the small arm excludes i64::MIN"),
                ))
            }
            Big(r) if r.numer().is_negative() => Self::from_coprime(-r.denom(), -r.numer()),
            Big(r) => Self::from_coprime(r.denom().clone(), r.numer().clone()),
        }
    }

    /// The power with an integer exponent; `0^0 == 1`. Panics on a negative power of zero.
    pub fn pow(&self, exponent: i32) -> Self {
        let base = if exponent < 0 { self.recip() } else { self.clone() };
        let e = exponent.unsigned_abs();
        // Powers of coprime parts are coprime: no gcd is needed.
        match &base.0 {
            Small(n, d) => match (n.checked_pow(e), d.get().checked_pow(e)) {
                (Some(n), Some(d)) => Self::from_reduced(n.into(), d.into()),
                _ => Self::from_coprime(BigInt::from(*n).pow(e), BigInt::from(d.get()).pow(e)),
            },
            Big(r) => Self::from_coprime(r.numer().pow(e), r.denom().pow(e)),
        }
    }

    /// The greatest integer that is at most this.
    pub fn floor(&self) -> Self {
        match &self.0 {
            Small(n, d) => Self(Small(n.div_euclid(d.get()), one())),
            Big(r) => Self::from(r.floor().numer().clone()),
        }
    }

    /// The least integer that is at least this.
    pub fn ceil(&self) -> Self {
        -(-self).floor()
    }

    /// The integer that this is, if it is one of at most 127 bits.
    pub fn wide_integer(&self) -> Option<i128> {
        match &self.0 {
            Small(n, d) if d.get() == 1 => Some((*n).into()),
            Big(r) if r.is_integer() => r.numer().try_into().ok(),
            _ => None,
        }
    }

    /// Bits of the longer of numerator and denominator; the hidden cost of exactness.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Small(n, d) => {
                64 - u64::from((n.unsigned_abs() | d.get().unsigned_abs()).leading_zeros())
            }
            Big(r) => r.numer().bits().max(r.denom().bits()),
        }
    }

    /// The exponent of the denominator, if that is a power of two.
    pub(super) fn places(&self) -> Option<u64> {
        match &self.0 {
            Small(_, d) => (d.get().count_ones() == 1).then(|| d.trailing_zeros().into()),
            Big(r) => {
                let d = r.denom().magnitude();
                d.trailing_zeros().filter(|places| d.bits() == places + 1)
            }
        }
    }

    /// `n` over a power of two, at the cost of two shifts.
    pub(super) fn with_places(n: BigInt, places: u64) -> Self {
        let common = n.trailing_zeros().unwrap_or(places).min(places);
        Self::from_coprime(n >> common, BigInt::one() << (places - common))
    }

    /// From parts already in lowest terms with a positive denominator.
    fn from_reduced(n: i128, d: i128) -> Self {
        match (word(n), word(d).and_then(NonZeroI64::new)) {
            (Some(n), Some(d)) => Self(Small(n, d)),
            _ => Self(Big(Box::new(BigRational::new_raw(n.into(), d.into())))),
        }
    }

    /// From big parts already in lowest terms with a positive denominator.
    fn from_coprime(n: BigInt, d: BigInt) -> Self {
        match (i128::try_from(&n), i128::try_from(&d)) {
            (Ok(n), Ok(d)) => Self::from_reduced(n, d),
            _ => Self(Big(Box::new(BigRational::new_raw(n, d)))),
        }
    }
}

const fn one() -> NonZeroI64 {
    NonZeroI64::new(1).expect("one is not zero")
}

fn word(x: i128) -> Option<i64> {
    i64::try_from(x).ok().filter(|&x| x != i64::MIN)
}

/// `|x| mod m`, with the division in words whenever `x` is one.
fn rem_abs(x: i128, m: i64) -> u64 {
    match i64::try_from(x) {
        Ok(x) => x.unsigned_abs() % m.unsigned_abs(),
        Err(_) => (x.unsigned_abs() % u128::from(m.unsigned_abs())) as u64,
    }
}

fn reduce(n: &mut BigInt, d: &mut BigInt) {
    let g = BigInt::from(gcd_big(n.magnitude(), d.magnitude()));
    if !g.is_one() {
        *n /= &g;
        *d /= &g;
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        let (Small(a, b), Small(c, d)) = (&self.0, &other.0) else {
            let by_sign = self.signum().cmp(&other.signum());
            return by_sign.then_with(|| {
                (self.numerator() * other.denominator())
                    .cmp(&(other.numerator() * self.denominator()))
            });
        };
        if b == d {
            return a.cmp(c);
        }
        (i128::from(*a) * i128::from(d.get())).cmp(&(i128::from(*c) * i128::from(b.get())))
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Default for Rational {
    fn default() -> Self {
        Self::ZERO
    }
}

macro_rules! integers {
    ($($t:ty),*) => {$(
        impl From<$t> for Rational {
            fn from(n: $t) -> Self {
                match i64::try_from(n) {
                    Ok(n) if n != i64::MIN => Self::integer(n),
                    _ => Self::from_coprime(BigInt::from(n), BigInt::one()),
                }
            }
        }
    )*};
}
integers!(i8, u8, i32, i64, u32, u64, usize, i128, u128);

impl From<BigInt> for Rational {
    fn from(n: BigInt) -> Self {
        Self::from_coprime(n, BigInt::one())
    }
}

impl From<BigUint> for Rational {
    fn from(n: BigUint) -> Self {
        Self::from(BigInt::from(n))
    }
}

impl From<BigRational> for Rational {
    fn from(r: BigRational) -> Self {
        let (n, d) = r.into();
        Self::from_parts(n, d)
    }
}

impl From<&Rational> for BigRational {
    fn from(r: &Rational) -> Self {
        BigRational::new_raw(r.numerator(), r.denominator())
    }
}
