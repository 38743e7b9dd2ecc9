//! How large numbers are, so that doubles may be brought to about one before they propose.

use crate::exact::Rational;

/// A power of two that is about the greatest of the numbers; 1 if all are 0.
pub(super) fn size<'a>(numbers: impl IntoIterator<Item = &'a Rational>) -> Rational {
    let greatest = numbers.into_iter().map(Rational::abs).max().unwrap_or_default();
    if greatest.is_zero() {
        return Rational::ONE;
    }
    let bits = greatest.numerator().bits() as i64 - greatest.denominator().bits() as i64;
    Rational::integer(2).pow(bits.clamp(-60_000, 60_000) as i32)
}
