//! Exact arithmetic on integers over a common denominator, metered.

use super::Checked;
use super::reader::Checker;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};
use std::fmt;

/// A fraction as written: `den` is positive, lowest terms are not required.
#[derive(Clone, Debug, Eq)]
pub(super) struct Fraction {
    pub(super) num: BigInt,
    pub(super) den: BigInt,
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        let is_same = self.num == other.num && self.den == other.den;
        is_same || &self.num * &other.den == &other.num * &self.den
    }
}

impl From<i64> for Fraction {
    fn from(whole: i64) -> Self {
        Self { num: whole.into(), den: BigInt::one() }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(self))
    }
}

impl Fraction {
    pub(super) fn is_below(&self, other: &Self) -> bool {
        &self.num * &other.den < &other.num * &self.den
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
    pub(super) rows: Vec<Vec<BigInt>>,
    pub(super) den: BigInt,
}

/// Exact arithmetic, metered.
impl Checker<'_> {
    /// A kind whose proofs may cost more than others says so before it reads them.
    pub(super) fn allow(&mut self, limit: u64) {
        self.work += limit - self.limit;
        self.limit = limit;
    }

    pub(super) fn spend(&mut self, work: u64) -> Checked<()> {
        match self.work.checked_sub(work) {
            Some(left) => self.work = left,
            None => return Err(self.too_large(format!("{} units of work", self.limit))),
        }
        Ok(())
    }

    pub(super) fn product(&mut self, a: &BigInt, b: &BigInt) -> Checked<BigInt> {
        self.spend((a.bits() / 64 + 2) * (b.bits() / 64 + 2))?;
        Ok(a * b)
    }

    pub(super) fn dot<'b>(
        &mut self,
        pairs: impl Iterator<Item = (&'b BigInt, &'b BigInt)>,
    ) -> Checked<BigInt> {
        pairs.map(|(a, b)| self.product(a, b)).sum()
    }

    /// Brings fractions over their least common denominator.
    pub(super) fn table(&mut self, rows: Vec<Vec<Fraction>>) -> Checked<Table> {
        let mut den = BigInt::one();
        for fraction in rows.iter().flatten().filter(|fraction| !fraction.den.is_one()) {
            // After one division the gcd is of two numbers no longer than the written one, and
            // costs a pass over its words for each of its bits.
            let length = fraction.den.bits();
            self.spend((den.bits() / 64 + 2) * (length / 64 + 2) + length * (length / 64 + 2) / 8)?;
            let rest = &den % &fraction.den;
            if !rest.is_zero() {
                let missing = &fraction.den / rest.gcd(&fraction.den);
                den = self.product(&den, &missing)?;
            }
        }
        let mut scaled = Vec::with_capacity(rows.len());
        for row in rows {
            let scale = |f: Fraction| {
                self.spend((den.bits() / 64 + 2) * (f.den.bits() / 64 + 2))?;
                self.product(&f.num, &(&den / &f.den))
            };
            scaled.push(row.into_iter().map(scale).collect::<Checked<Vec<_>>>()?);
        }
        Ok(Table { rows: scaled, den })
    }
}

pub(super) fn written(fraction: &Fraction) -> String {
    show(&fraction.num, &fraction.den)
}

/// A fraction in lowest terms, if it is short enough to read.
pub(super) fn show(num: &BigInt, den: &BigInt) -> String {
    if num.bits() + den.bits() > 4096 {
        return "a fraction of more than 4096 bits".to_owned();
    }
    let common = num.gcd(den);
    match (num / &common, den / &common) {
        (num, den) if den.is_one() => num.to_string(),
        (num, den) => format!("{num}/{den}"),
    }
}
