//! # Filters of two taps on a line: a recurrence of order two for any number of filters
//!
//! The counts for 1, 2, 3, .. positions of `d` filters of two taps satisfy `R(P + 2) = (2 d + 1)
//! R(P + 1) - d (d + 3) / 2 R(P)`, so they grow by `(2 d + 1 + sqrt(2 d^2 - 2 d + 1)) / 2` a
//! position.
#![doc = include_str!("../../../proofs/regions/two_taps_growth.md")]

use crate::claim::{
    self, Card, Cases, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin, Wording,
};
use crate::exact::Rational;
use crate::geometry::counting::Sliding;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/two_taps_growth",
        title: "Filters of two taps on a line: a recurrence of order two for any number of filters",
        statement: "R(P), R(P + 1), R(P + 2) for d filters of two taps, stride 1: R(P + 2) = \
                    (2 d + 1) R(P + 1) − d (d + 3) / 2 R(P)",
        source: Source::new("Xiong2020", "the count of Theorem 2 in one dimension"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/two_taps_growth.md",
    },
    cases: || cases(2, 1),
    hypotheses: &[
        Hypothesis::new("two taps", |case| case.taps == 2),
        Hypothesis::new("stride one", |case| case.stride == 1),
    ],
    conclusion: |case| case.follows(2 * case.filters + 1),
    twins: &[
        Twin::without("two taps", || cases(5, 1), "more taps need a longer recurrence"),
        Twin::without("stride one", || cases(2, 2), "windows that do not overlap are free"),
        Twin::concluding(
            "the trace forgotten by one",
            |case| case.follows(2 * case.filters),
            "a position without units leads back to where all inputs are free",
        ),
    ],
};

/// `filters` filters of `taps` taps, on `positions` positions and up to two more.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    taps: usize,
    stride: usize,
    filters: usize,
    positions: usize,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let all = [self.taps, self.stride, self.filters, self.positions];
        match all.iter().all(|n| (1..=64).contains(n)) {
            true => Ok(()),
            false => Err("taps, stride, filters and positions: between 1 and 64".to_owned()),
        }
    }
}

impl Case {
    fn count(&self, more: usize) -> Rational {
        let width = (self.positions + more - 1) * self.stride + self.taps;
        let window = Sliding::new([1, width], 1, [1, self.taps], [1, self.stride]);
        window.expect("the window fits").published_count(self.filters).into()
    }

    /// Whether `R(P + 2) = trace R(P + 1) - d (d + 3) / 2 R(P)`.
    fn follows(&self, trace: usize) -> Finding {
        let determinant = Rational::from(self.filters * (self.filters + 3) / 2);
        let [here, next] = [self.count(0), self.count(1)];
        let expected = Rational::from(trace) * next - determinant * here;
        Finding::equal("count with two positions more", self.count(2), expected)
    }
}

fn cases(taps: usize, stride: usize) -> Cases<Case> {
    (2..=taps, 1usize..=12, 1usize..=12)
        .prop_map(move |(taps, filters, positions)| Case { taps, stride, filters, positions })
        .boxed()
}
