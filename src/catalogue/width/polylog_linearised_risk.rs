//! At the width that the theorem asks for, the reference weights keep a small risk.

use crate::catalogue::prelude::*;
use crate::generators::width_theorem::{demands, far_demands};
use crate::train::width_constants::{Demand, compared};

pub(super) static CLAIM: Claim<Demand> = Claim {
    card: theorem!("width/polylog_linearised_risk", STEP_BY_STEP)
        .remembered_from("JiTelgarsky2020", "Theorem 2.2")
        .as_printed("for the logistic loss; the dyadic one, with ⌈log₂(4/ε)⌉, is ours"),
    statement: "m = ⌈M⌉, M = 4096 λ²/γ⁶, λ = 4 s/γ  ⟹  \
                λ (γ - ε₁ - φ) - √(2 ln(4n/δ)) - φ 4λ/γ ≥ ln(4/ε)",
    cases: || demands().with("anywhere in the range", 4, far_demands()),
    hypotheses: &[],
    conclusion: |case| margin(case, &case.units(), &case.lambda()),
    twins: &[
        twin("margin to the fourth power", |case: &Demand| {
            let units = case.units() * case.squared_margin.pow(2);
            margin(case, &units.ceil(), &case.lambda())
        })
        .because("for this proof γ has to enter the width with its eighth power"),
        twin("outputs at the start forgotten", |case: &Demand| {
            let four = Rational::integer(4);
            let lambda = case.goal().scale(&four).quotient(&case.margin());
            margin(case, &case.units(), &lambda.expect("the margin is positive"))
        })
        .because("the reference weights have to outweigh them"),
        twin("a quarter of the way", |case: &Demand| {
            margin(case, &case.units(), &case.lambda().scale(&Rational::new(1, 4)))
        })
        .because("nothing is left for the gates that flip"),
        twin("no logarithm in the width", |case: &Demand| {
            let units = Rational::integer(4096) / case.squared_margin.pow(4);
            margin(case, &units.ceil(), &case.lambda())
        })
        .because("units then move too far for their gates"),
    ],
    well_formed: Demand::check,
};

/// The linearised margin that the chain proves, beside the one that is needed.
fn margin(case: &Demand, units: &Rational, lambda: &Enclosure) -> Conclusion {
    let chain = case.chain(units, lambda);
    let needed = Enclosure::point(Rational::ZERO).difference(&case.goal());
    let found = Enclosure::point(Rational::ZERO).difference(&chain.linearised);
    // At least, as at most of the negatives.
    let compared = compared(&found, &needed).ok_or(Undecided("enclosures that overlap"));
    let (found, needed) = compared?;
    at_least("linearised margin", -found, -needed)
}
