//! The exact values of floating-point numbers, from their bits.

use crate::exact::{Rational, float};

/// A binary floating-point format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    /// Bytes in all.
    pub(super) bytes: usize,
    /// Bits of the fraction.
    fraction: u32,
}

/// Sixteen bits, eleven of them precise.
pub(super) const HALF: Format = Format { bytes: 2, fraction: 10 };
/// Sixteen bits, eight of them precise.
pub(super) const BRAIN: Format = Format { bytes: 2, fraction: 7 };
/// Thirty-two bits.
pub(super) const SINGLE: Format = Format { bytes: 4, fraction: 23 };
/// Sixty-four bits.
pub(super) const DOUBLE: Format = Format { bytes: 8, fraction: 52 };

impl Format {
    /// The number with these bits, a fraction over a power of two.
    ///
    /// Errors: what the bits stand for, if that is no number.
    pub(super) fn exact(self, bits: u64) -> Result<Rational, &'static str> {
        let width = self.bytes as u32 * 8;
        let is_negative = bits >> (width - 1) & 1 == 1;
        let largest = (1 << (width - 1 - self.fraction)) - 1;
        let exponent = bits >> self.fraction & largest;
        let fraction = bits & ((1 << self.fraction) - 1);
        if exponent == largest {
            return Err(match (fraction, is_negative) {
                (0, false) => "infinity",
                (0, true) => "-infinity",
                _ => "NaN",
            });
        }
        // Subnormal numbers lack the leading one and have the smallest exponent.
        let lead = u64::from(exponent > 0) << self.fraction;
        let bias = (largest >> 1) as i32 + self.fraction as i32;
        let power = exponent.max(1) as i32 - bias;
        let size = Rational::from(lead | fraction) * Rational::integer(2).pow(power);
        Ok(if is_negative { -size } else { size })
    }

    /// The numbers in a run of bytes, lowest byte first.
    ///
    /// Errors: the index and the meaning of the first that is none.
    pub(super) fn read(self, data: &[u8]) -> Result<Vec<Rational>, (usize, &'static str)> {
        let number = |(index, bytes): (usize, &[u8])| {
            let bits = bytes.iter().rev().fold(0, |bits, byte| bits << 8 | u64::from(*byte));
            self.exact(bits).map_err(|found| (index, found))
        };
        data.chunks_exact(self.bytes).enumerate().map(number).collect()
    }
}

/// `scale / sqrt(variance)` in double precision, one rounding a step: the one place where an import
/// rounds. `None` unless the variance is positive, a double is near it, and the result is finite.
///
/// A result below the least normal double is the multiple of `2^-1074` that the language says.
pub(super) fn normalizing_factor(scale: &Rational, variance: &Rational) -> Option<Rational> {
    if !variance.is_positive() {
        return None;
    }
    let root = Some(float::nearest(variance).sqrt()).filter(|root| root.is_normal())?;
    float::dyadic(float::nearest(scale) / root)
}

#[cfg(test)]
mod tests {
    use super::{BRAIN, DOUBLE, HALF, SINGLE, normalizing_factor};
    use crate::exact::{Rational, float};
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
}
