//! The exact values of floating-point numbers, from their bits.

use crate::exact::{Rational, float};

/// A binary floating-point format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Bytes in all.
    pub bytes: usize,
    /// Bits of the fraction.
    fraction: u32,
}

/// Sixteen bits, eleven of them precise.
pub const HALF: Format = Format { bytes: 2, fraction: 10 };
/// Sixteen bits, eight of them precise.
pub const BRAIN: Format = Format { bytes: 2, fraction: 7 };
/// Thirty-two bits.
pub const SINGLE: Format = Format { bytes: 4, fraction: 23 };
/// Sixty-four bits.
pub const DOUBLE: Format = Format { bytes: 8, fraction: 52 };

impl Format {
    /// The number with these bits, a fraction over a power of two.
    ///
    /// Errors: what the bits stand for, if that is no number.
    pub fn exact(self, bits: u64) -> Result<Rational, &'static str> {
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
    pub fn read(self, data: &[u8]) -> Result<Vec<Rational>, (usize, &'static str)> {
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
pub fn normalizing_factor(scale: &Rational, variance: &Rational) -> Option<Rational> {
    if !variance.is_positive() {
        return None;
    }
    let root = Some(float::nearest(variance).sqrt()).filter(|root| root.is_normal())?;
    float::dyadic(float::nearest(scale) / root)
}
