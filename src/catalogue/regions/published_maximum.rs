//! Where the published count is the maximum.

use crate::catalogue::prelude::*;
use crate::generators::filters::{Filters, Layout};

pub(super) static CLAIM: Claim<Filters> = Claim {
    card: theorem!("regions/published_maximum", LINE_BY_LINE)
        .derived_from("Xiong2020", "Theorem 2, equation 3, where it is right")
        .as_printed("printed for every shape"),
    statement: "windows overlap along one axis at most, or d = 1, or d ≤ d_0 o_1 o_2 (o_a the \
                stride where windows overlap along axis a, else f_a); generic filters, no \
                dependent units vanish together  ⟹  regions = R_N",
    cases: || {
        let small = prop_oneof![3 => filters::line(6), 1 => Just(filters::postcard(1))].boxed();
        generic(small)
            .with("15 units", 32, generic(wide_layouts::layouts(2..=4, 8..=15)))
            .with("6 inputs, 14 units", 512, generic(wide_layouts::layouts(5..=6, 10..=14)))
            .with("5 inputs, 24 units", 2048, generic(wide_layouts::layouts(5..=5, 20..=24)))
    },
    hypotheses: &[
        given("one axis of overlap, or few filters", |case: &Filters| {
            let layout = case.layout();
            layout.sliding().published_is_maximum(layout.filters)
        })
        .needed("two filters on a box of positions as large as they are commute", || {
            Just(filters::postcard(2).named()).cases()
        }),
        given("generic filters", Filters::are_generic)
            .needed("zero filters, parallel rows and dependent minors cut less", || {
                filters::layers(filters::line(4), 2).cases()
            }),
        given("no dependent units vanish together", |case: &Filters| {
            !case.has_central_dependence()
        })
        .needed("without biases, say, all hyperplanes meet", || {
            filters::layers(filters::line(4), 3).cases()
        }),
    ],
    conclusion: |case| equal("regions", case.regions(), case.published()),
    twins: &[],
    well_formed: Filters::check,
};

/// The named filters, and integers that mostly are as good.
fn generic(layouts: BoxedStrategy<Layout>) -> impl Strategy<Value = Filters> {
    prop_oneof![layouts.clone().prop_map(|layout| layout.named()), filters::layers(layouts, 60),]
}
