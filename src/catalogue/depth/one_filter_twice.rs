//! One filter of two taps after another cuts four samples into at most 23 regions.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Stacked, Stacking, around, two_taps};

pub(super) static CLAIM: Claim<Stacked> = Claim {
    card: theorem!("depth/one_filter_twice", AGAINST_THE_STATEMENT)
        .derived_from("Crease", "asked here: the bound over active sets is 24"),
    statement: "input 1x4, one filter 1x2, then one filter 1x2  ⟹  regions ≤ 23",
    cases: || Cases::of(around(best(), shape(), 4)),
    hypotheses: &[given("one filter twice", |case: &Stacked| case.stacking() == shape())
        .needed("a second filter in the second layer cuts further", || {
            Cases::listed([best().with_one_more_filter(-2)])
        })],
    conclusion: |case| at_most("regions", case.regions(), 23),
    twins: &[twin("at most 22", |case: &Stacked| at_most("regions", case.regions(), 22))
        .because("a network found by a search has 23")
        .drawing(|| Cases::listed([best()]))],
    well_formed: Stacked::check,
};

fn shape() -> Stacking {
    Stacking { input: [1, 1, 4], layers: vec![[1, 2, 1, 1]; 2] }
}

/// A network with 23 regions, found by a search.
fn best() -> Stacked {
    two_taps(4, &[(&[&[-1, 3]], &[1]), (&[&[3, 1]], &[-1])])
}
