//! At the width that the theorem asks for, no unit moves farther than it assumes.

use crate::catalogue::prelude::*;
use crate::generators::width_theorem::{demands, far_demands};
use crate::train::width_constants::{Chain, Demand, compared};

pub(super) static CLAIM: Claim<Demand> = Claim {
    card: theorem!("width/polylog_movement", STEP_BY_STEP)
        .remembered_from("JiTelgarsky2020", "Theorem 2.2")
        .as_printed("for the logistic loss; the dyadic one, with ⌈log₂(4/ε)⌉, is ours"),
    statement: "m = ⌈M⌉, M = 4096 λ²/γ⁶, λ = 4 s/γ  ⟹  \
                λ + √(2 λ² + ε/2) ≤ (4 λ/γ) (γ - ε₁ - φ)",
    cases: || demands().with("anywhere in the range", 4, far_demands()),
    hypotheses: &[],
    conclusion: |case| movement(case, &case.units(), &case.reach(&case.lambda())),
    twins: &[
        twin("one unit", |case: &Demand| {
            movement(case, &Rational::ONE, &case.reach(&case.lambda()))
        })
        .because("one unit has no margin that survives its own movement"),
        twin("no logarithm in the width", |case: &Demand| {
            let units = (Rational::integer(4096) / case.squared_margin.pow(4)).ceil();
            movement(case, &units, &case.reach(&case.lambda()))
        })
        .because("units then move too far for their gates"),
        twin("not divided by the margin", |case: &Demand| {
            let bound = case.lambda().scale(&Rational::integer(4));
            movement(case, &case.units(), &bound)
        })
        .because("pulls are paid for along the direction, at the rate of its margin"),
    ],
    well_formed: Demand::check,
};

/// How far the chain lets a unit move, and this bound for it, both times the root of the width and
/// the margin that is left. Where none is left the bound is negative, and the way is not.
fn movement(case: &Demand, units: &Rational, bound: &Enclosure) -> Conclusion {
    let lambda = case.lambda();
    let allowed = bound.product(&case.chain(units, &lambda).margin);
    let compared = compared(&Chain::way(&lambda, &case.risk), &allowed);
    let (found, allowed) = compared.ok_or(Undecided("enclosures that overlap"))?;
    at_most("√m times the movement, times the margin", found, allowed)
}
