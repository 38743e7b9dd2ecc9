//! Rational enclosures of irrational numbers, rounded outward to a requested width.

use super::Rational;

/// A closed interval of rationals that is known to hold a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    lo: Rational,
    hi: Rational,
}

impl Enclosure {
    /// The interval from `lo` to `hi`. Panics if `lo > hi`.
    pub fn new(lo: Rational, hi: Rational) -> Self {
        assert!(lo <= hi, "an enclosure runs upwards, not from {lo} to {hi}");
        Self { lo, hi }
    }

    /// The interval that holds `x` alone.
    pub fn point(x: Rational) -> Self {
        Self { lo: x.clone(), hi: x }
    }

    /// The lower end.
    pub fn lo(&self) -> &Rational {
        &self.lo
    }

    /// The upper end.
    pub fn hi(&self) -> &Rational {
        &self.hi
    }
}
