//! Hidden vectors: a shadow with a proved error, and integers that are computed when a sign needs
//! them.
//!
//! The shadow is given, scaled by a power of two to a maximum norm in `[1/2, 1]`. Entries that
//! become subnormal err by `2^-1074`, which the least error, an `ULP`, covers.
//!
//! *Units.* The shadow of a hidden vector is not cast from its integers, so a product that is read
//! off these has another scale, and is multiplied by the unit: shadow over cast at the entry that
//! is greatest in the cast. Let the shadow err by `e <= COARSE`, the cast by `ULP`. That entry is
//! at least a half in the cast, and at least `0.49` in the shadow, since the vectors are multiples
//! of each other up to these errors. So the quotient errs by at most `e / 0.49 + 2 ULP` relatively,
//! and by second orders and one rounding: `5 e + 8 ULP` is more.

use super::numbers::{Exact, Revealed};
use super::{COARSE, FLOOR, MARGIN, ULP, Vectors, unit_scale};
use crate::exact::Rational;
use std::sync::{Arc, OnceLock};

/// Where the integers of hidden vectors come from.
pub trait Source: Send + Sync + std::fmt::Debug {
    /// The entries of the vector of this number, counted from where the source was opened, up to a
    /// positive factor.
    fn entries(&self, number: usize) -> Vec<Rational>;
}

impl Vectors {
    /// Says where the integers of the vectors that follow come from.
    pub fn open(&mut self, source: Arc<dyn Source>) {
        self.sources.push((self.len(), source));
    }

    /// Whether some vector may be hidden.
    pub fn hides(&self) -> bool {
        !self.sources.is_empty()
    }

    /// Adds the next vector of the source: each of its entries, times a positive number, is within
    /// `error` of these. Its index.
    ///
    /// A vector whose doubles say too little is read off the source at once, so that the error of
    /// what stays hidden is at most `COARSE`. A bound of zero is believed if all entries are zero.
    pub fn push_hidden(&mut self, entries: &[f64], error: f64) -> usize {
        let index = self.len();
        let mut greatest = 0.0f64;
        let mut sum = 0.0;
        for x in entries {
            greatest = greatest.max(x.abs());
            sum += x.abs();
        }
        let is_zero = sum == 0.0 && error == 0.0;
        // What is not a number, or is infinite, makes the sum so, and every comparison fails.
        let is_usable = error < COARSE * greatest && greatest > FLOOR && sum < 1.0 / FLOOR;
        if !is_zero && !is_usable {
            return self.push_fractions(&self.revealed(index));
        }
        let factor = if is_zero { 1.0 } else { unit_scale(greatest) };
        self.shadow.extend(entries.iter().map(|x| x * factor));
        self.error.push(if is_zero { 0.0 } else { (error * factor * MARGIN).max(ULP) });
        self.size.push(sum * factor);
        self.exact.push(Exact::Hidden(OnceLock::new()));
        index
    }

    fn revealed(&self, index: usize) -> Vec<Rational> {
        let (first, source) = &self.sources[self.sources.partition_point(|s| s.0 <= index) - 1];
        source.entries(index - first)
    }

    /// The integers of a vector that was pushed or hidden.
    pub(super) fn integers(&self, index: usize) -> &Exact {
        match &self.exact[index] {
            Exact::Hidden(known) => &known.get_or_init(|| Box::new(self.reveal(index))).exact,
            known => known,
        }
    }

    /// By what a product of the integers is to be multiplied to be one of the shadow of `index`,
    /// and the relative error of that.
    pub(super) fn unit(&self, index: usize) -> (f64, f64) {
        match &self.exact[index] {
            Exact::Hidden(known) => known.get().map_or((f64::NAN, f64::NAN), |known| known.unit),
            _ => (1.0, 0.0),
        }
    }

    fn reveal(&self, index: usize) -> Revealed {
        let exact = Exact::of_fractions(&self.revealed(index));
        let mut cast = vec![0.0; self.length];
        exact.shadow(&mut cast);
        let pairs = cast.iter().zip(self.shadow(index));
        let (cast, shadow) =
            pairs.fold(
                (0.0f64, 1.0),
                |best, (&c, &s)| if c.abs() > best.0.abs() { (c, s) } else { best },
            );
        Revealed { exact, unit: (shadow / cast, 5.0 * self.error[index] + 8.0 * ULP) }
    }
}
