//! Products, sums and common denominators of exact numbers; each operation pays before it runs.

use crate::fraction::{Fraction, Table};
use crate::integer::{Exact, Integer};
use crate::reader::Checker;
use crate::verdict::Checked;

impl Checker<'_> {
    pub(super) fn product(&mut self, a: &Integer, b: &Integer) -> Checked<Integer> {
        self.spend((a.bits() / 64 + 2) * (b.bits() / 64 + 2))?;
        Ok(a * b)
    }

    pub(super) fn dot<'b>(
        &mut self,
        pairs: impl Iterator<Item = (&'b Integer, &'b Integer)>,
    ) -> Checked<Integer> {
        pairs.map(|(a, b)| self.product(a, b)).sum()
    }

    /// Brings fractions over their least common denominator.
    pub(super) fn table(&mut self, rows: Vec<Vec<Fraction>>) -> Checked<Table> {
        let mut den = Integer::ONE;
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

    pub(super) fn times(&mut self, a: &Fraction, b: &Fraction) -> Checked<Fraction> {
        let (num, den) = (self.product(&a.num, &b.num)?, self.product(&a.den, &b.den)?);
        Ok(Fraction { num, den })
    }

    pub(super) fn plus(&mut self, a: &Fraction, b: &Fraction) -> Checked<Fraction> {
        let num = self.product(&a.num, &b.den)? + self.product(&b.num, &a.den)?;
        Ok(Fraction { num, den: self.product(&a.den, &b.den)? })
    }
}
