//! Each further column of positions multiplies the maximum by less than the last.

use crate::catalogue::prelude::*;
use crate::counting::{Reach, Sliding};

/// The most sets that are listed for a maximum.
const STEPS: usize = 1 << 22;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: conjecture!("regions/columns_log_concave")
        .derived_from("Crease", "asked here: the growth of the repaired maximum"),
    statement: "M_c the maximum for c columns of positions, M_0 = 1  ⟹  M_{c−1} M_{c+1} ≤ M_c²",
    cases: || {
        prop_oneof![3 => lines(5, 6, 9), 1 => planes(2, 4)]
            .with("8 taps, 40 filters, 60 columns", 16, lines(8, 40, 60))
            .with("strips of 3 filters high, 40 columns", 32, planes(3, 40))
            .with("8 taps, 64 filters, 400 columns", 512, lines(8, 64, 400))
            .with("strips of 6 filters high, 200 columns", 512, planes(6, 200))
    },
    hypotheses: &[],
    conclusion: |case| {
        let [before, here, after] = case.maxima()?;
        at_most("product of the neighbours", before * after, &here * &here)
    },
    twins: &[
        twin("the same factor for every column", |case: &Case| {
            let [before, here, after] = case.maxima()?;
            equal("product of the neighbours", before * after, &here * &here)
        })
        .because("windows of different columns want the same inputs"),
        twin("a larger factor for every column", |case: &Case| {
            let [before, here, after] = case.maxima()?;
            at_least("product of the neighbours", before * after, &here * &here)
        })
        .because("a column is freest where it is alone"),
    ],
    well_formed: |case| {
        let sizes = [case.rows, case.channels, case.filter[0], case.filter[1], case.stride];
        let fits = sizes.iter().all(|n| (1..=16).contains(n)) && case.filter[0] <= case.rows;
        require!(fits, "sizes between 1 and 16, and a filter no higher than the input")?;
        let fits = (1..=512).contains(&case.columns) && (1..=64).contains(&case.units);
        require!(fits, "expected 1 to 512 columns and 1 to 64 filters")
    },
};

/// A window `filter` sliding by `stride` over `channels` numbers at each place of `rows` rows, so
/// that it has `columns` columns of positions, with `units` forms at each.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    rows: usize,
    channels: usize,
    filter: [usize; 2],
    stride: usize,
    units: usize,
    columns: usize,
}

impl Case {
    fn window(&self, columns: usize) -> Sliding {
        let input = [self.rows, (columns - 1) * self.stride + self.filter[1]];
        let window = Sliding::new(input, self.channels, self.filter, [self.stride; 2]);
        window.expect("the filter is no higher than the input")
    }

    /// The maximum for this number of columns, where a theorem says what it is.
    fn maximum(&self, columns: usize) -> Result<Natural, Undecided> {
        if columns == 0 {
            return Ok(Natural::from(1u32));
        }
        match self.window(columns).maximum(self.units, STEPS) {
            Some((_, Reach::FromBelow)) => Err(Undecided("the maximum is known from below only")),
            Some((maximum, _)) => Ok(maximum),
            None => Err(Undecided("the maximum takes too many steps")),
        }
    }

    /// The maxima for one column less, for these, and for one more.
    fn maxima(&self) -> Result<[Natural; 3], Undecided> {
        let [before, here, after] =
            [self.columns - 1, self.columns, self.columns + 1].map(|columns| self.maximum(columns));
        Ok([before?, here?, after?])
    }
}

/// One row of windows that see all rows, any stride and channels.
fn lines(taps: usize, units: usize, columns: usize) -> impl Strategy<Value = Case> {
    (1..=taps, 1usize..=3, 1usize..=2, 1..=units, 1..=columns).prop_map(
        |(taps, stride, channels, units, columns)| Case {
            rows: 1,
            channels,
            filter: [1, taps],
            stride,
            units,
            columns,
        },
    )
}

/// Two filters on a strip as high as they can just commute on; and more filters of 2x2 on as many
/// positions as they have taps.
fn planes(height: usize, columns: usize) -> impl Strategy<Value = Case> {
    let case = |filter: [usize; 2], units, columns| Case {
        rows: 2 * filter[0] - 1,
        channels: 1,
        filter,
        stride: 1,
        units,
        columns,
    };
    let strips = ([2..=height, 2usize..=4], 1..=columns);
    prop_oneof![
        4 => strips.prop_map(move |(filter, columns)| case(filter, 2, columns)),
        1 => select(vec![3, 4]).prop_map(move |units| case([2, 2], units, 1)),
    ]
}
