//! # Each further column of positions multiplies the maximum by less than the last
//!
//! The maximum of one layer, as the input gets wider, would be log-concave in the number of columns
//! of positions. Then the factor of one more column decreases to the growth constant and bounds it.
#![doc = include_str!("../../../proofs/regions/columns_log_concave.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Natural;
use crate::geometry::counting::Sliding;
use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/columns_log_concave",
        title: "Each further column of positions multiplies the maximum by less than the last",
        statement: "M_c the maximum for c columns of positions, M_0 = 1  ⟹  M_{c−1} M_{c+1} ≤ M_c²",
        source: Source::new("Crease", "asked here: the growth of the repaired maximum"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Conjecture,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/columns_log_concave.md",
    },
    cases: || prop_oneof![3 => lines(), 1 => planes()].cases(),
    hypotheses: &[],
    conclusion: |case| {
        let [before, here, after] = case.maxima();
        Finding::at_most("product of the neighbours", before * after, &here * &here)
    },
    twins: &[
        Twin::concluding(
            "the same factor for every column",
            |case: &Case| {
                let [before, here, after] = case.maxima();
                Finding::equal("product of the neighbours", before * after, &here * &here)
            },
            "windows of different columns want the same inputs",
        ),
        Twin::concluding(
            "a larger factor for every column",
            |case: &Case| {
                let [before, here, after] = case.maxima();
                Finding::at_least("product of the neighbours", before * after, &here * &here)
            },
            "a column is freest where it is alone",
        ),
    ],
};

/// A window `filter` sliding by `stride` over `channels` numbers at each place of `rows` rows, so
/// that it has `columns` columns of positions, with `units` forms at each.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    rows: usize,
    channels: usize,
    filter: [usize; 2],
    stride: usize,
    units: usize,
    columns: usize,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let sizes = [self.rows, self.channels, self.filter[0], self.filter[1], self.stride];
        if sizes.iter().any(|n| !(1..=8).contains(n)) || self.filter[0] > self.rows {
            return Err("sizes between 1 and 8, and a filter no higher than the input".to_owned());
        }
        if !(1..=16).contains(&self.columns) || !(1..=8).contains(&self.units) {
            return Err("expected 1 to 16 columns and 1 to 8 filters".to_owned());
        }
        let forms = self.window(self.columns + 1).positions() * self.units;
        if self.is_line() || forms <= 16 {
            return Ok(());
        }
        Err(format!("{forms} units with one more column; at most 16 are counted in the plane"))
    }
}

impl Case {
    fn window(&self, columns: usize) -> Sliding {
        let input = [self.rows, (columns - 1) * self.stride + self.filter[1]];
        let window = Sliding::new(input, self.channels, self.filter, [self.stride; 2]);
        window.expect("the filter is no higher than the input")
    }

    /// Whether the published count is the maximum, however many columns there are.
    fn is_line(&self) -> bool {
        self.window(self.columns + 1).published_is_maximum(self.units)
    }

    /// The maximum for so many columns. In the plane it is that of fixed pseudo-random weights.
    fn maximum(&self, columns: usize) -> Natural {
        match columns {
            0 => Natural::from(1u32),
            _ => {
                let maximum = self.window(columns).maximum(self.units, usize::MAX);
                maximum.expect("there is no limit").0
            }
        }
    }

    /// The maxima for one column less, for these, and for one more.
    fn maxima(&self) -> [Natural; 3] {
        [self.columns - 1, self.columns, self.columns + 1].map(|columns| self.maximum(columns))
    }
}

/// One row of windows that see all rows, any stride and channels.
fn lines() -> BoxedStrategy<Case> {
    (1usize..=5, 1usize..=3, 1usize..=2, 1usize..=6, 1usize..=9)
        .prop_map(|(taps, stride, channels, units, columns)| Case {
            rows: 1,
            channels,
            filter: [1, taps],
            stride,
            units,
            columns,
        })
        .boxed()
}

/// Windows of 2x2 on three rows, where filters commute from two columns on.
fn planes() -> BoxedStrategy<Case> {
    select(vec![(2, 1), (2, 2), (3, 1), (4, 1)])
        .prop_map(|(units, columns)| Case {
            rows: 3,
            channels: 1,
            filter: [2, 2],
            stride: 1,
            units,
            columns,
        })
        .boxed()
}
