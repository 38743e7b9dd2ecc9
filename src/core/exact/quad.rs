//! Conversion to integers of four words, for numbers with a known bound.

use super::Rational;
use ethnum::I256;

impl Rational {
    /// The value, if it is an integer of four words; `None` otherwise.
    pub fn quad_integer(&self) -> Option<I256> {
        if let Some(wide) = self.wide_integer() {
            return Some(wide.into());
        }
        let bytes = self.is_integer().then(|| self.numerator().to_signed_bytes_le())?;
        let sign = if self.is_negative() { 255 } else { 0 };
        let mut quad = [sign; 32];
        quad.get_mut(..bytes.len())?.copy_from_slice(&bytes);
        Some(I256::from_le_bytes(quad))
    }
}
