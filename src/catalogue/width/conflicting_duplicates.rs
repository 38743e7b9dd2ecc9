//! # No width fits a sample that has both labels
//!
//! If two of `n` samples are equal and have opposite labels, every network has a risk of at least
//! `2 l(0) / n`, since a convex loss cannot be small at both of `z` and `-z`.
#![doc = include_str!("../../../proofs/width/conflicting_duplicates.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::generators::steps::{Lapse, Step, steps};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Step> = Claim {
    card: Card {
        id: "width/conflicting_duplicates",
        title: "No width fits a sample that has both labels",
        statement: "x_i = x_j, y_i = -y_j, l convex  ⟹  R(W) ≥ 2 l(0)/n for every W and every m",
        source: Source::new("JiTelgarsky2020", "Assumption 2.1, which excludes them"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/conflicting_duplicates.md",
    },
    cases: conflicting,
    hypotheses: &[Hypothesis::new("conflicting duplicates", |case| {
        let samples = &case.samples;
        let pairs = samples.patches.iter().zip(&samples.positive);
        let all: Vec<_> = pairs.collect();
        all.iter().any(|(x, a)| all.iter().any(|(y, b)| x == y && a != b))
    })],
    conclusion: |case| risk(case, 2),
    twins: &[
        Twin::without(
            "conflicting duplicates",
            || steps(Lapse::default()).cases(),
            "other samples may be fitted as well as one likes",
        ),
        Twin::concluding(
            "each of the two alone",
            |case| risk(case, 4),
            "together they lose 2 l(0)",
        ),
        Twin::concluding(
            "wide enough",
            |case| {
                let units = Rational::from(case.network.weights.len());
                Finding::at_most("risk times units", case.risk() * &units, Rational::integer(2))
            },
            "no width makes it small",
        ),
    ],
};

fn risk(case: &Step, times: i64) -> Conclusion {
    let least = Rational::from(times) * case.loss.exact_value(&Rational::ZERO);
    Finding::at_least("risk", case.risk(), least / Rational::from(case.samples.len()))
}

/// Steps with the first sample once more, under the other label.
fn conflicting() -> Cases<Step> {
    steps(Lapse { hinge: false, ..Lapse::default() })
        .prop_map(|mut case| {
            case.samples.patches.push(case.samples.patches[0].clone());
            case.samples.positive.push(!case.samples.positive[0]);
            case
        })
        .cases()
}
