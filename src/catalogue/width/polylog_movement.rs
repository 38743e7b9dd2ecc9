//! # At the width that the theorem asks for, no unit moves farther than it assumes
//!
//! The circle in the proof of a polylogarithmic width closes: if no unit has moved by more than
//! `4 lambda / (gamma sqrt(m))` so far, the reference weights keep a quarter of the risk, and then
//! no unit moves by more than that in `ceil(2 lambda^2 / (eta epsilon))` steps.
#![doc = include_str!("../../../proofs/width/polylog_movement.md")]

use crate::claim::prelude::*;
use crate::exact::Rational;
use crate::exact::enclosure::Enclosure;
use crate::generators::demands::demands;
use crate::train::polylog::Demand;

/// The claim.
pub static CLAIM: Claim<Demand> = Claim {
    card: Card {
        id: "width/polylog_movement",
        title: "At the width that the theorem asks for, no unit moves farther than it assumes",
        statement: "m = ⌈M⌉, M = 4096 λ²/γ⁶, λ = 4 s/γ  ⟹  \
                    (λ + √(2 λ² + ε/2)) / (γ - ε₁ - φ) ≤ 4 λ/γ",
        source: Source::new("JiTelgarsky2020", "Theorem 2.2"),
        wording: Wording::Remembered,
        as_printed: Some("for the logistic loss; the dyadic one, with ⌈log₂(4/ε)⌉, is ours"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/polylog_movement.md",
    },
    cases: || demands().cases(),
    hypotheses: &[],
    conclusion: |case| {
        movement(case, &case.units(), case.chain(&case.units(), &case.lambda()).reach)
    },
    twins: &[
        Twin::concluding(
            "one unit",
            |case| {
                let one = Rational::ONE;
                movement(case, &one, case.chain(&one, &case.lambda()).reach)
            },
            "one unit has no margin that survives its own movement",
        ),
        Twin::concluding(
            "no logarithm in the width",
            |case| {
                let units = (Rational::integer(4096) / case.squared_margin.pow(4)).ceil();
                movement(case, &units, case.chain(&units, &case.lambda()).reach)
            },
            "units then move too far for their gates",
        ),
        Twin::concluding(
            "not divided by the margin",
            |case| movement(case, &case.units(), case.lambda().scale(&Rational::integer(4))),
            "pulls are paid for along the direction, at the rate of its margin",
        ),
    ],
};

/// How far the chain lets a unit move, times the root of the width; where no margin is left, ten
/// times the bound stands for no bound at all.
fn movement(case: &Demand, units: &Rational, bound: Enclosure) -> Conclusion {
    let lambda = case.lambda();
    let moved = case.chain(units, &lambda).movement(&lambda, &case.risk);
    let moved =
        moved.map_or_else(|| bound.hi() * Rational::integer(10), |moved| moved.hi().clone());
    let short = |x: Rational| Enclosure::point(x).outward(32);
    let (found, bound) = (short(moved).hi().clone(), short(bound.lo().clone()).lo().clone());
    Finding::at_most("√m times the movement", found, bound)
}
