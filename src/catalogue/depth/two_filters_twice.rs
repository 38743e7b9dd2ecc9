//! Two filters of two taps, twice over three samples, have at most 52 regions.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Stacked, Stacking, around, two_taps};

pub(super) static CLAIM: Claim<Stacked> = Claim {
    card: conjecture!("depth/two_filters_twice")
        .derived_from("Crease", "asked here: the bound over active sets is 56"),
    statement: "input 1x3, two filters 1x2, then two filters 1x2  ⟹  regions ≤ 52",
    cases: || Cases::of(around(best(), shape(), 6)),
    hypotheses: &[given("two filters twice", |case: &Stacked| case.stacking() == shape())
        .needed("another filter in the last layer cuts further", || {
            Cases::listed([best().with_one_more_filter(2)])
        })],
    conclusion: |case| at_most("regions", case.regions(), 52),
    twins: &[twin("at most 51", |case: &Stacked| at_most("regions", case.regions(), 51))
        .because("a network found by a search has 52")
        .drawing(|| Cases::listed([best()]))],
    well_formed: Stacked::check,
};

fn shape() -> Stacking {
    Stacking { input: [1, 1, 3], layers: vec![[1, 2, 1, 2]; 2] }
}

/// A network with 52 regions, found by a search.
fn best() -> Stacked {
    two_taps(
        3,
        &[(&[&[4, -1], &[-3, -2]], &[4, -3]), (&[&[3, 1, 4, -2], &[-4, -1, -1, 3]], &[-3, 1])],
    )
}
