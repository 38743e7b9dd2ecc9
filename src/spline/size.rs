//! How large numbers are, so that doubles may be brought to about one before they propose.

use crate::exact::Rational;

/// A power of two that is about the greatest of the numbers; 1 if all are 0.
pub(super) fn size<'a>(numbers: impl IntoIterator<Item = &'a Rational>) -> Rational {
    let greatest = numbers.into_iter().map(Rational::abs).max().unwrap_or_default();
    Rational::integer(2).pow(exponent(&greatest))
}

/// The exponent of a power of two that is about the number; 0 for 0.
pub(super) fn exponent(number: &Rational) -> i32 {
    if number.is_zero() {
        return 0;
    }
    let bits = number.numerator().bits() as i64 - number.denominator().bits() as i64;
    bits.clamp(-60_000, 60_000) as i32
}
