//! A layer has at most one region for each independent set of its rows.

use crate::catalogue::prelude::*;
use crate::generators::filters::Filters;
use crate::generators::wide_layouts::walked;

pub(super) static CLAIM: Claim<Filters> = Claim {
    card: theorem!("regions/cells_at_most_independent_sets", LINE_BY_LINE)
        .derived_from("Xiong2020", "the first half of the proof of Theorem 2")
        .as_printed("there by counting vectors t; here for the rows that the layer has"),
    statement: "regions (R2) of one convolution ≤ #{linearly independent sets of rows}, all \
                weights and biases",
    cases: || {
        let small = prop_oneof![3 => filters::line(6), 1 => filters::plane(6)].boxed();
        let large = |inputs, units| filters::layers(wide_layouts::layouts(inputs, units), 20);
        filters::layers(small, 5)
            .with("4 inputs, 20 units", 16, large(2..=4, 10..=20))
            .with("6 inputs, 16 units", 64, large(5..=6, 10..=16))
            .with("8 inputs, 12 units", 128, large(7..=8, 9..=12))
            .with("6 inputs, 40 units", 256, large(6..=6, 36..=40))
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", walked(case), case.independent()),
    twins: &[
        twin("one region fewer", |case: &Filters| {
            let fewer = Rational::from(case.independent()) - Rational::ONE;
            at_most("regions", case.regions(), fewer)
        })
        .because("general biases attain the bound"),
        twin("for every bias as many", |case: &Filters| {
            equal("regions", case.regions(), case.independent())
        })
        .because("dependent units that vanish together cut less"),
        twin("no set as large as the rank", |case: &Filters| {
            let mut sizes = case.independent_by_size();
            sizes.pop();
            let smaller = sizes.into_iter().map(Rational::from).sum::<Rational>();
            at_most("regions", case.regions(), smaller)
        })
        .because("independent units meet in a vertex, which counts too"),
    ],
    well_formed: Filters::check,
};
