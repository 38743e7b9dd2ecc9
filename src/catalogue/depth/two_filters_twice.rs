//! # Two filters of two taps, twice over three samples, have at most 52 regions
//!
//! The bound over active sets is 56. No network was found with more than 52, here or for any dense
//! layers of four and two units on three inputs, which can do no more.
#![doc = include_str!("../../../proofs/depth/two_filters_twice.md")]

use crate::claim::{
    Card, Cases, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin, Wording,
};
use crate::exact::Rational;
use crate::generators::numbers;
use crate::generators::stacked::{Filters, Stacked, Stacking, stacked_with};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Stacked> = Claim {
    card: Card {
        id: "depth/two_filters_twice",
        title: "Two filters of two taps, twice over three samples, have at most 52 regions",
        statement: "input 1x3, two filters 1x2, then two filters 1x2  ⟹  regions ≤ 52",
        source: Source::new("Crease", "asked here: the bound over active sets is 56"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Conjecture,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/two_filters_twice.md",
    },
    cases: || prop_oneof![2 => stacked_with(shape(), 6), 1 => near(), 1 => best()].boxed(),
    hypotheses: &[Hypothesis::new("two filters twice", |case: &Stacked| {
        case.stacking() == shape()
    })],
    conclusion: |case| Finding::at_most("regions", case.regions(), 52),
    twins: &[
        Twin::without(
            "two filters twice",
            || {
                best()
                    .prop_map(|mut case| {
                        // Another filter in the last layer, whose bias is another.
                        let last = case.layers.last_mut().expect("there are layers");
                        last.weights.push(last.weights[0].clone());
                        last.biases.push(Rational::integer(2));
                        case
                    })
                    .boxed()
            },
            "another filter in the last layer cuts further",
        ),
        Twin::concluding(
            "at most 51",
            |case: &Stacked| Finding::at_most("regions", case.regions(), 51),
            "a network found by a search has 52",
        )
        .drawing(best),
    ],
};

fn shape() -> Stacking {
    Stacking { input: [1, 1, 3], layers: vec![[1, 2, 1, 2]; 2] }
}

/// A network with 52 regions, found by a search.
fn best() -> Cases<Stacked> {
    let numbers = |row: &[i64]| row.iter().copied().map(Rational::from).collect::<Vec<_>>();
    let filters = |rows: &[&[i64]], biases: &[i64]| Filters {
        size: [1, 2],
        stride: 1,
        weights: rows.iter().map(|row| numbers(row)).collect(),
        biases: numbers(biases),
    };
    let layers = vec![
        filters(&[&[4, -1], &[-3, -2]], &[4, -3]),
        filters(&[&[3, 1, 4, -2], &[-4, -1, -1, 3]], &[-3, 1]),
    ];
    Just(Stacked { input: [1, 1, 3], layers }).boxed()
}

/// The same with one bias changed in each layer.
fn near() -> Cases<Stacked> {
    let changes = proptest::collection::vec(numbers::fraction(3, 4), 2);
    (best(), changes)
        .prop_map(|(mut case, changes)| {
            for (layer, change) in case.layers.iter_mut().zip(changes) {
                layer.biases[0] += change;
            }
            case
        })
        .boxed()
}
