//! Floats of every format, and factors without a rounded root.

use crease::exact::{Rational, float};
use crease::format::import::number::{BRAIN, DOUBLE, HALF, SINGLE, normalizing_factor};
use quickcheck::quickcheck;

quickcheck! {
    fn doubles_are_what_the_language_says(x: f64) -> bool {
        DOUBLE.exact(x.to_bits()).ok() == float::dyadic(x)
    }

    fn singles_are_what_the_language_says(bits: u32) -> bool {
        let x = f64::from(f32::from_bits(bits));
        SINGLE.exact(u64::from(bits)).ok() == float::dyadic(x)
    }

    fn a_brain_float_is_the_front_of_a_single(bits: u16) -> bool {
        let bits = u64::from(bits);
        BRAIN.exact(bits) == SINGLE.exact(bits << 16)
    }
}

#[test]
fn half_floats_by_the_table() {
    let two = Rational::integer(2);
    for (bits, expected) in [
        (0x0000, Rational::ZERO),
        (0x8000, Rational::ZERO),
        (0x0001, two.pow(-24)),
        (0x03ff, (Rational::ONE - two.pow(-10)) * two.pow(-14)),
        (0x0400, two.pow(-14)),
        (0x3555, Rational::new(1365, 4096)),
        (0x3c00, Rational::ONE),
        (0xc000, -two),
        (0x7bff, Rational::integer(65504)),
    ] {
        assert_eq!(HALF.exact(bits), Ok(expected), "{bits:#06x}");
    }
    assert_eq!(HALF.exact(0x7c00), Err("infinity"));
    assert_eq!(HALF.exact(0xfc00), Err("-infinity"));
    assert_eq!(HALF.exact(0x7e00), Err("NaN"));
}

#[test]
fn a_rational_root_is_not_rounded() {
    let factor =
        |scale, variance: Rational| normalizing_factor(&Rational::integer(scale), &variance);
    assert_eq!(factor(3, Rational::new(9, 4)), Some(Rational::integer(2)));
    assert_eq!(factor(3, Rational::ZERO), None);
    assert_eq!(factor(3, Rational::integer(-1)), None);
    // The root is no double, and the factor 2^-1500 is not 0.
    assert_eq!(factor(1, Rational::integer(2).pow(3000)), None);
}
