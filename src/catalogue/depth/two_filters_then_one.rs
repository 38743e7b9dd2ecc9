//! Two filters of two taps and one over them cut three samples into at most 29 regions.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Stacked, Stacking, around, two_taps};

pub(super) static CLAIM: Claim<Stacked> = Claim {
    card: theorem!("depth/two_filters_then_one", AGAINST_THE_STATEMENT)
        .derived_from("Crease", "asked here: the bound over active sets is 30"),
    statement: "input 1x3, two filters 1x2, then one filter 1x2  ⟹  regions ≤ 29",
    cases: || Cases::of(around(best(), shape(), 4)),
    hypotheses: &[given("two filters, then one", |case: &Stacked| case.stacking() == shape())
        .needed("a second filter in the second layer cuts further", || {
            Cases::listed([best().with_one_more_filter(1)])
        })],
    conclusion: |case| at_most("regions", case.regions(), 29),
    twins: &[twin("at most 28", |case: &Stacked| at_most("regions", case.regions(), 28))
        .because("a network found by a search has 29")
        .drawing(|| Cases::listed([best()]))],
    well_formed: Stacked::check,
};

fn shape() -> Stacking {
    Stacking { input: [1, 1, 3], layers: vec![[1, 2, 1, 2], [1, 2, 1, 1]] }
}

/// A network with 29 regions, found by a search.
fn best() -> Stacked {
    two_taps(3, &[(&[&[1, 2], &[-3, -1]], &[-3, -1]), (&[&[-3, -1, -1, -2]], &[3])])
}
