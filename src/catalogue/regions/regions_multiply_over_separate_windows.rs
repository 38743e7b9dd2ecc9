//! Regions multiply over windows that do not overlap.

use crate::catalogue::prelude::*;
use crate::generators::filters::Layout;

pub(super) static CLAIM: Claim<Layout> = Claim {
    card: theorem!("regions/regions_multiply_over_separate_windows", LINE_BY_LINE)
        .derived_from("Xiong2020", "Theorem 2 for windows that do not overlap"),
    statement: "stride ≥ filter, P positions, the named filters: regions = \
                (Σ_{i ≤ f_1 f_2 d_0} C(d, i))^P",
    cases: || {
        separate(1..=2, 1..=3)
            .with("8 filters", 16, separate(1..=2, 4..=8))
            .with("20 filters at a position", 64, separate(1..=1, 9..=20))
            .with("3 positions, 30 units", 1024, separate(3..=3, 8..=10))
    },
    hypotheses: &[given("the stride is at least the filter", |case: &Layout| {
        case.filter.iter().all(|&f| f <= case.stride)
    })
    .needed("positions that share inputs do not choose freely", || filters::line(6).cases())],
    conclusion: |case| {
        let sliding = case.sliding();
        let product = cells(case, sliding.taps()).pow(sliding.positions() as i32);
        equal("regions", case.named().regions(), product)
    },
    twins: &[twin("one channel", |case: &Layout| {
        let sliding = case.sliding();
        let taps = sliding.taps() / sliding.depth();
        let product = cells(case, taps).pow(sliding.positions() as i32);
        equal("regions", case.named().regions(), product)
    })
    .because("a window reads all channels")],
    well_formed: Layout::check,
};

/// Cells of the filters at one position, in this many dimensions.
fn cells(case: &Layout, taps: usize) -> Rational {
    Rational::from(choose_up_to(case.filters, taps))
}

/// Lines with strides from the filter on.
fn separate(positions: Span, filters: Span) -> impl Strategy<Value = Layout> {
    (1usize..=2, 0usize..=1, positions, 1usize..=2, filters, any::<bool>()).prop_map(
        |(filter, gap, positions, depth, filters, upright)| {
            let stride = filter + gap;
            let length = (positions - 1) * stride + filter;
            let turn = |n: usize| if upright { [n, 1] } else { [1, n] };
            Layout { input: turn(length), depth, filter: turn(filter), stride, filters }
        },
    )
}
