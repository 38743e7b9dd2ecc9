//! Kind `factorization`: a sequence is a product of short filters, up to a residual.
//!
//! The evidence is the filters. The checker multiplies them and compares.

use crate::fraction::{Table, show};
use crate::integer::{Exact, Integer};
use crate::limits::MAX_PRODUCTS;
use crate::reader::Checker;
use crate::verdict::{Checked, Proved, Rejection};

/// A polynomial up to rounding: taps over one denominator, and over the same denominator how far
/// they are off at most, in absolute sum.
struct Rounded {
    taps: Vec<Integer>,
    den: Integer,
    slack: Integer,
}

/// `target`, `length`, `filters`, `residual`; proof: one line `filter` a factor.
impl<'a> Checker<'a> {
    pub(super) fn factorization(&mut self) -> Checked<Proved<'a>> {
        let target = self.numbers("target", 1..=usize::MAX)?;
        let degree = target.len() - 1;
        let target = self.table(vec![target])?;
        let length = self.count("length")?;
        let count = self.count("filters")?;
        let bound = self.numbers("residual", 1..=1)?.remove(0);
        let stated = self.line;
        let proof = self.proof()?;
        self.allow(MAX_PRODUCTS);
        let mut filters = Vec::new();
        for _ in 0..count {
            let filter = self.numbers("filter", 1..=length + 1)?;
            filters.push(self.table(vec![filter])?);
        }
        self.bare("end")?;
        // With so many places that nothing is rounded there is no slack, so this ends.
        let mut places = bound.den.bits() + 128;
        loop {
            let found = self.filter_product(&filters, places)?;
            let (gap, slack, den) = self.gap(&target, &found)?;
            let allowed = self.product(&bound.num, &den)?;
            if self.product(&(&gap + &slack), &bound.den)? <= allowed {
                break;
            }
            let least = gap - slack;
            if self.product(&least, &bound.den)? > allowed {
                let expected = format!("a residual of at least {}", show(&least, &den));
                let found = bound.to_string();
                return Err(Rejection::False { line: stated, expected, found });
            }
            places *= 2;
        }
        let fact = format!(
            "the target is a product of filters up to an absolute sum of {} (coefficients {}, \
             filters {count}, length at most {length})",
            bound,
            degree + 1
        );
        Ok((proof, fact))
    }

    /// `sum |W_k - P_k|` and how far it is off at most, over the third number.
    fn gap(&mut self, target: &Table, found: &Rounded) -> Checked<(Integer, Integer, Integer)> {
        let (zero, mut gap) = (Integer::ZERO, Integer::ZERO);
        let wanted = &target.rows[0];
        for k in 0..found.taps.len().max(wanted.len()) {
            let wanted = self.product(wanted.get(k).unwrap_or(&zero), &found.den)?;
            gap += (wanted - self.product(found.taps.get(k).unwrap_or(&zero), &target.den)?).abs();
        }
        Ok((gap, self.product(&found.slack, &target.den)?, self.product(&found.den, &target.den)?))
    }

    /// The product, by halves; what has more binary places than these is rounded.
    fn filter_product(&mut self, filters: &[Table], places: u64) -> Checked<Rounded> {
        let (a, b) = match filters {
            [] => {
                return Ok(Rounded {
                    taps: vec![Integer::ONE],
                    den: Integer::ONE,
                    slack: Integer::ZERO,
                });
            }
            [one] => {
                let (taps, den) = (one.rows[0].clone(), one.den.clone());
                return Ok(Rounded { taps, den, slack: Integer::ZERO });
            }
            _ => filters.split_at(filters.len().next_power_of_two() / 2),
        };
        let (a, b) = (self.filter_product(a, places)?, self.filter_product(b, places)?);
        // With a = x + d and b = y + e, ab - xy is xe + dy + de.
        let norm = |p: &Rounded| p.taps.iter().map(Integer::abs).sum::<Integer>();
        let slack =
            self.product(&(norm(&a) + &a.slack), &b.slack)? + self.product(&a.slack, &norm(&b))?;
        let (taps, den) = (self.convolve(&a.taps, &b.taps)?, self.product(&a.den, &b.den)?);
        if den.bits() <= places {
            return Ok(Rounded { taps, den, slack });
        }
        let mut round = |x: &Integer| -> Checked<Integer> {
            self.spend(((x.bits() + places) / 64 + 2) * (den.bits() / 64 + 2))?;
            Ok((x << places as usize).div_floor(&den))
        };
        // Each tap loses less than one unit, and so does the slack.
        let slack = round(&slack)? + taps.len() + 1u32;
        let taps = taps.iter().map(round).collect::<Checked<_>>()?;
        Ok(Rounded { taps, den: Integer::ONE << places as usize, slack })
    }

    fn convolve(&mut self, a: &[Integer], b: &[Integer]) -> Checked<Vec<Integer>> {
        let range = |k: usize| k.saturating_sub(b.len() - 1)..a.len().min(k + 1);
        (0..a.len() + b.len() - 1).map(|k| self.dot(range(k).map(|i| (&a[i], &b[k - i])))).collect()
    }
}
