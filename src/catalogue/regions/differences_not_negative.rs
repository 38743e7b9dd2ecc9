//! # The repaired maximum is a combination of binomial coefficients with counts as coefficients
//!
//! The independent sets of `d` generic filters that use exactly `j` of them are as many for every
//! choice of the `j`. So the differences of the maximum at no filter at all count sets, and none
//! is negative.
#![doc = include_str!("../../../proofs/regions/differences_not_negative.md")]

use crate::claim::{self, prelude::*};
use crate::exact::{Natural, Rational};
use crate::geometry::counting::Sliding;
use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/differences_not_negative",
        title: "The repaired maximum is a combination of binomial coefficients with counts as \
                coefficients",
        statement: "M(d) the number of independent sets of d generic filters  ⟹  Δ^j M(0) ≥ 0 \
                    for all j",
        source: Source::new("Crease", "a property to test with"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/differences_not_negative.md",
    },
    cases,
    hypotheses: &[],
    conclusion: |case| Finding::at_least("difference", case.difference(0), 0),
    twins: &[
        Twin::concluding(
            "every difference is positive",
            |case| Finding::above("difference", case.difference(0), 0),
            "no independent set has more units than there are inputs",
        ),
        Twin::concluding(
            "differences grow with their order",
            |case| Finding::at_least("difference", case.difference(0), case.before()),
            "they end",
        ),
        Twin::concluding(
            "backwards too",
            |case| Finding::at_least("difference", -case.difference(0), 0),
            "more filters have more independent sets",
        ),
    ],
};

/// A difference of this order, for windows of `filter` on one channel of `input`, stride one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    input: [usize; 2],
    filter: [usize; 2],
    order: usize,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let window = Sliding::new(self.input, 1, self.filter, [1, 1]);
        match window.map_err(|error| error.to_string())?.positions().saturating_mul(self.order) {
            0..=16 => Ok(()),
            units => Err(format!("{units} units, expected at most 16")),
        }
    }
}

impl Case {
    /// The maximum for so many filters: on a line the published count, in the plane that of fixed
    /// pseudo-random weights.
    fn maximum(&self, filters: usize) -> Rational {
        let window = Sliding::new(self.input, 1, self.filter, [1, 1]).expect("well formed");
        match filters {
            0 => Natural::from(1u32),
            _ => window.maximum(filters, usize::MAX).expect("there is no limit").0,
        }
        .into()
    }

    /// The difference of an order less by `less`, at no filter.
    fn difference(&self, less: usize) -> Rational {
        let mut values: Vec<_> = (0..=self.order - less).map(|d| self.maximum(d)).collect();
        while values.len() > 1 {
            values = values.windows(2).map(|pair| &pair[1] - &pair[0]).collect();
        }
        values.swap_remove(0)
    }

    /// The difference of the order before; zero before the first.
    fn before(&self) -> Rational {
        if self.order == 0 { Rational::ZERO } else { self.difference(1) }
    }
}

/// Lines of up to three positions, and the smallest planes where filters commute.
fn cases() -> Cases<Case> {
    let line = (1usize..=3, 1usize..=3, 0usize..=5).prop_map(|(taps, positions, order)| Case {
        input: [1, taps + positions - 1],
        filter: [1, taps],
        order,
    });
    let plane = (select(vec![([3, 3], [2, 2]), ([3, 4], [2, 2])]), 0usize..=2);
    let plane = plane.prop_map(|((input, filter), order)| Case { input, filter, order });
    prop_oneof![3 => line, 1 => plane].cases()
}
