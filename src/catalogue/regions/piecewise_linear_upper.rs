//! A piecewise linear layer has at most Σ r^#B regions over its independent sets B.

use crate::catalogue::prelude::*;
use crate::generators::kinked::Kinked;
use crate::generators::wide_layouts::of_rank;

pub(super) static CLAIM: Claim<Kinked> = Claim {
    card: theorem!("regions/piecewise_linear_upper", LINE_BY_LINE)
        .derived_from("Xiong2024", "the formulas are derived here; only the abstract was read"),
    statement: "activation with r kinks, all weights and biases: regions (R2) of one \
                convolution ≤ Σ r^#B over the linearly independent sets B of its rows",
    cases: || {
        let small = prop_oneof![3 => filters::line(3), 1 => filters::plane(4)].boxed();
        let layers = |layouts| kinked::kinked(filters::layers(layouts, 4));
        layers(small)
            .with("4 inputs, 12 units", 16, layers(wide_layouts::layouts(2..=4, 6..=12)))
            .with("6 inputs, 12 units", 128, layers(wide_layouts::layouts(5..=6, 10..=12)))
            .with("6 inputs, 40 units of rank 2", 256, kinked::kinked(of_rank(2, 6, 40)))
            .with("6 inputs, 40 units of rank 3", 512, kinked::kinked(of_rank(3, 6, 40)))
            .with("4 inputs, 40 units", 1024, layers(wide_layouts::layouts(4..=4, 36..=40)))
            .with("6 inputs, 24 units", 2048, layers(wide_layouts::layouts(6..=6, 20..=24)))
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions(), case.families()),
    twins: &[
        twin("one kink counted", |case: &Kinked| {
            at_most("regions", case.regions(), case.layer.independent())
        })
        .because("every kink is a hyperplane of its own"),
        twin("for every bias as many", |case: &Kinked| {
            equal("regions", case.regions(), case.families())
        })
        .because("hyperplanes that meet by chance cut less"),
    ],
    well_formed: Kinked::check,
};
