//! The published count is exact unless the positions contain a box as large as the filter.

use crate::catalogue::prelude::*;
use crate::generators::filters::Layout;

pub(super) static CLAIM: Claim<Layout> = Claim {
    card: conjecture!("regions/published_fails_on_boxes_only")
        .derived_from("Xiong2020", "where Theorem 2, equation 3, is right"),
    statement: "d_0 = 1, stride 1  ⟹  [maximum = R_N] = [d = 1, or a side of the filter is 1, \
                or the grid of positions contains no f1 x f2 box]",
    cases: || {
        let large = select(vec![
            ([3, 4], [2, 2], 2),
            ([3, 4], [2, 3], 4),
            ([2, 6], [2, 3], 4),
            ([4, 4], [3, 3], 4),
            ([3, 5], [2, 3], 2),
            ([3, 5], [3, 2], 3),
            ([4, 5], [3, 3], 2),
            ([3, 3], [2, 2], 4),
        ]);
        let huge = select(vec![
            ([5, 5], [3, 3], 2),
            ([4, 4], [2, 2], 2),
            ([4, 6], [3, 3], 2),
            ([3, 6], [2, 4], 3),
            ([4, 5], [2, 4], 3),
            ([4, 4], [2, 3], 3),
        ]);
        let many = select(vec![
            ([2, 3], [2, 2], 20),
            ([2, 3], [1, 3], 20),
            ([1, 6], [1, 5], 20),
            ([2, 3], [2, 3], 40),
        ]);
        let case = |(input, filter, filters)| of(1, input, filter, filters);
        shapes(1)
            .with("up to 16 units", 16, large.prop_map(case))
            .with("up to 18 units", 512, huge.prop_map(case))
            .with("6 inputs, 40 units", 2048, many.prop_map(case))
    },
    hypotheses: &[given("one channel", |case: &Layout| case.depth == 1)
        .needed("with two channels it takes three filters", || shapes(2).cases())],
    conclusion: |case| exact_iff(case, case.filters == 1 || is_line(case) || !has_box(case)),
    twins: &[
        twin("whenever windows overlap in the plane", |case: &Layout| {
            exact_iff(case, case.filters == 1 || is_line(case))
        })
        .because("fewer positions than taps are free of each other"),
        twin("for a single filter too", |case: &Layout| {
            exact_iff(case, is_line(case) || !has_box(case))
        })
        .because("shifts of one filter are independent"),
    ],
    well_formed: |case| {
        require!(case.stride == 1, "the stride is {}, expected 1", case.stride)?;
        let units = case.try_sliding()?.positions().saturating_mul(case.filters);
        require!((1..=40).contains(&units), "{units} units in all, expected 1 to 40")
    },
};

fn is_line(case: &Layout) -> bool {
    case.filter.contains(&1)
}

fn has_box(case: &Layout) -> bool {
    let output = case.sliding().output();
    (0..2).all(|axis| output[axis] >= case.filter[axis])
}

/// Whether generic shared weights reach the published count, against a prediction.
fn exact_iff(case: &Layout, predicted: bool) -> Conclusion {
    let sizes = case.sliding().generic_by_size(case.filters, usize::MAX);
    let maximum: Natural = sizes.expect("there is no limit").into_iter().sum();
    let found = maximum == case.sliding().published_count(case.filters);
    equal("whether R_N is the maximum", found, predicted)
}

fn of(depth: usize, input: [usize; 2], filter: [usize; 2], filters: usize) -> Layout {
    Layout { input, depth, filter, stride: 1, filters }
}

/// Filters up to 2x3 with up to nine units in all, and often a box.
fn shapes(channels: usize) -> impl Strategy<Value = Layout> {
    let size = |filter: [usize; 2], more: [usize; 2]| [0, 1].map(|i| filter[i] + more[i]);
    let any = ([1usize..=2, 1usize..=3], [0usize..=1, 0usize..=2], 1usize..=3).prop_map(
        move |(filter, more, units)| {
            let positions = (more[0] + 1) * (more[1] + 1);
            let units = units.min(9 / positions).max(1);
            of(channels, size(filter, more), filter, units)
        },
    );
    let boxes = (1usize..=2).prop_map(move |units| of(channels, [3, 3], [2, 2], units));
    prop_oneof![3 => any, 1 => boxes]
}
