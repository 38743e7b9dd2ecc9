//! One filter of two taps, three times over four samples, has at most 36 regions.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Stacked, Stacking, around, two_taps};

pub(super) static CLAIM: Claim<Stacked> = Claim {
    card: conjecture!("depth/one_filter_three_times")
        .derived_from("Crease", "asked here: the bounds known are 45 and more"),
    statement: "input 1x4, three layers of one filter 1x2 each  ⟹  regions ≤ 36",
    cases: || Cases::of(around(best(), shape(), 6)),
    hypotheses: &[given("one filter three times", |case: &Stacked| case.stacking() == shape())
        .needed("another filter in the last layer cuts further", || {
            Cases::listed([best().with_one_more_filter(-5)])
        })],
    conclusion: |case| at_most("regions", case.regions(), 36),
    twins: &[twin("at most 35", |case: &Stacked| at_most("regions", case.regions(), 35))
        .because("a network found by a search has 36")
        .drawing(|| Cases::listed([best()]))],
    well_formed: Stacked::check,
};

fn shape() -> Stacking {
    Stacking { input: [1, 1, 4], layers: vec![[1, 2, 1, 1]; 3] }
}

/// A network with 36 regions, found by a search.
fn best() -> Stacked {
    two_taps(4, &[(&[&[1, 1]], &[1]), (&[&[1, 5]], &[-2]), (&[&[2, 4]], &[-3])])
}
