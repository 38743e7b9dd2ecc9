//! Polynomials with integer coefficients: the fraction-free side of every remainder sequence.

use crate::exact::Rational;
use crate::exact::gcd_big;
use crate::exact::linear::power_modulo;
use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Integer coefficients from low to high, no trailing zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Integral(Vec<BigInt>);

/// The least common multiple of the denominators; one for none.
pub(super) fn least_common_multiple<'a>(of: impl Iterator<Item = &'a Rational>) -> BigInt {
    of.fold(BigInt::one(), |lcm, c| {
        let d = c.denominator();
        let g = BigInt::from(gcd_big(lcm.magnitude(), d.magnitude()));
        lcm * (d / g)
    })
}

impl Integral {
    pub(super) fn new(coefficients: impl IntoIterator<Item = BigInt>) -> Self {
        let mut coefficients: Vec<_> = coefficients.into_iter().collect();
        while coefficients.last().is_some_and(Zero::is_zero) {
            coefficients.pop();
        }
        Self(coefficients)
    }

    pub(super) fn into_coefficients(self) -> Vec<BigInt> {
        self.0
    }

    pub(super) fn coefficients(&self) -> &[BigInt] {
        &self.0
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Zero for constants and for the zero polynomial.
    pub(super) fn degree_or_zero(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    fn leading(&self) -> &BigInt {
        self.0.last().expect("asked of polynomials that are not zero")
    }

    /// The positive content and the primitive part, which keeps all signs. Zero has content one.
    pub(super) fn primitive(self) -> (BigInt, Self) {
        let mut content = BigInt::zero();
        for c in self.0.iter().rev() {
            content = BigInt::from(gcd_big(content.magnitude(), c.magnitude()));
            if content.is_one() {
                break;
            }
        }
        if content.is_zero() || content.is_one() {
            return (BigInt::one(), self);
        }
        let part = Self(self.0.into_iter().map(|c| c / &content).collect());
        (content, part)
    }

    /// The primitive part with a positive leading coefficient.
    pub(super) fn normal(self) -> Self {
        let part = self.primitive().1;
        if !part.is_zero() && part.leading().is_negative() { part.negated() } else { part }
    }

    pub(super) fn negated(self) -> Self {
        Self(self.0.into_iter().map(|c| -c).collect())
    }

    pub(super) fn product(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Self(Vec::new());
        }
        let mut out = vec![BigInt::zero(); self.0.len() + other.0.len() - 1];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in other.0.iter().enumerate() {
                out[i + j] += a * b;
            }
        }
        Self(out)
    }

    pub(super) fn difference(&self, other: &Self) -> Self {
        let at = |p: &Self, i: usize| p.0.get(i).cloned().unwrap_or_default();
        Self::new((0..self.0.len().max(other.0.len())).map(|i| at(self, i) - at(other, i)))
    }

    pub(super) fn derivative(&self) -> Self {
        Self::new(self.0.iter().enumerate().skip(1).map(|(i, c)| c * i))
    }

    /// A positive multiple of the remainder of `self` by `divisor`, which is not zero.
    ///
    /// Each step cancels the leading term after multiplying by the absolute value of the divisor's
    /// leading coefficient, so signs are those of the true remainder.
    pub(super) fn pseudo_remainder(&self, divisor: &Self) -> Self {
        let (lead, low) = (divisor.leading(), divisor.degree_or_zero());
        let (scale, sign) = (lead.abs(), lead.sign());
        let mut rest = self.0.clone();
        while rest.len() > low {
            let top = rest.pop().expect("longer than the divisor's degree");
            if top.is_zero() {
                continue;
            }
            let shift = rest.len() - low;
            rest.iter_mut().for_each(|c| *c *= &scale);
            let factor = if sign == Sign::Minus { -top } else { top };
            for (c, d) in rest[shift..].iter_mut().zip(&divisor.0) {
                *c -= &factor * d;
            }
        }
        Self::new(rest)
    }

