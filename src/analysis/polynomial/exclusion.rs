//! Counting real roots by excluding intervals, in machine words with a proved error.
//!
//! A Sturm chain of degree 1000 has coefficients of tens of thousands of bits. Most polynomials do
//! not need one. If an enclosure of the values on an interval avoids zero, the interval has no
//! root. If an enclosure of the slopes avoids zero, it has a root exactly if the signs at its ends
//! differ.

use super::Integral;
use crate::exact::Rational;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

/// Binary places. With `|x| <= 1` and coefficients of size one at most, the slope at degree `n` is
/// below `n^2`, so products fit 127 bits up to degrees of a few thousand; beyond that, no answer.
const PLACES: u32 = 48;

/// The number of real roots of a square-free polynomial that is not zero; `None` if
/// words do not decide.
///
/// Cost: at most `2000 + 80 n` evaluations of value and slope at degree `n`.
pub(super) fn count(p: &Integral) -> Option<usize> {
    let budget = 1000 + 40 * p.degree_or_zero();
    let turned = Integral::new(p.coefficients().iter().rev().cloned());
    // Inside of the unit interval, outside by the reversed polynomial, and its two ends.
    let inside = count_inside(p, budget)? + count_inside(&turned, budget)?;
    let ends = [-1, 1].map(|x| p.sign_at(&Rational::integer(x)));
    Some(inside + ends.iter().filter(|sign| **sign == 0).count())
}

/// The number of roots with `-1 < x < 1`.
fn count_inside(p: &Integral, mut budget: usize) -> Option<usize> {
    let words = WordPolynomial::new(p)?;
    let (mut found, unit) = (0, 1i64 << PLACES);
    // Centre and radius; ends are whole multiples of the unit in the last place.
    let mut open = vec![(0i64, unit)];
    while let Some((centre, radius)) = open.pop() {
        budget = budget.checked_sub(1)?;
        let [value, slope] = words.jet(centre, radius)?;
        if value.avoids_zero() {
            continue;
        }
        if slope.avoids_zero() {
            let sign = |x: i64| {
                let [value, _] = words.jet(x, 0)?;
                let is_plain = value.avoids_zero();
                let exact = || p.sign_at(&Rational::new(x, unit));
                Some(if is_plain { value.middle.signum() as i8 } else { exact() })
            };
            let (left, right) = (sign(centre - radius)?, sign(centre + radius)?);
            // A root at an end is that of the interval to its right; -1 is nobody's.
            found += usize::from(left * right < 0 || left == 0 && centre - radius > -unit);
            continue;
        }
        if radius < 2 {
            return None;
        }
        let half = radius / 2;
        open.extend([(centre - half, half), (centre + half, half)]);
    }
    Some(found)
}

/// All numbers within `error` of `middle`, in units of the last place.
#[derive(Clone, Copy, Default)]
struct Ball {
    middle: i128,
    error: i128,
}

impl Ball {
    fn avoids_zero(self) -> bool {
        self.middle.abs() > self.error
    }

    /// Encloses the products with all numbers within `radius` of `centre`; `None` on overflow.
    fn times(self, centre: i64, radius: i64) -> Option<Self> {
        let (centre, radius) = (i128::from(centre), i128::from(radius));
        let middle = self.middle.checked_mul(centre)? >> PLACES;
        let spread = self.error.checked_mul(centre.abs() + radius)?;
        let spread = spread.checked_add(self.middle.abs().checked_mul(radius)?)?;
        // One unit for the middle, rounded down, and one for the error, rounded up.
        Some(Self { middle, error: (spread >> PLACES) + 2 })
    }

    fn plus(self, other: Self) -> Option<Self> {
        let middle = self.middle.checked_add(other.middle)?;
        Some(Self { middle, error: self.error.checked_add(other.error)? })
    }
}

/// Coefficients divided by a power of two no smaller than the largest, each to within one unit.
struct WordPolynomial(Vec<Ball>);

impl WordPolynomial {
    fn new(p: &Integral) -> Option<Self> {
        let longest = p.coefficients().iter().map(|c| c.magnitude().bits()).max()?;
        let ball = |c: &BigInt| {
            let scaled = (c.abs() << PLACES) >> longest;
            let size = scaled.to_i128().expect("it is at most one");
            let middle = if c.is_negative() { -size } else { size };
            Ball { middle, error: 1 }
        };
        Some(Self(p.coefficients().iter().map(ball).collect()))
    }

    /// Encloses the values and the slopes within `radius` of `centre`, by Horner's rule.
    fn jet(&self, centre: i64, radius: i64) -> Option<[Ball; 2]> {
        self.0.iter().rev().try_fold([Ball::default(); 2], |[value, slope], c| {
            let next = value.times(centre, radius)?.plus(*c)?;
            Some([next, slope.times(centre, radius)?.plus(value)?])
        })
    }
}
