//! # The printed lower bound is true in two dimensions, for up to 2295 folds
//!
//! Theorem 5 multiplies folds by the published count of the last layer, which is too large in two
//! dimensions: 256 for 255. Its argument does not give that, but a zigzag does, as long as one
//! more fold at every place outweighs the excess. Beyond, no bound known here decides.
#![doc = include_str!("../../../proofs/depth/lower_bound_as_printed.md")]

use crate::claim::{self, prelude::*};
use crate::exact::{Natural, Rational};
use crate::geometry::counting::{Plan, Stack};
use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "depth/lower_bound_as_printed",
        title: "The printed lower bound is true in two dimensions, for up to 2295 folds",
        statement: "n inputs, p ≥ 3 filters 1x1, then d filters 2x2 with published count R and \
                    maximum M, p (R − M) ≤ n M  ⟹  p^n R ≤ (p + 1)^n M ≤ the maximum",
        source: Source::new("Xiong2020", "Theorem 5, the lower bound with the published count"),
        wording: Wording::Derived,
        as_printed: Some("printed for any number of filters"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/lower_bound_as_printed.md",
    },
    cases: few,
    hypotheses: &[
        Hypothesis::new("three folds", |case| case.folds >= 3),
        Hypothesis::new("few folds", |case| {
            let [published, maximum] = case.last();
            let (folds, inputs) = (Natural::from(case.folds), Natural::from(case.inputs()));
            folds * (&published - &maximum) <= inputs * maximum
        }),
    ],
    conclusion: |case| case.printed_is_at_most(case.zigzag()),
    twins: &[
        Twin::without(
            "three folds",
            || {
                let few = select(PLANES).prop_flat_map(|(input, filters)| {
                    (1usize..=2).prop_map(move |folds| Case { input, folds, filters })
                });
                few.cases()
            },
            "two units make no zigzag",
        ),
        Twin::without(
            "few folds",
            many,
            "the excess is a fixed share, one more fold of many an ever smaller one",
        ),
        Twin::concluding(
            "the folding network reaches it",
            |case| {
                let (folding, _) = case.stack().lower(LIMIT).expect("the last layer is small");
                case.printed_is_at_most(folding)
            },
            "in the cube it has the maximum of the last layer for each fold, not R",
        ),
        Twin::concluding(
            "one more fold at one place is enough",
            |case| {
                let [_, maximum] = case.last();
                let folds = Natural::from(case.folds);
                let others = folds.pow(case.inputs() as u32 - 1);
                case.printed_is_at_most((folds + 1u32) * others * maximum)
            },
            "for 256 folds and more all places are needed",
        ),
    ],
};

/// Steps of deletion and contraction; the last layers here take some thousands.
const LIMIT: usize = 1 << 16;

/// Inputs and numbers of 2x2 filters for which the published count is too large: by 1 of 256, 15
/// of 4013 and 35 of 4096.
const PLANES: &[([usize; 2], usize)] = &[([3, 3], 2), ([3, 3], 3), ([3, 4], 2)];

/// `folds` filters of one tap, then `filters` filters of 2x2.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    input: [usize; 2],
    folds: usize,
    filters: usize,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        if !(1..=10_000).contains(&self.folds) || self.input.iter().any(|n| !(2..=4).contains(n)) {
            return Err("expected inputs 2x2 to 4x4, and 1 to 10,000 folds".to_owned());
        }
        let units = (self.input[0] - 1) * (self.input[1] - 1) * self.filters;
        match units {
            1..=12 => Ok(()),
            _ => Err(format!("{units} units in the last layer, expected 1 to 12")),
        }
    }
}

impl Case {
    fn stack(&self) -> Stack {
        let plan = |side, units| Plan { filter: Some([side; 2]), stride: [1, 1], units };
        let plans = [plan(1, self.folds), plan(2, self.filters)];
        Stack::new(self.input, 1, &plans).expect("the sizes were checked")
    }

    fn inputs(&self) -> usize {
        self.input[0] * self.input[1]
    }

    /// The published count of the last layer alone, and a number of regions that it has.
    fn last(&self) -> [Natural; 2] {
        let last = self.stack().unfolded_last();
        let maximum = last.window.maximum(last.units, LIMIT);
        let (maximum, _) = maximum.expect("the last layer is small");
        [last.window.published_count(last.units), maximum]
    }

    /// What the zigzag network has in the open unit cube; nothing without a zigzag.
    fn zigzag(&self) -> Natural {
        let (zigzag, _) = self.stack().zigzag_lower(LIMIT).expect("the last layer is small");
        zigzag
    }

    fn printed_is_at_most(&self, bound: Natural) -> Conclusion {
        let [published, _] = self.last();
        let printed = Rational::from(self.stack().folds() * published);
        Finding::at_most("printed lower bound", printed, bound)
    }
}

/// Three folds, or eighths of the most that the hypotheses allow.
fn few() -> Cases<Case> {
    (select(PLANES), 0usize..=8)
        .prop_map(|((input, filters), part)| {
            let folds = (most(input, filters) * part / 8).max(3);
            Case { input, folds, filters }
        })
        .cases()
}

/// More than the most.
fn many() -> Cases<Case> {
    (select(PLANES), 8usize..=64)
        .prop_map(|((input, filters), more)| {
            let folds = most(input, filters) + more;
            Case { input, folds, filters }
        })
        .cases()
}

/// The most folds with `p (R - M) <= n M`.
fn most(input: [usize; 2], filters: usize) -> usize {
    let case = Case { input, folds: 1, filters };
    let [published, maximum] = case.last();
    let most = Natural::from(case.inputs()) * &maximum / (published - maximum);
    usize::try_from(most).expect("the excess is no less than one in a thousand")
}
