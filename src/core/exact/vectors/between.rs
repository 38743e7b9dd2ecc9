//! A short point in the middle of a cone: proposed in doubles, tested exactly.
//!
//! A proposal that is infinite or no number becomes a word that is too long, or zero, or is refused
//! by a test; the exact sum needs no double.

use super::Vectors;
use crate::exact::Rational;
use std::cmp::Ordering;

impl Vectors {
    /// The point `x / x_0` of some vector near the middle of the cone that `of` span, on the given
    /// side of every form of `tests`; the sum of all of `of` has to be on these sides.
    ///
    /// Cost: one product a form and attempt; the exact sum if no short point is inside.
    pub fn point_between(
        &mut self,
        forms: &Self,
        of: &[usize],
        tests: &[(usize, Ordering)],
    ) -> Vec<Rational> {
        let mut middle = vec![0.0; self.length()];
        for &index in of {
            middle.iter_mut().zip(self.proposal(index)).for_each(|(sum, x)| *sum += x);
        }
        let mark = self.len();
        for bits in [0, 2, 5, 9, 14, 20, 28, 36, 44] {
            let unit = (1u64 << bits) as f64;
            let near: Vec<i64> = middle.iter().map(|x| (x / middle[0] * unit) as i64).collect();
            if near.iter().any(|x| x.unsigned_abs() >= 1 << 60) || near[0] <= 0 {
                break;
            }
            let index = self.push_words(&near);
            let inside =
                tests.iter().all(|&(form, side)| self.side(forms, form, index).sign() == side);
            self.truncate(mark);
            if inside {
                return near[1..].iter().map(|&x| Rational::new(x, near[0])).collect();
            }
        }
        let mut sum = vec![Rational::ZERO; self.length()];
        for &index in of {
            let entries = self.entries(forms, index);
            sum.iter_mut().zip(&entries).for_each(|(s, x)| *s += x);
        }
        sum[1..].iter().map(|x| x / &sum[0]).collect()
    }
}
