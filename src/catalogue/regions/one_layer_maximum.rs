//! The repaired maximum of one layer is attained, by filters that are spread out.

use crate::catalogue::prelude::*;
use crate::generators::filters::{Filters, Layout};

pub(super) static CLAIM: Claim<Filters> = Claim {
    card: theorem!("regions/one_layer_maximum", LINE_BY_LINE)
        .derived_from("Xiong2020", "Theorem 2, repaired")
        .as_printed("printed with R_N, which counts sets that shared filters make dependent"),
    statement: "g_k generic, b_k ≠ 0, whole numbers; w_k(c, i, j) = B^(ψ k + C i + j) \
                g_k(c, i, j), C columns of P positions, ψ = s (P − 1) + 1, B = 1 + max|b_k| \
                (max_k Σ|g_k|)^n: regions = #{independent sets of generic shared filters}, \
                the maximum over all parameters",
    cases,
    hypotheses: &[
        given("generic filters", Filters::are_generic)
            .needed("zero filters, parallel rows and dependent minors cut less", || {
                filters::layers(filters::line(6), 2).prop_map(|layer| common(&layer)).cases()
            }),
        given("no bias is zero", |case: &Filters| !case.has_bias_among(&[Rational::ZERO]))
            .needed("all hyperplanes meet", || {
                filters::layers(filters::line(6), 9).prop_map(|l| l.without_biases()).cases()
            }),
        given("whole numbers", Filters::is_whole)
            .unsharp("the proof bounds by 1 from below what is whole and not zero"),
    ],
    conclusion: |case| equal("regions", spread(case), maximum(case.layout())),
    twins: &[
        twin("without spreading", |case: &Filters| {
            equal("regions", case.regions(), maximum(case.layout()))
        })
        .because("the biases of a dependent set may satisfy its relation by chance"),
        twin("the published count", |case: &Filters| {
            equal("regions", spread(case), case.published())
        })
        .because("two shared filters commute on a box of positions as large as they are")
        .drawing(|| filters::whole(Just(filters::postcard(2)).boxed(), 9).cases()),
        twin("one region fewer", |case: &Filters| {
            let fewer = Rational::from(maximum(case.layout())?) - Rational::ONE;
            at_most("regions", spread(case), fewer)
        })
        .because("the maximum is attained"),
    ],
    well_formed: Filters::check,
};

/// Regions of the layer when it is spread out.
fn spread(case: &Filters) -> u64 {
    let network = case.spread(&[Rational::ZERO]).network(Activation::relu());
    network.count_regions(Notion::R2, &Domain::Whole)
}

/// Independent sets of generic filters: by the published count where that is right, by a program
/// for two filters on a strip, and else at weights of their own.
fn maximum(layout: Layout) -> Result<Natural, Undecided> {
    let found = layout.sliding().maximum(layout.filters, usize::MAX);
    found.map(|(count, _)| count).ok_or(Undecided("too many sets to be counted"))
}

fn common(layer: &Filters) -> Filters {
    layer.biased(&vec![Rational::ONE; layer.biases().len()])
}

/// Lines and planes with filters that nearly always are generic; two and three filters on the
/// smallest box; many filters on few inputs.
fn cases() -> Cases<Filters> {
    let small = prop_oneof![3 => filters::line(6), 1 => filters::plane(6)];
    let box_of = |filters| filters::whole(Just(filters::postcard(filters)).boxed(), 9);
    filters::whole(small.boxed(), 9)
        .with("15 units", 32, filters::whole(wide_layouts::layouts(2..=4, 8..=15), 99))
        .with("two filters on a box", 16, box_of(2))
        .with("three filters on a box", 128, box_of(3))
        .with("5 inputs, 24 units", 1024, filters::whole(wide_layouts::layouts(5..=5, 20..=24), 99))
        .with("6 inputs, 18 units", 2048, filters::whole(wide_layouts::layouts(6..=6, 16..=18), 99))
}
