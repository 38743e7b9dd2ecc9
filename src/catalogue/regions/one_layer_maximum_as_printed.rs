//! A one-layer CNN reaches R_N regions, the published maximum.

use crate::catalogue::prelude::*;
use crate::counting::transversal::Windows;
use crate::generators::filters::Filters;
use crate::generators::wide_layouts::walked;

pub(super) static CLAIM: Claim<Filters> =
    Claim {
        card: refuted!("regions/one_layer_maximum_as_printed")
            .quoted_from("Xiong2020", "Theorem 2, equation 3")
            .as_printed(
                "an equality for every shape, as a third party's note quotes it; \
             the paper's full text was not available",
            )
            .repaired_by("regions/one_layer_maximum"),
        statement: "max regions = R_N = Σ_{t ∈ K_N} Π C(d, t_p); checked as: layers that attain \
                the maximum, generic filters spread out as in regions/one_layer_maximum, \
                have R_N regions",
        cases: || {
            let small = prop_oneof![3 => filters::line(6), 1 => filters::plane(6)].boxed();
            let postcard = Just(filters::postcard(2)).boxed();
            filters::whole(small, 9)
                .with("two filters on a box", 16, filters::whole(postcard, 9))
                .with("15 units", 64, filters::whole(wide_layouts::layouts(2..=4, 8..=15), 99))
        },
        hypotheses: &[
            given("generic filters", Filters::are_generic),
            given("no bias is zero", |case| !case.has_bias_among(&[Rational::ZERO])),
            given("whole numbers", Filters::is_whole),
        ],
        conclusion: |case| {
            equal("regions", walked(&case.spread(&[Rational::ZERO])), by_definition(case)?)
        },
        twins: &[],
        well_formed: Filters::check,
    };

/// `R_N`, by Hall's condition for every set of positions.
fn by_definition(case: &Filters) -> Result<Rational, Undecided> {
    let layout = case.layout();
    let sliding = layout.sliding();
    if sliding.positions() > 9 {
        return Err(Undecided("too many positions for Hall's condition one by one"));
    }
    let windows: Vec<_> = (0..sliding.positions()).map(|p| sliding.window(p)).collect();
    Ok(Windows::new(&windows).published_count(layout.filters as u32))
}
