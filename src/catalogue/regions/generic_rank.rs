#![doc = include_str!("../../../proofs/regions/generic_rank.md")]

use crate::catalogue::prelude::*;
use crate::counting::Sliding;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/generic_rank", LINE_BY_LINE)
        .derived_from("Xiong2020", "how far the rows of Theorem 2 are from independent"),
    statement: "stride 1, d_0 + 1 filters on a P_1 x P_2 grid of positions  ⟹  generic rank = \
                units − Π_i max(0, P_i − d_0 (f_i − 1))",
    cases: || {
        cases(1..=2, 1..=3, 0, 1)
            .with("4 channels, 2x2 filters", 32, cases(3..=4, 1..=2, 0, 1))
            .with("3 channels, 3x3 filters", 256, cases(3..=3, 2..=3, 0, 1))
            .with("6 channels, 2x2 filters", 1024, cases(5..=6, 2..=2, 0, 1))
            .with("3 channels, 5x5 filters", 2048, cases(3..=3, 4..=5, 0, 1))
    },
    hypotheses: &[
        given("one filter more than channels", |case: &Case| {
            case.filters == case.channels + 1
        })
        .needed(
            "each choice of filters has relations, and some of them are relations of each other",
            || cases(1..=2, 1..=3, 1, 1).cases(),
        ),
        given("stride one", |case: &Case| case.stride == 1)
            .needed("windows have inputs of their own", || cases(1..=2, 1..=3, 0, 2).cases()),
    ],
    conclusion: |case| {
        let relations = case.boxes(case.channels);
        equal("rank", case.rank(), case.units() - relations)
    },
    twins: &[
        twin("units or inputs, whichever are fewer", |case: &Case| {
            let fewer = case.units().min(case.window().covered());
            equal("rank", case.rank(), fewer)
        })
        .because("that would be the rank of free weights, and these are shared"),
        twin("boxes as large as the filter", |case: &Case| {
            equal("rank", case.rank(), case.units() - case.boxes(1))
        })
        .because("minors of several channels are larger than a filter"),
    ],
    well_formed: |case| {
        let window = Sliding::new(case.input, case.channels, case.filter, [case.stride; 2]);
        let units = window.map_err(|error| error.to_string())?.positions();
        match units.saturating_mul(case.filters) {
            1..=4096 => Ok(()),
            units => Err(format!("{units} units, expected 1 to 4096")),
        }
    },
};

/// Filters of `filter = [height, width]` over `channels` channels of `input`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    input: [usize; 2],
    channels: usize,
    filter: [usize; 2],
    stride: usize,
    filters: usize,
}

impl Case {
    fn window(&self) -> Sliding {
        let window = Sliding::new(self.input, self.channels, self.filter, [self.stride; 2]);
        window.expect("well formed")
    }

    fn units(&self) -> usize {
        self.window().positions() * self.filters
    }

    /// The rank of all units at fixed pseudo-random weights.
    fn rank(&self) -> usize {
        self.window().generic_rank(self.filters)
    }

    /// How many translates of a box of `m (f_1 - 1) + 1` by `m (f_2 - 1) + 1` fit the grid of
    /// positions.
    fn boxes(&self, m: usize) -> usize {
        let output = self.window().output();
        (0..2).map(|axis| output[axis].saturating_sub(m * (self.filter[axis] - 1))).product()
    }
}

/// Grids with at most two rows and columns more or less than one box, for so many channels and
/// filters with sides in this range.
fn cases(channels: Span, sides: Span, more: usize, stride: usize) -> impl Strategy<Value = Case> {
    let sizes = (channels, [sides.clone(), sides], [0usize..=4, 0usize..=4]);
    sizes.prop_map(move |(channels, filter, around)| {
        let side = |axis: usize| {
            let positions = channels * (filter[axis] - 1) + around[axis];
            positions.saturating_sub(1).max(1) + filter[axis] - 1
        };
        let filters = channels + 1 + more;
        Case { input: [side(0), side(1)], channels, filter, stride, filters }
    })
}
