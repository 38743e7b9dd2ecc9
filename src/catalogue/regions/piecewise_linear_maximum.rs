//! The maximum of a piecewise linear layer is Σ r^#B over generic independent sets.

use crate::catalogue::prelude::*;
use crate::generators::kinked::Kinked;

pub(super) static CLAIM: Claim<Kinked> = Claim {
    card: theorem!("regions/piecewise_linear_maximum", LINE_BY_LINE)
        .derived_from("Xiong2024", "the formulas are derived here; only the abstract was read"),
    statement: "g_k generic, b_k no kink, whole numbers; taps w_k(c, i, j) = B^(ψ k + C i + j) \
                g_k(c, i, j) with B = 1 + max|b_k − κ| (max_k Σ|g_k|)^n, r kinks: regions = \
                Σ r^#B over the independent sets B of generic filters, the maximum; = Σ_{t ∈ \
                K_N} Π C(d, t_p) r^(t_p) where windows overlap along one axis at most",
    cases: || {
        let lines =
            filters::whole(prop_oneof![3 => filters::line(5), 1 => filters::plane(5)].boxed(), 9);
        let box_of_two = filters::whole(Just(filters::postcard(2)).boxed(), 9);
        let many = |inputs, units| filters::whole(wide_layouts::layouts(inputs, units), 99);
        // Every unit reads one input, so that regions are few.
        let six =
            filters::Layout { input: [1, 6], depth: 1, filter: [1, 1], stride: 1, filters: 7 };
        let one_tap = filters::whole(Just(six).boxed(), 99);
        kinked::whole(lines)
            .with("3 inputs, 8 units", 32, kinked::whole(many(2..=3, 5..=8)))
            .with("6 inputs, 42 units of one tap", 64, kinked::whole(one_tap))
            .with("two filters on a box", 128, kinked::whole(box_of_two))
            .with("4 inputs, 16 units", 1024, kinked::whole(many(4..=4, 14..=16)))
    },
    hypotheses: &[
        given("generic filters", |case: &Kinked| case.layer.are_generic())
            .needed("parallel rows and dependent minors cut less", || {
                kinked::whole(filters::whole(filters::line(5), 1)).cases()
            }),
        given("no bias is a kink", |case: &Kinked| !case.layer.has_bias_among(&case.kinks))
            .needed("the origin is a common point of all hyperplanes of that kink", || {
                kinked::kinked(filters::layers(filters::line(4), 2)).cases()
            }),
        given("whole numbers", |case: &Kinked| {
            case.layer.is_whole() && case.kinks.iter().all(|kink| kink.is_integer())
        })
        .unsharp("the proof bounds by 1 from below what is whole and not zero"),
    ],
    conclusion: |case| equal("regions", case.spread().regions(), case.generic_families()),
    twins: &[
        twin("the published count", |case: &Kinked| {
            let layout = case.layer.layout();
            let kinks = case.kinks.len();
            let published = layout.sliding().published_pieces(layout.filters, kinks);
            equal("regions", case.spread().regions(), published)
        })
        .because("two filters on a box of positions as large as they are commute")
        .drawing(|| {
            let layers = filters::whole(Just(filters::postcard(2)).boxed(), 9);
            kinked::whole(layers).cases()
        }),
        twin("a unit for each kink", |case: &Kinked| {
            let layout = case.layer.layout();
            let units = layout.filters * case.kinks.len();
            let published = layout.sliding().published_count(units);
            equal("regions", case.spread().regions(), published)
        })
        .because("the hyperplanes of one unit are parallel"),
        twin("one kink counted", |case: &Kinked| {
            equal("regions", case.spread().regions(), case.layer.published())
        })
        .because("every kink is a hyperplane of its own"),
    ],
    well_formed: Kinked::check,
};
