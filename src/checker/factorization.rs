//! Kind `factorization`: a sequence is a product of short filters, up to a residual.

use super::arithmetic::{show, written};
use super::reader::Checker;
use super::{Checked, Proved, Rejection};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

/// `target`, `length`, `filters`, `residual`; proof: one line `filter` a factor.
impl<'a> Checker<'a> {
    pub(super) fn factorization(&mut self) -> Checked<Proved<'a>> {
        let target = self.numbers("target", 1..=usize::MAX)?;
        let degree = target.len() - 1;
        let target = self.table(vec![target])?;
        let length = self.count("length")?;
        let filters = self.count("filters")?;
        let bound = self.numbers("residual", 1..=1)?.remove(0);
        let stated = self.line;
        let proof = self.rest;
        self.bare("proof")?;
        let (mut found, mut den) = (vec![BigInt::one()], BigInt::one());
        for _ in 0..filters {
            let filter = self.numbers("filter", 1..=length + 1)?;
            let filter = self.table(vec![filter])?;
            found = self.convolve(&found, &filter.rows[0])?;
            den = self.product(&den, &filter.den)?;
        }
        self.bare("end")?;
        // sum |W_k - P_k| over both denominators, a missing coefficient being 0.
        let zero = BigInt::zero();
        let mut gap = BigInt::zero();
        for k in 0..found.len().max(degree + 1) {
            let wanted = self.product(target.rows[0].get(k).unwrap_or(&zero), &den)?;
            gap += (wanted - self.product(found.get(k).unwrap_or(&zero), &target.den)?).abs();
        }
        let den = self.product(&den, &target.den)?;
        if self.product(&gap, &bound.den)? > self.product(&bound.num, &den)? {
            let expected = format!("a residual of at least {}", show(&gap, &den));
            let found = written(&bound);
            return Err(Rejection::False { line: stated, expected, found });
        }
        let fact = format!(
            "the target is a product of filters up to an absolute sum of {} (coefficients {}, \
             filters {filters}, length at most {length})",
            written(&bound),
            degree + 1
        );
        Ok((proof, fact))
    }

    fn convolve(&mut self, a: &[BigInt], b: &[BigInt]) -> Checked<Vec<BigInt>> {
        let range = |k: usize| k.saturating_sub(b.len() - 1)..a.len().min(k + 1);
        (0..a.len() + b.len() - 1).map(|k| self.dot(range(k).map(|i| (&a[i], &b[k - i])))).collect()
    }
}
