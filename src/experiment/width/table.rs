//! Widths by the exact law, beside those that the theorem asks for.

use crate::exact::Rational;
use crate::train::coverage::{self, Family};
use crate::train::width_constants::Demand;
use serde::Serialize;

/// Widths for one number of orthonormal points, half of them of each label.
#[derive(Clone, Debug, Serialize)]
pub struct WidthRow {
    /// The number of points.
    pub points: u32,
    /// A width that is necessary for success nine times in ten, by a bound.
    pub necessary: u32,
    /// The least width that succeeds nine times in ten, by the exact law.
    pub least: u32,
    /// The least width that succeeds 99 times in a hundred.
    pub least_surely: u32,
    /// A width that suffices nine times in ten, by a bound.
    pub sufficient: u32,
    /// The width that the theorem asks for, at least.
    #[serde(rename = "theorem_at_least")]
    pub theorem: Rational,
}

/// The table, from 2 points to `2^20`.
pub fn widths() -> Vec<WidthRow> {
    [1u32, 2, 3, 4, 6, 8, 10, 12, 16, 20].map(|bits| row(1 << bits)).into()
}

fn row(points: u32) -> WidthRow {
    let family = Family::Orthonormal { positive: points / 2, negative: points / 2 };
    let tenth = Rational::new(1, 10);
    // The margin of this family is at most 1/√(2n), so the theorem asks for this width at least.
    let squared_margin = Rational::new(1, 2) / Rational::from(points);
    WidthRow {
        points,
        necessary: coverage::necessary(points, &tenth),
        least: family.least_width(&tenth),
        least_surely: family.least_width(&Rational::new(1, 100)),
        sufficient: coverage::sufficient(points, &tenth),
        theorem: theorem(points, squared_margin, tenth).width().lo().floor(),
    }
}

/// What the theorem is asked for these samples with this margin, at `delta = 1/10`, for the
/// dyadic loss.
pub fn theorem(samples: u32, squared_margin: Rational, risk: Rational) -> Demand {
    Demand { samples, squared_margin, risk, failure: Rational::new(1, 10), dyadic: true }
}
