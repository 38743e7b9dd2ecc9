//! One filter more than channels: the generic rank of all units.

use crate::catalogue::prelude::*;
use crate::generators::filters::Layout;

pub(super) static CLAIM: Claim<Layout> = Claim {
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
        given("one filter more than channels", |case: &Layout| {
            case.filters == case.depth + 1
        })
        .needed(
            "each choice of filters has relations, and some of them are relations of each other",
            || cases(1..=2, 1..=3, 1, 1).cases(),
        ),
        given("stride one", |case: &Layout| case.stride == 1)
            .needed("windows have inputs of their own", || cases(1..=2, 1..=3, 0, 2).cases()),
    ],
    conclusion: |case| equal("rank", rank(case), case.units() - boxes(case, case.depth)),
    twins: &[
        twin("units or inputs, whichever are fewer", |case: &Layout| {
            equal("rank", rank(case), case.units().min(case.sliding().covered()))
        })
        .because("that would be the rank of free weights, and these are shared"),
        twin("boxes as large as the filter", |case: &Layout| {
            equal("rank", rank(case), case.units() - boxes(case, 1))
        })
        .because("minors of several channels are larger than a filter"),
    ],
    well_formed: |case| match case.try_sliding()?.positions().saturating_mul(case.filters) {
        1..=4096 => Ok(()),
        units => Err(format!("{units} units, expected 1 to 4096")),
    },
};

/// The rank of all units at fixed pseudo-random weights.
fn rank(case: &Layout) -> usize {
    case.sliding().generic_rank(case.filters)
}

/// How many translates of a box of `m (f_1 - 1) + 1` by `m (f_2 - 1) + 1` fit the grid of
/// positions.
fn boxes(case: &Layout, m: usize) -> usize {
    let output = case.sliding().output();
    (0..2).map(|axis| output[axis].saturating_sub(m * (case.filter[axis] - 1))).product()
}

/// Grids with at most two rows and columns more or less than one box, for so many channels and
/// filters with sides in this range.
fn cases(channels: Span, sides: Span, more: usize, stride: usize) -> impl Strategy<Value = Layout> {
    let sizes = (channels, [sides.clone(), sides], [0usize..=4, 0usize..=4]);
    sizes.prop_map(move |(channels, filter, around)| {
        let side = |axis: usize| {
            let positions = channels * (filter[axis] - 1) + around[axis];
            positions.saturating_sub(1).max(1) + filter[axis] - 1
        };
        let filters = channels + 1 + more;
        Layout { input: [side(0), side(1)], depth: channels, filter, stride, filters }
    })
}