    /// The quotient by a divisor that divides exactly over the integers.
    pub(super) fn exact_quotient(&self, divisor: &Self) -> Self {
        let low = divisor.degree_or_zero();
        let mut rest = self.0.clone();
        let mut quotient = vec![BigInt::zero(); rest.len().saturating_sub(low)];
        for shift in (0..quotient.len()).rev() {
            let factor = &rest[shift + low] / divisor.leading();
            for (c, d) in rest[shift..].iter_mut().zip(&divisor.0) {
                *c -= &factor * d;
            }
            quotient[shift] = factor;
        }
        debug_assert!(rest.iter().all(Zero::is_zero), "the divisor divides");
        Self::new(quotient)
    }

    /// The primitive greatest common divisor with a positive leading coefficient; zero of zeros.
    ///
    /// Primitive remainder sequence: taking out the content after each step keeps the coefficients
    /// as short as any fraction-free sequence can.
    pub(super) fn gcd(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.clone().normal(), other.clone().normal());
        if a.0.len() < b.0.len() {
            std::mem::swap(&mut a, &mut b);
        }
        while !b.is_zero() {
            let rest = a.pseudo_remainder(&b).normal();
            (a, b) = (b, rest);
        }
        a
    }

    /// Whether a prime shows that there is no multiple root; of positive degree then.
    ///
    /// A common factor with the derivative would be one modulo every prime that does not divide the
    /// leading coefficient. False says nothing. Cost: `O(n^2)` word operations.
    pub(super) fn is_seen_square_free(&self) -> bool {
        let residue = |c: &BigInt| {
            let r = (c % PRIME).to_i64().expect("it is below the prime");
            r.rem_euclid(PRIME) as u64
        };
        let p: Vec<u64> = self.0.iter().map(residue).collect();
        let slope = p.iter().enumerate().skip(1).map(|(i, c)| i as u64 % PRIME as u64 * c);
        let slope = slope.map(|c| c % PRIME as u64).collect();
        p.len() > 1 && p.last() != Some(&0) && are_coprime(p, slope)
    }

    /// The sign at `numerator / denominator`, where the denominator is positive.
    pub(super) fn sign_at(&self, x: &Rational) -> i8 {
        let (n, d) = (x.numerator(), x.denominator());
        let mut power = BigInt::one();
        let mut value = BigInt::zero();
        for c in self.0.iter().rev() {
            value = value * &n + c * &power;
            power *= &d;
        }
        sign(&value)
    }

    /// The sign of the values far out to the right, or to the left.
    pub(super) fn sign_at_infinity(&self, right: bool) -> i8 {
        let lead = self.0.last().map_or(0, sign);
        if right || self.degree_or_zero().is_multiple_of(2) { lead } else { -lead }
    }
}

/// A prime whose residues multiply within a word: the Mersenne prime of 31 bits.
const PRIME: i64 = (1 << 31) - 1;

/// Whether two polynomials over the field of [`PRIME`] elements have no common factor, by Euclid's
/// algorithm.
fn are_coprime(mut a: Vec<u64>, mut b: Vec<u64>) -> bool {
    let prime = PRIME as u64;
    loop {
        while b.last() == Some(&0) {
            b.pop();
        }
        let Some(&lead) = b.last() else { return a.len() == 1 };
        // By Fermat's little theorem.
        let inverse = power_modulo(lead, prime - 2, prime);
        while a.len() >= b.len() {
            let top = a.pop().expect("not shorter than what is not empty");
            let factor = prime - top * inverse % prime;
            let shift = a.len() + 1 - b.len();
            for (c, d) in a[shift..].iter_mut().zip(&b) {
                *c = (*c + factor * d) % prime;
            }
        }
        std::mem::swap(&mut a, &mut b);
    }
}

fn sign(x: &BigInt) -> i8 {
    match x.sign() {
        Sign::Minus => -1,
        Sign::NoSign => 0,
        Sign::Plus => 1,
    }
}
