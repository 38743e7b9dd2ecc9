//! The probability that random units cover the square of exclusive or.

use crate::catalogue::prelude::*;
use crate::train::coverage::Family;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/xor_square_law", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Section 5, the exclusive or; asked here"),
    statement: "P(m units cover ±e_1, ±e_2) = Σ_k C(m, k) 2^-m h(k) h(m-k), h(0) = 0, \
                h(k) = 1 - 2^(1-k)",
    cases,
    hypotheses: &[],
    conclusion: |case| {
        let law = Family::XorSquare.probability(case.units);
        equal("probability of covering all", case.counted(), law)
    },
    twins: &[
        twin("one way to fail", |case: &Case| {
            // The family of one point a label has 1 - 2^-k in the place of h.
            let law = Family::Orthonormal { positive: 1, negative: 1 }.probability(case.units);
            equal("probability of covering all", case.counted(), law)
        })
        .because("units can all look right or all look left"),
        twin("half at four units", |case: &Case| {
            let goal = if case.units < 4 { Rational::ZERO } else { Rational::new(1, 2) };
            at_least("probability of covering all", case.counted(), goal)
        })
        .because("four units can represent the function, drawn ones do so three times in 32"),
        twin("never with four units", |case: &Case| {
            let limit = if case.units > 4 { Rational::ONE } else { Rational::ZERO };
            at_most("probability of covering all", case.counted(), limit)
        })
        .because("four units may look four ways"),
    ],
    well_formed: |case| match case.units {
        0..=1000 => Ok(()),
        units => Err(format!("{units} units; at most 1000 are counted")),
    },
};

/// The number of units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    units: u32,
}

impl Case {
    fn counted(&self) -> Rational {
        Family::XorSquare.counted(self.units)
    }
}

/// All up to 64 units, and some more.
fn cases() -> Cases<Case> {
    let some = |most| (65..=most).prop_map(|units| Case { units });
    Cases::listed((0..=64).map(|units| Case { units }))
        .with("up to 120 units", 1, some(120u32))
        .with("up to 400 units", 1024, some(400))
}
