//! Averages over all choices of signs.

use super::enclosure::{DomainError, Enclosure, sqrt};
use crate::exact::Rational;
use std::collections::BTreeMap;

/// The sums `e_1 v_1 + .. + e_n v_n` for all choices of the signs `e`, the vectors `v: [n, d]`.
///
/// The first half has a plus before the last vector, and so on. Cost: `2^(n+1) d` additions. Panics
/// if the vectors differ in length.
pub fn signed_sums(vectors: &[Vec<Rational>]) -> Vec<Vec<Rational>> {
    let d = vectors.first().map_or(0, Vec::len);
    let start = vec![vec![Rational::ZERO; d]];
    vectors.iter().fold(start, |sums, v| {
        assert_eq!(v.len(), d, "the vectors have one length");
        let plus = sums.iter().map(|sum| sum.iter().zip(v).map(|(s, v)| s + v).collect());
        let minus = sums.iter().map(|sum| sum.iter().zip(v).map(|(s, v)| s - v).collect());
        plus.chain(minus).collect()
    })
}

/// The mean of numbers. Panics without one.
pub fn mean(values: impl ExactSizeIterator<Item = Rational>) -> Rational {
    let count = Rational::from(values.len());
    values.sum::<Rational>() / count
}

/// A sum `Σ c_k √v_k` with `v_k ≥ 0`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RootSum(BTreeMap<Rational, Rational>);

impl RootSum {
    /// The mean of the roots of these numbers. Panics without a number.
    pub fn mean(squares: impl ExactSizeIterator<Item = Rational>) -> Self {
        let weight = Rational::from(squares.len()).recip();
        let mut terms = BTreeMap::<Rational, Rational>::new();
        for square in squares {
            *terms.entry(square).or_default() += &weight;
        }
        Self(terms)
    }

    /// The sum, each root to a width of `2^-bits`; an error below a root of a negative number.
    pub fn enclosed(&self, bits: u32) -> Result<Enclosure, DomainError> {
        let zero = Enclosure::point(Rational::ZERO);
        self.0.iter().try_fold(zero, |sum, (v, c)| Ok(sum.sum(&sqrt(v, bits)?.scale(c))))
    }

    /// The square of the sum, if the roots are multiples of one of them.
    pub fn exact_square(&self) -> Option<Rational> {
        let base = self.0.keys().find(|v| !v.is_zero());
        let Some(base) = base else { return Some(Rational::ZERO) };
        let term = |(v, c): (&Rational, &Rational)| Some(c * sqrt(&(v / base), 1).ok()?.value()?);
        let sum: Rational = self.0.iter().map(term).sum::<Option<_>>()?;
        Some(&sum * &sum * base)
    }

    /// The square of the sum to a width that shrinks with `2^-bits`; a point if it is known
    /// exactly.
    pub fn square(&self, bits: u32) -> Result<Enclosure, DomainError> {
        if let Some(square) = self.exact_square() {
            return Ok(Enclosure::point(square));
        }
        let root = self.enclosed(bits)?;
        Ok(root.product(&root))
    }
}

/// Places after the point at which two numbers are tried to be told apart.
const PLACES: [u32; 4] = [16, 48, 128, 320];

/// Two fractions that compare as two enclosed numbers do, which are asked for more and more places;
/// `None` if these do not suffice.
pub fn apart(
    found: impl Fn(u32) -> Result<Enclosure, DomainError>,
    bound: impl Fn(u32) -> Result<Enclosure, DomainError>,
) -> Option<(Rational, Rational)> {
    PLACES.iter().find_map(|&places| {
        let (found, bound) = (found(places).ok()?, bound(places).ok()?);
        if found.lo() > bound.hi() {
            return Some((found.lo().clone(), bound.hi().clone()));
        }
        (found.hi() < bound.lo() || found.value().is_some() && found == bound)
            .then(|| (found.hi().clone(), bound.lo().clone()))
    })
}
