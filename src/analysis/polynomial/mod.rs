//! Univariate polynomials over the rationals: ring operations, division, greatest common divisors.
//!
//! Coefficients stand from low to high, so a filter with taps `w_0 .. w_s` is a polynomial and the
//! convolution of two filters is the product of two polynomials. Long computations run on integer
//! coefficients without common divisor, where numbers stay as short as they can be.

mod approximate;
mod exclusion;
mod integral;
mod roots;

pub use roots::RealRoot;

use crate::exact::Rational;
use integral::Integral;
use num_bigint::BigInt;

/// A polynomial `c_0 + c_1 z + .. + c_n z^n` with rational coefficients.
///
/// Law: two polynomials are equal exactly when they agree everywhere, since no trailing
/// coefficient is zero; the zero polynomial has no coefficients and no degree.
///
/// ```
/// use crease::analysis::polynomial::Polynomial;
/// use crease::exact::Rational;
/// let w = Polynomial::from_integers(&[-2, 0, 1]);
/// assert_eq!(w.eval(&Rational::integer(3)), Rational::integer(7));
/// assert_eq!(w.distinct_real_roots_in(&Rational::ZERO, &Rational::integer(2)), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Polynomial {
    coefficients: Vec<Rational>,
}

impl Polynomial {
    /// The polynomial with these coefficients, low to high; trailing zeros are dropped.
    pub fn new(mut coefficients: Vec<Rational>) -> Self {
        while coefficients.last().is_some_and(Rational::is_zero) {
            coefficients.pop();
        }
        Self { coefficients }
    }

    /// The polynomial with these integer coefficients, low to high. Panics on `i64::MIN`.
    pub fn from_integers(coefficients: &[i64]) -> Self {
        Self::new(coefficients.iter().map(|&c| Rational::integer(c)).collect())
    }

    /// The zero polynomial.
    pub const fn zero() -> Self {
        Self { coefficients: Vec::new() }
    }

    /// The constant polynomial `c`.
    pub fn constant(c: Rational) -> Self {
        Self::new(vec![c])
    }

    /// The coefficients, low to high, without trailing zeros.
    pub fn coefficients(&self) -> &[Rational] {
        &self.coefficients
    }

    /// The degree; `None` for the zero polynomial.
    pub fn degree(&self) -> Option<usize> {
        self.coefficients.len().checked_sub(1)
    }

    /// Whether this is the zero polynomial.
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// The coefficient of the highest power; zero for the zero polynomial.
    pub fn leading(&self) -> Rational {
        self.coefficients.last().cloned().unwrap_or_default()
    }

    /// The value at `x`, by Horner's rule.
    pub fn eval(&self, x: &Rational) -> Rational {
        self.coefficients.iter().rev().fold(Rational::ZERO, |value, c| value * x + c)
    }

    /// The sum.
    pub fn sum(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a + b)
    }

    /// This minus the other.
    pub fn difference(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a - b)
    }

    fn combine(&self, other: &Self, op: fn(&Rational, &Rational) -> Rational) -> Self {
        let n = self.coefficients.len().max(other.coefficients.len());
        let at = |p: &Self, i: usize| p.coefficients.get(i).cloned().unwrap_or_default();
        Self::new((0..n).map(|i| op(&at(self, i), &at(other, i))).collect())
    }

    /// The product, which is the convolution of the coefficients.
    ///
    /// Law: degrees add, unless a factor is zero. Cost: `O(m n)` integer operations and one
    /// reduction for each coefficient of the result.
    pub fn product(&self, other: &Self) -> Self {
        let ((a, p), (b, q)) = (self.integral(), other.integral());
        p.product(&q).scaled(&(a * b))
    }

    /// The product of many polynomials; one for none.
    ///
    /// Cost: as many products of integer polynomials, and one reduction for each coefficient of the
    /// result.
    pub fn product_of<'a>(factors: impl IntoIterator<Item = &'a Self>) -> Self {
        let one = (Rational::ONE, Integral::new([BigInt::from(1)]));
        let product = factors.into_iter().fold(one, |(content, product), factor| {
            let (a, p) = factor.integral();
            (content * a, product.product(&p))
        });
        product.1.scaled(&product.0)
    }

    /// This times a number.
    pub fn scale(&self, factor: &Rational) -> Self {
        Self::new(self.coefficients.iter().map(|c| c * factor).collect())
    }

    /// This to the power `exponent`; the power 0 is one, also of zero.
    pub fn pow(&self, exponent: usize) -> Self {
        Self::product_of(std::iter::repeat_n(self, exponent))
    }

    /// The multiple with leading coefficient one; the zero polynomial stays zero.
    pub fn monic(&self) -> Self {
        if self.is_zero() { Self::zero() } else { self.scale(&self.leading().recip()) }
    }

    /// The derivative.
    pub fn derivative(&self) -> Self {
        let terms = self.coefficients.iter().enumerate().skip(1);
        Self::new(terms.map(|(i, c)| c * Rational::from(i)).collect())
    }

    /// Quotient and remainder.
    ///
    /// Law: `self = quotient * divisor + remainder`, and the remainder is zero or of smaller degree
    /// than the divisor. Panics if the divisor is zero.
    pub fn div_rem(&self, divisor: &Self) -> (Self, Self) {
        let low = divisor.degree().expect("the divisor is not the zero polynomial");
        let inverse = divisor.leading().recip();
        let mut rest = self.coefficients.clone();
        let mut quotient = vec![Rational::ZERO; rest.len().saturating_sub(low)];
        for shift in (0..quotient.len()).rev() {
            let factor = &rest[shift + low] * &inverse;
            for (c, d) in rest[shift..].iter_mut().zip(&divisor.coefficients) {
                *c -= &factor * d;
            }
            quotient[shift] = factor;
        }
        (Self::new(quotient), Self::new(rest))
    }

    /// The greatest common divisor, monic; `gcd(0, 0)` is zero.
    ///
    /// Law: it divides both, and every common divisor divides it.
    pub fn gcd(&self, other: &Self) -> Self {
        Self::from_integral(self.integral().1.gcd(&other.integral().1)).monic()
    }

    /// The positive content and the integer polynomial without common divisor: their product is
    /// this polynomial.
    fn integral(&self) -> (Rational, Integral) {
        let common = integral::least_common_multiple(self.coefficients.iter());
        let over = |c: &Rational| c.numerator() * (&common / c.denominator());
        let (content, primitive) = Integral::new(self.coefficients.iter().map(over)).primitive();
        (Rational::from_parts(content, common), primitive)
    }

    fn from_integral(p: Integral) -> Self {
        Self { coefficients: p.into_coefficients().into_iter().map(Rational::from).collect() }
    }
}

impl Integral {
    /// The rational polynomial `factor * self`.
    fn scaled(self, factor: &Rational) -> Polynomial {
        let (n, d): (BigInt, BigInt) = (factor.numerator(), factor.denominator());
        let term = |c: BigInt| Rational::from_parts(c * &n, d.clone());
        Polynomial::new(self.into_coefficients().into_iter().map(term).collect())
    }
}
