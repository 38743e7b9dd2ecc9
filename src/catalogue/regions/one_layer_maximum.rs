//! # The repaired maximum of one layer is attained, by named integer filters and one common bias
//!
//! No parameters give more regions than generic shared filters have independent sets. Filters that
//! can be written down, powers of two and three, attain that number, and every bias is one: neither
//! the sharing of weights nor of biases is to blame, only the sharing of filters between positions.
#![doc = include_str!("../../../proofs/regions/one_layer_maximum.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::filters::{self, Layout};
use crate::geometry::counting::choose_up_to;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Layout> = Claim {
    card: Card {
        id: "regions/one_layer_maximum",
        title: "The repaired maximum of one layer is attained, by named integer filters and one \
                common bias",
        statement: "filters w_k(i) = 3^k 2^(i (d i − k)), every bias 1: regions = #{independent \
                    sets of generic shared filters}, the maximum over all parameters",
        source: Source::new("Xiong2020", "Theorem 2, repaired"),
        wording: Wording::Derived,
        as_printed: Some("printed with R_N, which counts sets that shared filters make dependent"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/one_layer_maximum.md",
    },
    cases,
    hypotheses: &[],
    conclusion: |case| Finding::equal("regions", case.named().regions(), maximum(case)),
    twins: &[
        Twin::concluding(
            "the published count",
            |case: &Layout| {
                let published = case.sliding().published_count(case.filters);
                Finding::equal("regions", case.named().regions(), published)
            },
            "two shared filters commute on a box of positions as large as they are",
        )
        .drawing(|| (1usize..=2).prop_map(filters::postcard).cases()),
        Twin::concluding(
            "Hall's condition for single positions only",
            |case| {
                let sliding = case.sliding();
                let one = Rational::from(choose_up_to(case.filters, sliding.taps()));
                let product = one.pow(sliding.positions() as i32);
                Finding::equal("regions", case.named().regions(), product)
            },
            "windows share inputs, so positions do not choose freely",
        ),
        Twin::concluding(
            "one region fewer",
            |case| {
                let fewer = maximum(case) - Rational::ONE;
                Finding::at_most("regions", case.named().regions(), fewer)
            },
            "the maximum is attained",
        ),
    ],
};

fn maximum(case: &Layout) -> Rational {
    let found = case.sliding().maximum(case.filters, usize::MAX);
    Rational::from(found.expect("there is no limit").0)
}

/// Lines and planes, and now and then two filters on the smallest box.
fn cases() -> Cases<Layout> {
    prop_oneof![
        40 => filters::line(6),
        20 => filters::plane(6),
        1 => Just(filters::postcard(2)),
    ]
    .cases()
}
