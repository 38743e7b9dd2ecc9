//! # One filter of two taps after another cuts four samples into at most 23 regions
//!
//! Every bound for this shape says 24 or more. The middle unit of the first layer, alone, would
//! have to be cut twice, and then its two neighbours ask for contradictory weights.
#![doc = include_str!("../../../proofs/depth/one_filter_twice.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::stacked::{Stacked, Stacking, stacked_with};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Stacked> = Claim {
    card: Card {
        id: "depth/one_filter_twice",
        title: "One filter of two taps after another cuts four samples into at most 23 regions",
        statement: "input 1x4, one filter 1x2, then one filter 1x2  ⟹  regions ≤ 23",
        source: Source::new("Crease", "asked here: the bound over active sets is 24"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/one_filter_twice.md",
    },
    cases: || prop_oneof![7 => stacked_with(shape(1), 4), 1 => best()].cases(),
    hypotheses: &[Hypothesis::new("one filter twice", |case: &Stacked| {
        case.stacking() == shape(1)
    })],
    conclusion: |case| Finding::at_most("regions", case.regions(), 23),
    twins: &[
        Twin::without(
            "one filter twice",
            || {
                best()
                    .prop_map(|mut case| {
                        // A second filter, whose bias is another.
                        let second = &mut case.layers[1];
                        second.weights.push(second.weights[0].clone());
                        second.biases.push(Rational::integer(-2));
                        case
                    })
                    .boxed()
                    .cases()
            },
            "a second filter in the second layer cuts further",
        ),
        Twin::concluding(
            "at most 22",
            |case: &Stacked| Finding::at_most("regions", case.regions(), 22),
            "a network found by a search has 23",
        )
        .drawing(|| best().cases()),
    ],
};

fn shape(last: usize) -> Stacking {
    Stacking { input: [1, 1, 4], layers: vec![[1, 2, 1, 1], [1, 2, 1, last]] }
}

/// Networks with 23 regions, found by a search.
fn best() -> BoxedStrategy<Stacked> {
    stacked_with(shape(1), 0)
        .prop_map(|mut case| {
            for (layer, numbers) in case.layers.iter_mut().zip([[-1, 3, 1], [3, 1, -1]]) {
                let numbers = numbers.map(Rational::from);
                layer.weights = vec![numbers[..2].to_vec()];
                layer.biases = vec![numbers[2].clone()];
            }
            case
        })
        .boxed()
}
