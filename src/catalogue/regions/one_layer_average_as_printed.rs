//! The average number of regions of one layer is R_N.

use crate::catalogue::prelude::*;
use crate::generators::filters::Filters;

pub(super) static CLAIM: Claim<Filters> = Claim {
    card: refuted!("regions/one_layer_average_as_printed")
        .quoted_from("Xiong2020", "Theorem 2, equation 4")
        .as_printed(
            "an equality for every shape, as a third party's note quotes it; \
             the paper's full text was not available",
        )
        .repaired_by("regions/almost_every_parameter"),
    statement: "E[regions] = R_N for laws with a density; checked as: a layer with generic \
                filters and no dependent units that vanish together has R_N regions",
    cases: || {
        let postcard = Just(filters::postcard(2)).boxed();
        filters::layers(filters::line(5), 60)
            .with("two filters on a box", 8, filters::layers(postcard, 60))
            .with("15 units", 64, filters::layers(wide_layouts::layouts(3..=4, 8..=15), 60))
    },
    hypotheses: &[
        given("generic filters", Filters::are_generic),
        given("no dependent units vanish together", |case| !case.has_central_dependence()),
    ],
    conclusion: |case| equal("regions", case.regions(), case.published()),
    twins: &[],
    well_formed: Filters::check,
};
