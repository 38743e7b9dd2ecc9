//! Where exact numbers meet floating point: the nearest float of a fraction, and back.
//!
//! A float may propose; it never decides. Both directions say in their name which is which.

use super::Rational;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// The double nearest to `x`; infinite when `x` is beyond the largest double, zero when it is not
/// above half of the least.
///
/// Proposal only. Law: `dyadic(nearest(x)) == x` for every `x` that is a double.
pub fn nearest(x: &Rational) -> f64 {
    match x.small_parts() {
        // Both parts are exact doubles, so one correctly rounded division suffices.
        Some((n, d)) if n.unsigned_abs() < 1 << 53 && d < 1 << 53 => n as f64 / d as f64,
        _ => BigRational::from(x).to_f64().unwrap_or(f64::NAN),
    }
}

/// The exact value of a finite double, a fraction over a power of two; `None` when not finite.
pub fn dyadic(x: f64) -> Option<Rational> {
    BigRational::from_float(x).map(Rational::from)
}

/// `2^exponent`, exact where that is a normal double: clamped to `-1022 ..= 1023`.
pub fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent.clamp(-1022, 1023) + 1023) as u64) << 52)
}

/// About `x * 2^exponent`.
///
/// Proposal only, but: where it is a normal double it errs by at most half an ulp, relatively, and
/// where it is zero or subnormal the number is below `2^-1021` in size.
pub fn scaled(x: &Rational, exponent: i64) -> f64 {
    match x.small_parts() {
        Some((n, 1)) if (-900..900).contains(&exponent) => n as f64 * power_of_two(exponent),
        _ => nearest(&(x * Rational::integer(2).pow(exponent as i32))),
    }
}
