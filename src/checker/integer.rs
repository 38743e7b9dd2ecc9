//! Big integers, and the operations that the library lacks or names differently.
//!
//! The programs that write certificates use another library of integers. So a fault of one library
//! cannot hide on both sides.

pub(super) use dashu_int::IBig as Integer;

use dashu_int::Sign;
use dashu_int::ops::{Abs, DivEuclid, Gcd, RemEuclid};

/// What the checker asks of integers. Divisors are positive.
// Only the kind `error` rounds up.
#[cfg_attr(not(feature = "error"), allow(dead_code))]
pub(super) trait Exact: Sized {
    /// The length of the absolute value.
    fn bits(&self) -> u64;
    fn is_positive(&self) -> bool;
    fn is_negative(&self) -> bool;
    fn abs(&self) -> Self;
    /// The greatest common divisor, not negative.
    fn gcd(&self, other: &Self) -> Self;
    fn div_floor(&self, divisor: &Self) -> Self;
    fn div_ceil(&self, divisor: &Self) -> Self;
    fn rem_floor(&self, divisor: &Self) -> Self;
    /// From decimal digits alone, with a minus sign before them or without.
    fn from_decimal(digits: &str) -> Option<Self>;
}

impl Exact for Integer {
    fn bits(&self) -> u64 {
        let (_, words) = self.as_sign_words();
        let top = words.last().map_or(0, |top| u64::from(top.ilog2()) + 1);
        words.len().saturating_sub(1) as u64 * u64::from(dashu_int::Word::BITS) + top
    }

    fn is_positive(&self) -> bool {
        self.sign() == Sign::Positive && !self.is_zero()
    }

    fn is_negative(&self) -> bool {
        self.sign() == Sign::Negative
    }

    fn abs(&self) -> Self {
        Abs::abs(self.clone())
    }

    fn gcd(&self, other: &Self) -> Self {
        match (self.is_zero(), other.is_zero()) {
            // The library has no divisor for two zeros.
            (true, _) => Exact::abs(other),
            (_, true) => Exact::abs(self),
            _ => Gcd::gcd(self, other).into(),
        }
    }

    fn div_floor(&self, divisor: &Self) -> Self {
        DivEuclid::div_euclid(self, divisor)
    }

    fn div_ceil(&self, divisor: &Self) -> Self {
        -DivEuclid::div_euclid(-self, divisor)
    }

    fn rem_floor(&self, divisor: &Self) -> Self {
        RemEuclid::rem_euclid(self, divisor).into()
    }

    fn from_decimal(digits: &str) -> Option<Self> {
        Self::from_str_radix(digits, 10).ok()
    }
}

/// The greatest common divisor of machine words, by Stein's algorithm; of 0 and a word, the word.
pub(super) fn gcd_of_words(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shared = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
    }
    a << shared
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signs, zeros and lengths around a word, against the definitions.
    #[test]
    fn what_the_library_names_otherwise_is_what_its_law_says() {
        let word = Integer::ONE << 64;
        let ends =
            [Integer::ZERO, Integer::ONE, 6.into(), 8.into(), &word - 1, word.clone(), &word + 1];
        let numbers: Vec<_> = ends.iter().flat_map(|x| [x.clone(), -x]).collect();
        for x in &numbers {
            let size = Exact::abs(x);
            assert!(size >= Integer::ZERO && (size == *x || size == -x));
            assert_eq!(
                (x.is_positive(), x.is_negative()),
                (*x > Integer::ZERO, *x < Integer::ZERO)
            );
            let bits = x.bits() as usize;
            assert!(
                size < Integer::ONE << bits && (bits == 0 || size >= Integer::ONE << (bits - 1))
            );
            assert_eq!(Integer::from_decimal(&x.to_string()).as_ref(), Some(x));
            assert_eq!(x >> 3, x.div_floor(&8.into()));
            for y in &numbers {
                let common = Exact::gcd(x, y);
                match common.is_zero() {
                    true => assert!(x.is_zero() && y.is_zero()),
                    false => assert!((x % &common).is_zero() && (y % &common).is_zero()),
                }
                if !y.is_positive() {
                    continue;
                }
                let (down, up, rest) = (x.div_floor(y), x.div_ceil(y), x.rem_floor(y));
                assert_eq!(&down * y + &rest, *x);
                assert!(!rest.is_negative() && rest < *y);
                assert_eq!(up, if rest.is_zero() { down } else { down + 1 });
            }
        }
    }

    #[test]
    fn the_divisor_of_words_is_greatest() {
        for (a, b) in (0..40u64).flat_map(|a| (0..40u64).map(move |b| (a, b))) {
            let divides = |d: &u64| a.is_multiple_of(*d) && b.is_multiple_of(*d);
            let greatest = (1..=a.max(b)).rev().find(divides).unwrap_or(0);
            assert_eq!(gcd_of_words(a, b), greatest, "{a} and {b}");
        }
        assert_eq!(gcd_of_words(1 << 63, 3 << 62), 1 << 62);
    }
}
