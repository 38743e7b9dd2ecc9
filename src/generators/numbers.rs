//! Numbers: small integers, fractions with small denominators. Everything shrinks to zero.

use super::prelude::*;
use proptest::collection::SizeRange;

/// A sign as a number, 1 or -1.
pub fn sign(positive: bool) -> Rational {
    if positive { Rational::ONE } else { -Rational::ONE }
}

/// The length of the first row, or this sentence where there is none.
pub fn length_of_first<T>(rows: &[Vec<T>], none: &str) -> Result<usize, String> {
    rows.first().map(Vec::len).ok_or_else(|| none.to_owned())
}

/// Integers of absolute value at most `most`.
pub fn integer(most: i64) -> impl Strategy<Value = Rational> + Clone {
    (-most..=most).prop_map(Rational::from)
}

/// Integers of absolute value from 1 to `most`.
pub fn nonzero_integer(most: i64) -> impl Strategy<Value = Rational> + Clone {
    (1..=most, any::<bool>()).prop_map(|(n, minus)| Rational::from(if minus { -n } else { n }))
}

/// Fractions `p / denominator` with `|p| <= most`.
pub fn fraction(most: i64, denominator: i64) -> impl Strategy<Value = Rational> + Clone {
    (-most..=most).prop_map(move |p| Rational::new(p, denominator))
}

/// Eighths of absolute value at most `most / 8`; one in four is -1, 0 or 1, so that units meet
/// their kinks.
pub fn eighth(most: i64) -> impl Strategy<Value = Rational> + Clone {
    prop_oneof![3 => fraction(most, 8), 1 => integer(1)]
}

/// Signals of quarters between -5 and 5; the usual weights of a generated network.
pub fn quarters(len: impl Into<SizeRange>) -> impl Strategy<Value = Vec<Rational>> + Clone {
    vec(fraction(20, 4), len)
}

/// Signals of integers of absolute value at most `most`.
pub fn integers(
    len: impl Into<SizeRange>,
    most: i64,
) -> impl Strategy<Value = Vec<Rational>> + Clone {
    vec(integer(most), len)
}
