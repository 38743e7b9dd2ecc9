//! One row of a system: exact, cleared of denominators, and in doubles.

use crate::exact::float::nearest;
use crate::exact::{IntegerEntries as Entries, IntegerRow, Rational};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Coordinates by increasing index, with their coefficients, none of which is zero.
    pub(super) terms: Vec<(usize, Rational)>,
    pub(super) bound: Rational,
    pub(super) kind: Kind,
    /// The coefficients and the bound in integers.
    pub(super) cleared: IntegerRow,
    /// For a row with one coefficient that is no equation: the coordinate, whether this is an upper
    /// end of it, and about where.
    pub(super) end: Option<(usize, bool, f64)>,
}

impl Row {
    pub(super) fn new(terms: Vec<(usize, Rational)>, bound: Rational, kind: Kind) -> Self {
        let cleared = IntegerRow::new(terms.iter().map(|(_, a)| a).chain([&bound]));
        let end = match &terms[..] {
            [(j, a)] if kind != Kind::Equal => Some((*j, a.is_positive(), nearest(&(&bound / a)))),
            _ => None,
        };
        Self { terms, bound, kind, cleared, end }
    }

    pub(super) fn accepts(&self, x: &[Rational]) -> bool {
        let left: Rational = self.terms.iter().map(|(j, a)| a * &x[*j]).sum();
        match self.kind {
            Kind::AtMost => left <= self.bound,
            Kind::Below => left < self.bound,
            Kind::Equal => left == self.bound,
        }
    }

    /// The only coordinate with a coefficient, if it is the only one.
    pub(super) fn coordinate(&self) -> Option<usize> {
        if let [(j, _)] = &self.terms[..] { Some(*j) } else { None }
    }

    /// Writes the row in doubles over `2^low`; the bound in them, and `low`.
    pub(super) fn read_near(&self, normal: &mut [f64]) -> (f64, i64) {
        let mut write = |place: usize, x: f64| match self.terms.get(place) {
            Some((j, _)) => {
                normal[*j] = x;
                0.0
            }
            None => x,
        };
        match &self.cleared.entries {
            Entries::Words(words) => {
                let write = |_, (place, &x): (usize, &i64)| write(place, x as f64);
                (words.iter().enumerate().fold(0.0, write), 0)
            }
            Entries::Big(big) => {
                // Sixty bits below the longest entry are all a float can tell apart.
                let low = big.iter().map(BigInt::bits).max().unwrap_or(0).saturating_sub(60);
                let near = |x: &BigInt| (x >> low).to_f64().unwrap_or(f64::NAN);
                let write = |_, (place, x): (usize, &BigInt)| write(place, near(x));
                (big.iter().enumerate().fold(0.0, write), low as i64)
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    AtMost,
    Below,
    Equal,
}
