//! # The average number of regions of one layer is `R_N`
//!
//! As printed: for parameters with a density, the expected number of regions is the published
//! `R_N`. Almost all parameters have one and the same number of regions
//! (`regions/almost_every_parameter`), so the average is the number of any generic layer, and in
//! two dimensions that is not `R_N`.
#![doc = include_str!("../../../proofs/regions/one_layer_average_as_printed.md")]

use crate::claim::prelude::*;
use crate::generators::filters::{self, Filters};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Filters> = Claim {
    card: Card {
        id: "regions/one_layer_average_as_printed",
        title: "The average number of regions of one layer is R_N",
        statement: "E[regions] = R_N for laws with a density; checked as: a layer with generic \
                    filters and no dependent units that vanish together has R_N regions",
        source: Source::new("Xiong2020", "Theorem 2, equation 4"),
        wording: Wording::Quoted,
        as_printed: Some(
            "an equality for every shape, as a third party's note quotes it; \
             the paper's full text was not available",
        ),
        standing: Standing::RefutedAsPrinted { repaired_by: "regions/almost_every_parameter" },
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/one_layer_average_as_printed.md",
    },
    cases: || {
        let layouts = prop_oneof![3 => filters::line(5), 1 => Just(filters::postcard(2))];
        filters::layers(layouts.boxed(), 60).cases()
    },
    hypotheses: &[
        Hypothesis::new("generic filters", Filters::are_generic),
        Hypothesis::new("no dependent units vanish together", |case| {
            !case.has_central_dependence()
        }),
    ],
    conclusion: |case| Finding::equal("regions", case.regions(), case.published()),
    twins: &[],
};
