//! Fractions as a certificate writes them, and tables of fractions over one denominator.

use crate::integer::{Exact, Integer};
use std::fmt;

/// A fraction as written: `den` is positive, lowest terms are not required.
#[derive(Clone, Debug, Eq)]
pub(super) struct Fraction {
    pub(super) num: Integer,
    pub(super) den: Integer,
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        let is_same = self.num == other.num && self.den == other.den;
        is_same || &self.num * &other.den == &other.num * &self.den
    }
}

impl From<i64> for Fraction {
    fn from(whole: i64) -> Self {
        Self { num: whole.into(), den: Integer::ONE }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&show(&self.num, &self.den))
    }
}

impl Fraction {
    pub(super) fn is_below(&self, other: &Self) -> bool {
        &self.num * &other.den < &other.num * &self.den
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let num = &self.num * &other.den + &other.num * &self.den;
        Self { num, den: &self.den * &other.den }
    }

    pub(super) fn negated(&self) -> Self {
        Self { num: -&self.num, den: self.den.clone() }
    }

    /// One over a positive fraction.
    pub(super) fn inverse(&self) -> Self {
        Self { num: self.den.clone(), den: self.num.clone() }
    }
}

/// Fractions over one positive denominator: entry `(i, j)` is `rows[i][j] / den`.
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Integer>>,
    pub(super) den: Integer,
}

/// A fraction in lowest terms, if it is short enough to read.
pub(super) fn show(num: &Integer, den: &Integer) -> String {
    if num.bits() + den.bits() > 4096 {
        return "a fraction of more than 4096 bits".to_owned();
    }
    let common = num.gcd(den);
    match (num / &common, den / &common) {
        (num, den) if den.is_one() => num.to_string(),
        (num, den) => format!("{num}/{den}"),
    }
}
