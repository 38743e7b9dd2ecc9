//! Filters on a line, by their numbers alone: cases of the counts of regions position by position.

use super::prelude::*;
use crate::counting::Sliding;

/// `filters` filters of `taps` taps, `stride` apart, on `positions` positions.
#[derive(Debug, Serialize, Deserialize)]
pub struct Line {
    /// Taps of a filter.
    pub taps: usize,
    /// Samples from a position to the next.
    pub stride: usize,
    /// Filters at every position.
    pub filters: usize,
    /// Positions.
    pub positions: usize,
}

impl Line {
    /// Whether the numbers are within limits.
    ///
    /// # Errors
    ///
    /// Says the limits.
    pub fn check(&self) -> Result<(), String> {
        let all = [self.taps, self.stride, self.filters, self.positions];
        require!(
            all.iter().all(|n| (1..=64).contains(n)),
            "taps, stride, filters and positions: between 1 and 64"
        )
    }

    /// The published count with `more` positions more, which on a line is the true maximum.
    pub fn count(&self, more: usize) -> Rational {
        let width = (self.positions + more - 1) * self.stride + self.taps;
        let window = Sliding::new([1, width], 1, [1, self.taps], [1, self.stride]);
        window.expect("the window fits").published_count(self.filters).into()
    }
}
