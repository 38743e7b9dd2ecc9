//! Where no dependent units vanish together, regions are independent sets.

use crate::catalogue::prelude::*;
use crate::generators::filters::Filters;
use crate::generators::wide_layouts::walked;

pub(super) static CLAIM: Claim<Filters> = Claim {
    card: theorem!("regions/cells_equal_independent_sets", LINE_BY_LINE)
        .derived_from("Zaslavsky1975", "the count of cells as an alternating sum"),
    statement: "no dependent set of rows vanishes together anywhere  ⟹  \
                regions = #{linearly independent sets of rows}",
    cases: || {
        let large = |inputs, units| filters::layers(wide_layouts::layouts(inputs, units), 999);
        let dense =
            filters::Layout { input: [1, 6], depth: 1, filter: [1, 6], stride: 1, filters: 42 };
        let parallel = filters::mostly_parallel(Just(dense).boxed(), 9);
        filters::layers(layouts(), 9)
            .with("4 inputs, 10 units", 16, large(2..=4, 6..=10))
            .with("6 inputs, 10 units", 64, large(5..=6, 8..=10))
            .with("6 inputs, 42 units, most parallel", 128, parallel)
            .with("6 inputs, 16 units", 512, large(6..=6, 14..=16))
            .with("6 inputs, 24 units", 2048, large(6..=6, 20..=24))
            .with("4 inputs, 40 units", 4096, large(4..=4, 36..=40))
    },
    hypotheses: &[given("no dependent units vanish together", |case: &Filters| {
        !case.has_central_dependence()
    })
    .needed("a common point of dependent units joins cells that would be apart", || {
        filters::layers(layouts(), 2).cases()
    })],
    conclusion: |case| equal("regions", walked(case), case.independent()),
    twins: &[twin("every set of units", |case: &Filters| {
        let all = Rational::integer(2).pow(case.layout().units() as i32);
        equal("regions", case.regions(), all)
    })
    .because("more units than inputs are never independent")],
    well_formed: Filters::check,
};

fn layouts() -> BoxedStrategy<filters::Layout> {
    prop_oneof![3 => filters::line(5), 1 => filters::plane(5)].boxed()
}
